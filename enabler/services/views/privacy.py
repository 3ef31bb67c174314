"""What is kept about people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptView:
    """One kind of thing that is kept about people: codes of what, why, on what ground of law and
    how long; ``keep`` is the longest of ``keeps``, ``columns`` are the values themselves."""

    what: str
    purposes: tuple[str, ...]
    keep: str
    bases: tuple[str, ...]
    conditions: tuple[str, ...]
    keeps: tuple[str, ...]
    columns: tuple[str, ...]
