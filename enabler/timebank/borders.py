"""What is promised and moved for help between two places: always two rows, one in each.

*out* is the clearing account of the asker's place for the helper's, *into* that of the helper's
place for the asker's. What a place's account for another is below zero, that other owes it; so the
floor of ``into`` is the limit of what the asker's place may owe.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from enabler.domain.errors import Invalid
from enabler.timebank.accounts import Account
from enabler.timebank.settling import Settlement, across, reversal_of, void_of
from enabler.timebank.transfers import MOST_HELP, Entry, Phase, Transfer

OUT, IN = ":out", ":in"
"""How the keys of the two rows end; what stands before is the same."""


@dataclass(frozen=True, slots=True)
class Border:
    """The clearing accounts of two places for each other, as help goes over it."""

    out: Account
    into: Account

    def lets_through(self, minutes: int) -> int:
        """How many of these minutes the limit lets over now."""
        return self.into.pays_of(minutes)


def stem_of(key: str) -> str:
    """What the keys of two linked rows share."""
    return key.removesuffix(OUT).removesuffix(IN)


def ends_alike(key: str, other: str) -> bool:
    """Whether both are keys of the same half: of the one that went out, or of the one that came."""
    return any(key.endswith(end) and other.endswith(end) for end in (OUT, IN))


def _is_out(key: str) -> bool:
    return key.endswith(OUT)


def twin_of(key: str) -> str:
    """The key of the other half."""
    return f"{stem_of(key)}{IN if _is_out(key) else OUT}"


def promise_across(
    key: str, expected: int, *, asker: Account, border: Border, helper: Account
) -> tuple[Transfer, ...]:
    """The promise of help over a border: what the asker has of the expected minutes, and the limit
    lets through; two holds or none."""
    minutes = border.lets_through(asker.pays_of(min(expected, MOST_HELP)))
    if minutes < 1:
        return ()
    halves = across(
        key, minutes, giver=asker, out=border.out, into=border.into, receiver=helper
    )  # fmt: skip
    return tuple(replace(half, phase=Phase.HOLD) for half in halves)


def let_go_across(holds: Sequence[Entry], key: str) -> tuple[Transfer, ...]:
    """What lets both halves of a promise go."""
    return tuple(void_of(hold, f"{key}{OUT if _is_out(hold.key) else IN}") for hold in holds)


def settled_across(
    key: str,
    *,
    confirmed: int,
    asker: Account,
    helper: Account,
    border: Border,
    holds: Sequence[Entry] = (),
    pot: Account | None = None,
) -> Settlement:
    """What moves for help of so many confirmed minutes from another place.

    As :func:`enabler.timebank.settling.settled_help`, but each movement is two rows, and what the
    limit does not let through is unpaid, whoever could pay it. ``holds``: both halves of the
    promise, or none. Raises Invalid for minutes below 0 or above 24 hours.
    """
    if not 0 <= confirmed <= MOST_HELP:
        raise Invalid("minutes", "minutes_too_many", minutes=confirmed, most=MOST_HELP)
    if confirmed == 0:
        return Settlement(let_go_across(holds, key))
    promised = min(confirmed, holds[0].minutes) if holds else 0
    through = border.lets_through(confirmed - promised)
    own = 0 if asker.closed else asker.pays_of(through)
    by_pot = 0 if pot is None or pot.closed else pot.pays_of(through - own)
    transfers: list[Transfer] = []
    for payer, minutes, kept in ((asker, promised, holds), (asker, own, ()), (pot, by_pot, ())):
        if payer is not None and minutes:
            nth = key if not transfers else f"{key}:{len(transfers) // 2 + 1}"
            halves = across(
                nth, minutes, giver=payer, out=border.out, into=border.into, receiver=helper
            )
            transfers += [replace(_from(half, kept), group=key) for half in halves]
    return Settlement(tuple(transfers), by_pot, confirmed - promised - own - by_pot)


def undone_across(
    halves: Sequence[Entry], key: str, *, helper: Account, out: Account, pot: Account | None = None
) -> Settlement:
    """What undoes a movement over a border: both its halves, under ``key:out`` and ``key:in``.

    ``pot``: of the helper's place, for what the helper has spent since. Raises WrongMoment
    (reversal_not_covered) where that cannot be, or where the places have used the hours since.
    """
    transfers: list[Transfer] = []
    by_pot = 0
    for half in sorted(halves, key=lambda each: _is_out(each.key)):
        receiver, payer = (out, None) if _is_out(half.key) else (helper, pot)
        end = OUT if _is_out(half.key) else IN
        found = reversal_of(half, f"{key}{end}", receiver=receiver, pot=payer)
        transfers += [replace(each, group=key) for each in found.transfers]
        by_pot += found.by_pot
    return Settlement(tuple(transfers), by_pot)


def _from(half: Transfer, holds: Sequence[Entry]) -> Transfer:
    """A half as it comes from its own promise, where there is one."""
    hold = next((each for each in holds if _is_out(each.key) == _is_out(half.key)), None)
    return half if hold is None else replace(half, phase=Phase.POST, hold=hold.key)
