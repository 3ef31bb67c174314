"""Whom an ask can reach, and when: in time to be answered, within their caps and quiet hours."""

from collections.abc import Sequence
from datetime import datetime

from enabler.domain.messages import ASK, House, may_go_at
from enabler.domain.needs import Need
from enabler.domain.next_steps import Asked, ask_at
from enabler.domain.offers import Offer
from enabler.domain.vocabulary import Channel, Priority, Verdict
from enabler.matching import Candidate
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import own_people
from enabler.services._caps import Caps
from enabler.services._checks import missing_credentials
from enabler.services._days import day_with_room
from enabler.services._ground import Ground
from enabler.services._inviting import Invitation


def invitations(
    uow: UnitOfWork, need: Need, ground: Ground, found: Sequence[Candidate], size: int
) -> tuple[list[Invitation], dict[int, Verdict]]:
    """The first ``size`` of the candidates whom an ask can reach in time, within their caps.

    With them what became of each offer that was looked at, by its id.
    """
    house = uow.telling.house(need.place_id, ground.now)
    reached: list[Invitation] = []
    verdicts: dict[int, Verdict] = {}
    for candidate in found:
        if len(reached) >= size:
            break
        offer = uow.offers.by_id(int(candidate.offer))
        invitation = invitation_to(uow, need, ground, house, candidate, offer)
        if day_with_room(uow, need, offer, ground) is None:
            verdicts[offer.id] = Verdict.FULL
        elif invitation is None:
            verdicts[offer.id] = Verdict.LATE
        else:
            reached.append(invitation)
    caps = Caps.held(uow, ground.terms, [one.offer.member_id for one in reached])
    chosen = [one for one in reached if caps.take(one.offer.member_id)]
    verdicts |= {one.offer.id: Verdict.CAP for one in reached}
    return chosen, verdicts | {one.offer.id: Verdict.ASKED for one in chosen}


def invitation_to(
    uow: UnitOfWork, need: Need, ground: Ground, house: House, candidate: Candidate, offer: Offer
) -> Invitation | None:
    """An ask to this candidate, or None when it could not reach them in time to be answered.

    Nor where a check that counts now will have ended when the text may go (law 6).
    """
    members = answerers(uow, need, offer, ground.now)
    when = when_reached(uow, need, ground, house, members)
    if when is None or (
        when.due_at > ground.now
        and missing_credentials(uow, need, offer, ground.ruleset, when.due_at)
    ):
        return None
    return Invitation(candidate, offer, tuple(members), when)


def when_reached(
    uow: UnitOfWork, need: Need, ground: Ground, house: House, members: Sequence[int]
) -> Asked | None:
    """When the first of these can be reached, and until when they can answer; None: too late."""
    due = [at for one in members if (at := _may_reach(uow, one, house, ground)) is not None]
    return ask_at(need, ground.ruleset, due_at=min(due), now=ground.now) if due else None


def givers(uow: UnitOfWork, offer: Offer, now: datetime) -> list[int]:
    """Who speaks for this offer: its giver, or an organisation's leads."""
    if offer.member_id is not None:
        return [offer.member_id]
    return uow.organisations.leads(offer.organisation_id, now) if offer.organisation_id else []


def answerers(uow: UnitOfWork, need: Need, offer: Offer, now: datetime) -> list[int]:
    """Who can answer an ask of this offer for this need: nobody helps themselves."""
    own = own_people(uow, need, now)
    return [one for one in givers(uow, offer, now) if one not in own]


def _may_reach(uow: UnitOfWork, member_id: int, house: House, ground: Ground) -> datetime | None:
    """When an ask may go to a member; None to whom nothing can be sent.

    A mail wakes nobody, but its time to answer would run while its reader sleeps: it waits too.
    """
    receiver = uow.telling.receiver(member_id)
    if receiver.channel is None:
        return None
    return may_go_at(
        ground.now, channel=Channel.TEXT, template=ASK, priority=Priority.MATCH,
        queued_at=ground.now, receiver=receiver, house=house,
    )  # fmt: skip
