"""Time that was given, written down: promised at once, all of it or nothing, and everybody told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from enabler.domain.errors import Invalid, LimitReached
from enabler.domain.hours import Pot
from enabler.domain.members import Organisation
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import Priority
from enabler.persistence.hours_events import HoursEvent
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._accounts import member_account, organisation_account, paying_pot
from enabler.services._event_drafts import (
    CheckedEvent,
    HelpDraft,
    check_days,
    checked_help,
    community_pot,
)
from enabler.services._ground import Ground
from enabler.services._hours_policy import policy_of
from enabler.services._tell import tell
from enabler.timebank.accounts import Account
from enabler.timebank.events import EventWay, Promised, Share, promised, shares
from enabler.timebank.limits import credited
from enabler.timebank.transfers import Reason

MOST_A_DAY = 6
"""Afternoons of one organisation in 24 hours."""


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is kept of one event beside its sides; ``ward_id``: whose pot steps in first."""

    way: EventWay
    on_day: date
    ward_id: int
    words: str | None = None
    known_by: str | None = None
    category: str | None = None
    organisation: Organisation | None = None


def counts_at(here: Ground) -> timedelta:
    """How long those who were there have to say that it was otherwise."""
    return timedelta(days=here.ruleset.confirm_days)


def note_event(uow: UnitOfWork, actor: Actor, event: CheckedEvent, here: Ground) -> HoursEvent:
    """Write an afternoon of many down. Raises Invalid("people", …), LimitReached."""
    members = {each.member.id for each in event.people}
    members |= {event.one.id} if event.one else set()
    accounts = _opened(uow, members, event.organisation, here)
    _require_not_too_often(uow, event.organisation, here)
    if event.way is EventWay.MANY_TO_ONE:  # once more, while nobody else writes of them
        check_days(uow, actor, event.people, event.on_day, event.organisation, here)
    many = [(accounts[each.member.id].number, each.minutes) for each in event.people]
    one = _the_one(uow, event, accounts, here)
    owed = shares(event.way, one, many)
    organisation = event.organisation
    noted = _Noted(
        event.way, event.on_day, organisation.ward_id if organisation else 0, words=event.words,
        organisation=organisation,
    )  # fmt: skip
    return _keep(uow, actor, noted, owed, {a.number: m for m, a in accounts.items()}, here)


def _require_not_too_often(
    uow: UnitOfWork, organisation: Organisation | None, here: Ground
) -> None:
    """Raises LimitReached. The organisation is locked by the caller."""
    if organisation is not None:
        since = here.now - timedelta(days=1)
        written = uow.hours_events.written_since(here.place.id, organisation.id, since)
        if written >= MOST_A_DAY:
            raise LimitReached("events_too_many", most=MOST_A_DAY)


def _the_one(
    uow: UnitOfWork, event: CheckedEvent, accounts: Mapping[int, Account], here: Ground
) -> int:
    """The account of the one: whoever taught; else of the organisation, or the community's pot."""
    if event.one is not None:
        return accounts[event.one.id].number
    if event.organisation is not None:
        return uow.purses.for_organisation(here.place.id, event.organisation.id, 0).number
    return community_pot(uow, here).account


def note_help(uow: UnitOfWork, actor: Actor, draft: HelpDraft, here: Ground) -> HoursEvent:
    """Write one help between two down, under the rules of a help that was confirmed. Raises
    Invalid at the part that means nothing, ("minutes", day_is_full), or ("helper",
    help_noted_already) where somebody wrote the same help down and it still waits."""
    helper, asker, known_by = checked_help(uow, actor, draft, here)
    accounts = _opened(uow, {helper.id, asker.id}, None, here)
    earner, policy = accounts[helper.id].number, policy_of(here.ruleset)
    payer = accounts[asker.id].number
    known = uow.hours_events.waiting_help(payer, earner, draft.on_day, draft.category)
    if known is not None:
        raise Invalid("helper", "help_noted_already", ref=known)
    already = uow.help_hours.credited_on(helper.id, draft.on_day, 0)
    already += uow.hours_events.earned_on(earner, draft.on_day)
    minutes = credited(draft.minutes, policy, already_today=already)
    if minutes < 1:
        raise Invalid("minutes", "day_is_full", most=policy.most_per_day)
    cell = uow.homes.cell_of(asker.id)
    noted = _Noted(
        EventWay.HELP, draft.on_day, cell.ward_id if cell else 0, known_by=known_by,
        category=draft.category,
    )  # fmt: skip
    owed = (Share(payer, earner, minutes),)
    return _keep(uow, actor, noted, owed, {a.number: m for m, a in accounts.items()}, here)


def _opened(
    uow: UnitOfWork, members: Iterable[int], organisation: Organisation | None, here: Ground
) -> dict[int, Account]:
    """Everybody's account by member. People and organisations are held in the order of their ids,
    before any account: two who write at once do not wait in a ring."""
    ids = sorted(members)
    uow.homes.lock(ids)
    if organisation is not None:
        uow.organisations.lock(organisation.id)
    return {each: uow.purses.for_member(here.place.id, each, 0) for each in ids}


