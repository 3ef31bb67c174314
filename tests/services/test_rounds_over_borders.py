"""Rounds where places share: neighbours' offers take part, and nobody is asked past their room."""

from datetime import timedelta

from flask import Flask

from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import reading
from enabler.services import matches, rounds
from tests.builders import (
    NOW,
    BuiltPlace,
    a_helper,
    a_member,
    a_need,
    an_offer,
    an_organisation,
    share,
)
from tests.services.deeds import accept, asks_of
from tests.services.test_storms import at_once

OPERATOR = Actor.operator("a test")
LATER = NOW + timedelta(hours=1)
"""A need whose own step is not due yet: then the round alone asks for it."""


def run(place: BuiltPlace | None = None) -> rounds.RoundReport:
    slug = None if place is None else place.slug
    return rounds.run_round(actor=OPERATOR, place_slug=slug, now=NOW)


def asked(place: BuiltPlace) -> list[tuple[int, int]]:
    """The (need, offer) of every match of the place's needs."""
    with reading() as uow:
        needs = uow.needs.open_in(place.id)
        return [(m.need_id, m.offer_id) for n in needs for m in uow.matches.of_need(n.id)]


class TestAcrossTheBorder:
    def test_a_neighbours_helper_is_asked_where_the_places_share(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        neighbour = a_helper(noise, "Over The Border", "gardening")
        a_need(a_member(place), "gardening")
        assert (run(place).offers, asked(place)) == (0, [])

        share(place, noise)
        report = run(place)

        assert (report.proposed, len(asks_of(neighbour))) == (1, 1)
        assert report.offers == 5  # the four of noiseham's own helpers and larder, and this one

    def test_each_side_acts_in_its_own_place(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        share(place, noise)
        neighbour, asker = a_helper(noise, "Over The Border", "gardening"), a_member(place)
        a_need(asker, "gardening")
        run(place)
        ref = accept(neighbour).ref
        for who in (neighbour, asker):
            assert "arrange" in matches.show(actor=who.actor, ref=ref, now=NOW).may

    def test_it_is_shared_one_way_only(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        share(place, noise)
        mine = a_helper(place, "Mine", "gardening")
        a_need(a_member(noise), "gardening")
        run(noise)
        assert asks_of(mine) == []

    def test_one_round_after_the_other_leaves_room_for_what_waits(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        share(place, noise)
        neighbour = a_helper(noise, "Over The Border", "gardening", capacity=1)
        for each in (place, noise):
            a_need(a_member(each), "gardening", next_step_at=LATER)
        run()
        assert len(asks_of(neighbour)) == 1

    def test_two_rounds_at_once_ask_nobody_past_their_room(
        self, context: Flask, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        """Each figures with the whole room of the other's offers; it is looked at again when
        the asks are made. Organisations have no caps that would hold them up by chance."""
        share(place, noise)
        for number in range(4):
            giver = an_organisation(noise, f"Spade {number}", at=(600 + 50 * number, 600))
            an_offer(giver, "gardening", capacity=1)
        for each in (place, noise):
            for number in range(4):
                asker = a_member(each, f"Ann {number}", at=(300 + 100 * number, 600))
                a_need(asker, "gardening", next_step_at=LATER)

        at_once(context, [lambda: run(place), lambda: run(noise)])

        offers = [offer for _, offer in asked(place) + asked(noise) if offer]
        gardening = [offer for offer in offers if _is_gardening(offer)]
        assert len(gardening) == len(set(gardening)) == 4


def _is_gardening(offer_id: int) -> bool:
    with reading() as uow:
        return "gardening" in uow.offers.by_id(offer_id).categories
