"""A part of a list."""

from dataclasses import dataclass
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Part(Generic[V]):
    """So many of a list, the newest first; ``after`` is the last one's ref where there are more."""

    found: tuple[V, ...]
    after: str | None
