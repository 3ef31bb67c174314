"""What an answer to a text says when it leaves: what is so then, to whoever may know it then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask_babel import force_locale
from sqlalchemy import select, update

from enabler.domain.messages import ANSWER_IS_FRESH
from enabler.domain.prompts import Opening, Say
from enabler.domain.vocabulary import MatchState, MemberState, Priority
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.texts import PromptRow
from enabler.persistence.unit_of_work import reading
from enabler.services.ports import Rendered
from sms.rendering import Rendering
from tests import rows
from tests.messages.conftest import SOON, Street
from tests.messages.gateways import Network
from tests.messages.test_texting import STRANGER, Texts, phone_of

WHAT = "shopping, Wed 25 Nov 2pm to 4pm"
NIGHT = rows.NOON.replace(hour=23)
OFFER_CONFIRM = Opening("offer-confirm", ("yes", "no"), {
    "words": "i can do gardens", "category": "gardening",
})  # fmt: skip


@dataclass
class Speaking(Network):
    """A network that says the words."""

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """As the telephone door does."""
        return Rendering("https://enabler.example").render(template, values, language)


@pytest.fixture
def speaking(street: Street) -> Street:
    """The street, whose answers are read word by word."""
    street.network = Speaking()
    return street


def answer(
    street: Street, *says: Say, to: int | None = None, opens: Sequence[Opening] = (),
    now: datetime = rows.NOON,
) -> Texts:  # fmt: skip
    """Queue an answer to a text of the helper's."""
    texts = Texts(street, phone_of(street.helper if to is None else to))
    texts.count = int(now.timestamp())
    texts.close(texts.send(now=now), says=says, opens=opens, now=now)
    return texts


def said(street: Street, now: datetime = rows.NOON + SOON) -> list[str]:
    """What leaves for a phone by then."""
    street.deliver(now)
    return street.bodies()


def sights(street: Street) -> list[tuple[int, str, str, str | None]]:
    with reading() as uow:
        query = select(SightRow.member_id, SightRow.what, SightRow.why, SightRow.subject_ref)
        return [(one, what, why, ref) for one, what, why, ref in uow.session.execute(query)]


