"""Lists of a member's own needs, offers and matches, a part at a time, the newest first."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.lifecycle import LIVE_MATCHES
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import ORGANISATION_LEADS, MatchState
from enabler.persistence.unit_of_work import reading
from enabler.services._ground import ground, ground_later
from enabler.services._knowing import listed_matches, listed_needs, listed_offers
from enabler.services._series_views import series_view
from enabler.services.views import MatchView, NeedView, OfferView, SeriesView
from enabler.services.views.lists import Part

V = TypeVar("V")
_TOLD_HELPERS = frozenset(
    {MatchState.ASKED, MatchState.ACCEPTED, MatchState.ARRANGED, MatchState.DONE,
     MatchState.DISPUTED}
)  # fmt: skip
_TOLD_ASKERS = LIVE_MATCHES | {MatchState.RELEASED}


def needs(*, actor: Actor, before: str | None, limit: int, now: datetime) -> Part[NeedView]:
    """What the actor asked for; ``before``: the ref of the last of the part before.

    It shows nobody else's name or address. Raises NotAllowed, Invalid("cursor", code).
    """
    place_id, member_id = _owner(actor)
    with reading() as uow:
        found = uow.needs.part_of_asker(
            place_id, member_id, before=_at(uow.needs.by_ref, place_id, before), limit=limit + 1
        )
        views = listed_needs(uow, actor, found[:limit], ground_later(uow, place_id, now))
    return _part(views, more=len(found) > limit)


def offers(*, actor: Actor, before: str | None, limit: int, now: datetime) -> Part[OfferView]:
    """What the actor offers, and the organisations that they act for.

    Raises NotAllowed, Invalid("cursor", code).
    """
    place_id, member_id = _owner(actor)
    with reading() as uow:
        found = uow.offers.part_of_giver(
            place_id, member_id, actor.organisations(),
            before=_at(uow.offers.by_ref, place_id, before), limit=limit + 1,
        )  # fmt: skip
        views = listed_offers(uow, actor, found[:limit], ground_later(uow, place_id, now))
    return _part(views, more=len(found) > limit)


def matches(*, actor: Actor, before: str | None, limit: int, now: datetime) -> Part[MatchView]:
    """What the actor is asked, helps with and is helped by: what their page shows, and no more.

    It shows nobody else's name or address. Raises NotAllowed, Invalid("cursor", code).
    """
    place_id, member_id = _owner(actor)
    with reading() as uow:
        found = uow.matches.part_of_member(
            member_id, acting=actor.organisations(),
            leading=actor.organisations(*ORGANISATION_LEADS), of_helper=_TOLD_HELPERS,
            of_asker=_TOLD_ASKERS, before=_at(uow.matches.by_ref, place_id, before),
            limit=limit + 1,
        )  # fmt: skip
        views = listed_matches(uow, actor, found[:limit], now)
    return _part(views, more=len(found) > limit)


def series(*, actor: Actor, now: datetime) -> tuple[SeriesView, ...]:
    """What the actor asks for every week and has not ended, the newest first. Raises NotAllowed."""
    place_id, member_id = _owner(actor)
    with reading() as uow:
        here = ground(uow, place_id, now)
        found = uow.series.of_asker(place_id, member_id)
        return tuple(series_view(uow, each, here) for each in found if each.ended_at is None)


def _owner(actor: Actor) -> tuple[int, int]:
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    if actor.member_id is None or actor.place_id is None:
        raise NotAllowed(action=Action.SEE_OWN.value)
    return actor.place_id, actor.member_id


def _at(by_ref: Callable[[int, str], Any], place_id: int, ref: str | None) -> int | None:
    """The id from which a list goes on. Any ref of the place would do: a list is its owner's."""
    try:
        return None if ref is None else int(by_ref(place_id, ref).id)
    except NotFound:
        raise Invalid("cursor", "cursor_unknown") from None


def _part(views: Sequence[V], *, more: bool) -> Part[V]:
    return Part(tuple(views), views[-1].ref if more and views else None)  # type: ignore[attr-defined]
