"""The clock: each slot of a job is run once, by whoever has the lease, and nothing is missed."""

import dataclasses
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.domain.vocabulary import Priority
from enabler.doors.wiring import Wiring
from enabler.jobs import JOBS, Job, job_named, run_job
from enabler.jobs.ticking import keep_ticking, tick
from enabler.persistence.tables.clock import JobRunRow, LeaseRow, ServiceCallRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import clock
from tests import rows

NOW = rows.NOON


class Hands:
    """A clock of our own for an app, that is turned by hand."""

    def __init__(self, app: Flask, moment: datetime = NOW) -> None:
        self.moment = moment
        app.extensions["enabler"] = dataclasses.replace(
            app.extensions["enabler"], clock=lambda: self.moment
        )


class Counted:
    """A job that counts its runs by slot."""

    def __init__(self, *, seconds: int | None = None, at: time | None = None) -> None:
        self.runs: Counter[str] = Counter()
        self.job = Job("counted", self._act, seconds=seconds, at=at)

    def _act(self, _ports: Wiring, now: Callable[[], datetime]) -> int:
        zone = "UTC" if self.job.at is None else "Europe/London"
        self.runs[self.job.slot(now(), zone)] += 1
        return 1


def place(app: Flask) -> None:
    """A place in London time."""
    with app.app_context(), unit_of_work() as uow:
        rows.town(uow.session)
        uow.commit()


def outcomes(app: Flask) -> list[tuple[str, str | None]]:
    """Slot and outcome of each run."""
    with app.app_context(), reading() as uow:
        found = uow.session.scalars(select(JobRunRow).order_by(JobRunRow.id))
        return [(row.slot, row.outcome) for row in found]


class TestAJob:
    def test_runs_once_a_slot(self, app: Flask) -> None:
        hands, counted = Hands(app), Counted(seconds=60)
        ran = [tick(app, counted.job, "one") for _ in range(3)]
        hands.moment += timedelta(seconds=60)
        ran.append(tick(app, counted.job, "one"))
        assert ran == [True, False, False, True]
        assert set(counted.runs.values()) == {1}

    def test_that_fails_says_so_and_is_run_in_the_next_slot(self, app: Flask) -> None:
        hands = Hands(app)
        tries = [0]

        def fails_once(_ports: Wiring, _now: object) -> None:
            tries[0] += 1
            if tries[0] == 1:
                raise ZeroDivisionError

        job = Job("fails", fails_once, seconds=5)
        with pytest.raises(ZeroDivisionError):
            tick(app, job, "one")
        hands.moment += timedelta(seconds=5)
        assert tick(app, job, "one")
        assert [outcome for _, outcome in outcomes(app)] == ["failed", "done"]

    def test_runs_by_hand_whatever_its_slot(self, app: Flask) -> None:
        counted = Counted(seconds=60)
        for _ in range(2):
            run_job(app, counted.job, NOW)
        assert list(counted.runs.values()) == [2]

    def test_is_known_by_its_name(self) -> None:
        assert len({job.name for job in JOBS}) == len(JOBS)
        assert all(job_named(job.name) is job for job in JOBS)
        assert job_named("nonsense") is None
        assert all((job.seconds is None) != (job.at is None) for job in JOBS)


