"""What is odd about a look: by street, name, hour and number; and the reasons that are asked."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.domain.looks import ODD, REASONS, Limits, Look, Person, checked_reason, is_common, odd

LIMITS = Limits(many=10, night_from=22 * 60, night_until=6 * 60)
NOON, NIGHT = (
    datetime.fromisoformat("2026-06-10T11:00Z"),
    datetime.fromisoformat("2026-06-10T21:30Z"),
)
CAROL = Person("Carol Desk", 1, "BS1 1AA", "12 Mill Lane")


def found(seen: Person, viewer: Person = CAROL, **look: object) -> tuple[str, ...]:
    said = {"at": NOON, "by_choice": True, "others": 1} | look
    return odd(Look(**said), viewer, seen, LIMITS, "Europe/London")  # type: ignore[arg-type]


@pytest.mark.parametrize(("seen", "why"), [
    (Person("Ann Archer", 2, "BS1 9ZZ", "3 High Street"), ()),
    (Person("Ann Archer", 1, "BS1 1AA", "12 Mill Lane"), ("own-home",)),
    (Person("Ann Archer", 9, "BS1 1AA", "12, mill lane"), ("own-home",)),
    (Person("Ann Archer", 2, "BS1 1AA", "14 Mill Lane"), ("own-postcode",)),
    (Person("Ann Archer", 2, "BS1 2BB", "Flat 2, 98b Mill Lane"), ("own-street",)),
    (Person("Ann Archer", 2, "BS7 2BB", "98 Mill Lane"), ()),
    (Person("Ann DESK", 2, "BS1 9ZZ", "3 High Street"), ("same-surname",)),
    (Person("Desk", 2, "BS1 9ZZ", "3 High Street"), ()),
    (Person("Ann Archer", None, None, None), ()),
    (Person("Ann Archer", 2, "BS1 9ZZ", "3 High Street", hidden=True), ("hidden",)),
])  # fmt: skip
def test_by_whom_it_is(seen: Person, why: tuple[str, ...]) -> None:
    assert found(seen) == why


def test_night_number_and_hidden_count_where_nothing_waited() -> None:
    seen = Person("Ann Archer", 2, "BS1 9ZZ", "3 High Street", hidden=True)
    assert found(seen, at=NIGHT, others=11) == ("hidden", "at-night", "many")
    assert found(seen, at=NIGHT, others=11, by_choice=False) == ()
    assert found(seen, others=10) == ("hidden",)


def test_a_name_that_many_have_counts_by_choice_alone() -> None:
    seen = Person("Ann Desk", 2, "BS1 9ZZ", "3 High Street")
    assert found(seen, common_name=True) == ("same-surname",)
    assert found(seen, common_name=True, by_choice=False) == ()
    assert found(seen, by_choice=False) == ("same-surname",)
    near = Person("Ann Desk", 2, "BS1 1AA", "14 Mill Lane")
    assert found(near, common_name=True, by_choice=False) == ("own-postcode",)


@pytest.mark.parametrize(("namesakes", "members", "common"), [
    (10, 100, False), (11, 100, True), (11, 50_000, False), (101, 50_000, True),
])  # fmt: skip
def test_a_name_is_common_by_how_many_have_it(namesakes: int, members: int, common: bool) -> None:
    assert is_common(namesakes, members) is common


PEOPLE = st.builds(
    Person, st.text(max_size=20), st.none() | st.integers(1, 3),
    st.sampled_from(["BS1 1AA", "BS1 2BB", "", None]), st.none() | st.text(max_size=40),
)  # fmt: skip


@given(PEOPLE)
def test_it_is_the_same_from_both_sides_and_never_fails(seen: Person) -> None:
    for code in found(seen):
        assert code in ODD
    assert set(found(seen)) == set(found(CAROL, viewer=seen))


def test_a_reason_is_asked_and_words_where_the_list_has_none() -> None:
    assert checked_reason("asked", " ") == ("asked", None)
    assert checked_reason("other", "A parcel came here.") == ("other", "A parcel came here.")
    for reason, words, field in (
        ("", None, "reason"), ("no", "x", "reason"), ("other", " ", "words"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as wrong:
            checked_reason(reason, words)
        assert wrong.value.field == field
    assert REASONS[-1] == "other"
