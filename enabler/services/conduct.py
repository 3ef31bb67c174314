"""Somebody did not come, called off late, left early or was rude: one side says so, the other is
heard, and where they do not agree a custodian decides. Nothing else follows by itself: whoever it
is about is asked as before, and reads on their own page what stands there and for how long."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from enabler.domain import conduct as rules
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import MatchState, Priority
from enabler.domain.words import checked_words, optional_words
from enabler.persistence.conduct import Conduct
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _answers
from enabler.services._conduct import Case, called_off_at, can_answer, conduct_view
from enabler.services._ground import Ground, ground
from enabler.services._held_messages import flag
from enabler.services._hidden import those_unknown
from enabler.services._match_apart import other_member
from enabler.services._once import once
from enabler.services._subjects import asks, of_match, place_of
from enabler.services._tell import tell
from enabler.services.views.conduct import ConductDesk, ConductView, OftenView

MOST_WORDS = 1_000
_UNDER_WAY = (MatchState.ACCEPTED, MatchState.ARRANGED)


def say(
    *, actor: Actor, match_ref: str, kind: str, words: str | None = None, key: str, now: datetime
) -> str:
    """Say of the other side of a match that they did not come, called off late, left early or were
    rude (``domain.conduct.KINDS``); its ref. They are told, and have the ruleset's days to say how
    they see it. Where nobody came to who asks, others are asked.

    Raises NotFound, NotAllowed, Invalid("kind" or "words"), KeyReused, WrongMoment (there is no
    visit of which it can be said now, it was said already, or the other side keeps them away).
    """
    said = optional_words("words", words, most=MOST_WORDS)
    if kind not in rules.KINDS:
        raise Invalid("kind", "code_unknown")
    with unit_of_work() as uow:
        case = _between_two(uow, actor, match_ref)
        match = case[0]
        here = ground(uow, case[1].place_id, now, case[1].cell)
        result = once(
            uow, "conduct.say", actor=actor, key=key, now=now,
            arguments={"match": match.ref, "kind": kind, "words": said},
            act=lambda: _say(uow, actor, case, kind, said, here), again=False,
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def about(*, actor: Actor, match_ref: str) -> str:
    """The ref of a match of whose visit the actor may say how it went.

    Raises NotFound, NotAllowed.
    """
    with reading() as uow:
        return _between_two(uow, actor, match_ref)[0].ref


def _between_two(uow: UnitOfWork, actor: Actor, match_ref: str) -> Case:
    """Raises NotAllowed for whoever is not one of the two: who leads an organisation, or staff."""
    match = uow.matches.by_ref(place_of(actor), match_ref)
    case = (match, uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id))
    require(actor, Action.KEEP_APART, of_match(actor, *case))
    return case


def _say(
    uow: UnitOfWork, actor: Actor, case: Case, kind: str, words: str | None, here: Ground
) -> dict[str, Any]:
    need = uow.needs.lock(case[1].id)
    match = uow.matches.by_id(case[0].id)
    other_id = other_member(actor, (match, need, case[2]))
    if other_id is None or actor.member_id is None:
        raise WrongMoment("have_not_met")
    if uow.blocks.has(other_id, actor.member_id):  # who is kept away reaches them by no path
        raise WrongMoment("conduct_no_visit")
    rules.check_said(
        kind, match, here.now, called_off_at=called_off_at(uow, actor, match, need),
        late_hours=here.ruleset.conduct_late_hours,
    )  # fmt: skip
    if uow.conducts.said(match.id, actor.member_id, kind):
        raise WrongMoment("conduct_said_already")
    ref = uow.refs.new(match.place_id, "conduct")
    uow.conducts.add(
        place_id=match.place_id, ref=ref, match_id=match.id, by_member_id=actor.member_id,
        about_member_id=other_id, kind=kind, words=words, said_at=here.now,
        answer_by=here.now + timedelta(days=here.ruleset.conduct_days),
    )  # fmt: skip
    said = uow.conducts.by_ref(match.place_id, ref)
    flag(uow, actor, match, words, here)
    _record(uow, actor, said, "said", (None, rules.OPEN), here.now)
    _tell(uow, said, other_id, "conduct_said", here.now)
    if kind == rules.NOT_COME and match.state in _UNDER_WAY and asks(actor, need):
        _answers.release(uow, actor, match, None, here)
    return {"ref": ref}


def mine(*, actor: Actor, now: datetime) -> tuple[ConductView, ...]:
    """What was said of the actor's visits, and what they said of others'. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    member_id = actor.member_id or 0
    with reading() as uow:
        found = [*uow.conducts.about(member_id), *uow.conducts.by(member_id)]
        return tuple(
            conduct_view(uow, actor, one, now)
            for one in found if one.state != rules.TAKEN_BACK and now < one.said_at + rules.STAYS
        )  # fmt: skip


