"""What help asks beyond checks: two who go together, ringing first, checking in, a receipt."""

from datetime import timedelta
from pathlib import Path

import pytest

from enabler.domain.errors import EnablerError, WrongMoment
from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.vocabulary import CredentialKind, MatchState
from enabler.services import costs, matches, needs, on_the_day, visits
from enabler.services.views import MatchView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, check_ends
from tests.services.deeds import a_key, accept, asks_of, post, the_ask
from tests.services.test_asking import texts
from tests.services.test_on_the_day import THURSDAY, arrange

K, C = CredentialKind, Circumstance
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ALL_CHECKS = (K.IDENTITY, K.DBS_BOTH, K.REFERENCE, K.DRIVING)
WITH_A_CHILD = {"setting": Setting.HOME, "circumstances": (C.ALONE, C.CHILD)}
WITH_MONEY = {"setting": Setting.DOORSTEP, "circumstances": (C.MONEY,)}
PDF = (Path(__file__).parents[1] / "authorisation" / "receipt.pdf").read_bytes()


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


def a_checked(place: BuiltPlace, name: str, kind: str = "befriending") -> BuiltMember:
    return a_helper(place, name, kind, credentials=ALL_CHECKS)


def show(who: BuiltMember, ref: str, now: object = NOW) -> MatchView:
    return matches.show(actor=who.actor, ref=ref, now=now)  # type: ignore[arg-type]


def refused(code: str, kind: type[EnablerError], act: object) -> None:
    with pytest.raises(kind) as wrong:
        act()  # type: ignore[operator]
    assert wrong.value.code == code


class TestAPair:
    @pytest.fixture
    def both(self, place: BuiltPlace, asker: BuiltMember) -> tuple[BuiltMember, BuiltMember]:
        helpers = a_checked(place, "Hal"), a_checked(place, "Hope")
        post(asker, "befriending", **WITH_A_CHILD)
        return helpers

    def test_is_asked_for_though_one_was_typed(
        self, asker: BuiltMember, both: tuple[BuiltMember, BuiltMember]
    ) -> None:
        assert all(len(asks_of(helper)) == 1 for helper in both)
        (ask,) = asks_of(both[0])
        assert needs.show(actor=asker.actor, ref=ask.need_ref, now=NOW).slots == 2
        day = show(both[0], ask.ref).day
        assert day is not None
        assert {"pair", "check-in"} <= set(day.steps)

    def test_sees_no_address_before_both_have_said_yes_nor_once_one_is_gone(
        self, both: tuple[BuiltMember, BuiltMember]
    ) -> None:
        hal, hope = both
        first = accept(hal).ref
        assert show(hal, first).address is None
        second = accept(hope).ref
        assert show(hal, first).address is not None
        assert show(hope, second).address is not None
        matches.release(actor=hope.actor, match_ref=second, key=a_key(), now=NOW)
        assert show(hal, first).address is None

    def test_sees_none_when_a_check_of_either_ends(
        self, both: tuple[BuiltMember, BuiltMember]
    ) -> None:
        hal, hope = both
        first, second = accept(hal).ref, accept(hope).ref
        check_ends(hope, NOW + HOUR)
        for who, ref in ((hal, first), (hope, second)):
            assert show(who, ref, NOW).address is not None
            assert show(who, ref, NOW + HOUR).address is None

    def test_comes_at_one_time_which_either_can_agree(
        self, both: tuple[BuiltMember, BuiltMember]
    ) -> None:
        hal, hope = both
        first, second = accept(hal).ref, accept(hope).ref
        for who, ref, start in ((hal, first, THURSDAY), (hope, second, THURSDAY + DAY)):
            arrange(who, ref, start)
            assert show(hal, first).visit_start == show(hope, second).visit_start == start
            assert show(hal, first).address is not None
        assert {row.member_id for row in texts("arranged")} >= {hal.id, hope.id}

    def test_neither_sets_off_or_goes_in_alone(self, both: tuple[BuiltMember, BuiltMember]) -> None:
        hal, hope = both
        first, second = accept(hal).ref, accept(hope).ref
        arrange(hal, first, THURSDAY)
        matches.release(actor=hope.actor, match_ref=second, key=a_key(), now=NOW)
        for act in (on_the_day.on_way, visits.arrive):
            refused("mate_missing", WrongMoment, lambda act=act: act(
                actor=hal.actor, match_ref=first, key=a_key(), now=THURSDAY
            ))  # fmt: skip


class TestAReceipt:
    @pytest.fixture
    def helper(self, place: BuiltPlace, asker: BuiltMember) -> BuiltMember:
        helper = a_checked(place, "Hal", "shopping")
        post(asker, "shopping", **WITH_MONEY)
        return helper

    def done(self, who: BuiltMember, ref: str) -> MatchState:
        return matches.done(actor=who.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW).state

    def test_is_noted_before_either_side_can_say_that_it_is_done(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        ref = accept(helper).ref
        for who in (asker, helper):
            refused("receipt_first", WrongMoment, lambda who=who: self.done(who, ref))
        cost = costs.note(
            actor=helper.actor, match_ref=ref, kind="materials", pence=340, words="Milk",
            key=a_key(), now=NOW,
        )  # fmt: skip
        refused("receipt_first", WrongMoment, lambda: self.done(helper, ref))
        costs.add_receipt(actor=helper.actor, ref=cost.ref, content=PDF, key=a_key(), now=NOW)
        assert self.done(helper, ref) is MatchState.DONE

    def test_that_was_taken_back_is_none(self, helper: BuiltMember) -> None:
        ref = accept(helper).ref
        cost = costs.note(
            actor=helper.actor, match_ref=ref, kind="materials", pence=340, words="Milk",
            key=a_key(), now=NOW,
        )  # fmt: skip
        costs.add_receipt(actor=helper.actor, ref=cost.ref, content=PDF, key=a_key(), now=NOW)
        costs.withdraw(actor=helper.actor, ref=cost.ref, key=a_key(), now=NOW)
        refused("receipt_first", WrongMoment, lambda: self.done(helper, ref))

    @pytest.mark.parametrize("by_asker", [True, False])
    def test_need_not_be_where_either_says_that_no_money_was_spent(
        self, asker: BuiltMember, helper: BuiltMember, by_asker: bool
    ) -> None:
        ref = accept(helper).ref
        who = asker if by_asker else helper
        visits.no_money(actor=who.actor, match_ref=ref, key=a_key(), now=NOW)
        assert self.done(helper, ref) is MatchState.DONE


def test_ringing_first_and_checking_in_stand_in_the_ask_and_then_on_the_day(
    place: BuiltPlace, asker: BuiltMember
) -> None:
    helper = a_checked(place, "Hal")
    post(asker, "befriending", setting=Setting.HOME, circumstances=(C.ALONE,))
    ask = the_ask(helper)
    asked = show(helper, ask).day
    assert asked is not None
    assert asked.steps == ("call-first", "check-in")
    accept(helper, ask)
    day = visits.rang(actor=helper.actor, match_ref=ask, key=a_key(), now=NOW).day
    assert day is not None
    assert (day.watched, day.noted) == (True, {"call-first"})
    assert "watch" not in day.may
