"""A draft of the rules is begun, edited, said when and where it holds. It is locked first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from enabler.domain.categories import TREE
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor
from enabler.domain.ruleset import read_ruleset
from enabler.domain.ruleset_drafts import DraftState, RulesetDraft
from enabler.domain.ruleset_keys import KEYS, carried_over, merge, rule_at, values_of, with_values
from enabler.domain.ruleset_parts import Unit
from enabler.domain.signal_codes import HELD_KINDS
from enabler.domain.wards import as_multipolygon
from enabler.matching.policy import DEFAULT_WEIGHTS
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._rules_views import rules_of, says, standing_at

FURTHEST_AHEAD = timedelta(days=366)
EDGE_METRES = 30
"""So far an area that was drawn may lie over the place's edge: hands and maps are not finer."""
MOST_WAVES = 10
Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class When:
    """When and where a draft is to hold, and its name. ``from_at`` None: when it is approved;
    ``until_at`` None: until other rules replace it. ``wards``: codes, or a ``drawn`` area on the
    National Grid; neither: the whole place. ``keep_drawn``: the area that was drawn stays."""

    name: str
    from_at: datetime | None = None
    until_at: datetime | None = None
    wards: tuple[str, ...] = ()
    drawn: BaseGeometry | None = None
    keep_drawn: bool = False


def person(actor: Actor) -> int:
    """The member who drafts or decides: a job or the command line is nobody here, and never the
    second of two. Raises NotAllowed."""
    if actor.member_id is None:
        raise NotAllowed(action=Action.DRAFT_RULES.value)
    return actor.member_id


def begin(
    uow: UnitOfWork, actor: Actor, place_id: int, name: str, number: int | None, now: datetime
) -> Given:
    """A new draft, made from the rules in force, or from an older version of the place's."""
    base = uow.rulesets.in_force(place_id, now)
    number = base.version if number is None else number
    version = uow.rulesets.version(place_id, number)
    kept = uow.ruleset_drafts.add(
        place_id=place_id, ref=uow.refs.new(place_id, "ruleset-draft"), name=name, version=1,
        state=DraftState.DRAFT, policy=dict(version.policy), based_on_id=base.id,
        wards=(), drafted_by=person(actor), drafted_at=now, changed_by=person(actor),
        changed_at=now,
    )  # fmt: skip
    record(uow, actor, kept, (None, DraftState.DRAFT), now, why=f"from:{number}")
    return {"ref": kept.ref}


def edit(
    uow: UnitOfWork, actor: Actor, draft: RulesetDraft, version: int, values: Mapping[str, Any],
    now: datetime,
) -> Given:  # fmt: skip
    """Write values by path into a draft, made from this version of it: what the editor left as it
    was stays as others made it meanwhile. Raises WrongMoment(changed_meanwhile) where both said
    something else about the same, Invalid("ruleset.<key>", code)."""
    require_open(draft)
    now_says = values_of(says(draft))
    before = _as_of(uow, draft, version, now_says)
    merged = merge(before, now_says, values)
    if merged.clashes:
        raise WrongMoment("changed_meanwhile", version=draft.version)
    policy = _checked(uow, draft, merged.values)
    changed = {path: now_says.get(path) for path in merged.values}
    after = values_of(read_ruleset(0, 0, policy))
    left = {path: after.get(path) for path in merged.values}
    if left != changed:
        uow.ruleset_drafts.change(draft, person(actor), changed, left, now, policy=policy)
        record(uow, actor, draft, (draft.state, draft.state), now, columns=tuple(sorted(left)))
    return {"ref": draft.ref}


def _as_of(
    uow: UnitOfWork, draft: RulesetDraft, version: int, values: Mapping[str, Any]
) -> dict[str, Any]:
    """What the draft said in an earlier version of it: its edits since, taken back."""
    found = dict(values)
    for change in reversed(uow.ruleset_drafts.changes_since(draft.id, version)):
        found |= {path: value for path, value in change.before.items() if path != "when"}
    return found


_KNOWN: Mapping[Unit, Collection[str]] = {
    Unit.BY_FACTOR: DEFAULT_WEIGHTS, Unit.BY_THING: HELD_KINDS,
}  # fmt: skip
"""What keys of many are about, where it is no kind of help."""


def _checked(uow: UnitOfWork, draft: RulesetDraft, values: Mapping[str, Any]) -> Given:
    """The draft's policy with these values. Raises Invalid at the key that is wrong."""
    here = {*TREE, *uow.rulesets.category_off(draft.place_id)}
    for path in values:
        name, _, of = path.partition(".")
        unit = KEYS[name].unit if name in KEYS else None
        known: Collection[str] = _KNOWN.get(unit, here) if unit is not None else here
        is_known = _is_rule(of, here) if unit is Unit.RULES else not of or of in known
        if unit is None or not is_known:
            raise Invalid(f"ruleset.{name}", "ruleset_key_unknown", name=path)
    rules = says(draft)
    policy = with_values(draft.policy, rules, values)
    waves = read_ruleset(0, 0, policy).waves
    if not 1 <= len(waves) <= MOST_WAVES:
        raise Invalid("ruleset.waves", "rules_waves_count", most=MOST_WAVES)
    return policy


