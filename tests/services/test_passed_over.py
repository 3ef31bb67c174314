"""Why a giver was not asked last week: in numbers only, and only where enough people asked."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from enabler.domain.vocabulary import MatchState, OfferState
from enabler.domain.windows import Weekly, Window
from enabler.doors.words.passed_over import WHY, passed_over_lead, passed_over_lines
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import offers, rounds
from enabler.services._passed_over import FOREMOST, SAYABLE
from enabler.services.views import PassedOver
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_need,
    a_place,
    an_offer,
    an_organisation,
    share,
)
from tests.services.deeds import a_key, post
from tests.services.test_rounds import OPERATOR

LAST_WEEK = NOW - timedelta(days=7)
"""A Tuesday at ten; the week that is over at NOW."""


@pytest.fixture
def place() -> BuiltPlace:
    """Each need asks one helper, and nobody's cap is in the way."""
    return a_place(policy={"waves": [1], "asks_per_day": 99, "asks_per_week": 99})


def some_ask(
    place: BuiltPlace, how_many: int = 3, at: datetime = LAST_WEEK, **draft: object
) -> None:
    for number in range(how_many):
        post(a_member(place, f"Ann {number}"), now=at, **draft)


def told(giver: BuiltMember, ref: str, now: datetime = NOW) -> PassedOver | None:
    return offers.show(actor=giver.actor, ref=ref, now=now).passed_over


@pytest.fixture
def far(place: BuiltPlace) -> tuple[BuiltMember, str]:
    """Somebody near enough, and always further than somebody else."""
    for number in range(4):
        a_helper(place, f"Near {number}", capacity=50)
    giver = a_member(place, "Fern", at=(2500, 500))
    return giver, an_offer(giver)


class TestWhatIsTold:
    def test_is_by_what_the_others_were_asked_first(
        self, place: BuiltPlace, far: tuple[BuiltMember, str]
    ) -> None:
        some_ask(place)
        assert told(*far) == PassedOver(3, {"nearer": 3})

    def test_is_that_somebody_was_nearer_only_where_they_were(self, place: BuiltPlace) -> None:
        """Nearness is scored against each helper's own reach: further away may count for more."""
        for number in range(4):
            a_helper(place, f"Rover {number}", at=(2500, 500), reach=20_000, capacity=50)
        giver = a_member(place, "Stay", at=(1500, 500))
        ref = an_offer(giver, reach=1100)
        some_ask(place)
        assert told(giver, ref) == PassedOver(3, {"suited-better": 3})

    def test_of_whom_the_last_round_kept_back_is_that_more_found_help(self) -> None:
        """The gardener suits best for a chat, too, and is the only one for two gardens."""
        place = a_place("gardenham", policy={"waves": [1], "asks_per_day": 99,
                                             "asks_per_week": 99, "price_hours": 99})  # fmt: skip
        gardener = a_member(place, "Gus")
        ref = an_offer(gardener, "phone-chat", "gardening", capacity=1)
        a_helper(place, "Sue", "phone-chat", at=(2500, 500), capacity=50)
        for number in range(2):
            asker = a_member(place, f"Gardenless {number}", at=(1500, 500))
            a_need(asker, "gardening", next_step_at=NOW + timedelta(days=9))
        rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=LAST_WEEK)
        some_ask(place, category="phone-chat")
        assert told(gardener, ref) == PassedOver(3, {"elsewhere": 3})

    def test_is_the_rule_that_refused_and_each_need_counts_once(self, place: BuiltPlace) -> None:
        busy = a_member(place, "Busy")
        ref = an_offer(busy, weekly=[Weekly(0, 540, 600)])
        afternoon = Window(LAST_WEEK + timedelta(hours=3), LAST_WEEK + timedelta(hours=5))
        some_ask(place, windows=(afternoon,))
        rounds.work_due_needs(now=LAST_WEEK + timedelta(hours=30))
        assert told(busy, ref) == PassedOver(3, {"time": 3})

    def test_of_a_wish_of_the_askers_is_not_which(self, place: BuiltPlace) -> None:
        giver = a_member(place, "Gus")
        ref = an_offer(giver)
        for number in range(3):
            a_need(a_member(place, f"Ann {number}"), preferences=["woman"],
                   next_step_at=LAST_WEEK, needed_by=NOW)  # fmt: skip
        rounds.work_due_needs(now=LAST_WEEK)
        assert told(giver, ref) == PassedOver(3, {"preference": 3})

    def test_of_a_round_is_that_more_found_help(self, place: BuiltPlace) -> None:
        """Both can go to Ann; the round sends the one who alone can go to Bea to her."""
        for number in range(3):
            a_need(a_member(place, f"Ann {number}", at=(1500, 500)))
            a_helper(place, f"One {number}", at=(500, 500), reach=1100, capacity=1)
        both = a_member(place, "Both", at=(2500, 500))
        ref = an_offer(both, reach=1500, capacity=1)
        a_need(a_member(place, "Bea", at=(3500, 500)))
        rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=LAST_WEEK)
        assert told(both, ref) == PassedOver(3, {"elsewhere": 3})

    def test_is_for_the_giver_of_an_organisations_offer_too(self, place: BuiltPlace) -> None:
        for number in range(4):
            a_helper(place, f"Near {number}", capacity=50)
        pantry = an_organisation(place, at=(2500, 600))
        ref = an_offer(pantry)
        some_ask(place)
        assert told(pantry.owner, ref) == PassedOver(3, {"nearer": 3})


