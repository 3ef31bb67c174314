"""An afternoon of many: who owes whom, what is promised of it, what moves when it counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.timebank.checks import check
from enabler.timebank.events import (
    EventWay,
    Share,
    counted,
    group_of,
    keys_of,
    promised,
    ref_in,
    shares,
)
from enabler.timebank.settling import void_of
from tests.timebank.builders import ANN, BEN, CAT, NOW, POT, SHOP, balances, community

MANY, ONE = EventWay.MANY_TO_ONE, EventWay.ONE_TO_MANY
PEOPLE = (ANN, BEN, CAT)


def noted(ledger, owed, *, pot=True):
    """What is promised of these shares, and posted."""
    accounts = {account.number: account for account in ledger.accounts}
    held = promised("7K4P", owed, accounts, pot=accounts[POT] if pot else None)
    ledger.post_all([each for side in held for each in side.transfers], NOW)
    assert check(ledger.accounts, ledger.entries) == ()
    return held


def all_count(ledger, held):
    for side in held:
        for hold in side.transfers:
            entry = next(each for each in ledger.entries if each.key == hold.key)
            ledger.post(counted(entry), NOW)
    assert check(ledger.accounts, ledger.entries) == ()


class TestShares:
    def test_are_owed_to_each_of_the_many_by_the_one(self):
        owed = shares(MANY, SHOP, [(ANN, 120), (BEN, 90)])
        assert owed == (Share(SHOP, ANN, 120), Share(SHOP, BEN, 90))

    def test_are_owed_to_the_one_by_each_of_the_many(self):
        owed = shares(ONE, ANN, [(BEN, 60), (CAT, 30)])
        assert owed == (Share(BEN, ANN, 60), Share(CAT, ANN, 30))

    @pytest.mark.parametrize(
        ("many", "code"),
        [([], "people_missing"), ([(ANN, 1), (ANN, 2)], "person_twice"),
         ([(ANN, 1), (SHOP, 1)], "to_oneself"), ([(ANN, 0)], "minutes_not_positive")],
    )  # fmt: skip
    def test_that_nobody_can_owe_are_refused(self, many, code):
        with pytest.raises(Invalid) as refused:
            shares(MANY, SHOP, many)
        assert refused.value.code == code


class TestPromised:
    def test_first_of_the_payers_own_then_of_the_pots_and_then_unpaid(self):
        ledger = community(begin=300)
        owed = shares(MANY, SHOP, [(ANN, 400), (BEN, 300)])
        first, second = noted(ledger, owed)
        assert (first.by_pot, first.unpaid) == (400, 0)  # the shop has nothing
        assert (second.by_pot, second.unpaid) == (200, 100)  # nor has the pot after that
        all_count(ledger, (first, second))
        assert balances(ledger) == {6: -600, ANN: 400, BEN: 200}

    def test_without_a_pot_is_what_there_is(self):
        ledger = community(begin=50)
        (side,) = noted(ledger, shares(ONE, ANN, [(BEN, 60)]), pot=False)
        assert (side.by_pot, side.unpaid) == (0, 10)

    def test_of_a_pot_itself_once(self):
        ledger = community()
        (side,) = noted(ledger, shares(MANY, POT, [(ANN, 700)]))
        assert (side.by_pot, side.unpaid, len(side.transfers)) == (0, 100, 1)

    @given(
        begin=st.integers(0, 200), pot=st.booleans(), way=st.sampled_from([MANY, ONE]),
        minutes=st.lists(st.integers(1, 480), min_size=1, max_size=3),
        counts=st.lists(st.booleans(), min_size=3, max_size=3),
    )  # fmt: skip
    def test_is_all_that_is_owed_whoever_pays_and_whatever_counts(
        self, begin, pot, way, minutes, counts
    ):
        ledger = community(begin=begin)
        owed = shares(way, SHOP, list(zip(PEOPLE, minutes, strict=False)))
        held = noted(ledger, owed, pot=pot)
        assert [side.share for side in held] == list(owed)
        for side in held:
            promise = sum(each.minutes for each in side.transfers)
            assert promise == side.share.minutes - side.unpaid
            assert {each.credit for each in side.transfers} <= {side.share.earner}
            assert all(each.debit in (side.share.payer, POT) for each in side.transfers)
            assert all(each.group == group_of("7K4P") for each in side.transfers)
        for side, stays in zip(held, counts, strict=False):
            for hold in side.transfers:
                entry = next(each for each in ledger.entries if each.key == hold.key)
                ledger.post(counted(entry) if stays else void_of(entry, f"{hold.key}:no"), NOW)
        assert check(ledger.accounts, ledger.entries) == ()
        moved = sum(
            side.share.minutes - side.unpaid
            for side, stays in zip(held, counts, strict=False) if stays
        )  # fmt: skip
        earned = sum(ledger.account(number).posted for number in {s.earner for s in owed})
        assert (sum(account.held for account in ledger.accounts), earned) == (0, moved)


@given(ref=st.from_regex(r"[0-9A-Z]{4,6}", fullmatch=True), nth=st.integers(1, 60))
def test_the_group_tells_of_which_event_it_is(ref, nth):
    assert ref_in(group_of(ref)) == ref
    assert all(ref_in(key) is None for key in keys_of(ref, nth))
    assert ref_in(f"match:{ref}") is None
    assert ref_in(None) is None