def _is_rule(of: str, kinds: Collection[str]) -> bool:
    """Whether a path says a rule of what help asks, about kinds of help that there are."""
    rule = rule_at(of)
    return rule is not None and not rule.code and rule.categories <= set(kinds)


def place_when(
    uow: UnitOfWork, actor: Actor, draft: RulesetDraft, version: int, when: When, now: datetime
) -> Given:
    """Say when and where a draft is to hold. Raises WrongMoment(changed_meanwhile) where others
    have said it anew since this version, Invalid at *from*, *until*, *wards* or *area*."""
    require_open(draft)
    changes = uow.ruleset_drafts.changes_since(draft.id, version)
    if any("when" in change.after for change in changes):
        raise WrongMoment("changed_meanwhile", version=draft.version)
    _check_moments(when, now)
    area = _area(uow, draft, when)
    uow.ruleset_drafts.change(
        draft, person(actor), {"when": draft.name}, {"when": when.name}, now, name=when.name,
        from_at=when.from_at, until_at=when.until_at, wards=when.wards, area=area,
    )  # fmt: skip
    record(
        uow, actor, draft, (draft.state, draft.state), now,
        columns=("name", "from_at", "until_at", "area"),
    )  # fmt: skip
    return {"ref": draft.ref}


def _check_moments(when: When, now: datetime) -> None:
    if when.from_at is not None and when.from_at <= now:
        raise Invalid("from", "rules_from_past")
    for field, at in (("from", when.from_at), ("until", when.until_at)):
        if at is not None and at > now + FURTHEST_AHEAD:
            raise Invalid(field, "window_too_far_ahead", days=FURTHEST_AHEAD.days)
    if when.until_at is not None and when.until_at <= (when.from_at or now):
        raise Invalid("until", "rules_until_before_from")


def _area(uow: UnitOfWork, draft: RulesetDraft, when: When) -> BaseGeometry | None:
    """The shape in which the draft is to hold. Raises Invalid("wards" or "area", code)."""
    if when.wards:
        shapes = {code: shape for code, _, shape in uow.near.outlines(draft.place_id)}
        if not set(when.wards) <= shapes.keys():
            raise Invalid("wards", "ward_unknown")
        return as_multipolygon(shapely.union_all([shapes[code] for code in when.wards]))
    if when.keep_drawn:
        return uow.ruleset_drafts.area(draft.id)
    if when.drawn is None:
        return None
    boundary = uow.ruleset_drafts.boundary(draft.place_id)
    if not boundary.buffer(EDGE_METRES).covers(when.drawn):
        raise Invalid("area", "rules_area_outside")
    if not uow.rule_trials.cells_in(draft.place_id, when.drawn):
        raise Invalid("area", "rules_area_without_homes")
    return as_multipolygon(when.drawn)


def rebase(uow: UnitOfWork, actor: Actor, draft: RulesetDraft, now: datetime) -> Given:
    """Move a draft's own changes onto the rules that are in force when it would begin."""
    require_open(draft)
    base = next(one for one in uow.rulesets.versions(draft.place_id) if one.id == draft.based_on_id)
    standing = standing_at(uow, draft, now)
    onto = uow.rulesets.version(draft.place_id, standing.version)
    policy = carried_over(rules_of(base), says(draft), onto.policy, standing)
    before, after = values_of(says(draft)), values_of(read_ruleset(0, 0, policy))
    paths = [path for path in {*before, *after} if before.get(path) != after.get(path)]
    uow.ruleset_drafts.change(
        draft, person(actor), {path: before.get(path) for path in paths},
        {path: after.get(path) for path in paths}, now, policy=policy, based_on_id=standing.id,
    )  # fmt: skip
    record(uow, actor, draft, (draft.state, draft.state), now, columns=("based_on_id",))
    return {"ref": draft.ref}


def found(uow: UnitOfWork, actor: Actor, ref: str) -> RulesetDraft:
    """A draft of the actor's place, locked. Raises NotFound."""
    return uow.ruleset_drafts.by_ref(place_id_of(actor), ref, lock=True)


def place_id_of(actor: Actor) -> int:
    """The place of a member of the staff. Raises NotFound."""
    if actor.place_id is None:
        raise NotFound("place_unknown")
    return actor.place_id


def require_open(draft: RulesetDraft) -> None:
    """Raises WrongMoment once a draft is proposed or has ended."""
    if draft.state is not DraftState.DRAFT:
        raise WrongMoment("rules_draft_fixed")


def cleaned(when: When, name: str) -> When:
    """The same with a name that was checked, and each ward once."""
    return replace(when, name=name, wards=tuple(sorted(set(when.wards))))


def record(
    uow: UnitOfWork, actor: Actor, draft: RulesetDraft,
    states: tuple[DraftState | None, DraftState], now: datetime, *,
    columns: tuple[str, ...] = (), why: str | None = None,
) -> None:  # fmt: skip
    """Write into the audit what became of a draft."""
    before, after = states
    what = "changed" if before is after else after.value
    uow.audit.record(
        actor, f"ruleset-draft.{what}", place_id=draft.place_id,
        subject=("ruleset-draft", draft.id, draft.ref), now=now, columns=columns, why=why,
        states=(None if before is None else before.value, after.value),
    )  # fmt: skip
