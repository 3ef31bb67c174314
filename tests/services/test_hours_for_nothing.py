"""Whoever wants hours for nothing, keeps what they owe, or decides alone of their own, does not."""

from dataclasses import replace

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.vocabulary import Role
from enabler.services import hours_events
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_custodian,
    a_member,
    an_organisation,
)
from tests.services.acting import acting
from tests.services.noting import give_to, noted, stands
from tests.services.test_hours_disputed import decide, not_so, take_back


@pytest.fixture
def pantry(place: BuiltPlace) -> BuiltOrganisation:
    made = an_organisation(place)
    give_to(place, made, 3000)
    return made


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Long", at=(600, 600))


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def also_for(custodian: BuiltMember, pantry: BuiltOrganisation) -> BuiltMember:
    """The custodian, who acts for the organisation as well."""
    found = acting(custodian, pantry, Role.ORGANISATION_COORDINATOR)
    return replace(found, actor=replace(found.actor, second_factor=True))


@pytest.mark.parametrize("who", ["custodian", "lead"])
def test_whoever_was_taught_does_not_take_back_what_they_owe_for_it(
    place: BuiltPlace, pantry: BuiltOrganisation, ann: BuiltMember, carol: BuiltMember, who: str
) -> None:
    owing = carol if who == "custodian" else pantry.owner
    writer = a_custodian(place, "Dan Desk")
    event = noted(writer, owing, way="one-to-many", one=ann.ref, organisation_ref=pantry.ref)
    assert hours_events.show(actor=owing.actor, ref=event.ref, now=NOW).may == {"dispute"}
    with pytest.raises(NotAllowed):
        take_back(owing, event.ref)
    assert stands(owing) == (0, 120)
    take_back(writer, event.ref)
    assert stands(owing) == (0, 0)


def test_a_custodian_who_acts_for_an_organisation_does_not_decide_what_it_owes(
    pantry: BuiltOrganisation, ann: BuiltMember, carol: BuiltMember
) -> None:
    both = also_for(carol, pantry)
    event = noted(pantry.owner, ann, organisation_ref=pantry.ref)
    not_so(ann, event.ref)
    assert hours_events.show(actor=both.actor, ref=event.ref, now=NOW).may == {"take-back"}
    with pytest.raises(NotAllowed) as refused:
        decide(both, event.ref, 1)
    assert refused.value.code == "party_to_it"
