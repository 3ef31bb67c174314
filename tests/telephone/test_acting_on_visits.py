"""By text: the day of a visit, help that was given, thanks, and what is still so."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from enabler.domain.meeting import Circumstance
from enabler.domain.vocabulary import CredentialKind, MatchState, NeedState, OfferState, Role
from enabler.domain.windows import Window
from enabler.services import conversations, matches, resting, rounds, visits, watching
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
    return a_helper(talk.place, "Hal Helper", "befriending")


@pytest.fixture
def met(talk: Talk, ann: BuiltMember, hal: BuiltMember) -> str:
    """A visit that is in an hour from the moment at which the talk begins; the match's ref."""
    start = talk.now + HOUR
    post(ann, "befriending", now=talk.now, windows=(Window(start, start + 3 * HOUR),))
    ref = the_ask(hal, talk.now)
    matches.accept(actor=hal.actor, match_ref=ref, key=a_key(), now=talk.now)
    conversations.propose(
        actor=hal.actor, match_ref=ref, key=a_key(), now=talk.now,
        meeting=conversations.Meeting(start, start + HOUR),
    )  # fmt: skip
    talk.deliver()
    return ref


def ring(talk: Talk, at: datetime) -> None:
    """The clock comes to a moment of the alarm."""
    talk.now = at
    visits_due(at)
    talk.deliver()


class TestTheDay:
    @pytest.fixture
    def watched(self, talk: Talk, hal: BuiltMember, met: str) -> str:
        visits.watch(actor=hal.actor, match_ref=met, key=a_key(), now=talk.now)
        return met

    def test_is_there_then_out(self, talk: Talk, hal: BuiltMember, watched: str) -> None:
        start = talk.now + HOUR
        ring(talk, start + HOUR / 2)
        assert talk.say(hal, f"{talk.letter(hal, 'arrived')}1") == ["arrived"]
        ring(talk, start + 3 * HOUR)
        assert talk.say(hal, f"{talk.letter(hal, 'left')}1") == ["left"]
        assert visit(talk, watched).left_at == talk.now

    def test_is_late_and_says_so(self, talk: Talk, hal: BuiltMember, watched: str) -> None:
        ring(talk, talk.now + HOUR + HOUR / 2)
        said = talk.say(hal, f"{talk.letter(hal, 'arrived')}2 stuck in traffic")
        assert said == ["not_there_yet", "passed_on"]
        assert talk.lines(watched) == ["stuck in traffic"]

    def test_stays_longer(self, talk: Talk, hal: BuiltMember, watched: str) -> None:
        start = talk.now + HOUR
        visits.arrive(actor=hal.actor, match_ref=watched, key=a_key(), now=start)
        ring(talk, start + 2 * HOUR)
        assert talk.say(hal, f"{talk.letter(hal, 'left')}2 45 mins") == ["staying"]
        assert visit(talk, watched).until_at == talk.now + timedelta(minutes=45)

    def test_is_not_all_right(self, talk: Talk, hal: BuiltMember, watched: str) -> None:
        lead = a_member(talk.place, "Lee Lead", roles=[Role.SAFEGUARDING_LEAD])
        start = talk.now + HOUR
        visits.arrive(actor=hal.actor, match_ref=watched, key=a_key(), now=start)
        ring(talk, start + 2 * HOUR)
        said = talk.say(hal, f"{talk.letter(hal, 'left')}3 she is not herself")
        assert said == ["help_called"]
        assert "visit_stuck_staff" in talk.outbox(lead)
        assert len(talk.aside()) == 1  # somebody reads what was written

    def test_is_not_all_right_long_after_it(
        self, talk: Talk, hal: BuiltMember, watched: str
    ) -> None:
        start = talk.now + HOUR
        ring(talk, start + 3 * HOUR)
        letter = talk.letter(hal, "left")
        talk.now += 3 * DAY
        assert talk.say(hal, f"{letter}3") == ["danger", "with_people"]
        assert talk.aside() == [f"{letter}3"]


