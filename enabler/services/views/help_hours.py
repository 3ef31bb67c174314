"""What a help is to the time bank, as one side of its match reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpHoursView:
    """Minutes of a help. ``earns``: hours or gift. ``state``: ahead (nobody said yes yet), open,
    looked-at, settled or let-go.

    ``given``: of ``minutes``, what whoever helped has had. ``owed``, to the helper's side alone:
    what has not come yet, since nobody had hours for it, and a custodian decides.
    ``promised`` and ``by_pot`` are the asker's own, and None to the helper: what somebody has is
    theirs to know. ``pot``: whether a pot pays what the asker does not have.
    """

    earns: str
    state: str
    expected: int
    minutes: int | None
    promised: int | None = None
    by_pot: int | None = None
    pot: bool = False
    given: int = 0
    owed: int = 0
