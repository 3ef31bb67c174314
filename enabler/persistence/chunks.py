"""Long lists of ids, asked about a piece at a time: a statement takes only so many values."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

AT_ONCE = 500
Id = TypeVar("Id", int, str)


def chunked(ids: Iterable[Id]) -> Iterator[Sequence[Id]]:
    """The distinct ids in order, at most ``AT_ONCE`` at a time; nothing for none."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
