"""What has ended does not begin again by a door that was left open: by an appeal, by a yes that
comes late, by a leave that somebody forgot."""

from collections.abc import Callable
from datetime import datetime

import pytest

from enabler.domain.errors import NotFound, WrongMoment
from enabler.domain.mandates import Basis, Scope
from enabler.domain.vocabulary import CodeFor, Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.mandates import MandateAskRow, MandateLookRow, MandateRow
from enabler.persistence.tables.members import OrganisationRow, SignInCodeRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    complaints,
    consents,
    councillors,
    details,
    letting,
    mandate_asks,
    mandate_looks,
    mandate_offers,
    mandate_witness,
    mandates,
    pausing,
    suspensions,
)
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, an_organisation
from tests.erasure.deleting import go
from tests.proofs.scene import a_holder, a_proof, opened, read, text_of
from tests.proofs.scene import carried as shown_proof
from tests.services.deeds import a_key, post
from tests.services.mandating import DAY, a_mandate, rows
from tests.services.test_complaints import chief, complain, letters
from tests.services.test_consents import a_councillor
from tests.services.test_mandate_looks import CLOCK
from tests.services.test_statements import appeal, refused, settle


class TestSomebodyWhoDeletedTheirAccount:
    @pytest.fixture
    def custodian(self, place: BuiltPlace) -> BuiltMember:
        return a_custodian(place)

    def test_is_found_no_help_by_an_appeal_that_is_won_later(
        self, place: BuiltPlace, custodian: BuiltMember, rose: BuiltMember
    ) -> None:
        ref = refused(custodian, rose)
        appeal(rose, ref)
        go(rose)
        decided = settle(a_custodian(place, "Otto Desk"), ref, overturning=True)
        assert decided.appeal_outcome == "overturned"
        assert [one.state for one in rows(NeedRow, asker_id=rose.id)] == ["refused"]

    def test_nor_by_a_refusal_that_is_taken_back(
        self, custodian: BuiltMember, rose: BuiltMember
    ) -> None:
        refused(custodian, rose)
        (need,) = rows(NeedRow, asker_id=rose.id)
        ref = need.ref
        go(rose)
        with pytest.raises(WrongMoment, match="something_followed"):
            suspensions.undo(actor=custodian.actor, ref=ref, key=a_key(), now=NOW)
        assert [one.state for one in rows(NeedRow, asker_id=rose.id)] == ["refused"]


def own_code(rose: BuiltMember) -> str:
    """The code with which she says that somebody may act for her."""
    mandate_asks.send_own_code(
        actor=rose.actor, browser="hers", from_address="192.0.2.7", secrets=wiring().secrets,
        key=a_key(), now=NOW,
    )  # fmt: skip
    with reading() as uow:
        query = uow.session.query(SignInCodeRow).filter_by(purpose=CodeFor.MANDATE)
        row = query.order_by(SignInCodeRow.id.desc()).first()
        assert row is not None
        return wiring().secrets.code(row.nonce)


def invited(rose: BuiltMember, sam: BuiltMember) -> tuple[str, str]:
    """She asks him to act for her: the ask, and the code that he has of it."""
    with reading() as uow:
        his = uow.contacts.of(sam.id)["phone"].value
    ref = mandate_asks.invite(
        actor=rose.actor, to=his, scopes=("post-need",), days=30, code=own_code(rose),
        language="en", browser="hers", secrets=wiring().secrets, now=NOW,
    )  # fmt: skip
    (kept,) = rows(MandateAskRow, ref=ref)
    return ref, wiring().secrets.code(kept.nonce)


def taken_on(sam: BuiltMember, ref: str, code: str) -> str | None:
    return mandate_offers.answer(
        actor=sam.actor, ref=ref, code=code, taking=True, secrets=wiring().secrets, now=NOW
    )


def by_press(rose: BuiltMember, _lead: BuiltMember) -> None:
    (one,) = mandates.mine(actor=rose.actor, now=NOW).now
    mandates.end(actor=rose.actor, ref=one.ref, key=a_key(), now=NOW)


def all_at_once(rose: BuiltMember, _lead: BuiltMember) -> None:
    assert mandates.end_all_of(actor=rose.actor, key=a_key(), now=NOW) == 1


