"""Whom each rule refused, and what would have to be otherwise for somebody to be found."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings

from enabler.matching import NearMisses, Policy, edges, nearest_misses, other_days, refusals
from tests.matching.builders import NOW, a_need, an_offer, hours, metres_east
from tests.matching.worlds import POLICY, failed, worlds

FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)
MORNING = (hours(18, 20),)
"""Saturday from 8 to 10."""


class TestRefusals:
    @given(worlds())
    @settings(max_examples=60, deadline=None)
    def test_are_those_that_the_pairs_count_each_under_one_rule(self, world):
        needs, offers = world
        for need in needs:
            found = refusals(need, offers, POLICY, now=NOW)
            counted = edges([need], offers, POLICY, now=NOW)

            assert {code: len(ids) for code, ids in found.items()} == counted.because(0)
            assert {name for ids in found.values() for name in ids} == {
                offer.id for row, offer in enumerate(offers) if row not in counted.offer
            }
            assert all(
                code in failed(need, offer)
                for code, ids in found.items()
                for offer in offers
                if offer.id in ids
            )

    def test_of_a_held_need_are_all_for_that(self):
        offers = [an_offer(id=1), an_offer(id=2, categories=frozenset({"meals"}))]

        assert refusals(a_need(held=True), offers, Policy()) == {"held": (1, 2)}
        assert refusals(a_need(held=True), [], Policy()) == {}


class TestNearestMisses:
    def test_counts_who_fails_one_rule_alone(self):
        offers = [
            an_offer(id=1, away=(hours(0, 9),)),
            an_offer(id=2, away=(hours(0, 9),), held=True),
            an_offer(id=3, **metres_east(2500)),
            an_offer(id=4),
        ]
        need = a_need(windows=(hours(1, 2),))

        assert nearest_misses(need, offers, Policy(), now=NOW) == {"away": 1, "reach": 1}

    def test_of_nobody_are_none(self):
        assert nearest_misses(a_need(), [], Policy()) == {}

    @given(worlds())
    @settings(max_examples=60, deadline=None)
    def test_are_counted_by_the_rule_that_each_breaks(self, world):
        needs, offers = world
        for need in needs:
            broken = [failed(need, offer) for offer in offers]
            alone = [codes.pop() for codes in broken if len(codes) == 1]

            assert nearest_misses(need, offers, POLICY, now=NOW) == {
                code: alone.count(code) for code in alone
            }


def days(*offers, now=NOW, **need):
    return other_days(a_need(**({"windows": MORNING} | need)), offers, Policy(), now=now)


class TestOtherDays:
    def test_count_who_is_free_on_each_of_the_next_seven(self):
        fridays = an_offer(id=1, weekly=((4, 540, 1200),))
        weekends = an_offer(id=2, weekly=((5, 720, 900), (6, 540, 900)))
        sundays = an_offer(id=3, weekly=((6, 540, 900),))

        assert days(fridays, weekends, sundays) == {
            FRIDAY: 1, SATURDAY: 1, SATURDAY + timedelta(days=1): 2,
        }  # fmt: skip

    def test_leave_out_who_is_kept_away_by_more_than_time(self):
        far = an_offer(weekly=((6, 540, 900),), **metres_east(2500))

        assert days(far) == days(an_offer()) == {}

    def test_want_the_whole_duration_without_a_break(self):
        broken = an_offer(weekly=((6, 540, 570), (6, 600, 630)))

        assert days(broken, duration_minutes=31) == {}
        assert days(broken, duration_minutes=30) == {SATURDAY + timedelta(days=1): 1}

    def test_count_only_what_is_left_of_today(self):
        """It is two o'clock."""
        today = an_offer(weekly=((4, 480, 870),))

        assert days(today, duration_minutes=30) == {FRIDAY: 1}
        assert days(today, duration_minutes=31) == {}

    def test_know_when_somebody_is_away(self):
        away = an_offer(away=(hours(0, 24),))
        from_saturday_afternoon = [SATURDAY + timedelta(days=ahead) for ahead in range(6)]

        assert list(days(away)) == from_saturday_afternoon

    def test_are_those_of_the_places_clocks(self):
        """At half past eleven on a summer night in London it is the next day by UTC."""
        night = datetime(2026, 7, 3, 23, 30, tzinfo=UTC)  # Saturday 00:30 there
        early = an_offer(weekly=((5, 0, 120),))
        later = (night + timedelta(hours=9), night + timedelta(hours=11))

        assert days(early, now=night, windows=(later,)) == {date(2026, 7, 4): 1}

    def test_on_which_the_clocks_go_forward_are_an_hour_shorter(self):
        saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)
        nights = an_offer(weekly=((6, 0, 180),))
        monday = ((saturday + timedelta(days=2), saturday + timedelta(days=2, hours=3)),)

        found = [
            days(nights, now=saturday, windows=monday, duration_minutes=minutes)
            for minutes in (120, 121)
        ]

        assert found == [{date(2026, 3, 29): 1}, {}]


class TestAFurtherReach:
    def further(self, *offers, **need):
        return NearMisses(a_need(**need), offers, Policy(), now=NOW).further((800, 1600, 3200))

    def test_counts_all_who_would_do_then_where_it_brings_somebody(self):
        offers = [an_offer(id=metres, **metres_east(metres)) for metres in (900, 1600, 1601, 2001)]

        assert self.further(*offers, reach_metres=500) == {1600: 2, 3200: 3}
        assert self.further(*offers, reach_metres=1600) == {3200: 1}

    def test_is_nothing_where_the_asker_set_no_limit_or_another_rule_refuses(self):
        offer = an_offer(**metres_east(900))
        held = an_offer(held=True, **metres_east(900))

        assert self.further(offer) == self.further(held, reach_metres=500) == {}
