"""What moves for one confirmed help, for a reversal, across a border, at an account's end.

Each function answers with the transfers that belong together, to be posted as one
(:meth:`enabler.timebank.ledger.Ledger.post_all`). They read balances: whoever calls them first
looks whether the key is known already, under the lock under which the transfers are posted.
"""

from dataclasses import dataclass

from enabler.domain.errors import Invalid, WrongMoment
from enabler.timebank.accounts import Account
from enabler.timebank.transfers import MOST_HELP, Entry, Phase, Reason, Transfer


@dataclass(frozen=True, slots=True)
class Settlement:
    """Transfers that belong together. ``by_pot``: minutes that a pot pays in them.

    ``unpaid``: minutes that nobody could pay. Either, of a reversal, is for a custodian to see.
    """

    transfers: tuple[Transfer, ...]
    by_pot: int = 0
    unpaid: int = 0


def hold_of(key: str, asker: Account, helper: int, expected: int) -> Transfer | None:
    """The promise of an accepted help: what the asker has of the expected minutes; None: nothing.

    Nobody is refused help for lack of hours: what is not held is settled when it is done.
    """
    minutes = asker.pays_of(min(expected, MOST_HELP))
    if minutes < 1:
        return None
    return Transfer(
        key, asker.place, asker.number, helper, minutes, Reason.HELP, Phase.HOLD, group=key
    )


def void_of(hold: Entry, key: str) -> Transfer:
    """The transfer that lets a hold go."""
    return Transfer(
        key, hold.place, hold.debit, hold.credit, hold.minutes, Reason(hold.reason), Phase.VOID,
        hold=hold.key, group=hold.group,
    )  # fmt: skip


def settled_help(
    key: str,
    *,
    confirmed: int,
    asker: Account,
    helper: int,
    hold: Entry | None = None,
    pot: Account | None = None,
) -> Settlement:
    """What moves for help of so many confirmed minutes.

    Up to the hold is posted from it; more comes from the asker as far as their floor lets it; the
    rest is paid by the pot, where the ruleset gives one. The first transfer carries the key
    itself, the others ``key:2`` and ``key:3``; all are of the group ``key``. Nothing confirmed
    lets the hold go. Raises Invalid for minutes below 0 or above 24 hours.
    """
    if not 0 <= confirmed <= MOST_HELP:
        raise Invalid("minutes", "minutes_too_many", minutes=confirmed, most=MOST_HELP)
    if confirmed == 0:
        return Settlement((void_of(hold, key),) if hold else ())
    rest = max(0, confirmed - (hold.minutes if hold else 0))
    own = 0 if asker.closed else asker.pays_of(rest)
    by_pot = 0 if pot is None or pot.closed else pot.pays_of(rest - own)
    transfers: list[Transfer] = []
    if hold:
        transfers.append(_for_help(key, 1, hold.debit, helper, confirmed - rest, hold))
    for payer, minutes in ((asker, own), (pot, by_pot)):
        if payer and minutes:
            nth = len(transfers) + 1
            transfers.append(_for_help(key, nth, payer.number, helper, minutes, place=asker.place))
    return Settlement(tuple(transfers), by_pot, rest - own - by_pot)


def _for_help(
    key: str,
    nth: int,
    payer: int,
    helper: int,
    minutes: int,
    hold: Entry | None = None,
    place: int = 0,
) -> Transfer:
    """The nth transfer of one confirmed help, from its hold where it has one."""
    return Transfer(
        key if nth == 1 else f"{key}:{nth}",
        hold.place if hold else place,
        payer,
        helper,
        minutes,
        Reason.HELP,
        Phase.POST if hold else Phase.SINGLE,
        hold=hold.key if hold else None,
        group=key,
    )


def reversal_of(
    entry: Entry, key: str, *, receiver: Account, pot: Account | None = None
) -> Settlement:
    """What undoes a transfer: its mirror, after a pot has covered what the receiver has spent.

    ``by_pot`` above 0 is flagged to a custodian. Raises WrongMoment where the receiver has spent
    it and no pot can cover that (reversal_not_covered, with the minutes ``short``).
    """
    short = entry.minutes - receiver.pays_of(entry.minutes)
    mirror = Transfer(
        key, entry.place, entry.credit, entry.debit, entry.minutes, Reason.REVERSAL,
        reverses=entry.key, group=key,
    )  # fmt: skip
    if not short:
        return Settlement((mirror,))
    if pot is None or pot.closed or pot.number == entry.credit or not pot.can_pay(short):
        raise WrongMoment("reversal_not_covered", reverses=entry.key, short=short)
    cover = Transfer(
        f"{key}:cover", entry.place, pot.number, entry.credit, short, Reason.COVER, group=key
    )
    return Settlement((cover, mirror), by_pot=short)


def leaving(account: Account, pot: Account, key: str) -> tuple[Transfer, ...]:
    """What brings an account to zero before it closes: swept into a pot, or balanced from it.

    Raises WrongMoment while minutes are still promised from it.
    """
    if account.held:
        raise WrongMoment("account_not_empty", posted=account.posted, held=account.held)
    if account.posted == 0:
        return ()
    debit, credit, reason = (
        (account, pot, Reason.SWEEP) if account.posted > 0 else (pot, account, Reason.BALANCE)
    )
    minutes = abs(account.posted)
    return (Transfer(key, account.place, debit.number, credit.number, minutes, reason, group=key),)


def across(
    key: str, minutes: int, *, giver: Account, out: Account, into: Account, receiver: Account
) -> tuple[Transfer, Transfer]:
    """A movement between two places: giver to ``out`` in one, ``into`` to receiver in the other.

    ``out`` and ``into`` are the clearing accounts of the two for each other. The floor of ``into``
    is how much its place takes from the other before it gives; so each way has its own limit.
    """
    here = Transfer(
        f"{key}:out", giver.place, giver.number, out.number, minutes, Reason.BORDER, group=key
    )
    there = Transfer(
        f"{key}:in", receiver.place, into.number, receiver.number, minutes, Reason.BORDER, group=key
    )
    return here, there
