"""What became of a text, by its provider's signed reports: twice, late, in any order, forged."""

import itertools
from collections.abc import Iterator

import pytest
from flask import Flask

from enabler.config import Settings
from enabler.domain.vocabulary import Channel, OutboxState, Priority
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests import rows
from tests.application import Running
from tests.telephone.provider import Provider, called_by_provider

S = OutboxState


class Line:
    """One text of ours, and the provider that tells of it."""

    def __init__(self, app: Flask, provider: Provider) -> None:
        self.app, self.provider = app, provider
        with app.app_context(), unit_of_work() as uow:
            self.town = rows.town(uow.session)
            self.member = rows.member(uow.session, self.town)
            uow.commit()

    def text(self, state: OutboxState = S.ACCEPTED, key: str = "1", **columns: object) -> str:
        """A text in this state; its reference."""
        usual = {
            "place_id": self.town.id, "member_id": self.member, "channel": Channel.TEXT,
            "template": "held", "parameters": {}, "language": "en", "priority": Priority.MATCH,
            "dedupe_key": key, "queued_at": rows.NOON, "due_at": rows.NOON,
            "expires_at": rows.NOON, "state": state, "sent_at": rows.NOON, "attempts": 1,
        }  # fmt: skip
        with self.app.app_context(), unit_of_work() as uow:
            row = OutboxRow(**(usual | columns))
            uow.session.add(row)
            uow.flush()
            reference = f"outbox-{row.id}"
            uow.commit()
        return reference

    def told(self, reference: str | None, status: str, **form: str) -> None:
        """A report, which is always answered alike."""
        answer = self.provider.report(reference, status, **form)
        assert (answer.status_code, answer.text.count("<Response>")) == (200, 1)

    def stands(self) -> list[tuple[str, str | None, str | None]]:
        """State, provider's name and failure of each text."""
        with self.app.app_context(), reading() as uow:
            found = uow.session.query(OutboxRow).order_by(OutboxRow.id)
            return [(row.state.value, row.provider_ref, row.failure) for row in found]


@pytest.fixture
def line(settings: Settings, running: Running) -> Iterator[Line]:
    """A text line to a provider."""
    with called_by_provider(running, settings) as (app, provider):
        yield Line(app, provider)


class TestAReport:
    @pytest.mark.parametrize("before", [S.SENDING, S.QUEUED, S.UNKNOWN])
    @pytest.mark.parametrize("status", ["queued", "sending", "sent"])
    def test_proves_that_a_text_was_taken(
        self, line: Line, before: OutboxState, status: str
    ) -> None:
        line.told(line.text(before, failure="in_doubt"), status)
        assert line.stands() == [("accepted", "SM9", None)]

    def test_finds_a_text_by_its_providers_name(self, line: Line) -> None:
        line.text(provider_ref="SM9")
        line.told(None, "delivered")
        assert line.stands() == [("delivered", "SM9", None)]

    def test_that_it_failed_says_why(self, line: Line) -> None:
        line.told(line.text(), "undelivered", ErrorCode="30005")
        line.told(line.text(key="2"), "failed", MessageSid="SM10", ErrorCode="77777")
        line.told(line.text(key="3"), "failed", MessageSid="SM11")
        assert line.stands() == [
            ("failed", "SM9", "number_unknown"), ("failed", "SM10", "undelivered"),
            ("failed", "SM11", "undelivered"),
        ]  # fmt: skip

    def test_of_a_stop_that_only_the_network_knew_is_obeyed(self, line: Line) -> None:
        line.told(line.text(), "failed", ErrorCode="21610")
        with line.app.app_context(), reading() as uow:
            assert uow.session.get_one(MemberRow, line.member).stopped_at is not None

    @pytest.mark.parametrize("end", ["delivered", "undelivered", "failed"])
    def test_moves_only_upward_in_whatever_order(self, line: Line, end: str) -> None:
        """Each report twice, in every order in which four can come."""
        names = ["queued", "sending", "sent", end]
        for number, order in enumerate(itertools.permutations(names)):
            reference = line.text(S.SENDING, key=str(number))
            for status in (*order, *order):
                line.told(reference, status, MessageSid=f"SM{number}")
        final = "delivered" if end == "delivered" else "failed"
        assert {state for state, _, _ in line.stands()} == {final}

    @pytest.mark.parametrize(("first", "then"), [("delivered", "failed"), ("failed", "delivered")])
    def test_of_one_end_is_not_undone_by_another(self, line: Line, first: str, then: str) -> None:
        reference = line.text()
        line.told(reference, first)
        line.told(reference, then)
        assert [state for state, _, _ in line.stands()] == [first]

    def test_that_it_arrived_counts_more_than_our_own_giving_up(self, line: Line) -> None:
        line.told(line.text(S.FAILED, failure="provider_down"), "delivered")
        assert line.stands() == [("delivered", "SM9", None)]

    def test_of_an_earlier_try_says_nothing_of_the_later(self, line: Line) -> None:
        line.told(line.text(provider_ref="SM10"), "failed")
        assert line.stands() == [("accepted", "SM10", None)]

    @pytest.mark.parametrize("reference", ["outbox-999", "outbox-0", "outbox-99999999999", "x", ""])
    def test_of_no_text_of_ours_changes_nothing(self, line: Line, reference: str) -> None:
        line.text()
        line.told(reference, "delivered")
        assert line.stands() == [("accepted", None, None)]

    @pytest.mark.parametrize("status", ["", "read", "\u2603"])
    def test_in_a_word_that_we_do_not_know_changes_nothing(self, line: Line, status: str) -> None:
        line.told(line.text(), status)
        assert line.stands() == [("accepted", None, None)]

    def test_never_touches_a_mail(self, line: Line) -> None:
        line.told(line.text(channel=Channel.MAIL), "failed")
        assert line.stands() == [("accepted", None, None)]

    def test_that_is_forged_changes_nothing(self, line: Line) -> None:
        reference = line.text()
        assert line.provider.report(reference, "failed", signature="x").status_code == 403
        swapped = f"https://help.example.org/sms/status?ref=outbox-{10**6}"
        assert line.provider.report(reference, "failed", address=swapped).status_code == 403
        assert line.stands() == [("accepted", None, None)]
