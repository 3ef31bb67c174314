"""Postcodes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.domain.postcodes import Postcode, PostcodeKind, choose, read_postcode
from tests.geography.shared import needs_shared, vectors

FULL_WIDTH = "".join(chr(ord(c) + 0xFEE0) for c in "BS3") + "\u3000" + "\uff14\uff31\uff34"


def codes(typed):
    return [reading.text for reading in read_postcode(typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "BS3 4QT",
        "bs3 4qt",
        "BS34QT",
        "  b s 3 4 q t ",
        "BS3-4QT",
        "(BS3 4QT).",
        "BS3,4QT",
        "BS3\N{NO-BREAK SPACE}4QT",
        "BS3\N{NARROW NO-BREAK SPACE}4QT",
        "BS3\N{ZERO WIDTH SPACE}4QT",
        "\N{BYTE ORDER MARK}BS3 4QT",
        FULL_WIDTH,
        "BS3\t4QT\n",
        "BS3\x004QT",
        "\N{LEFT DOUBLE QUOTATION MARK}BS3 4QT\N{RIGHT DOUBLE QUOTATION MARK}",
    ],
)
def test_the_ways_to_type_one_code(typed):
    assert Postcode.parse(typed) == Postcode("BS3 4QT")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BS1O 1AA", "BS10 1AA"),
        ("BS3 OAB", "BS3 0AB"),
        ("S01 4AA", "SO1 4AA"),
        ("0X1 1AA", "OX1 1AA"),
        ("BSI 4TR", "BS1 4TR"),
        ("bsl 4tr", "BS1 4TR"),
        ("1P1 1AA", "IP1 1AA"),
        ("LI1 1AA", "L11 1AA"),
        ("CRO 2YR", "CR0 2YR"),
    ],
)
def test_letters_and_digits_that_look_alike_are_exchanged(typed, meant):
    assert meant in codes(typed)
    assert Postcode.parse(typed) == Postcode(meant)


@pytest.mark.parametrize("typed", ["ZZ99 3VZ", "MA1 1AA", "QS3 4CT"])
def test_codes_that_nobody_was_given_are_read_as_they_stand(typed):
    assert codes(typed.lower()) == [typed]
    assert Postcode.parse(typed) == Postcode.from_list(typed.lower()) == Postcode(typed)


@pytest.mark.parametrize("written", ["BS1O 1AA", " bs1o1aa "])
def test_a_list_is_taken_as_it_stands(written):
    assert Postcode.from_list(written) == Postcode("BS1O 1AA")


@pytest.mark.parametrize("written", ["", "BS3", "BS3 4Q", "BS3-4QT", "BS34 QT X"])
def test_what_a_list_may_not_hold(written):
    with pytest.raises(Invalid):
        Postcode.from_list(written)


@pytest.mark.parametrize("typed", ["SO1 4AA", "BL1 1AA", "OL1 1AA", "CO1 1AA", "IP1 1AA", "E1 6AN"])
def test_what_is_well_formed_is_read_only_as_it_stands(typed):
    assert codes(typed) == [typed]


@pytest.mark.parametrize(
    "typed",
    [
        "Definitely wrong",
        "12FSSD",
        "EH1 JS",
        "BS3 4Q",
        "BS3 4QTT",
        "\N{CYRILLIC CAPITAL LETTER EM}K1 1AABS3 4QT BS3 4QT",
        "🏠",
        "BS3 4Q🏠",
        "B" * 10_000,
    ],
)
def test_what_has_no_reading(typed):
    assert codes(typed) == []
    with pytest.raises(Invalid) as refusal:
        Postcode.parse(typed)
    assert (refusal.value.field, refusal.value.code) == ("postcode", "postcode_malformed")


@pytest.mark.parametrize("typed", ["", "   ", "\N{NO-BREAK SPACE}"])
def test_nothing_typed_is_its_own_case(typed):
    with pytest.raises(Invalid) as refusal:
        Postcode.parse(typed)
    assert refusal.value.code == "postcode_missing"


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("BS3", PostcodeKind.OUTWARD, "BS3"),
        ("bs 34", PostcodeKind.OUTWARD, "BS34"),
        ("BS34", PostcodeKind.OUTWARD, "BS34"),
        ("BS3 4", PostcodeKind.SECTOR, "BS3 4"),
        ("bs3-4", PostcodeKind.SECTOR, "BS3 4"),
        ("W1A 1", PostcodeKind.SECTOR, "W1A 1"),
        ("BS1O", PostcodeKind.OUTWARD, "BS10"),
        ("BS3 O", PostcodeKind.SECTOR, "BS3 0"),
    ],
)
def test_a_part_alone_is_read_as_that_part(typed, kind, text):
    assert (kind, text) in [(reading.kind, reading.text) for reading in read_postcode(typed)]
    with pytest.raises(Invalid) as refusal:
        Postcode.parse(typed)
    assert refusal.value.code == "postcode_partial"


@pytest.mark.parametrize(
    "text", ["BS34QT", "bs3 4qt", "BS3  4QT", "BS3 4Q", "BS3 \N{ARABIC-INDIC DIGIT FOUR}QT", ""]
)
def test_the_type_holds_only_the_written_form(text):
    with pytest.raises(Invalid):
        Postcode(text)


@pytest.mark.parametrize(
    ("typed", "existing", "chosen"),
    [
        ("BLI 1AA", {"BL1 1AA"}, "BL1 1AA"),
        ("BLI 1AA", {"B11 1AA"}, "B11 1AA"),
        ("BLI 1AA", {"BL1 1AA", "B11 1AA"}, None),
        ("WI1 1AA", {"W11 1AA"}, "W11 1AA"),
        ("WI1 1AA", {"W11 1AA", "WI1 1AA"}, "WI1 1AA"),
        ("BL1 1AA", {"B11 1AA"}, None),
        ("BS1O", {"BS10"}, "BS10"),
        ("BS1O", set(), None),
    ],
)
def test_only_a_code_that_exists_is_chosen_and_never_one_of_two(typed, existing, chosen):
    reading = choose(read_postcode(typed), existing)
    assert (reading and reading.text) == chosen


def test_its_parts():
    code = Postcode("EC1A 1BB")
    assert (code.area, code.outward, code.inward, code.sector) == ("EC", "EC1A", "1BB", "EC1A 1")


@given(st.text(max_size=80))
def test_any_text_at_all_has_readings_that_are_well_formed_or_none(typed):
    if not typed.strip():
        with pytest.raises(Invalid):
            read_postcode(typed)
        return
    for reading in read_postcode(typed):
        assert reading.text in codes(reading.text)


@needs_shared
class TestTheSharedVectors:
    """ideal-postcodes' own test data: what each code is made of, and which are none."""

    @staticmethod
    def cases(name):
        return [
            (case["base"], case["expected"]) for case in vectors("postcodes.json")[name]["tests"]
        ]

    def test_validation(self):
        for typed, is_valid in self.cases("validation"):
            assert bool(codes(typed)) is is_valid, typed

    def test_normalisation(self):
        for typed, expected in self.cases("normalisation"):
            assert codes(typed) == ([expected] if expected else []), typed

    @pytest.mark.parametrize(
        ("name", "part"),
        [("areas", "area"), ("outcodes", "outward"), ("incodes", "inward"), ("sectors", "sector")],
    )
    def test_parts(self, name, part):
        for typed, expected in self.cases(name):
            assert getattr(Postcode.parse(typed), part) == expected, typed
