"""Answers to what a phone is asked, of asks, times, visits and help that was given."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.vocabulary import MatchState, NeedState
from enabler.domain.windows import Window
from enabler.persistence.tables.matches import MatchRow
from enabler.services import conversations, matches, reminders
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
    return a_member(talk.place, "Ann Asker", address="7 Quiet Close")


@pytest.fixture
def hal(talk: Talk) -> BuiltMember:
    return a_helper(talk.place, "Hal Helper")


@pytest.fixture
def asked(talk: Talk, ann: BuiltMember, hal: BuiltMember) -> str:
    """An ask that waits for Hal's answer; its ref."""
    start = talk.now + DAY
    post(ann, now=talk.now, windows=(Window(start, start + HOUR),))
    ref = the_ask(hal, talk.now)
    talk.deliver()
    return ref


@pytest.fixture
def accepted(talk: Talk, hal: BuiltMember, asked: str) -> str:
    """An ask to which Hal has said yes on his page."""
    return matches.accept(actor=hal.actor, match_ref=asked, key=a_key(), now=talk.now).ref


@pytest.fixture
def arranged(talk: Talk, hal: BuiltMember, accepted: str) -> str:
    """And when he comes."""
    meet(talk, hal, accepted, talk.now + DAY)
    return accepted


def meet(talk: Talk, who: BuiltMember, ref: str, start, minutes: int = 30) -> None:
    meeting = conversations.Meeting(start, start + timedelta(minutes=minutes))
    conversations.propose(
        actor=who.actor, match_ref=ref, meeting=meeting, key=a_key(), now=talk.now
    )  # fmt: skip


def remind(talk: Talk) -> None:
    reminders.remind(now=talk.now)
    talk.deliver()


