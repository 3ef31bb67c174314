"""What the texts of a place cost in a month."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Channel, OutboxState, Priority
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services.costs_of_texts import MonthOfTexts, TextsOf, of_many, of_month
from tests.builders import NOW, BuiltPlace, a_custodian, a_member, a_place

JULY = date(2026, 7, 14)
AT = datetime(2026, 7, 10, 12, 0, tzinfo=UTC)
_NUMBERS: Iterator[int] = count()


def sent(place: BuiltPlace, **columns: Any) -> None:
    """A text that a provider took."""
    nth = next(_NUMBERS)
    usual = {
        "place_id": place.id, "to_value": "+447700900123", "channel": Channel.TEXT,
        "template": "ask", "parameters": {}, "language": "en", "priority": Priority.MATCH,
        "dedupe_key": f"cost:{nth}", "queued_at": AT, "due_at": AT, "expires_at": AT,
        "state": OutboxState.DELIVERED, "sent_at": AT, "segments": 1, "provider_ref": f"cost/{nth}",
    }  # fmt: skip
    with unit_of_work() as uow:
        uow.session.add(OutboxRow(**(usual | columns)))
        uow.commit()


def month(place: BuiltPlace, **more: Any) -> MonthOfTexts:
    actor = Actor.operator("root")
    return of_month(actor=actor, place_id=place.id, month=JULY, now=NOW, **more)


class TestManyTexts:
    @pytest.mark.parametrize(
        ("policy", "pence"), [({"text_price_tenths": 45}, Decimal(90)), ({}, Decimal(72))]
    )
    def test_cost_two_segments_each_at_most(self, policy: dict[str, int], pence: Decimal) -> None:
        keeper = a_custodian(a_place("priced", area="PR", policy=policy))
        found = of_many(actor=keeper.actor, texts=10, now=NOW, pence_per_segment=Decimal("3.6"))
        assert found == TextsOf(10, 20, pence)
        with pytest.raises(NotAllowed):
            of_many(actor=a_member(keeper.place).actor, texts=10, now=NOW)

    def test_cost_nobody_knows_what_without_a_price(self, place: BuiltPlace) -> None:
        assert of_many(actor=a_custodian(place).actor, texts=1, now=NOW).pence is None


class TestAMonth:
    def test_adds_up_what_was_taken_by_priority_and_day(self) -> None:
        place = a_place(policy={"text_price_tenths": 45})
        sent(place, segments=2)
        sent(place, priority=Priority.SAFETY, sent_at=datetime(2026, 7, 11, 9, 0, tzinfo=UTC))
        sent(place, segments=None, state=OutboxState.UNKNOWN, provider_ref=None)
        found = month(place)
        assert found.month == date(2026, 7, 1)
        assert found.pence_a_segment == Decimal("4.5")
        assert found.whole == TextsOf(3, 4, Decimal(18))
        assert found.by_priority == (
            (Priority.SAFETY, TextsOf(1, 1, Decimal("4.5"))),
            (Priority.MATCH, TextsOf(2, 3, Decimal("13.5"))),
        )  # fmt: skip
        assert found.by_kind == (("ask", found.whole),)
        assert found.limits["texts_per_day"] == 8
        assert [(day, of.segments) for day, of in found.by_day] == [
            (date(2026, 7, 10), 3), (date(2026, 7, 11), 1),
        ]  # fmt: skip

    def test_leaves_out_what_costs_nothing(self, place: BuiltPlace) -> None:
        sent(place, state=OutboxState.FAILED, provider_ref=None)  # refused when it was handed over
        sent(place, state=OutboxState.QUEUED, sent_at=None, provider_ref=None)
        sent(place, channel=Channel.MAIL)
        sent(a_place("noise", area="NN", west=450_000))
        assert month(place).whole == TextsOf(0, 0, None)

    def test_that_failed_afterwards_is_paid_for(self, place: BuiltPlace) -> None:
        sent(place, state=OutboxState.FAILED)
        assert month(place).whole.texts == 1

    def test_begins_and_ends_by_the_clock_of_the_place(self, place: BuiltPlace) -> None:
        sent(place, sent_at=datetime(2026, 6, 30, 22, 59, tzinfo=UTC))
        sent(place, sent_at=datetime(2026, 6, 30, 23, 0, tzinfo=UTC))  # midnight in summer
        sent(place, sent_at=datetime(2026, 7, 31, 22, 59, tzinfo=UTC))
        sent(place, sent_at=datetime(2026, 7, 31, 23, 0, tzinfo=UTC))
        assert [day for day, _ in month(place).by_day] == [date(2026, 7, 1), date(2026, 7, 31)]

    def test_without_a_price_of_the_place_has_that_of_the_installation(
        self, place: BuiltPlace
    ) -> None:
        sent(place)
        assert month(place).whole.pence is None
        assert month(place, pence_per_segment=Decimal("3.6")).whole.pence == Decimal("3.6")

    def test_is_for_those_who_keep_the_place(self, place: BuiltPlace) -> None:
        stranger = a_custodian(a_place("noise", area="NN", west=450_000))
        for actor in (a_member(place).actor, stranger.actor):
            with pytest.raises(NotAllowed):
                of_month(actor=actor, place_id=place.id, month=JULY, now=NOW)
        assert of_month(
            actor=a_custodian(place).actor, place_id=place.id, month=JULY, now=NOW
        ).whole.texts == 0  # fmt: skip
