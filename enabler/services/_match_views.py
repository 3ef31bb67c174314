"""A match as somebody sees it at this moment, with what they may know and no more.

Where a name or an address of somebody else goes into the view, the sight is written in the same
transaction; in a list (``listed``) neither goes into it, and none is written.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from enabler.domain.disclosure import (
    Standing,
    address_until,
    distance_band,
    knows_other_side,
    may_know_how_to_meet,
    may_read_address,
    must_wait,
)
from enabler.domain.matches import Match, Reason
from enabler.domain.members import Meeting
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MatchState, NeedState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._apart import are_apart, sides_apart
from enabler.services._asking_side import contact_of
from enabler.services._by_whom import writer_of
from enabler.services._demands import standing_of
from enabler.services._disputes import dispute_view
from enabler.services._ground import ground
from enabler.services._help_hours_views import help_hours_view
from enabler.services._hidden import knows_in_match
from enabler.services._match_apart import what_apart
from enabler.services._staff_looks import log_look
from enabler.services._subjects import asks, goes, is_helping, of_match, to_answer, to_release
from enabler.services._visit_views import day_view
from enabler.services.views import MatchView, Roughly

ASKER, HELPER, STAFF = "asker", "helper", "staff"
_OF_HOURS = "reciprocity"
_UNDER_WAY = frozenset({MatchState.ACCEPTED, MatchState.ARRANGED})
_Case = tuple[Match, Need, Offer]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the reader may know of the other side."""

    name: str | None = None
    organisation: str | None = None
    postcode: str | None = None
    address: str | None = None
    until: datetime | None = None
    after: datetime | None = None
    meeting: Meeting = field(default_factory=Meeting)
    facts: frozenset[str] = field(default=frozenset())
    by_council: bool = False


def match_view(
    uow: UnitOfWork, actor: Actor, match: Match, now: datetime, *, listed: bool = False
) -> MatchView:
    """The match as this actor sees it now. Writes the sight of what it shows of others."""
    need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
    ruleset = uow.rulesets.in_force(need.place_id, now, need.cell)
    case = (match, need, offer)
    side = side_of(actor, case)
    asking = uow.organisations.by_id(need.organisation_id) if need.organisation_id else None
    here = ground(uow, need.place_id, now, need.cell) if not listed else None
    standing = Standing() if here is None else standing_of(uow, *case, here)
    known = _Known() if listed else _known(uow, actor, case, ruleset, standing, now)
    confirm_by = (
        match.done_at + timedelta(days=ruleset.confirm_days)
        if match.done_at is not None and match.state is MatchState.DONE
        else None
    )
    return MatchView(
        ref=match.ref, state=match.state, side=side, need_ref=need.ref, offer_ref=offer.ref,
        category=need.category, words=need.words, windows=need.windows,
        duration_minutes=need.duration_minutes, where=_where(uow, actor, case, side),
        setting=need.setting, circumstances=need.circumstances,
        reasons=_reasons(match, side), score=match.score, asked_at=match.asked_at,
        answer_by=match.answer_by, visit_start=match.visit_start, visit_end=match.visit_end,
        visit_words=match.visit_words if _reads_note(uow, actor, case, side, standing) else None,
        other_name=known.name, organisation=known.organisation,
        address=known.address, postcode=known.postcode, address_until=known.until,
        address_after=known.after, access_needs=known.meeting.needs,
        access_words=known.meeting.words,
        done_at=match.done_at, minutes=match.minutes, confirm_by=confirm_by,
        confirmed_at=match.confirmed_at, ended_because=match.ended_because,
        may=_may(uow, actor, case, now, listed=listed),
        changed=() if listed or side != HELPER else _changed(uow, match, need),
        hours=None if listed else help_hours_view(uow, case, ruleset, own=side == ASKER),
        day=None if here is None or side == STAFF else day_view(uow, actor, case, standing, here),
        by_council=known.by_council, asking=asking.name if asking else None,
        asking_ref=asking.ref if asking else None,
        dispute=dispute_view(uow, actor, match, need, now) if side == STAFF else None,
        by_name=writer_of(uow, actor, need, now) if known.name else None,
    )  # fmt: skip


