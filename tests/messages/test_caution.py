"""An address goes to nobody whose phone or mail address changed lately; it waits, or is dropped."""

from datetime import timedelta

from enabler.domain.vocabulary import MatchState
from enabler.persistence.tables.members import MemberRow
from tests import rows
from tests.messages.conftest import SOON, Street

HOUR = timedelta(hours=1)


def cautious(street: Street, until: timedelta) -> str:
    """An agreed match, whose helper's phone has changed; its ref."""
    ref = street.matched(
        MatchState.ARRANGED, visit_start=rows.NOON + 2 * HOUR, visit_end=rows.NOON + 3 * HOUR
    )
    street.change(
        lambda uow: setattr(
            uow.session.get_one(MemberRow, street.helper), "caution_until", rows.NOON + until
        )
    )
    return ref


def test_an_address_waits_for_the_end_of_caution(street: Street) -> None:
    ref = cautious(street, 20 * HOUR)
    street.tell("address", match=ref, expires_at=rows.NOON + 40 * HOUR)
    street.deliver()
    assert street.bodies() == []
    assert street.outbox()[0].due_at == rows.NOON + 20 * HOUR
    street.deliver(rows.NOON + 20 * HOUR + SOON)
    assert street.bodies() == ["address Ada"]


def test_an_address_that_would_be_too_late_then_is_dropped(street: Street) -> None:
    ref = cautious(street, 72 * HOUR)
    street.tell("address", match=ref, expires_at=rows.NOON + 40 * HOUR)
    street.deliver()
    assert (street.bodies(), street.states()) == ([], [("dropped", "too_late")])


def test_what_shows_no_address_goes_at_once(street: Street) -> None:
    ref = cautious(street, 72 * HOUR)
    street.tell("arranged", match=ref)
    street.deliver()
    assert street.bodies() == ["arranged Ada"]
