"""Who was there, as people type it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.web.forms.present import read_people

REF = st.from_regex(r"[0-9A-Za-z]{4,6}", fullmatch=True)
BETWEEN = st.sampled_from(["\n", "\r\n", ", ", ";", "\n\n", " ,\n"])


def written(ref: str, minutes: int | None, how: int) -> str:
    """One way in which somebody may type it."""
    if minutes is None:
        return ref
    hours, rest = divmod(minutes, 60)
    ways = [f"{ref} {minutes}", f"{ref}: {minutes} min", f"  {ref}  {hours}h{rest:02d}  ",
            f"{ref} - {hours} hours {rest} minutes", f"{ref}={minutes}"]  # fmt: skip
    return ways[how % len(ways)]


@given(
    people=st.lists(st.tuples(REF, st.none() | st.integers(1, 1440), st.integers(0, 9))),
    between=BETWEEN,
)
def test_whoever_is_written_is_read(
    people: list[tuple[str, int | None, int]], between: str
) -> None:
    typed = between.join(written(*each) for each in people)
    assert read_people(typed) == tuple((ref, minutes) for ref, minutes, _ in people)


@given(st.text(max_size=200) | st.text(alphabet="K7q \n,h1:-=m", max_size=30))
def test_anything_else_is_refused_and_never_guessed(typed: str) -> None:
    with suppress(Invalid):
        for ref, minutes in read_people(typed):
            assert (ref.isalnum(), ref.isascii()) == (True, True)
            assert minutes is None or 0 <= minutes <= 1440


@pytest.mark.parametrize(
    ("typed", "nth"), [("K7QP soon", 1), ("K7QP\nM2XA 1h30 2h", 2), ("Ann Archer", 1)]
)
def test_it_is_said_which_cannot_be_read(typed: str, nth: int) -> None:
    with pytest.raises(Invalid) as wrong:
        read_people(typed)
    assert wrong.value.facts == {"nth": nth}


def test_a_day_is_the_most() -> None:
    with pytest.raises(Invalid) as wrong:
        read_people("K7QP 25h")
    assert wrong.value.code == "minutes_too_many"
