"""What the ledger takes and what it refuses, and that a refusal leaves nothing behind."""

import pytest

from enabler.domain.errors import EnablerError, KeyReused, LimitReached
from enabler.timebank.accounts import AccountKind
from enabler.timebank.checks import check
from enabler.timebank.transfers import Phase, Reason
from tests.timebank.builders import (
    AFAR,
    ANN,
    BEN,
    CAT,
    ISSUE,
    NOW,
    POT,
    SHOP,
    THERE,
    balances,
    community,
    hold,
    move,
)  # fmt: skip


@pytest.fixture
def ledger():
    return community()


def refused(ledger, transfer) -> str:
    """The code of a refusal, which must have changed nothing."""
    before = ledger.accounts, ledger.entries
    with pytest.raises(EnablerError) as error:
        ledger.post(transfer, NOW)
    assert (ledger.accounts, ledger.entries) == before
    return error.value.code


def test_minutes_leave_one_account_and_reach_another(ledger):
    ledger.post(move("a", ANN, BEN, 90), NOW)
    assert balances(ledger) == {ANN: -90, BEN: 90, POT: 600, ISSUE: -600}


class TestTheFloor:
    def test_may_be_reached_but_not_passed(self, ledger):
        ledger.post(move("a", ANN, BEN, 300), NOW)
        assert refused(ledger, move("b", ANN, BEN, 1)) == "floor_reached"

    def test_says_how_much_was_short(self, ledger):
        with pytest.raises(LimitReached) as error:
            ledger.post(move("a", ANN, BEN, 310), NOW)
        assert error.value.facts == {"account": ANN, "short": 10}

    def test_counts_what_is_promised(self, ledger):
        ledger.post(hold("h", ANN, BEN, 200), NOW)
        assert refused(ledger, move("a", ANN, BEN, 101)) == "floor_reached"
        ledger.post(move("b", ANN, BEN, 100), NOW)

    def test_counts_nothing_that_is_only_promised_to_one(self, ledger):
        ledger.post(hold("h", ANN, BEN, 200), NOW)
        assert refused(ledger, move("a", BEN, CAT, 301)) == "floor_reached"

    def test_of_none_is_no_floor(self, ledger):
        ledger.post(move("a", ISSUE, POT, 2**31 - 1, reason=Reason.GRANT), NOW)
        assert ledger.account(ISSUE).posted == -(2**31 - 1) - 600

    def test_never_rises_above_what_is_available(self, ledger):
        ledger.post(hold("h", ANN, BEN, 100), NOW)
        ledger.set_floor(ANN, -100)
        with pytest.raises(EnablerError, match="floor_above_balance"):
            ledger.set_floor(ANN, -99)
        assert ledger.account(ANN).floor == -100

    @pytest.mark.parametrize(
        ("kind", "floor", "code"),
        [
            (AccountKind.MEMBER, 1, "floor_above_balance"),
            (AccountKind.ISSUE, 0, "issue_has_no_floor"),
        ],
    )
    def test_fits_when_an_account_opens(self, ledger, kind, floor, code):
        with pytest.raises(EnablerError, match=code):
            ledger.open(99, kind, floor=floor)

    def test_is_not_changed_by_opening_an_account_again(self, ledger):
        with pytest.raises(EnablerError, match="account_exists"):
            ledger.open(ANN, AccountKind.MEMBER)

    def test_of_issue_stays_none(self, ledger):
        with pytest.raises(EnablerError, match="issue_has_no_floor"):
            ledger.set_floor(ISSUE, -10_000)


class TestAKey:
    def test_that_comes_again_gives_the_same_row(self, ledger):
        first = ledger.post(move("a", ANN, BEN, 300), NOW)
        assert ledger.post(move("a", ANN, BEN, 300), NOW.replace(year=2027)) is first
        assert ledger.account(ANN).posted == -300

    @pytest.mark.parametrize(
        "other",
        [
            {"credit": CAT}, {"debit": CAT}, {"minutes": 31}, {"reason": Reason.EVENT},
            {"phase": Phase.HOLD}, {"group": "g"}, {"place": THERE},
        ],
    )  # fmt: skip
    def test_that_says_something_else_is_refused(self, ledger, other):
        said = {"debit": ANN, "credit": BEN, "minutes": 30}
        ledger.post(move("a", **said), NOW)
        before = ledger.accounts
        with pytest.raises(KeyReused):
            ledger.post(move("a", **said | other), NOW)
        assert ledger.accounts == before

    def test_of_a_refusal_is_free(self, ledger):
        refused(ledger, move("a", ANN, BEN, 301))
        ledger.post(move("a", ANN, BEN, 300), NOW)


