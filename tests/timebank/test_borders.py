"""Help between two places: two rows or none, within the limit, and each place sums to zero."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid, WrongMoment
from enabler.timebank.accounts import AccountKind
from enabler.timebank.borders import (
    Border,
    let_go_across,
    promise_across,
    settled_across,
    stem_of,
    twin_of,
    undone_across,
)
from enabler.timebank.checks import check
from enabler.timebank.transfers import MOST_HELP, Phase, Reason
from tests.timebank.builders import AFAR, ANN, HERE, NOW, POT, THERE, community, move

CLEARS, CLEARED, POT_THERE, ISSUE_THERE = 20, 21, 22, 23
"""Here's account for there, there's for here, and what there pays from."""


def joined(may_owe: int, may_be_owed: int):
    ledger = community()
    ledger.open(CLEARS, AccountKind.CLEARING, place=HERE, floor=-may_be_owed)
    ledger.open(CLEARED, AccountKind.CLEARING, place=THERE, floor=-may_owe)
    ledger.open(POT_THERE, AccountKind.POT, place=THERE)
    ledger.open(ISSUE_THERE, AccountKind.ISSUE, place=THERE, floor=None)
    grant = move("grant2", ISSUE_THERE, POT_THERE, 100, place=THERE, reason=Reason.GRANT)
    ledger.post(grant, NOW)
    return ledger


def ends(ledger, *, back=False):
    """Who asks, who helps, the border between them, the pot that can step in."""
    asker, out, into, helper, pot = (
        ledger.account(number)
        for number in (
            (AFAR, CLEARED, CLEARS, ANN, POT_THERE) if back else (ANN, CLEARS, CLEARED, AFAR, POT)
        )
    )
    return {"asker": asker, "helper": helper, "border": Border(out, into)}, pot


def promise(ledger, key, expected, *, back=False):
    return ledger.post_all(promise_across(key, expected, **ends(ledger, back=back)[0]), NOW)


def settle(ledger, key, confirmed, holds=(), *, back=False, pot=True):
    sides, payer = ends(ledger, back=back)
    found = settled_across(
        key, confirmed=confirmed, holds=holds, pot=payer if pot else None, **sides
    )
    ledger.post_all(found.transfers, NOW)
    return found


def findings(ledger):
    return [each.code for each in check(ledger.accounts, ledger.entries, [(CLEARS, CLEARED)])]


steps = st.tuples(
    st.booleans(), st.one_of(st.none(), st.integers(1, 500)), st.integers(0, MOST_HELP),
    st.booleans(), st.booleans(),
)  # fmt: skip


@given(st.integers(0, 900), st.integers(0, 900), st.lists(steps, max_size=12))
def test_whatever_help_goes_over_it_the_ledger_is_in_order(may_owe, may_be_owed, history):
    ledger = joined(may_owe, may_be_owed)
    waiting = []
    for at, (back, expected, confirmed, ends_well, pot) in enumerate(history):
        holds = promise(ledger, f"m{at}:hold", expected, back=back) if expected else ()
        waiting.append((f"m{at}", back, holds, confirmed, ends_well, pot))
        assert findings(ledger) == []
        if at % 2:
            over(ledger, *waiting.pop(0))
            assert findings(ledger) == []
    for each in waiting:
        over(ledger, *each)
    assert findings(ledger) == []
    assert all(account.held == 0 for account in ledger.accounts)
    assert -may_owe <= ledger.account(CLEARED).posted <= may_be_owed


def over(ledger, key, back, holds, confirmed, ends_well, pot):
    """A help ends; what it moved is what was confirmed, but for what nobody could pay."""
    helper = ANN if back else AFAR
    before = ledger.account(helper).posted
    if not ends_well:
        ledger.post_all(let_go_across(holds, f"{key}:hold:let-go"), NOW)
        assert ledger.account(helper).posted == before
        return
    found = settle(ledger, key, confirmed, holds, back=back, pot=pot)
    assert ledger.account(helper).posted - before == confirmed - found.unpaid
    if found.unpaid:
        sides, payer = ends(ledger, back=back)
        exhausted = sides["asker"].room == 0 and (not pot or payer.room == 0)
        assert exhausted or sides["border"].into.room == 0


def test_what_is_promised_is_in_both_places_and_moves_from_there():
    ledger = joined(100, 0)
    holds = promise(ledger, "m:hold", 150)
    assert [(each.key, each.minutes) for each in holds] == [
        ("m:hold:out", 100), ("m:hold:in", 100),
    ]  # fmt: skip
    assert ledger.account(ANN).held == ledger.account(CLEARED).held == 100
    found = settle(ledger, "m", 120, holds)
    assert [(each.key, each.phase, each.hold) for each in found.transfers] == [
        ("m:out", Phase.POST, "m:hold:out"), ("m:in", Phase.POST, "m:hold:in"),
    ]  # fmt: skip
    assert (found.by_pot, found.unpaid) == (0, 20)  # the pot has 600, and the limit is reached


def test_the_pot_pays_what_its_asker_has_not_as_a_movement_of_its_own():
    ledger = joined(900, 0)
    found = settle(ledger, "m", 400)
    assert [(each.key, each.minutes) for each in found.transfers] == [
        ("m:out", 300), ("m:in", 300), ("m:2:out", 100), ("m:2:in", 100),
    ]  # fmt: skip
    assert (found.by_pot, found.unpaid, {each.group for each in found.transfers}) == (
        100, 0, {"m"}
    )  # fmt: skip


def test_nothing_confirmed_lets_both_halves_go():
    ledger = joined(100, 0)
    settle(ledger, "m", 0, promise(ledger, "m:hold", 50))
    assert ledger.account(ANN).held == ledger.account(CLEARED).held == 0
    assert findings(ledger) == []


@pytest.mark.parametrize("minutes", [-1, MOST_HELP + 1])
def test_minutes_that_cannot_be_are_refused(minutes):
    with pytest.raises(Invalid, match="minutes_too_many"):
        settle(joined(900, 0), "m", minutes)


def test_without_a_limit_nothing_is_promised_or_moved():
    ledger = joined(0, 900)
    assert promise(ledger, "m:hold", 50) == ()
    found = settle(ledger, "m", 50)
    assert (found.transfers, found.unpaid) == ((), 50)


def test_a_key_names_its_twin():
    assert (twin_of("m:out"), twin_of("m:2:in")) == ("m:in", "m:2:out")
    assert stem_of("m:hold:out") == stem_of("m:hold:in") == "m:hold"


class TestUndoing:
    def undo(self, ledger, *, pot=True):
        halves = [each for each in ledger.entries if each.group == "m"]
        found = undone_across(
            halves, "u", helper=ledger.account(AFAR), out=ledger.account(CLEARS),
            pot=ledger.account(POT_THERE) if pot else None,
        )  # fmt: skip
        ledger.post_all(found.transfers, NOW)
        return found

    def test_is_of_both_halves(self):
        ledger = joined(100, 0)
        settle(ledger, "m", 50)
        assert [each.key for each in self.undo(ledger).transfers] == ["u:in", "u:out"]
        assert ledger.account(ANN).posted == ledger.account(AFAR).posted == 0
        assert findings(ledger) == []

    def test_is_covered_by_the_pot_there_of_what_was_spent(self):
        ledger = joined(400, 0)
        settle(ledger, "m", 300)
        ledger.post(move("spent", AFAR, POT_THERE, 600, place=THERE), NOW)
        assert self.undo(ledger).by_pot == 300
        assert findings(ledger) == []

    def test_of_one_half_alone_is_refused(self):
        ledger = joined(100, 0)
        settle(ledger, "m", 50)
        for key in ("u", "u:in"):
            with pytest.raises(WrongMoment, match="border_not_alone"):
                ledger.post(
                    move(key, CLEARS, ANN, 50, reverses="m:out", reason=Reason.REVERSAL), NOW
                )


class TestFindings:
    @pytest.mark.parametrize("end", [":out", ":in"])
    def test_a_half_that_is_gone(self, end):
        ledger = joined(100, 0)
        settle(ledger, "m", 50)
        rest = [each for each in ledger.entries if each.key != f"m{end}"]
        assert "border_not_paired" in [each.code for each in check(ledger.accounts, rest)]

    @pytest.mark.parametrize("change", [{"minutes": 49}, {"place": HERE}, {"group": "other"}])
    def test_halves_that_differ(self, change):
        ledger = joined(100, 0)
        settle(ledger, "m", 50)
        rows = [replace(e, **change) if e.key == "m:in" else e for e in ledger.entries]
        assert "border_not_paired" in [each.code for each in check(ledger.accounts, rows)]

    def test_a_half_that_was_undone_alone(self):
        ledger = joined(100, 0)
        settle(ledger, "m", 50)
        undo = {"reason": Reason.REVERSAL}
        ledger.post(move("u:out", CLEARS, ANN, 50, reverses="m:out", **undo), NOW)
        assert findings(ledger) == ["border_not_paired", "border_not_mirrored"]
        there = {"place": THERE, "reverses": "m:in"}
        ledger.post(move("u:in", AFAR, CLEARED, 50, **there, **undo), NOW)
        assert findings(ledger) == []

    def test_a_promise_of_which_one_half_ended(self):
        ledger = joined(100, 0)
        out, _ = promise(ledger, "m:hold", 50)
        ledger.post_all(let_go_across([out], "m:hold:let-go"), NOW)
        assert findings(ledger) == ["border_not_paired"]
