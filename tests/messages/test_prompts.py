"""A text that asks something says under which letter it is answered; whether it still asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from enabler.domain.prompts import Question
from enabler.domain.vocabulary import MatchState, Priority
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.texts import PromptRow
from enabler.persistence.tables.visits import VisitRow
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services import inbound, texting
from enabler.services.ports import Rendered
from tests import rows
from tests.messages.conftest import SOON, Street
from tests.messages.gateways import Network, failing

DAY = timedelta(days=1)


@dataclass
class Asking(Network):
    """A network that remembers how each text said it is answered."""

    asked: list[Mapping[str, Any] | None] = field(default_factory=list)

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """As the other one."""
        self.asked.append(values.get("answers"))
        return super().render(template, values, language)

    def letters(self) -> list[str | None]:
        """The letters only."""
        return [each and each["letter"] for each in self.asked]


@pytest.fixture
def network(street: Street) -> Asking:
    """The street's, from now on."""
    street.network = Asking()
    return street.network


def questions(street: Street, now: Any = rows.NOON + SOON) -> tuple[Question, ...]:
    """What the helper's phone may still mean, as a text from it is opened."""
    with reading() as uow:
        phone = uow.telling.receiver(street.helper).phone or ""
    ref = f"SM{now.timestamp()}"
    inbound.keep(provider_ref=ref, sent_from=phone, sent_to="+447700900001", body="?",
                 opt_out=None, sent_at=None, now=now)  # fmt: skip
    text = inbound.next_of(place_id=street.town.id, number=phone, holder="me", now=now)
    assert text is not None
    found = texting.open_text(text_id=text.id, now=now).questions
    inbound.settle(text_id=text.id, now=now)
    return found


def set_match(street: Street, ref: str, **columns: object) -> None:
    street.change(
        lambda uow: uow.session.execute(
            update(MatchRow).where(MatchRow.ref == ref).values(**columns)
        )
    )


class TestAText:
    def test_that_asks_has_the_first_free_letter(self, street: Street, network: Asking) -> None:
        first, second = street.matched(), street.matched()
        street.tell("ask", match=first)
        street.tell("ask", match=second)
        street.deliver()
        assert network.asked == [
            {"letter": letter, "kind": "ask", "options": ("yes", "no")} for letter in "AB"
        ]
        assert [(one.letter, one.ref, one.closed) for one in questions(street)] == [
            ("A", first, False), ("B", second, False)
        ]  # fmt: skip

    def test_that_tells_has_none(self, street: Street, network: Asking) -> None:
        street.tell("accepted_helper", match=street.matched(MatchState.ACCEPTED))
        street.deliver()
        assert network.asked == [None]

    def test_sent_again_keeps_its_letter(self, street: Street, network: Asking) -> None:
        network.at = failing("send", "busy", times=1, retry=True)
        street.tell("ask", match=street.matched())
        street.deliver()
        street.deliver(rows.NOON + 10 * SOON)
        assert network.letters() == ["A", "A"]

    def test_sent_again_when_it_was_answered_asks_nothing(
        self, street: Street, network: Asking
    ) -> None:
        network.at = failing("send", "busy", times=1, retry=True)
        street.tell("ask", match=street.matched())
        street.deliver()
        street.change(lambda uow: uow.prompts.close([1], "answered", rows.NOON + SOON))
        street.deliver(rows.NOON + 10 * SOON)
        assert network.letters() == ["A", None]

    def test_by_mail_has_none(self, street: Street, network: Asking) -> None:
        def by_mail(uow: UnitOfWork) -> None:
            uow.session.execute(
                update(ContactRow).where(ContactRow.member_id == street.helper).values(
                    kind="mail", value="bob@example.org"
                )
            )  # fmt: skip

        street.change(by_mail)
        street.tell("ask", match=street.matched())
        street.deliver()
        assert (network.asked, len(network.taken)) == ([None], 1)

    def test_of_a_place_without_a_number_has_none(self, street: Street, network: Asking) -> None:
        street.change(lambda uow: uow.session.execute(update(PlaceRow).values(phone=None)))
        street.tell("ask", match=street.matched())
        street.deliver()
        assert network.asked == [None]

    def test_about_the_same_thing_asks_it_in_place_of_the_older(
        self, street: Street, network: Asking
    ) -> None:
        ref = street.matched()
        for key in ("once", "again"):
            street.tell("ask", match=ref, key=key)
        street.deliver()
        assert network.letters() == ["A", "B"]
        assert [(one.letter, one.closed) for one in questions(street)] == [
            ("A", True), ("B", False)
        ]  # fmt: skip

    def test_gets_a_letter_that_was_closed_only_after_a_day(
        self, street: Street, network: Asking
    ) -> None:
        ref = street.matched()
        street.tell("ask", match=ref)
        street.deliver()
        set_match(street, ref, state=MatchState.DECLINED)
        street.tell("ask", match=street.matched())
        street.deliver(rows.NOON + 2 * SOON)
        later = rows.NOON + DAY + 3 * SOON
        street.tell("ask", match=street.matched(answer_by=later + DAY), now=later)
        street.deliver(later)
        assert network.letters() == ["A", "B", "A"]
        with reading() as uow:
            found = uow.session.execute(select(PromptRow.letter, PromptRow.closed_because))
            assert sorted(map(tuple, found), key=str) == [
                ("A", "settled"), ("A", None), ("B", "settled")
            ]  # fmt: skip


