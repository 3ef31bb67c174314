"""Somebody who was removed comes back by a way round: another name later, a new home, a number that
they had before, staff who add them, a group whose helper they become."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState, Role
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    denied,
    details,
    invitations,
    looked,
    matches,
    members,
    messages,
    moderation,
    neglect,
    organisations,
    statements,
    suspensions,
    visits,
)
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
from tests.services.contacting import secrets
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts
from tests.services.test_denied import again, check, remove, state

HOUR, SOON = timedelta(hours=1), NOW + timedelta(hours=30)
PHONE = "+447700900555"


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Lena Lead", at=(1500, 1500), roles=(Role.SAFEGUARDING_LEAD,), mail=True)


@pytest.fixture
def bad(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Basil Baddie", mail=True, address="7 Mill Lane")


def rename(who: BuiltMember, name: str) -> None:
    details.rename(actor=who.actor, name=name, shown=None, secrets=wiring().secrets, key=a_key(),
                   now=NOW)  # fmt: skip


def move(who: BuiltMember, to: BuiltMember, address: str = "7 Mill Lane") -> None:
    details.move(
        actor=who.actor, postcode_text=to.place.postcode_at(to.east, to.north), address=address,
        secrets=wiring().secrets, key=a_key(), now=NOW,
    )  # fmt: skip


def added(place: BuiltPlace, **said: Any) -> Any:
    told = {"name": "Barry Newman", "role": Role.RESIDENT, "key": a_key()} | said
    return members.add_member(
        actor=Actor.operator("tester"), place_slug=place.slug, secrets=wiring().secrets, now=NOW,
        **told,
    )  # fmt: skip


class TestTheListIsAsked:
    def test_when_a_name_changes_to_theirs(self, lead: BuiltMember, bad: BuiltMember) -> None:
        remove(lead, bad)
        new = again(bad, "Barry Newman")
        assert not check(new)
        rename(new, "Basil Baddie")
        assert state(new) is MemberState.HELD

    def test_when_a_home_changes_to_theirs(
        self, place: BuiltPlace, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        remove(lead, bad)
        new = a_member(place, "Basil Baddie", phone=False, at=(3300, 3300))
        move(new, bad)
        assert state(new) is MemberState.HELD

    def test_when_staff_add_them(
        self, place: BuiltPlace, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        with reading() as uow:
            phone = uow.contacts.of(bad.id)["phone"].value
            mail = uow.contacts.of(bad.id)["mail"].value
        remove(lead, bad)
        with unit_of_work() as uow:  # the number is free again: their account was erased
            uow.contacts.replace(place.id, bad.id, kind="phone", value=None, now=NOW)
            uow.contacts.replace(place.id, bad.id, kind="mail", value=None, now=NOW)
            uow.commit()
        assert added(place, phone=phone).waits
        assert added(place, mail=mail.replace("@", "+again@"), role=Role.CUSTODIAN).waits
        assert not added(place, phone="07700 900999").waits
        assert len(denied.overview(actor=lead.actor, now=NOW).waiting) == 2

    def test_of_a_number_that_they_had_shortly_before(
        self, place: BuiltPlace, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        with unit_of_work() as uow:
            old = uow.contacts.of(bad.id)["phone"].value
            uow.contacts.replace(place.id, bad.id, kind="phone", value=PHONE, now=NOW)
            uow.contacts.keep_change(
                place_id=place.id, ref=uow.refs.new(place.id, "contact-change"), member_id=bad.id,
                kind="phone", old_value=old, new_value=PHONE, now=NOW,
            )  # fmt: skip
            uow.commit()
        remove(lead, bad)
        assert added(place, phone=old).waits

    def test_again_once_more_of_them_agrees_than_when_they_were_let_in(
        self, place: BuiltPlace, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        remove(lead, bad)
        son = again(bad, "Basil Baddie")
        assert check(son)
        denied.let_in(actor=lead.actor, ref=son.ref, words="His son.", key=a_key(), now=NOW)
        rename(son, "Basil Baddie Junior")
        assert state(son) is MemberState.ACTIVE  # nothing more of them agrees
        with unit_of_work() as uow:
            theirs = uow.contacts.of(bad.id)["phone"].value
            uow.contacts.replace(place.id, bad.id, kind="phone", value=None, now=NOW)
            uow.contacts.replace(place.id, son.id, kind="phone", value=theirs, now=NOW)
            uow.commit()
        assert check(son)
        (waiting,) = denied.overview(actor=lead.actor, now=NOW).waiting
        assert "phone" in waiting.kinds


class TestWhoeverWaits:
    @pytest.fixture
    def back(self, lead: BuiltMember, bad: BuiltMember) -> Callable[[], BuiltMember]:
        def joins() -> BuiltMember:
            remove(lead, bad)
            new = again(bad, mail=True)
            assert check(new)
            return new

        return joins

    def test_is_told_of_to_the_leads_at_once_and_to_nobody_else(
        self, place: BuiltPlace, lead: BuiltMember, back: Any
    ) -> None:
        a_custodian(place)
        new = back()
        (row,) = texts("account_waits_lead")
        assert row.member_id == lead.id
        assert new.ref not in row.template
        while messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=NOW):
            pass
        said = messages.conversations(place_id=place.id, address=f"{lead.ref.lower()}@example.org")
        (letter,) = [one.body for one in said if "/desk/denied" in one.body]
        assert new.ref not in letter
        assert "Basil" not in letter

    def test_is_told_of_again_each_day_until_it_is_decided(
        self, lead: BuiltMember, back: Any
    ) -> None:
        new, job = back(), Actor.system("look-at-desk")
        for hours, told in ((1, 1), (25, 2), (26, 2), (50, 3)):
            neglect.look(actor=job, now=NOW + hours * HOUR)
            assert len(texts("account_waits_lead")) == told
        denied.let_in(actor=lead.actor, ref=new.ref, words="His son.", key=a_key(), now=NOW)
        neglect.look(actor=job, now=NOW + 90 * HOUR)
        assert len(texts("account_waits_lead")) == 3

    def test_joins_no_group(self, place: BuiltPlace, back: Any) -> None:
        new, pantry = back(), an_organisation(place)
        ref = invitations.invite(
            actor=pantry.owner.actor, ref=pantry.ref, role="organisation-helper",
            to=f"{new.ref.lower()}@example.org", secrets=wiring().secrets, key=a_key(), now=NOW,
        )  # fmt: skip
        with reading() as uow:
            code = wiring().secrets.code(uow.colleagues.invitation(place.id, ref).nonce)
        with pytest.raises(WrongMoment, match="own_account_waits"):
            invitations.answer(
                actor=new.actor, invitation_ref=ref, code=code, joining=True,
                secrets=wiring().secrets, key=a_key(), now=NOW,
            )  # fmt: skip

    def test_registers_none_that_is_opened_meanwhile(self, place: BuiltPlace, back: Any) -> None:
        new = back()
        kept = organisations.register(
            actor=new.actor, key=a_key(), now=NOW,
            draft=organisations.OrganisationDraft(
                kind="community-group", name="Good Neighbours",
                about="We help with shopping.", postcode=place.postcode_at(500, 500),
                address="2 Market Row", phone="0117 496 0123",
            ),
        )  # fmt: skip
        with pytest.raises(WrongMoment, match="account_waits"):
            moderation.approve(actor=a_custodian(place).actor, ref=kept.ref, key=a_key(), now=NOW)
        neglect.look(actor=Actor.system("look-at-desk"), now=NOW + timedelta(days=30))
        with reading() as uow:
            assert uow.organisations.by_ref(place.id, kept.ref).state.value == "held"

    def test_sees_no_address_of_a_visit_that_was_agreed_before(
        self, place: BuiltPlace, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        new = again(bad, "Barry Newman", mail=True)
        an_offer(new, "shopping")
        remove(lead, bad)
        asker = a_member(place, "Ann")
        post(asker)
        ref = accept(new).ref
        matches.arrange(actor=asker.actor, match_ref=ref, start=SOON, end=SOON + HOUR,
                        key=a_key(), now=NOW)  # fmt: skip
        before = matches.show(actor=new.actor, ref=ref, now=SOON)
        assert before.address is not None
        rename(new, "Basil Baddie")
        view = matches.show(actor=new.actor, ref=ref, now=SOON)
        assert view.day is not None
        assert (view.address, view.day.word, view.day.missing) == (None, None, ("stopped",))
        with pytest.raises(WrongMoment, match="own_account_waits"):
            visits.arrive(actor=new.actor, match_ref=ref, key=a_key(), now=SOON)
        theirs = matches.show(actor=asker.actor, ref=ref, now=SOON).day
        assert theirs is not None
        assert (theirs.word, theirs.kept_away) == (None, True)


class TestWhoeverIsSuspendedAlready:
    def test_is_removed_without_being_let_in_first(
        self, place: BuiltPlace, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        custodian = a_custodian(place)
        stop = {"ref": bad.ref, "words": "He hit her.", "now": NOW}
        suspensions.suspend(actor=custodian.actor, key=a_key(), **stop)
        remove(lead, bad)
        assert state(bad) is MemberState.SUSPENDED
        assert len(denied.overview(actor=lead.actor, now=NOW).denied) == 1
        assert check(again(bad))
        assert texts("decision_over") == []
        with reading() as uow:
            standing = [one for one in uow.decisions.of_subject("member", bad.id) if one.stands]
        assert [one.words for one in standing] == ["He hit a neighbour."]
        assert statements.show(actor=lead.actor, ref=standing[0].ref, now=NOW).stands
        with pytest.raises(NotAllowed, match="lead_decides"):
            suspensions.lift(actor=custodian.actor, key=a_key(), **stop)
        with pytest.raises(WrongMoment, match="member_not_active"):
            remove(lead, bad)


def test_whoever_a_lead_thinks_about_is_not_warned_by_the_log_of_who_looked(
    lead: BuiltMember, bad: BuiltMember
) -> None:
    def why(who: BuiltMember) -> list[str]:
        return [one.why for one in looked.show(actor=who.actor, secrets=secrets(), now=NOW).days]

    denied.person(actor=lead.actor, ref=bad.ref, now=NOW)
    assert why(bad) == []
    remove(lead, bad)
    new = again(bad)
    assert check(new)
    denied.person(actor=lead.actor, ref=new.ref, now=NOW)
    assert why(new) == []
    denied.let_in(actor=lead.actor, ref=new.ref, words="His son.", key=a_key(), now=NOW)
    assert why(new) == ["safety"]


class TestWhoWorksHere:
    def test_is_shut_out_by_no_colleague(self, place: BuiltPlace, lead: BuiltMember) -> None:
        custodian, other = a_custodian(place), a_custodian(place)
        second = a_member(place, "Lars Lead", roles=(Role.SAFEGUARDING_LEAD,))
        boss = a_member(place, "Ada Admin", roles=(Role.ADMINISTRATOR,))
        does = {"words": "Wait.", "now": NOW}
        for who, whom in (
            (custodian, lead),
            (custodian, other),
            (custodian, boss),
            (lead, second),
            (lead, boss),
        ):
            with pytest.raises(NotAllowed, match="staff_role_first"):
                suspensions.suspend(actor=who.actor, ref=whom.ref, key=a_key(), **does)
        suspensions.suspend(actor=lead.actor, ref=other.ref, key=a_key(), **does)
        assert state(other) is MemberState.SUSPENDED