def _keep(
    uow: UnitOfWork, actor: Actor, noted: _Noted, owed: tuple[Share, ...],
    members: Mapping[int, int], here: Ground,
) -> HoursEvent:  # fmt: skip
    """The promises, the row with its sides, the audit, the letters. ``members``: by account."""
    place_id = here.place.id
    # What lies in a pot is the custodians' to give: for others it is a flag that they decide.
    gives = allowed(actor, Action.RECORD_HOURS, Subject(place_id))
    minutes = sum(share.minutes for share in owed)
    pot = paying_pot(uow, place_id, noted.ward_id, here.ruleset, minutes) if gives else None
    payers, lending = _payers(uow, noted, owed, members, pot, here)
    ref = uow.refs.new(place_id, "event")
    reason = Reason.HELP if noted.way is EventWay.HELP else Reason.EVENT
    held = promised(ref, owed, payers, pot=lending, reason=reason)
    uow.ledger.post_all([each for one in held for each in one.transfers], here.now)
    event = uow.hours_events.add(
        [_side(each) for each in held], place_id=place_id, ref=ref, way=noted.way.value,
        words=noted.words, known_by=noted.known_by, on_day=noted.on_day, category=noted.category,
        organisation_id=noted.organisation.id if noted.organisation else None,
        recorded_by=actor.member_id, recorded_at=here.now, counts_at=here.now + counts_at(here),
    )  # fmt: skip
    uow.audit.record(
        actor, "hours-event.noted", place_id=place_id, subject=("hours-event", event.id, ref),
        now=here.now, states=(None, "open"),
        on_behalf_of=noted.organisation.ref if noted.organisation else None,
    )  # fmt: skip
    _tell(uow, actor, event, owed, members, here)
    if uow.purses.any_pots(each.debit for one in held for each in one.transfers):
        _tell_desk(uow, actor, event, set(members.values()), here)
    if noted.organisation is not None and noted.way is EventWay.MANY_TO_ONE:
        _tell_leads(uow, actor, event, noted.organisation, set(members.values()), here)
    return event


def _payers(
    uow: UnitOfWork, noted: _Noted, owed: tuple[Share, ...], members: Mapping[int, int],
    pot: Pot | None, here: Ground,
) -> tuple[dict[int, Account], Account | None]:  # fmt: skip
    """Who pays, by account, and the pot that steps in: held together, with the floors due."""
    place_id, rules = here.place.id, here.ruleset
    numbers = {n for each in owed for n in (each.payer, each.earner)}
    found = uow.ledger.lock(*numbers, *((pot.account,) if pot else ()))
    payers = {}
    for number in sorted({each.payer for each in owed}):
        if number in members:
            payers[number] = member_account(uow, place_id, members[number], rules)
        elif noted.organisation is not None:
            payers[number] = organisation_account(uow, place_id, noted.organisation.id, rules)
        else:
            payers[number] = found[number]
    return payers, found[pot.account] if pot else None


def _side(each: Promised) -> dict[str, int]:
    return {
        "nth": each.nth, "payer_id": each.share.payer, "earner_id": each.share.earner,
        "minutes": each.share.minutes, "by_pot": each.by_pot, "unpaid": each.unpaid,
    }  # fmt: skip


def _tell(
    uow: UnitOfWork, actor: Actor, event: HoursEvent, owed: tuple[Share, ...],
    members: Mapping[int, int], here: Ground,
) -> None:  # fmt: skip
    """Everybody who was there hears of it, but for whoever wrote it down; until it counts."""
    earners = {members[each.earner] for each in owed if each.earner in members}
    for member_id in sorted(set(members.values()) - {actor.member_id or 0}):
        template = "hours_noted_in" if member_id in earners else "hours_noted_out"
        tell(
            uow, place_id=event.place_id, member_id=member_id, template=template,
            parameters={"event": event.ref}, priority=Priority.MATCH, now=here.now,
            dedupe_key=f"hours_noted:{event.ref}:{member_id}", expires_at=event.counts_at,
        )  # fmt: skip


def _tell_leads(
    uow: UnitOfWork, actor: Actor, event: HoursEvent, organisation: Organisation,
    members: set[int], here: Ground,
) -> None:  # fmt: skip
    """Whoever leads an organisation hears that its hours are to go where somebody wrote it down
    who does not lead it, or who gets some of them: nobody gives its hours behind its back."""
    leads = set(uow.organisations.leads(organisation.id, here.now))
    if actor.member_id in leads and actor.member_id not in members:
        return
    for member_id in sorted(leads - {actor.member_id or 0}):
        tell(
            uow, place_id=event.place_id, member_id=member_id, template="hours_noted_of",
            parameters={"event": event.ref}, priority=Priority.MATCH, now=here.now,
            dedupe_key=f"hours_noted_of:{event.ref}:{member_id}", expires_at=event.counts_at,
        )  # fmt: skip


def _tell_desk(
    uow: UnitOfWork, actor: Actor, event: HoursEvent, members: set[int], here: Ground
) -> None:
    """The other custodians hear of it where a pot pays: a grant takes two of them, and nobody
    empties a pot alone without one of the others having heard of it."""
    hands = uow.staff.who_may(Action.RECORD_HOURS, here.place.id, here.now)
    for member_id in sorted(hands - members - {actor.member_id or 0}):
        tell(
            uow, place_id=event.place_id, member_id=member_id, template="hours_noted_staff",
            parameters={"event": event.ref}, priority=Priority.REMINDER, by_mail=True,
            now=here.now, dedupe_key=f"hours_noted_staff:{event.ref}:{member_id}",
            expires_at=event.counts_at,
        )  # fmt: skip
