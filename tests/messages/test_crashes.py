"""A sender that dies, a provider that fails: nothing is lost and nothing arrives twice (law 4)."""

from datetime import timedelta
from itertools import product

import pytest

from enabler.domain.vocabulary import OutboxState, Priority
from tests import rows
from tests.messages.conftest import SOON, Street
from tests.messages.gateways import Killed, Network, failing, killing

MINUTE = timedelta(minutes=1)
START = rows.NOON + SOON


def run(street: Street, *, minutes: int = 30, passes: int = 1) -> None:
    """The clock goes on: each minute the sender runs (again, after it died) and the asker-after."""
    for minute in range(minutes):
        now = START + minute * MINUTE
        for _ in range(passes):
            try:
                while street.deliver(now):
                    pass
            except Killed:
                continue
        try:
            street.reconcile(now)
        except Killed:
            continue


class TestASenderThatDies:
    @pytest.mark.parametrize("step", ["render", "send", "taken", "find"])
    def test_loses_nothing_and_doubles_nothing(self, street: Street, step: str) -> None:
        street.tell("ask", match=street.matched())
        street.network.at = killing(step)
        if step == "find":
            street.network.at = killing("send")
            run(street, minutes=1)
            street.network.at = killing("find")
        run(street)
        assert len(street.network.taken) == 1
        assert street.states() == [("accepted", None)]

    def test_at_every_step_of_many_messages(self, street: Street, full_size: bool) -> None:
        count = 300 if full_size else 24
        refs = [street.matched() for _ in range(count)]
        for ref in refs:
            street.tell("ask", match=ref, priority=Priority.ANSWER)
        crashes = iter(range(10**9))

        def sometimes(step: str) -> None:
            turn = next(crashes)
            if turn % 7 == 3:  # at each step in turn, since 7 and 3 share nothing
                raise Killed

        street.network.at = sometimes
        run(street, minutes=60 if not full_size else 400, passes=3)
        references = [reference for reference, _, _ in street.network.taken]
        assert sorted(references) == sorted(set(references))
        assert len(references) == count
        assert {state for state, _ in street.states()} == {"accepted"}

    def test_between_claim_and_the_last_look_leaves_it_to_the_next(self, street: Street) -> None:
        street.tell("ask", match=street.matched())
        street.change(lambda uow: uow.outbox.claim("dead", START, 10))
        assert street.deliver(START) == 0
        assert street.reconcile(START + MINUTE) == 0
        assert street.reconcile(START + 2 * MINUTE) == 1
        street.deliver(START + 2 * MINUTE)
        assert street.states() == [("accepted", None)]

    def test_lets_go_of_what_another_has_taken_over(self, street: Street) -> None:
        street.tell("ask", match=street.matched())
        (identity,) = street.change(lambda uow: uow.outbox.claim("slow", START, 10))
        street.reconcile(START + 2 * MINUTE)
        street.deliver(START + 2 * MINUTE)
        assert street.change(lambda uow: uow.outbox.held_by("slow", identity)) is None
        assert len(street.network.taken) == 1


class TestAMessageThatCannotBeMade:
    def test_holds_up_no_other(self, street: Street) -> None:
        street.tell("ask", match=street.matched(), priority=Priority.SAFETY)
        street.tell("nonsense", match=street.matched(), priority=Priority.SAFETY)
        street.tell("ask", match=street.matched())
        with pytest.raises(KeyError, match="nonsense"):
            street.deliver()
        assert street.bodies() == ["ask", "ask"]

    def test_goes_to_a_custodian_after_three_tries(self, street: Street) -> None:
        street.tell("nonsense", match=street.matched())
        for turn in range(3):
            with pytest.raises(KeyError):
                street.deliver(START + turn * 3 * MINUTE)
        assert street.states() == [("unknown", "could_not_be_made")]


