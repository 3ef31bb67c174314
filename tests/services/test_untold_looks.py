"""What would warn somebody dangerous stands neither on their page nor in their copy, until a lead
has told them."""

from typing import Any

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.mandates import Mandate
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import cases, looked, mandate_looks, mandates, matches, members, my_data
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.contacting import secrets
from tests.services.deeds import a_key, accept, post
from tests.services.mandating import a_mandate
from tests.services.test_reports import a_lead, tell_council


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_lead(place, "Lena Lead")


def all_of(who: BuiltMember) -> tuple[Any, ...]:
    """What they read of looks: on their page, on that of what is kept, in the copy."""
    held = my_data.show(actor=who.actor, now=NOW).kinds
    return (
        looked.show(actor=who.actor, secrets=secrets(), now=NOW).days,
        *(kind.rows for kind in held if kind.what in ("sight", "look_up")),
    )


def look_up(lead: BuiltMember, who: BuiltMember, reason: str = "report") -> None:
    members.by_ref(actor=lead.actor, ref=who.ref, reason=reason, now=NOW)


def keep_a_sign(mandate: Mandate) -> None:
    """A reason for leads to look at it."""
    with unit_of_work() as uow:
        uow.mandate_looks.add(mandate, ["yearly"], NOW)
        uow.commit()


def test_a_look_because_of_a_report_stands_in_no_copy_until_they_are_told(
    place: BuiltPlace, lead: BuiltMember
) -> None:
    asker, helper = a_member(place, "Anna"), a_helper(place, "Hallam")
    post(asker)
    match = accept(helper).ref
    ref = tell_council(asker.actor, "He shouted.", about="match", ref=match)
    before = all_of(helper)
    cases.show(actor=lead.actor, ref=ref, now=NOW)
    matches.show(actor=lead.actor, ref=match, now=NOW)
    look_up(lead, helper)
    assert all_of(helper) == before
    cases.release(
        actor=lead.actor, ref=ref, who=helper.ref, words="You were heard.", key=a_key(), now=NOW
    )
    days, *kept = all_of(helper)
    assert {one.why for one in days} >= {"safeguarding", "looked-up"}
    assert len(kept) == 2


def test_nobody_hides_a_look_by_naming_a_report_that_there_is_not(
    place: BuiltPlace, lead: BuiltMember
) -> None:
    """Nor from whoever told us of something themselves."""
    rosa = a_member(place, "Rosa")
    tell_council(rosa.actor, "Somebody shouted.")
    look_up(lead, rosa)
    ((day,), *kept) = all_of(rosa)
    assert (day.why, day.reason) == ("looked-up", "report")
    assert len(kept) == 2


def test_whoever_acts_for_somebody_is_not_warned_by_a_leads_look_nor_by_its_end(
    place: BuiltPlace, lead: BuiltMember
) -> None:
    rose, sam = a_member(place, "Rose Long"), a_member(place, "Sam Near", at=(900, 900))
    mandate, before = a_mandate(rose, sam), all_of(sam)
    keep_a_sign(mandate)
    assert [one.codes for one in mandate_looks.waiting(actor=lead.actor, now=NOW)] == [("yearly",)]
    mandates.for_lead(actor=lead.actor, ref=mandate.ref, now=NOW)
    mandates.end_by_lead(actor=lead.actor, ref=mandate.ref, key=a_key(), now=NOW)
    assert all_of(sam) == before


def test_a_lead_looks_into_no_mandate_of_their_own(place: BuiltPlace, lead: BuiltMember) -> None:
    """Else whoever is one could quiet the signs about themself, or learn that it has ended."""
    rose, other = a_member(place, "Rose Long"), a_lead(place, "Olga Other")
    mandate = a_mandate(rose, lead)
    keep_a_sign(mandate)
    for refused in (
        lambda who: mandate_looks.looked(actor=who, ref=mandate.ref, key=a_key(), now=NOW),
        lambda who: mandates.for_lead(actor=who, ref=mandate.ref, now=NOW),
        lambda who: mandates.end_by_lead(actor=who, ref=mandate.ref, key=a_key(), now=NOW),
    ):
        with pytest.raises(NotAllowed, match="own_case"):
            refused(lead.actor)
    assert mandate_looks.waiting(actor=lead.actor, now=NOW) == ()
    assert len(mandate_looks.waiting(actor=other.actor, now=NOW)) == 1