def _reasons(match: Match, side: str) -> tuple[Reason, ...]:
    """Why this helper was asked. What stands on their account of hours is no asker's to know."""
    told = (reason for reason in match.reasons if side != ASKER or reason.factor != _OF_HOURS)
    return tuple(told)


def side_of(actor: Actor, case: _Case) -> str:
    """On which side of the match the actor stands: asker, helper or staff."""
    match, need, offer = case
    if asks(actor, need):
        return ASKER
    return HELPER if is_helping(actor, match, offer) else STAFF


def _changed(uow: UnitOfWork, match: Match, need: Need) -> tuple[str, ...]:
    """What was changed since this helper said yes to it."""
    if match.state not in _UNDER_WAY or match.answered_at is None or need.version == 1:
        return ()
    return uow.audit.columns_since("need", need.id, "need.changed", match.answered_at)


def _reads_note(uow: UnitOfWork, actor: Actor, case: _Case, side: str, standing: Standing) -> bool:
    """A note on the visit may say where: it is as the address is, for whoever goes."""
    match, need, offer = case
    if side != STAFF and sides_apart(uow, match, need):
        return False
    may_go = standing.whole and goes(actor, match, offer)
    return knows_other_side(match) and (side != HELPER or may_go)


def _where(uow: UnitOfWork, actor: Actor, case: _Case, side: str) -> Roughly:
    """The ward, and to a helper how far; of somebody hidden, whom no lead has introduced, the ward
    alone: from several homes a distance is a place."""
    match, need, offer = case
    ward = uow.homes.ward_name(need.cell.ward_id)
    if side != HELPER or not knows_in_match(uow, actor, match.id, need.asker_id):
        return Roughly(ward)
    return Roughly(
        ward, distance_band(match.distance_metres, need.cell.side_metres, offer.side_metres)
    )


def _known(
    uow: UnitOfWork, actor: Actor, case: _Case, ruleset: Ruleset, standing: Standing,
    now: datetime,
) -> _Known:  # fmt: skip
    match, need, offer = case
    organisation = (
        uow.organisations.by_id(offer.organisation_id).name if offer.organisation_id else None
    )
    side = side_of(actor, case)
    if side == STAFF:
        _log_case(uow, actor, match, need, now)
    if side == STAFF or not knows_other_side(match) or _are_apart(uow, actor, match, need):
        return _Known(organisation=organisation)
    if side == HELPER and not goes(actor, match, offer):
        return _Known(organisation=organisation)  # of an organisation, only whoever goes knows
    other_id = match.helper_id if side == ASKER else contact_of(uow, need, now)
    known = _Known(organisation=organisation)
    if not knows_in_match(uow, actor, match.id, other_id or need.asker_id):
        return replace(known, by_council=True)  # somebody hidden, whom no lead has introduced
    if other_id is not None:
        name = uow.homes.member(other_id).shown_name
        known = replace(known, name=name, facts=frozenset({"name"}))
    if side == HELPER and may_know_how_to_meet(
        match, need, ruleset, standing, member_id=actor.member_id, now=now
    ):
        known = _with_address(uow, actor, case, ruleset, now, _with_meeting(uow, need, known))
    if known.facts:
        uow.sights.log(
            actor, other_id or need.asker_id, tuple(known.facts), place_id=need.place_id,
            why="match", now=now, subject_ref=match.ref,
        )  # fmt: skip
    return known


def _are_apart(uow: UnitOfWork, actor: Actor, match: Match, need: Need) -> bool:
    """The two sides, or a supporter and whoever helps."""
    by = None if actor.by is None else actor.by.member_id
    return sides_apart(uow, match, need) or are_apart(uow, by, match.helper_id)


def _log_case(uow: UnitOfWork, actor: Actor, match: Match, need: Need, now: datetime) -> None:
    """Staff read what two people agreed: no name is in it, and it is their case all the same."""
    for member_id in filter(None, (need.asker_id, match.helper_id)):
        log_look(
            uow, actor, member_id, ("case",), place_id=need.place_id, why="match", now=now,
            subject_ref=match.ref,
        )  # fmt: skip


