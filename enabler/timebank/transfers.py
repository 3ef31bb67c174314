"""Transfers: one movement of whole minutes between two accounts, told once under its own key."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from enabler.domain.errors import Invalid

MOST_HELP = 24 * 60
"""Minutes of one transfer for help: nobody helps for longer than a day at once."""

MOST_MINUTES = 2**31 - 1
"""Minutes of any transfer: what a column of whole numbers holds on both databases."""

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,199}", re.ASCII)


class Phase(StrEnum):
    """What a transfer does: moves at once, promises, moves what was promised, or lets it go."""

    SINGLE = "single"
    HOLD = "hold"
    POST = "post"
    VOID = "void"


class Reason(StrEnum):
    """Why minutes move; a code, so that what is sealed tells of nobody.

    *help*: for help received, whoever pays. *give*: by free choice. *event*: one of many for one
    afternoon. *grant*: from issue, or from a pot to begin with. *lend*, *repay*: a pot's loan.
    *cover*: a pot pays what a reversal takes from somebody who has spent it. *sweep*, *balance*:
    what is left, or owed, when an account closes. *border*: one half of a movement between
    places. *reversal*: undoes another. *replay*: a history of another community, read in.
    """

    HELP = "help"
    GIVE = "give"
    EVENT = "event"
    GRANT = "grant"
    LEND = "lend"
    REPAY = "repay"
    COVER = "cover"
    SWEEP = "sweep"
    BALANCE = "balance"
    BORDER = "border"
    REVERSAL = "reversal"
    REPLAY = "replay"


@dataclass(frozen=True, slots=True)
class Transfer:
    """What its caller asks to move. ``key`` is theirs: the same key means the same movement.

    ``hold``: the key of what a post or void resolves. ``reverses``: the key of what a reversal
    undoes. ``group``: shared by transfers of one event. Keys hold no personal value: they are
    sealed and exported. Raises Invalid for what can be no transfer, whatever the ledger says.
    """

    key: str
    place: int
    debit: int
    credit: int
    minutes: int
    reason: Reason
    phase: Phase = Phase.SINGLE
    hold: str | None = None
    reverses: str | None = None
    group: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no ledger takes."""
        for field, key in (("key", self.key), ("group", self.group)):
            if key is not None and not _KEY.fullmatch(key):
                raise Invalid(field, "transfer_key_malformed")
        if self.debit == self.credit:
            raise Invalid("credit", "to_oneself")
        _require_fitting(self.minutes, self.reason)
        if (self.hold is not None) != (self.phase in (Phase.POST, Phase.VOID)):
            raise Invalid("hold", "hold_wrongly_named")
        if (self.reverses is not None) != (self.reason is Reason.REVERSAL):
            raise Invalid("reverses", "reversal_wrongly_named")
        if self.reverses is not None and self.phase is not Phase.SINGLE:
            raise Invalid("phase", "reversal_moves_at_once")


def most_of(reason: str) -> int:
    """The most minutes that one transfer for this reason moves."""
    return MOST_HELP if reason == Reason.HELP else MOST_MINUTES


def _require_fitting(minutes: int, reason: Reason) -> None:
    if isinstance(minutes, bool) or not isinstance(minutes, int):
        raise Invalid("minutes", "minutes_not_whole")
    if minutes < 1:
        raise Invalid("minutes", "minutes_not_positive", minutes=minutes)
    if minutes > most_of(reason):
        raise Invalid("minutes", "minutes_too_many", minutes=minutes, most=most_of(reason))


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger as it was kept or read: its number, its time, and what was asked.

    Unlike a :class:`Transfer` it is not judged when it is made: the checks must be able to look
    at a row that should not be.
    """

    seq: int
    at: datetime
    key: str
    place: int
    debit: int
    credit: int
    minutes: int
    reason: str
    phase: str
    hold: str | None
    reverses: str | None
    group: str | None

    @property
    def moved(self) -> int:
        """Minutes that changed hands by it: none by a promise or its end."""
        return self.minutes if self.phase in (Phase.SINGLE, Phase.POST) else 0

    def says(self, transfer: Transfer) -> bool:
        """Whether it is what a transfer asks, to the last field; when and by whom do not matter."""
        return self == entry_of(self.seq, self.at, transfer)


def entry_of(seq: int, at: datetime, transfer: Transfer) -> Entry:
    """The row that a transfer becomes."""
    return Entry(
        seq=seq,
        at=at,
        key=transfer.key,
        place=transfer.place,
        debit=transfer.debit,
        credit=transfer.credit,
        minutes=transfer.minutes,
        reason=transfer.reason,
        phase=transfer.phase,
        hold=transfer.hold,
        reverses=transfer.reverses,
        group=transfer.group,
    )
