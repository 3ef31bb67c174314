"""Whatever people do, in whatever order: words are shown to those entitled at that moment alone.

The rule is written down here once more, in other words than the code's: from the helper's yes until
it is given back, called off, or 48 hours after it was confirmed, the asker and the helper read; and
nobody else ever does.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enabler.domain.errors import EnablerError
from enabler.domain.permissions import Actor
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.unit_of_work import reading
from enabler.services import conversations, matches, messages, mine, moderation, needs
from enabler.services.conversations import Meeting
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, a_place
from tests.services.deeds import a_key, post

SECRET = "zebra"
HOUR = timedelta(hours=1)
DEEDS = ("say", "propose", "agree", "accept", "release", "withdraw", "done", "confirm", "wait")


class World:
    """One need and what its two people do, with everybody else looking over their shoulders."""

    def __init__(self, people: dict[str, BuiltMember], place: BuiltPlace) -> None:
        self.people, self.place, self.now = people, place, NOW
        self.need = post(people["asker"], now=self.now).ref
        (self.match,) = (
            ask.ref for ask in mine.everything(actor=people["helper"].actor, now=NOW).asks
        )
        self.met, self.over_at = False, None  # type: tuple[bool, datetime | None]

    def do(self, deed: str, who: str) -> None:
        """One deed; what cannot be done is not done."""
        before = self.state()
        with suppress(EnablerError):
            self.deeds()[deed](self.people[who].actor)
        after = self.state()
        if after != before:
            self._note(after)

    def state(self) -> str:
        """Where the match stands."""
        with reading() as uow:
            return uow.matches.by_ref(self.place.id, self.match).state.value

    def _note(self, state: str) -> None:
        self.met = state in ("accepted", "arranged", "done", "confirmed", "disputed")
        if state == "confirmed":
            self.over_at = self.now + 48 * HOUR

    def deeds(self) -> dict[str, Callable[[Actor], object]]:
        """What can be done, by one of the two."""
        ref, now = self.match, self.now
        meeting = Meeting(now + 5 * HOUR, now + 6 * HOUR, where=SECRET, words=SECRET)
        return {
            "say": lambda who: conversations.say(
                actor=who, match_ref=ref, words=SECRET, key=a_key(), now=now),
            "propose": lambda who: conversations.propose(
                actor=who, match_ref=ref, meeting=meeting, key=a_key(), now=now),
            "agree": lambda who: [
                conversations.agree(actor=who, match_ref=ref, number=one, key=a_key(), now=now)
                for one in (3, 2, 1)],
            "accept": lambda who: matches.accept(actor=who, match_ref=ref, key=a_key(), now=now),
            "release": lambda who: matches.release(actor=who, match_ref=ref, key=a_key(), now=now),
            "withdraw": lambda who: needs.withdraw(
                actor=who, ref=self.need, key=a_key(), now=now),
            "done": lambda who: matches.done(
                actor=who, match_ref=ref, minutes=9, key=a_key(), now=now),
            "confirm": lambda who: matches.confirm(actor=who, match_ref=ref, key=a_key(), now=now),
            "wait": lambda _: self._wait(),
        }  # fmt: skip

    def _wait(self) -> None:
        self.now += 25 * HOUR

    def entitled(self) -> set[str]:
        """Who may read at this moment, by the rule above."""
        is_open = self.met and (self.over_at is None or self.now <= self.over_at)
        return {"asker", "helper"} if is_open else set()

    def sees(self, who: str) -> bool:
        """Whether anything that this person is served holds the words."""
        actor, now = self.people[who].actor, self.now
        served: list[object] = []
        for look in (
            lambda: matches.show(actor=actor, ref=self.match, now=now).conversation,
            lambda: needs.show(actor=actor, ref=self.need, now=now),
            lambda: mine.everything(actor=actor, now=now),
            lambda: moderation.desk(actor=actor, now=now),
            lambda: conversations.say(
                actor=actor, match_ref=self.match, words="…", key=a_key(), now=now
            ) if who not in ("asker", "helper") else None,
        ):  # fmt: skip
            with suppress(EnablerError):
                served.append(look())
        return SECRET in repr([_without_note(one) for one in served])


def told(but: int) -> list[tuple[str, str]]:
    """The texts that left, to whom and with which words, without the first so many."""
    with reading() as uow:
        found = uow.session.query(SimulatedMessageRow).order_by(SimulatedMessageRow.id)
        return [(row.address, row.body) for row in found][but:]


def _without_note(view: object) -> object:
    """A visit's note (``visit_words``) has a rule of its own, held elsewhere."""
    return [] if view is None else repr(view).replace(f"visit_words='{SECRET}'", "")


@pytest.fixture
def place(context: Flask) -> BuiltPlace:
    """Where people may be asked again and again: each example is another need."""
    return a_place(policy={"asks_per_day": 900, "asks_per_week": 900, "texts_per_day": 900})


@pytest.fixture
def people(place: BuiltPlace, noise: BuiltPlace) -> dict[str, BuiltMember]:
    return {
        "asker": a_member(place, "Ann"), "helper": a_helper(place, "Hal", capacity=500),
        "neighbour": a_member(place, "Ned"), "custodian": a_custodian(place),
        "elsewhere": a_custodian(noise, "Eve"),
    }  # fmt: skip


@settings(max_examples=6, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(way=st.lists(
    st.tuples(st.sampled_from(DEEDS), st.sampled_from(("asker", "helper"))), max_size=8
))  # fmt: skip
def test_words_are_shown_to_those_entitled_at_that_moment_alone(
    app: Flask, place: BuiltPlace, people: dict[str, BuiltMember], way: list[tuple[str, str]]
) -> None:
    world = World(people, place)
    for deed, who in [("accept", "helper"), ("say", "asker"), ("propose", "helper"), *way]:
        world.do(deed, who)
        entitled = world.entitled()
        for viewer in people:
            assert not world.sees(viewer) or viewer in entitled, (deed, who, viewer)
        if entitled and deed != "accept":
            assert world.sees("asker")
            assert world.sees("helper")
    before = told(0)
    messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=world.now)
    with reading() as uow:
        theirs = {uow.telling.receiver(people[who].id).phone for who in world.entitled()}
    assert {number for number, body in told(len(before)) if SECRET in body} <= theirs
    with suppress(EnablerError):
        needs.withdraw(actor=people["asker"].actor, ref=world.need, key=a_key(), now=world.now)
