"""What was written down comes to its end: it counts, or it is left out. The event is locked by the
caller; accounts are locked after it, all of one step at once."""

from collections.abc import Iterable, Sequence

from enabler.domain.permissions import Actor
from enabler.persistence.hours_events import EventSide, HoursEvent
from enabler.persistence.hours_flags import UNPAID, event_key
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._accounts import member_account
from enabler.services._ground import Ground
from enabler.timebank.accounts import Account
from enabler.timebank.events import counted, hold_of_key, keys_of
from enabler.timebank.settling import void_of
from enabler.timebank.transfers import Entry


def count(
    uow: UnitOfWork, actor: Actor, event: HoursEvent, sides: Sequence[EventSide], here: Ground, *,
    why: str,
) -> None:  # fmt: skip
    """The promises of these sides move. Whoever has left receives no more: theirs is let go.

    What nobody could pay is flagged to the custodians.
    """
    holds, accounts = lock_accounts(uow, event, sides)
    staying = [side for side in sides if not accounts[side.earner_id].closed]
    gone = [side for side in sides if side not in staying]
    if gone:
        leave_out(uow, actor, event, gone, here, why="left")
    if not staying:
        return
    moving = _of(holds, event, staying)
    uow.ledger.post_all([counted(hold) for hold in moving], here.now)
    _end(uow, actor, event, staying, "counted", here, why)
    for side in staying:
        _flag(uow, event, side, here)
    _grow(uow, staying, here)


def lock_accounts(
    uow: UnitOfWork, event: HoursEvent, sides: Sequence[EventSide]
) -> tuple[list[Entry], dict[int, Account]]:
    """The promises of these sides, and all accounts that they touch, held together."""
    holds = _holds(uow, event, sides)
    numbers = {n for side in sides for n in (side.payer_id, side.earner_id)}
    return holds, uow.ledger.lock(*numbers, *(hold.debit for hold in holds))


def leave_out(
    uow: UnitOfWork, actor: Actor, event: HoursEvent, sides: Sequence[EventSide], here: Ground, *,
    why: str,
) -> None:  # fmt: skip
    """The promises of these sides are let go."""
    if not sides:
        return
    holds = _holds(uow, event, sides)
    transfers = [void_of(hold, f"{hold.key}:let-go") for hold in holds]
    uow.ledger.post_all(transfers, here.now)
    _end(uow, actor, event, sides, "left-out", here, why)


def _holds(uow: UnitOfWork, event: HoursEvent, sides: Iterable[EventSide]) -> list[Entry]:
    keys = [hold_of_key(key) for side in sides for key in keys_of(event.ref, side.nth)]
    found = uow.ledger.by_keys(keys)
    return [found[key] for key in keys if key in found]


def _of(holds: Iterable[Entry], event: HoursEvent, sides: Iterable[EventSide]) -> list[Entry]:
    keys = {hold_of_key(key) for side in sides for key in keys_of(event.ref, side.nth)}
    return [hold for hold in holds if hold.key in keys]


def _end(
    uow: UnitOfWork, actor: Actor, event: HoursEvent, sides: Sequence[EventSide], state: str,
    here: Ground, why: str,
) -> None:  # fmt: skip
    decided_by = actor.member_id if why == "decided" else None
    uow.hours_events.change(
        event.id, [side.nth for side in sides], state=state, ended_at=here.now,
        decided_by=decided_by,
    )  # fmt: skip
    uow.hours_events.end_if_over(event.id, here.now)
    uow.audit.record(
        actor, f"hours-event.{state}", place_id=event.place_id,
        subject=("hours-event", event.id, event.ref), now=here.now, states=("open", state),
        columns=tuple(f"side-{side.nth}" for side in sides), why=why,
    )  # fmt: skip


def _flag(uow: UnitOfWork, event: HoursEvent, side: EventSide, here: Ground) -> None:
    if side.unpaid:
        uow.help_hours.flag(
            dedupe_key=event_key(event.ref, str(side.nth)), place_id=event.place_id,
            kind=UNPAID, ref=uow.refs.new(event.place_id, "hours-flag"), match_id=None,
            facts={
                "minutes": side.unpaid, "account": side.payer_id, "event": event.ref,
                "side": side.nth,
            },
            raised_at=here.now,
        )  # fmt: skip


def _grow(uow: UnitOfWork, sides: Iterable[EventSide], here: Ground) -> None:
    """Who gave may ask for more: the floors of members who gave their time follow."""
    owners = uow.purses.owners({side.earner_id for side in sides})
    for number in sorted(owners):
        member_id = owners[number].member_id
        if member_id is not None:
            member_account(uow, here.place.id, member_id, here.ruleset)
