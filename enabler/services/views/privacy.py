"""What is kept about people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptView:
    """One kind of thing that is kept about people: codes of what, why, on what ground of law and
    how long; ``keep`` is the longest of ``keeps``, ``columns`` are the values themselves. Beside
    each time stand its days, by the rules of a place where it is asked for one; None: as long as
    the account lives."""

    what: str
    purposes: tuple[str, ...]
    keep: tuple[str, int | None]
    bases: tuple[str, ...]
    conditions: tuple[str, ...]
    keeps: tuple[tuple[str, int | None], ...]
    columns: tuple[str, ...]
