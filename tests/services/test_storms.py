"""Many at once: the first yes wins, whatever the database, however often."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from threading import Barrier

import pytest
from flask import Flask

from enabler.domain.errors import AlreadyFilled, EnablerError, LimitReached, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NeedState
from enabler.persistence.unit_of_work import reading
from enabler.services import matches, mine, needs, rounds
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, a_need, a_place
from tests.services.deeds import a_key, accept, asks_of, decline, post, the_ask

CROWD = 20
Deed = Callable[[], object]


@pytest.fixture
def place(context: Flask) -> BuiltPlace:
    """A place that asks twenty helpers at once, as often as there is need."""
    return a_place(policy={"waves": [CROWD], "asks_per_day": 1000, "asks_per_week": 1000})


def at_once(app: Flask, deeds: list[Deed]) -> Counter[str]:
    """Do all of it at the same moment, each in a thread of its own; what came of it, counted."""
    start = Barrier(len(deeds))

    def one(deed: Deed) -> str:
        with app.app_context():
            start.wait()
            try:
                deed()
            except (AlreadyFilled, LimitReached, WrongMoment) as no:
                return no.code
            return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(one, deeds))


def yes(helper: BuiltMember, ref: str, key: str | None = None) -> Deed:
    """A yes to be said in a thread."""
    key = key or a_key()
    return lambda: matches.accept(actor=helper.actor, match_ref=ref, key=key, now=NOW)


def states_of(need_ref: str) -> Counter[MatchState]:
    """How many matches of a need are in each state."""
    with reading() as uow:
        need = uow.needs.by_ref(None, need_ref)
        return Counter(match.state for match in uow.matches.of_need(need.id))


def a_crowd(place: BuiltPlace) -> list[BuiltMember]:
    """Twenty helpers with room for every yes."""
    return [a_helper(place, f"Hal {number}", capacity=100) for number in range(CROWD)]


class TestTwentyYesesAtOnce:
    @pytest.mark.prove("2.4")
    def test_have_one_winner_and_nineteen_polite_losers(
        self, context: Flask, place: BuiltPlace, full_size: bool
    ) -> None:
        asker, crowd = a_member(place), a_crowd(place)
        for _ in range(50 if full_size else 5):
            need = post(asker)

            told = at_once(context, [yes(helper, the_ask(helper)) for helper in crowd])

            assert told == {"done": 1, "already_filled": CROWD - 1}
            shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
            assert (shown.state, shown.slots_filled) == (NeedState.FILLED, 1)
            assert states_of(need.ref) == {MatchState.ACCEPTED: 1, MatchState.LAPSED: CROWD - 1}

    @pytest.mark.prove("2.4")
    @pytest.mark.parametrize("slots", [2, 7, 19])
    def test_have_as_many_winners_as_there_are_slots(
        self, context: Flask, place: BuiltPlace, slots: int
    ) -> None:
        asker, crowd = a_member(place), a_crowd(place)
        need = post(asker, slots=slots)

        told = at_once(context, [yes(helper, the_ask(helper)) for helper in crowd])

        assert told == {"done": slots, "already_filled": CROWD - slots}
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.slots_filled) == (NeedState.FILLED, slots)
        with reading() as uow:
            taken = [m.slot for m in uow.matches.of_need(uow.needs.by_ref(None, need.ref).id)]
        assert sorted(slot for slot in taken if slot) == list(range(1, slots + 1))

    def test_of_one_helper_with_one_key_are_one_yes(
        self, context: Flask, place: BuiltPlace
    ) -> None:
        helper = a_helper(place)
        need = post(a_member(place), slots=3)
        ref, key = the_ask(helper), a_key()

        assert at_once(context, [yes(helper, ref, key) for _ in range(8)]) == {"done": 8}

        assert states_of(need.ref) == {MatchState.ACCEPTED: 1}
        with reading() as uow:
            assert uow.needs.by_ref(None, need.ref).slots_filled == 1


class TestOneHelperAskedByMany:
    def test_says_yes_no_oftener_than_the_offer_has_room(
        self, context: Flask, place: BuiltPlace
    ) -> None:
        helper = a_helper(place, capacity=2)
        askers = [a_member(place, f"Ann {n}", at=(300 + 20 * n, 500)) for n in range(6)]
        for asker in askers:
            post(asker)
        refs = [ask.ref for ask in asks_of(helper)]
        assert len(refs) == 6

        told = at_once(context, [yes(helper, ref) for ref in refs])

        assert told == {"done": 2, "offer_capacity_used": 4}


class TestTwoRoundsAtOnce:
    def test_propose_each_pair_once(self, context: Flask, place: BuiltPlace) -> None:
        for number in range(12):
            a_need(a_member(place, f"Ann {number}", at=(200 + 100 * number, 600)))
        for number in range(12):
            a_helper(place, f"Hal {number}", at=(250 + 100 * number, 700), capacity=1)
        here = Actor.operator("a test")

        def round_() -> object:
            return rounds.run_round(actor=here, place_slug=place.slug, now=NOW)

        at_once(context, [round_, round_, round_])

        with reading() as uow:
            asked = [uow.matches.of_need(need.id) for need in uow.needs.open_in(place.id)]
        assert [len(each) for each in asked] == [1] * 12
        assert len({each[0].helper_id for each in asked}) == 12


class TestDueNeedsWorkedByTwo:
    def test_are_each_worked_once(self, context: Flask, place: BuiltPlace) -> None:
        a_helper(place, capacity=50)
        for number in range(10):
            a_need(a_member(place, f"Ann {number}", at=(200 + 100 * number, 600)))

        def work() -> object:
            return rounds.work_due_needs(now=NOW)

        at_once(context, [work, work, work])

        with reading() as uow:
            opened = uow.needs.open_in(place.id)
            asked = [len(uow.matches.of_need(need.id)) for need in opened]
        assert asked == [1] * 10
        assert all(need.next_step_at and need.next_step_at > NOW for need in opened)


class TestManyWhoNeedTheSameHelper:
    def test_ask_no_oftener_than_the_helper_may_be_asked(self, context: Flask) -> None:
        place = a_place("capham", area="CT", policy={"asks_per_day": 2})
        helper = a_helper(place, capacity=50)
        askers = [a_member(place, f"Ann {n}", at=(300 + 20 * n, 500)) for n in range(8)]

        assert at_once(context, [lambda asker=asker: post(asker) for asker in askers]) == {
            "done": 8
        }

        assert len(asks_of(helper)) == 2


class TestAnUproar:
    """Everybody does everything at once: laws 1, 3, 6 and 8 hold, and nobody waits for ever."""

    def test_keeps_the_laws(self, context: Flask, place: BuiltPlace) -> None:
        askers = [a_member(place, f"Ann {n}", at=(300 + 20 * n, 500)) for n in range(6)]
        helpers = [a_helper(place, f"Hal {n}", capacity=3) for n in range(6)]
        dice = [Random(seed) for seed in range(6)]

        def day(asker: BuiltMember, helper: BuiltMember, die: Random) -> None:
            for _ in range(8):
                with suppress(EnablerError):
                    a_deed(place, asker, helper, die)

        told = at_once(
            context,
            [lambda three=three: day(*three) for three in zip(askers, helpers, dice, strict=True)],
        )

        assert told == {"done": 6}
        with reading() as uow:
            assert uow.laws.waiting_needs(NOW) == 0
            assert uow.laws.slots_miscounted() == 0
            assert uow.laws.capacities_exceeded() == 0
            assert uow.laws.matched_though_closed() == 0
            assert uow.laws.asked_without_credential() == 0
            assert len(uow.needs.open_in(place.id)) > 0


def a_deed(place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, die: Random) -> None:
    """One of the things that people and jobs do."""
    asked = asks_of(helper)
    helping = mine.everything(actor=helper.actor, now=NOW).helping
    wanted = mine.everything(actor=asker.actor, now=NOW).needs
    deeds: list[Deed] = [
        lambda: post(asker, slots=die.randint(1, 3)),
        lambda: rounds.work_due_needs(now=NOW),
        lambda: rounds.run_round(actor=Actor.system("round"), place_slug=place.slug, now=NOW),
    ]
    deeds += [lambda: accept(helper, asked[0].ref), lambda: decline(helper, asked[0].ref)] * 2
    deeds += [
        lambda: matches.release(actor=helper.actor, match_ref=helping[0].ref, key=a_key(), now=NOW),
        lambda: matches.done(
            actor=helper.actor, match_ref=helping[-1].ref, minutes=5, key=a_key(), now=NOW
        ),
        lambda: needs.withdraw(actor=asker.actor, ref=wanted[-1].ref, key=a_key(), now=NOW),
    ]
    with suppress(IndexError):  # nothing there yet to answer or to withdraw
        die.choice(deeds)()
