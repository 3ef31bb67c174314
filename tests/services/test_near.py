"""What is asked and offered near here: to whom which part of it is told, in which order."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import NeedState, OfferState
from enabler.persistence.database import db
from enabler.services import near
from enabler.services.near import Wanted
from enabler.services.views.near import NearView, SpotPage, SpotView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    a_need,
    an_offer,
    an_organisation,
    share,
)
from tests.services.deeds import asks_of, post

WORDS = "A few things from the shop, please."


def look(place: BuiltPlace, who: BuiltMember | None = None, **wanted: Any) -> NearView:
    actor = who.actor if who else Actor.anonymous(place.id)
    return near.around(actor=actor, place_id=place.id, wanted=Wanted(**wanted), now=NOW)


def at(
    place: BuiltPlace, code: str, who: BuiltMember | None = None, **wanted: Any
) -> SpotPage:  # fmt: skip
    actor = who.actor if who else Actor.anonymous(place.id)
    return near.at_spot(
        actor=actor, place_id=place.id, code=code, wanted=Wanted(**wanted), now=NOW
    )  # fmt: skip


def counts(view: NearView) -> dict[str, tuple[int, int]]:
    return {spot.code: (spot.asks, spot.offers) for spot in view.spots}


def the_spot(view: NearView) -> SpotView:
    (spot,) = view.spots
    return spot


class TestCounts:
    def test_are_by_cell_and_by_an_organisations_door(self, place: BuiltPlace) -> None:
        for metres in (100, 900):  # two homes of one cell
            a_need(a_member(place, at=(metres, metres)))
        a_helper(place, at=(200, 300))
        a_need(a_member(place, at=(3500, 100)), "gardening")
        pantry = an_organisation(place, at=(610, 620))
        an_offer(pantry, "meals", "goods")
        for state in (NeedState.HELD, NeedState.WITHDRAWN, NeedState.FILLED):
            a_need(a_member(place), state=state)
        an_offer(a_member(place), state=OfferState.PAUSED)

        view = look(place)
        assert counts(view) == {"W0-7": (2, 1), pantry.ref: (0, 1), "W1-8": (1, 0)}
        busiest = view.spots[0]
        assert (busiest.ward, busiest.number) == ("West End", 7)
        assert (busiest.asked, busiest.offered) == ((("shopping", 2),), (("shopping", 1),))
        (door,) = (spot for spot in view.spots if spot.organisation)
        assert door.organisation == "Elmford Pantry"
        assert door.offered == (("goods", 1), ("meals", 1))
        assert [(ward.name, ward.asks, ward.offers) for ward in view.wards] == [
            ("East End", 1, 0), ("West End", 2, 2),
        ]  # fmt: skip

    def test_follow_what_is_wanted(self, place: BuiltPlace) -> None:
        asker = a_member(place, at=(100, 100))
        a_need(asker)
        a_need(asker, "gardening")
        an_offer(asker, "gardening", "dog-walking")
        assert counts(look(place, kind="need")) == {"W0-7": (2, 0)}
        assert counts(look(place, kind="offer")) == {"W0-7": (0, 1)}
        assert counts(look(place, category="gardening")) == {"W0-7": (1, 1)}
        assert the_spot(look(place, category="dog-walking")).offered == (("dog-walking", 1),)
        assert counts(look(place, ward="W1")) == {}
        assert counts(look(place, category="nonsense")) == {}

    def test_of_care_of_the_weakest_are_by_ward_alone(self, place: BuiltPlace) -> None:
        asker = a_member(place, at=(100, 100))
        for category in ("childcare", "respite", "emergency", "a-kind-of-the-place"):
            a_need(asker, category)
        view = look(place)
        assert view.spots == ()
        assert [(ward.name, ward.asks) for ward in view.wards] == [("East End", 0), ("West End", 3)]
        chosen = look(place, category="childcare")
        assert (chosen.spots, chosen.unshown) == ((), True)
        assert [ward.asks for ward in chosen.wards] == [0, 0]
        assert at(place, "W0-7").things == ()

    def test_of_a_neighbour_that_shares_are_of_its_offers(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        assert look(place).spots == ()
        share(place, noise)
        view = look(place)
        assert {code.split(".")[0] for code in counts(view) if "." in code} == {"noiseham"}
        assert sum(spot.asks for spot in view.spots) == 0
        assert sum(spot.offers for spot in view.spots) == 4
        (code,) = (spot.code for spot in view.spots if spot.number)
        reader = a_member(place)
        assert [thing.words for thing in at(place, code, reader).things] == [None] * 3


class TestTheOrder:
    def test_is_from_the_cell_of_a_postcode_or_of_the_members_home(self, place: BuiltPlace) -> None:
        for metres in (100, 1100, 2100, 3100):
            a_need(a_member(place, at=(metres, 100)))
        near_home = ["W0-7", "W0-8", "W1-7", "W1-8"]
        typed = look(place, postcode=place.postcode_at(3100, 100))
        assert [spot.code for spot in typed.spots] == near_home[::-1]
        mine = look(place, a_member(place, at=(900, 900)))
        assert [spot.code for spot in mine.spots] == near_home
        assert [spot.within_metres for spot in mine.spots] == [1000, 1000, 2000, 3000]
        assert (mine.nearest_first, look(place).nearest_first) == (True, False)
        assert look(place).spots[0].within_metres is None

    def test_of_pages_leaves_nothing_out(self, place: BuiltPlace) -> None:
        for column in range(4):
            for line in range(4):
                a_need(a_member(place, at=(column * 1000, line * 1000)))
                an_offer(an_organisation(place, f"O{column}{line}", at=(column * 1000, line)))
        first, second = look(place), look(place, page=2)
        assert (first.found, first.pages, len(first.spots)) == (32, 2, near.PAGE)
        assert len({spot.code for spot in (*first.spots, *second.spots)}) == 32
        assert look(place, page=10**30).page == 2
        assert look(place, page=-1) == first

    def test_a_postcode_that_is_none_of_ours_is_refused(self, place: BuiltPlace) -> None:
        for typed, code in (("NE1 1AA", "postcode_outside_place"), ("BS1", "postcode_partial")):
            with pytest.raises(Invalid) as refused:
                look(place, postcode=typed)
            assert (refused.value.field, refused.value.code) == ("postcode", code)


class TestASpot:
    def test_shows_words_to_whom_they_are(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        asker, neighbour = a_member(place, "Rosa"), a_member(place, "Nosy")
        helper = a_helper(place, "Hal", "shopping")
        an_offer(a_member(place, "Open"), "gardening", words="Ask me.", words_public=True)
        need = post(asker, words=WORDS).ref
        (match,) = asks_of(helper)
        outsider = a_member(noise)

        def told(who: BuiltMember | None) -> tuple[Any, ...]:
            need, open_to_all, offer = at(place, "W0-7", who).things
            assert open_to_all.words == "Ask me."
            return (need.words, need.ref, need.match_ref, offer.words)

        assert told(None) == (None, None, None, None)
        assert told(outsider) == (None, None, None, None)
        assert told(neighbour) == (None, None, None, None)
        assert told(helper) == (WORDS, None, match.ref, "Glad to help.")
        assert told(asker) == (WORDS, need, None, None)
        first = at(place, "W0-7").things[0]
        assert (first.kind, first.categories, first.posted_on) == (
            "need", ("shopping",), NOW.date(),
        )  # fmt: skip

    def test_has_pages_of_needs_and_then_offers(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        for _ in range(15):
            a_need(asker)
            an_offer(asker, "gardening")
        pages = [at(place, "W0-7", page=page) for page in (1, 2, 3)]
        assert [page.pages for page in pages] == [2, 2, 2]
        kinds = [[thing.kind for thing in page.things] for page in pages[:2]]
        assert kinds == [["need"] * 15 + ["offer"] * 5, ["offer"] * 10]
        assert pages[2] == pages[1]

    def test_that_is_not_ours_is_not_found(self, place: BuiltPlace) -> None:
        for code in ("W0-99", "nonsense", "", "noiseham.W0-7", "W0--", "\x00"):
            with pytest.raises(NotFound):
                at(place, code)

    def test_of_an_organisation_of_another_place_is_not_found(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        larder = an_organisation(noise, "Larder")
        with pytest.raises(NotFound):
            at(place, larder.ref)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_no_query_is_added_by_more_rows(place: BuiltPlace) -> None:
    reader = a_helper(place, "Hal", at=(3500, 3500))
    asked: list[tuple[int, int]] = []
    for number in (1, 12):
        for each in range(number):
            a_need(a_member(place, at=(each * 300, 100)))
            an_offer(an_organisation(place, f"O{number}{each}", at=(each * 300, 100)), "meals")
        with statements() as whole:
            look(place, reader)
        with statements() as one:
            at(place, "W0-7", reader)
        asked.append((len(whole), len(one)))
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 12, asked


def test_outlines_are_small_and_meet(place: BuiltPlace) -> None:
    found = near.outlines(actor=Actor.anonymous(place.id), place_id=place.id)
    assert [(ward.code, ward.name) for ward in found] == [("W0", "West End"), ("W1", "East End")]
    rings = [set(ward.rings[0]) for ward in found]
    assert [len(ring) for ring in rings] == [4, 4]
    assert len(rings[0] & rings[1]) == 2  # the border that they share
