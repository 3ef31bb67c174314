"""Long lists of ids, asked about a piece at a time: a statement takes only so many values."""

from collections.abc import Iterable, Iterator, Sequence

AT_ONCE = 500


def chunked(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """The distinct ids in order, at most ``AT_ONCE`` at a time; nothing for none."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
