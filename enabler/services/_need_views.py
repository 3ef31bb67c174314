"""A need as its asker or the staff see it at this moment."""

from collections import Counter
from datetime import datetime

from enabler.domain.history import AuditEntry
from enabler.domain.lifecycle import CHANGEABLE_NEEDS, LIVE_MATCHES, NEED_MOVES, SETTLED_NEEDS
from enabler.domain.mandates import THEIR_DEEDS
from enabler.domain.needs import Need
from enabler.domain.next_steps import is_with_people
from enabler.domain.offers import REACH_STEPS
from enabler.domain.permissions import Action, Actor, allowed
from enabler.domain.vocabulary import MatchState, NeedState, NextStep
from enabler.matching import NearMisses, edges
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._by_whom import doers, writer_of
from enabler.services._candidates import giver, givers_before, told
from enabler.services._ground import Ground
from enabler.services._hidden import knows
from enabler.services._match_views import match_view
from enabler.services._need_drafts import MOST_SLOTS
from enabler.services._signals import held_for
from enabler.services._staff_looks import log_look
from enabler.services._subjects import asks, of_need
from enabler.services.views import MatchView, NeedView, Roughly, TimelineEntry, WhyNobody

_SHOWN = LIVE_MATCHES | {MatchState.RELEASED}
TOLD = frozenset({
    *(f"need.{state}" for state in NeedState), *(f"match.{state}" for state in MatchState),
    "need.posted", "need.changed", "need.edited", "need.answered", "need.handed_over",
    "match.on_way", "match.cannot_find", "match.corrected", "match.decided",
}) - {"need.draft", "match.lapsed", "match.withdrawn"}  # fmt: skip
"""What a need's page tells of what happened. The audit keeps more, and what it may keep one day is
not told unasked."""
CANNOT_BE_ASKED = "blocked"
_ABOUT_ANOTHER = frozenset({"blocked", "same_household"})
"""Rules that would tell of another member: that they live at the address which the asker gave, or
that they want to meet the asker no more."""
_NEVER_ASKED = frozenset({MatchState.PROPOSED})


def need_view(
    uow: UnitOfWork, actor: Actor, need: Need, ground: Ground, *, listed: bool = False
) -> NeedView:
    """The need as this actor sees it now.

    In a list (``listed``) nobody else's name or address is in it; otherwise what is shown of
    others is a sight, written in the same transaction.
    """
    mine = asks(actor, need)
    theirs = uow.organisations.by_id(need.organisation_id) if need.organisation_id else None
    name, postcode, address = (None, None, None) if listed else _exact(uow, actor, need, ground)
    counts = uow.matches.counts([need.id]).get(need.id, {})
    asked = sum(count for state, count in counts.items() if state not in _NEVER_ASKED)
    return NeedView(
        ref=need.ref, state=need.state, category=need.category, words=need.words, mine=mine,
        asker_name=name, address=address, postcode=postcode,
        where=Roughly(uow.homes.ward_name(need.cell.ward_id)), windows=need.windows,
        duration_minutes=need.duration_minutes, slots=need.slots,
        slots_filled=need.slots_filled, next_step=need.next_step,
        next_step_at=need.next_step_at, held_because=need.held_because, outcome=need.outcome,
        repeats_ref=_repeated(uow, actor, need), posted_at=need.posted_at,
        needed_by=need.needed_by, asked=asked, declined=counts.get(MatchState.DECLINED, 0),
        matches=() if listed else _matches(uow, actor, need, ground),
        timeline=() if listed else timeline(uow, actor, need, ground.now),
        nobody=None if listed else why_nobody(uow, need, ground, asked),
        may=may_do(actor, need),
        refused_words=uow.audit.words_of("need", need.id, "need.refused"),
        languages_required=need.languages_required, reach_metres=need.reach_metres,
        series_ref=_series_of(uow, need) if mine and not listed else None,
        held_for=held_for(uow, "need", need) if mine and not listed else (),
        setting=need.setting, circumstances=need.circumstances,
        preferences=need.preferences, asks_wait=_asks_wait(uow, need),
        with_people=is_with_people(need),
        by_name=None if name is None else writer_of(uow, actor, need, ground.now),
        organisation=theirs.name if theirs else None,
        organisation_ref=theirs.ref if theirs else None,
    )  # fmt: skip


def _asks_wait(uow: UnitOfWork, need: Need) -> bool:
    if need.next_step is not NextStep.AWAIT_ANSWERS:
        return False
    asks = uow.matches.of_need(need.id, MatchState.ASKED)
    return any(one.asked_at == need.next_step_at for one in asks)


def _exact(
    uow: UnitOfWork, actor: Actor, need: Need, ground: Ground
) -> tuple[str | None, str | None, str | None]:
    """Name, postcode and address, for the asker themself and for staff who may see a person."""
    if not asks(actor, need) and not allowed(actor, Action.SEE_PERSON, of_need(need)):
        return None, None, None
    if not asks(actor, need) and not knows(uow, actor, need.asker_id):
        return None, None, None
    postcode, address = uow.needs.exact(need.id) if actor.by is None else (None, None)
    what = ("address", "name") if actor.by is None else ("name",)
    log_look(
        uow, actor, need.asker_id, what, place_id=need.place_id, why="need",
        now=ground.now, subject_ref=need.ref,
    )  # fmt: skip
    return uow.homes.member(need.asker_id).shown_name, postcode, address


