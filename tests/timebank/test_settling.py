"""What moves for a confirmed help, a reversal, across a border, when somebody leaves."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.domain.errors import EnablerError, Invalid, WrongMoment
from enabler.timebank.accounts import AccountKind
from enabler.timebank.checks import check
from enabler.timebank.settling import (
    across,
    hold_of,
    leaving,
    reversal_of,
    settled_help,
    void_of,
)  # fmt: skip
from enabler.timebank.transfers import Reason
from tests.timebank.builders import (
    AFAR,
    ANN,
    BEN,
    CAT,
    HERE,
    NOW,
    POT,
    THERE,
    balances,
    community,
    hold,
    move,
)  # fmt: skip

KEY = "match:7K4P"


@pytest.fixture
def ledger():
    return community()


def settle(ledger, confirmed, *, held=0, pot=True):
    """What is settled of help that Ben gave Ann, and posted."""
    promise = ledger.post(hold("h", ANN, BEN, held), NOW) if held else None
    settled = settled_help(KEY, confirmed=confirmed, asker=ledger.account(ANN), helper=BEN,
        hold=promise, pot=ledger.account(POT) if pot else None)  # fmt: skip
    ledger.post_all(settled.transfers, NOW)
    assert ledger.account(ANN).held == 0
    assert check(ledger.accounts, ledger.entries) == ()
    return settled


def steps(settled):
    return [(each.key, each.phase.value, each.debit, each.minutes) for each in settled.transfers]


class TestAConfirmedHelp:
    def test_is_posted_from_its_hold_and_the_rest_is_free(self, ledger):
        assert steps(settle(ledger, 60, held=90)) == [(KEY, "post", ANN, 60)]

    def test_of_more_than_was_held_is_a_second_transfer_of_its_group(self, ledger):
        settled = settle(ledger, 90, held=60)
        assert steps(settled) == [(KEY, "post", ANN, 60), (f"{KEY}:2", "single", ANN, 30)]
        assert {each.group for each in settled.transfers} == {KEY}

    def test_is_paid_by_the_pot_where_the_floor_would_break(self, ledger):
        ledger.post(move("a", ANN, CAT, 220), NOW)
        settled = settle(ledger, 120, held=60)
        assert steps(settled) == [
            (KEY, "post", ANN, 60),
            (f"{KEY}:2", "single", ANN, 20),
            (f"{KEY}:3", "single", POT, 40),
        ]
        assert (settled.by_pot, settled.unpaid) == (40, 0)
        assert ledger.account(BEN).posted == 120

    def test_of_somebody_with_nothing_is_one_transfer_from_the_pot(self, ledger):
        ledger.post(move("a", ANN, CAT, 300), NOW)
        settled = settle(ledger, 60)
        assert steps(settled) == [(KEY, "single", POT, 60)]

    def test_says_what_nobody_could_pay(self, ledger):
        ledger.post(move("a", ANN, CAT, 290), NOW)
        settled = settle(ledger, 60, pot=False)
        assert (steps(settled), settled.unpaid) == ([(KEY, "single", ANN, 10)], 50)

    def test_is_not_paid_by_a_pot_that_is_closed(self, ledger):
        ledger.open(9, AccountKind.POT, floor=-100)
        asker = replace(ledger.account(ANN), floor=0)
        settled = settled_help(KEY, confirmed=60, asker=asker, helper=BEN, pot=ledger.close(9))
        assert (settled.transfers, settled.unpaid) == ((), 60)

    def test_of_nothing_lets_the_hold_go(self, ledger):
        assert steps(settle(ledger, 0, held=90)) == [(KEY, "void", ANN, 90)]
        assert settled_help("k", confirmed=0, asker=ledger.account(ANN), helper=BEN).transfers == ()

    @pytest.mark.parametrize("minutes", [-1, 1441])
    def test_lasts_a_day_at_most(self, ledger, minutes):
        with pytest.raises(Invalid):
            settled_help("k", confirmed=minutes, asker=ledger.account(ANN), helper=BEN)

    @settings(max_examples=60, deadline=None)
    @given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 1440), st.integers(0, 600))
    def test_is_credited_in_full_or_said_to_be_unpaid(self, spent, held, confirmed, pot_gave):
        ledger = community()
        for key, debit, minutes in (("a", ANN, spent), ("b", POT, pot_gave)):
            if minutes:
                ledger.post(move(key, debit, CAT, minutes), NOW)
        settled = settle(ledger, confirmed, held=min(held, 300 - spent))
        assert ledger.account(BEN).posted + settled.unpaid == confirmed
        assert [each.key for each in settled.transfers[:1]] in ([KEY], [])
        assert not settled.unpaid or ledger.account(POT).room == 0


class TestAHold:
    def test_is_what_the_asker_has_of_what_is_expected(self, ledger):
        ledger.post(move("a", ANN, CAT, 270), NOW)
        assert hold_of(KEY, ledger.account(ANN), BEN, 60).minutes == 30

    def test_of_somebody_with_nothing_is_none(self, ledger):
        ledger.post(move("a", ANN, CAT, 300), NOW)
        assert hold_of(KEY, ledger.account(ANN), BEN, 60) is None

    def test_is_for_a_day_at_most(self, ledger):
        ledger.set_floor(ANN, -9000)
        assert hold_of(KEY, ledger.account(ANN), BEN, 2000).minutes == 1440

    def test_is_let_go_as_it_was_made(self, ledger):
        promise = ledger.post(hold_of(KEY, ledger.account(ANN), BEN, 60), NOW)
        ledger.post(void_of(promise, f"{KEY}:void"), NOW)
        assert ledger.account(ANN).available == 0


class TestAReversal:
    def undo(self, ledger, pot=POT):
        first = ledger.entries[1]
        settled = reversal_of(first, "undo", receiver=ledger.account(first.credit),
            pot=ledger.account(pot) if pot else None)  # fmt: skip
        ledger.post_all(settled.transfers, NOW)
        assert check(ledger.accounts, ledger.entries) == ()
        return settled

    def test_takes_back_from_whoever_received(self, ledger):
        ledger.post(move("a", ANN, BEN, 60), NOW)
        assert self.undo(ledger).by_pot == 0
        assert ledger.account(BEN).posted == ledger.account(ANN).posted == 0

    def test_of_what_was_spent_is_covered_by_the_pot_and_flagged(self, ledger):
        ledger.post(move("a", ANN, BEN, 60), NOW)
        ledger.post(move("b", BEN, CAT, 340), NOW)
        settled = self.undo(ledger)
        assert [(each.reason, each.minutes) for each in settled.transfers] == [
            (Reason.COVER, 40), (Reason.REVERSAL, 60),
        ]  # fmt: skip
        assert settled.by_pot == 40
        assert ledger.account(ANN).posted == 0
        assert ledger.account(BEN).available == ledger.account(BEN).floor

    @pytest.mark.parametrize("pot", [None, POT])
    def test_that_nothing_covers_is_refused(self, ledger, pot):
        ledger.post(move("a", ANN, BEN, 60), NOW)
        ledger.post(move("b", BEN, CAT, 340), NOW)
        ledger.post(move("c", POT, CAT, 561), NOW)
        with pytest.raises(WrongMoment, match="reversal_not_covered"):
            self.undo(ledger, pot)

    def test_is_not_covered_by_a_pot_that_is_closed(self, ledger):
        ledger.open(9, AccountKind.POT, floor=-100)
        ledger.close(9)
        ledger.post(move("a", ANN, BEN, 60), NOW)
        ledger.post(move("b", BEN, CAT, 340), NOW)
        with pytest.raises(WrongMoment, match="reversal_not_covered"):
            self.undo(ledger, 9)

    def test_of_what_a_pot_itself_has_spent_is_refused(self, ledger):
        ledger.post(move("a", ANN, POT, 60), NOW)
        ledger.post(move("b", POT, CAT, 630), NOW)
        with pytest.raises(WrongMoment, match="reversal_not_covered"):
            self.undo(ledger)


class TestLeaving:
    @pytest.mark.parametrize(("debit", "credit"), [(CAT, ANN), (ANN, CAT)])
    def test_brings_the_account_to_zero_against_a_pot(self, ledger, debit, credit):
        ledger.post(move("a", debit, credit, 75), NOW)
        ledger.post_all(leaving(ledger.account(ANN), ledger.account(POT), "leave:1"), NOW)
        assert ledger.close(ANN).closed
        assert check(ledger.accounts, ledger.entries) == ()

    def test_moves_nothing_that_is_not_there(self, ledger):
        assert leaving(ledger.account(ANN), ledger.account(POT), "leave:1") == ()

    def test_waits_for_what_is_promised(self, ledger):
        ledger.post(hold("h", ANN, BEN, 60), NOW)
        with pytest.raises(WrongMoment):
            leaving(ledger.account(ANN), ledger.account(POT), "leave:1")


class TestAcrossABorder:
    @pytest.fixture
    def joined(self, ledger):
        ledger.open(20, AccountKind.CLEARING, place=HERE, floor=-50)
        ledger.open(21, AccountKind.CLEARING, place=THERE, floor=-100)
        return ledger

    def cross(self, ledger, key, minutes, *, back=False):
        ends = {"giver": ANN, "out": 20, "into": 21, "receiver": AFAR}
        if back:
            ends = {"giver": AFAR, "out": 21, "into": 20, "receiver": ANN}
        halves = {name: ledger.account(number) for name, number in ends.items()}
        ledger.post_all(across(key, minutes, **halves), NOW)

    def test_two_rows_move_it_and_each_place_still_sums_to_zero(self, joined):
        self.cross(joined, "b", 60)
        assert balances(joined) == {ANN: -60, 20: 60, 21: -60, AFAR: 60, POT: 600, 6: -600}
        assert check(joined.accounts, joined.entries) == ()

    def test_each_way_has_its_limit_and_then_none_of_it_moves(self, joined):
        self.cross(joined, "b", 100)
        before = joined.accounts
        with pytest.raises(EnablerError, match="floor_reached"):
            self.cross(joined, "c", 1)
        assert joined.accounts == before
        self.cross(joined, "d", 150, back=True)
        with pytest.raises(EnablerError, match="floor_reached"):
            self.cross(joined, "e", 1, back=True)

    def test_half_of_it_is_a_finding(self, joined):
        joined.post(move("x", ANN, 20, 5, reason=Reason.BORDER, group="b"), NOW)
        found = check(joined.accounts, joined.entries)
        assert [finding.code for finding in found] == ["border_not_paired"]
