"""Agreed help that stands still: who is asked, when, how often; and what the desk sees."""

from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NeedState, NextStep, Outcome
from enabler.domain.windows import Window
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import (
    chasing,
    conversations,
    laws,
    matches,
    moderation,
    needs,
    rounds,
    visits,
)
from enabler.services.views import EntryView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THURSDAY = datetime(2026, 3, 12, 11, 0, tzinfo=UTC)
ENDS = THURSDAY + HOUR
LATE = "needs_past_their_next_step"


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Hal Helper")


@pytest.fixture
def filled(asker: BuiltMember, helper: BuiltMember) -> str:
    """Somebody said yes, and no time is agreed; the match's ref."""
    post(asker)
    return accept(helper).ref


@pytest.fixture
def arranged(helper: BuiltMember, filled: str) -> str:
    """A visit on Thursday from 11 to 12; the match's ref."""
    arrange(helper, filled, THURSDAY)
    return filled


def arrange(who: BuiltMember, ref: str, start: datetime, now: datetime = NOW) -> None:
    matches.arrange(
        actor=who.actor, match_ref=ref, start=start, end=start + HOUR, key=a_key(), now=now
    )


def chase(*moments: datetime) -> None:
    """The clock comes to these moments, in two processes one after the other."""
    for moment in moments:
        chasing.chase_due(now=moment)
        assert chasing.chase_due(now=moment) == 0


def asked(template: str) -> list[tuple[int | None, datetime]]:
    """Who was asked, and when."""
    return [(row.member_id, row.queued_at) for row in texts(template)]


def stands(ref: str) -> tuple[NeedState, NextStep | None, datetime | None]:
    """How the need of a match stands."""
    with reading() as uow:
        need = uow.needs.by_id(uow.matches.by_ref(None, ref).need_id)
        return need.state, need.next_step, need.next_step_at


def at_desk(custodian: BuiltMember, now: datetime) -> tuple[EntryView, ...]:
    """Needs that wait there."""
    return moderation.desk(actor=custodian.actor, now=now).of("unmet")