class TestTwoClocks:
    def test_run_each_slot_once(self, app: Flask) -> None:
        Hands(app)
        counted = Counted(seconds=5)
        ready = threading.Barrier(4)
        ran: list[bool] = []

        def rings(holder: str) -> None:
            ready.wait(30)
            ran.append(tick(app, counted.job, holder))

        threads = [threading.Thread(target=rings, args=(f"clock {n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(ran) == [False, False, False, True]
        assert list(counted.runs.values()) == [1]

    def test_have_one_lease(self, app: Flask) -> None:
        hands, counted = Hands(app), Counted(seconds=5)
        assert tick(app, counted.job, "one")
        hands.moment += timedelta(seconds=5)
        assert not tick(app, counted.job, "two")
        assert tick(app, counted.job, "one")

    def test_take_over_after_one_dies(self, app: Flask) -> None:
        hands, counted = Hands(app), Counted(seconds=5)
        tick(app, counted.job, "dies")
        hands.moment += clock.LEASE
        assert not tick(app, counted.job, "lives")
        hands.moment += timedelta(seconds=5)
        assert tick(app, counted.job, "lives")

    def test_take_over_at_once_after_one_stops(self, app: Flask) -> None:
        hands, counted = Hands(app), Counted(seconds=5)
        tick(app, counted.job, "stops")
        with app.app_context():
            clock.stop(holder="stops", now=hands.moment)
        hands.moment += timedelta(seconds=5)
        assert tick(app, counted.job, "other")

    def test_never_stop_each_other(self, app: Flask) -> None:
        hands, counted = Hands(app), Counted(seconds=5)
        tick(app, counted.job, "one")
        with app.app_context():
            clock.stop(holder="other", now=hands.moment)
        hands.moment += timedelta(seconds=5)
        assert not tick(app, counted.job, "third")


class TestANightJob:
    @pytest.mark.parametrize("begins", ["2026-03-27", "2026-10-23"])
    def test_runs_once_a_local_day_through_the_change_of_clocks(
        self, app: Flask, begins: str, full_size: bool
    ) -> None:
        place(app)
        days = 60 if full_size else 5
        hands = Hands(app, datetime.fromisoformat(f"{begins} 12:00").replace(tzinfo=UTC))
        counted = Counted(at=time(3, 30))
        for _ in range(days * 24 * 2):
            for holder in ("one", "two", "three"):
                tick(app, counted.job, holder)
            hands.moment += timedelta(minutes=30)
        assert set(counted.runs.values()) == {1}
        assert len(counted.runs) == days + 1  # the day it began in is caught up with

    def test_is_caught_up_with_once_after_a_long_sleep(self, app: Flask) -> None:
        place(app)
        hands, counted = Hands(app), Counted(at=time(3, 30))
        tick(app, counted.job, "one")
        hands.moment += timedelta(days=4)
        for _ in range(3):
            tick(app, counted.job, "one")
        assert len(counted.runs) == 2
        assert set(counted.runs.values()) == {1}

    def test_forgets_what_is_old(self, app: Flask) -> None:
        old, new = NOW - timedelta(days=8), NOW - timedelta(hours=1)
        with app.app_context():
            with unit_of_work() as uow:
                for age in (old, new):
                    uow.session.add(
                        ServiceCallRow(key=str(age), actor="a", service="s", at=age,
                                       arguments_hash="h", result={})
                    )  # fmt: skip
                uow.commit()
            assert clock.forget_old(now=NOW) == {
                "service_call": 1, "job_run": 0, "web_session": 0, "invitation": 0,
                "api_token": 0, "credential": 0,
            }  # fmt: skip
            with reading() as uow:
                assert list(uow.session.scalars(select(ServiceCallRow.at))) == [new]


class TestTheClock:
    def test_rings_until_it_is_stopped_and_gives_the_lease_back(self, app: Flask) -> None:
        rung, stopped = threading.Event(), threading.Event()

        def rings(_ports: Wiring, _now: object) -> None:
            rung.set()

        ticking = threading.Thread(
            target=keep_ticking, args=(app, stopped, (Job("rings", rings, seconds=1),))
        )
        ticking.start()
        assert rung.wait(30)
        stopped.set()
        ticking.join(30)
        assert not ticking.is_alive()
        with app.app_context(), reading() as uow:
            (lease,) = uow.session.scalars(select(LeaseRow)).all()
            ticked = lease.ticked_at
            assert ticked is not None
            assert lease.until < ticked + clock.LEASE

    def test_sends_what_is_queued(self, app: Flask) -> None:
        hands = Hands(app)
        with app.app_context(), unit_of_work() as uow:
            town = rows.town(uow.session, invented=True)
            asker, helper = (rows.member(uow.session, town) for _ in range(2))
            match = rows.match(
                uow.session, rows.need(uow.session, town, asker),
                rows.offer(uow.session, town, helper),
            )  # fmt: skip
            for number in range(25):
                uow.outbox.queue(
                    place_id=town.id, member_id=helper, channel="text", template="ask",
                    parameters={"match": match.ref}, language="en", priority=Priority.ANSWER,
                    dedupe_key=str(number), queued_at=NOW, due_at=NOW,
                    expires_at=NOW + timedelta(hours=1),
                )  # fmt: skip
            uow.commit()
        job = job_named("deliver-outbox")
        assert job is not None
        assert run_job(app, job, hands.moment) == 25
