"""The rules of a place at the desk: drafted, compared, tried, proposed, approved by a second
person, in force from a time. Old versions stay."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.rule_trial import try_checks, try_needs, try_offers
from enabler.domain.ruleset_drafts import DraftState, RulesetDraft
from enabler.domain.ruleset_keys import differing
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _rules_deciding, _rules_drafting
from enabler.services._colleagues import called
from enabler.services._once import once
from enabler.services._rules_drafting import When, found, place_id_of
from enabler.services._rules_views import (
    area_view,
    draft_views,
    one_version,
    says,
    standing_at,
    version_views,
)
from enabler.services.views.rules import (
    AreaView,
    DraftView,
    MeanwhileView,
    OneVersionView,
    RulesDeskView,
    TrialView,
)

__all__ = [
    "When", "area", "begin", "decide", "desk", "draft", "edit", "lapse", "meanwhile", "place_when",
    "propose", "rebase", "trial", "version", "wards", "withdraw",
]  # fmt: skip

TRIED_DAYS = 90
MOST_NAME, MOST_WORDS = 80, 500
NEWEST = 10  # so many drafts that came to nothing are listed
Act = Callable[[UnitOfWork, RulesetDraft], dict[str, Any]]


def desk(*, actor: Actor, now: datetime) -> RulesDeskView:
    """What is in force in the actor's place, to come, drafted and proposed, and what was before.

    Raises NotAllowed, NotFound.
    """
    require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
    with reading() as uow:
        place_id = place_id_of(actor)
        versions = uow.rulesets.versions(place_id)
        views = version_views(uow, versions, place_id, now, staff=True).values()
        open_ = draft_views(uow, actor, uow.ruleset_drafts.open(place_id), now)
        ended = uow.ruleset_drafts.ended(place_id, newest=NEWEST)
        in_force = [one for one in views if one.state in ("in-force", "beneath")]
        lapsed = [one for one in open_ if one.state is DraftState.LAPSED]
        return RulesDeskView(
            in_force=tuple(sorted(
                in_force, key=lambda one: (one.state == "beneath", one.covers)
            )),
            to_come=tuple(sorted(
                (one for one in views if one.state == "to-come"), key=lambda one: one.from_at
            )),
            drafts=tuple(one for one in open_ if one.state is DraftState.DRAFT),
            proposed=tuple(one for one in open_ if one.state is DraftState.PROPOSED),
            ended=(*lapsed, *draft_views(uow, actor, ended, now)),
            over=tuple(one for one in views if one.state == "over"),
        )  # fmt: skip


def version(*, actor: Actor, number: int, now: datetime) -> OneVersionView:
    """One version of the rules of the actor's place. Raises NotAllowed, NotFound."""
    require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
    with reading() as uow:
        place_id = place_id_of(actor)
        found_one = uow.rulesets.version(place_id, number)
        versions = uow.rulesets.versions(place_id)
        views = version_views(uow, versions, place_id, now, staff=True)
        return one_version(uow, found_one, versions, views[number], place_id)


def draft(*, actor: Actor, ref: str, now: datetime) -> DraftView:
    """One draft, compared with the rules in force when it would begin. Raises NotAllowed,
    NotFound."""
    require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
    with reading() as uow:
        return _view(uow, actor, ref, now)


def area(*, actor: Actor, ref: str) -> AreaView | None:
    """Where a draft is to hold; None: in the whole place. Raises NotAllowed, NotFound."""
    require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
    with reading() as uow:
        place_id = place_id_of(actor)
        known = uow.ruleset_drafts.by_ref(place_id, ref)
        shape = uow.ruleset_drafts.area(known.id)
        names = {ward.code: ward.name for ward in uow.places.wards(place_id)}
        chosen = tuple(names[code] for code in known.wards if code in names)
        return None if shape is None else area_view(uow, shape, chosen, place_id)


