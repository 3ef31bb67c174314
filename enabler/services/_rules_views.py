"""Versions and drafts of the rules, as staff and everybody read them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import numpy as np
from shapely import LinearRing, coverage_simplify, get_parts, simplify
from shapely.geometry.base import BaseGeometry

from enabler.domain.geo import to_lat_lon_columns
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.domain.ruleset_drafts import DraftState, RulesetDraft, Version, over_at
from enabler.domain.ruleset_endings import can_end
from enabler.domain.ruleset_keys import differences
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._colleagues import called
from enabler.services.views.rules import (
    AreaView,
    DraftView,
    OneVersionView,
    Outline,
    VersionView,
)

OUTLINE_METRES = 60
"""How far a drawn outline may lie from the true one."""


def rules_of(version: Version) -> Ruleset:
    """What a version says."""
    return read_ruleset(version.id, version.number, version.policy)


def state_of(version: Version, versions: Collection[Version], now: datetime) -> str:
    """Whether a version is in force at a moment, to come, over for good, or *beneath* another one
    of the whole place, at whose end it holds again."""
    if version.from_at > now:
        ended = version.until_at is not None and version.until_at <= version.from_at
        return "over" if ended else "to-come"
    over = over_at(version, versions)
    if over is not None and over <= now:
        return "over"
    if version.covers:
        return "in-force"
    begun = (version.from_at, version.number)
    above = (
        not one.covers and begun < (one.from_at, one.number) and one.from_at <= now
        and (one.until_at is None or one.until_at > now)
        for one in versions
    )  # fmt: skip
    return "beneath" if any(above) else "in-force"


def version_views(
    uow: UnitOfWork, versions: Sequence[Version], place_id: int, now: datetime, *, staff: bool
) -> dict[int, VersionView]:
    """Versions by their number; only staff read who proposed and approved them, and what waits."""
    names = {ward.code: ward.name for ward in uow.places.wards(place_id)}
    people = {one for each in versions for one in (each.proposed_by, each.approved_by) if one}
    names_of = called(uow, place_id, people, now) if staff else {}
    waiting = uow.ruleset_endings.waiting(place_id) if staff else ()
    endings = {
        one.ruleset_id: one.ref for one in waiting if one.state_at(now) is DraftState.PROPOSED
    }
    return {
        one.number: VersionView(
            number=one.number, name=one.name, state=state_of(one, versions, now),
            from_at=one.from_at, over_at=over_at(one, versions), covers=one.covers,
            wards=tuple(names[code] for code in one.wards if code in names),
            imported=not one.desk, proposed_by=names_of.get(one.proposed_by or 0),
            approved_by=names_of.get(one.approved_by or 0),
            draft_ref=one.draft_ref if staff else None,
            can_end=staff and one.desk and can_end(one, versions, now),
            ending=endings.get(one.id),
        )
        for one in versions
    }  # fmt: skip


def one_version(
    uow: UnitOfWork, version: Version, versions: Sequence[Version], view: VersionView,
    place_id: int,
) -> OneVersionView:  # fmt: skip
    """A version with what it says, compared with the place's rules before it."""
    before = _before(version, versions)
    rules = rules_of(version)
    area = uow.rulesets.area(version.id) if version.covers else None
    return OneVersionView(
        version=view, rules=rules,
        area=None if area is None else area_view(uow, area, view.wards, place_id),
        differs_from=None if before is None else before.number,
        differences=() if before is None else differences(rules_of(before), rules),
    )  # fmt: skip


def _before(version: Version, versions: Sequence[Version]) -> Version | None:
    """The rules of the whole place that a version took over from."""
    begun = (version.from_at, version.number)
    earlier = [
        one for one in versions
        if not one.covers and (one.from_at, one.number) < begun
        and (one.until_at is None or one.until_at >= version.from_at)
    ]  # fmt: skip
    return max(earlier, key=lambda one: (one.from_at, one.number), default=None)