class TestAnAsk:
    def test_yes_takes_it_and_is_told_of_once(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, asked: str
    ) -> None:
        assert talk.say(hal, "A1") == ["accepted"]
        assert talk.state(asked) is MatchState.ARRANGED  # the time that was asked for is exact
        assert {"accepted_helper", "arranged"}.isdisjoint(talk.outbox(hal))
        talk.deliver()
        assert "arranged Hal" in str(talk.network.taken)
        assert "accepted_asker" not in str(talk.network.taken)
        assert talk.kinds(hal) == []

    def test_yes_on_a_page_is_told_of_by_a_letter(
        self, talk: Talk, hal: BuiltMember, accepted: str
    ) -> None:
        assert "accepted_helper" in talk.outbox(hal)

    def test_yes_with_words_passes_them_on(
        self, talk: Talk, hal: BuiltMember, asked: str
    ) -> None:  # fmt: skip
        assert talk.say(hal, "yes but after 3 please") == ["accepted", "passed_on"]
        assert talk.lines(asked) == ["but after 3 please"]

    def test_a_yes_with_a_kiss_passes_nothing_on(
        self, talk: Talk, hal: BuiltMember, asked: str
    ) -> None:
        assert talk.say(hal, "A1 please x") == ["accepted"]
        assert talk.lines(asked) == []

    def test_of_any_time_is_asked_when(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        post(ann, now=talk.now)
        ref = the_ask(hal, talk.now)
        assert talk.say(hal, "A1") == ["accepted"]
        letter = talk.letter(hal, "time-when")
        assert talk.say(hal, f"{letter} fri 10am") == ["time_proposed"]
        assert talk.state(ref) is MatchState.ACCEPTED
        assert "proposed" in talk.outbox(ann)

    def test_no_is_final(self, talk: Talk, hal: BuiltMember, asked: str) -> None:
        assert talk.say(hal, "A2 away this week") == ["ask_declined"]
        assert talk.state(asked) is MatchState.DECLINED
        words = read(
            lambda uow: uow.session.query(MatchRow.answer_words).filter_by(ref=asked).scalar()
        )
        assert words == "away this week"

    def test_yes_after_another_is_told_kindly(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        eve = a_helper(talk.place, "Eve Early", at=(600, 600))
        post(ann, now=talk.now)
        talk.deliver()
        asks = the_ask(hal, talk.now), the_ask(eve, talk.now)
        assert talk.say(eve, "A1") == ["accepted"]
        assert talk.say(hal, "A1") == ["ask_filled"]
        assert MatchState.ACCEPTED in {talk.state(ref) for ref in asks}
        assert talk.state(asks[0]) is not MatchState.ACCEPTED

    def test_yes_to_what_was_withdrawn_is_told_kindly(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, asked: str
    ) -> None:
        talk.say(ann, "CANT " + read(lambda uow: uow.needs.of_asker(talk.place.id, ann.id)[0].ref))
        assert talk.say(hal, "A1") == ["settled"]
        assert talk.state(asked) is MatchState.WITHDRAWN


class TestATime:
    def test_that_suits(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, accepted: str
    ) -> None:
        meet(talk, hal, accepted, talk.now + 2 * DAY)
        talk.deliver()
        assert talk.say(ann, "A1") == ["agreed"]
        assert talk.state(accepted) is MatchState.ARRANGED

    def test_of_before_the_last_one_is_no_answer_to_it(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, accepted: str
    ) -> None:
        meet(talk, hal, accepted, talk.now + 2 * DAY)
        talk.deliver()
        meet(talk, hal, accepted, talk.now + 3 * DAY)
        assert talk.say(ann, "A1") == ["settled", "still_open"]
        assert talk.state(accepted) is MatchState.ACCEPTED

    def test_another_is_proposed_in_its_place(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, accepted: str
    ) -> None:
        meet(talk, hal, accepted, talk.now + 2 * DAY)
        talk.deliver()
        assert talk.say(ann, "A2 friday 2pm") == ["time_proposed"]
        talk.deliver()
        assert talk.say(hal, f"{talk.letter(hal, 'time')}1") == ["agreed"]
        start = read(lambda uow: uow.matches.by_ref(talk.place.id, accepted).visit_start)
        assert start is not None
        assert (start.weekday(), start.hour) == (4, 14)

    def test_another_is_asked_for_and_unclear_words_go_to_the_other_side(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, accepted: str
    ) -> None:
        meet(talk, hal, accepted, talk.now + 2 * DAY)
        talk.deliver()
        assert talk.say(ann, "A2") == []
        assert talk.say(ann, "some time next week I think") == []
        assert talk.say(ann, "when the nurse has been") == ["passed_on"]
        assert talk.lines(accepted) == ["when the nurse has been"]
        assert talk.kinds(ann) == ["time"] or talk.kinds(ann) == []


class TestAVisit:
    def test_will_be_kept(self, talk: Talk, hal: BuiltMember, arranged: str) -> None:
        talk.now += DAY - HOUR
        remind(talk)
        assert talk.say(hal, f"{talk.letter(hal, 'visit')}1 see you") == ["see_you", "passed_on"]
        assert talk.state(arranged) is MatchState.ARRANGED

    def test_cannot_be_kept_by_the_helper(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, arranged: str
    ) -> None:
        talk.now += DAY - HOUR
        remind(talk)
        said = talk.say(hal, f"{talk.letter(hal, 'visit')}2 my car broke down")
        assert said == ["released"]
        assert talk.state(arranged) is MatchState.RELEASED
        assert "released" in talk.outbox(ann)
        assert "released_helper" not in talk.outbox(hal)

    @pytest.mark.parametrize(
        ("option", "said", "state", "need"),
        [
            (2, ["released_by_asker"], MatchState.RELEASED, NeedState.OPEN),
            (3, ["need_withdrawn"], MatchState.WITHDRAWN, NeedState.WITHDRAWN),
        ],
    )
    def test_cannot_be_kept_by_the_asker_who_is_asked_what_instead(
        self, talk: Talk, ann: BuiltMember, arranged: str, option: int, said: list[str],
        state: MatchState, need: NeedState,
    ) -> None:  # fmt: skip
        talk.now += DAY - HOUR
        remind(talk)
        assert talk.say(ann, f"{talk.letter(ann, 'visit')}2 in hospital") == ["passed_on"]
        assert talk.lines(arranged) == ["in hospital"]
        assert talk.say(ann, f"{talk.letter(ann, 'not-then')}{option}") == said
        assert talk.state(arranged) is state
        (kept,) = read(lambda uow: uow.needs.of_asker(talk.place.id, ann.id))
        assert kept.state is need

    def test_can_be_at_another_time(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, arranged: str
    ) -> None:
        assert talk.say(ann, f"CANT {arranged}") == []
        assert talk.say(ann, f"{talk.letter(ann, 'not-then')}1") == []
        assert talk.say(ann, "saturday 11am") == ["time_proposed"]
        assert "proposed" in talk.outbox(hal)
