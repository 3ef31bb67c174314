"""What the dialogue is told of a phone, and what is kept of its turn, in one commit."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from enabler.domain.prompts import Opening, Say
from enabler.domain.vocabulary import MemberState, OutboxState, Priority, Role
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.texts import InboundTextRow, PromptRow
from enabler.persistence.unit_of_work import reading
from enabler.services import inbound, texting
from enabler.services.texting import MOST_HALF_SAID, STRANGERS_TEXTS_A_DAY, Opened
from tests import rows
from tests.messages.conftest import SOON, Street

STRANGER = "+447700900777"
DAY = timedelta(days=1)
MENU, DANGER = Say("menu"), Say("danger")
ASKED = Opening("need-when", ("any",), {"words": "milk for mum"}, takes_words=True)


def phone_of(member_id: int) -> str:
    with reading() as uow:
        return uow.telling.receiver(member_id).phone or ""


class Texts:
    """Texts of one number, one after the other."""

    def __init__(self, street: Street, number: str) -> None:
        self.street, self.number, self.count = street, number, 0

    def send(self, body: str = "hello", now: datetime = rows.NOON) -> int:
        """Text the place; the id of the text whose turn it is."""
        self.count += 1
        inbound.keep(
            provider_ref=f"SM{self.number}{self.count}", sent_from=self.number,
            sent_to="+447700900001", body=body, opt_out=None, sent_at=None, now=now,
        )  # fmt: skip
        return self.turn(now)

    def turn(self, now: datetime = rows.NOON) -> int:
        """The text whose turn it is."""
        found = inbound.next_of(
            place_id=self.street.town.id, number=self.number, holder="me", now=now
        )
        assert found is not None
        return found.id

    def opened(self, body: str = "hello", now: datetime = rows.NOON) -> Opened:
        """Text the place, and what is known then."""
        return texting.open_text(text_id=self.send(body, now), now=now)

    def close(
        self, text_id: int, *, closes: Sequence[str] = (), opens: Sequence[Opening] = (),
        says: Sequence[Say] = (), now: datetime = rows.NOON,
    ) -> bool:  # fmt: skip
        """What came of it."""
        return texting.close_text(
            text_id=text_id, closes=closes, opens=opens, says=says, now=now
        )  # fmt: skip

    def answers(self) -> list[OutboxRow]:
        """What goes back to the number."""
        with reading() as uow:
            query = select(OutboxRow).where(OutboxRow.to_value == self.number)
            found = list(uow.session.scalars(query.order_by(OutboxRow.id)))
            uow.session.expunge_all()
            return found


class TestAnOpenedText:
    def test_is_of_the_member_who_has_the_number_and_never_of_staff(self, street: Street) -> None:
        street.change(lambda uow: rows.role(uow.session, street.town, street.asker, Role.CUSTODIAN))
        opened = Texts(street, phone_of(street.asker)).opened("HOURS")
        assert (opened.body, opened.known, opened.has_home, opened.language, opened.zone) == (
            "HOURS", True, True, "en", "Europe/London"
        )  # fmt: skip
        assert (opened.actor.member_id, opened.actor.grants) == (street.asker, ())
        assert not opened.actor.second_factor

    def test_of_a_stranger_is_nobodys(self, street: Street) -> None:
        opened = Texts(street, STRANGER).opened()
        assert (opened.known, opened.stopped, opened.has_home) == (False, False, False)
        assert (opened.actor.kind, opened.actor.place_id) == ("anonymous", street.town.id)

    def test_of_somebody_suspended_acts_for_nobody(self, street: Street) -> None:
        street.change(lambda uow: uow.members.change(street.asker, state=MemberState.SUSPENDED))
        opened = Texts(street, phone_of(street.asker)).opened()
        assert (opened.known, opened.actor.kind) == (True, "anonymous")

    def test_knows_who_wants_no_texts(self, street: Street) -> None:
        street.change(lambda uow: uow.telling.stop(street.asker, rows.NOON))
        assert Texts(street, phone_of(street.asker)).opened().stopped


class TestAClosedText:
    def test_keeps_answers_questions_and_words_together(self, street: Street) -> None:
        street.tell("ask", match=street.matched())
        street.deliver()
        texts = Texts(street, phone_of(street.helper))
        now = rows.NOON + 2 * SOON
        text = texts.send("A1", now)
        said = Say("accepted", {"match": "AB12"})
        assert texts.close(text, closes=["A"], opens=[ASKED], says=[said], now=now)
        with reading() as uow:
            closed, opened = uow.session.scalars(select(PromptRow).order_by(PromptRow.id))
            assert (closed.letter, closed.closed_because) == ("A", "answered")
            assert (opened.letter, opened.kind, opened.options, opened.takes_words) == (
                "B", "need-when", ["any"], True
            )  # fmt: skip
            assert (opened.facts, opened.fresh_until) == (ASKED.facts, now + DAY)
        (row,) = texts.answers()
        assert (row.template, row.priority, row.state) == (
            "answer", Priority.ANSWER, OutboxState.QUEUED
        )  # fmt: skip
        assert row.parameters == {
            "text": text, "asks": ["B"], "says": [{"code": "accepted", "facts": {"match": "AB12"}}],
        }  # fmt: skip

    def test_is_closed_once(self, street: Street) -> None:
        texts = Texts(street, phone_of(street.helper))
        text = texts.send()
        assert texts.close(text, opens=[ASKED], says=[MENU])
        assert not texts.close(text, opens=[ASKED, ASKED], says=[MENU], now=rows.NOON + SOON)
        assert len(texts.answers()) == 1
        with reading() as uow:
            assert len(list(uow.session.scalars(select(PromptRow)))) == 1

    def test_gives_its_questions_to_the_next(self, street: Street) -> None:
        texts = Texts(street, phone_of(street.helper))
        texts.close(texts.send(), opens=[ASKED])
        (one,) = texts.opened("friday", rows.NOON + SOON).questions
        assert (one.letter, one.kind, one.facts, one.ref, one.closed) == (
            "A", "need-when", ASKED.facts, None, False
        )  # fmt: skip

    def test_forgets_what_was_said_so_far_when_it_is_taken_up(self, street: Street) -> None:
        texts = Texts(street, phone_of(street.helper))
        texts.close(texts.send(), opens=[ASKED])
        texts.close(texts.send("friday"), closes=["A"])
        with reading() as uow:
            assert uow.session.scalars(select(PromptRow)).one().facts == {}

    def test_lets_go_of_the_oldest_where_very_much_is_half_said(self, street: Street) -> None:
        texts = Texts(street, phone_of(street.helper))
        for _ in range(MOST_HALF_SAID + 2):
            texts.close(texts.send(), opens=[ASKED])
        found = [one for one in texts.opened().questions if not one.closed]
        assert len(found) == MOST_HALF_SAID
        assert "A" not in {one.letter for one in found}

    def test_answers_no_question_that_was_asked_after_it(self, street: Street) -> None:
        texts = Texts(street, phone_of(street.helper))
        text = texts.send("A1", rows.NOON - SOON)
        street.tell("ask", match=street.matched())
        street.deliver()
        texts.close(text, closes=["A"], now=rows.NOON + 2 * SOON)
        with reading() as uow:
            assert uow.session.scalars(select(PromptRow)).one().closed_at is None

    def test_says_nobodys_words(self, street: Street) -> None:
        texts = Texts(street, phone_of(street.helper))
        text = texts.send()
        with pytest.raises(ValueError, match="name"):
            texts.close(text, opens=[ASKED], says=[Say("hello", {"name": "Ada Lovelace"})])
        with reading() as uow:
            assert uow.session.scalars(select(PromptRow)).all() == []
            assert uow.inbound.by_id(text).answered_at is None


class TestAStranger:
    def test_is_told_one_thing_a_day(self, street: Street) -> None:
        texts = Texts(street, STRANGER)
        for hours in range(3):
            now = rows.NOON + timedelta(hours=hours)
            texts.close(texts.send(now=now), says=[MENU], now=now)
        assert len(texts.answers()) == 1
        tomorrow = rows.NOON + DAY
        texts.close(texts.send(now=tomorrow), says=[MENU], now=tomorrow)
        assert len(texts.answers()) == 2

    def test_is_always_told_what_to_do_in_danger(self, street: Street) -> None:
        texts = Texts(street, STRANGER)
        for _ in range(3):
            texts.close(texts.send(), says=[DANGER])
        assert len(texts.answers()) == 3

    def test_can_join_after_the_answer_of_the_day_but_not_text_for_ever(
        self, street: Street
    ) -> None:
        texts = Texts(street, STRANGER)
        texts.close(texts.send(), says=[MENU])
        for _ in range(STRANGERS_TEXTS_A_DAY + 5):
            texts.close(texts.send(), opens=[Opening("join-name", takes_words=True)])
        assert len(texts.answers()) == STRANGERS_TEXTS_A_DAY
        with reading() as uow:
            came = list(uow.session.scalars(select(InboundTextRow.came_of)))
            assert came.count("nothing") == 6

    def test_who_answers_a_question_hears_what_came_of_it(self, street: Street) -> None:
        texts = Texts(street, STRANGER)
        texts.close(texts.send(), says=[MENU])
        texts.close(texts.send(), opens=[Opening("join-age", ("yes", "no"))])
        texts.close(texts.send("no"), closes=["A"], says=[Say("too_young")])
        assert [row.parameters["says"] for row in texts.answers()][-1] == [
            {"code": "too_young", "facts": {}}
        ]
        assert len(texts.answers()) == 3

    @pytest.mark.parametrize("number", ["anonymous", "+33612345678", "+441632960001", "80800"])
    def test_who_cannot_be_reached_is_answered_nothing(self, street: Street, number: str) -> None:
        texts = Texts(street, number)
        texts.close(texts.send(), says=[MENU])
        assert texts.answers() == []


def test_a_question_of_a_text_stands_until_it_is_answered(street: Street) -> None:
    texts = Texts(street, phone_of(street.helper))
    texts.close(texts.send(), opens=[ASKED])
    week = rows.NOON + 7 * DAY
    (one,) = texts.opened("sorry, friday", week).questions
    assert not one.closed
    assert not one.is_fresh(week)
