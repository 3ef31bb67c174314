"""What a caller says of a need's circumstances."""

from collections.abc import Iterable

from enabler.domain.meeting import in_full


def said_of(named: Iterable[str] | None) -> tuple[str, ...]:
    """Of a list what it names is so, and nothing else is; nothing is known where none was sent."""
    return () if named is None else in_full(named)
