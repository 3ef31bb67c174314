"""A code for something of one's own goes to where it can arrive."""

import pytest

from enabler.domain.errors import WrongMoment
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import mandate_asks
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.services.contacting import secrets
from tests.services.deeds import a_key
from tests.services.mandating import rows


@pytest.fixture
def stopped(place: BuiltPlace) -> BuiltMember:
    """Rose, who wants no texts any more."""
    rose = a_member(place, "Rose Long")
    with unit_of_work() as uow:
        uow.session.get_one(MemberRow, rose.id).stopped_at = NOW
        uow.commit()
    return rose


def send(who: BuiltMember) -> str:
    return mandate_asks.send_own_code(
        actor=who.actor, browser="b", from_address="192.0.2.1", secrets=secrets(), key=a_key(),
        now=NOW,
    )  # fmt: skip


def test_whoever_stopped_our_texts_has_the_code_of_a_mandate_by_mail(stopped: BuiltMember) -> None:
    with unit_of_work() as uow:
        uow.session.add(ContactRow(
            place_id=stopped.place.id, member_id=stopped.id, kind="mail",
            value="rose@example.org", verified_at=NOW,
        ))  # fmt: skip
        uow.commit()
    assert send(stopped) == "mail"
    (letter,) = rows(OutboxRow, template="mandate_code")
    assert letter.to_value == "rose@example.org"


def test_whom_nothing_reaches_is_told_so(stopped: BuiltMember) -> None:
    with pytest.raises(WrongMoment, match="no_way_to_reach_you"):
        send(stopped)
    assert rows(OutboxRow, template="mandate_code") == []
