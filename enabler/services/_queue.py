"""The queue of a place: each thing that waits, with its risk, its clock and who has it in hand."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from enabler.domain.desk import (
    NOTICED,
    EntryKind,
    Place,
    Waiting,
    due_at,
    in_order,
    level_of,
    opens_at,
    risk_of,
)
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.reports import WORRIED
from enabler.domain.vocabulary import Risk
from enabler.persistence.desk import Row
from enabler.persistence.reports import Report
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._claim_views import claim_view
from enabler.services._colleagues import called
from enabler.services._ground import Ground
from enabler.services._hidden import those_unknown
from enabler.services._queue_looks import looks_of
from enabler.services._reporting import readers_of
from enabler.services._things import Thing
from enabler.services._untold_readers import without_barred
from enabler.services.views import EntryView

SIGNALLED = {
    "need": "need", "offer": "offer", "organisation": "organisation", "said": "message",
}  # fmt: skip
"""Kinds of entries about which something may have been noticed, and as what it is kept."""


def queue_of(
    uow: UnitOfWork, actor: Actor, here: Ground, reports: Sequence[Report]
) -> list[EntryView]:
    """All that waits, the next to decide on top: unseen worries, what is overdue, then by risk,
    then by its clock; of reports these, which the actor reads; of mandates what
    leads should look at."""
    rules, place_id = here.ruleset, here.place.id
    soon = here.now + timedelta(hours=max(rules.broker_hours_before, rules.urgent_hours))
    rows = uow.desk.waiting(place_id, here.now, soon=soon, urgent=rules.categories_urgent)
    rows = without_barred(uow, actor, place_id, rows, here.now)
    named = any(_names(row) and row.member_id is not None for row in rows)
    unknown = those_unknown(uow, actor, place_id) if named else frozenset()
    seen = [row for row in rows if row.member_id not in unknown or not _names(row)]
    holders = {row.claim.by_member_id for row in seen if row.claim is not None}
    colleagues = called(uow, place_id, holders, here.now)
    found = [one for row in seen if (one := _entry(actor, row, here, colleagues)) is not None]
    found += [_report(actor, one, here) for one in reports]
    found += looks_of(uow, actor, here)
    places = [
        Place(one.overdue, one.risk, one.urgent, one.due,
              one.since if one.any_time else one.needed_by or one.since, one.unseen)
        for one in found
    ]  # fmt: skip
    return [found[nth] for nth in in_order(places)]


def _names(row: Row) -> bool:
    """Whether the entry says by a ref who it is. An appeal is everybody's to see: it goes to
    somebody else than decided, and that may have been the only lead."""
    return row.kind == EntryKind.CREDENTIAL or (
        row.kind == EntryKind.REVIEW and row.more == "member"
    )  # fmt: skip


def reports_of(uow: UnitOfWork, actor: Actor, here: Ground) -> tuple[list[Report], int]:
    """The reports that the actor reads, and how many wait; none of those that name the actor. A
    worry is read by the leads alone."""
    waiting = [one for one in uow.reports.unsettled(here.place.id)
               if actor.member_id not in one.kept_from]  # fmt: skip
    if not waiting or not allowed(actor, Action.KEEP_CASE, Subject(here.place.id)):
        return [], len(waiting)
    hands = uow.staff.at_desk(here.place.id, here.now)
    return [one for one in waiting if actor.member_id in readers_of(one, hands)], len(waiting)


def with_signals(
    uow: UnitOfWork, entries: Sequence[EntryView], here: Ground
) -> list[EntryView]:  # fmt: skip
    """The entries with what was noticed about them: asked for those that are shown alone."""
    ids: dict[str, list[int]] = {}
    for one in entries:
        if one.kind in SIGNALLED and one.number is not None:
            ids.setdefault(SIGNALLED[one.kind], []).append(one.number)
    found = uow.signals.beside(here.place.id, ids)
    return [
        replace(one, signals=found.get((SIGNALLED.get(one.kind, ""), one.number or 0), ()))
        for one in entries
    ]  # fmt: skip


def risk_of_thing(uow: UnitOfWork, thing: Thing, here: Ground) -> Risk:
    """The risk of a held thing, as the queue has it."""
    if thing.kind == "member":
        return Risk.HIGH
    noticed = uow.signals.of(here.place.id, thing.kind, [thing.id])
    waiting = Waiting(
        EntryKind(thing.kind), here.now, thing.categories,
        NOTICED if noticed else thing.because or "",
        setting=getattr(thing.row, "setting", None),
        circumstances=tuple(getattr(thing.row, "circumstances", ())),
    )  # fmt: skip
    return risk_of(waiting, here.ruleset)


def waiting_of(row: Row, here: Ground) -> Waiting:
    """A row as far as its place in the queue depends on it."""
    kind = EntryKind(row.kind)
    since = row.changed_at or row.since
    stands = None
    if row.question_at is not None and row.question_at >= since:
        limit = row.question_at + timedelta(hours=here.ruleset.desk_question_hours)
        stands = min(row.question_ended_at or limit, limit)
    categories = tuple(sorted((row.category or "").split(","))) if row.category else ()
    wanted = kind in (EntryKind.NEED, EntryKind.UNMET) and row.needed_by is not None
    urgent = wanted and _is_urgent(row, here)
    because = NOTICED if row.noticed else row.because or ""
    return Waiting(
        kind, since, categories, because, urgent, stands, row.setting,
        tuple(json.loads(row.circumstances or "[]")),
    )  # fmt: skip


def _is_urgent(row: Row, here: Ground) -> bool:
    """As :func:`enabler.domain.next_steps.is_urgent` has it."""
    rules = here.ruleset
    soon = row.needed_by is not None and (
        row.needed_by - here.now <= timedelta(hours=rules.urgent_hours)
    )
    return soon or row.category in rules.categories_urgent


def _entry(actor: Actor, row: Row, here: Ground, names: Mapping[int, str]) -> EntryView | None:
    kinds = _kinds(row)
    if row.kind == EntryKind.CREDENTIAL and not kinds:
        return None  # everything that it can show was seen
    one = waiting_of(row, here)
    risk = risk_of(one, here.ruleset)
    due = due_at(one, risk, here.ruleset, here.now)
    open_question = row.question_at is not None and row.question_ended_at is None
    return EntryView(
        kind=row.kind, ref=row.ref, risk=risk, because=tuple(filter(None, (row.because,))),
        since=one.since, due=due, overdue=due is not None and due <= here.now,
        level=level_of(one, due, risk, here.ruleset, here.now), ward=row.ward,
        categories=one.categories, words=_words(row), organisation=row.organisation,
        about_kind=row.more if row.kind in ("review", "appeal", "message") else None,
        about_ref=row.words if row.kind in ("review", "appeal") else None,
        claim=claim_view(actor, row.claim, here, names), asked=open_question,
        answered=row.question_ended_at is not None, own=_own(actor, row), urgent=one.urgent,
        any_time=row.kind in ("need", "unmet") and not row.timed, needed_by=row.needed_by,
        helpers_asked=row.asked or 0, declined=row.declined or 0, kinds=kinds,
        number=row.id, opens_at=opens_at(one, risk, here.ruleset, here.now),
        version=f"held.{row.version}" if row.kind in ("need", "offer") else None,
    )  # fmt: skip


def _words(row: Row) -> str:
    shown = row.kind in ("need", "offer", "organisation")
    return (row.words or "") if shown else ""


def _own(actor: Actor, row: Row) -> bool:
    """What is their own, or was decided by them: another one decides."""
    if row.kind == "appeal" and row.version is not None and row.version == actor.member_id:
        return True
    mine = row.member_id is not None and row.member_id == actor.member_id
    theirs = row.organisation_id is not None and row.organisation_id in actor.organisations()
    return theirs or (mine and (row.organisation_id is None or row.kind == "unmet"))


def _kinds(row: Row) -> tuple[str, ...]:
    """Of a check to be seen: the kinds."""
    if row.kind != EntryKind.CREDENTIAL:
        return ()
    if row.because != "can_show":
        return (row.more or "",)
    seen = set((row.words or "").split(","))
    return tuple(sorted(set(json.loads(row.more or "[]")) - seen))


def _report(actor: Actor, report: Report, here: Ground) -> EntryView:
    kind = WORRIED if report.for_leads else report.kind
    because = "gathered" if report.gathered and kind != WORRIED else kind
    one = Waiting(EntryKind.REPORT, report.reported_at, because=because)
    risk = risk_of(one, here.ruleset)
    waits = report.due_at is not None and report.acknowledged_at is None
    due = report.due_at if waits else due_at(one, risk, here.ruleset, here.now)
    return EntryView(
        kind="report", ref=report.ref, risk=risk, because=(report.kind,), since=report.reported_at,
        due=due, overdue=due is not None and due <= here.now,
        level=level_of(one, due, risk, here.ruleset, here.now), ward=None, words=report.words,
        about_kind=report.about_kind, about_ref=report.about_ref,
        call_back=report.call_back is not None, gathered=report.gathered, state=report.state,
        own=report.by_member_id is not None and report.by_member_id == actor.member_id,
        unseen=waits and not report.gathered,
    )  # fmt: skip


def held_rows(uow: UnitOfWork, here: Ground) -> Iterator[tuple[Row, Waiting, Risk]]:
    """The rows that a job looks at, with their risk."""
    rules = here.ruleset
    soon = here.now + timedelta(hours=max(rules.broker_hours_before, rules.urgent_hours))
    for row in uow.desk.waiting(here.place.id, here.now, soon=soon, urgent=rules.categories_urgent):
        one = waiting_of(row, here)
        if row.kind != EntryKind.CREDENTIAL or _kinds(row):
            yield row, one, risk_of(one, here.ruleset)
