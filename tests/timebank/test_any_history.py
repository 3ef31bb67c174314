"""Whatever is asked of a ledger, in whatever order: nothing is made, lost or broken."""

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from enabler.domain.errors import EnablerError, KeyReused
from enabler.timebank.checks import check
from enabler.timebank.ledger import Ledger
from enabler.timebank.statements import LINE_CODES, statement
from enabler.timebank.transfers import Phase, Reason
from tests.timebank.builders import (
    ANN,
    BEN,
    CAT,
    NOW,
    NUMBERS,
    POT,
    SHOP,
    community,
    histories,
    hold,
    move,
)  # fmt: skip

QUICK = settings(max_examples=60, deadline=None)


@QUICK
@given(histories())
def test_a_ledger_is_always_in_order(ledger):
    assert check(ledger.accounts, ledger.entries) == ()
    assert sum(account.posted for account in ledger.accounts) == 0


@QUICK
@given(histories())
def test_telling_it_all_again_changes_nothing(ledger):
    before = ledger.accounts, ledger.entries
    for entry in ledger.entries:
        codes = {"reason": Reason(entry.reason), "phase": Phase(entry.phase)}
        codes |= {"hold": entry.hold, "reverses": entry.reverses}
        told = move(entry.key, entry.debit, entry.credit, entry.minutes, **codes)
        assert ledger.post(told, NOW) is entry
    assert (ledger.accounts, ledger.entries) == before


@QUICK
@given(histories())
def test_a_statement_sums_to_the_balance_month_by_month(ledger):
    for account in ledger.accounts:
        told = statement(account.number, ledger.entries, UTC)
        assert (told.balance, told.promised) == (account.posted, account.held)
        running = 0
        for month in told.months:
            assert month.opening == running
            for line in month.lines:
                running += line.minutes
                assert (line.balance, line.code in LINE_CODES) == (running, True)
            told_too = month.told()
            assert sum(line.minutes for line in told_too) == month.came - month.went
            assert not told_too or told_too[-1].balance == running
            assert month.closing == running == month.opening + month.came - month.went
        assert running == account.posted


@QUICK
@given(st.permutations(range(4)), st.lists(st.integers(1, 400), min_size=4, max_size=4))
def test_transfers_of_other_people_may_come_in_any_order(order, minutes):
    pairs = ((ANN, BEN), (CAT, SHOP), (POT, 6), (7, 8))
    outcomes = []
    for sequence in (range(4), order):
        ledger = community()
        ledger.open(8, ledger.account(ANN).kind, place=2)
        for at in sequence:
            place = 2 if at == 3 else 1
            try:
                ledger.post(move(f"k{at}", *pairs[at], minutes[at], place=place), NOW)
            except EnablerError:
                continue
        outcomes.append([(a.number, a.posted, a.held) for a in ledger.accounts])
    assert outcomes[0] == outcomes[1]


class AnyUse(RuleBasedStateMachine):
    """The ledger beside the plainest model of it: two numbers an account."""

    holds = Bundle("holds")
    ended = Bundle("ended")

    def __init__(self):
        super().__init__()
        self.ledger: Ledger = community()
        self.posted = dict.fromkeys(NUMBERS, 0) | {POT: 600, 6: -600}
        self.held = dict.fromkeys(NUMBERS, 0)
        self.count = 0

    def room(self, number):
        floor = self.ledger.account(number).floor
        return None if floor is None else self.posted[number] - self.held[number] - floor

    def tell(self, transfer, allowed):
        """Post it; it must pass exactly if the model allows it."""
        if allowed:
            return self.ledger.post(transfer, NOW)
        with pytest.raises(EnablerError):
            self.ledger.post(transfer, NOW)
        return None

    def key(self):
        self.count += 1
        return f"k{self.count}"

    def pays(self, number, minutes):
        return self.room(number) is None or minutes <= self.room(number)

    @rule(pair=st.permutations(NUMBERS[:6]), minutes=st.integers(1, 400))
    def give(self, pair, minutes):
        debit, credit = pair[:2]
        if self.tell(move(self.key(), debit, credit, minutes), self.pays(debit, minutes)):
            self.posted[debit] -= minutes
            self.posted[credit] += minutes

    @rule(target=holds, pair=st.permutations(NUMBERS[:6]), minutes=st.integers(1, 400))
    def promise(self, pair, minutes):
        debit, credit = pair[:2]
        promise = hold(self.key(), debit, credit, minutes)
        if self.tell(promise, self.pays(debit, minutes)):
            self.held[debit] += minutes
            return promise
        return multiple()

    @rule(target=ended, promise=consumes(holds), minutes=st.integers(1, 400))
    def keep(self, promise, minutes):
        minutes = min(minutes, promise.minutes)
        kept = hold(self.key(), promise.debit, promise.credit, minutes, phase=Phase.POST,
            hold=promise.key)  # fmt: skip
        self.tell(kept, True)
        self.held[promise.debit] -= promise.minutes
        self.posted[promise.debit] -= minutes
        self.posted[promise.credit] += minutes
        return promise

    @rule(target=ended, promise=consumes(holds))
    def let_go(self, promise):
        gone = hold(self.key(), promise.debit, promise.credit, promise.minutes,
            phase=Phase.VOID, hold=promise.key)  # fmt: skip
        self.tell(gone, True)
        self.held[promise.debit] -= promise.minutes
        return promise

    @rule(promise=holds)
    def keep_too_much(self, promise):
        over = hold(self.key(), promise.debit, promise.credit, promise.minutes + 1,
            phase=Phase.POST, hold=promise.key)  # fmt: skip
        self.tell(over, False)

    @rule(promise=ended, phase=st.sampled_from([Phase.POST, Phase.VOID]))
    def end_again(self, promise, phase):
        again = hold(self.key(), promise.debit, promise.credit, promise.minutes, phase=phase,
            hold=promise.key)  # fmt: skip
        self.tell(again, False)

    @rule(minutes=st.integers(1, 400))
    def reuse_a_key(self, minutes):
        with pytest.raises(KeyReused):
            self.ledger.post(move("grant", ANN, BEN, minutes), NOW)

    @rule(number=st.sampled_from((ANN, BEN, CAT, SHOP, POT)), floor=st.integers(-600, 100))
    def change_a_floor(self, number, floor):
        if floor <= self.posted[number] - self.held[number]:
            self.ledger.set_floor(number, floor)
        else:
            with pytest.raises(EnablerError):
                self.ledger.set_floor(number, floor)

    @invariant()
    def agrees_with_the_model(self):
        for account in self.ledger.accounts:
            assert account.posted == self.posted[account.number]
            assert account.held == self.held[account.number]
            assert account.floor is None or account.available >= account.floor

    def teardown(self):
        assert check(self.ledger.accounts, self.ledger.entries) == ()
        assert sum(account.posted for account in self.ledger.accounts) == 0


TestAnyUse = AnyUse.TestCase
TestAnyUse.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
