"""Who the invented people are: the same for a seed, in the numbers for drama, where people live."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from enabler.domain.demo.giving import HELPER, HELPER_OFFER, OWNER, RESIDENT
from enabler.domain.demo.people import FIRST_PHONE, LAST_PHONE
from enabler.domain.demo.town import people_at, retired_share
from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import CATEGORIES, OfferState, OrganisationKind, Role
from tests.demo.towns import NOW, PEOPLE, WARDS, people, town

NUMBERS = range(FIRST_PHONE, LAST_PHONE + 1)


class TestASeed:
    def test_gives_the_same_people(self) -> None:
        assert people(120, seed=7) == people(120, seed=7)

    def test_gives_others_for_another_seed(self) -> None:
        assert people(120, seed=7).members != people(120, seed=8).members

    def test_gives_the_same_for_every_second_of_a_minute(self) -> None:
        assert people(60) == people(60, now=NOW + timedelta(seconds=59, microseconds=5))

    def test_gives_the_same_homes_and_names_at_another_time(self) -> None:
        later = people(60, now=NOW + timedelta(days=40))
        assert later.homes == people(60).homes
        assert [m.name for m in later.members] == [m.name for m in people(60).members]


class TestNumbers:
    def test_are_those_that_nobody_has(self) -> None:
        contacts = [member.contact for member in people(1_000).members]
        phones = [value for kind, value in contacts if kind == "phone"]
        assert len(phones) == len(set(phones)) == 900
        assert all(int(phone[1:]) in NUMBERS for phone in phones)
        mails = [value for kind, value in contacts if kind == "mail"]
        assert len(mails) == len(set(mails))
        assert all(mail.endswith("@example.org") for mail in mails)

    def test_that_somebody_has_already_are_left_out(self) -> None:
        taken = f"+{FIRST_PHONE + 1}"
        members = people(20, place=town(taken=frozenset({taken}))).members
        assert taken not in {member.contact[1] for member in members}

    def test_are_used_by_residents_only(self) -> None:
        staff = [m for m in people(60).members if m.staff_role is not None]
        assert {member.contact[0] for member in staff} == {"mail"}


class TestHomes:
    @pytest.mark.parametrize("seed", range(5))
    def test_are_where_people_live(self, seed: int) -> None:
        invention, place = people(480, seed), town()
        wards = Counter(place.spots[home.spot].ward_code for home in invention.homes)
        whole = sum(PEOPLE.values())
        for code, lives in PEOPLE.items():
            # One home is moved next to the first one; all others are in equal steps.
            assert abs(wards[code] - len(invention.homes) * lives / whole) <= 2

    def test_follow_households_where_no_population_is_known(self) -> None:
        place = town(populations=False)
        assert people_at(place)[0] == pytest.approx(15 * 2.36)
        spots = tuple(
            replace(spot, households=0 if spot.ward_code == "W1" else 40) for spot in place.spots
        )
        homes = people(200, place=replace(place, spots=spots)).homes
        assert {spots[home.spot].ward_code for home in homes[2:]} == {"W2", "W3"}

    def test_have_one_address_each(self) -> None:
        invention = people(300)
        assert len({(home.spot, home.address) for home in invention.homes}) == len(invention.homes)

    def test_are_shared_by_some(self) -> None:
        homes = Counter(m.home for m in people(240).members if m.home is not None)
        assert max(homes.values()) >= 2
        assert homes[0] == homes[1] == 1

    def test_have_as_many_retired_as_the_map_says(self) -> None:
        residents = [m for m in people(1_000).members if m.home is not None]
        share = sum(member.retired for member in residents) / len(residents)
        assert 0.25 < share < 0.35


class TestAges:
    def test_are_read_from_the_names_of_bands(self) -> None:
        ages = {"age_15_under": 500, "age_16_24": 30, "age_50_64": 30, "age_65_over": 40}
        assert retired_share(ages) == 0.4

    def test_are_unknown_without_adults(self) -> None:
        assert retired_share({}) is None
        assert retired_share({"age_15_under": 5, "everybody": 9}) is None


class TestWhoIsShownRound:
    def test_the_helper_gives_lifts_near_the_resident_at_any_time(self) -> None:
        for seed in range(6):
            invention, place = people(80, seed), town()
            offer = invention.offers[HELPER_OFFER]
            homes = [invention.members[row].home for row in (RESIDENT, HELPER)]
            cells = [place.spots[invention.homes[home or 0].spot].cell for home in homes]
            assert cells[0] == cells[1]
            assert homes[0] != homes[1]
            assert offer.member == HELPER
            assert offer.categories == ("transport",)
            assert offer.any_time
            kinds = {c.kind.value for c in invention.members[HELPER].credentials}
            assert kinds == {"identity", "driving", "reference"}

    def test_the_third_owns_an_organisation(self) -> None:
        assert people(80).organisations[0].owner == OWNER


class TestEverybody:
    def test_has_a_part(self) -> None:
        roles = Counter(m.staff_role for m in people(60).members)
        assert roles[Role.COUNCILLOR] == len(WARDS)
        staff = {Role.CUSTODIAN, Role.SAFEGUARDING_LEAD, Role.CALL_HANDLER, Role.ADMINISTRATOR}
        assert staff <= set(roles)
        assert {o.kind for o in people(60).organisations} == set(OrganisationKind)

    def test_offers_every_kind_of_help_in_every_state(self) -> None:
        offers = people(400).offers
        assert {slug for offer in offers for slug in offer.categories} == set(CATEGORIES)
        assert {offer.state for offer in offers} == set(OfferState)

    def test_is_free_on_every_day_of_the_week(self) -> None:
        days = Counter(block.weekday for offer in people(400).offers for block in offer.weekly)
        assert set(days) == set(range(7))
        assert max(days.values()) < 4 * min(days.values())

    def test_is_at_least_ten(self) -> None:
        with pytest.raises(Invalid):
            people(9)

    def test_lives_somewhere(self) -> None:
        with pytest.raises(Invalid) as wrong:
            people(10, place=replace(town(), spots=()))
        assert wrong.value.code == "place_without_postcodes"
