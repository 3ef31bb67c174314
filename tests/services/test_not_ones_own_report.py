"""Nobody reads a report about themselves, whatever it is about and whatever they become later."""

from dataclasses import replace

import pytest

from enabler.domain.errors import NotFound
from enabler.domain.permissions import RoleGrant
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.members import RoleRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import cases, conversations, moderation
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.acting import acting, said_yes
from tests.services.deeds import a_key, accept, post
from tests.services.test_reports import a_lead, tell_council


def reads(staff: BuiltMember, ref: str) -> bool:
    """Whether a report is read by them: on its page and at the desk alike."""
    try:
        cases.show(actor=staff.actor, ref=ref, now=NOW)
    except NotFound:
        seen = False
    else:
        seen = True
    desk = moderation.desk(actor=staff.actor, now=NOW)
    assert (ref in {one.ref for one in desk.reports}) == seen
    return seen


@pytest.mark.parametrize("about", ["organisation", "offer", "match"])
def test_about_the_organisation_for_which_they_act(place: BuiltPlace, about: str) -> None:
    lead, custodian, other = a_lead(place), a_custodian(place), a_custodian(place)
    pantry = an_organisation(place)
    acting(custodian, pantry, Role.ORGANISATION_COORDINATOR)
    offer = an_offer(pantry)
    asker = a_member(place, "Anna")
    ref = {"organisation": pantry.ref, "offer": offer}.get(about) or said_yes(asker, pantry)
    report = tell_council(asker.actor, kind="unsafe", about=about, ref=ref)
    assert [reads(one, report) for one in (lead, other, custodian)] == [True, True, False]


def test_though_they_came_to_the_desk_after_it_was_made(place: BuiltPlace) -> None:
    a_lead(place)
    asker, helper = a_member(place, "Anna"), a_helper(place, "Hallam")
    post(asker)
    ref = accept(helper).ref
    report = tell_council(asker.actor, kind="unsafe", about="match", ref=ref)
    with unit_of_work() as uow:
        uow.session.add(RoleRow(
            place_id=place.id, member_id=helper.id, role=Role.CUSTODIAN, from_at=NOW
        ))  # fmt: skip
        uow.commit()
    grants = (RoleGrant(Role.CUSTODIAN, place.id),)
    new = replace(helper, actor=replace(helper.actor, grants=grants, second_factor=True))
    assert not reads(new, report)


def test_that_the_house_makes_of_what_they_wrote(place: BuiltPlace) -> None:
    lead, custodian = a_lead(place), a_custodian(place)
    helper = a_helper(place, "Hallam")
    post(custodian)
    match = accept(helper).ref
    conversations.say(
        actor=custodian.actor, match_ref=match, words="No foreigners here", key=a_key(), now=NOW
    )
    (flagged,) = moderation.desk(actor=lead.actor, now=NOW).reports
    assert (reads(lead, flagged.ref), reads(custodian, flagged.ref)) == (True, False)