def by_a_lead(_rose: BuiltMember, lead: BuiltMember) -> None:
    (kept,) = rows(MandateRow)
    mandates.end_by_lead(actor=lead.actor, ref=kept.ref, key=a_key(), now=NOW)


class TestAMandate:
    @pytest.fixture
    def lead(self, place: BuiltPlace) -> BuiltMember:
        return a_member(place, "Lena Lead", roles=(Role.SAFEGUARDING_LEAD,))

    @pytest.mark.parametrize("how", [by_press, all_at_once, by_a_lead])
    def test_begins_no_more_by_what_was_agreed_to_before_it_was_ended(
        self, rose: BuiltMember, sam: BuiltMember, lead: BuiltMember,
        how: Callable[[BuiltMember, BuiltMember], None],
    ) -> None:  # fmt: skip
        """Whoever has her phone in hand for five minutes asks themself a second time."""
        a_mandate(rose, sam)
        ref, code = invited(rose, sam)
        how(rose, lead)
        with pytest.raises(WrongMoment, match="ask_over"):
            taken_on(sam, ref, code)
        assert [one.ended_because for one in rows(MandateRow)] != [None]

    def test_of_one_leaves_what_was_asked_of_another(
        self, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember
    ) -> None:
        mandate = a_mandate(rose, a_member(place, "Olga Other"))
        ref, code = invited(rose, sam)
        mandates.end(actor=rose.actor, ref=mandate.ref, key=a_key(), now=NOW)
        assert taken_on(sam, ref, code)

    def test_begins_for_nobody_who_deleted_their_account(
        self, rose: BuiltMember, sam: BuiltMember
    ) -> None:
        ref, code = invited(rose, sam)
        go(rose)
        with pytest.raises((WrongMoment, NotFound)):
            taken_on(sam, ref, code)
        assert rows(MandateRow) == []

    def test_that_is_let_run_out_and_set_up_again_goes_on(
        self, rose: BuiltMember, sam: BuiltMember
    ) -> None:
        for begins in (-400, -210, -20):
            a_mandate(rose, sam, days=180, now=NOW + begins * DAY)
            mandate_looks.look(actor=CLOCK, now=NOW + min(begins + 181, 0) * DAY)
        assert {one.code for one in rows(MandateLookRow)} == {"yearly"}

    def test_that_waits_for_a_second_person_is_shown_to_none_of_its_two(
        self, place: BuiltPlace, rose: BuiltMember
    ) -> None:
        son, other = (a_member(place, each, roles=(Role.CALL_HANDLER,)) for each in ("Son", "Oth"))
        custodian = a_custodian(place)
        with unit_of_work() as uow:
            uow.mandate_asks.add(
                place_id=place.id, ref=uow.refs.new(place.id, "mandate-ask"), asked_by="desk",
                by_member_id=custodian.id, member_id=rose.id, supporter_id=son.id,
                nonce="n", scopes=(Scope.POST_NEED,), days=30, basis=Basis.WITNESS,
                evidence="She nodded.", asked_at=NOW, expires_at=NOW + DAY,
            )  # fmt: skip
            uow.commit()
        seen = [len(mandate_witness.waiting(actor=one.actor, now=NOW)) for one in (son, other)]
        assert seen == [0, 1]


