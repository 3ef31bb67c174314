"""What waits at the custodians' desk. No name, number or address: lists log no sight."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from enabler.domain import conduct
from enabler.domain.members import Organisation
from enabler.domain.needs import Need
from enabler.domain.next_steps import is_urgent, wanted_from
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import MatchState, OutboxState
from enabler.persistence.reports import Report
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._hours_desk import waiting_hours
from enabler.services._offer_views import missing
from enabler.services._reporting import readers_of
from enabler.services.views import DeskView, HeldView, ReportView, WaitingView


def desk_view(uow: UnitOfWork, actor: Actor, here: Ground) -> DeskView:
    """Held needs and offers, needs to be brokered, reports: what is most pressing on top.

    A report is read by those who deal with it, a worry by the leads alone, and never by staff who
    are named in it: anybody else at the desk learns how many wait.
    """
    place_id, wards = here.place.id, uow.homes.ward_names(here.place.id)
    reads = allowed(actor, Action.KEEP_CASE, Subject(place_id))
    reports = [one for one in uow.reports.unsettled(place_id)
               if actor.member_id not in one.kept_from]  # fmt: skip
    hands = uow.staff.at_desk(place_id, here.now) if reports else []
    shown = [one for one in reports if actor.member_id in readers_of(one, hands)]
    # Somebody waits for what a need asks for: those come first, the most pressing on top.
    needs = sorted(uow.needs.held_in(place_id), key=lambda one: pressing_first(one, here))
    held = [_held_offer(uow, offer, wards, here) for offer in uow.offers.held_in(place_id)]
    held += [
        _held_organisation(uow, one, wards, here) for one in uow.organisations.held_in(place_id)
    ]
    keeps = here.ruleset.hours and allowed(actor, Action.KEEP_HOURS, Subject(place_id))
    hours = waiting_hours(uow, actor, here) if keeps else None
    return DeskView(
        held=(
            *(_held_need(uow, need, wards, here) for need in needs),
            *sorted(held, key=lambda one: (one.since, one.ref)),
        ),
        waiting=_waiting(uow, wards, here),
        reports=tuple(_report(one) for one in shown) if reads else (),
        reports_waiting=len(reports),
        messages_in_doubt=uow.outbox.in_state(OutboxState.UNKNOWN, place_id),
        hours_waiting=hours.total if hours else None, hours_since=hours.oldest if hours else None,
        counts_hours=here.ruleset.hours, visits_waiting=_visits(uow, here),
    )  # fmt: skip


def _visits(uow: UnitOfWork, here: Ground) -> int:
    since = here.now - conduct.OFTEN_WITHIN
    often = uow.conducts.often(here.place.id, since, conduct.OFTEN)
    return len(uow.conducts.disputed(here.place.id)) + len(often)


def _report(one: Report) -> ReportView:
    return ReportView(
        ref=one.ref, kind=one.kind, about_kind=one.about_kind, about_ref=one.about_ref,
        words=one.words, reported_at=one.reported_at, call_back=one.call_back,
        gathered=one.gathered, state=one.state, for_leads=one.for_leads, due_at=one.due_at,
        seen=one.acknowledged_at is not None,
    )  # fmt: skip


def pressing_first(need: Need, here: Ground) -> tuple[bool, datetime, datetime, int]:
    """What is urgent on top, whichever way its time was said; what is wanted as soon as possible
    comes by how long it has waited."""
    urgent = is_urgent(need, here.ruleset, here.now)
    return not urgent, wanted_from(need), need.posted_at, need.id


def _held_need(uow: UnitOfWork, need: Need, wards: dict[int, str], here: Ground) -> HeldView:
    return HeldView(
        kind="need", ref=need.ref, category=need.category, categories=(need.category,),
        words=need.words, because=need.held_because or "", since=need.posted_at,
        ward=wards[need.cell.ward_id], organisation=None,
        giver_ref=uow.homes.member(need.asker_id).ref, missing_credentials=(),
        urgent=is_urgent(need, here.ruleset, here.now), any_time=not need.windows,
    )  # fmt: skip


def _held_offer(uow: UnitOfWork, offer: Offer, wards: dict[int, str], here: Ground) -> HeldView:
    organisation = uow.organisations.by_id(offer.organisation_id) if offer.organisation_id else None
    giver_ref = organisation.ref if organisation else uow.homes.member(offer.member_id or 0).ref
    return HeldView(
        kind="offer", ref=offer.ref, category=offer.categories[0], categories=offer.categories,
        words=offer.words, because=offer.held_because or "", since=offer.posted_at,
        ward=wards[offer.ward_id], organisation=organisation.name if organisation else None,
        giver_ref=giver_ref, missing_credentials=missing(uow, offer, here),
    )  # fmt: skip


def _held_organisation(
    uow: UnitOfWork, organisation: Organisation, wards: dict[int, str], here: Ground
) -> HeldView:
    seen = uow.credentials.valid_of((None, organisation.id), here.now)
    return HeldView(
        kind="organisation", ref=organisation.ref, category="", categories=(),
        words=organisation.about or "", because="organisation_register",
        since=organisation.created_at or here.now, ward=wards[organisation.ward_id],
        organisation=organisation.name, giver_ref=organisation.ref,
        missing_credentials=tuple(sorted(set(organisation.can_show) - seen)),
    )  # fmt: skip


def _waiting(uow: UnitOfWork, wards: dict[int, str], here: Ground) -> tuple[WaitingView, ...]:
    """Open needs for which nobody was found, or that are urgent; the most pressing on top."""
    rules = here.ruleset
    soon = here.now + timedelta(hours=max(rules.broker_hours_before, rules.urgent_hours))
    found = uow.needs.waiting_in(here.place.id, soon, rules.categories_urgent)
    return waiting_views(uow, found, wards, here)


def waiting_views(
    uow: UnitOfWork, needs: Sequence[Need], wards: dict[int, str], here: Ground
) -> tuple[WaitingView, ...]:
    """Needs for a list of those that nobody has taken, the most pressing on top."""
    counts = uow.matches.counts(need.id for need in needs)
    return tuple(
        WaitingView(
            ref=need.ref, category=need.category, ward=wards[need.cell.ward_id],
            since=need.posted_at, needed_by=need.needed_by,
            asked=sum(counts.get(need.id, {}).values()),
            declined=counts.get(need.id, {}).get(MatchState.DECLINED, 0),
            urgent=is_urgent(need, here.ruleset, here.now), any_time=not need.windows,
        )
        for need in sorted(needs, key=lambda one: pressing_first(one, here))
    )  # fmt: skip
