"""Several senders at once, and one that is really killed: each message arrives once."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.vocabulary import Priority
from enabler.doors.wiring import wiring
from enabler.services.messages import conversations, deliver_outbox, reconcile
from tests import rows
from tests.databases.stores import Database
from tests.messages.conftest import SOON, Street

SENDER = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from enabler.app import create_app
from enabler.config import Settings
from enabler.doors.wiring import wiring
from enabler.services.messages import deliver_outbox

url, key, moment, step = sys.argv[1:]
app = create_app(Settings(instance=Path("."), database_url=url, database_owner_url=url,
                          secret_key=key, environment="test"))
with app.app_context():
    gateway, sends = wiring().gateway, [0]
    send = gateway.send
    def dies(**message):
        sends[0] += 1
        if sends[0] == 2 and step == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        sent = send(**message)
        if sends[0] == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return sent
    gateway.send = dies
    deliver_outbox(gateway=gateway, secrets=wiring().secrets, now=datetime.fromisoformat(moment))
"""


class TestSendersAtOnce:
    def test_send_each_message_once(self, street: Street, app: Flask) -> None:
        for _ in range(40):
            street.tell("ask", match=street.matched(), priority=Priority.ANSWER)
        ready = threading.Barrier(4)
        failures: list[BaseException] = []

        def send() -> None:
            try:
                with app.app_context():
                    ready.wait(30)
                    while street.deliver(limit=3):
                        pass
            except BaseException as failure:
                failures.append(failure)
                raise

        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert failures == []
        counted = Counter(reference for reference, _, _ in street.network.taken)
        assert (len(counted), set(counted.values())) == (40, {1})
        assert {state for state, _ in street.states()} == {"accepted"}

    def test_keep_one_persons_cap_together(self, street: Street, app: Flask) -> None:
        for _ in range(16):
            street.tell("ask", match=street.matched())
        threads = [
            threading.Thread(target=lambda: _in_context(app, lambda: street.deliver(limit=4)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(street.network.taken) == 8


class TestASenderThatIsKilled:
    @pytest.mark.parametrize("step", ["before", "after"])
    def test_is_followed_by_one_that_finishes(
        self, street: Street, app: Flask, database: Database, step: str
    ) -> None:
        refs = [street.matched() for _ in range(3)]
        for ref in refs:
            street.tell("ask", match=ref)
        now = rows.NOON + SOON
        killed = subprocess.run(
            [sys.executable, "-c", SENDER, database.url, app.config["SECRET_KEY"],
             now.isoformat(), step], capture_output=True, text=True, timeout=60, check=False,
            env=os.environ | {"PYTHONPATH": os.getcwd()},
        )  # fmt: skip
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        later = now + timedelta(minutes=2)
        reconcile(gateway=wiring().gateway, secrets=wiring().secrets, now=later)
        deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=later)
        bodies = [message.body for message in conversations(place_id=street.town.id)]
        assert [sum(ref in body for body in bodies) for ref in refs] == [1, 1, 1]
        assert street.states() == [("accepted", None)] * 3


def _in_context(app: Flask, act: Callable[[], object]) -> None:
    with app.app_context():
        act()
