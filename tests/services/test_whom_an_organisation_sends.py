"""What the law demands of whoever does it is asked of the person, not of the organisation."""

from datetime import datetime, timedelta

import pytest

from enabler.domain.errors import Invalid
from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.vocabulary import CredentialKind, MatchState, Role
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import checks_ending, matches
from enabler.services.views import MatchView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.acting import acting, assign, said_yes
from tests.services.test_asking import texts

K = CredentialKind
HOUR = timedelta(hours=1)


@pytest.fixture
def carers(place: BuiltPlace) -> BuiltOrganisation:
    """An organisation whose own checks are as high as can be."""
    carers = an_organisation(place, credentials=[K.IDENTITY, K.DBS_BOTH, K.DRIVING])
    an_offer(carers, "cleaning")
    return carers


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


@pytest.fixture
def ref(asker: BuiltMember, carers: BuiltOrganisation) -> str:
    """Personal care, which its owner said yes to."""
    care = {"setting": Setting.HOME, "circumstances": (Circumstance.CARE,)}
    return said_yes(asker, carers, category="cleaning", **care)


def show(who: BuiltMember, ref: str, now: datetime = NOW) -> MatchView:
    return matches.show(actor=who.actor, ref=ref, now=now)


def colleague(place: BuiltPlace, carers: BuiltOrganisation, *checks: K) -> BuiltMember:
    person = a_member(place, "Hetty Hands", credentials=checks)
    return acting(person, carers, Role.ORGANISATION_HELPER)


def test_whoever_said_yes_without_them_sees_no_address_and_the_asker_is_told(
    asker: BuiltMember, carers: BuiltOrganisation, ref: str
) -> None:
    shown = show(carers.owner, ref)
    assert (shown.state, shown.address) == (MatchState.ACCEPTED, None)
    assert shown.day is not None
    assert "dbs-adults" in shown.day.missing
    assert [row.member_id for row in texts("check_gap_asker")] == [asker.id]


def test_nobody_is_sent_without_them(
    place: BuiltPlace, carers: BuiltOrganisation, ref: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        assign(carers.owner, ref, colleague(place, carers, K.IDENTITY, K.DBS_BASIC))
    assert (wrong.value.field, wrong.value.code) == ("who", "colleague_unchecked")


def test_whoever_has_them_goes(
    place: BuiltPlace, asker: BuiltMember, carers: BuiltOrganisation, ref: str
) -> None:
    hetty = colleague(place, carers, K.IDENTITY, K.DBS_ADULTS)
    assign(carers.owner, ref, hetty)
    assert show(hetty, ref).address is not None
    assert asker.id in {row.member_id for row in texts("check_back")}
    with unit_of_work() as uow:
        for one in uow.credentials.of_holder((hetty.id, None)):
            uow.credentials.revoke(one.id, by="a test", because="Not theirs.", now=NOW + HOUR)
        uow.commit()
    assert show(hetty, ref, NOW + HOUR).address is None


def test_who_sends_nobody_in_time_gives_it_to_others(carers: BuiltOrganisation, ref: str) -> None:
    checks_ending.give_to_others(now=NOW + HOUR)
    assert show(carers.owner, ref, NOW + HOUR).state is MatchState.ACCEPTED
    checks_ending.give_to_others(now=NOW + timedelta(days=40))
    assert show(carers.owner, ref, NOW + timedelta(days=40)).state is MatchState.RELEASED


def test_other_help_is_as_it_was(asker: BuiltMember, place: BuiltPlace) -> None:
    pantry = an_organisation(place)
    an_offer(pantry)
    ref = said_yes(asker, pantry)
    assert show(pantry.owner, ref).address is not None