class TestALeaveToSee:
    @pytest.fixture
    def owner(self, place: BuiltPlace) -> BuiltMember:
        member, _ = a_holder(place, "Olive Owner")
        self.say(member)
        return member

    def say(self, member: BuiltMember, words: str | None = "The bell is broken.") -> None:
        details.need_access(
            actor=member.actor, needs=(), words=words, consented=bool(words), key=a_key(), now=NOW
        )

    def let(self, owner: BuiltMember, what: str, to: str) -> None:
        letting.let_see(
            actor=owner.actor, what=what, to=to, until=NOW + 9 * DAY, key=a_key(), now=NOW
        )

    @pytest.mark.parametrize("how", ["withdrawn", "emptied"])
    def test_goes_with_the_consent_and_does_not_come_back_with_another(
        self, place: BuiltPlace, owner: BuiltMember, how: str
    ) -> None:
        nurse = a_member(place, "Nan Nurse", roles=[Role.CALL_HANDLER])
        self.let(owner, letting.WHAT_HELPS, nurse.ref)
        if how == "withdrawn":
            consents.withdraw(actor=owner.actor, code="access-needs", key=a_key(), now=NOW)
        else:
            self.say(owner, None)
        assert letting.mine(actor=owner.actor, now=NOW).given == ()
        self.say(owner, "Something new, about my health.")
        assert letting.shown_to_me(actor=nurse.actor, now=NOW) == ()

    def test_shows_nothing_to_somebody_whom_they_keep_away(
        self, place: BuiltPlace, owner: BuiltMember
    ) -> None:
        nurse, shop = a_member(place, roles=[Role.CALL_HANDLER]), an_organisation(place)
        for to in (nurse.ref, shop.ref):
            self.let(owner, letting.WHAT_HELPS, to)
        assert self.seen(nurse, shop.owner, shop.ref) == [1, 1]
        with unit_of_work() as uow:
            for each in (nurse, shop.owner):
                uow.blocks.add(place.id, owner.id, each.id, NOW)
            uow.commit()
        assert self.seen(nurse, shop.owner, shop.ref) == [0, 0]

    def seen(self, nurse: BuiltMember, lead: BuiltMember, ref: str, now: datetime = NOW) -> object:
        to_me = letting.shown_to_me(actor=nurse.actor, now=now)
        to_us = letting.shown_to_organisation(actor=lead.actor, ref=ref, now=now)
        return [len(to_me), len(to_us)]

    def test_shows_nothing_to_an_organisation_that_is_stopped(
        self, place: BuiltPlace, owner: BuiltMember
    ) -> None:
        nurse, shop = a_member(place, roles=[Role.CALL_HANDLER]), an_organisation(place)
        self.let(owner, letting.WHAT_HELPS, shop.ref)
        with unit_of_work() as uow:
            uow.session.query(OrganisationRow).update({"state": "suspended"})
            uow.commit()
        assert self.seen(nurse, shop.owner, shop.ref) == [0, 0]

    def test_shows_nothing_to_a_councillor_whom_they_keep_away(
        self, place: BuiltPlace, rose: BuiltMember
    ) -> None:
        cora = a_councillor(place, "Cora Vote")
        councillors.let_see(
            actor=rose.actor, need_ref=post(rose).ref, councillor_ref=cora.ref, key=a_key(),
            now=NOW,
        )  # fmt: skip
        assert len(councillors.cases(actor=cora.actor, now=NOW)) == 1
        with unit_of_work() as uow:
            uow.blocks.add(place.id, rose.id, cora.id, NOW)
            uow.commit()
        assert councillors.cases(actor=cora.actor, now=NOW) == ()


def test_a_complaint_is_kept_from_whom_it_names_later(place: BuiltPlace, rose: BuiltMember) -> None:
    ada, ben = chief(place), chief(place, "Ben Boss")
    ref = complain(rose, "Somebody read my letters.")
    complaints.take(actor=ada.actor, ref=ref, key=a_key(), now=NOW)
    complaints.add(actor=rose.actor, ref=ref, words="I know now: Ada.", key=a_key(), now=NOW)
    with pytest.raises(NotFound):
        complaints.one(actor=ada.actor, ref=ref, now=NOW)
    shown = complaints.one(actor=ben.actor, ref=ref, now=NOW)
    assert (shown.state, shown.assigned_to) == ("open", None)
    assert "complaint_added_staff" not in letters(ada)
    assert letters(ben)[-1] == "complaint_added_staff"


def test_a_proof_of_somebody_who_rests_is_as_good_as_before(place: BuiltPlace) -> None:
    """A place that says it vouches no more says something bad about them."""
    holder, check = a_holder(place)
    ref = a_proof(holder, check)
    text, link = text_of(holder, ref), shown_proof(holder, ref).token
    pausing.pause(actor=holder.actor, until=None, kept=(), key=a_key(), now=NOW)
    assert (read(place, text).state, opened(place, str(link)).state) == ("good", "good")
    with reading() as uow:
        assert list(uow.proofs.void(place.id, 0, NOW)) == []
