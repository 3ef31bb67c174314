"""What an actor wants to do something to, as far as leave depends on it."""

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor, Subject


def place_of(actor: Actor) -> int | None:
    """The place inside which the actor looks things up; None for the command line: any."""
    return actor.place_id if actor.kind in ("member", "anonymous") else None


def of_need(need: Need) -> Subject:
    """A need is its asker's."""
    return Subject(need.place_id, ward_id=need.cell.ward_id, owner_id=need.asker_id)


def of_offer(offer: Offer) -> Subject:
    """An offer is its giver's: a member's or an organisation's."""
    return Subject(
        offer.place_id, ward_id=offer.ward_id, owner_id=offer.member_id,
        organisation_id=offer.organisation_id,
    )  # fmt: skip


def of_match(actor: Actor, match: Match, need: Need, offer: Offer) -> Subject:
    """A match is its two parties', each in the own place where two places share."""
    here = offer.place_id if actor.place_id == offer.place_id else need.place_id
    parties = {need.asker_id} | ({match.helper_id} if match.helper_id is not None else set())
    return Subject(
        here, ward_id=need.cell.ward_id, organisation_id=offer.organisation_id,
        party_ids=frozenset(parties),
    )  # fmt: skip


def to_answer(actor: Actor, match: Match, offer: Offer) -> Subject:
    """An ask is for its helper or the organisation's leads, never for the asker to answer."""
    parties = frozenset() if match.helper_id is None else frozenset({match.helper_id})
    return Subject(offer.place_id, organisation_id=offer.organisation_id, party_ids=parties)


def is_helping(actor: Actor, match: Match, offer: Offer) -> bool:
    """Whether the actor stands on the helper's side of the match."""
    if actor.member_id is not None and actor.member_id == match.helper_id:
        return True
    return offer.organisation_id is not None and offer.organisation_id in actor.organisations()
