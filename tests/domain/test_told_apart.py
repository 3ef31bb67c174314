"""Two of the same name never look alike to whoever acts for both."""

from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.names import Called, told_apart

NAMES = st.sampled_from(["Rose", "rose", "Ann"])
FULL = st.sampled_from(["Rose Long", "Rose Lamb", "Rose", "Ann Long"])


def names(*people: tuple[str, str, str | None]) -> list[str]:
    """What those are called, in their order."""
    found = told_apart(Called(n, *one, ref=f"R{n}") for n, one in enumerate(people))
    return [found[n] for n in range(len(people))]


def test_a_name_alone_is_said_as_others_read_it() -> None:
    assert names(("Rose", "Rose Long", "North"), ("Ann", "Ann Long", "North")) == ["Rose", "Ann"]


def test_no_more_is_said_than_it_takes() -> None:
    long, lamb = ("Rose", "Rose Long", "North"), ("Rose", "Rose Lamb", "North")
    king = ("rose", "Rose King", "North")
    assert names(long, king) == ["Rose L.", "rose K."]
    assert names(long, lamb, king) == ["Rose Long", "Rose Lamb", "Rose King"]
    assert names(long, ("Rose", "Rose Long", "South")) == ["Rose Long, North", "Rose Long, South"]
    assert names(long, long) == ["Rose Long, North (R0)", "Rose Long, North (R1)"]
    assert names(("Rose", "Rose", None), ("Rose", "Rose", None)) == ["Rose (R0)", "Rose (R1)"]


@given(st.lists(st.tuples(NAMES, FULL, st.sampled_from([None, "North", "South"])), max_size=6))
def test_those_who_share_a_name_differ(people: list[tuple[str, str, str | None]]) -> None:
    said = [name.casefold() for name in names(*people)]
    shown = [one[0].casefold() for one in people]
    for word in set(shown):
        theirs = [said[n] for n, each in enumerate(shown) if each == word]
        assert len(set(theirs)) == len(theirs)
