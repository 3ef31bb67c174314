"""A report is kept, and those who look after safety are told, but for those whom it names: the lead
who comes first where the place has an order of them, else all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from enabler.domain.permissions import Actor
from enabler.domain.reports import (
    FROM_ALL,
    FROM_ONE,
    LOOK_QUESTION,
    ODD_LOOK,
    OF_A_MATCH,
    WORRIED,
    check_flood,
    is_flood,
    kept_from,
    names,
    names_in_part,
    readers,
)
from enabler.domain.signal_codes import TELLS_LEAD
from enabler.domain.signals import findings_in
from enabler.domain.vocabulary import Priority, Role
from enabler.persistence.reports import Report
from enabler.persistence.staff import DeskHand
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._tell import tell
from enabler.services._worry_clock import due_of

STRANGERS_SECONDS, FLOOD_SECONDS = 600, 3600
"""Reports of strangers are all kept. Of so many seconds the first goes to each lead at once, and
what follows in one letter at their end; of a flood there is one letter an hour and no more."""
_FIRST = {ODD_LOOK: "odd_look_lead", LOOK_QUESTION: "look_question_lead"}
"""Of what a lead hears in a letter of its own, by the kind of report."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about, and the members whose it is."""

    kind: str
    ref: str | None = None
    parties: frozenset[int | None] = frozenset()
    line: int | None = None


def keep_report(
    uow: UnitOfWork, actor: Actor, place_id: int, about: About, kind: str, words: str, *,
    now: datetime, call_back: str | None = None, from_address_hash: str | None = None,
    for_leads: bool = False, ref: str | None = None,
) -> Report:  # fmt: skip
    """Keep it and tell the leads. Whom it names neither sees it nor hears of it. ``for_leads``:
    they alone read it, though it is no worry; ``ref``: which it has, where that was given out.

    Raises LimitReached where strangers send too many; never of a worry.
    """
    gathered = _is_stranger(actor) and _gathered(uow, place_id, from_address_hash, kind, now)
    at_desk = uow.staff.at_desk(place_id, now)
    named = whom_it_names(uow, place_id, about, words, now) - {actor.member_id}
    worry = is_worry(kind, words)
    due = due_of(uow, place_id, now) if worry else None
    kept = uow.reports.add(
        place_id=place_id, ref=ref or uow.refs.new(place_id, "report"),
        by_member_id=actor.member_id, about_kind=about.kind, about_ref=about.ref,
        about_line=about.line, kind=kind, words=words, call_back=call_back,
        kept_from=sorted(named) or None, reported_at=now,
        gathered=gathered,
        from_address_hash=from_address_hash, due_at=due, tell_next_at=due,
        for_leads=worry or for_leads,
    )  # fmt: skip
    uow.audit.record(
        actor, "report.made", place_id=place_id, subject=("report", kept.id, kept.ref),
        now=now, states=(None, "open"), why=kind,
    )  # fmt: skip
    hearing = first_to_hear(uow, kept, at_desk)
    for member_id in hearing:
        _tell(uow, actor, kept, member_id, now)
    if not hearing:
        tell_no_reader(uow, kept, at_desk, now)
    return kept


def is_worry(kind: str, words: str) -> bool:
    """Whether it is for the leads, with their clock: somebody says that they worry, or writes of
    despair or of harm under whatever kind they chose."""
    return kind == WORRIED or any(one.code in TELLS_LEAD for one in findings_in(words))


def whom_it_names(
    uow: UnitOfWork, place_id: int, about: About, words: str, now: datetime
) -> frozenset[int]:
    """Whose it is, everybody who acts for an organisation that it is about, and the staff named in
    the words: whoever of them is at the desk, or comes to it later, neither sees it nor hears of
    it. Where it is about staff a first or a last name alone is enough, as long as somebody is left
    who looks after safety."""
    hands = uow.staff.at_desk(place_id, now)
    known = [(hand.member_id, hand.role) for hand in hands]
    acting = uow.colleagues.ids_of(_organisations(uow, place_id, about), now).values()
    whose = frozenset(each for each in about.parties if each).union(*acting)
    said = frozenset(hand.member_id for hand in hands if names(words, hand.name))
    of_staff = about.kind == "staff"
    if of_staff:
        in_part = {hand.member_id for hand in hands if names_in_part(words, hand.name)}
        wider = kept_from(known, whose, said | in_part, of_staff=True)
        if readers(known, wider, for_leads=True):
            return wider
    order = uow.safeguarding.plan(place_id).hands
    return kept_from(known, whose, said, of_staff=of_staff, order=order)


