"""Time that was given and is written down afterwards: an afternoon of many, a help between two.

All of it is promised when it is written down, and everybody who was there is told. It counts when
the ruleset's days of silence have passed; where somebody says that it was otherwise, a custodian
decides, and until then it stays a promise.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from enabler.domain.errors import NotFound
from enabler.domain.members import Organisation
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import OrganisationState
from enabler.domain.words import checked_words
from enabler.persistence.hours_events import HoursEvent
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._counting import count
from enabler.services._event_disputes import keep_decision, keep_dispute, keep_taken_back
from enabler.services._event_drafts import EventDraft, HelpDraft, check_parts, checked_event
from enabler.services._event_views import event_check, event_start, event_view
from enabler.services._ground import Ground, ground
from enabler.services._noting import note_event, note_help
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._subjects import of_organisation, place_of
from enabler.services.views.hours_events import (
    EventCheckView,
    EventStart,
    HoursEventView,
    NotedView,
)

__all__ = [
    "EventDraft", "HelpDraft", "begin", "check", "check_draft", "count_silent", "decide",
    "dispute", "record", "record_help", "show", "take_back", "waiting",
]  # fmt: skip

MOST_SHOWN = 200
"""On the desk's list."""


def begin(*, actor: Actor, organisation_ref: str | None, now: datetime) -> EventStart:
    """What to know before an afternoon is written down, for an organisation that the actor leads,
    or as a custodian (then also for none: the community's pot). Raises NotAllowed, NotFound."""
    with reading() as uow:
        organisation, here = _whose(uow, actor, organisation_ref, now)
        return event_start(uow, actor, organisation, here)


def check_draft(*, actor: Actor, draft: EventDraft, now: datetime) -> None:
    """Whether what was said so far means something. Raises Invalid, NotAllowed, NotFound."""
    with reading() as uow:
        organisation, here = _whose(uow, actor, draft.organisation_ref, now)
        check_parts(uow, actor, draft, organisation, here)


def check(*, actor: Actor, draft: EventDraft, now: datetime) -> EventCheckView:
    """An afternoon as ``record`` would keep it; names in it are sights. Raises as ``record``."""
    with unit_of_work() as uow:
        organisation, here = _whose(uow, actor, draft.organisation_ref, now)
        checked = checked_event(uow, actor, draft, organisation, here)
        view = event_check(uow, actor, checked, here)
        uow.commit()
    return view


def record(*, actor: Actor, draft: EventDraft, key: str, now: datetime) -> HoursEventView:
    """Write an afternoon of many down: all of it is promised, and everybody is told.

    Raises NotAllowed, NotFound, Invalid (way, words, day, minutes, one, people),
    LimitReached("events_too_many"), KeyReused.
    """
    with unit_of_work() as uow:
        organisation, here = _whose(uow, actor, draft.organisation_ref, now)

        def act() -> dict[str, Any]:
            checked = checked_event(uow, actor, draft, organisation, here)
            return {"ref": note_event(uow, actor, checked, here).ref}

        arguments = asdict(draft) | {"on_day": str(draft.on_day)}
        result = once(
            uow, "hours_events.record", actor=actor, key=key, arguments=arguments, now=now, act=act,
            again=False,
        )  # fmt: skip
        event = uow.hours_events.by_ref(here.place.id, result["ref"])
        view = event_view(uow, actor, event, here)
        uow.commit()
    return view


def record_help(*, actor: Actor, draft: HelpDraft, key: str, now: datetime) -> HoursEventView:
    """A custodian writes down a help between two that the platform did not see; both are told.

    Raises NotAllowed, NotFound, Invalid (helper, asker, category, day, minutes, known_by),
    KeyReused.
    """
    with unit_of_work() as uow:
        _, here = _whose(uow, actor, None, now)
        result = once(
            uow, "hours_events.record_help", actor=actor, key=key, now=now, again=False,
            arguments=asdict(draft) | {"on_day": str(draft.on_day)},
            act=lambda: {"ref": note_help(uow, actor, draft, here).ref},
        )  # fmt: skip
        event = uow.hours_events.by_ref(here.place.id, result["ref"])
        view = event_view(uow, actor, event, here)
        uow.commit()
    return view


def show(*, actor: Actor, ref: str, now: datetime) -> HoursEventView:
    """What was written down, to those who were there, who may write it down, and custodians.
    Raises NotAllowed, NotFound."""
    with unit_of_work() as uow:
        require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
        event = uow.hours_events.by_ref(place_of(actor), ref)
        view = event_view(uow, actor, event, ground(uow, event.place_id, now))
        uow.commit()
    return view


