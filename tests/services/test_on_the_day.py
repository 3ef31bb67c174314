"""Reminders, on the way, nobody opens: who is told of a visit, when, and never after it is off."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.vocabulary import Channel
from enabler.doors.wiring import wiring
from enabler.jobs import job_named, run_job
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.unit_of_work import reading
from enabler.services import matches, messages, needs, on_the_day, reminders
from enabler.services.views import MatchView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THURSDAY = datetime(2026, 3, 12, 11, 0, tzinfo=UTC)
EVENING_BEFORE = datetime(2026, 3, 11, 17, 0, tzinfo=UTC)


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Hal Helper", phone=False, mail=True)


@pytest.fixture
def ref(asker: BuiltMember, helper: BuiltMember) -> str:
    """A visit on Thursday at 11."""
    post(asker)
    ref = accept(helper).ref
    arrange(helper, ref, THURSDAY)
    return ref


def arrange(who: BuiltMember, ref: str, start: datetime, now: datetime = NOW) -> None:
    matches.arrange(
        actor=who.actor, match_ref=ref, start=start, end=start + HOUR, key=a_key(), now=now
    )


def remind(now: datetime) -> list[str]:
    """What the clock and the sender do at this moment; the reminders that people have got."""
    reminders.remind(now=now)
    while messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=now):
        pass
    with reading() as uow:
        rows = uow.session.query(SimulatedMessageRow).order_by(SimulatedMessageRow.id)
        return [row.body for row in rows if row.body.startswith("Do not forget")]


class TestAReminder:
    def test_goes_to_both_at_5pm_of_the_day_before_each_by_their_own_way(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        assert remind(EVENING_BEFORE - timedelta(minutes=1)) == []
        got = remind(EVENING_BEFORE)
        assert len(got) == 2
        assert all("Shopping" in words and "Thu 12 Mar 11am to midday" in words for words in got)
        assert any("with Hal" in words for words in got)
        assert any("with Ann" in words for words in got)
        channels = {row.member_id: row.channel for row in texts("reminder")}
        assert channels == {asker.id: Channel.TEXT, helper.id: Channel.MAIL}
        assert len(remind(EVENING_BEFORE + HOUR)) == 2

    def test_is_2_hours_before_where_it_was_agreed_later_than_that(
        self, helper: BuiltMember, ref: str
    ) -> None:
        arrange(helper, ref, THURSDAY, EVENING_BEFORE + HOUR)
        assert remind(EVENING_BEFORE + HOUR) == []
        assert len(remind(THURSDAY - 2 * HOUR)) == 2

    def test_follows_the_time_that_holds_and_no_other(self, helper: BuiltMember, ref: str
    ) -> None:  # fmt: skip
        arrange(helper, ref, THURSDAY + DAY)
        assert remind(EVENING_BEFORE) == []
        arrange(helper, ref, THURSDAY, EVENING_BEFORE)
        assert len(remind(THURSDAY - 2 * HOUR)) == 2
        assert len(remind(EVENING_BEFORE + DAY)) == 2

    @pytest.mark.parametrize("how", ["release", "withdraw", "done"])
    def test_is_never_sent_once_it_is_off(
        self, asker: BuiltMember, helper: BuiltMember, ref: str, how: str
    ) -> None:
        call_off(asker, helper, ref, how)
        assert remind(EVENING_BEFORE) == []

    @pytest.mark.parametrize("how", ["release", "move"])
    def test_that_waits_to_be_sent_is_dropped_when_it_is_off(
        self, asker: BuiltMember, helper: BuiltMember, ref: str, how: str
    ) -> None:
        reminders.remind(now=EVENING_BEFORE)
        if how == "move":
            arrange(asker, ref, THURSDAY + DAY, EVENING_BEFORE)
        else:
            call_off(asker, helper, ref, how)
        assert remind(EVENING_BEFORE) == []

    def test_is_the_clocks_work(self, app: Flask, ref: str) -> None:
        job = job_named("remind")
        assert job is not None
        assert run_job(app, job, EVENING_BEFORE) == 1
        assert run_job(app, job, EVENING_BEFORE) == 0

    def test_that_comes_too_late_is_not_sent(self, ref: str) -> None:
        assert remind(THURSDAY + timedelta(minutes=1)) == []


def call_off(asker: BuiltMember, helper: BuiltMember, ref: str, how: str) -> None:
    if how == "release":
        matches.release(actor=asker.actor, match_ref=ref, key=a_key(), now=NOW)
    elif how == "done":
        matches.done(actor=helper.actor, match_ref=ref, minutes=10, key=a_key(), now=NOW)
    else:
        shown = matches.show(actor=asker.actor, ref=ref, now=NOW)
        needs.withdraw(actor=asker.actor, ref=shown.need_ref, key=a_key(), now=NOW)


def on_way(who: BuiltMember, ref: str, now: datetime) -> MatchView:
    return on_the_day.on_way(actor=who.actor, match_ref=ref, key=a_key(), now=now)


class TestOnTheWay:
    def test_is_told_to_the_asker_at_once_and_once(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        for _ in range(2):
            view = on_way(helper, ref, THURSDAY - HOUR)
        (told,) = texts("on_way")
        assert (told.member_id, told.due_at) == (asker.id, THURSDAY - HOUR)
        assert view.conversation is not None
        assert view.conversation.on_way_at == THURSDAY - HOUR
        assert view.conversation.may >= {"cannot-find", "say"}
        assert "on-way" not in view.conversation.may

    def test_is_told_also_in_quiet_hours(self, asker: BuiltMember, helper: BuiltMember) -> None:
        post(asker)
        ref = accept(helper).ref
        late = datetime(2026, 3, 10, 21, 0, tzinfo=UTC)
        arrange(helper, ref, late)
        on_way(helper, ref, late - timedelta(minutes=30))
        (told,) = texts("on_way")
        assert told.due_at == late - timedelta(minutes=30)

    def test_is_the_helpers_to_say_from_2_hours_before(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        with pytest.raises(NotAllowed):
            on_way(asker, ref, THURSDAY)
        for moment in (THURSDAY - 2 * HOUR - timedelta(seconds=1), THURSDAY + 4 * HOUR):
            with pytest.raises(WrongMoment):
                on_way(helper, ref, moment)
        assert texts("on_way") == []
        on_way(helper, ref, THURSDAY - 2 * HOUR)

    def test_is_said_anew_when_the_time_has_changed(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        on_way(helper, ref, THURSDAY)
        arrange(helper, ref, THURSDAY + HOUR, THURSDAY)
        view = on_way(helper, ref, THURSDAY + HOUR)
        assert view.conversation is not None
        assert view.conversation.on_way_at == THURSDAY + HOUR
        assert len(texts("on_way", asker.id)) == 2


def test_nobody_opens_is_told_to_the_asker_and_kept(
    asker: BuiltMember, helper: BuiltMember, ref: str
) -> None:
    on_the_day.cannot_find(actor=helper.actor, match_ref=ref, key=a_key(), now=THURSDAY)
    assert [row.member_id for row in texts("cannot_find")] == [asker.id]
    shown = needs.show(
        actor=asker.actor, now=THURSDAY,
        ref=matches.show(actor=asker.actor, ref=ref, now=THURSDAY).need_ref,
    )  # fmt: skip
    assert "match.cannot_find" in [entry.what for entry in shown.timeline]
    with pytest.raises(NotAllowed):
        on_the_day.cannot_find(actor=asker.actor, match_ref=ref, key=a_key(), now=THURSDAY)