def _organisations(uow: UnitOfWork, place_id: int, about: About) -> frozenset[int]:
    """The ids of the organisations that it is about."""
    found: list[int | None] = []
    if about.ref is None:
        return frozenset()
    if about.kind == "organisation":
        found = [uow.organisations.by_ref(place_id, about.ref).id]
    elif about.kind == "offer":
        found = [uow.offers.by_ref(place_id, about.ref).organisation_id]
    elif about.kind == "need":
        found = [uow.needs.by_ref(place_id, about.ref).organisation_id]
    elif about.kind in OF_A_MATCH:
        match = uow.matches.by_ref(None, about.ref)
        asking = uow.needs.by_id(match.need_id).organisation_id
        found = [asking, uow.offers.by_id(match.offer_id).organisation_id]
    return frozenset(one for one in found if one is not None)


def _is_stranger(actor: Actor) -> bool:
    """What the house itself reports is no stranger's: it goes at once."""
    return actor.member_id is None and actor.kind != "system"


def readers_of(
    report: Report, at_desk: Sequence[DeskHand], *, for_leads: bool | None = None
) -> frozenset[int]:
    """Who at the desk reads a report in full; with ``for_leads`` as if it were for them."""
    hands = ((hand.member_id, hand.role) for hand in at_desk)
    alone = report.for_leads if for_leads is None else for_leads
    return readers(hands, report.kept_from, for_leads=alone, told=report.told_times)


def first_to_hear(uow: UnitOfWork, report: Report, at_desk: Sequence[DeskHand]) -> list[int]:
    """Who hears of a new report: the first of the leads by the place's order, else each of them."""
    leads = readers_of(report, at_desk, for_leads=True)
    ordered = [one for one in uow.safeguarding.plan(report.place_id).hands if one in leads]
    return ordered[:1] or sorted(leads)


def tell_no_reader(
    uow: UnitOfWork, report: Report, at_desk: Sequence[DeskHand], now: datetime
) -> None:
    """Nobody at the desk may read it: the administrators hear, without a word of it and also where
    it names them, that somebody else must be made a lead. Once a day."""
    for hand in at_desk:
        if hand.role is Role.ADMINISTRATOR:
            tell(
                uow, place_id=report.place_id, member_id=hand.member_id,
                template="report_unread_staff", parameters={"unread": report.ref},
                priority=Priority.SAFETY, by_mail=True, now=now,
                dedupe_key=f"report:unread:{report.ref}:{hand.member_id}:{now.date()}",
            )  # fmt: skip


def _gathered(
    uow: UnitOfWork, place_id: int, from_address_hash: str | None, kind: str, now: datetime
) -> bool:
    """Whether it comes in a flood. What went wrong waits then; a worry is kept all the same."""
    newest = [uow.reports.nth_newest_of_strangers(place_id, FROM_ALL)]
    if from_address_hash is not None:
        newest.append(uow.reports.nth_newest_of_strangers(
            place_id, FROM_ONE, from_address_hash=from_address_hash
        ))  # fmt: skip
    if kind != WORRIED:
        check_flood(newest, now)
    return is_flood(newest, now)


def _tell(uow: UnitOfWork, actor: Actor, report: Report, member_id: int, now: datetime) -> None:
    first = _FIRST.get(report.kind) or (
        "worried_lead" if report.for_leads else "went_wrong_lead"
    )  # fmt: skip
    if not _is_stranger(actor):
        _letter(uow, report, member_id, first, f"{report.ref}:{member_id}", now)
        return
    seconds = FLOOD_SECONDS if report.gathered else STRANGERS_SECONDS
    number = int(now.timestamp()) // seconds
    ends = datetime.fromtimestamp((number + 1) * seconds, UTC)
    slot = f"stranger:{report.kind}:{number}:{member_id}"
    if report.gathered or not _letter(uow, report, member_id, first, slot, now):
        more = f"more:{'flood' if report.gathered else report.kind}:{number}:{member_id}"
        _letter(uow, report, member_id, "more_reports_lead", more, now, due_at=ends)


def _letter(
    uow: UnitOfWork, report: Report, member_id: int, template: str, of: str, now: datetime, *,
    due_at: datetime | None = None,
) -> bool:  # fmt: skip
    """Whether it was queued: it is not where there is one of the same name."""
    return tell(
        uow, place_id=report.place_id, member_id=member_id, template=template,
        parameters={"report": report.ref}, priority=Priority.SAFETY, now=now, by_mail=True,
        dedupe_key=f"report:{of}", due_at=due_at,
    )  # fmt: skip