def show(*, actor: Actor, ref: str, now: datetime) -> ConductView:
    """One of them, for its two and for the desk. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        one = uow.conducts.by_ref(place_of(actor), ref)
        _require_sees(actor, one)
        view = conduct_view(uow, actor, one, now)
        uow.commit()
    return view


def answer(
    *, actor: Actor, ref: str, agrees: bool, words: str | None = None, key: str, now: datetime
) -> ConductView:
    """Whom it is about says whether it was so; where it was not, a custodian decides. Whoever let
    it count by silence can still say so, until somebody decided.

    Raises NotFound, NotAllowed, WrongMoment, Invalid("words": who does not agree says why),
    KeyReused.
    """
    said = (
        optional_words("words", words, most=MOST_WORDS) if agrees
        else checked_words("words", words or "", most=MOST_WORDS)
    )  # fmt: skip

    def act(uow: UnitOfWork, one: Conduct) -> None:
        if actor.member_id != one.about_member_id:
            raise NotAllowed(action=Action.CHANGE_OWN.value)
        if not can_answer(one, now):
            raise WrongMoment("conduct_ended")
        state = rules.COUNTS if agrees else rules.DISPUTED
        uow.conducts.change(
            one.id, answer=said, answered_at=now, state=state, ended_at=now if agrees else None
        )
        match = uow.matches.by_id(one.match_id)
        flag(uow, actor, match, said, ground(uow, one.place_id, now))
        _record(uow, actor, one, "answered", (one.state, state), now)
        _tell(uow, one, one.by_member_id, "conduct_answered", now)

    given = {"agrees": agrees, "words": said}
    return _change(actor, ref, "answer", given, key, now, act)


def take_back(*, actor: Actor, ref: str, key: str, now: datetime) -> ConductView:
    """Who said it takes it back: it is as if it had not been said.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """

    def act(uow: UnitOfWork, one: Conduct) -> None:
        if actor.member_id != one.by_member_id:
            raise NotAllowed(action=Action.CHANGE_OWN.value)
        if one.ended_at is not None:
            raise WrongMoment("conduct_ended")
        uow.conducts.change(one.id, state=rules.TAKEN_BACK, ended_at=now)
        _record(uow, actor, one, "taken_back", (one.state, rules.TAKEN_BACK), now)
        _tell(uow, one, one.about_member_id, "conduct_taken_back", now)

    return _change(actor, ref, "take_back", {}, key, now, act)


def desk(*, actor: Actor, now: datetime) -> ConductDesk:
    """What a custodian has to decide, and of whom much counts lately. Raises NotAllowed."""
    require(actor, Action.MODERATE, Subject(actor.place_id))
    if actor.place_id is None:
        raise NotFound("place_unknown")
    with reading() as uow:
        counted = uow.conducts.often(actor.place_id, now - rules.OFTEN_WITHIN, rules.OFTEN)
        unknown = those_unknown(uow, actor, actor.place_id)
        often = {one: number for one, number in counted.items() if one not in unknown}
        refs = uow.members.refs_of(often)
        return ConductDesk(
            disputed=tuple(
                conduct_view(uow, actor, one, now)
                for one in reversed(uow.conducts.disputed(actor.place_id))
                if actor.member_id not in (one.by_member_id, one.about_member_id)
            ),
            often=tuple(OftenView(refs[one], often[one]) for one in sorted(often)),
        )  # fmt: skip


def decide(
    *, actor: Actor, ref: str, counts: bool, words: str, key: str, now: datetime
) -> ConductView:
    """A custodian says whether it counts, and why: both read it.

    Raises NotFound, NotAllowed (also own_case), WrongMoment, Invalid("words"), KeyReused.
    """
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, one: Conduct) -> None:
        require(actor, Action.MODERATE, Subject(one.place_id))
        if actor.member_id in (one.by_member_id, one.about_member_id):
            raise NotAllowed("own_case")
        if one.state != rules.DISPUTED:
            raise WrongMoment("conduct_ended")
        state = rules.COUNTS if counts else rules.DOES_NOT_COUNT
        uow.conducts.change(
            one.id, state=state, ended_at=now, decided_by=actor.member_id, decided_words=said
        )
        _record(uow, actor, one, "decided", (one.state, state), now)
        for member_id in (one.by_member_id, one.about_member_id):
            _tell(uow, one, member_id, "conduct_decided", now)

    return _change(actor, ref, "decide", {"counts": counts, "words": said}, key, now, act)


def close_unanswered(*, actor: Actor, now: datetime) -> int:
    """Let one count that nobody answered in time, and tell both; 1, or 0 where there is none. Call
    it until it gives 0; safe to run twice. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with unit_of_work() as uow:
        one = uow.conducts.claim_unanswered(now)
        if one is None:
            return 0
        uow.conducts.change(one.id, state=rules.COUNTS, ended_at=now)
        _record(uow, actor, one, "unanswered", (one.state, rules.COUNTS), now)
        for member_id in (one.about_member_id, one.by_member_id):
            _tell(uow, one, member_id, "conduct_counts", now)
        uow.commit()
    return 1