def dispute(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> HoursEventView:
    """Somebody who is said to have been there says that it was otherwise: their part waits for a
    custodian. Raises NotAllowed, NotFound, WrongMoment, Invalid("words", …), KeyReused."""
    said = checked_words("words", words, most=500)
    with unit_of_work() as uow:
        own(uow, actor, Action.REPORT)
        found = uow.hours_events.by_ref(place_of(actor), ref)
        account = uow.purses.of_member(actor.member_id or 0)
        if account is None or not uow.hours_events.has(found.id, account.number):
            raise NotFound("event_unknown")
        here = ground(uow, found.place_id, now)
        once(
            uow, "hours_events.dispute", actor=actor, key=key, now=now,
            arguments={"ref": found.ref, "words": said},
            act=lambda: keep_dispute(uow, actor, found.id, account.number, said, here),
        )  # fmt: skip
        view = event_view(uow, actor, uow.hours_events.by_ref(found.place_id, found.ref), here)
        uow.commit()
    return view


def waiting(*, actor: Actor, now: datetime) -> tuple[NotedView, ...]:
    """What was written down and has not come to its end: first what waits for a custodian because
    somebody says that it was otherwise, then what counts soon, the oldest first of each (200 at
    most). Raises NotAllowed, NotFound."""
    with reading() as uow:
        _, here = _whose(uow, actor, None, now)
        disputed = {each.id for each in uow.hours_events.disputed(here.place.id)}
        found = uow.hours_events.waiting(here.place.id, disputed, MOST_SHOWN)
        uow.organisations.know(each.organisation_id for each in found if each.organisation_id)
        return tuple(_noted_view(uow, each, each.id in disputed) for each in found)


def _noted_view(uow: UnitOfWork, event: HoursEvent, disputed: bool) -> NotedView:
    number = event.organisation_id
    return NotedView(
        event.ref, event.way, event.words, event.category, event.on_day,
        uow.organisations.by_id(number).name if number else None, event.counts_at, disputed,
    )  # fmt: skip


def decide(
    *, actor: Actor, ref: str, without: frozenset[int], words: str, key: str, now: datetime
) -> HoursEventView:
    """A custodian says which sides (by ``nth``) do not count. Those are let go; the others of
    which somebody said that it was otherwise count at once; what nobody spoke against still waits.

    ``words`` say why, and are kept with the audit. Raises NotFound, NotAllowed (party_to_it;
    second_person_same: whoever wrote it down does not overrule who was there), WrongMoment,
    Invalid("without" or "words", …), KeyReused.
    """
    said = checked_words("words", words, most=500)
    with unit_of_work() as uow:
        event = uow.hours_events.by_ref(place_of(actor), ref)
        require(actor, Action.RECORD_HOURS, Subject(event.place_id))
        here = ground(uow, event.place_id, now)
        once(
            uow, "hours_events.decide", actor=actor, key=key, now=now,
            arguments={"ref": event.ref, "without": sorted(without), "words": said},
            act=lambda: keep_decision(uow, actor, event.id, without, said, here),
        )  # fmt: skip
        view = event_view(uow, actor, uow.hours_events.by_ref(event.place_id, event.ref), here)
        uow.commit()
    return view


def take_back(*, actor: Actor, ref: str, key: str, now: datetime) -> HoursEventView:
    """Whoever may write it down takes back what was written wrongly: what still waits of it is let
    go, and those who were told hear it. Raises NotFound, NotAllowed (party_to_it, but for those who
    lead the organisation whose hours they are), WrongMoment("event_is_over"), KeyReused."""
    with unit_of_work() as uow:
        event = uow.hours_events.by_ref(place_of(actor), ref)
        theirs = _organisation(uow, event)
        subject = of_organisation(theirs) if theirs else Subject(event.place_id)
        require(actor, Action.RECORD_HOURS, subject)
        here = ground(uow, event.place_id, now)
        once(
            uow, "hours_events.take_back", actor=actor, key=key, now=now,
            arguments={"ref": event.ref},
            act=lambda: keep_taken_back(uow, actor, event.id, theirs, here),
        )  # fmt: skip
        view = event_view(uow, actor, uow.hours_events.by_ref(event.place_id, event.ref), here)
        uow.commit()
    return view


def _organisation(uow: UnitOfWork, event: HoursEvent) -> Organisation | None:
    number = event.organisation_id
    return None if number is None else uow.organisations.by_id(number)


def count_silent(*, now: datetime, limit: int = 200) -> int:
    """Count what was written down and nobody spoke against in the ruleset's days; how many."""
    with reading() as uow:
        due = uow.hours_events.due(now, limit)
    return sum(_count_one(event_id, now) for event_id in due)


def _count_one(event_id: int, now: datetime) -> bool:
    with unit_of_work() as uow:
        event = uow.hours_events.lock(event_id)
        sides = [each for each in uow.hours_events.sides(event.id) if each.state == "open"]
        if not sides:
            return False  # decided or disputed while this was coming
        here = ground(uow, event.place_id, now)
        count(uow, Actor.system("count-hours"), event, sides, here, why="silence")
        uow.commit()
    return True


def _whose(
    uow: UnitOfWork, actor: Actor, organisation_ref: str | None, now: datetime
) -> tuple[Organisation | None, Ground]:
    """The organisation (None: the community's), and the ground, where the actor may write down.

    Raises NotAllowed, NotFound (an organisation that is not open; without a time bank).
    """
    organisation = None
    if organisation_ref is not None:
        organisation = uow.organisations.by_ref(place_of(actor), organisation_ref)
    subject = of_organisation(organisation) if organisation else Subject(actor.place_id)
    require(actor, Action.RECORD_HOURS, subject)
    if organisation is not None and organisation.state is not OrganisationState.ACTIVE:
        raise NotFound("organisation_unknown")
    here = ground(uow, subject.place_id or 0, now)
    if not here.ruleset.hours:
        raise NotFound("hours_not_here")
    return organisation, here
