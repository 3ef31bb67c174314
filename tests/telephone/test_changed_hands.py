"""A number that somebody else has by now: whoever had it before asked, and was asked, other things,
and none of it is the new one's to read or to answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from enabler.domain.vocabulary import MatchState, MemberState
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import hours, mine
from tests.builders import BuiltMember
from tests.telephone.phones import number_of
from tests.telephone.street import Street, a_street

OTHER = "+447700900888"


@pytest.fixture
def street(app: Flask) -> Iterator[Street]:
    with app.app_context():
        yield a_street()


def has_now(member: BuiltMember, number: str) -> None:
    """Somebody has this number from now on."""
    with unit_of_work() as uow:
        theirs = update(ContactRow).where(
            ContactRow.member_id == member.id, ContactRow.kind == "phone"
        )
        uow.session.execute(theirs.values(value=number))
        uow.commit()


def goes_on(street: Street, former: BuiltMember, to: BuiltMember) -> str:
    """The number goes from one to the other."""
    number = number_of(former)
    has_now(former, OTHER)
    has_now(to, number)
    return number


def test_what_was_half_said_is_not_read_out_or_posted(street: Street) -> None:
    before = number_of(street.ann)
    street.text(before, "can someone get me my tablets tomorrow 10am")
    street.text(before, "GIVE 30 " + street.hal.ref)
    number = goes_on(street, street.ann, street.eve)
    needs = mine.everything(actor=street.eve.actor, now=street.now).needs
    for text in ("yes", "1", "A1", "B1", "C1", "D1", "B", "no"):
        said = " ".join(street.text(number, text))
        assert "prescription" not in said
        assert "Hal" not in said
    assert mine.everything(actor=street.eve.actor, now=street.now).needs == needs
    assert hours.balance(actor=street.eve.actor, now=street.now).available == 600
    assert hours.balance(actor=street.ann.actor, now=street.now).posted == 600


def test_an_ask_of_whoever_had_it_is_not_answered(street: Street) -> None:
    street.deliver()
    number = goes_on(street, street.hal, street.carol)
    said = " ".join(street.text(number, text)[0] for text in ("yes", "A1", "MY"))
    assert "dog" not in said.lower()
    with reading() as uow:
        state = uow.matches.by_ref(street.ann.place.id, street.asked).state
    assert state is MatchState.ASKED


def test_the_number_with_nobody_behind_it_means_nothing_of_theirs(street: Street) -> None:
    before = number_of(street.ann)
    street.text(before, "can someone get me my tablets tomorrow 10am")
    has_now(street.ann, OTHER)
    said = " ".join(each for text in ("yes", "A1", "B1") for each in street.text(before, text))
    assert "tablets" not in said
    assert "prescription" not in said


def test_a_text_that_waited_is_not_acted_upon_as_the_new_ones(street: Street) -> None:
    street.deliver()
    street.now += timedelta(minutes=1)
    number = number_of(street.ann)
    street.keep(number, "AWAY till Friday")
    goes_on(street, street.ann, street.eve)
    street.work(number)
    with reading() as uow:
        assert uow.homes.member(street.eve.id).state is MemberState.ACTIVE
