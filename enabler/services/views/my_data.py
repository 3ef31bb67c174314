"""What is held of a member, to that member alone: codes and values, no words."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a row. ``withheld``: a code of why the value itself is not given."""

    column: str
    value: object
    withheld: str | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """What one row says of them, and beside it of what and when it is."""

    values: tuple[ValueView, ...]
    beside: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True)
class KeptColumnView:
    """A personal column: why it is kept, on what ground, and for how many days (None: as long as
    the account lives, or what it is about)."""

    column: str
    purpose: str
    basis: str
    condition: str
    keep: str
    days: int | None
    withheld: str | None


@dataclass(frozen=True, slots=True)
class HeldKindView:
    """All that one table holds of them. ``correct``: where it is put right, or why it cannot be."""

    what: str
    part: str
    correct: str
    columns: tuple[KeptColumnView, ...]
    rows: tuple[RowView, ...]

    @property
    def purposes(self) -> tuple[str, ...]:
        """Why it is kept, each once."""
        return tuple(dict.fromkeys(each.purpose for each in self.columns))

    @property
    def bases(self) -> tuple[str, ...]:
        """On what grounds of law, each once."""
        return tuple(dict.fromkeys(each.basis for each in self.columns))

    @property
    def keeps(self) -> tuple[tuple[str, int | None], ...]:
        """For how long, each once: the code, and the days by the rules of their place."""
        return tuple(dict.fromkeys((each.keep, each.days) for each in self.columns))

    @property
    def withheld(self) -> tuple[str, ...]:
        """Why some of it is not given, each once."""
        return tuple(dict.fromkeys(each.withheld for each in self.columns if each.withheld))


@dataclass(frozen=True, slots=True)
class AllHeldView:
    """Everything that is held of a member, as it was at one moment."""

    ref: str
    name: str
    at: datetime
    kinds: tuple[HeldKindView, ...]


@dataclass(frozen=True, slots=True)
class ProofView:
    """Whether a browser's owner has proved of late who they are, and where a code would go to:
    ``to`` is phone or mail, or None where nothing reaches them."""

    until: datetime | None
    to: str | None