def test_is_the_same_whatever_has_become_of_the_offers_since(place: BuiltPlace) -> None:
    """Else pausing one of two would tell how far away the needs between their reaches are."""
    for number in range(4):
        a_helper(place, f"Near {number}", at=(2500, 500), capacity=50)
    giver = a_member(place, "Gus", at=(3500, 500))
    narrow, wide = an_offer(giver, reach=1500), an_offer(giver, reach=4000)
    for number in range(3):
        post(a_member(place, f"Ann {number}", at=(2500, 500)), now=LAST_WEEK)
    post(a_member(place, "Far", at=(500, 500)), now=LAST_WEEK)
    before = told(giver, narrow)
    offers.pause(actor=giver.actor, ref=wide, key=a_key(), now=NOW)

    assert before is not None
    assert before.needs == 4
    assert [told(giver, ref) for ref in (narrow, wide)] == [before, before]


def test_is_the_same_wherever_in_their_cells_people_live() -> None:
    """Law 7: a home is its cell, at both ends; here the cells' points are just within reach."""
    seen = []
    for number, (asker_at, giver_at) in enumerate(
        [((20, 30), (1990, 1980)), ((980, 970), (1010, 20))]
    ):
        other = a_place(f"cellham{number}", area=("SN", "GL")[number], policy={"waves": [1]},
                        west=450_000)  # fmt: skip
        for near in range(3):
            a_helper(other, f"Near {near}", at=(500, 500), capacity=1)
        giver = a_member(other, "Gus", at=giver_at)
        ref = an_offer(giver, reach=1415)
        for asker in range(3):
            post(a_member(other, f"Ann {asker}", at=asker_at), now=LAST_WEEK)
        seen.append(told(giver, ref))
    assert seen[0] == seen[1] is not None


