"""What an actor wants to do something to, as far as leave depends on it."""

from dataclasses import replace

from enabler.domain.mandates import Supporting
from enabler.domain.matches import Match
from enabler.domain.members import Organisation
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor, Subject
from enabler.domain.series import Series
from enabler.domain.vocabulary import ORGANISATION_LEADS


def place_of(actor: Actor) -> int | None:
    """The place inside which the actor looks things up; None for the command line: any."""
    return actor.place_id if actor.kind in ("member", "anonymous") else None


def of_need(need: Need) -> Subject:
    """A need is its asker's, or the organisation's that asks: never both."""
    owner_id = need.asker_id if need.organisation_id is None else None
    return Subject(
        need.place_id, ward_id=need.cell.ward_id, owner_id=owner_id,
        organisation_id=need.organisation_id, over_at=need.ended_at,
    )  # fmt: skip


def of_series(series: Series) -> Subject:
    """What is asked for every week belongs as its needs do."""
    owner_id = series.asker_id if series.organisation_id is None else None
    return Subject(
        series.place_id, owner_id=owner_id, organisation_id=series.organisation_id
    )  # fmt: skip


def of_offer(offer: Offer) -> Subject:
    """An offer is its giver's: a member's or an organisation's."""
    return Subject(
        offer.place_id, ward_id=offer.ward_id, owner_id=offer.member_id,
        organisation_id=offer.organisation_id,
    )  # fmt: skip


def of_match(actor: Actor, match: Match, need: Need, offer: Offer) -> Subject:
    """A match is its two parties', each in the own place where two places share."""
    here = offer.place_id if actor.place_id == offer.place_id else need.place_id
    if actor.by is not None:
        return _for_another(actor.by, match, need, offer, here, actor)
    return Subject(
        here, ward_id=need.cell.ward_id, organisation_id=offer.organisation_id,
        party_ids=_if(asks(actor, need) or goes(actor, match, offer), actor),
    )  # fmt: skip


def _for_another(
    by: Supporting, match: Match, need: Need, offer: Offer, here: int, actor: Actor
) -> Subject:
    """A supporter stands on the asker's side alone, and never on both: whoever helps, or leads what
    helps, does not say for the asker how long it took."""
    both = by.member_id == match.helper_id or (
        by.organisation_id is not None and by.organisation_id == offer.organisation_id
    )
    return Subject(
        here, ward_id=need.cell.ward_id, organisation_id=offer.organisation_id,
        party_ids=_if(asks(actor, need) and not both, actor), over_at=need.ended_at,
    )  # fmt: skip


def _if(is_party: bool, actor: Actor) -> frozenset[int]:
    found = actor.member_id if is_party else None
    return frozenset() if found is None else frozenset({found})


def to_release(actor: Actor, match: Match, need: Need, offer: Offer) -> Subject:
    """What an organisation said yes to is for its leads to give up: whoever was to go for it hands
    it back to them."""
    both = of_match(actor, match, need, offer)
    if offer.organisation_id is None:
        return both
    return replace(both, party_ids=_if(asks(actor, need), actor))


def of_organisation(organisation: Organisation) -> Subject:
    """An organisation is theirs who act for it."""
    return Subject(
        organisation.place_id, ward_id=organisation.ward_id, organisation_id=organisation.id
    )


def to_answer(actor: Actor, match: Match, offer: Offer) -> Subject:
    """An ask is for its helper or the organisation's leads, never for the asker to answer."""
    parties = frozenset() if match.helper_id is None else frozenset({match.helper_id})
    return Subject(offer.place_id, organisation_id=offer.organisation_id, party_ids=parties)


def asks(actor: Actor, need: Need) -> bool:
    """Whether the actor stands on the asker's side: the asker, or who leads what asks."""
    if need.organisation_id is None:
        return actor.member_id is not None and actor.member_id == need.asker_id
    return need.organisation_id in actor.organisations(*ORGANISATION_LEADS)


def goes(actor: Actor, match: Match, offer: Offer) -> bool:
    """Whether it is the actor who said yes, or goes; for an organisation while they act for it."""
    if actor.member_id is None or actor.member_id != match.helper_id or actor.by is not None:
        return False
    return offer.organisation_id is None or offer.organisation_id in actor.organisations()


def is_helping(actor: Actor, match: Match, offer: Offer) -> bool:
    """Whether the actor stands on the helper's side of the match: they go, or they lead."""
    leads = actor.organisations(*ORGANISATION_LEADS)
    return goes(actor, match, offer) or offer.organisation_id in leads
