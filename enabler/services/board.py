"""An organisation's board: what is asked of it, what it said yes to by day, and who of it goes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.words import optional_words
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._asking_side import askers_of, kept_from
from enabler.services._board_views import Board, entries
from enabler.services._checks import unchecked
from enabler.services._colleague_views import colleague_views
from enabler.services._ground import Ground, ground
from enabler.services._lapsing import look_at
from enabler.services._once import once
from enabler.services._progress import tell_one
from enabler.services._recognise import MAY_GIVE
from enabler.services._standing_down import UNDER_WAY, leave_open, set_helper
from enabler.services._subjects import goes, of_match, of_organisation, place_of
from enabler.services.views import AssignView, BoardView

__all__ = ["assign", "assignable", "board", "hand_back"]

SHOWN = ("all", "today", "week", "nobody")
"""What a board may be limited to."""


def board(*, actor: Actor, ref: str, only: str = "all", now: datetime) -> BoardView:
    """What is asked of an organisation and what it said yes to; a helper of it sees what is theirs.

    Names of colleagues are for those who lead it, and each is a sight. Nobody who asks is named.
    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        found = uow.organisations.by_ref(place_of(actor), ref)
        require(actor, Action.SEE_BOARD, of_organisation(found))
        leads = allowed(actor, Action.SEE_COLLEAGUES, of_organisation(found))
        people = colleague_views(uow, actor, found, now) if leads else ()
        here = ground(uow, found.place_id, now)
        view = Board(found, leads, only if only in SHOWN else "all", people).view(uow, actor, here)
        uow.commit()
    return view


def assignable(*, actor: Actor, match_ref: str, now: datetime) -> AssignView:
    """Who of an organisation could go. Raises NotFound, NotAllowed, WrongMoment."""
    with unit_of_work() as uow:
        match, need, offer = _case(uow, actor, match_ref)
        require(actor, Action.ASSIGN_MATCH, _theirs(offer))
        _require_under_way(match)
        organisation = uow.organisations.by_id(offer.organisation_id or 0)
        people = colleague_views(uow, actor, organisation, now)
        apart = {
            one.ref
            for one in uow.colleagues.of(organisation.id, now)
            if kept_from(uow, need, one.member_id, now)
        }
        (entry,) = entries(uow, actor, [match], people, ground(uow, offer.place_id, now))
        view = AssignView(
            entry, organisation.name, organisation.ref,
            tuple(one for one in people if one.ref not in apart),
        )  # fmt: skip
        uow.commit()
    return view


def assign(*, actor: Actor, match_ref: str, who: str, key: str, now: datetime) -> None:
    """Say who of the organisation goes. They are told; so are the asker and whoever went before.

    Raises NotFound, NotAllowed, Invalid("who", code), WrongMoment, KeyReused.
    """

    def act(uow: UnitOfWork, match: Match, need: Need, offer: Offer, here: Ground) -> None:
        new = uow.colleagues.by_ref(offer.organisation_id or 0, who, now)
        _require_may_go(uow, need, new.member_id, offer.organisation_id or 0, here)
        before = match.helper_id
        changed = set_helper(uow, actor, match, new.member_id, here, why="assigned")
        if before == new.member_id:
            return
        look_at(uow, actor, changed, here.now)
        if new.member_id != actor.member_id:
            tell_one(uow, changed, new.member_id, "assigned", here)
        if before not in (None, actor.member_id):
            tell_one(uow, changed, before or 0, "stood_down", here)
        for asker_id in askers_of(uow, need, here.now):
            tell_one(uow, changed, asker_id, "other_helper", here)

    if not who:
        raise Invalid("who", "colleague_missing")
    _change(actor, match_ref, "assign", {"who": who}, key, now, act)


def _require_may_go(
    uow: UnitOfWork, need: Need, member_id: int, organisation_id: int, here: Ground
) -> None:
    may_give = uow.homes.member(member_id).state in MAY_GIVE
    if kept_from(uow, need, member_id, here.now) or not may_give:
        raise Invalid("who", "colleague_apart")
    if unchecked(uow, need, member_id, organisation_id, here):
        raise Invalid("who", "colleague_unchecked")


def hand_back(
    *, actor: Actor, match_ref: str, words: str | None = None, key: str, now: datetime
) -> None:
    """Whoever was to go cannot: the organisation's leads are told, and choose somebody else.

    The yes stands. Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused.
    """
    said = optional_words("words", words)

    def act(uow: UnitOfWork, match: Match, need: Need, offer: Offer, here: Ground) -> None:
        leave_open(uow, actor, match, here, why="handed_back", words=said)

    _change(actor, match_ref, "hand_back", {"words": said}, key, now, act)


def _change(
    actor: Actor, match_ref: str, verb: str, said: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Match, Need, Offer, Ground], None],
) -> None:  # fmt: skip
    """The organisation is held first, then the need: as by whoever removes one of its people."""
    with unit_of_work() as uow:
        match, need, offer = _case(uow, actor, match_ref)

        def acting() -> dict[str, Any]:
            _require(actor, verb, match, need, offer)
            uow.organisations.lock(offer.organisation_id or 0)
            uow.needs.lock(need.id)
            fresh = uow.matches.by_id(match.id)
            _require(actor, verb, fresh, need, offer)
            _require_under_way(fresh)
            act(uow, fresh, need, offer, ground(uow, need.place_id, now, need.cell))
            return {"match": match.ref}

        once(
            uow, f"board.{verb}", actor=actor, key=key, now=now, act=acting,
            arguments={"match": match.ref, **said},
        )  # fmt: skip
        uow.commit()


def _require(actor: Actor, verb: str, match: Match, need: Need, offer: Offer) -> None:
    if verb == "assign":
        return require(actor, Action.ASSIGN_MATCH, _theirs(offer))
    require(actor, Action.HAND_BACK, of_match(actor, match, need, offer))
    if offer.organisation_id is None or not goes(actor, match, offer):
        raise NotAllowed(action=Action.HAND_BACK.value)
    return None


def _require_under_way(match: Match) -> None:
    if match.state not in UNDER_WAY:
        raise WrongMoment(f"cannot_assign_when_{match.state.value}", state=match.state.value)


def _case(uow: UnitOfWork, actor: Actor, match_ref: str) -> tuple[Match, Need, Offer]:
    match = uow.matches.by_ref(place_of(actor), match_ref)
    return match, uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)


def _theirs(offer: Offer) -> Subject:
    return Subject(offer.place_id, organisation_id=offer.organisation_id)