def _change(
    actor: Actor, ref: str, verb: str, given: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Conduct], None],
) -> ConductView:  # fmt: skip
    with unit_of_work() as uow:
        one = uow.conducts.by_ref(place_of(actor), ref)
        _require_sees(actor, one)

        def acting() -> dict[str, Any]:
            act(uow, one)
            return {"ref": one.ref}

        once(
            uow, f"conduct.{verb}", actor=actor, key=key, now=now,
            arguments={"ref": one.ref, **given}, act=acting,
        )  # fmt: skip
        view = conduct_view(uow, actor, uow.conducts.by_ref(one.place_id, one.ref), now)
        uow.commit()
    return view


def _require_sees(actor: Actor, one: Conduct) -> None:
    """Its two, each by themself, and who decides at the desk: what was said of somebody, and by
    them, is no supporter's to read, to answer or to take back."""
    own = actor.member_id is not None and actor.by is None
    if not own or actor.member_id not in (one.by_member_id, one.about_member_id):
        require(actor, Action.MODERATE, Subject(one.place_id))


def _record(
    uow: UnitOfWork, actor: Actor, one: Conduct, verb: str, states: tuple[str | None, str],
    now: datetime,
) -> None:  # fmt: skip
    uow.audit.record(
        actor, f"conduct.{verb}", place_id=one.place_id, subject=("conduct", one.id, one.ref),
        now=now, states=states, why=one.kind,
    )  # fmt: skip


def _tell(uow: UnitOfWork, one: Conduct, member_id: int, template: str, now: datetime) -> None:
    tell(
        uow, place_id=one.place_id, member_id=member_id, template=template,
        parameters={"conduct": one.ref}, priority=Priority.MATCH, now=now,
        dedupe_key=f"{template}:{one.ref}:{member_id}",
    )  # fmt: skip
