"""What a duty keeps of somebody who goes: in one place, for its leads, until it is over."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.vocabulary import MemberState, Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import cases, conversations, erasure, erasure_desk, pausing, reports, untold
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_place,
    new_rules,
    share,
)
from tests.erasure.deleting import deliver, finish, go, hits
from tests.services.acting import told
from tests.services.deeds import a_key, accept, post

LATER, DAY = timedelta(hours=2), timedelta(days=1)
SECOND = timedelta(seconds=1)
NAME = "Quillfeather"


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    """Who looks after safety."""
    return a_member(place, "Lena Lead", roles=(Role.SAFEGUARDING_LEAD,))


def hold(lead: BuiltMember, who: BuiltMember, *, tells: bool = False) -> None:
    erasure_desk.put_hold(
        actor=lead.actor, ref=who.ref, words="A court asked.", tells=tells, key=a_key(), now=NOW
    )


def where(needle: str) -> set[str]:
    return {table for table, _ in hits([needle])}


class TestADuty:
    def test_keeps_who_it_was_in_one_place_until_it_is_over(
        self, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        hold(lead, ann)
        go(ann)
        deliver(NOW)
        finish(NOW + LATER)
        assert where(NAME) == {"erasure"}
        (kept,) = erasure_desk.duties(actor=lead.actor, now=NOW).kept
        assert (kept.member_ref, kept.name) == (ann.ref, "Annabel Quillfeather")
        erasure_desk.end_hold(actor=lead.actor, ref=ann.ref, key=a_key(), now=NOW)
        finish(NOW + LATER)
        assert where(NAME) == set()
        assert erasure_desk.duties(actor=lead.actor, now=NOW).kept == ()

    def test_is_not_told_unless_a_lead_lets_them_know(
        self, place: BuiltPlace, ann: BuiltMember, ben: BuiltMember, lead: BuiltMember
    ) -> None:
        hold(lead, ann)
        hold(lead, ben, tells=True)
        told = [erasure.show(actor=one.actor, now=NOW).tells_of_duty for one in (ann, ben)]
        assert told == [False, True]

    def test_shows_in_nothing_outside(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        """The number is free again, as after any deletion."""
        with reading() as uow:
            phone = uow.contacts.of(ann.id)["phone"].value
        hold(lead, ann)
        go(ann)
        with reading() as uow:
            assert uow.members.by_contact(place.id, "phone", phone) is None
            assert uow.homes.member(ann.id).state is MemberState.ERASED

    def test_is_for_leads_and_never_about_oneself(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        desk = a_custodian(place)
        with pytest.raises(NotAllowed):
            hold(desk, ann)
        with pytest.raises(NotAllowed, match="own_case"):
            hold(lead, lead)
        hold(lead, ann)
        with pytest.raises(WrongMoment, match="hold_stands_already"):
            hold(lead, ann)

    def test_is_an_open_report_about_them_too(
        self, ann: BuiltMember, ben: BuiltMember, lead: BuiltMember
    ) -> None:
        post(ann)
        ref = accept(ben).ref
        made = reports.report(
            actor=ben.actor, about_kind="match", about_ref=ref, kind="rude",
            words="She shouted at me.", key=a_key(), now=NOW,
        )  # fmt: skip
        go(ann)
        finish(NOW + LATER)
        assert where(NAME) == {"erasure"}
        assert where("She shouted") == {"report"}
        cases.settle(
            actor=lead.actor, ref=made, words="I rang both.", key=a_key(), now=NOW,
        )  # fmt: skip
        finish(NOW + LATER)
        assert where(NAME) == set()

    def test_is_a_report_in_the_place_next_door_too(
        self, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        """Who helps over the border is reported where whoever asked lives."""
        door = a_place("farby", area="EX")
        share(door, place)
        asker = a_member(door, "Olga Overthere", at=(600, 600))
        gardener = a_helper(place, "Ben Quillfeather", "gardening")
        post(asker, "gardening")
        ref = accept(gardener).ref
        reports.report(
            actor=asker.actor, about_kind="match", about_ref=ref, kind="rude",
            words="He shouted at me.", key=a_key(), now=NOW,
        )  # fmt: skip
        go(gardener)
        finish(NOW + LATER)
        assert "erasure" in where("Ben Quillfeather")

    def test_keeps_a_report_of_theirs_as_they_told_it_until_it_is_settled(
        self, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        made = reports.report(
            actor=ann.actor, about_kind="other", about_ref=None, kind="other",
            words="The lift is broken again.", key=a_key(), now=NOW,
        )  # fmt: skip
        go(ann)
        assert where(NAME) == set()
        assert where("The lift is broken") == {"report"}
        cases.settle(
            actor=lead.actor, ref=made, words="Mended.", key=a_key(), now=NOW,
        )  # fmt: skip
        finish(NOW + LATER)
        assert where("The lift is broken") == set()


class TestTheDesk:
    def test_asks_a_second_person_and_never_twice(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        desk = a_custodian(place)
        said = {"words": "By letter.", "key": a_key(), "now": NOW}
        ref = erasure_desk.ask(actor=desk.actor, ref=ann.ref, **said)  # type: ignore[arg-type]
        with pytest.raises(WrongMoment, match="erasure_waits_already"):
            erasure_desk.ask(actor=lead.actor, ref=ann.ref, words="x", key=a_key(), now=NOW)
        decide = {
            "ref": ref,
            "allowing": True,
            "words": "I rang.",
            "kept_in": wiring().erasures,
            "now": NOW + DAY,
        }
        with pytest.raises(NotAllowed, match="second_person_same"):
            erasure_desk.decide(actor=desk.actor, key=a_key(), **decide)  # type: ignore[arg-type]
        erasure_desk.decide(actor=lead.actor, key=a_key(), **decide)  # type: ignore[arg-type]
        assert where(NAME) == set()
        assert where("By letter.") == set()
        with pytest.raises(WrongMoment, match="erasure_decided"):
            erasure_desk.decide(actor=lead.actor, key=a_key(), **decide)  # type: ignore[arg-type]

    def test_tells_whose_account_it_is_so_that_they_can_say_no(
        self, place: BuiltPlace, ann: BuiltMember, ben: BuiltMember, lead: BuiltMember
    ) -> None:
        desk = a_custodian(place)
        ref = erasure_desk.ask(
            actor=desk.actor, ref=ann.ref, words="A voice on the phone.", key=a_key(), now=NOW
        )  # fmt: skip
        assert told(ann) == ["erase_asked"]
        deliver(NOW)
        with reading() as uow:
            (letter,) = uow.session.query(OutboxRow).filter_by(member_id=ann.id)
        assert letter.sent_at == NOW
        assert erasure_desk.show(actor=lead.actor, ref=ref, now=NOW).tells is True

    def test_writes_nothing_to_whoever_is_not_safe_or_has_died(
        self, place: BuiltPlace, ben: BuiltMember, lead: BuiltMember
    ) -> None:
        desk = a_custodian(place)
        ref = erasure_desk.ask(
            actor=desk.actor, ref=ben.ref, words="His son rang.", tells=False, key=a_key(), now=NOW
        )  # fmt: skip
        assert erasure_desk.show(actor=lead.actor, ref=ref, now=NOW).tells is False
        erasure_desk.decide(
            actor=lead.actor, ref=ref, allowing=True, words="Seen the paper.",
            kept_in=wiring().erasures, key=a_key(), now=NOW,
        )  # fmt: skip
        with reading() as uow:
            letters = uow.session.query(OutboxRow).filter_by(place_id=place.id).all()
        assert [one.template for one in letters if one.template.startswith("erase")] == []

    def test_lets_nobody_say_yes_before_they_had_time_to_say_that_it_was_not_them(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        desk = a_custodian(place)
        ref = erasure_desk.ask(
            actor=desk.actor, ref=ann.ref, words="A voice.", key=a_key(), now=NOW
        )

        def decide(allowing: bool, now: datetime) -> str:
            return erasure_desk.decide(
                actor=lead.actor, ref=ref, allowing=allowing, words="I rang.", key=a_key(),
                kept_in=wiring().erasures, now=now,
            ).state  # fmt: skip

        shown = erasure_desk.show(actor=lead.actor, ref=ref, now=NOW)
        assert (shown.waits, shown.allowed_from) == (True, NOW + DAY)
        with pytest.raises(WrongMoment, match="erasure_too_early"):
            decide(True, NOW + DAY - SECOND)
        assert not erasure_desk.show(actor=lead.actor, ref=ref, now=NOW + DAY).waits
        assert decide(True, NOW + DAY) == "allowed"

    def test_gives_as_long_as_the_place_says(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        new_rules(place, {"erase_wait_hours": 2})
        ref = erasure_desk.ask(
            actor=a_custodian(place).actor, ref=ann.ref, words="A voice.", key=a_key(), now=NOW
        )  # fmt: skip
        with reading() as uow:
            (letter,) = uow.session.query(OutboxRow).filter_by(member_id=ann.id)
        shown = erasure_desk.show(actor=lead.actor, ref=ref, now=NOW)
        assert shown.allowed_from == letter.due_at + timedelta(hours=2)

    def test_a_no_needs_no_wait(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        ref = erasure_desk.ask(
            actor=a_custodian(place).actor, ref=ann.ref, words="A voice.", key=a_key(), now=NOW
        )  # fmt: skip
        shown = erasure_desk.decide(
            actor=lead.actor, ref=ref, allowing=False, words="Not her.", key=a_key(), now=NOW,
            kept_in=wiring().erasures,
        )  # fmt: skip
        assert shown.state == "refused"

    def test_nobody_waits_for_whoever_nothing_reaches(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        with unit_of_work() as uow:
            uow.members.change(ann.id, stopped_at=NOW)
            uow.session.execute(
                text("DELETE FROM contact WHERE member_id = :whose AND kind = 'mail'"),
                {"whose": ann.id},
            )
            uow.commit()
        ref = erasure_desk.ask(
            actor=a_custodian(place).actor, ref=ann.ref, words="At the desk.", key=a_key(), now=NOW
        )  # fmt: skip
        shown = erasure_desk.show(actor=lead.actor, ref=ref, now=NOW)
        assert (shown.tells, shown.waits, shown.allowed_from) == (True, False, None)

    def test_whoever_has_no_phone_is_told_by_people_and_has_the_same_time(
        self, place: BuiltPlace, lead: BuiltMember
    ) -> None:
        sue, desk = a_member(place, "Sue Silent", phone=False), a_custodian(place)
        ref = erasure_desk.ask(
            actor=desk.actor, ref=sue.ref, words="A voice.", key=a_key(), now=NOW
        )
        shown = erasure_desk.show(actor=lead.actor, ref=ref, now=NOW)
        assert (shown.waits, shown.allowed_from) == (True, NOW + DAY)
        (told,) = untold.listed(actor=desk.actor, now=NOW)
        assert told.urgent

    def test_whoever_rests_is_written_to_all_the_same(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        pausing.pause(actor=ann.actor, until=None, kept=(), key=a_key(), now=NOW)
        ref = erasure_desk.ask(
            actor=a_custodian(place).actor, ref=ann.ref, words="A voice.", key=a_key(), now=NOW
        )  # fmt: skip
        assert erasure_desk.show(actor=lead.actor, ref=ref, now=NOW).waits

    def test_whoever_is_suspended_hears_of_it_too(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        with unit_of_work() as uow:
            uow.members.change(ann.id, state=MemberState.SUSPENDED)
            uow.commit()
        ref = erasure_desk.ask(
            actor=a_custodian(place).actor, ref=ann.ref, words="A voice.", key=a_key(), now=NOW
        )  # fmt: skip
        deliver(NOW)
        assert erasure_desk.show(actor=lead.actor, ref=ref, now=NOW).waits
        with reading() as uow:
            (letter,) = uow.session.query(OutboxRow).filter_by(member_id=ann.id)
        assert letter.sent_at == NOW

    def test_finds_them_by_the_number_from_which_they_ring(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        with reading() as uow:
            number = uow.contacts.of(ann.id)["phone"].value
        ref = erasure_desk.ask(
            actor=a_custodian(place).actor, ref=number, words="She rang.", key=a_key(), now=NOW
        )  # fmt: skip
        assert erasure_desk.show(actor=lead.actor, ref=ref, now=NOW).member_ref == ann.ref

    def test_a_request_is_over_when_they_do_it_themselves(
        self, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        desk = a_custodian(place)
        erasure_desk.ask(actor=desk.actor, ref=ann.ref, words="By phone.", key=a_key(), now=NOW)
        go(ann)
        assert erasure_desk.overview(actor=desk.actor, now=NOW).waiting == ()
        with pytest.raises(Invalid):
            erasure_desk.ask(actor=desk.actor, ref=ann.ref, words=" ", key=a_key(), now=NOW)
        with pytest.raises(WrongMoment, match="member_erased_already"):
            erasure_desk.ask(actor=desk.actor, ref=ann.ref, words="x", key=a_key(), now=NOW)


class TestTheDoorInTheDatabase:
    """SQL by hand: nothing but the words of whoever is erased may go."""

    def refused(self, statement: str, **ids: int) -> bool:
        try:
            with unit_of_work() as uow:
                uow.session.execute(text(statement), ids)
                uow.commit()
        except DBAPIError:
            return True
        return False

    def test_lets_words_go_of_whoever_is_erased_and_of_nobody_else(
        self, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        post(ann)
        ref = accept(ben).ref
        for one in (ann, ben):
            conversations.say(
                actor=one.actor, match_ref=ref, words="The blue door.", key=a_key(), now=NOW
            )
        empty = "UPDATE conversation_line SET words = '' WHERE by_member_id = :whose"
        assert self.refused(empty, whose=ann.id)
        go(ann)
        assert self.refused(empty, whose=ben.id)
        assert not self.refused(empty, whose=ann.id)
        for change in (
            "words = 'I never said that'",
            "side = 'helper'",
            "words = '', side = 'staff'",
        ):
            statement = empty.replace("words = ''", change)
            assert self.refused(statement, whose=ann.id), change
        assert self.refused("DELETE FROM audit")

    def test_lets_a_check_go_of_whoever_is_erased_and_of_nobody_else(
        self, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        assert self.refused("DELETE FROM credential WHERE member_id = :whose", whose=ann.id)
        go(ann)
        assert self.refused("DELETE FROM credential WHERE member_id = :whose", whose=ben.id)

    def test_nobody_is_deleted_before_their_time_and_it_grows_no_shorter(
        self, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        desk, other = a_custodian(place), a_custodian(place, "Derek Desk")
        erasure_desk.ask(actor=desk.actor, ref=ann.ref, words="A voice.", key=a_key(), now=NOW)
        decided = (
            "UPDATE erasure_proposal SET state = 'STATE', decided_by = :other,"
            " decided_at = asked_at WHERE decided_at IS NULL"
        )
        assert self.refused(decided.replace("STATE", "allowed"), other=other.id)
        assert self.refused("UPDATE erasure_proposal SET allowed_from = NULL")
        assert self.refused("UPDATE erasure_proposal SET allowed_from = asked_at")
        assert not self.refused(decided.replace("STATE", "refused"), other=other.id)

    def test_a_request_is_decided_once(self, place: BuiltPlace, ann: BuiltMember) -> None:
        desk, other = a_custodian(place), a_custodian(place, "Derek Desk")
        ref = erasure_desk.ask(
            actor=desk.actor, ref=ann.ref, words="By letter.", key=a_key(), now=NOW
        )
        erasure_desk.decide(
            actor=other.actor,
            ref=ref,
            allowing=False,
            words="Not her.",
            kept_in=wiring().erasures,
            key=a_key(),
            now=NOW,
        )
        for change in ("state = 'allowed'", "decided_by = NULL", "member_id = :other"):
            statement = "UPDATE erasure_proposal SET what".replace("what", change)
            assert self.refused(statement, other=other.id), change