def wards(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Code and name of each ward that rules may be for. Raises NotAllowed, NotFound."""
    require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
    with reading() as uow:
        return tuple((ward.code, ward.name) for ward in uow.places.wards(place_id_of(actor)))


def trial(*, actor: Actor, ref: str, now: datetime) -> TrialView:
    """A draft tried on what was posted in the last 90 days, by the function that posting itself
    asks, and on the checks of those whose offers stand. Nothing is changed.

    What an area's rules say of offers is not asked when one is posted: there none is tried. An
    organisation counts as it stands now. Raises NotAllowed, NotFound.
    """
    require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
    with reading() as uow:
        view = _view(uow, actor, ref, now)
        known = uow.ruleset_drafts.by_ref(place_id_of(actor), ref)
        rules, since = says(known), now - timedelta(days=TRIED_DAYS)
        shape = uow.ruleset_drafts.area(known.id)
        off = uow.rulesets.category_off(known.place_id)
        needs = uow.rule_trials.needs(known.place_id, since, shape)
        offers = [] if shape is not None else uow.rule_trials.offers(known.place_id, since)
        givings = uow.rule_trials.givings(known.place_id, now)
        return TrialView(
            draft=view, days=TRIED_DAYS, needs=len(needs),
            needs_covered=sum(need.covered for need in needs), offers=len(offers),
            sorts=(*try_needs(needs, off, rules), *try_offers(offers, off, rules)),
            losses=try_checks(givings, standing_at(uow, known, now), rules),
        )  # fmt: skip


def meanwhile(*, actor: Actor, ref: str, version: int, now: datetime) -> tuple[MeanwhileView, ...]:
    """What was changed in a draft since this version of it, in order. Raises NotAllowed,
    NotFound."""
    require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
    with reading() as uow:
        known = uow.ruleset_drafts.by_ref(place_id_of(actor), ref)
        changes = uow.ruleset_drafts.changes_since(known.id, version)
        names = called(uow, known.place_id, {change.changed_by for change in changes}, now)
        return tuple(
            MeanwhileView(
                by=names[change.changed_by], at=change.changed_at,
                differences=differing(_by_path(change.before), _by_path(change.after)),
                when_changed="when" in change.after,
            )
            for change in changes
        )  # fmt: skip


def begin(
    *, actor: Actor, name: str, from_version: int | None = None, key: str, now: datetime
) -> DraftView:
    """Begin a draft from the rules in force, or from another version of the place's.

    Raises NotAllowed (also for who is no member), NotFound, Invalid("name", …), KeyReused.
    """
    said = checked_words("name", name, most=MOST_NAME)
    with unit_of_work() as uow:
        require(actor, Action.DRAFT_RULES, Subject(actor.place_id))
        place_id = place_id_of(actor)
        result = once(
            uow, "rulesets.begin", actor=actor, key=key, now=now, again=False,
            arguments={"name": said, "from": from_version},
            act=lambda: _rules_drafting.begin(uow, actor, place_id, said, from_version, now),
        )  # fmt: skip
        view = _view(uow, actor, result["ref"], now)
        uow.commit()
    return view


def edit(
    *, actor: Actor, ref: str, version: int, values: Mapping[str, Any], key: str, now: datetime
) -> DraftView:
    """Write values into a draft by their path: ``{"quiet_from": 1260, "categories_held.gardening":
    True}``. ``version``: of the draft as its editor saw it.

    Raises NotAllowed, NotFound, KeyReused, Invalid("ruleset.<key>", …), WrongMoment:
    *changed_meanwhile* where another changed the same, *rules_draft_fixed* once it is proposed.
    """
    said = dict(values)
    return _change(
        actor, "edit", ref, {"version": version, "values": said}, key, now,
        lambda uow, one: _rules_drafting.edit(uow, actor, one, version, said, now),
    )  # fmt: skip


def place_when(
    *, actor: Actor, ref: str, version: int, when: When, key: str, now: datetime
) -> DraftView:
    """Say a draft's name, from when until when it is to hold, and where.

    Raises as ``edit``, with Invalid at *name*, *from*, *until*, *wards* or *area*.
    """
    said = _rules_drafting.cleaned(when, checked_words("name", when.name, most=MOST_NAME))
    arguments = {
        "version": version, "name": said.name, "from": said.from_at, "until": said.until_at,
        "wards": said.wards, "drawn": said.drawn.wkt if said.drawn else None,
        "keep": said.keep_drawn,
    }  # fmt: skip
    return _change(
        actor, "place_when", ref, arguments, key, now,
        lambda uow, one: _rules_drafting.place_when(uow, actor, one, version, said, now),
    )  # fmt: skip


def rebase(*, actor: Actor, ref: str, key: str, now: datetime) -> DraftView:
    """Move what a draft changes onto the rules that are in force by now.

    Raises NotAllowed, NotFound, KeyReused, WrongMoment(rules_draft_fixed).
    """
    return _change(
        actor, "rebase", ref, {}, key, now,
        lambda uow, one: _rules_drafting.rebase(uow, actor, one, now),
    )  # fmt: skip


def propose(
    *, actor: Actor, ref: str, version: int, words: str, key: str, now: datetime
) -> DraftView:
    """Ask a second person to approve a draft; ``words`` say why. It waits for 14 days, and is not
    changed any more.

    Raises NotAllowed, NotFound, KeyReused, Invalid("words", …), WrongMoment: *changed_meanwhile*,
    *rules_draft_fixed*, *rules_say_the_same*, *rules_over_already*.
    """
    said = checked_words("words", words, most=MOST_WORDS)
    return _change(
        actor, "propose", ref, {"version": version, "words": said}, key, now,
        lambda uow, one: _rules_deciding.propose(uow, actor, one, version, said, now),
    )  # fmt: skip


def withdraw(*, actor: Actor, ref: str, key: str, now: datetime) -> DraftView:
    """Give a draft up, or take back what one has proposed.

    Raises NotAllowed (*rules_of_another*), NotFound, KeyReused, WrongMoment(rules_draft_ended).
    """
    return _change(
        actor, "withdraw", ref, {}, key, now,
        lambda uow, one: _rules_deciding.withdraw(uow, actor, one, now),
    )  # fmt: skip


def decide(
    *, actor: Actor, ref: str, approving: bool, words: str, key: str, now: datetime
) -> DraftView:
    """Approve what another proposed, so that it is in force from its time on (at once where that
    has passed), or reject it; ``words`` say why.

    Raises NotAllowed (second_person_same, and for who is no member), NotFound, KeyReused,
    Invalid("words", …), WrongMoment: *rules_draft_ended*, *rules_over_already*.
    """
    said = checked_words("words", words, most=MOST_WORDS)
    return _change(
        actor, "decide", ref, {"approving": approving, "words": said}, key, now,
        lambda uow, one: _rules_deciding.decide(uow, actor, one, said, now, approving=approving),
        action=Action.APPROVE_RULES,
    )  # fmt: skip


def lapse(*, now: datetime, limit: int = 100) -> int:
    """Mark proposals that nobody answered in time, in all places, and tell who proposed them; how
    many. They are over without it. Call it until it gives 0."""
    with unit_of_work() as uow:
        late = uow.ruleset_drafts.late(now, at_most=limit)
        for one in late:
            _rules_deciding.lapse(uow, one, now)
        uow.commit()
    return len(late)


def _change(
    actor: Actor, name: str, ref: str, arguments: Mapping[str, Any], key: str, now: datetime,
    act: Act, *, action: Action = Action.DRAFT_RULES,
) -> DraftView:  # fmt: skip
    with unit_of_work() as uow:
        require(actor, action, Subject(actor.place_id))
        known = found(uow, actor, ref)
        once(
            uow, f"rulesets.{name}", actor=actor, key=key, now=now, again=False,
            arguments={"ref": known.ref, **arguments}, act=lambda: act(uow, known),
        )  # fmt: skip
        view = _view(uow, actor, known.ref, now)
        uow.commit()
    return view


def _view(uow: UnitOfWork, actor: Actor, ref: str, now: datetime) -> DraftView:
    one = uow.ruleset_drafts.by_ref(place_id_of(actor), ref)
    (view,) = draft_views(uow, actor, (one,), now)
    return view


def _by_path(values: Mapping[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in values.items() if path != "when" and value is not None}
