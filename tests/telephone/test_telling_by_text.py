"""What people are told by text reaches whom it should: danger, worries, reports, complaints."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.domain.vocabulary import MemberState
from enabler.persistence.tables.complaints import ComplaintRow
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import inbound, texting, texts_aside
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import accept, post
from tests.services.test_reports import a_lead
from tests.telephone.phones import STRANGER, Phone, a_texted_place, audited, outbox
from tests.telephone.test_acting_for_people import died

DANGER = "hes got a knife please hurry"


@pytest.fixture
def place(app: Flask) -> Any:
    with app.app_context():
        yield a_texted_place()


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_lead(place)


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


def reports() -> list[ReportRow]:
    with reading() as uow:
        found = list(uow.session.scalars(select(ReportRow).order_by(ReportRow.id)))
        uow.session.expunge_all()
    return found


def told(template: str = "worried_lead") -> set[int | None]:
    return {row.member_id for row in outbox(template)}


class TestDanger:
    def test_reaches_the_lead_with_every_word(self, lead: BuiltMember, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        assert phone.text(DANGER) == ["danger"]
        (report,) = reports()
        assert (report.kind, report.words, report.by_member_id, report.for_leads) == (
            "worried", DANGER, ann.id, True
        )  # fmt: skip
        assert report.due_at is not None
        assert told() == {lead.id}

    def test_of_a_stranger_too_with_the_number_to_ring(self, lead: BuiltMember) -> None:
        phone = Phone(lead.place)
        assert phone.text(DANGER) == ["danger"]
        (report,) = reports()
        assert (report.words, report.call_back, report.by_member_id) == (DANGER, STRANGER, None)
        assert told() == {lead.id}
        assert phone.received().set_aside_at == NOW

    def test_of_a_stopped_phone_too(self, lead: BuiltMember, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        phone.text("STOP")
        phone.text(DANGER)
        assert [one.words for one in reports()] == [DANGER]
        assert told() == {lead.id}

    @pytest.mark.parametrize("state", [MemberState.HELD, MemberState.SUSPENDED])
    def test_of_whoever_is_held_or_suspended_too(
        self, lead: BuiltMember, ann: BuiltMember, state: MemberState
    ) -> None:
        with unit_of_work() as uow:
            uow.members.change(ann.id, state=state)
            uow.commit()
        assert Phone.of(ann).text(DANGER) == ["danger"]
        assert told() == {lead.id}

    def test_of_a_number_that_takes_no_texts_too(self, lead: BuiltMember) -> None:
        assert Phone(lead.place, "anonymous").text(DANGER) == []
        assert told() == {lead.id}

    def test_in_a_flood_is_kept_each_time(self, lead: BuiltMember) -> None:
        for nth in range(70):
            Phone(lead.place, f"+44770090{1000 + nth}").text(f"{DANGER} {nth}")
        assert len(reports()) == 70
        assert told() == {lead.id}

    def test_again_and_by_a_worker_that_died_is_one_report(
        self, lead: BuiltMember, ann: BuiltMember, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        phone = Phone.of(ann)
        ref = phone.keep(DANGER)
        with monkeypatch.context() as broken:
            broken.setattr(texting, "close_text", died)
            with pytest.raises(RuntimeError):
                phone.work()
        phone.work()
        assert phone.answer_to(ref) == ["danger"]
        assert phone.text(DANGER) == ["danger"]
        assert len(reports()) == 1

    def test_in_whatever_letters_is_kept(self, lead: BuiltMember, ann: BuiltMember) -> None:
        assert Phone.of(ann).text(f"{DANGER} \x07\u202e " + "x" * 2500) == ["danger"]
        assert reports()[0].words.startswith(DANGER)


class TestWhatIsTold:
    def test_a_worry_goes_to_the_lead(self, lead: BuiltMember, ann: BuiltMember) -> None:
        assert Phone.of(ann).text("WORRIED about Mary at no 4") == ["worry_told"]
        (report,) = reports()
        assert (report.kind, report.words) == ("worried", "about Mary at no 4")
        assert Phone(lead.place).text("worried") == ["worry_told"]
        assert reports()[1].call_back == STRANGER
        assert told() == {lead.id}

    def test_a_report_is_of_the_help_that_is_meant(self, place: BuiltPlace) -> None:
        lead, asker, helper = a_lead(place), a_member(place, "Ann"), a_helper(place)
        post(asker)
        match = accept(helper).ref
        phone = Phone.of(asker)
        asked(phone, "visit", match)
        assert phone.text("REPORT") == ["say_report"]
        assert phone.text("REPORT A he was rude to me") == ["reported"]
        assert phone.text("REPORT a man on my street") == ["reported"]
        first, second = reports()
        assert (first.about_kind, first.about_ref, first.words) == (
            "match", match, "A he was rude to me"
        )  # fmt: skip
        assert (second.about_kind, second.words) == ("other", "a man on my street")
        assert told("went_wrong_lead") == {lead.id}

    def test_a_complaint_has_its_clock(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        assert phone.text("COMPLAIN") == ["say_complain"]
        assert phone.text("COMPLAIN you told my neighbour my number") == ["complained"]
        assert phone.said()[0]["facts"] == {"until": "2026-04-09"}
        assert Phone(ann.place).text("COMPLAIN stop writing to me") == ["complained"]
        with reading() as uow:
            mine, theirs = uow.session.scalars(select(ComplaintRow).order_by(ComplaintRow.id))
            assert (mine.how, mine.words) == ("text", "you told my neighbour my number")
            assert (theirs.call_back, theirs.by_member_id) == (STRANGER, None)

    def test_two_are_kept_apart(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place, "Ann"), a_helper(place)
        post(asker)
        match = accept(helper).ref
        phone = Phone.of(asker)
        assert phone.text("BLOCK") == ["with_people"]
        asked(phone, "visit", match)
        assert phone.text("BLOCK") == ["block_which"]
        assert phone.said()[0]["facts"] == {"letters": ["A"]}
        assert phone.text("BLOCK A") == ["blocked"]
        with reading() as uow:
            assert uow.blocks.has(asker.id, helper.id)
        assert audited("member.kept_apart") == 1

    def test_whom_one_has_not_met_is_peoples(self, ann: BuiltMember) -> None:
        other = a_helper(ann.place)
        post(a_member(ann.place, "Bob"))
        phone = Phone.of(ann)
        asked(phone, "visit", accept(other).ref)
        assert phone.text("BLOCK A") == ["with_people"]
        assert phone.received().set_aside_at == NOW

    def test_whoever_wants_to_be_rung_is_on_the_desks_list(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        assert phone.text("please call me about tuesday") == ["will_call"]
        desk = a_custodian(ann.place)
        shown = texts_aside.show(actor=desk.actor, ref=phone.received().ref or "", now=NOW)
        assert (shown.words, shown.number, shown.name) == (
            "please call me about tuesday", phone.number, "Ann Asker"
        )  # fmt: skip


class TestAStranger:
    def test_hears_how_to_join_and_is_read_by_people_once(self, place: BuiltPlace) -> None:
        phone = Phone(place)
        assert phone.text("hello there") == ["how_to_join"]
        first = phone.received().ref
        assert phone.text("are you there") == []
        assert phone.received().ref is None
        shown = texts_aside.show(actor=a_custodian(place).actor, ref=first or "", now=NOW)
        assert [words for _, words in shown.beside] == ["are you there"]

    def test_in_a_crowd_hides_nobody(self, place: BuiltPlace) -> None:
        for nth in range(inbound.STRANGERS_ASIDE + 5):
            Phone(place, f"+44770090{1000 + nth}").text("cheap loans")
        assert audited("text.set-aside") == inbound.STRANGERS_ASIDE
        ann = a_member(place, "Ann")
        assert Phone.of(ann).text("Mum said to text you") == ["with_people"]
        assert audited("text.set-aside") == inbound.STRANGERS_ASIDE + 1

    def test_is_answered_once_a_day_however_often_they_ask_to_be_rung(
        self, place: BuiltPlace
    ) -> None:
        phone = Phone(place)
        assert phone.text("CALL ME") == ["will_call"]
        assert phone.text("CALL ME") == []
        phone.now += timedelta(days=1)
        assert phone.text("CALL ME") == ["will_call"]


def asked(phone: Phone, kind: str, ref: str) -> None:
    """A letter that left has asked this."""
    with unit_of_work() as uow:
        uow.prompts.open(
            uow.phones.of(phone.place.id, phone.number, NOW), kind=kind, options=("yes", "no"),
            ref=ref, key=f"sms:asked:{kind}:{ref}", now=NOW,
        )  # fmt: skip
        uow.commit()
