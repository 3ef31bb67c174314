"""What is queued: once, for whom it can reach, when quiet hours allow, while it matters."""

from datetime import timedelta

import pytest

from enabler.domain.messages import LIFETIMES
from enabler.domain.vocabulary import Channel, MemberState, Priority
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._tell import tell, tell_number
from tests import rows
from tests.messages.conftest import Street

NIGHT = rows.NOON + timedelta(hours=11)
MORNING = rows.NOON + timedelta(hours=20)


class TestTelling:
    def test_the_same_twice_queues_it_once(self, street: Street) -> None:
        for _ in range(2):
            street.tell("held", need="ABCD", key="held:ABCD")
        assert len(street.outbox()) == 1

    def test_leaves_nothing_without_the_commit(self, street: Street) -> None:
        def queue_then_fail(uow: UnitOfWork) -> None:
            tell_helper(uow, street)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            street.change(queue_then_fail)
        assert street.outbox() == []

    def test_keeps_the_members_language_and_phone(self, street: Street) -> None:
        street.tell("held", need="ABCD")
        (row,) = street.outbox()
        assert (row.channel, row.language, row.member_id) == (Channel.TEXT, "en", street.helper)
        assert (row.due_at, row.expires_at) == (
            rows.NOON, rows.NOON + LIFETIMES[Priority.MATCH]
        )  # fmt: skip

    def test_waits_for_the_morning_and_lives_from_then(self, street: Street) -> None:
        street.tell("held", need="ABCD", now=NIGHT)
        (row,) = street.outbox()
        assert (row.due_at, row.expires_at) == (MORNING, MORNING + LIFETIMES[Priority.MATCH])

    def test_a_code_waits_for_nothing(self, street: Street) -> None:
        street.tell("sign_in_code", nonce="n", now=NIGHT, priority=Priority.CODE)
        assert street.outbox()[0].due_at == NIGHT

    def test_keeps_times_that_are_given(self, street: Street) -> None:
        due, over = rows.NOON + timedelta(hours=1), rows.NOON + timedelta(hours=2)
        street.tell("held", need="ABCD", due_at=due, expires_at=over)
        (row,) = street.outbox()
        assert (row.due_at, row.expires_at) == (due, over)

    def test_somebody_without_a_phone_goes_by_mail(self, street: Street) -> None:
        mailed = street.change(
            lambda uow: rows.member(uow.session, street.town, phone=None, mail="a@example.org")
        )
        street.tell("held", need="ABCD", to=mailed, now=NIGHT)
        (row,) = street.outbox()
        assert (row.channel, row.due_at) == (Channel.MAIL, NIGHT)

    def test_somebody_who_said_stop_goes_by_mail(self, street: Street) -> None:
        stopped = street.change(
            lambda uow: rows.member(
                uow.session, street.town, mail="b@example.org", stopped_at=rows.NOON
            )
        )
        street.tell("held", need="ABCD", to=stopped)
        assert street.outbox()[0].channel is Channel.MAIL

    @pytest.mark.parametrize("columns", [{"stopped_at": rows.NOON}, {"state": MemberState.ERASED}])
    def test_somebody_who_cannot_be_reached_queues_nothing(
        self, street: Street, columns: dict[str, object]
    ) -> None:
        def act(uow: UnitOfWork) -> None:
            row = uow.session.get_one(MemberRow, street.helper)
            for name, value in columns.items():
                setattr(row, name, value)

        street.change(act)
        street.tell("held", need="ABCD")
        assert street.outbox() == []

    def test_a_number_needs_no_member(self, street: Street) -> None:
        def act(uow: UnitOfWork) -> None:
            tell_number(
                uow, place_id=street.town.id, phone="+447700900999", template="sign_in_code",
                parameters={"nonce": "n"}, priority=Priority.CODE, dedupe_key="c", now=NIGHT,
            )  # fmt: skip

        street.change(act)
        (row,) = street.outbox()
        assert (row.member_id, row.to_value, row.due_at) == (None, "+447700900999", NIGHT)


def tell_helper(uow: UnitOfWork, street: Street) -> None:
    """Queue something to the helper, in a transaction that is open."""
    tell(
        uow, place_id=street.town.id, member_id=street.helper, template="held",
        parameters={"need": "ABCD"}, priority=Priority.MATCH, dedupe_key="k", now=rows.NOON,
    )  # fmt: skip
