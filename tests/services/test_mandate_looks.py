"""The clock and mandates: what is over ends, members are asked in time, leads look."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from enabler.domain.errors import NotFound
from enabler.domain.mandates import Mandate
from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Priority, Role
from enabler.persistence.tables.desk import DeskClaimRow
from enabler.persistence.tables.mandates import MandateLookRow, MandateRow
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import claims, keeping_apart, mandate_looks, mandates, moderation, needs
from enabler.services._desk import Sieve
from enabler.services.needs import NeedDraft
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.deeds import a_key, accept, post
from tests.services.mandating import DAY, a_mandate, as_for, rows

CLOCK = Actor.system(mandate_looks.JOB)


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Lena Lead", roles=(Role.SAFEGUARDING_LEAD,), mail=True)


def codes() -> set[str]:
    return {one.code for one in rows(MandateLookRow)}


def test_the_member_alone_is_asked_in_time_and_then_it_is_over(
    rose: BuiltMember, sam: BuiltMember
) -> None:
    a_mandate(rose, sam, days=60)
    for days in (30, 46, 46, 57, 58):
        mandate_looks.look(actor=CLOCK, now=NOW + days * DAY)
    assert [one.member_id for one in rows(OutboxRow, template="mandate_ends")] == [rose.id] * 2
    mandate_looks.look(actor=CLOCK, now=NOW + 60 * DAY)
    (kept,) = rows(MandateRow)
    assert (kept.ended_because, kept.ended_by) == ("lapsed", None)
    assert {one.template for one in rows(OutboxRow, member_id=sam.id)} == {"mandate_yours"}
    assert mandate_looks.look(actor=CLOCK, now=NOW + 60 * DAY) == 0


def test_leads_alone_hear_of_a_sign_once_and_say_that_they_looked(
    rose: BuiltMember, sam: BuiltMember, lead: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam)
    acts = as_for(sam, mandate)
    for _ in range(5):
        draft = NeedDraft(category="shopping", words="Milk, please.", circumstances=NONE_SO)
        ref = needs.post(actor=acts, draft=draft, key=a_key(), now=NOW).ref
        needs.withdraw(actor=acts, ref=ref, key=a_key(), now=NOW)
    mandate_looks.look(actor=CLOCK, now=NOW)
    mandate_looks.look(actor=CLOCK, now=NOW)
    assert codes() == {"withdrawn", "never_alone"}
    told = rows(OutboxRow, template="mandate_look_lead")
    assert [one.member_id for one in told] == [lead.id]
    (found,) = mandate_looks.waiting(actor=lead.actor, now=NOW)
    assert (found.member, found.mandate.name) == ("Rose Long", "Sam")
    mine = mandates.mine(actor=rose.actor, now=NOW)
    assert "never_alone" not in repr(mine)
    mandate_looks.looked(actor=lead.actor, ref=mandate.ref, key=a_key(), now=NOW)
    assert mandate_looks.waiting(actor=lead.actor, now=NOW) == ()
    mandate_looks.look(actor=CLOCK, now=NOW + DAY)
    assert mandate_looks.waiting(actor=lead.actor, now=NOW) == ()


def test_a_number_that_changed_and_one_that_both_have_are_signs(
    rose: BuiltMember, sam: BuiltMember, place: BuiltPlace
) -> None:
    a_mandate(rose, sam)
    with unit_of_work() as uow:
        his = uow.contacts.of(sam.id)["phone"].value
        uow.contacts.keep_change(
            place_id=place.id, ref="CHG1", member_id=rose.id, kind="phone", old_value=his,
            new_value="+447700900123", now=NOW + timedelta(hours=1),
        )  # fmt: skip
        uow.commit()
    mandate_looks.look(actor=CLOCK, now=NOW + DAY)
    assert codes() == {"same_number", "number_changed"}


@pytest.mark.parametrize(("days", "found"), [(29, {"number_new"}), (31, set())])
@pytest.mark.parametrize("how", ["changed", "confirmed"])
def test_a_number_that_was_new_when_it_began_is_a_sign(
    rose: BuiltMember, sam: BuiltMember, place: BuiltPlace, how: str, days: int, found: set[str]
) -> None:
    before = NOW - days * DAY
    with unit_of_work() as uow:
        if how == "changed":
            uow.contacts.keep_change(
                place_id=place.id, ref="CHG2", member_id=rose.id, kind="phone",
                old_value="+447700900124", new_value="+447700900125", now=before,
            )  # fmt: skip
        else:
            uow.session.execute(
                update(ContactRow).filter_by(member_id=rose.id).values(verified_at=before)
            )
        uow.commit()
    a_mandate(rose, sam)
    mandate_looks.look(actor=CLOCK, now=NOW + DAY)
    assert codes() == found


def test_each_contact_of_the_member_hears_at_once_that_somebody_acts(place: BuiltPlace) -> None:
    rose, sam = a_member(place, "Rose Long", mail=True), a_member(place, "Sam Near")
    a_mandate(rose, sam)
    told = rows(OutboxRow, template="mandate_begun")
    assert {(one.member_id, one.channel.value) for one in told} == {
        (rose.id, "text"), (rose.id, "mail"),
    }  # fmt: skip
    assert {one.due_at for one in told} == {NOW}
    assert {one.priority for one in told} == {Priority.SAFETY}


def test_who_keeps_the_other_away_ends_it_and_a_lead_looks(
    rose: BuiltMember, place: BuiltPlace
) -> None:
    helper = a_helper(place, "Ben Near", "shopping", at=(900, 900))
    a_mandate(rose, helper)
    post(rose)
    match = accept(helper).ref
    keeping_apart.keep_apart(actor=rose.actor, match_ref=match, key=a_key(), now=NOW)
    (kept,) = rows(MandateRow)
    assert kept.ended_because == "block"
    mandate_looks.look(actor=CLOCK, now=NOW)
    assert codes() == {"kept_apart"}


def test_one_home_with_many_whom_the_same_person_acts_for(
    place: BuiltPlace, sam: BuiltMember
) -> None:
    people = [a_member(place, name) for name in ("Ann A", "Bob B", "Cy C")]
    for each in people[:2]:
        a_mandate(each, sam)
    with unit_of_work() as uow:
        for each in people:
            uow.members.change(each.id, home_id=uow.homes.member(people[0].id).home_id)
        uow.commit()
    mandate_looks.look(actor=CLOCK, now=NOW)
    assert codes() == set()
    a_mandate(people[2], sam)
    mandate_looks.look(actor=CLOCK, now=NOW)
    assert codes() == {"one_home"}


def kinds_of(who: BuiltMember, now: datetime) -> list[tuple[str, str, bool]]:
    """What the desk of somebody has of mandates: kind, ref, whether it is overdue."""
    shown = moderation.desk(actor=who.actor, sieve=Sieve(kind="mandate"), now=now).entries
    return [(one.kind, one.ref, one.overdue) for one in shown]


def test_it_stands_in_the_queue_of_leads_alone_who_are_none_of_the_two(
    rose: BuiltMember, lead: BuiltMember, place: BuiltPlace
) -> None:
    both = a_member(place, "Lou Both", roles=(Role.SAFEGUARDING_LEAD,))
    custodian = a_member(place, "Cass Desk", roles=(Role.CUSTODIAN,))
    mandate = a_mandate(rose, both)
    a_sign(mandate)
    assert kinds_of(lead, NOW) == [("mandate", mandate.ref, False)]
    assert kinds_of(lead, NOW + 7 * DAY) == [("mandate", mandate.ref, True)]
    assert kinds_of(both, NOW) == kinds_of(custodian, NOW) == []
    claims.claim(actor=lead.actor, kind="mandate", ref=mandate.ref, key=a_key(), now=NOW)
    for other in (both, custodian):
        with pytest.raises(NotFound):
            claims.claim(actor=other.actor, kind="mandate", ref=mandate.ref, key=a_key(), now=NOW)
    mandate_looks.looked(actor=lead.actor, ref=mandate.ref, key=a_key(), now=NOW)
    assert kinds_of(lead, NOW + 7 * DAY) == []
    assert rows(DeskClaimRow) == []


def test_leads_hear_again_when_a_worrys_time_is_over_and_then_each_day(
    rose: BuiltMember, sam: BuiltMember, lead: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam)
    a_sign(mandate)
    (entry,) = moderation.desk(actor=lead.actor, sieve=Sieve(kind="mandate"), now=NOW).entries
    assert entry.due is not None
    heard = []
    for when in (entry.due - timedelta(seconds=1), entry.due, entry.due + timedelta(hours=1),
                 entry.due + DAY):  # fmt: skip
        mandate_looks.look(actor=CLOCK, now=when)
        heard.append(len(rows(OutboxRow, template="mandate_look_lead", member_id=lead.id)))
    assert heard == [0, 1, 1, 2]
    mandate_looks.looked(actor=lead.actor, ref=mandate.ref, key=a_key(), now=entry.due + DAY)
    mandate_looks.look(actor=CLOCK, now=entry.due + 3 * DAY)
    assert len(rows(OutboxRow, template="mandate_look_lead")) == 2


def a_sign(mandate: Mandate) -> None:
    """A reason for leads to look at it."""
    with unit_of_work() as uow:
        uow.mandate_looks.add(mandate, ["yearly"], NOW)
        uow.commit()
