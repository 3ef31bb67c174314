"""By text: the helper is on the way; no time is agreed yet; was it done?"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.vocabulary import MatchState, NeedState
from enabler.services import chasing, matches
from tests.builders import BuiltMember, a_helper, a_member
from tests.services.deeds import a_key, post, the_ask
from tests.telephone.talking import Talk, a_texting_place, read

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def talk(app: Flask) -> Iterator[Talk]:
    with app.app_context():
        yield Talk(a_texting_place())


@pytest.fixture
def ann(talk: Talk) -> BuiltMember:
    return a_member(talk.place, "Ann Asker")


@pytest.fixture
def hal(talk: Talk) -> BuiltMember:
    return a_helper(talk.place, "Hal Helper", "befriending")


@pytest.fixture
def yes(talk: Talk, ann: BuiltMember, hal: BuiltMember) -> str:
    """Somebody said yes; the match's ref."""
    post(ann, "befriending", now=talk.now)
    ref = the_ask(hal, talk.now)
    matches.accept(actor=hal.actor, match_ref=ref, key=a_key(), now=talk.now)
    talk.deliver()
    return ref


@pytest.fixture
def agreed(talk: Talk, hal: BuiltMember, yes: str) -> str:
    """A visit that begins in five hours and takes one."""
    start = talk.now + 5 * HOUR
    matches.arrange(
        actor=hal.actor, match_ref=yes, start=start, end=start + HOUR, key=a_key(), now=talk.now
    )
    talk.deliver()
    return yes


def followed_up(talk: Talk, *moments: timedelta) -> None:
    """The clock comes to moments so much later."""
    begin = talk.now
    for after in moments:
        talk.now = begin + after
        chasing.chase_due(now=talk.now)
        talk.deliver()


class TestOnTheWay:
    @pytest.mark.parametrize("word", ["On my way", "OMW", "Ar fy ffordd"])
    def test_is_told_at_once(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, agreed: str, word: str
    ) -> None:
        talk.now += 4 * HOUR
        assert talk.say(hal, word) == ["on_way"]
        assert talk.outbox(ann)[-1] == "on_way"
        assert talk.say(hal, word) == ["on_way"]
        assert talk.outbox(ann).count("on_way") == 1

    def test_takes_what_else_was_written(self, talk: Talk, hal: BuiltMember, agreed: str) -> None:
        talk.now += 4 * HOUR
        assert talk.say(hal, f"ON MY WAY {agreed} bus is late") == ["on_way", "passed_on"]
        assert talk.lines(agreed) == ["bus is late"]

    def test_hours_before_is_too_early(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, agreed: str
    ) -> None:
        assert talk.say(hal, "on my way") == ["on_way_later"]
        assert "on_way" not in talk.outbox(ann)

    def test_is_no_word_of_whoever_waits(
        self, talk: Talk, ann: BuiltMember, agreed: str
    ) -> None:  # fmt: skip
        talk.now += 4 * HOUR
        assert talk.say(ann, "on my way") == ["none_such"]

    def test_in_a_sentence_is_none(self, talk: Talk, hal: BuiltMember, agreed: str) -> None:
        talk.now += 4 * HOUR
        assert "on_way" not in talk.say(hal, "on my way home I need somebody for my dog")


class TestNoTimeYet:
    @pytest.fixture(autouse=True)
    def asked(self, talk: Talk, yes: str) -> None:
        followed_up(talk, DAY)

    def test_a_time_is_said(self, talk: Talk, ann: BuiltMember, hal: BuiltMember, yes: str) -> None:
        assert talk.say(hal, f"{talk.letter(hal, 'no-time')}1 friday at 10am") == ["time_proposed"]
        assert talk.say(ann, f"{talk.letter(ann, 'time')}1") == ["agreed"]
        assert talk.state(yes) is MatchState.ARRANGED

    def test_the_time_is_asked_for(self, talk: Talk, ann: BuiltMember, yes: str) -> None:
        assert talk.say(ann, f"{talk.letter(ann, 'no-time')}1") == []
        assert talk.say(ann, "friday at 10am") == ["time_proposed"]

    def test_whoever_goes_cannot(self, talk: Talk, hal: BuiltMember, yes: str) -> None:
        assert talk.say(hal, f"{talk.letter(hal, 'no-time')}2") == ["released"]
        assert talk.state(yes) is MatchState.RELEASED

    def test_whoever_asked_cannot(self, talk: Talk, ann: BuiltMember, yes: str) -> None:
        assert talk.say(ann, f"{talk.letter(ann, 'no-time')}2") == []
        assert "not-then" in talk.kinds(ann)

    def test_it_is_done_already(self, talk: Talk, ann: BuiltMember, yes: str) -> None:
        assert talk.say(ann, f"{talk.letter(ann, 'no-time')}3 1h") == ["done_said"]
        assert talk.state(yes) is MatchState.DONE


class TestWasItDone:
    @pytest.fixture(autouse=True)
    def asked(self, talk: Talk, agreed: str) -> None:
        followed_up(talk, 6 * HOUR, 8 * HOUR)

    def test_it_was(self, talk: Talk, ann: BuiltMember, hal: BuiltMember, agreed: str) -> None:
        assert talk.say(hal, f"{talk.letter(hal, 'was-done')}1") == []
        assert talk.say(hal, f"{talk.letter(hal, 'done-said')}1") == ["done_said"]
        assert talk.state(agreed) is MatchState.DONE
        talk.deliver()
        assert talk.kinds(ann) == ["done"]

    def test_it_was_not_and_whoever_asked_says_what_instead(
        self, talk: Talk, ann: BuiltMember, agreed: str
    ) -> None:
        assert talk.say(ann, f"{talk.letter(ann, 'was-done')}2 nobody came") == ["passed_on"]
        assert talk.say(ann, f"{talk.letter(ann, 'not-then')}2") == ["released_by_asker"]
        state = read(lambda uow: uow.needs.by_id(
            uow.matches.by_ref(talk.place.id, agreed).need_id
        ).state)  # fmt: skip
        assert state is NeedState.OPEN

    def test_it_was_not_and_whoever_goes_says_when(
        self, talk: Talk, hal: BuiltMember, agreed: str
    ) -> None:
        assert talk.say(hal, f"{talk.letter(hal, 'was-done')}2") == []
        assert talk.say(hal, "friday at 10am") == ["time_proposed"]