class TestNothingIsTold:
    def test_where_fewer_than_three_people_asked(
        self, place: BuiltPlace, far: tuple[BuiltMember, str]
    ) -> None:
        some_ask(place, 2)
        assert told(*far) is None
        again = a_member(place, "Ann once more", at=(700, 300))
        post(again, now=LAST_WEEK)
        assert told(*far) == PassedOver(3, {"nearer": 3})

    def test_of_many_needs_of_two_people(
        self, place: BuiltPlace, far: tuple[BuiltMember, str]
    ) -> None:
        for name in ("Ann", "Bea"):
            asker = a_member(place, name)
            for hour in range(3):
                post(asker, now=LAST_WEEK + timedelta(hours=hour))
        assert told(*far) is None

    def test_of_this_week_so_that_nobody_learns_when(
        self, place: BuiltPlace, far: tuple[BuiltMember, str]
    ) -> None:
        some_ask(place, at=NOW)
        assert told(*far) is None
        sunday, monday = NOW + timedelta(days=5), NOW + timedelta(days=6)
        assert [told(*far, now=now) for now in (sunday, monday)] == [
            None, PassedOver(3, {"nearer": 3})
        ]  # fmt: skip

    def test_of_needs_further_than_the_giver_goes_or_of_another_kind(
        self, place: BuiltPlace
    ) -> None:
        giver = a_member(place, "Short", at=(3500, 3500))
        ref = an_offer(giver, reach=900)
        an_offer(giver, "gardening", state=OfferState.ENDED)
        some_ask(place)
        some_ask(place, category="gardening")
        assert told(giver, ref) is None

    def test_of_those_from_whom_the_giver_is_kept_apart_or_with_whom_they_live(
        self, place: BuiltPlace, far: tuple[BuiltMember, str]
    ) -> None:
        some_ask(place, 2)
        enemy = a_member(place, "Enemy")
        partner = a_member(place, "Partner", home_id=far[0].home_id)
        with unit_of_work() as uow:
            for one, other in ((enemy.id, far[0].id), (far[0].id, enemy.id)):
                uow.session.add(
                    BlockRow(place_id=place.id, member_id=one, blocked_id=other, since=LAST_WEEK)
                )
            uow.commit()
        for asker in (enemy, partner, far[0]):
            post(asker, now=LAST_WEEK)
        assert told(*far) is None

    def test_of_needs_for_which_the_giver_was_asked(self, place: BuiltPlace) -> None:
        giver = a_member(place, "Asked")
        ref = an_offer(giver, capacity=50)
        some_ask(place)
        assert told(giver, ref) is None

    def test_of_needs_for_which_the_giver_was_asked_in_the_end(
        self, place: BuiltPlace, far: tuple[BuiltMember, str]
    ) -> None:
        soon = Window(NOW, NOW + timedelta(days=3))
        some_ask(place, windows=(soon,))
        assert told(*far) == PassedOver(3, {"nearer": 3})
        with unit_of_work() as uow:
            need = uow.needs.open_in(place.id)[0]
            uow.matches.add(
                place_id=place.id, ref=uow.refs.new(place.id, "match"), need_id=need.id,
                offer_id=uow.offers.by_ref(None, far[1]).id, helper_id=far[0].id,
                state=MatchState.DECLINED, score=1, reasons=[], distance_metres=1000,
                proposed_at=NOW, asked_at=NOW,
            )  # fmt: skip
            uow.commit()
        assert told(*far) is None

    def test_to_anybody_else(self, place: BuiltPlace, far: tuple[BuiltMember, str]) -> None:
        some_ask(place)
        custodian = a_custodian(place)
        assert told(custodian, far[1]) is None

    def test_of_a_council_that_does_not_share(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        giver = a_member(noise, "Noah", at=(2500, 500))
        ref = an_offer(giver)
        for number in range(4):
            a_helper(place, f"Near {number}", capacity=50)
        some_ask(place)
        assert told(giver, ref) is None
        share(place, noise)
        for number in range(3):
            post(a_member(place, f"Bea {number}", at=(900, 900)), now=LAST_WEEK)
        assert told(giver, ref) == PassedOver(3, {"nearer": 3})


def test_every_reason_has_its_sentence(app: Flask) -> None:
    codes = {
        *SAYABLE,
        *FOREMOST.values(),
        "preference",
        "elsewhere",
        "suited-better",
        "late",
        "full",
    }
    assert codes == set(WHY)
    with app.test_request_context("/health"):
        found = PassedOver(3, {"time": 1, "nearer": 2})
        assert passed_over_lead(found) == (
            "Last week there were 3 needs near you that we did not ask you about."
        )
        assert passed_over_lines(found) == [
            "For 2 we asked somebody nearer.", "1 was at a time when you are not free.",
        ]  # fmt: skip
