"""What the clock does for texts: those that were not answered, and those that never rang."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.domain.errors import ProviderFailed
from enabler.domain.vocabulary import Priority
from enabler.jobs import Job, job_named, run_job
from enabler.jobs import texts as jobs
from enabler.jobs.ticking import tick
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.texts import InboundTextRow
from enabler.persistence.unit_of_work import reading
from enabler.services import inbound
from sms import conversing
from tests.rows import NOON
from tests.telephone.at_elmford import (
    PHONE,
    PLACE_PHONE,
    Nothing,
    a_town,
    answers,
    texted,
    texts_kept,
)
from tests.telephone.exchange import Exchange, exchange

OTHER = "+447700900124"
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def town(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An app with a place that has a number; deeds of texts come to nothing."""
    monkeypatch.setattr(conversing, "ACTS", Nothing())
    with app.app_context():
        a_town()
    return app


def job(name: str) -> Job:
    """A job of the clock."""
    found = job_named(name)
    assert found is not None
    return found


def wired(app: Flask, **ports: Any) -> None:
    """The app with other ports."""
    app.extensions["enabler"] = replace(app.extensions["enabler"], **ports)


class TestTheSweep:
    def test_works_what_was_kept_and_not_answered(self, town: Flask) -> None:
        with town.app_context():
            texted("SM1", NOON)
            texted("SM2", NOON, number=OTHER)
            texted("SM3", NOON, number=OTHER, body="menu please")
        assert run_job(town, job("work-texts"), NOON) == 0  # whoever keeps it has a minute
        assert run_job(town, job("work-texts"), LATER) == 3
        assert run_job(town, job("work-texts"), LATER) == 0
        with town.app_context():
            assert sorted(to or "" for to, _ in answers()) == [PHONE, OTHER]

    def test_goes_on_after_one_that_cannot_be_worked(
        self, town: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(jobs, "AT_ONCE", 1)
        real = town.extensions["enabler"].converse

        def fails_for_one(*, number: str, **rest: Any) -> int:
            if number == PHONE:
                text = inbound.next_of(
                    place_id=rest["place_id"], number=number, holder="h", now=rest["clock"]()
                )
                assert text is not None
                inbound.failed(text_id=text.id, holder="h", now=rest["clock"]())
                raise ZeroDivisionError
            return int(real(number=number, **rest))

        wired(town, converse=fails_for_one)
        with town.app_context():
            texted("SM1", NOON)
            texted("SM2", NOON + timedelta(seconds=1), number=OTHER)
        with pytest.raises(ExceptionGroup):
            run_job(town, job("work-texts"), LATER)
        with town.app_context():
            assert texts_kept() == [("SM1", "menu", None), ("SM2", "menu", "answered")]
        for _ in range(2):
            with pytest.raises(ExceptionGroup):
                run_job(town, job("work-texts"), LATER)
        assert run_job(town, job("work-texts"), LATER) == 0  # people's by now
        with town.app_context(), reading() as uow:
            assert uow.session.scalar(select(InboundTextRow.ref).filter_by(provider_ref="SM1"))


@pytest.fixture
def record(town: Flask) -> Iterator[Exchange]:
    """The provider's record, which can be asked."""
    with exchange(now=NOON) as here:
        wired(town, provider=here.gateway(), clock=lambda: here.now)
        yield here


def came(record: Exchange, minutes_ago: float, **columns: Any) -> None:
    """A text that the provider has."""
    at = record.now - timedelta(minutes=minutes_ago)
    usual = {"from": PHONE, "to": PLACE_PHONE, "body": "menu", "direction": "inbound"}
    record.keep(at=at, date_sent=at.strftime("%a, %d %b %Y %H:%M:%S +0000"), **(usual | columns))


def kept_bodies(app: Flask) -> list[str]:
    """What is kept, in order."""
    with app.app_context():
        return [body for _, body, _ in texts_kept()]


class TestCatchingUp:
    def test_is_nothing_where_texts_are_simulated(self, town: Flask) -> None:
        assert run_job(town, job("catch-up-texts"), NOON) == 0

    def test_keeps_and_works_what_never_rang(self, town: Flask, record: Exchange) -> None:
        came(record, 3)
        came(record, 2, body="of ours", direction="outbound-api")
        came(record, 1, body="elsewhere", to="+447700900099")
        assert tick(town, job("catch-up-texts"), "one")
        with town.app_context():
            assert [(body, what) for _, body, what in texts_kept()] == [("menu", "answered")]
            assert answers() == [(PHONE, ["menu"])]

    def test_keeps_once_what_both_bring(self, town: Flask, record: Exchange) -> None:
        came(record, 3)
        with town.app_context():
            texted(record.taken[0]["sid"], NOON - timedelta(minutes=3))
        for _ in range(2):
            run_job(town, job("catch-up-texts"))
        assert kept_bodies(town) == ["menu"]

    def test_works_them_in_the_order_in_which_they_were_sent(
        self, town: Flask, record: Exchange
    ) -> None:
        for minutes, body in ((9, "first"), (8, "second"), (7, "third")):
            came(record, minutes, body=body)
        tick(town, job("catch-up-texts"), "one")
        assert kept_bodies(town) == ["first", "second", "third"]

    @pytest.mark.parametrize("hours", [1, 7, 80])
    def test_misses_nothing_of_hours_in_which_nobody_was_there(
        self, town: Flask, record: Exchange, hours: int
    ) -> None:
        tick(town, job("catch-up-texts"), "one")
        begun = record.now
        record.now += timedelta(hours=hours)
        for minute in range(0, hours * 60, 37):
            ago = (record.now - begun).total_seconds() / 60 - minute
            came(record, ago, body=f"minute {minute}")
        tick(town, job("catch-up-texts"), "two")
        assert kept_bodies(town) == [f"minute {minute}" for minute in range(0, hours * 60, 37)]

    def test_reads_again_what_was_read_by_a_run_that_failed(
        self, town: Flask, record: Exchange
    ) -> None:
        tick(town, job("catch-up-texts"), "one")
        came(record, 0, body="while it was down")
        record.instead = (500, {})
        for _ in range(20):
            record.now += timedelta(minutes=5)
            with pytest.raises(ProviderFailed):
                tick(town, job("catch-up-texts"), "one")
        record.instead = None
        record.now += timedelta(minutes=5)
        tick(town, job("catch-up-texts"), "one")
        assert kept_bodies(town) == ["while it was down"]

    def test_asks_for_no_more_than_it_needs(self, town: Flask, record: Exchange) -> None:
        tick(town, job("catch-up-texts"), "one")
        came(record, 120, body="of long ago")
        record.now += timedelta(minutes=5)
        tick(town, job("catch-up-texts"), "one")
        assert kept_bodies(town) == []

    @pytest.mark.parametrize(
        ("minutes", "words", "priority"),
        [(300, "menu", Priority.MATCH), (3, "menu", Priority.ANSWER),
         (300, "help I cant breathe", Priority.SAFETY)],
    )  # fmt: skip
    def test_wakes_nobody_for_a_text_of_hours_ago(
        self, town: Flask, record: Exchange, minutes: int, words: str, priority: Priority
    ) -> None:  # fmt: skip
        came(record, minutes, body=words)
        run_job(town, job("catch-up-texts"))
        with town.app_context(), reading() as uow:
            found = uow.session.scalars(select(OutboxRow.priority).filter_by(template="answer"))
            assert list(found) == [priority]
