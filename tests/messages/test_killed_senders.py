"""The sender of texts killed at every point, over the true client: none lost, none doubled."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from enabler.domain.vocabulary import CredentialKind, MatchState, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.ports import MessageGateway, Rendered
from tests import rows
from tests.messages.conftest import SOON, Street
from tests.messages.gateways import Killed
from tests.telephone.exchange import Exchange, exchange

START = rows.NOON + SOON
MINUTE = timedelta(minutes=1)
POINTS = frozenset(
    {"last look", "words", "measure", "before sending", "taken", "asked after", "found"}
)
"""Where the sender can die: in the transaction of the last look (before what is said, before how
long that is, before it is noted), after its commit, after the provider took it and before anybody
wrote that down, and, when it is asked after, before the record is read and before what it said is
written down."""
EVERY, FIRST = 9, 4
"""It dies at the fourth passing of each point, and at every ninth after that."""
TO_ONE = 6
"""Texts to one person, so that those in doubt have others in doubt beside them."""


class Mortal:
    """The true client, in a process that dies now and then, on a line that breaks now and then."""

    def __init__(self, here: Exchange) -> None:
        self._real: MessageGateway = here.gateway()
        self._here = here
        self._passed: Counter[str] = Counter()
        self._sent = count(1)
        self.died: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        """What kills nobody is as the true one's."""
        return getattr(self._real, name)

    def at(self, point: str) -> None:
        """A point is passed, or the process ends there."""
        self._passed[point] += 1
        if self._passed[point] % EVERY == FIRST:
            self.died[point] += 1
            raise Killed

    def simulates(self, channel: object) -> bool:
        """The place is an invented one."""
        self.at("last look")
        return True

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """In its true words."""
        self.at("words")
        return self._real.render(template, values, language)

    def measure(self, body: str) -> Any:
        """As the true one."""
        self.at("measure")
        return self._real.measure(body)

    def send(self, **what: Any) -> Any:
        """By the line, which breaks at each fifth text, before it is there or after."""
        self.at("before sending")
        nth = next(self._sent)
        self._here.instead = {0: "cut taken", 3: "cut"}.get(nth % 5)
        try:
            sent = self._real.send(**what)
        finally:
            self._here.instead = None
        self.at("taken")
        return sent

    def find(self, **what: Any) -> Any:
        """In the record."""
        self.at("asked after")
        found = self._real.find(**what)
        self.at("found")
        return found


@contextmanager
def mortal(street: Street) -> Iterator[tuple[Mortal, Exchange]]:
    """The street's texts go by an exchange, from a process that dies."""
    with exchange(now=START, page=200) as here:
        street.network = sender = Mortal(here)  # type: ignore[assignment]
        yield sender, here


def asked(street: Street, number: int) -> None:
    """So many texts, to several helpers."""
    for nth in range(number):
        if nth % TO_ONE == 0:
            helper = street.change(lambda uow, nth=nth: a_helper(uow, street, nth))
        street.helper = helper
        street.tell(
            "ask", match=street.matched(MatchState.ASKED), priority=Priority.ANSWER,
            expires_at=START + timedelta(days=1),
        )  # fmt: skip


def a_helper(uow: UnitOfWork, street: Street, nth: int) -> int:
    """Somebody with a phone of their own."""
    phone = f"+4477009{nth:05d}"
    member = rows.member(uow.session, street.town, "Bob Newhart", phone=phone)
    rows.credential(uow.session, street.town, member, CredentialKind.IDENTITY)
    return member


def until_done(street: Street, here: Exchange, *, minutes: int, passes: int) -> None:
    """The clock goes on until nothing is left to send: each minute the senders run, one after the
    other as each dies, and the one who asks after texts."""
    for minute in range(minutes):
        here.now = now = START + minute * MINUTE
        for _ in range(passes):
            dies(street.deliver, now)
            dies(street.reconcile, now)
        if {state for state, _ in street.states()} <= {"accepted"}:
            return


def dies(act: Callable[[datetime], int], now: datetime) -> None:
    """Whoever does it does it until nothing is left, or dies."""
    try:
        act(now)
    except Killed:
        return


@pytest.mark.prove("8.3")
def test_a_sender_that_is_killed_at_every_point_loses_and_doubles_nothing(
    street: Street, full_size: bool
) -> None:
    number = 300 if full_size else 18
    with mortal(street) as (sender, here):
        asked(street, number)
        until_done(street, here, minutes=120, passes=10)
    found = street.outbox()
    assert {row.state.value for row in found} == {"accepted"}
    assert len(found) == number
    assert sorted(each["sid"] for each in here.taken) == sorted(
        str(row.provider_ref) for row in found
    )  # none was taken twice, and none is missing
    assert len({row.provider_ref for row in found}) == number
    assert not any(row.possibly_twice for row in found)
    assert set(sender.died) == POINTS
