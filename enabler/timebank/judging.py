"""What the rules say of one transfer at one moment: both accounts afterwards, or a refusal.

The one place that knows the rules. The ledger in memory and the repository both come here with
what they have read; the databases' own constraints hold the same.
"""

from dataclasses import dataclass, replace

from enabler.domain.errors import LimitReached, NotFound, WrongMoment
from enabler.timebank.accounts import Account
from enabler.timebank.borders import ends_alike
from enabler.timebank.transfers import Entry, Phase, Reason, Transfer


@dataclass(frozen=True, slots=True)
class Moment:
    """What bears on one transfer: its accounts, and what it resolves or undoes, where it does.

    ``spent``: that hold has been posted or let go, or that transfer has been undone, already.
    """

    debit: Account | None
    credit: Account | None
    earlier: Entry | None = None
    spent: bool = False


def after(transfer: Transfer, moment: Moment, seq: int) -> tuple[Account, Account]:
    """Both accounts (debit, credit) once the transfer has become the row ``seq``.

    Raises NotFound (account_unknown, hold_unknown, reversed_unknown), WrongMoment
    (account_closed, hold_resolved, hold_exceeded, hold_differs, already_reversed,
    not_reversible, border_not_alone, reversal_differs) and LimitReached (floor_reached, with
    ``account`` and how many minutes are ``short``).
    """
    debit = _account(transfer, transfer.debit, moment.debit)
    credit = _account(transfer, transfer.credit, moment.credit)
    promised = 0
    if transfer.hold is not None:
        promised = _resolved(transfer, moment)
    elif transfer.reverses is not None:
        _undone(transfer, moment)
    if promised == 0 and not debit.can_pay(transfer.minutes):
        short = transfer.minutes - (debit.room or 0)
        raise LimitReached("floor_reached", account=debit.number, short=short)
    held = debit.held - promised + (transfer.minutes if transfer.phase is Phase.HOLD else 0)
    moved = transfer.minutes if transfer.phase in (Phase.SINGLE, Phase.POST) else 0
    return (
        replace(debit, posted=debit.posted - moved, held=held, applied=seq),
        replace(credit, posted=credit.posted + moved, applied=seq),
    )


def _account(transfer: Transfer, number: int, account: Account | None) -> Account:
    """An account that may take part in the transfer; one of another place is not known here."""
    if account is None or account.place != transfer.place:
        raise NotFound("account_unknown", account=number)
    if account.closed and transfer.phase is not Phase.VOID:
        raise WrongMoment("account_closed", account=number)
    return account


def _resolved(transfer: Transfer, moment: Moment) -> int:
    """The minutes that the named hold promised, all of which end with this transfer."""
    hold = moment.earlier
    if hold is None or hold.phase != Phase.HOLD or hold.place != transfer.place:
        raise NotFound("hold_unknown", hold=transfer.hold)
    if moment.spent:
        raise WrongMoment("hold_resolved", hold=hold.key)
    same = (hold.debit, hold.credit, hold.reason)
    if same != (transfer.debit, transfer.credit, transfer.reason):
        raise WrongMoment("hold_differs", hold=hold.key)
    if transfer.minutes > hold.minutes:
        raise WrongMoment("hold_exceeded", hold=hold.key, held=hold.minutes)
    if transfer.phase is Phase.VOID and transfer.minutes != hold.minutes:
        raise WrongMoment("hold_differs", hold=hold.key)
    return hold.minutes


def _undone(transfer: Transfer, moment: Moment) -> None:
    """A reversal is its transfer seen from the other side, once; what undoes is not undone."""
    first = moment.earlier
    if first is None or first.place != transfer.place:
        raise NotFound("reversed_unknown", reverses=transfer.reverses)
    if not first.moved or first.reason == Reason.REVERSAL:
        raise WrongMoment("not_reversible", reverses=first.key)
    if first.reason == Reason.BORDER and not ends_alike(transfer.key, first.key):
        raise WrongMoment("border_not_alone", reverses=first.key)
    if moment.spent:
        raise WrongMoment("already_reversed", reverses=first.key)
    mirrored = (first.credit, first.debit, first.minutes)
    if mirrored != (transfer.debit, transfer.credit, transfer.minutes):
        raise WrongMoment("reversal_differs", reverses=first.key)


def refloored(account: Account, floor: int | None) -> Account:
    """An account with another floor. Raises WrongMoment where it lies above what is available."""
    if floor is not None and floor > account.available:
        raise WrongMoment("floor_above_balance", floor=floor, available=account.available)
    return replace(account, floor=floor)


def closed(account: Account) -> Account:
    """An account at its end. Raises WrongMoment unless it is empty and nothing is held in it.

    What others hold *for* it can then only be let go. An account that is closed stays so.
    """
    if account.posted or account.held:
        raise WrongMoment("account_not_empty", posted=account.posted, held=account.held)
    return replace(account, closed=True)
