"""Rules end before their time, when one proposes it and another agrees: the flood is over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.ruleset_drafts import DraftState
from enabler.domain.ruleset_endings import RulesetEnding
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _rules_ending
from enabler.services._colleagues import called
from enabler.services._once import once
from enabler.services._rules_drafting import place_id_of
from enabler.services._rules_views import version_views
from enabler.services.views.rules import VersionView

MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class EndingView:
    """A proposal that a version of the rules ends. ``mine``: the reader proposed it;
    ``may_decide``: the reader can decide now; colleagues by their names."""

    ref: str
    version: VersionView
    state: DraftState
    words: str | None = field(repr=False)
    proposed_by: str
    proposed_at: datetime
    answer_by: datetime
    decided_by: str | None
    decided_at: datetime | None
    decided_words: str | None = field(repr=False)
    mine: bool
    may_decide: bool


def version_of(*, actor: Actor, draft_ref: str, now: datetime) -> VersionView:
    """The version that a draft became, as it can be ended or not. Raises NotAllowed, NotFound
    (also of a draft that became none)."""
    require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
    with reading() as uow:
        found = _rules_ending.version_of(uow, place_id_of(actor), draft_ref)
        return _version_view(uow, place_id_of(actor), found.id, now)


def show(*, actor: Actor, ref: str, now: datetime) -> EndingView:
    """A proposal to end rules. Raises NotAllowed, NotFound."""
    require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
    with reading() as uow:
        return _view(uow, actor, ref, now)


def propose(*, actor: Actor, draft_ref: str, words: str, key: str, now: datetime) -> EndingView:
    """Propose that the rules that a draft became end as soon as another one agrees; ``words`` say
    why. It waits for 14 days.

    Raises NotAllowed (also for who is no member), NotFound, KeyReused, Invalid("words", …),
    WrongMoment: *rules_ending_waits* where that is proposed, *rules_not_to_end* of what is over,
    or what the whole place goes by until other rules take its place.
    """
    said = checked_words("words", words, most=MOST_WORDS)
    with unit_of_work() as uow:
        require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
        place_id = place_id_of(actor)
        version = _rules_ending.version_of(uow, place_id, draft_ref, lock=True)
        result = once(
            uow, "rule_endings.propose", actor=actor, key=key, now=now, again=False,
            arguments={"draft": draft_ref, "words": said},
            act=lambda: _rules_ending.propose(uow, actor, place_id, version, said, now),
        )  # fmt: skip
        view = _view(uow, actor, result["ref"], now)
        uow.commit()
    return view


def decide(
    *, actor: Actor, ref: str, approving: bool, words: str, key: str, now: datetime
) -> EndingView:
    """Agree that rules end now, or say that they go on; ``words`` say why.

    Raises NotAllowed (second_person_same, and for who is no member), NotFound, KeyReused,
    Invalid("words", …), WrongMoment: *rules_ending_over*, *rules_not_to_end*.
    """
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, one: RulesetEnding) -> dict[str, Any]:
        return _rules_ending.decide(uow, actor, one, said, now, approving=approving)

    arguments = {"approving": approving, "words": said}
    return _change(actor, "decide", ref, arguments, key, now, act, action=Action.APPROVE_RULES)


def withdraw(*, actor: Actor, ref: str, key: str, now: datetime) -> EndingView:
    """Take back what one has proposed: the rules go on.

    Raises NotAllowed (*rules_of_another*), NotFound, KeyReused, WrongMoment(rules_ending_over).
    """

    def act(uow: UnitOfWork, one: RulesetEnding) -> dict[str, Any]:
        return _rules_ending.withdraw(uow, actor, one, now)

    return _change(actor, "withdraw", ref, {}, key, now, act, action=Action.DRAFT_RULES)


def lapse(*, now: datetime, limit: int = 100) -> int:
    """Mark proposals that nobody answered in time, in all places, and tell who proposed them; how
    many. They are over without it. Call it until it gives 0."""
    with unit_of_work() as uow:
        late = uow.ruleset_endings.late(now, at_most=limit)
        for one in late:
            _rules_ending.lapse(uow, one, now)
        uow.commit()
    return len(late)


def _change(
    actor: Actor, name: str, ref: str, arguments: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, RulesetEnding], dict[str, Any]], *, action: Action,
) -> EndingView:  # fmt: skip
    with unit_of_work() as uow:
        require(actor, action, Subject(actor.place_id))
        known = uow.ruleset_endings.by_ref(place_id_of(actor), ref, lock=True)
        once(
            uow, f"rule_endings.{name}", actor=actor, key=key, now=now, again=False,
            arguments={"ref": known.ref, **arguments}, act=lambda: act(uow, known),
        )  # fmt: skip
        view = _view(uow, actor, known.ref, now)
        uow.commit()
    return view


def _version_view(uow: UnitOfWork, place_id: int, ruleset_id: int, now: datetime) -> VersionView:
    versions = uow.rulesets.versions(place_id)
    views = version_views(uow, versions, place_id, now, staff=True)
    return next(views[one.number] for one in versions if one.id == ruleset_id)


def _view(uow: UnitOfWork, actor: Actor, ref: str, now: datetime) -> EndingView:
    place_id = place_id_of(actor)
    one = uow.ruleset_endings.by_ref(place_id, ref)
    people = {who for who in (one.proposed_by, one.decided_by) if who is not None}
    names, state = called(uow, place_id, people, now), one.state_at(now)
    mine = one.proposed_by == actor.member_id
    may = allowed(actor, Action.APPROVE_RULES, Subject(place_id)) and actor.member_id is not None
    return EndingView(
        ref=one.ref, version=_version_view(uow, place_id, one.ruleset_id, now), state=state,
        words=one.words, proposed_by=names[one.proposed_by], proposed_at=one.proposed_at,
        answer_by=one.answer_by, decided_by=names.get(one.decided_by or 0),
        decided_at=one.decided_at, decided_words=one.decided_words, mine=mine,
        may_decide=may and not mine and state is DraftState.PROPOSED,
    )  # fmt: skip
