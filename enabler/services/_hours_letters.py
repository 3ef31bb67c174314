"""What a message about hours is about, read at the moment it is sent."""

from collections.abc import Callable, Mapping
from datetime import datetime

from enabler.domain.letters import About, Party
from enabler.domain.messages import Outgoing
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._event_views import own_part
from enabler.services._limits import limits_subject


def flag_subject(uow: UnitOfWork, place_id: int, ref: str) -> About:
    """Help that waits for a custodian. Its message leads to the desk: no ref."""
    waits = uow.help_hours.is_flag_waiting(place_id, ref)
    return About(kind="flag", ref="", state="waiting" if waits else "settled")


def leaver_subject(uow: UnitOfWork, place_id: int, ref: str) -> About | None:
    """A member who leaves the time bank, or has left it, and is the only one told of that."""
    member = uow.homes.member_by_ref(place_id, ref)
    account = uow.purses.of_member(member.id)
    if account is None:
        return None
    waits = account.posted <= 0 and uow.purses.leaver(account.number) is not None
    state = "left" if account.closed else "waiting" if waits else "stays"
    return About(kind="leaver", ref=ref, state=state, helpers=frozenset({member.id}))


def gift_subject(uow: UnitOfWork, ref: str, now: datetime) -> About | None:
    """Hours that were given and not taken back; ``answerers`` are those who received them.

    A giver who is gone is named no more: then nothing is said.
    """
    entry = uow.ledger.by_key(f"give:{ref}")
    if entry is None:
        return None
    owners = uow.purses.owners((entry.debit, entry.credit))
    giver, taker = owners.get(entry.debit), owners.get(entry.credit)
    if giver is None or taker is None:
        return None
    received = frozenset({taker.member_id} if taker.member_id is not None else ())
    if taker.organisation_id is not None:
        received = frozenset(uow.organisations.leads(taker.organisation_id, now))
    named = uow.gifts.names(entry.place, [giver.member_id] if giver.member_id else [])
    party = next((Party(each, name) for each, (_, name) in named.items()), None)
    organisation = None
    if giver.organisation_id is not None:
        organisation = uow.organisations.by_id(giver.organisation_id).name
    if party is None and organisation is None:
        return None
    if party is not None and taker.member_id in uow.gifts.kept_apart(party.member_id):
        return None
    return About(
        kind="gift", ref=ref, state="undone" if uow.ledger.ended([entry.key]) else "given",
        asker=party, answerers=received, organisation=organisation, minutes=entry.minutes,
    )  # fmt: skip


def proposal_subject(uow: UnitOfWork, place_id: int, ref: str, now: datetime) -> About | None:
    """Hours that the council granted or sent back; ``answerers`` are those whose hours they are,
    of an organisation those who lead it. None: they did not move."""
    found = uow.hours_proposals.by_ref(place_id, ref)
    if found.state != "allowed":
        return None
    told = concerned_by(uow, (found.debit_id, found.credit_id), now)
    return About(
        kind="hours-proposal", ref=found.ref, state=found.kind, answerers=told,
        minutes=found.minutes,
    )  # fmt: skip


def concerned_by(uow: UnitOfWork, numbers: tuple[int, ...], now: datetime) -> frozenset[int]:
    """Whoever hears that hours moved in one of these accounts; of a pot nobody does."""
    told: set[int] = set()
    for owner in uow.purses.owners(numbers).values():
        if owner.member_id is not None:
            told.add(owner.member_id)
        if owner.organisation_id is not None:
            told |= set(uow.organisations.leads(owner.organisation_id, now))
    return frozenset(told)


def event_subject(uow: UnitOfWork, place_id: int, ref: str, member_id: int | None) -> About | None:
    """Time that was written down, as the one reads it who is said to have been there."""
    event = uow.hours_events.by_ref(place_id, ref)
    own = uow.purses.of_member(member_id) if member_id is not None else None
    part = own_part(uow.hours_events.sides(event.id), own.number) if own else None
    if part is None or member_id is None:
        return None
    over = part.state in ("counted", "left-out")
    return About(
        kind="event", ref=event.ref, state="over" if over else part.state,
        answerers=frozenset({member_id}), minutes=part.minutes, day=event.on_day,
        next_step_at=event.counts_at,
    )  # fmt: skip


def _event(uow: UnitOfWork, row: Outgoing, ref: str, now: datetime) -> About | None:
    if row.template in ("hours_noted_of", "hours_noted_staff"):
        return event_as_a_whole(uow, row.place_id, ref, now)
    return event_subject(uow, row.place_id, ref, row.member_id)


def event_as_a_whole(uow: UnitOfWork, place_id: int, ref: str, now: datetime) -> About:
    """What waits of what was written down, for those who lead the organisation whose hours it
    gives, and for custodians where a pot's are given."""
    event = uow.hours_events.by_ref(place_id, ref)
    waiting = [side.minutes for side in uow.hours_events.sides(event.id) if side.waits]
    number = event.organisation_id
    leads = uow.organisations.leads(number, now) if number is not None else ()
    return About(
        kind="event", ref=event.ref, state="open" if waiting else "over",
        organisation=None if number is None else uow.organisations.by_id(number).name,
        answerers=frozenset(leads), minutes=sum(waiting), day=event.on_day,
        next_step_at=event.counts_at,
    )  # fmt: skip


OF_HOURS: Mapping[str, Callable[[UnitOfWork, Outgoing, str, datetime], About | None]] = {
    "gift": lambda uow, _, ref, now: gift_subject(uow, ref, now),
    "proposal": lambda uow, row, ref, now: proposal_subject(uow, row.place_id, ref, now),
    "leaver": lambda uow, row, ref, _: leaver_subject(uow, row.place_id, ref),
    "limits": lambda uow, row, ref, _: limits_subject(uow, row.place_id, ref),
    "flag": lambda uow, row, ref, _: flag_subject(uow, row.place_id, ref),
    "event": _event,
}
"""By the name of the parameter that has its ref, what a message is about."""
