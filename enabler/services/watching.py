"""The alarm of visits: the clock wakes the helper, then the desk, then the leads; the desk sees
whom to ring, and says when it has seen to it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from enabler.domain.errors import NotAllowed, NotFound, WrongMoment
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.visits import Visit, next_ring
from enabler.domain.vocabulary import MatchState, Role
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._asking_side import contact_of
from enabler.services._ground import ground
from enabler.services._hidden import knows
from enabler.services._match_views import STAFF, side_of
from enabler.services._once import once
from enabler.services._subjects import place_of
from enabler.services._visit_alarms import wake
from enabler.services._visit_day import keep_visit
from enabler.services.views.visits import CallView, SinceView, WatchedCaseView, WatchedView

_CLOCK = Actor.system("watch-visits")
_NO_NEWS = ("visit.overdue", "visit.watch", "visit.rang", "visit.no_money")
_COMING = frozenset({MatchState.ACCEPTED, MatchState.ARRANGED})


def ring_due(*, now: datetime, limit: int = 200) -> int:
    """Go on with each alarm that is due, one in each transaction; how many.

    Safe to run twice and from two processes at once. A clock that stood still makes up for it: a
    visit goes through all its stages, whatever their number.
    """
    worked = 0
    while worked < limit and _ring_one(now):
        worked += 1
    return worked


def desk(*, actor: Actor, now: datetime) -> tuple[WatchedView, ...]:
    """The visits that somebody of the desk is to see to, without names. Raises NotAllowed."""
    with reading() as uow:
        require(actor, Action.WATCH_VISITS, Subject(actor.place_id))
        visits = uow.visits.alarmed(actor.place_id or 0)
        return tuple(_view(uow, each, uow.matches.by_id(each.match_id)) for each in visits)


def show(
    *, actor: Actor, match_ref: str, now: datetime, seen: int | None = None
) -> WatchedCaseView:
    """One of them with whom to ring and where it is; each name is a sight. Once somebody has seen
    to it neither is shown any more. Of somebody hidden only those see it who may know of them: the
    others see which lead to ring. With ``seen``, what was said of it since then, too.

    Raises NotFound (also where nothing is to be seen to), NotAllowed.
    """
    with unit_of_work() as uow:
        match, need, visit = _case(uow, actor, match_ref)
        require(actor, Action.WATCH_VISITS, Subject(need.place_id))
        _require_third(uow, actor, match, need)
        if not visit.alarmed and visit.cleared_at is None and seen is None:
            raise NotFound("visit_not_watched")
        cleared = not visit.alarmed
        calls = () if cleared else tuple(_calls(uow, actor, match, need, now))
        shown = not cleared and knows(uow, actor, need.asker_id)
        postcode, address = uow.needs.exact(need.id) if shown else (None, None)
        said = _said(uow, match)
        view = WatchedCaseView(
            _view(uow, visit, match), calls, address, postcode, cleared, len(said),
            () if seen is None else said[max(seen, 0) :],
        )  # fmt: skip
        uow.commit()
    return view


def clear(
    *, actor: Actor, match_ref: str, words: str, key: str, now: datetime, seen: int | None = None
) -> None:  # fmt: skip
    """Somebody of the desk has seen to it: whom they spoke with, and how all are. ``seen``: what
    they had before them; a call for help that came since is not cleared unseen.

    Never by one of the two. Raises NotFound, NotAllowed, WrongMoment, Invalid("words", …),
    KeyReused.
    """
    said = checked_words("words", words)
    with unit_of_work() as uow:
        match, need, _ = _case(uow, actor, match_ref)
        require(actor, Action.WATCH_VISITS, Subject(need.place_id))
        _require_third(uow, actor, match, need)

        def act() -> dict[str, Any]:
            uow.needs.lock(need.id)
            visit = uow.visits.of(match.id)
            if visit is None or not visit.alarmed:
                raise WrongMoment("visit_not_watched", state=match.state.value)
            if seen is not None and seen != len(_said(uow, match)):
                raise WrongMoment("visit_changed_since", state=match.state.value)
            uow.visits.clear(match.id, by=actor.member_id or 0, words=said, now=now)
            uow.audit.record(
                actor, "visit.cleared", place_id=match.place_id, now=now,
                subject=("match", match.id, match.ref),
                states=(match.state.value, match.state.value),
                values={"cleared_words": (None, said)}, whose=actor.member_id,
            )  # fmt: skip
            return {"match": match.ref}

        once(uow, "watching.clear", actor=actor, key=key, now=now,
             arguments={"match": match.ref, "words": said}, act=act)  # fmt: skip
        uow.commit()


def _said(uow: UnitOfWork, match: Match) -> tuple[SinceView, ...]:
    """What was said and done of it so far, but for what the desk need not know before it clears an
    alarm. Rows are never taken away: their number says what somebody has seen."""
    return tuple(
        SinceView(entry.what.removeprefix("visit."), entry.at)
        for entry in uow.audit.of("match", match.id) if entry.what not in _NO_NEWS
    )  # fmt: skip


def _require_third(uow: UnitOfWork, actor: Actor, match: Match, need: Need) -> None:
    """Never one of the two, nor who leads an organisation that is one of them."""
    case = match, need, uow.offers.by_id(match.offer_id)
    mine = actor.member_id in (match.helper_id, need.asker_id) or side_of(actor, case) != STAFF
    if actor.member_id is None or mine:
        raise NotAllowed("party_to_it")


def _ring_one(now: datetime) -> bool:
    with unit_of_work() as uow:
        match_id = uow.visits.claim_due(now)
        if match_id is None:
            return False
        match = uow.matches.by_id(match_id)
        need, visit = uow.needs.by_id(match.need_id), uow.visits.of(match_id)
        here = ground(uow, need.place_id, now, need.cell)
        ring = None if visit is None else next_ring(visit, here.ruleset)
        if visit is None:
            return False
        if ring is None or not (visit.inside or match.state in _COMING):
            uow.visits.keep(replace(visit, next_at=None))
        elif ring[1] > now:  # the place's rules have changed meanwhile
            keep_visit(uow, visit, here)
        else:
            wake(uow, match, need, visit, ring[0], now)
            keep_visit(uow, replace(visit, stage=ring[0]), here)
            uow.audit.record(
                _CLOCK, "visit.overdue", place_id=match.place_id, now=now,
                subject=("match", match.id, match.ref), why=ring[0].name.lower(),
                states=(match.state.value, match.state.value),
            )  # fmt: skip
        uow.commit()
    return True


def _case(uow: UnitOfWork, actor: Actor, match_ref: str) -> tuple[Match, Need, Visit]:
    match = uow.matches.by_ref(place_of(actor), match_ref)
    visit = uow.visits.of(match.id)
    if visit is None:
        raise NotFound("visit_not_watched")
    return match, uow.needs.by_id(match.need_id), visit


def _view(uow: UnitOfWork, visit: Visit, match: Match) -> WatchedView:
    need = uow.needs.by_id(match.need_id)
    return WatchedView(
        match_ref=match.ref, category=need.category, ward=uow.homes.ward_name(need.cell.ward_id),
        start_at=visit.start_at, until_at=visit.until_at, arrived_at=visit.arrived_at,
        because="stuck" if visit.stuck_at else "overdue", since=visit.stuck_at or visit.until_at,
    )  # fmt: skip


def _calls(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, now: datetime
) -> list[CallView]:
    """Whom to ring, in order: who went, who went with them, who leads them, who asked; for one of
    them who is hidden from the actor, the leads, who know."""
    mates = [
        other.helper_id for other in uow.matches.of_need(need.id, *_COMING)
        if other.helper_id not in (None, match.helper_id)
    ]  # fmt: skip
    leads = [] if match.organisation_id is None else uow.organisations.leads(
        match.organisation_id, now
    )  # fmt: skip
    asker = contact_of(uow, need, now)
    wanted = [("helper", match.helper_id), *(("mate", each) for each in mates),
              *(("lead", each) for each in leads), ("asker", asker)]  # fmt: skip
    once_each: dict[int, str] = {}
    for who, each in wanted:
        if each is not None and each != actor.member_id:
            once_each.setdefault(each, who)  # whoever went may lead them, too
    people = [(who, each) for each, who in once_each.items()]
    known = [(who, each) for who, each in people if knows(uow, actor, each)]
    for who, member_id in known:
        seen = ("address", "name", "phone") if who == "asker" else ("name", "phone")
        uow.sights.log(
            actor, member_id, seen, place_id=need.place_id, why="overdue", now=now,
            subject_ref=match.ref,
        )  # fmt: skip
    hands = uow.staff.at_desk(need.place_id, now) if len(known) < len(people) else ()
    known += [("knows", hand.member_id) for hand in hands if hand.role is Role.SAFEGUARDING_LEAD]
    return [_call(uow, who, member_id) for who, member_id in known]


def _call(uow: UnitOfWork, who: str, member_id: int) -> CallView:
    ways = {kind: contact.value for kind, contact in uow.contacts.of(member_id).items()}
    name = uow.homes.member(member_id).name
    return CallView(who, name, ways.get("phone"), ways.get("mail"))