def area_view(
    uow: UnitOfWork, area: BaseGeometry, wards: tuple[str, ...], place_id: int
) -> AreaView:
    """Where special rules hold, to be drawn."""
    shapes = [shape for _code, _name, shape in uow.near.outlines(place_id)]
    drawn = coverage_simplify(shapes, OUTLINE_METRES)
    return AreaView(
        wards=wards, outline=_outline(simplify(area, OUTLINE_METRES / 4)),
        place=tuple(_outline(shape) for shape in drawn),
    )  # fmt: skip


def _outline(shape: BaseGeometry) -> Outline:
    return tuple(_ring(part.exterior) for part in get_parts(shape))


def _ring(line: LinearRing) -> tuple[tuple[float, float], ...]:
    east, north = line.coords.xy
    lat, lon = to_lat_lon_columns(np.asarray(east), np.asarray(north))
    return tuple(zip(np.round(lon, 5).tolist(), np.round(lat, 5).tolist(), strict=True))


def standing_at(uow: UnitOfWork, draft: RulesetDraft, now: datetime) -> Ruleset:
    """The rules of the whole place in force when a draft would begin: what it is compared with."""
    return uow.rulesets.in_force(draft.place_id, max(now, draft.from_at or now))


def says(draft: RulesetDraft) -> Ruleset:
    """The rules that a draft says; it has no version of its own yet."""
    return read_ruleset(0, 0, draft.policy)


def draft_views(
    uow: UnitOfWork, actor: Actor, drafts: Iterable[RulesetDraft], now: datetime
) -> tuple[DraftView, ...]:
    """Drafts as staff read them; colleagues by their names."""
    drafts = tuple(drafts)
    people = {
        one for each in drafts
        for one in (each.drafted_by, each.changed_by, each.proposed_by, each.decided_by) if one
    }  # fmt: skip
    places = {each.place_id for each in drafts}
    called_by = {who: name for one in places for who, name in called(uow, one, people, now).items()}
    wards = {ward.code: ward.name for one in places for ward in uow.places.wards(one)}
    numbers = {one.id: one for place_id in places for one in uow.rulesets.versions(place_id)}
    return tuple(_draft_view(uow, actor, each, called_by, wards, numbers, now) for each in drafts)


def _draft_view(
    uow: UnitOfWork, actor: Actor, draft: RulesetDraft, names: dict[int, str],
    wards: dict[str, str], versions: dict[int, Version], now: datetime,
) -> DraftView:  # fmt: skip
    base, rules, state = versions[draft.based_on_id], says(draft), draft.state_at(now)
    over = draft.decided_at is not None  # what has ended is read as it was made
    standing = rules_of(base) if over else standing_at(uow, draft, now)
    may = allowed(actor, Action.APPROVE_RULES, Subject(draft.place_id))
    mine = draft.proposed_by is not None and draft.proposed_by == actor.member_id
    return DraftView(
        ref=draft.ref, name=draft.name, state=state, version=draft.version, rules=rules,
        based_on=base.number, old=base.id != standing.id,
        standing=standing.version, differences=differences(standing, rules),
        from_at=draft.from_at, until_at=draft.until_at,
        covers=uow.ruleset_drafts.area(draft.id) is not None, ward_codes=draft.wards,
        wards=tuple(wards[code] for code in draft.wards if code in wards),
        drafted_by=names[draft.drafted_by], changed_by=names[draft.changed_by],
        changed_at=draft.changed_at, words=draft.words,
        proposed_by=names.get(draft.proposed_by or 0), proposed_at=draft.proposed_at,
        answer_by=draft.answer_by, decided_by=names.get(draft.decided_by or 0),
        decided_at=draft.decided_at, decided_words=draft.decided_words,
        became=versions[draft.ruleset_id].number if draft.ruleset_id else None, mine=mine,
        may_decide=may and not mine and state is DraftState.PROPOSED
        and actor.member_id is not None,
    )  # fmt: skip
