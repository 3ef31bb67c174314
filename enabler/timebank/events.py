"""An afternoon of many: who pays whom, what is promised of it at once, what moves when it counts.

Twelve gave an hour each to one, or one taught eight: either is so many sides of one payer and one
earner. What each can pay is promised when it is written down, all under one group; it moves, or is
let go, side by side once nobody has spoken against it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from enabler.domain.errors import Invalid
from enabler.timebank.accounts import Account
from enabler.timebank.transfers import Entry, Phase, Reason, Transfer


class EventWay(StrEnum):
    """Who gave time to whom: many to one, one to many, or one to one (*help*: one help between
    two, written down by somebody else)."""

    MANY_TO_ONE = "many-to-one"
    ONE_TO_MANY = "one-to-many"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Share:
    """Whole minutes that one account owes another for one afternoon; both by number."""

    payer: int
    earner: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Promised:
    """One share with what is promised of it: minutes = own + ``by_pot`` + ``unpaid``.

    ``unpaid``: minutes that nobody had; a custodian sees it. Nobody is left out for that.
    """

    nth: int
    share: Share
    by_pot: int
    unpaid: int
    transfers: tuple[Transfer, ...]


def group_of(ref: str) -> str:
    """The group under which the hours of an event move, by its ref."""
    return f"event:{ref}"


def ref_in(group: str | None) -> str | None:
    """The ref of the event whose group it is; None: of no event."""
    kind, _, ref = (group or "").partition(":")
    return ref if kind == "event" and ref and ":" not in ref else None


def keys_of(ref: str, nth: int) -> tuple[str, str]:
    """The keys under which the nth side of an event moves: from its payer, and from a pot."""
    key = f"{group_of(ref)}:{nth}"
    return key, f"{key}:pot"


def is_pot_part(payer_key: str, key: str) -> bool:
    """Whether a key is the pot's, beside the payer's own, for one side of an event."""
    return key == f"{payer_key}:pot"


def paid_key(ref: str, nth: int) -> str:
    """The key under which a pot pays later what nobody had of a side."""
    return f"{group_of(ref)}:{nth}:paid"


def hold_of_key(key: str) -> str:
    """The key of the promise that moves under a key of ``keys_of``."""
    return f"{key}:hold"


def shares(way: EventWay, one: int, many: Sequence[tuple[int, int]]) -> tuple[Share, ...]:
    """Who owes whom: ``one`` is the account of the one, ``many`` those of the others with the
    minutes of each. Raises Invalid("people", …): people_missing, person_twice, to_oneself; and
    ("minutes", minutes_not_positive)."""
    if not many:
        raise Invalid("people", "people_missing")
    if len({number for number, _ in many}) < len(many):
        raise Invalid("people", "person_twice")
    if one in {number for number, _ in many}:
        raise Invalid("people", "to_oneself")
    if any(minutes < 1 for _, minutes in many):
        raise Invalid("minutes", "minutes_not_positive")
    if way is EventWay.MANY_TO_ONE:  # who gave their time earns; the one they gave it to pays
        return tuple(Share(one, number, minutes) for number, minutes in many)
    return tuple(Share(number, one, minutes) for number, minutes in many)


def promised(
    ref: str, owed: Iterable[Share], payers: Mapping[int, Account], *, pot: Account | None = None,
    reason: Reason = Reason.EVENT,
) -> tuple[Promised, ...]:  # fmt: skip
    """What is promised of the shares, the first first: what its payer has of it, then the pot.

    ``payers``: their accounts by number, as they stand. Nothing takes an account below its floor.
    """
    standing = dict(payers)
    if pot is not None:
        standing.setdefault(pot.number, pot)
    found = []
    for nth, share in enumerate(owed, start=1):
        own = _of(standing, share.payer, share.minutes)
        paid = {share.payer: own}
        if pot is not None and pot.number not in (share.payer, share.earner):
            paid[pot.number] = _of(standing, pot.number, share.minutes - own)
        transfers = tuple(
            _hold(key, standing[number].place, number, share.earner, minutes, ref, reason)
            for key, (number, minutes) in zip(keys_of(ref, nth), paid.items(), strict=False)
            if minutes
        )
        by_pot = sum(paid.values()) - own
        found.append(Promised(nth, share, by_pot, share.minutes - own - by_pot, transfers))
    return tuple(found)


def _of(standing: dict[int, Account], number: int, minutes: int) -> int:
    """What an account promises of so many minutes; it has so much less from then on."""
    account = standing[number]
    given = 0 if account.closed else account.pays_of(minutes)
    standing[number] = replace(account, held=account.held + given)
    return given


def _hold(
    key: str, place: int, payer: int, earner: int, minutes: int, ref: str, reason: Reason
) -> Transfer:
    return Transfer(
        hold_of_key(key), place, payer, earner, minutes, reason, Phase.HOLD, group=group_of(ref)
    )


def counted(hold: Entry) -> Transfer:
    """The movement of all that a side's promise holds."""
    return Transfer(
        hold.key.removesuffix(":hold"), hold.place, hold.debit, hold.credit, hold.minutes,
        Reason(hold.reason), Phase.POST, hold=hold.key, group=hold.group,
    )  # fmt: skip