def _matches(uow: UnitOfWork, actor: Actor, need: Need, ground: Ground) -> tuple[MatchView, ...]:
    shown = uow.matches.of_need(need.id, *_SHOWN)
    # A released ask that was never a yes cannot be; still, only a yes is anybody's to know of.
    if actor.by is not None and not actor.by.allows(Action.SEE_MATCH):
        return ()
    return tuple(match_view(uow, actor, match, ground.now) for match in shown if match.answered_at)


def _series_of(uow: UnitOfWork, need: Need) -> str | None:
    series = uow.series.of_need(need.id)
    return series.ref if series is not None else None


def _repeated(uow: UnitOfWork, actor: Actor, need: Need) -> str | None:
    """The ref of the need that this one repeats, if the actor may see it.

    Whoever writes down somebody else's address must not learn what was asked for there.
    """
    if need.repeats_id is None:
        return None
    first = uow.needs.by_id(need.repeats_id)
    return first.ref if allowed(actor, Action.SEE_NEED, of_need(first)) else None


def timeline(uow: UnitOfWork, actor: Actor, need: Need, now: datetime) -> tuple[TimelineEntry, ...]:
    """What happened, in order; asks of one wave are one entry with their number. What a supporter
    did in the asker's name has theirs, for those who read the asker's."""
    matches = [match.id for match in uow.matches.of_need(need.id)]
    told = uow.audit.of_many({"need": [need.id], "match": matches})
    told = [one for one in told if one.what in TOLD]
    by = {} if need.organisation_id else doers_of(uow, actor, need, told, now)
    counted = Counter(
        (one.at, one.what, one.why, by.get(one.actor_name) if _was_theirs(one) else None)
        for one in told
    )
    return tuple(
        TimelineEntry(at, what, why, count, name)
        for (at, what, why, name), count in counted.items()
    )


def _was_theirs(one: AuditEntry) -> bool:
    """Whether a supporter did it, and it did not follow by itself."""
    by_somebody = one.on_behalf_of is not None and one.actor_kind == "member"
    return by_somebody and one.what in THEIR_DEEDS


def doers_of(
    uow: UnitOfWork, actor: Actor, need: Need, told: list[AuditEntry], now: datetime
) -> dict[str, str]:
    """The names of the supporters who did something of this, by ref."""
    refs = {one.actor_name for one in told if _was_theirs(one)}
    knows_asker = asks(actor, need) or allowed(actor, Action.SEE_PERSON, of_need(need))
    return doers(uow, actor, need, refs, now) if refs and knows_asker else {}


def why_nobody(uow: UnitOfWork, need: Need, ground: Ground, already: int = 0) -> WhyNobody | None:
    """Why no (other) helper could be asked, by the rules of the engine.

    None unless the need is open and nobody was asked, or those who were (``already``) could not
    and people have it now. Considered are the open offers of this kind of help in the place and
    where it shares.
    """
    if need.state is not NeedState.OPEN or (already and not is_with_people(need)):
        return None
    offers = uow.supply.of_category(need.category, ground.place_ids, ground.terms)
    before = givers_before(uow, need)
    offers = [offer for offer in offers if giver(offer) not in before]
    asked, policy = told(uow, [need], ground)[0], ground.policy(need.category)
    refused = edges([asked], offers, policy, now=ground.now).because(0)
    misses = NearMisses(asked, offers, policy, now=ground.now)
    if already:
        refused = {**refused, "asked": already}
    return WhyNobody(
        len(offers) + already, _sayable(refused), _sayable(misses.by_rule()),
        other_days=misses.other_days(ground.now), further=misses.further(REACH_STEPS),
    )  # fmt: skip


def _sayable(counts: dict[str, int]) -> dict[str, int]:
    """The counts with those about one other person under one code."""
    said: Counter[str] = Counter()
    for code, count in counts.items():
        said[CANNOT_BE_ASKED if code in _ABOUT_ANOTHER else code] += count
    return dict(said)


def _to_change(need: Need) -> set[str]:
    deeds = {"change"} if need.state in CHANGEABLE_NEEDS else {"again"}
    if need.state in CHANGEABLE_NEEDS and need.state is not NeedState.HELD:
        deeds |= {"enough"} if 0 < need.slots_filled < need.slots else set()
        deeds |= {"one_more"} if need.slots_filled > 0 and need.slots < MOST_SLOTS else set()
    return deeds


def may_do(actor: Actor, need: Need) -> frozenset[str]:
    """What the actor can do with the need now."""
    subject = of_need(need)
    deeds = set()
    if need.state not in SETTLED_NEEDS and allowed(actor, Action.CHANGE_NEED, subject):
        deeds |= {"withdraw"} if NeedState.WITHDRAWN in NEED_MOVES[need.state] else set()
    closable = NeedState.CLOSED in NEED_MOVES[need.state]
    own_or_broker = Action.CHANGE_NEED, Action.BROKER
    if closable and any(allowed(actor, action, subject) for action in own_or_broker):
        deeds.add("close")
    if allowed(actor, Action.CHANGE_NEED, subject):
        deeds |= _to_change(need)
    if need.state is NeedState.HELD and allowed(actor, Action.MODERATE, subject):
        deeds |= {"approve", "refuse"}
    if allowed(actor, Action.PROPOSE, subject):
        deeds.add("explain")
    return frozenset(deeds)
