"""An afternoon of many as tests write it down, and what it comes to."""

from datetime import date, timedelta
from typing import Any

from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import hours_events
from enabler.services.hours_events import EventDraft, HelpDraft
from enabler.services.laws import check
from enabler.services.views.hours_events import HoursEventView
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import NOW, BuiltMember, BuiltOrganisation, BuiltPlace
from tests.services.deeds import a_key

SATURDAY = date(2026, 3, 7)
LATER = NOW + timedelta(days=3)
"""When the ruleset's days of silence have passed."""


def draft_of(*people: BuiltMember, **said: Any) -> EventDraft:
    """Everybody was there for two hours, unless it is said otherwise."""
    known = {
        "way": "many-to-one", "words": "Clean-up of Elm Park", "minutes": 120, "on_day": SATURDAY,
        "people": tuple((each.ref, None) for each in people),
    }  # fmt: skip
    return EventDraft(**(known | said))


def noted(
    writer: BuiltMember, *people: BuiltMember, key: str | None = None, **said: Any
) -> HoursEventView:
    """Write it down."""
    return hours_events.record(
        actor=writer.actor, draft=draft_of(*people, **said), key=key or a_key(), now=NOW
    )


def help_noted(
    writer: BuiltMember, one: BuiltMember, other: BuiltMember, **said: Any
) -> HoursEventView:
    """A custodian writes down that one helped the other."""
    known = {
        "helper": one.ref, "asker": other.ref, "category": "shopping", "on_day": SATURDAY,
        "minutes": 60, "known_by": "Both rang on Monday.",
    }  # fmt: skip
    return hours_events.record_help(
        actor=writer.actor, draft=HelpDraft(**(known | said)), key=a_key(), now=NOW
    )


def stands(member: BuiltMember | BuiltOrganisation) -> tuple[int, int]:
    """What an account has, and what of that is promised."""
    with reading() as uow:
        is_person = isinstance(member, BuiltMember)
        of = uow.purses.of_member if is_person else uow.purses.of_organisation
        account = of(member.id)
    return (0, 0) if account is None else (account.posted, account.held)


def give_to(place: BuiltPlace, organisation: BuiltOrganisation, minutes: int) -> None:
    """The council gives an organisation hours to begin with."""
    with unit_of_work() as uow:
        account = uow.purses.for_organisation(place.id, organisation.id, 0)
        uow.ledger.post(
            Transfer(f"grant:{organisation.ref}", place.id, uow.purses.issue(place.id).number,
                     account.number, minutes, Reason.GRANT),
            NOW,
        )  # fmt: skip
        uow.commit()


def broken_laws() -> dict[str, int]:
    """What of the laws of hours does not hold."""
    return {one.what: one.count for one in check(now=NOW) if one.law == 2 and one.count}
