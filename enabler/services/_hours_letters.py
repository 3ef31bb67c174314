"""What a message about hours is about, read at the moment it is sent."""

from datetime import datetime

from enabler.domain.letters import About, Party
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._event_views import own_part


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
