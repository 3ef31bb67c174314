"""Each thing that must not be in a ledger is found, and named."""

from dataclasses import replace

import pytest

from enabler.timebank.checks import check
from enabler.timebank.transfers import Phase, Reason
from tests.timebank.builders import ANN, BEN, CAT, ISSUE, NOW, POT, community, hold, move


@pytest.fixture(scope="module")
def ledger():
    ledger = community()
    ledger.post(hold("h", ANN, BEN, 90), NOW)
    ledger.post(hold("p", ANN, BEN, 60, phase=Phase.POST, hold="h"), NOW)
    ledger.post(hold("open", ANN, BEN, 20), NOW)
    ledger.post(move("a", CAT, BEN, 30), NOW)
    ledger.post(move("r", BEN, CAT, 30, reason=Reason.REVERSAL, reverses="a"), NOW)
    return ledger


def codes(accounts, entries):
    return [finding.code for finding in check(accounts, entries)]


def test_a_ledger_in_order_has_none(ledger):
    assert check(ledger.accounts, reversed(ledger.entries)) == ()
    assert check([], []) == ()


@pytest.mark.parametrize(
    ("number", "change", "expected"),
    [
        (ANN, {"posted": -59}, ["posted_differs", "sum_not_zero"]),
        (ANN, {"held": 0}, ["held_differs"]),
        (ANN, {"applied": 1}, ["applied_differs"]),
        (ANN, {"floor": -79}, ["floor_broken"]),
        (ANN, {"closed": True}, ["closed_not_empty"]),
        (ISSUE, {"floor": -700}, ["issue_has_floor"]),
        (POT, {"place": 3}, ["sum_not_zero", "sum_not_zero", "place_differs"]),
    ],
)
def test_an_account_that_was_written_by_hand(ledger, number, change, expected):
    accounts = [replace(a, **change) if a.number == number else a for a in ledger.accounts]
    assert codes(accounts, ledger.entries) == expected


@pytest.mark.parametrize(
    ("key", "change", "expected"),
    [
        ("a", {"minutes": 31}, {"posted_differs", "reversal_differs"}),
        ("a", {"minutes": 0}, {"posted_differs", "minutes_wrong", "not_reversible"}),
        ("open", {"minutes": 1441}, {"held_differs", "minutes_wrong"}),
        ("a", {"credit": CAT}, {"posted_differs", "to_oneself", "reversal_differs"}),
        ("a", {"credit": 99}, {"posted_differs", "account_unknown", "reversal_differs"}),
        ("a", {"key": "p"}, {"key_not_once", "reversed_unknown"}),
        ("a", {"seq": 4}, {"seq_not_once"}),
        ("p", {"minutes": 91}, {"posted_differs", "hold_exceeded"}),
        ("p", {"phase": "void"}, {"posted_differs", "hold_exceeded"}),
        ("p", {"hold": "a"}, {"held_differs", "hold_unknown"}),
        ("p", {"hold": None}, {"held_differs", "hold_wrongly_named"}),
        ("p", {"reason": "give"}, {"hold_differs"}),
        ("r", {"reverses": None}, {"reversal_wrongly_named"}),
        ("r", {"reverses": "none"}, {"reversed_unknown"}),
        ("r", {"reverses": "h"}, {"not_reversible"}),
        ("r", {"minutes": 29}, {"posted_differs", "reversal_differs"}),
    ],
)  # fmt: skip
def test_a_row_that_was_changed(ledger, key, change, expected):
    entries = [replace(e, **change) if e.key == key else e for e in ledger.entries]
    assert set(codes(ledger.accounts, entries)) >= expected


@pytest.mark.parametrize(("key", "code"), [("p", "hold_ended_twice"), ("r", "reversed_twice")])
def test_a_hold_ends_and_a_transfer_is_undone_once(ledger, key, code):
    [twin] = [replace(e, key="twin", seq=99) for e in ledger.entries if e.key == key]
    found = check(ledger.accounts, (*ledger.entries, twin))
    assert [finding.seq for finding in found if finding.code == code] == [99]


def test_a_row_that_is_gone_is_missed(ledger):
    for entry in ledger.entries:
        rest = [each for each in ledger.entries if each is not entry]
        assert codes(ledger.accounts, rest), entry.key
