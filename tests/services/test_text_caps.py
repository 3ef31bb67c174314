"""What texts may still cost: about one need, and of a month's money; and who hears of it."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from enabler.domain.vocabulary import Channel, OutboxState, Priority
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.wishes import MemberWishRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import messages
from enabler.services._tell import tell
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, a_place
from tests.messages.gateways import Network
from tests.services.deeds import post
from tests.services.mandating import rows

SOON = timedelta(minutes=1)
_NUMBERS = count()
SHORT, SPENT = "texts_money_short_staff", "texts_money_spent_staff"


def queued(member: BuiltMember, priority: Priority) -> int:
    """A letter of this priority waits; the id of its row."""
    key = f"cap:{next(_NUMBERS)}"
    with unit_of_work() as uow:
        tell(
            uow, place_id=member.place.id, member_id=member.id, template="pause_over",
            parameters={"back": member.ref}, priority=priority, dedupe_key=key, now=NOW,
        )  # fmt: skip
        uow.commit()
    return next(row.id for row in rows(OutboxRow) if row.dedupe_key == key)


def spent(place: BuiltPlace, segments: int, **columns: Any) -> None:
    """Texts of this month that were taken, in so many segments."""
    with unit_of_work() as uow:
        uow.session.add(OutboxRow(**{
            "place_id": place.id, "to_value": "+447700900123", "channel": Channel.TEXT,
            "template": "ask", "parameters": {}, "language": "en", "priority": Priority.MATCH,
            "dedupe_key": f"spent:{next(_NUMBERS)}", "queued_at": NOW, "due_at": NOW,
            "expires_at": NOW, "state": OutboxState.DELIVERED, "sent_at": NOW,
            "segments": segments, "provider_ref": f"SM{next(_NUMBERS)}",
        } | columns))  # fmt: skip
        uow.commit()


def deliver(**more: Any) -> Network:
    network = Network()
    for _ in range(2):  # what is queued meanwhile leaves in the next batch
        messages.deliver_outbox(gateway=network, secrets=wiring().secrets, now=NOW + SOON, **more)
    return network


def stands(identity: int) -> tuple[str, str | None]:
    row = next(row for row in rows(OutboxRow) if row.id == identity)
    return row.state.value, row.failure


def warnings() -> list[str]:
    return sorted(row.template for row in rows(OutboxRow) if row.template in (SHORT, SPENT))


def who_wants_all(place: BuiltPlace) -> BuiltMember:
    member = a_member(place)
    with unit_of_work() as uow:
        uow.session.add(MemberWishRow(
            member_id=member.id, place_id=place.id, asks_by="text", news_by="text",
            reminders_by="text", bulletins_by="text",
        ))  # fmt: skip
        uow.commit()
    return member


@pytest.fixture
def place() -> BuiltPlace:
    """100 segments of 10 pence a month."""
    return a_place(
        "thrifty", area="TH", policy={"text_price_tenths": 100, "texts_month_pence": 1_000}
    )


class TestTheMoneyOfAMonth:
    @pytest.mark.parametrize("priority", list(Priority))
    def test_when_spent_holds_back_what_can_wait_and_nothing_else(
        self, place: BuiltPlace, priority: Priority
    ) -> None:
        spent(place, 100)
        one = queued(who_wants_all(place), priority)
        deliver()
        waits = priority in (Priority.REMINDER, Priority.BULLETIN)
        assert stands(one) == (("dropped", "money_spent") if waits else ("accepted", None))

    def test_that_is_left_is_spent(self, place: BuiltPlace) -> None:
        spent(place, 99)
        one = queued(a_member(place), Priority.REMINDER)
        deliver()
        assert stands(one) == ("accepted", None)

    def test_is_of_this_month_and_this_place(self, place: BuiltPlace) -> None:
        spent(place, 1_000, sent_at=NOW - timedelta(days=40))
        spent(a_place("noise", area="NN", west=450_000), 1_000)
        one = queued(a_member(place), Priority.REMINDER)
        deliver()
        assert stands(one) == ("accepted", None)

    def test_holds_back_where_no_price_is_known(self) -> None:
        place = a_place("unpriced", area="UP", policy={"texts_month_pence": 1_000})
        reminder, safe = (
            queued(a_member(place), each) for each in (Priority.REMINDER, Priority.SAFETY)
        )
        deliver()
        assert stands(reminder) == ("dropped", "price_unknown")
        assert stands(safe) == ("accepted", None)

    def test_is_counted_at_the_installations_price_where_the_place_names_none(self) -> None:
        place = a_place("unpriced", area="UP", policy={"texts_month_pence": 1_000})
        spent(place, 250)
        one = queued(a_member(place), Priority.REMINDER)
        deliver(pence_per_segment=Decimal("3.9"))
        assert stands(one) == ("accepted", None)
        two = queued(a_member(place), Priority.REMINDER)
        deliver(pence_per_segment=Decimal(4))
        assert stands(two) == ("dropped", "money_spent")

    def test_has_no_bound_where_the_rules_name_none(self) -> None:
        place = a_place("rich", area="RI", policy={"text_price_tenths": 100})
        spent(place, 100_000)
        one = queued(a_member(place), Priority.REMINDER)
        deliver()
        assert stands(one) == ("accepted", None)

    @pytest.mark.parametrize(
        ("segments", "told"), [(76, []), (80, [SHORT]), (96, [SHORT]), (100, [SHORT, SPENT])]
    )
    def test_is_told_to_those_who_keep_the_place_once(
        self, place: BuiltPlace, segments: int, told: list[str]
    ) -> None:
        keeper, member = a_custodian(place), a_member(place)
        spent(place, segments)
        for _ in range(3):
            queued(member, Priority.SAFETY)
            deliver()
        assert warnings() == told
        assert {row.member_id for row in rows(OutboxRow) if row.template in (SHORT, SPENT)} <= {
            keeper.id
        }
        assert {row.state.value for row in rows(OutboxRow) if row.template in (SHORT, SPENT)} <= {
            "accepted"
        }


class TestTextsAboutOneNeed:
    def asked(self, most: int) -> list[tuple[str, str | None]]:
        place = a_place("asking", area="AS", policy={"texts_per_need": most, "waves": [4]})
        for name in ("Hal One", "Hal Two", "Hal Three", "Hal Four"):
            a_helper(place, name)
        post(a_member(place))
        deliver()
        asks = [row for row in rows(OutboxRow) if row.template == "ask"]
        return sorted(((row.state.value, row.failure) for row in asks), key=str)

    def test_are_bounded(self) -> None:
        found = self.asked(2)
        went = [row for row in rows(OutboxRow) if row.about_need and row.provider_ref]
        assert len(went) == 2  # one of them told the asker of it
        assert found.count(("dropped", "cap_of_need")) == 3

    def test_are_not_where_the_rules_say_so(self) -> None:
        assert set(self.asked(0)) == {("accepted", None)}
