"""Long lists of ids, asked about a piece at a time: a statement takes only so many values."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

AT_ONCE = 500
Key = TypeVar("Key", int, str)


def chunked(ids: Iterable[Key]) -> Iterator[Sequence[Key]]:
    """The distinct ids (or refs) in order, at most ``AT_ONCE`` at a time; nothing for none."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