class TestAHold:
    def test_is_posted_in_part_and_the_rest_is_free_again(self, ledger):
        ledger.post(hold("h", ANN, BEN, 300), NOW)
        ledger.post(hold("p", ANN, BEN, 60, phase=Phase.POST, hold="h"), NOW)
        ann = ledger.account(ANN)
        assert (ann.posted, ann.held, ann.available) == (-60, 0, -60)
        assert ledger.account(BEN).posted == 60

    def test_that_is_let_go_moves_nothing(self, ledger):
        ledger.post(hold("h", ANN, BEN, 300), NOW)
        ledger.post(hold("v", ANN, BEN, 300, phase=Phase.VOID, hold="h"), NOW)
        assert (ledger.account(ANN).posted, ledger.account(ANN).held) == (0, 0)

    @pytest.mark.parametrize("first", [Phase.POST, Phase.VOID])
    @pytest.mark.parametrize("second", [Phase.POST, Phase.VOID])
    def test_ends_once(self, ledger, first, second):
        ledger.post(hold("h", ANN, BEN, 60), NOW)
        ledger.post(hold("e", ANN, BEN, 60, phase=first, hold="h"), NOW)
        again = hold("f", ANN, BEN, 60, phase=second, hold="h")
        assert refused(ledger, again) == "hold_resolved"

    @pytest.mark.parametrize(
        ("end", "code"),
        [
            ({"minutes": 61}, "hold_exceeded"),
            ({"credit": CAT}, "hold_differs"),
            ({"debit": CAT}, "hold_differs"),
            ({"reason": Reason.GIVE}, "hold_differs"),
            ({"phase": Phase.VOID, "minutes": 59}, "hold_differs"),
            ({"hold": "nothing"}, "hold_unknown"),
            ({"hold": "grant"}, "hold_unknown"),
        ],
    )
    def test_ends_as_it_began(self, ledger, end, code):
        ledger.post(hold("h", ANN, BEN, 60), NOW)
        ends = {"key": "e", "debit": ANN, "credit": BEN, "minutes": 60, "phase": Phase.POST}
        assert refused(ledger, hold(**ends | {"hold": "h"} | end)) == code


class TestAReversal:
    def back(self, key="r", **other):
        said = {"debit": BEN, "credit": ANN, "minutes": 60, "reverses": "a"}
        return move(key, **said | {"reason": Reason.REVERSAL} | other)

    def test_is_a_new_transfer_the_other_way(self, ledger):
        ledger.post(move("a", ANN, BEN, 60), NOW)
        ledger.post(self.back(), NOW)
        assert balances(ledger) == {POT: 600, ISSUE: -600}
        assert len(ledger.entries) == 3

    def test_happens_once_and_is_not_itself_reversed(self, ledger):
        ledger.post(move("a", ANN, BEN, 60), NOW)
        ledger.post(self.back(), NOW)
        assert refused(ledger, self.back("s")) == "already_reversed"
        forth = self.back("t", debit=ANN, credit=BEN, reverses="r")
        assert refused(ledger, forth) == "not_reversible"

    def test_of_a_posted_hold_names_the_post(self, ledger):
        ledger.post(hold("h", ANN, BEN, 90), NOW)
        ledger.post(hold("a", ANN, BEN, 60, phase=Phase.POST, hold="h"), NOW)
        assert refused(ledger, self.back(reverses="h", minutes=90)) == "not_reversible"
        ledger.post(self.back(), NOW)

    @pytest.mark.parametrize(
        ("other", "code"),
        [
            ({"minutes": 59}, "reversal_differs"),
            ({"debit": CAT}, "reversal_differs"),
            ({"credit": CAT}, "reversal_differs"),
            ({"reverses": "none"}, "reversed_unknown"),
        ],
    )
    def test_mirrors_what_it_undoes(self, ledger, other, code):
        ledger.post(move("a", ANN, BEN, 60), NOW)
        assert refused(ledger, self.back(**other)) == code

    def test_does_not_break_the_receivers_floor(self, ledger):
        ledger.post(move("a", ANN, BEN, 60), NOW)
        ledger.post(move("b", BEN, CAT, 301), NOW)
        assert refused(ledger, self.back()) == "floor_reached"