class TestAProviderThatFails:
    def test_is_tried_again_later(self, street: Street) -> None:
        street.network.at = failing("send", "busy", times=2, retry=True)
        street.tell("ask", match=street.matched())
        street.deliver(START)
        (row,) = street.outbox()
        assert (row.state, row.failure, row.attempts) == (OutboxState.QUEUED, "busy", 1)
        assert timedelta(seconds=15) <= row.due_at - START <= timedelta(seconds=18)
        run(street)
        assert street.states() == [("accepted", None)]
        assert street.outbox()[0].attempts == 3

    def test_is_given_the_wait_that_it_asks_for(self, street: Street) -> None:
        street.network.at = failing("send", "busy", retry=True, wait_seconds=600)
        street.tell("ask", match=street.matched())
        street.deliver(START)
        assert street.outbox()[0].due_at == START + 10 * MINUTE

    def test_for_good_is_believed(self, street: Street) -> None:
        street.network.at = failing("send", "bad_number", retry=False)
        street.tell("ask", match=street.matched())
        run(street)
        assert street.states() == [("failed", "bad_number")]

    def test_until_it_is_too_late_is_told_so(self, street: Street) -> None:
        street.network.at = failing("send", "busy", retry=True)
        street.tell("ask", match=street.matched(), expires_at=START + 20 * MINUTE)
        run(street, minutes=60)
        assert street.states() == [("failed", "busy")]

    def test_three_times_in_a_row_is_taken_to_be_down(self, street: Street) -> None:
        tried: list[str] = []

        def down(step: str) -> None:
            if step == "send":
                tried.append(step)
                failing("send", "unreachable", retry=True)(step)

        street.network.at = down
        for _ in range(8):
            street.tell("ask", match=street.matched(), priority=Priority.ANSWER)
        assert street.deliver(START) == 8
        assert len(tried) == 3
        assert {row.state for row in street.outbox()} == {OutboxState.QUEUED}
        assert all(row.due_at > START for row in street.outbox())


class TestAMessageInDoubt:
    """The provider gave no answer, and perhaps it took the message."""

    def in_doubt(self, street: Street, priority: Priority, *, taken: bool) -> None:
        """One message of which nobody knows."""
        step = "taken" if taken else "send"
        street.network.at = failing(step, "timed_out", times=1, doubt=True)
        street.tell("ask", match=street.matched(), priority=priority)
        street.deliver(START)
        assert [row.state for row in street.outbox()] == [OutboxState.SENDING]

    @pytest.mark.parametrize(
        ("taken", "priority"), list(product([True, False], [Priority.MATCH, Priority.SAFETY]))
    )
    def test_is_settled_by_the_providers_record(
        self, street: Street, taken: bool, priority: Priority
    ) -> None:
        self.in_doubt(street, priority, taken=taken)
        run(street, minutes=4)
        assert len(street.network.taken) == 1
        assert street.states() == [("accepted", None)]

    @pytest.mark.parametrize(
        ("priority", "outcome"),
        [
            (Priority.CODE, ("dropped", "in_doubt")),
            (Priority.MATCH, ("unknown", "in_doubt")),
            (Priority.REMINDER, ("unknown", "in_doubt")),
        ],
    )
    def test_without_a_record_for_ten_minutes_is_not_sent_again(
        self, street: Street, priority: Priority, outcome: tuple[str, str]
    ) -> None:
        self.in_doubt(street, priority, taken=True)
        street.network.at = failing("find", "unreachable")
        assert street.reconcile(START + 9 * MINUTE) == 0
        assert street.reconcile(START + 10 * MINUTE) == 1
        assert street.states() == [outcome]
        assert len(street.network.taken) == 1

    def test_about_safety_goes_again_marked(self, street: Street) -> None:
        self.in_doubt(street, Priority.SAFETY, taken=True)
        street.network.at = failing("find", "unreachable")
        street.reconcile(START + 10 * MINUTE)
        street.deliver(START + 10 * MINUTE)
        (row,) = street.outbox()
        assert (row.state, row.possibly_twice) == (OutboxState.ACCEPTED, True)
        assert len(street.network.taken) == 2

    def test_about_safety_goes_again_once_only(self, street: Street) -> None:
        street.network.at = failing("send", "timed_out", doubt=True)
        street.tell("ask", match=street.matched(), priority=Priority.SAFETY)
        sends: list[int] = []

        def never_answers(step: str) -> None:
            sends.append(1) if step == "send" else None
            failing(step, "timed_out", doubt=True)(step)

        street.network = Network(at=lambda step: None if step == "render" else never_answers(step))
        run(street, minutes=60)
        assert len(sends) == 2
        assert street.states() == [("unknown", "in_doubt")]