class TestWhatIsSaidOfAMatch:
    def test_names_the_other_by_the_first_name_and_that_is_a_sight(self, speaking: Street) -> None:
        ref = speaking.matched(MatchState.ACCEPTED)
        answer(speaking, Say("accepted", {"match": ref}))
        assert said(speaking) == [f"Thank you! You are helping Ada: {WHAT}."]
        assert sights(speaking) == [(speaking.asker, "name", "message", ref)]

    def test_names_the_helper_to_the_asker(self, speaking: Street) -> None:
        ref = speaking.matched(MatchState.DONE, minutes=90)
        answer(speaking, Say("minutes_corrected", {"match": ref, "minutes": 60}), to=speaking.asker)
        assert said(speaking) == ["Thank you. We ask Bob whether it was 1 hour."]
        assert sights(speaking) == [(speaking.helper, "name", "message", ref)]

    def test_that_names_nobody_is_no_sight(self, speaking: Street) -> None:
        ref = speaking.matched(MatchState.ACCEPTED)
        answer(speaking, Say("still_coming", {"match": ref}))
        assert said(speaking) == [f"Thank you. Then all stays as it is: {WHAT}."]
        assert sights(speaking) == []

    @pytest.mark.parametrize("state", [MatchState.ASKED, MatchState.DECLINED, MatchState.RELEASED])
    def test_names_nobody_before_a_yes_or_after_it_was_taken_back(
        self, speaking: Street, state: MatchState
    ) -> None:
        answer(speaking, Say("thanked", {"match": speaking.matched(state)}))
        assert said(speaking) == ["Your thanks are on their way to somebody."]
        assert sights(speaking) == []

    def test_does_not_name_who_is_hidden(self, speaking: Street) -> None:
        ref = speaking.matched(MatchState.ACCEPTED)
        speaking.change(lambda uow: uow.hidden.add(
            member_id=speaking.asker, place_id=speaking.town.id, words="x",
            by_member_id=speaking.helper, since=rows.NOON, readers=[],
        ))  # fmt: skip
        answer(speaking, Say("accepted", {"match": ref}))
        assert said(speaking) == [f"Thank you! You are helping somebody: {WHAT}."]
        assert sights(speaking) == []

    def test_does_not_name_who_is_erased(self, speaking: Street) -> None:
        ref = speaking.matched(MatchState.CONFIRMED, minutes=60)
        speaking.change(lambda uow: uow.members.change(speaking.asker, state=MemberState.ERASED))
        answer(speaking, Say("thanked", {"match": ref}))
        assert said(speaking) == ["Your thanks are on their way to somebody."]

    def test_does_not_name_who_is_kept_apart_from_them(self, speaking: Street) -> None:
        ref = speaking.matched(MatchState.ACCEPTED)
        speaking.change(
            lambda uow: uow.blocks.add(speaking.town.id, speaking.asker, speaking.helper, rows.NOON)
        )
        answer(speaking, Say("accepted", {"match": ref}))
        assert said(speaking) == [f"Thank you! You are helping somebody: {WHAT}."]

    def test_is_left_out_for_who_is_no_side_of_it(self, speaking: Street) -> None:
        ref = speaking.matched(MatchState.ACCEPTED)
        other = speaking.change(lambda uow: rows.member(uow.session, speaking.town, "Cy Twombly"))
        answer(speaking, Say("accepted", {"match": ref}), Say("passed_on"), to=other)
        assert said(speaking) == ["We have passed on what you wrote."]
        assert sights(speaking) == []

    def test_of_which_nothing_is_left_says_so(self, speaking: Street) -> None:
        other = speaking.change(lambda uow: rows.member(uow.session, speaking.town, "Cy Twombly"))
        ref = speaking.matched(MatchState.ACCEPTED)
        answer(speaking, Say("accepted", {"match": ref}), to=other)
        assert said(speaking) == ["That has changed meanwhile. Text MY to see what is open."]

    def test_is_told_to_nobody_who_is_suspended(self, speaking: Street) -> None:
        ref = speaking.matched(MatchState.ACCEPTED)
        speaking.change(lambda uow: uow.members.change(
            speaking.helper, state=MemberState.SUSPENDED
        ))  # fmt: skip
        answer(speaking, Say("accepted", {"match": ref}), Say("danger"))
        (body,) = said(speaking)
        assert body.startswith("In danger ring 999 now.")
        assert "Ada" not in body
        assert sights(speaking) == []

    def test_follows_the_number_to_whoever_has_it_by_then(self, speaking: Street) -> None:
        ref = speaking.matched(MatchState.ACCEPTED)
        texts = answer(speaking, Say("accepted", {"match": ref}))
        speaking.change(lambda uow: uow.session.execute(
            update(ContactRow).where(ContactRow.value == texts.number).values(
                value="+447700900555"
            )
        ))  # fmt: skip
        assert "Ada" not in "".join(said(speaking))
        assert sights(speaking) == []


class TestWhatIsAsked:
    def test_is_said_with_its_letter_and_its_answers(self, speaking: Street) -> None:
        answer(speaking, opens=[OFFER_CONFIRM])
        (body,) = said(speaking)
        assert body == (
            "You offer help with: gardening, to people within a mile of your home. Is that right?"
            " Text A1 right, A2 not right."
        )

    def test_is_not_said_when_it_was_settled_before_it_left(self, speaking: Street) -> None:
        answer(speaking, opens=[OFFER_CONFIRM])
        speaking.change(lambda uow: uow.prompts.close([1], "again", rows.NOON))
        assert said(speaking) == []
        assert speaking.states() == [("dropped", "no_longer_so")]

    def test_by_a_letter_comes_again_as_it_is_now(self, speaking: Street) -> None:
        speaking.tell("ask", match=speaking.matched())
        speaking.deliver()
        answer(speaking, Say("again", {"letter": "A"}), now=rows.NOON + 2 * SOON)
        assert said(speaking, rows.NOON + 3 * SOON)[-1] == (
            "We are not sure what you answered. This is open: Can you lend a hand? Shopping,"
            " Wed 25 Nov 2pm to 4pm. Text A1 I can, A2 not this time."
        )
        assert sights(speaking) == []

    def test_of_a_time_names_the_other_and_that_is_a_sight(self, speaking: Street) -> None:
        ref = speaking.matched(
            MatchState.ARRANGED, visit_start=rows.NOON + timedelta(hours=5),
            visit_end=rows.NOON + timedelta(hours=6),
        )  # fmt: skip
        speaking.tell("reminder", match=ref, start=(rows.NOON + timedelta(hours=5)).isoformat())
        speaking.deliver()
        before = len(sights(speaking))
        answer(speaking, Say("choose", {"letter": "A"}), now=rows.NOON + 2 * SOON)
        assert said(speaking, rows.NOON + 3 * SOON)[-1] == (
            "Sorry, we did not get that. Shopping with Ada, Tue 24 Nov 5pm to"
            " 6pm. Can you be there? Text A1 I will be there, A2 I cannot."
        )
        assert len(sights(speaking)) == before + 1

    def test_that_is_over_is_said_to_be(self, speaking: Street) -> None:
        ref = speaking.matched()
        speaking.tell("ask", match=ref)
        speaking.deliver()
        answer(speaking, Say("again", {"letter": "A"}), now=rows.NOON + 2 * SOON)
        speaking.change(lambda uow: uow.session.execute(
            update(PromptRow).values(closed_at=rows.NOON, closed_because="settled")
        ))  # fmt: skip
        assert said(speaking, rows.NOON + 3 * SOON)[-1] == (
            "Sorry, that question is over now. Text MY to see what is open."
        )


