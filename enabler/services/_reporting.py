"""A report is kept, and those who look after safety are told: all leads but those it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.permissions import Actor
from enabler.domain.reports import names
from enabler.domain.vocabulary import Priority, Role
from enabler.persistence.reports import Report
from enabler.persistence.staff import DeskHand
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._tell import tell

STRANGERS_SECONDS = 600
"""Reports of strangers are all kept; each lead gets one mail for so many seconds of them."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about, and the members whose it is."""

    kind: str
    ref: str | None = None
    parties: frozenset[int | None] = frozenset()


def keep_report(
    uow: UnitOfWork, actor: Actor, place_id: int, about: About, kind: str, words: str, *,
    now: datetime, call_back: str | None = None,
) -> Report:  # fmt: skip
    """Keep it and tell the leads. Staff whom it names neither see it nor hear of it."""
    at_desk = uow.staff.at_desk(place_id, now)
    parties = about.parties - {actor.member_id}
    named = {
        hand.member_id for hand in at_desk if hand.member_id in parties or names(words, hand.name)
    }
    kept = uow.reports.add(
        place_id=place_id, ref=uow.refs.new(place_id, "report"),
        by_member_id=actor.member_id, about_kind=about.kind, about_ref=about.ref, kind=kind,
        words=words, call_back=call_back, kept_from=sorted(named) or None, reported_at=now,
    )  # fmt: skip
    uow.audit.record(
        actor, "report.made", place_id=place_id, subject=("report", kept.id, kept.ref),
        now=now, states=(None, "open"), why=kind,
    )  # fmt: skip
    for member_id in _readers(at_desk, named):
        _tell(uow, actor, kept, member_id, now)
    return kept


def _readers(at_desk: Sequence[DeskHand], named: set[int]) -> list[int]:
    """The leads whom it does not name; where there is none, the custodians."""
    for role in (Role.SAFEGUARDING_LEAD, Role.CUSTODIAN):
        found = {hand.member_id for hand in at_desk if hand.role is role} - named
        if found:
            return sorted(found)
    return []


def _tell(uow: UnitOfWork, actor: Actor, report: Report, member_id: int, now: datetime) -> None:
    which = report.ref
    if actor.member_id is None:
        which = f"stranger:{report.kind}:{int(now.timestamp()) // STRANGERS_SECONDS}"
    tell(
        uow, place_id=report.place_id, member_id=member_id,
        template="worried_lead" if report.kind == "worried" else "went_wrong_lead",
        parameters={"report": report.ref}, priority=Priority.SAFETY, now=now, by_mail=True,
        dedupe_key=f"report:{which}:{member_id}",
    )  # fmt: skip