class TestAQuestion:
    def test_answered_on_the_page_is_closed(self, street: Street, network: Asking) -> None:
        ref = street.matched()
        street.tell("ask", match=ref)
        street.deliver()
        set_match(street, ref, state=MatchState.DECLINED)
        (one,) = questions(street)
        assert (one.closed, one.ref) == (True, ref)

    def test_whose_time_is_over_is_closed(self, street: Street, network: Asking) -> None:
        street.tell("ask", match=street.matched())
        street.deliver()
        assert [one.closed for one in questions(street, rows.NOON + timedelta(hours=3))] == [True]

    def test_about_another_length_by_now_is_closed(self, street: Street, network: Asking) -> None:
        ref = street.matched(MatchState.DONE, minutes=60)
        street.tell("done_helper", match=ref)
        street.deliver()
        (one,) = questions(street)
        assert (one.kind, one.facts, one.closed) == ("done", {"minutes": 60}, False)
        set_match(street, ref, minutes=30)
        assert [each.closed for each in questions(street, rows.NOON + 3 * SOON)] == [True]

    def test_whether_they_are_well_stands_until_they_have_left(
        self, street: Street, network: Asking
    ) -> None:
        ref = street.matched(MatchState.ARRANGED)

        def inside(uow: UnitOfWork) -> None:
            match = uow.matches.by_ref(street.town.id, ref)
            uow.session.add(VisitRow(
                match_id=match.id, place_id=street.town.id, word="apple", watched=True,
                start_at=rows.NOON, until_at=rows.NOON, arrived_at=rows.NOON, stage=2,
            ))  # fmt: skip

        street.change(inside)
        street.tell("visit_overdue", match=ref, priority=Priority.SAFETY)
        street.deliver()
        (one,) = questions(street)
        assert (one.kind, one.options, one.closed) == ("left", ("yes", "longer", "no"), False)
        street.change(lambda uow: uow.session.execute(update(VisitRow).values(left_at=rows.NOON)))
        assert [each.closed for each in questions(street, rows.NOON + 3 * SOON)] == [True]

    def test_whether_an_offer_is_right_stands_until_they_say_so(
        self, street: Street, network: Asking
    ) -> None:
        street.matched()
        with reading() as uow:
            ref = uow.session.scalars(select(OfferRow.ref)).one()
        street.tell("still_right", offer=ref)
        street.deliver()
        assert [each.closed for each in questions(street)] == [False]
        said = rows.NOON + 2 * SOON
        street.change(lambda uow: uow.session.execute(update(OfferRow).values(confirmed_at=said)))
        assert [each.closed for each in questions(street, rows.NOON + 3 * SOON)] == [True]