class TestDone:
    @pytest.fixture
    def over(self, talk: Talk, met: str) -> str:
        talk.now += 3 * HOUR
        return met

    def test_goes_to_agreed_thanked(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, over: str
    ) -> None:
        assert talk.say(hal, "DONE 1h30") == ["done_said"]
        assert talk.say(ann, f"{talk.letter(ann, 'done')}1") == ["done_agreed"]
        assert talk.state(over) is MatchState.CONFIRMED
        assert "confirmed_helper" in talk.outbox(hal)
        assert talk.say(ann, "THANKS you are a star") == ["thanked"]
        assert talk.lines(over)[-1] == "Thank you. you are a star"
        assert "wrote" in talk.outbox(hal)

    def test_is_asked_how_long(self, talk: Talk, hal: BuiltMember, over: str) -> None:
        assert talk.say(hal, "done") == []
        assert talk.say(hal, "yes") == ["done_said"]
        minutes = read(lambda uow: uow.matches.by_ref(talk.place.id, over).minutes)
        assert minutes == 30

    def test_is_asked_how_long_and_it_was_longer(
        self, talk: Talk, hal: BuiltMember, over: str
    ) -> None:
        assert talk.say(hal, f"DONE {over}") == []
        letter = talk.letter(hal, "done-said")
        assert talk.say(hal, f"{letter} about an hour and a half") == ["done_said"]
        assert read(lambda uow: uow.matches.by_ref(talk.place.id, over).minutes) == 90
        assert talk.kinds(hal) == []

    def test_by_the_asker_then_agreed_by_the_helper_without_a_letter_about_it(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, over: str
    ) -> None:
        assert talk.say(ann, f"DONE {over.lower()} 1h lovely chat") == ["done_said", "passed_on"]
        assert talk.say(hal, f"{talk.letter(hal, 'done')}1") == ["done_agreed_helper"]
        assert "confirmed_helper" not in talk.outbox(hal)

    def test_took_another_time(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, over: str
    ) -> None:
        talk.say(hal, "DONE 2h")
        assert talk.say(ann, f"{talk.letter(ann, 'done')}2 it was 1h") == ["minutes_corrected"]
        assert talk.say(hal, f"{talk.letter(hal, 'done')}1") == ["done_agreed_helper"]
        assert read(lambda uow: uow.matches.by_ref(talk.place.id, over).minutes) == 60

    def test_took_another_time_when_asked(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, over: str
    ) -> None:
        talk.say(hal, "DONE 2h")
        assert talk.say(ann, f"{talk.letter(ann, 'done')}2") == []
        assert talk.say(ann, "an hour") == ["minutes_corrected"]
        assert talk.say(ann, "DONE 1h") == ["done_waits"]

    def test_was_no_help(self, talk: Talk, ann: BuiltMember, hal: BuiltMember, over: str) -> None:
        talk.say(hal, "DONE 2h")
        talk.say(ann, f"{talk.letter(ann, 'done')}2")
        assert talk.say(ann, f"{talk.letter(ann, 'done-length')}1") == []
        assert talk.say(ann, "nobody came and I waited in") == ["dispute_kept"]
        assert talk.state(over) is MatchState.DISPUTED

    def test_is_not_agreed_for_minutes_that_nobody_was_asked_about(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, over: str
    ) -> None:
        talk.say(hal, "DONE 1h")
        talk.deliver()
        letter = talk.letter(ann, "done")
        matches.correct(actor=ann.actor, match_ref=over, minutes=30, key=a_key(), now=talk.now)
        matches.correct(actor=hal.actor, match_ref=over, minutes=90, key=a_key(), now=talk.now)
        assert talk.say(ann, f"{letter}1") == ["minutes_changed"]
        assert talk.state(over) is MatchState.DONE

    def test_said_twice_by_one_side(self, talk: Talk, hal: BuiltMember, over: str) -> None:
        talk.say(hal, "DONE 1h")
        assert talk.say(hal, f"DONE {over} 1h") == ["done_waits"]
        assert talk.say(hal, "DONE 1h") == ["done_waits"]

    def test_thanks_of_somebody_who_was_not_helped_are_welcome(
        self, talk: Talk, hal: BuiltMember
    ) -> None:
        assert talk.say(hal, "Thanks") == ["welcome"]
        assert talk.say(hal, "thanks, but nobody rang me") == ["with_people"]


class TestShoppingMoney:
    def test_was_not_spent(self, talk: Talk, ann: BuiltMember) -> None:
        ned = a_helper(talk.place, "Ned Near", "shopping", credentials=tuple(CredentialKind))
        post(ann, "shopping", now=talk.now, circumstances=(Circumstance.MONEY,))
        ref = the_ask(ned, talk.now)
        matches.accept(actor=ned.actor, match_ref=ref, key=a_key(), now=talk.now)
        assert talk.say(ned, "DONE 40 mins") == []
        assert talk.say(ned, f"{talk.letter(ned, 'no-money')}1") == ["done_said"]
        assert talk.state(ref) is MatchState.DONE


class TestStillSo:
    def test_a_need_gets_another_time(self, talk: Talk, ann: BuiltMember) -> None:
        need = post(ann, now=talk.now, windows=(Window(talk.now + HOUR, talk.now + 2 * HOUR),))
        overdue(talk)
        letter = talk.letter(ann, "still-needed")
        assert talk.say(ann, f"{letter}1") == []
        assert talk.say(ann, "friday at 10am") == ["need_changed"]
        (window,) = read(lambda uow: uow.needs.by_ref(talk.place.id, need.ref).windows)
        assert (window.start.weekday(), window.start.hour) == (4, 10)

    def test_a_need_is_not_needed_any_more(self, talk: Talk, ann: BuiltMember) -> None:
        need = post(ann, now=talk.now, windows=(Window(talk.now + HOUR, talk.now + 2 * HOUR),))
        overdue(talk)
        assert talk.say(ann, f"{talk.letter(ann, 'still-needed')}2") == ["need_withdrawn"]
        state = read(lambda uow: uow.needs.by_ref(talk.place.id, need.ref).state)
        assert state is NeedState.WITHDRAWN

    @pytest.mark.parametrize(
        ("option", "said", "state"),
        [(1, "offer_stands", OfferState.OPEN), (2, "offer_ended", OfferState.ENDED)],
    )
    def test_an_offer(
        self, talk: Talk, hal: BuiltMember, option: int, said: str, state: OfferState
    ) -> None:
        resting.nudge(now=talk.now)
        talk.deliver()
        assert talk.say(hal, f"{talk.letter(hal, 'still-right')}{option}") == [said]
        (offer,) = read(lambda uow: uow.offers.all_of((hal.id, None)))
        assert offer.state is state


def overdue(talk: Talk) -> None:
    """Its time is over."""
    talk.now += 4 * HOUR
    rounds.work_due_needs(now=talk.now)
    talk.deliver()


def visit(talk: Talk, ref: str):
    return read(lambda uow: uow.visits.of(uow.matches.by_ref(talk.place.id, ref).id))


def visits_due(now: datetime) -> None:
    watching.ring_due(now=now)