class TestAnAnswer:
    def test_leaves_by_night_and_only_while_it_is_fresh(self, speaking: Street) -> None:
        answer(speaking, Say("not_posted"), now=NIGHT)
        assert len(said(speaking, NIGHT + ANSWER_IS_FRESH)) == 1
        later = NIGHT + timedelta(minutes=20)
        answer(speaking, Say("not_posted"), now=later)
        assert len(said(speaking, later + ANSWER_IS_FRESH + SOON)) == 1
        assert len(said(speaking, NIGHT + timedelta(hours=9, minutes=30))) == 2

    def test_of_danger_waits_for_no_morning(self, speaking: Street) -> None:
        answer(speaking, Say("danger"), now=NIGHT)
        assert [row.priority for row in speaking.outbox()] == [Priority.SAFETY]
        assert len(said(speaking, NIGHT + timedelta(hours=2))) == 1

    def test_that_is_too_old_is_dropped(self, speaking: Street) -> None:
        answer(speaking, Say("not_posted"))
        assert said(speaking, rows.NOON + timedelta(hours=12)) == []
        assert speaking.states() == [("dropped", "too_late")]

    def test_counts_against_no_cap(self, speaking: Street) -> None:
        for nth in range(12):
            answer(speaking, Say("not_posted"), now=rows.NOON + nth * SOON)
        assert len(said(speaking, rows.NOON + 15 * SOON)) == 12

    def test_is_in_the_language_of_whoever_reads_it(self, speaking: Street) -> None:
        speaking.change(lambda uow: uow.session.execute(
            update(MemberRow).where(MemberRow.id == speaking.helper).values(language="cy")
        ))  # fmt: skip
        answer(speaking, Say("too_late"))
        with force_locale("en"):
            assert said(speaking) == [
                "Sori, mae'r cwestiwn hwnnw ar ben. Tecstiwch RHESTR i weld beth sydd ar agor."
            ]

    def test_to_a_stranger_says_how_to_join(self, speaking: Street) -> None:
        texts = Texts(speaking, STRANGER)
        texts.close(texts.send(), says=[Say("menu")])
        (body,) = said(speaking)
        assert "Text JOIN to join us" in body
        assert "OFFER" not in body


def test_a_name_beside_hours_is_told_as_on_the_page(speaking: Street) -> None:
    with reading() as uow:
        ref = uow.homes.member(speaking.asker).ref
    asked = Opening("give-confirm", ("yes", "no"), {"member": ref, "minutes": 60})
    answer(speaking, opens=[asked])
    assert said(speaking) == [f"Give 1 hour to Ada ({ref})? Text A1 give them, A2 give nothing."]
    assert sights(speaking) == [(speaking.asker, "name", "message", ref)]


def test_what_is_asked_at_another_place_is_unknown_here(speaking: Street) -> None:
    def elsewhere(uow: Any) -> str:
        town = rows.town(uow.session, slug="elsewhere", invented=True)
        ask = rows.member(uow.session, town, "Eve Elsewhere")
        give = rows.member(uow.session, town, "Gil Elsewhere")
        need, offer = rows.need(uow.session, town, ask), rows.offer(uow.session, town, give)
        return rows.match(uow.session, need, offer, state=MatchState.ACCEPTED).ref

    ref = speaking.change(elsewhere)
    answer(speaking, Say("accepted", {"match": ref}), Say("passed_on"))
    assert said(speaking) == ["We have passed on what you wrote."]