def _with_address(
    uow: UnitOfWork, actor: Actor, case: _Case, ruleset: Ruleset, now: datetime, known: _Known
) -> _Known:
    match, need, _ = case
    caution = None if actor.member_id is None else uow.homes.member(actor.member_id).caution_until
    if not may_read_address(
        match, need, ruleset, Standing(), member_id=actor.member_id, caution_until=caution,
        now=now,
    ):  # fmt: skip
        return replace(known, after=caution if must_wait(caution, now) else None)
    postcode, address = uow.needs.exact(need.id)
    return replace(
        known, postcode=postcode, address=address, until=address_until(match, need, ruleset),
        facts=known.facts | {"address"},
    )  # fmt: skip


def _with_meeting(uow: UnitOfWork, need: Need, known: _Known) -> _Known:
    """With what the asker wants whoever comes to know, so that the help fits."""
    meeting = uow.wishes.met(need.asker_id)
    if meeting == Meeting() or need.organisation_id is not None:
        return known
    return replace(known, meeting=meeting, facts=known.facts | {"access-needs"})


def _may(
    uow: UnitOfWork, actor: Actor, case: _Case, now: datetime, *, listed: bool
) -> frozenset[str]:
    apart = frozenset() if listed else what_apart(uow, actor, case, now)
    deeds = may_do(actor, case) | apart
    return deeds if actor.by is None else deeds - apart - {"report"}


def may_do(actor: Actor, case: _Case) -> frozenset[str]:
    """What the actor can do with the match now: by where it stands and by leave."""
    match, need, offer = case
    asker = side_of(actor, case) == ASKER
    deeds: set[str] = set()
    if not asker and allowed(actor, Action.ANSWER_ASK, to_answer(actor, match, offer)):
        deeds |= _answers(match, need)
    both = of_match(actor, match, need, offer)
    if side_of(actor, case) == STAFF:
        return frozenset(deeds)
    for deed, action, possible in (
        ("arrange", Action.ARRANGE_MATCH, match.state in _UNDER_WAY),
        ("done", Action.FINISH_MATCH, match.state in _UNDER_WAY),
        ("confirm", Action.CONFIRM_MATCH, can_confirm(actor, match, need)),
        ("correct", Action.CONFIRM_MATCH, can_confirm(actor, match, need)),
        ("dispute", Action.CONFIRM_MATCH, can_confirm(actor, match, need)),
        ("report", Action.SEE_MATCH, match.answered_at is not None),
    ):
        if possible and allowed(actor, action, both):
            deeds.add(deed)
    may_release = allowed(actor, Action.RELEASE_MATCH, to_release(actor, match, need, offer))
    if match.state in _UNDER_WAY:
        deeds |= {"release"} if may_release else set()
        deeds |= _of_organisation(actor, match, offer)
    if match.state is MatchState.DISPUTED:
        deeds -= {"correct", "dispute"}
    return frozenset(deeds)


def _of_organisation(actor: Actor, match: Match, offer: Offer) -> set[str]:
    """Who of an organisation goes is for its leads to say; whoever is to go can hand it back."""
    if offer.organisation_id is None:
        return set()
    theirs = Subject(offer.place_id, organisation_id=offer.organisation_id)
    deeds = {"assign"} if allowed(actor, Action.ASSIGN_MATCH, theirs) else set()
    return deeds | ({"hand_back"} if goes(actor, match, offer) else set())


def _answers(match: Match, need: Need) -> set[str]:
    free = need.state is NeedState.OPEN and need.slots_filled < need.slots
    if match.state is MatchState.ASKED:
        return {"accept", "decline"} if free else {"decline"}
    return {"accept"} if match.state is MatchState.LAPSED and free else set()


def can_confirm(actor: Actor, match: Match, need: Need) -> bool:
    """Whether the actor is the side that did not say it was done."""
    if match.state not in (MatchState.DONE, MatchState.DISPUTED) or actor.member_id is None:
        return False
    said_by_asker = match.done_by == need.asker_id
    return asks(actor, need) != said_by_asker


def says_done(actor: Actor, need: Need) -> int | None:
    """Under whose id a side says that it is done. All who lead what asks say so under the one that
    the need has: who leads changes, the side does not. The audit has who it was."""
    return need.asker_id if asks(actor, need) else actor.member_id
