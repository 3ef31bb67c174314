"""A generated place is the same for the same seed, and is what the figures say it is."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from bench.places import CATEGORIES, Place, make_place


def columns(side: Any) -> list[Any]:
    return [getattr(side, field.name) for field in fields(side)]


def alike(left: Any, right: Any) -> bool:
    return all(map(np.array_equal, columns(left), columns(right)))


@pytest.fixture(scope="module")
def hamlet() -> Place:
    return make_place("hamlet")


class TestAPlace:
    def test_comes_from_its_seed(self, hamlet: Place) -> None:
        again, other = make_place("hamlet"), make_place("hamlet", seed=hamlet.seed + 1)
        assert alike(again.wanted, hamlet.wanted)
        assert alike(again.given, hamlet.given)
        assert not alike(other.wanted, hamlet.wanted)
        assert str(hamlet.seed) in str(hamlet)

    def test_has_other_needs_another_day_and_the_same_offers(self, hamlet: Place) -> None:
        tomorrow = make_place("hamlet", day=1)
        assert not alike(tomorrow.wanted, hamlet.wanted)
        assert alike(tomorrow.given, hamlet.given)

    def test_when_scarce_has_the_same_needs_and_some_of_its_offers(self, hamlet: Place) -> None:
        scarce = make_place("hamlet", "scarce")
        assert alike(scarce.wanted, hamlet.wanted)
        assert 0 < len(scarce.given) < len(hamlet.given) / 4

        def offers(place: Place) -> set[tuple[Any, ...]]:
            given, first = place.given, place.given.first
            return {
                (given.easting[j], given.northing[j], *given.category[first[j] : first[j + 1]])
                for j in range(len(given))
            }

        assert offers(scarce) < offers(hamlet)

    def test_gives_each_offer_different_categories(self, hamlet: Place) -> None:
        given = hamlet.given
        for start, end in zip(given.first, given.first[1:], strict=False):
            own = given.category[start:end]
            assert 1 <= len(own) == len(set(own.tolist()))
        assert 0 <= given.category.min() <= given.category.max() < CATEGORIES

    def test_keeps_to_the_ranges_that_it_states(self, hamlet: Place) -> None:
        wanted, given = hamlet.wanted, hamlet.given
        assert 500 <= given.reach.min() <= given.reach.max() <= 10_000
        assert set(hamlet.capacity.tolist()) <= {1, 2, 3, 4, 5}
        assert 0 <= given.points.min() <= given.points.max() <= 500
        for side in (wanted, given):
            assert (side.hours != 0).any(axis=1).all()
            assert (side.hours < 2**56).all()
        assert 0 < (wanted.demands != 0).sum() < len(wanted) / 2