class TestNoTimeYet:
    def test_asks_both_once_then_the_desk_has_it_until_somebody_says(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, filled: str
    ) -> None:
        custodian = a_custodian(place)
        chase(NOW + DAY - timedelta(seconds=1))
        assert asked("no_time_yet") == []
        chase(NOW + DAY)
        assert asked("no_time_yet") == [(asker.id, NOW + DAY), (helper.id, NOW + DAY)]
        state, step, morning = stands(filled)
        assert (state, step) == (NeedState.FILLED, NextStep.CHASE)
        assert morning is not None
        assert at_desk(custodian, morning) == ()

        chase(morning, morning + DAY, morning + 2 * DAY)

        assert len(asked("no_time_yet")) == 2
        assert stands(filled) == (NeedState.FILLED, NextStep.BROKER, morning + 3 * DAY)
        (entry,) = at_desk(custodian, morning + 2 * DAY)
        assert (entry.because, entry.since) == (("no_time_agreed",), morning)
        assert entry.overdue

        arrange(helper, filled, morning + 3 * DAY, now=morning + 2 * DAY)
        assert at_desk(custodian, morning + 2 * DAY) == ()
        assert stands(filled)[1] is NextStep.VISIT

    def test_asks_nobody_whom_the_letter_of_a_proposal_asks_already(
        self, helper: BuiltMember, filled: str
    ) -> None:
        later = NOW + 10 * DAY
        conversations.propose(
            actor=helper.actor, match_ref=filled, key=a_key(), now=NOW,
            meeting=conversations.Meeting(later, later + HOUR),
        )  # fmt: skip
        chase(NOW + DAY)
        assert asked("no_time_yet") == []
        assert stands(filled)[1] is NextStep.CHASE

    def test_asks_whoever_asked_once_where_several_said_yes(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        pair = [a_helper(place, f"Hal {nth}") for nth in range(2)]
        post(asker, slots=2)
        for one in pair:
            accept(one)
        chase(NOW + DAY)
        assert [who for who, _ in asked("no_time_yet")] == [asker.id, *(one.id for one in pair)]


class TestAfterTheVisit:
    def test_asks_both_after_two_hours_and_the_next_morning_then_the_desk_has_it(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, arranged: str
    ) -> None:
        custodian = a_custodian(place)
        morning = datetime(2026, 3, 13, 10, 0, tzinfo=UTC)
        chase(ENDS - HOUR, ENDS)
        assert asked("was_done") == []
        assert stands(arranged) == (NeedState.ARRANGED, NextStep.CHASE, ENDS + 2 * HOUR)
        chase(ENDS + 2 * HOUR, morning)
        assert asked("was_done") == [
            (who, at) for at in (ENDS + 2 * HOUR, morning) for who in (asker.id, helper.id)
        ]
        chase(morning + DAY)
        (entry,) = at_desk(custodian, morning + DAY)
        assert entry.because == ("not_said_done",)
        chase(*(morning + days * DAY for days in range(2, 30)))
        assert len(asked("was_done")) == 4
        assert stands(arranged)[0] is NeedState.ARRANGED  # a person ends it, never a job

        needs.close(
            actor=custodian.actor, ref=entry.ref, outcome=Outcome.HELPED, words="I rang both.",
            key=a_key(), now=morning + 30 * DAY,
        )  # fmt: skip
        assert at_desk(custodian, morning + 30 * DAY) == ()

    def test_says_nothing_where_somebody_said_it_was_done(
        self, helper: BuiltMember, arranged: str
    ) -> None:
        matches.done(actor=helper.actor, match_ref=arranged, minutes=60, key=a_key(), now=ENDS)
        chase(ENDS + 2 * HOUR, ENDS + DAY)
        assert asked("was_done") == []
        assert len(texts("done_asker")) == 1

    def test_waits_for_the_new_end_of_a_visit_that_was_moved(
        self, helper: BuiltMember, arranged: str
    ) -> None:
        chase(ENDS)
        arrange(helper, arranged, ENDS + DAY, now=ENDS + HOUR)
        chase(ENDS + 2 * HOUR, ENDS + DAY)
        assert asked("was_done") == []
        assert stands(arranged)[1:] == (NextStep.VISIT, ENDS + DAY + HOUR)

    def test_lets_the_alarm_of_a_watched_visit_go_first(
        self, asker: BuiltMember, helper: BuiltMember, arranged: str
    ) -> None:
        visits.watch(actor=helper.actor, match_ref=arranged, key=a_key(), now=NOW)
        chase(ENDS, ENDS + 2 * HOUR)
        assert asked("was_done") == []
        chase(datetime(2026, 3, 13, 10, 0, tzinfo=UTC))
        assert [who for who, _ in asked("was_done")] == [asker.id, helper.id]

    def test_keeps_quiet_hours(self, asker: BuiltMember, helper: BuiltMember, filled: str) -> None:
        late = datetime(2026, 3, 12, 19, 30, tzinfo=UTC)
        arrange(helper, filled, late)
        chase(late + HOUR, late + 3 * HOUR)
        due = {row.due_at for row in texts("was_done")}
        assert due == {datetime(2026, 3, 13, 8, 0, tzinfo=UTC)}
        with reading() as uow:  # nor again before there was time to answer
            rows = list(uow.session.query(OutboxRow).filter_by(template="was_done"))
        assert len(rows) == 2
        assert stands(filled)[2] == datetime(2026, 3, 14, 10, 0, tzinfo=UTC)


class TestLawOne:
    def test_counts_what_was_agreed_and_left_alone(self, filled: str) -> None:
        def late(now: datetime) -> int:
            return sum(one.count for one in laws.check(now=now) if one.what == LATE)

        others = late(NOW + DAY)
        assert late(NOW + DAY + HOUR) == others + 1
        chase(NOW + DAY + HOUR)
        assert late(NOW + DAY + HOUR) == others


class TestAStaleNeed:
    def test_is_asked_about_at_once_and_after_one_three_and_seven_days_then_is_the_desks(
        self, place: BuiltPlace
    ) -> None:
        asker, custodian = a_member(place), a_custodian(place)
        need = post(asker, windows=(Window(NOW + HOUR, NOW + 2 * HOUR),))
        over = NOW + 3 * HOUR
        for hour in range(24 * 10):
            rounds.work_due_needs(now=over + hour * HOUR)
            if hour < 24 * 8:
                assert at_desk(custodian, over + hour * HOUR)[0].because == ("nobody_found",)
        found = [at - over for who, at in asked("still_needed") if who == asker.id]
        assert found == [timedelta(), DAY, 3 * DAY, 7 * DAY]
        (entry,) = at_desk(custodian, over + 10 * DAY)
        assert entry.overdue
        assert (entry.ref, entry.because) == (need.ref, ("stale",))
        shown = needs.show(actor=asker.actor, ref=need.ref, now=over + 10 * DAY)
        assert (shown.state, shown.next_step) == (NeedState.OPEN, NextStep.CHASE)


def test_actors_of_the_clock_are_named_in_the_history(filled: str) -> None:
    chase(NOW + DAY)
    with reading() as uow:
        need_id = uow.matches.by_ref(None, filled).need_id
        (entry,) = [one for one in uow.audit.of("need", need_id) if one.what == "need.chased"]
    assert entry.actor_name == Actor.system("chase-agreed").name
    assert matches_of(need_id) == [MatchState.ACCEPTED]


def matches_of(need_id: int) -> list[MatchState]:
    with reading() as uow:
        return [one.state for one in uow.matches.of_need(need_id)]