class TestClosing:
    def test_wants_an_empty_account(self, ledger):
        ledger.post(hold("h", ANN, BEN, 60), NOW)
        for number in (ANN, POT):
            with pytest.raises(EnablerError, match="account_not_empty"):
                ledger.close(number)

    def test_ends_all_movement_but_letting_go(self, ledger):
        ledger.post(hold("h", ANN, SHOP, 60), NOW)
        ledger.close(SHOP)
        assert refused(ledger, move("a", ANN, SHOP, 1)) == "account_closed"
        assert refused(ledger, move("b", SHOP, ANN, 1)) == "account_closed"
        assert refused(ledger, hold("c", ANN, SHOP, 1)) == "account_closed"
        post = hold("d", ANN, SHOP, 60, phase=Phase.POST, hold="h")
        assert refused(ledger, post) == "account_closed"
        ledger.post(hold("v", ANN, SHOP, 60, phase=Phase.VOID, hold="h"), NOW)
        assert check(ledger.accounts, ledger.entries) == ()


@pytest.mark.parametrize("stranger", [AFAR, 99])
def test_an_account_of_another_place_is_as_unknown_as_none(ledger, stranger):
    assert refused(ledger, move("a", ANN, stranger, 1)) == "account_unknown"
    assert refused(ledger, move("b", stranger, ANN, 1)) == "account_unknown"


def test_what_happened_in_another_place_is_as_unknown_as_nothing(ledger):
    ledger.open(8, AccountKind.MEMBER, place=THERE)
    ledger.post(hold("h", AFAR, 8, 10, place=THERE), NOW)
    ledger.post(move("a", AFAR, 8, 10, place=THERE), NOW)
    assert refused(ledger, hold("p", ANN, BEN, 10, phase=Phase.POST, hold="h")) == "hold_unknown"
    undo = move("r", BEN, ANN, 10, reason=Reason.REVERSAL, reverses="a")
    assert refused(ledger, undo) == "reversed_unknown"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"minutes": 0}, "minutes_not_positive"),
        ({"minutes": -5}, "minutes_not_positive"),
        ({"minutes": 1.0}, "minutes_not_whole"),
        ({"minutes": True}, "minutes_not_whole"),
        ({"minutes": 2**31}, "minutes_too_many"),
        ({"minutes": 1441, "reason": Reason.HELP}, "minutes_too_many"),
        ({"credit": ANN}, "to_oneself"),
        ({"key": ""}, "transfer_key_malformed"),
        ({"key": "ann smith"}, "transfer_key_malformed"),
        ({"key": "k\n"}, "transfer_key_malformed"),
        ({"group": "k" * 201}, "transfer_key_malformed"),
        ({"hold": "h"}, "hold_wrongly_named"),
        ({"phase": Phase.POST}, "hold_wrongly_named"),
        ({"reverses": "a"}, "reversal_wrongly_named"),
        ({"reason": Reason.REVERSAL}, "reversal_wrongly_named"),
        (
            {"reason": Reason.REVERSAL, "reverses": "a", "phase": Phase.HOLD},
            "reversal_moves_at_once",
        ),
    ],
)
def test_what_can_be_no_transfer_is_never_made(wrong, code):
    with pytest.raises(EnablerError) as error:
        move(**{"key": "k", "debit": ANN, "credit": BEN, "minutes": 5} | wrong)
    assert error.value.code == code


def test_a_day_of_help_and_more_of_anything_else_may_move():
    assert move("a", ANN, BEN, 1440, reason=Reason.HELP).minutes == 1440
    assert move("b", ANN, BEN, 1441).minutes == 1441


class TestTogether:
    def test_one_refusal_undoes_them_all(self, ledger):
        ledger.post(hold("h", ANN, BEN, 60), NOW)
        before = ledger.accounts, ledger.entries
        some = (
            move("a", BEN, CAT, 10),
            hold("p", ANN, BEN, 60, phase=Phase.POST, hold="h"),
            move("b", CAT, BEN, 400),
        )
        with pytest.raises(LimitReached):
            ledger.post_all(some, NOW)
        assert (ledger.accounts, ledger.entries) == before
        assert [entry.key for entry in ledger.post_all(some[:2], NOW)] == ["a", "p"]
        assert len(ledger.entries) == 4

    def test_what_was_there_before_stays_when_they_are_undone(self, ledger):
        known = ledger.post(move("a", ANN, BEN, 10), NOW)
        with pytest.raises(LimitReached):
            ledger.post_all((move("a", ANN, BEN, 10), move("b", CAT, BEN, 301)), NOW)
        assert ledger.post(move("a", ANN, BEN, 10), NOW) is known
