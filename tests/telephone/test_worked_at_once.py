"""A text rings the bell, is kept, worked and answered: the whole way, by the provider's call."""

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask

from enabler.config import Settings
from sms import webhook
from sms.at_work import AtWork
from tests.application import Running
from tests.telephone.at_elmford import PHONE, a_town, answers, texts_kept
from tests.telephone.provider import Provider, called_by_provider

Called = tuple[Flask, Provider]


@pytest.fixture
def called(settings: Settings, running: Running) -> Iterator[Called]:
    """An app of a place with a number, and who calls it."""
    with called_by_provider(running, settings) as both:
        with both[0].app_context():
            a_town()
        yield both


def with_converse(app: Flask, converse: Any) -> None:
    """Another door works the texts."""
    app.extensions["enabler"] = replace(app.extensions["enabler"], converse=converse)


class TestAText:
    def test_is_answered_in_the_same_call(self, called: Called) -> None:
        app, provider = called
        for _ in range(3):  # the provider may come again
            assert provider.text("menu").status_code == 200
        with app.app_context():
            assert texts_kept() == [("SM1", "menu", "answered")]
            assert answers() == [(PHONE, ["menu"])]

    def test_of_a_stranger_is_kept_each_time_and_answered_once_a_day(self, called: Called) -> None:
        app, provider = called
        for number in range(15):
            provider.text("menu", MessageSid=f"SM{number}")
        with app.app_context():
            assert answers() == [(PHONE, ["menu"])]
            assert len(texts_kept()) == 15

    def test_that_cannot_be_worked_is_kept_and_thanked_for(self, called: Called) -> None:
        app, provider = called

        def fails(**_: Any) -> int:
            raise ZeroDivisionError

        real = app.extensions["enabler"].converse
        with_converse(app, fails)
        assert provider.text("menu").status_code == 200
        with app.app_context():
            assert texts_kept() == [("SM1", "menu", None)]
        with_converse(app, real)
        assert provider.text("menu").status_code == 200
        with app.app_context():
            assert texts_kept() == [("SM1", "menu", "answered")]


class TestWorkThatHangs:
    def test_keeps_no_call_waiting_and_leaves_threads_for_others(
        self, called: Called, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app, provider = called
        over = Event()
        monkeypatch.setattr(webhook, "at_work", AtWork(workers=2, most=5))
        monkeypatch.setattr(webhook, "SECONDS", 0.5)

        def hangs(**_: Any) -> int:
            over.wait(20)
            return 0

        with_converse(app, hangs)
        begun = time.monotonic()
        statuses = [provider.text(MessageSid=f"SM{number}").status_code for number in range(12)]
        seconds = time.monotonic() - begun
        over.set()
        assert set(statuses) == {200}
        assert seconds < 5, "only as many calls wait as there are workers"
        with app.app_context():
            assert len(texts_kept()) == 12


class TestWorkers:
    def test_do_not_begin_what_they_could_not_get_to(self, app: Flask) -> None:
        over, done = Event(), []
        workers = AtWork(workers=1, most=3)
        begun = [workers.begin(app, lambda: (over.wait(20), done.append(1)), 0.05)
                 for _ in range(6)]  # fmt: skip
        over.set()
        assert begun == [False] * 6
        for _ in range(200):
            if len(done) == 3 and workers.begin(app, lambda: None, 5):
                break
            time.sleep(0.05)
        assert len(done) == 3

    def test_let_only_as_many_wait_as_they_are(self, app: Flask) -> None:
        over, ended = Event(), []
        workers = AtWork(workers=2, most=50)

        def call() -> None:
            begun = time.monotonic()
            workers.begin(app, lambda: over.wait(20), 1.0)
            ended.append(time.monotonic() - begun)

        threads = [Thread(target=call) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        over.set()
        assert sorted(seconds >= 0.9 for seconds in ended) == [False] * 8 + [True] * 2
