"""What is kept about people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptView:
    """One kind of thing that is kept about people: codes of what, why and how long."""

    what: str
    purposes: tuple[str, ...]
    keep: str
