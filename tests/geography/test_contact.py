"""Phone numbers and mail addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.contact import EmailAddress, PhoneKind, PhoneNumber
from enabler.domain.errors import Invalid
from tests.geography.shared import needs_shared, vectors


def refusal_of(parse, typed):
    with pytest.raises(Invalid) as refusal:
        parse(typed)
    return refusal.value.code


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900123",
        "07700900 123",
        "0 7 7 0 0 9 0 0 1 2 3",
        "+447700900123",
        "+44 (0)7700 900123",
        "0044 7700 900123",
        "447700900123",
        "tel:+44-7700-900123",
        "(07700) 900-123",
        "\uff10\uff17\uff17\uff10\uff10 \uff19\uff10\uff10\uff11\uff12\uff13",  # full width
        "\N{NO-BREAK SPACE}07700\N{NO-BREAK SPACE}900123",
    ],
)
def test_the_ways_to_type_one_mobile(typed):
    number = PhoneNumber.parse(typed)
    assert str(number) == "+447700900123"
    assert number.kind is PhoneKind.MOBILE
    assert number.takes_texts
    assert number.national == "07700 900123"


@pytest.mark.parametrize(
    ("typed", "is_invented"),
    [
        ("07700 900000", True),
        ("07700 900999", True),
        ("01632 960123", True),
        ("07700 899999", False),
        ("07924 123456", False),
        ("0117 496 0123", False),
    ],
)
def test_numbers_kept_for_drama_belong_to_nobody(typed, is_invented):
    assert PhoneNumber.parse(typed).is_invented is is_invented


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "phone_missing"),
        ("  ", "phone_missing"),
        ("STOP", "phone_malformed"),
        ("999", "phone_malformed"),
        ("116 123", "phone_malformed"),
        ("077009001234", "phone_malformed"),
        ("07700 901000", "phone_malformed"),
        ("0770090012", "phone_malformed"),
        ("07O00 90O123", "phone_malformed"),
        ("call me on 07700 900456 after 5", "phone_malformed"),
        ("0117 496 0123 x 12", "phone_malformed"),
        ("+447700900123'; DROP TABLE users;--", "phone_malformed"),
        ("07700\x00900123", "phone_malformed"),
        ("0" * 10_000, "phone_malformed"),
        ("070 1234 5678", "phone_personal"),
        ("076 4012 3456", "phone_pager"),
        ("0901 234 5678", "phone_premium"),
        ("0870 123 4567", "phone_premium"),
        ("+33 1 23 45 67 89", "phone_foreign"),
        ("+1 212 555 2368", "phone_foreign"),
    ],
)
def test_each_refusal_has_its_code(typed, code):
    assert refusal_of(PhoneNumber.parse, typed) == code


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("0117 922 2000", PhoneKind.LANDLINE),
        ("056 1234 5678", PhoneKind.LANDLINE),
        ("0800 123 4567", PhoneKind.SERVICE),
        ("03069 990123", PhoneKind.SERVICE),
    ],
)
def test_a_number_that_takes_no_texts_says_so(typed, kind):
    number = PhoneNumber.parse(typed)
    assert number.kind is kind
    assert not number.takes_texts


@pytest.mark.parametrize(
    "text", ["07700900123", "+33123456789", "+44 7700 900123", "+44" + "\u0667" * 9]
)
def test_the_type_holds_only_e164_of_britain(text):
    assert refusal_of(lambda e164: PhoneNumber(e164, PhoneKind.MOBILE), text) == "phone_malformed"


def verdict_on(typed):
    """The number as E.164 with its kind, or no number with the code of the refusal."""
    try:
        number = PhoneNumber.parse(typed)
    except Invalid as refusal:
        return None, refusal.code
    return number.e164, number.kind.value


@given(st.text(max_size=70))
def test_any_text_at_all_is_a_number_or_refused(typed):
    e164, code = verdict_on(typed)
    if e164 is None:
        assert code.startswith("phone_")
    else:
        assert verdict_on(e164) == (e164, code)
        assert verdict_on(PhoneNumber.parse(e164).national) == (e164, code)


_VERDICT_OF_TYPE = {
    "MOBILE": "mobile",
    "FIXED_LINE": "landline",
    "VOIP": "landline",
    "TOLL_FREE": "service",
    "UAN": "service",
    "PREMIUM_RATE": "phone_premium",
    "PERSONAL_NUMBER": "phone_personal",
    "PAGER": "phone_pager",
}


def expected_of(case):
    """What this house makes of libphonenumber's verdict."""
    e164 = case["e164"] or ""
    if e164 and not e164.startswith("+44") and case["valid"]:
        return "phone_foreign"
    if e164.startswith("+447700900") and len(e164) == 13:
        return "mobile"
    return _VERDICT_OF_TYPE[case["type"]] if case["valid"] else "phone_malformed"


@needs_shared
def test_the_shared_vectors():
    cases = vectors("phone_numbers_gb.json")
    assert len(cases) > 100
    for case in cases:
        expected = expected_of(case)
        e164 = None if expected.startswith("phone_") else case["e164"]
        assert verdict_on(case["input"]) == (e164, expected), case


class TestEmailAddress:
    @pytest.mark.parametrize(
        ("typed", "text"),
        [
            ("ann@example.org", "ann@example.org"),
            (" Ann.Lee+x@Example.ORG ", "ann.lee+x@example.org"),
            ("o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk"),
        ],
    )
    def test_is_kept_in_small_letters(self, typed, text):
        assert str(EmailAddress.parse(typed)) == text

    @pytest.mark.parametrize(
        "typed",
        ["ann", "ann@", "@example.org", "ann@example", "a b@example.org", "ann@exa_mple.org",
         "ann@example.org\nBcc: x@example.org", "ann@-example.org", "a" * 300 + "@example.org"],
    )  # fmt: skip
    def test_what_is_none_is_refused(self, typed):
        assert refusal_of(EmailAddress.parse, typed) == "email_malformed"

    def test_nothing_typed_is_its_own_case(self):
        assert refusal_of(EmailAddress.parse, " ") == "email_missing"
