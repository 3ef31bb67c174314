"""How low a balance may go, when a friendly word is due, and where one person is not enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import NotAllowed
from enabler.timebank.accounts import Account, AccountKind
from enabler.timebank.approvals import Approval, require_two
from enabler.timebank.limits import (
    HoursPolicy,
    Nudge,
    credited,
    floor_for,
    lift_for,
    nearest_floor,
    nudge_for,
)  # fmt: skip
from enabler.timebank.transfers import Reason

PLAIN = HoursPolicy()
LAVISH = HoursPolicy(organisation_depth=60, pot_depth=600)


def at(balance, floor=-300, held=0):
    return Account(1, 1, AccountKind.MEMBER, floor, balance, held)


class TestTheFloor:
    @pytest.mark.parametrize(
        ("given_minutes", "floor"),
        [(-100, -300), (0, -300), (1, -300), (2, -301), (600, -600), (9999, -1200)],
    )
    def test_grows_with_what_a_verified_member_gave(self, given_minutes, floor):
        assert floor_for(AccountKind.MEMBER, PLAIN, given=given_minutes, verified=True) == floor

    @given(st.integers(0, 5000), st.integers(0, 5000))
    def test_of_whoever_came_back_is_only_what_they_gave_since(self, given_minutes, begin):
        policy = HoursPolicy(begin=begin, deepest=1200, grow_percent=50)
        floor = floor_for(
            AccountKind.MEMBER, policy, given=given_minutes, verified=True, again=True
        )
        assert floor == -min(given_minutes // 2, max(1200, begin))
        assert floor >= floor_for(AccountKind.MEMBER, policy, given=given_minutes, verified=True)

    def test_is_zero_before_somebody_is_verified(self):
        assert floor_for(AccountKind.MEMBER, PLAIN, given=600) == 0

    def test_never_ends_above_where_a_place_lets_people_begin(self):
        policy = HoursPolicy(begin=300, deepest=100)
        assert floor_for(AccountKind.MEMBER, policy, verified=True) == -300

    @pytest.mark.parametrize(
        ("kind", "floor"),
        [
            (AccountKind.ORGANISATION, -60), (AccountKind.POT, -600),
            (AccountKind.CLEARING, None), (AccountKind.ISSUE, None),
        ],
    )  # fmt: skip
    def test_of_other_kinds_is_what_the_place_says(self, kind, floor):
        assert floor_for(kind, LAVISH, given=600, verified=True) == floor

    @given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000))
    def test_is_set_no_higher_than_what_is_available(self, wanted, balance):
        floor = nearest_floor(at(balance, held=5), wanted)
        assert floor <= balance - 5
        assert floor in (wanted, balance - 5)

    def test_of_none_stays_none(self):
        assert nearest_floor(at(0), None) is None


class TestTheFriendlyWord:
    @pytest.mark.parametrize(
        ("account", "nudge"),
        [
            (at(0), None),
            (at(-179), None),
            (at(-180), Nudge.GIVE_A_LITTLE),
            (at(-100, held=80), Nudge.GIVE_A_LITTLE),
            (at(-299), Nudge.GIVE_A_LITTLE),
            (at(-300), Nudge.AT_THE_FLOOR),
            (at(-100, held=200), Nudge.AT_THE_FLOOR),
            (at(0, floor=0), None),
            (at(0, floor=None), None),
            (at(2399), None),
            (at(2400), Nudge.SPEND_OR_GIVE),
        ],
    )
    def test_comes_when_it_is_due(self, account, nudge):
        assert nudge_for(account, PLAIN) == nudge

    def test_about_a_ceiling_can_be_left_out(self):
        assert nudge_for(at(10_000), HoursPolicy(ceiling=0)) is None


@pytest.mark.parametrize(
    ("minutes", "already", "expected"),
    [(0, 0, 0), (1, 0, 15), (22, 0, 15), (23, 0, 30), (60, 0, 60), (60, 450, 30), (60, 500, 0)],
)
def test_what_earns_is_rounded_and_within_the_days_most(minutes, already, expected):
    assert credited(minutes, PLAIN, already_today=already) == expected


@given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000), st.integers(0, 9))
def test_a_lift_is_small_grows_with_what_was_given_and_is_nothing_without(one, other, most):
    assert 0 <= lift_for(one, most) <= most
    assert (lift_for(one, most) <= lift_for(other, most)) or one > other
    assert one > 0 or lift_for(one, most) == 0
    assert lift_for(600, most) == most


def test_no_visit_earns_more_than_one_transfer_may_move():
    assert credited(3000, HoursPolicy(most_per_day=9999, round_to=1)) == 1440


class TestTwoPeople:
    PARTIES = frozenset({1, 2})

    @pytest.mark.parametrize(
        ("reason", "approval", "code"),
        [
            (Reason.GRANT, Approval(8), "second_person_needed"),
            (Reason.REVERSAL, Approval(8, 8), "second_person_same"),
            (Reason.REVERSAL, Approval(8, 1), "party_to_it"),
            (Reason.GRANT, Approval(2, 8), "party_to_it"),
            (Reason.GIVE, Approval(2), "party_to_it"),
            (Reason.GRANT, Approval(None), "second_person_needed"),
        ],
    )
    def test_are_wanted(self, reason, approval, code):
        with pytest.raises(NotAllowed, match=code):
            require_two(reason, PLAIN, approval, self.PARTIES)

    @pytest.mark.parametrize(
        ("reason", "approval"),
        [
            (Reason.GRANT, Approval(8, 9)),
            (Reason.GRANT, Approval(None, 9)),
            (Reason.GIVE, Approval(8)),
        ],
    )
    def test_are_enough(self, reason, approval):
        require_two(reason, PLAIN, approval, self.PARTIES)

    def test_are_only_wanted_where_a_place_says_so(self):
        require_two(Reason.GRANT, HoursPolicy(two_people=frozenset()), Approval(8), self.PARTIES)
