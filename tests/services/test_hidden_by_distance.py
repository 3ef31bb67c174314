"""From several homes a distance is a place: nobody who may not know of somebody hidden has one."""

import pytest

from enabler.services import explanations, hidden, matches, mine
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import a_key, accept, post, the_ask
from tests.services.test_hidden import hide, letters
from tests.services.test_reports import a_lead


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_lead(place)


def far(staff: BuiltMember, ref: str) -> set[object]:
    """What distances staff read of a need, and what is made of them."""
    found = explanations.about_need(actor=staff.actor, need_ref=ref, now=NOW, present=True)
    ranked = [one for each in found.considerations for one in each.ranked]
    ranked += found.present.possible if found.present else ()
    told: set[object] = {one.distance_metres for one in (*ranked, *found.asked)}
    told |= {one.within_metres for one in ranked}
    told |= {
        "nearness" for one in (*ranked, *found.asked) for each in one.reasons
        if each.factor == "nearness"
    }  # fmt: skip
    return told


def test_a_helper_who_is_asked_reads_the_ward_alone(place: BuiltPlace, lead: BuiltMember) -> None:
    asker, helper = a_member(place, "Anna"), a_helper(place, "Hallam")
    hide(lead, asker)
    post(asker)
    ask = the_ask(helper)
    assert "ithin" not in letters()
    where = matches.show(actor=helper.actor, ref=ask, now=NOW).where
    assert (where.ward, where.within_metres) == ("West End", None)
    (listed,) = mine.everything(actor=helper.actor, now=NOW).asks
    assert listed.where.within_metres is None
    accept(helper, ask)
    hidden.introduce(actor=lead.actor, ref=asker.ref, match_ref=ask, key=a_key(), now=NOW)
    assert matches.show(actor=helper.actor, ref=ask, now=NOW).where.within_metres


@pytest.mark.parametrize("helping", [True, False])
def test_staff_who_are_not_named_read_none(
    place: BuiltPlace, lead: BuiltMember, helping: bool
) -> None:
    custodian = a_custodian(place)
    asker, helper = a_member(place, "Anna"), a_helper(place, "Hallam")
    need = post(asker).ref
    assert far(custodian, need) > {"nearness"}
    hide(lead, helper if helping else asker)
    assert far(custodian, need) == {None}
    hide(lead, helper if helping else asker, custodian)
    assert far(custodian, need) > {"nearness"}
