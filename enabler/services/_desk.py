"""What waits at the custodians' desk. No name, number or address: lists log no sight."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from enabler.domain import conduct
from enabler.domain.needs import Need
from enabler.domain.next_steps import is_urgent, wanted_from
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.persistence.reports import Report
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._limits import proposed_to
from enabler.services._queue import queue_of, reports_of, with_signals
from enabler.services.views import DeskView, EntryView, ReportView

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Sieve:
    """What of the queue is asked for; None and False: all of it. ``whose``: *mine* (in hand) or
    *unclaimed*. Pages are counted from 1."""

    kind: str | None = None
    risk: str | None = None
    ward: str | None = None
    whose: str | None = None
    page: int = 1

    def lets(self, one: EntryView) -> bool:
        """Whether it is one of these."""
        mine = one.claim is not None and one.claim.mine
        return (
            self.kind in (None, one.kind)
            and self.risk in (None, one.risk.value)
            and self.ward in (None, one.ward)
            and (self.whose != "mine" or mine)
            and (self.whose != "unclaimed" or one.claim is None)
        )


EVERYTHING = Sieve()


def desk_view(uow: UnitOfWork, actor: Actor, here: Ground, sieve: Sieve) -> DeskView:
    """The queue through the sieve, a page of it, with the counts of all."""
    place_id = here.place.id
    reports, reports_waiting = reports_of(uow, actor, here)
    everything = queue_of(uow, actor, here, reports)
    let = [one for one in everything if sieve.lets(one)]
    pages = max(1, -(-len(let) // A_PAGE))
    page = min(max(1, sieve.page), pages)
    shown = with_signals(uow, let[(page - 1) * A_PAGE : page * A_PAGE], here)
    counts_hours = here.ruleset.hours
    keeps = counts_hours and allowed(actor, Action.KEEP_HOURS, Subject(place_id))
    hours = uow.desk.hours_waiting(place_id, here.now, actor.member_id) if keeps else None
    return DeskView(
        entries=tuple(shown), found=len(let), page=page, pages=pages,
        counts=Counter(one.kind for one in everything),
        wards=tuple(sorted({one.ward for one in everything if one.ward})),
        overdue=sum(one.overdue for one in everything),
        reports=tuple(report_view(one) for one in reports), reports_waiting=reports_waiting,
        hours_waiting=hours[0] if hours else None, hours_since=hours[1] if hours else None,
        counts_hours=counts_hours, proposals=_proposals(uow, actor, place_id) if hours else (),
        visits_waiting=_visits(uow, here),
    )  # fmt: skip


def _visits(uow: UnitOfWork, here: Ground) -> int:
    since = here.now - conduct.OFTEN_WITHIN
    return uow.conducts.waiting(here.place.id, since, conduct.OFTEN)


def report_view(one: Report) -> ReportView:
    """A report for those who read it."""
    return ReportView(
        ref=one.ref, kind=one.kind, about_kind=one.about_kind, about_ref=one.about_ref,
        words=one.words, reported_at=one.reported_at, call_back=one.call_back,
        gathered=one.gathered, state=one.state, for_leads=one.for_leads, due_at=one.due_at,
        seen=one.acknowledged_at is not None,
    )  # fmt: skip


def _proposals(uow: UnitOfWork, actor: Actor, place_id: int) -> tuple[str, ...]:
    """The names of places that propose limits for hours and wait for an answer."""
    if not allowed(actor, Action.AGREE_LIMITS, Subject(place_id)):
        return ()
    theirs = proposed_to(uow, place_id)
    return tuple(sorted(uow.places.by_id(each.with_place_id).name for each in theirs))


def pressing_first(need: Need, here: Ground) -> tuple[bool, datetime, datetime, int]:
    """What is urgent on top, whichever way its time was said; what is wanted as soon as possible
    comes by how long it has waited."""
    urgent = is_urgent(need, here.ruleset, here.now)
    return not urgent, wanted_from(need), need.posted_at, need.id
