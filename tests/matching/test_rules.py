"""The hard rules, each by its code."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid
from enabler.matching import Policy, why_not
from enabler.matching.policy import RULES
from tests.matching.builders import NOW, a_need, an_offer, hours, metres_east

PLAIN = Policy()


def refusal(need, offer, policy=PLAIN):
    return why_not(a_need(**need), an_offer(**offer), policy, now=NOW)


def test_two_plain_neighbours_may_match():
    assert refusal({}, {}) is None


@pytest.mark.parametrize(
    ("need", "offer", "code"),
    [
        ({"category": "meals"}, {}, "category"),
        ({}, metres_east(2001), "reach"),
        ({"reach_metres": 500}, metres_east(501), "reach"),
        ({"held": True}, {}, "held"),
        ({}, {"held": True}, "held"),
        ({"member": 7}, {"member": 7}, "same_person"),
        ({"household": "h"}, {"household": "h"}, "same_household"),
        ({"blocked": frozenset({"m"})}, {"member": "m"}, "blocked"),
        ({"blocked": frozenset({"shop"})}, {"organisation": "shop"}, "blocked"),
        ({"member": "m"}, {"blocked": frozenset({"m"})}, "blocked"),
        ({"place": "bristol"}, {"place": "bath"}, "place"),
        ({}, {"capacity": 0}, "capacity"),
        ({}, {"asks_left": 0}, "cap"),
        ({"requires": frozenset({"dbs"})}, {"credentials": frozenset({"identity"})}, "credential"),
        ({"languages_required": frozenset({"cy", "en"})}, {"languages": {"en"}}, "language"),
        ({"preferences": frozenset({"same_sex"})}, {}, "same_sex"),
        ({"windows": (hours(1, 3),)}, {"weekly": ((0, 0, 60),)}, "time"),
        ({"windows": (hours(1, 3),)}, {"away": (hours(0, 2.6),)}, "away"),
        ({"windows": (hours(-3, -1),)}, {}, "time"),
        ({"windows": ()}, {}, "time"),
        ({}, {"weekly": ()}, "time"),
    ],
)  # fmt: skip
def test_refuses_with_its_code(need, offer, code):
    assert refusal(need, offer) == code


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ({}, metres_east(2000)),
        ({"reach_metres": 500}, metres_east(500)),
        ({}, {"reach_metres": 0}),
        ({"member": None}, {"member": None, "household": None}),
        ({"blocked": frozenset({"x"})}, {"member": "m"}),
        ({"member": "m"}, {"blocked": frozenset({"x"})}),
        ({"place": "bristol"}, {}),
        ({}, {"place": "bath"}),
        ({}, {"asks_left": 1}),
        ({"requires": frozenset({"dbs"})}, {"credentials": frozenset({"identity", "dbs"})}),
        ({"preferences": frozenset({"same_sex"})}, {"meets": frozenset({"same_sex", "dogs"})}),
        ({"windows": (hours(1, 3),)}, {"away": (hours(0, 2.5),)}),
        ({"windows": (hours(-3, 0.5),)}, {}),
        ({}, {"weekly": ((0, 0, 30),)}),
        ({}, {"away": (hours(-1, 24 * 20),)}),
    ],
)
def test_lets_through_what_only_just_fits(need, offer):
    assert refusal(need, offer) is None


def test_a_need_for_any_time_is_looked_at_for_four_weeks():
    whole_month = {"away": (hours(-1, 24 * 28),)}

    assert refusal({}, whole_month) == "away"
    assert refusal({}, whole_month, Policy(any_time_days=29)) is None


def test_a_category_can_demand_credentials_of_everybody():
    policy = Policy(category_credentials={"shopping": frozenset({"identity"})})

    assert refusal({}, {}, policy) == "credential"
    assert refusal({}, {"credentials": frozenset({"identity"})}, policy) is None


@pytest.mark.parametrize("pair", [("bristol", "bath"), ("bath", "bristol")])
def test_places_that_share_lend_each_other_helpers(pair):
    policy = Policy(sharing=frozenset({pair}))

    assert refusal({"place": "bristol"}, {"place": "bath"}, policy) is None
    assert refusal({"place": "bristol"}, {"place": "wells"}, policy) == "place"


class TestTime:
    def test_wants_one_unbroken_stretch_not_a_sum(self):
        window = {"windows": (hours(0, 10),), "duration_minutes": 60}
        broken = ((4, 15 * 60, 15 * 60 + 45), (4, 16 * 60, 16 * 60 + 45))

        assert refusal(window, {"weekly": broken}) == "time"

    def test_joins_windows_that_touch(self):
        need = {"windows": (hours(2, 3), hours(1, 2)), "duration_minutes": 120}

        assert refusal(need, {}) is None

    def test_reads_the_week_on_the_clocks_of_the_policys_zone(self):
        need = {"windows": (hours(1, 2),)}
        at_three = {"weekly": ((4, 15 * 60, 17 * 60),)}

        assert refusal(need, at_three) is None
        assert refusal(need, at_three, Policy(timezone="America/New_York")) == "time"

    @pytest.mark.parametrize(("minutes", "code"), [(60, None), (61, "time")])
    def test_loses_the_hour_that_the_spring_skips(self, minutes, code):
        """29 March 2026: from half past midnight to half past two is one hour."""
        sunday = NOW.replace(month=3, day=29, hour=0, minute=0)
        need = {"windows": ((sunday, sunday + timedelta(hours=6)),), "duration_minutes": minutes}
        offer = an_offer(weekly=((6, 30, 150),))

        assert why_not(a_need(**need), offer, PLAIN, now=sunday - timedelta(days=1)) == code

    @pytest.mark.parametrize(("minutes", "code"), [(180, None), (181, "time")])
    def test_gains_the_hour_that_the_autumn_repeats(self, minutes, code):
        """25 October 2026: from half past midnight to half past two is three hours."""
        sunday = NOW.replace(month=10, day=25, hour=0, minute=0)
        window = (sunday - timedelta(hours=2), sunday + timedelta(hours=6))
        need = {"windows": (window,), "duration_minutes": minutes}
        offer = an_offer(weekly=((6, 30, 150),))

        assert why_not(a_need(**need), offer, PLAIN, now=sunday - timedelta(days=1)) == code

    def test_windows_of_many_years_are_searched_to_their_end(self):
        """A first of June that is a Monday: 2026, and then 2037 when the helper is back."""
        monday = NOW.replace(month=6, day=1)
        need = {
            "windows": tuple(
                (monday.replace(year=y), monday.replace(year=y, hour=16)) for y in range(2026, 2038)
            )
        }
        away = ((monday.replace(year=2020), monday.replace(year=2037, month=1)),)
        offer = an_offer(weekly=((0, 0, 1440),), away=away)

        assert why_not(a_need(**need), offer, PLAIN, now=monday - timedelta(days=9)) is None
        assert why_not(a_need(**need | {"windows": need["windows"][:-1]}), offer, PLAIN) == "away"


def test_more_than_sixty_four_credentials_are_told_apart():
    many = frozenset(f"c{number}" for number in range(150))

    assert refusal({"requires": many}, {"credentials": many}) is None
    for lost in ("c0", "c77", "c149"):
        assert refusal({"requires": many}, {"credentials": many - {lost}}) == "credential"


@pytest.mark.parametrize("rule", RULES)
def test_no_preference_may_bear_the_code_of_a_rule(rule):
    with pytest.raises(Invalid):
        a_need(preferences=frozenset({rule}))
