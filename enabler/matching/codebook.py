"""The numbers that stand for names while one question is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from enabler.matching.arrays import Flags, Vocabulary, places_of
from enabler.matching.needs_and_offers import Need
from enabler.matching.policy import Policy


@dataclass(frozen=True)
class Codebook:
    """Names to numbers. What no need asks for (a credential, say) needs no number.

    ``people`` numbers members and organisations together: a block list names either, so the
    two must not use one id for different parties.
    """

    needs: Sequence[Need]
    policy: Policy
    people: Vocabulary = field(default_factory=Vocabulary)
    households: Vocabulary = field(default_factory=Vocabulary)
    places: Vocabulary = field(default_factory=Vocabulary)
    categories: Vocabulary = field(default_factory=Vocabulary)

    @cached_property
    def wanted(self) -> list[frozenset[str]]:
        """The credentials that each need demands, its category's among them."""
        by_category = self.policy.category_credentials
        none: frozenset[str] = frozenset()
        return [need.requires | by_category.get(need.category, none) for need in self.needs]

    @cached_property
    def credentials(self) -> dict[str, int]:
        """A bit for each credential that some need demands."""
        return places_of(self.wanted)

    @cached_property
    def languages(self) -> dict[str, int]:
        """A bit for each language that some need demands."""
        return places_of(need.languages_required for need in self.needs)

    @cached_property
    def preferences(self) -> dict[str, int]:
        """A bit for each preference that some need lists."""
        return places_of(need.preferences for need in self.needs)

    def sharing(self) -> Flags:
        """``[a, b]``: whether the places numbered a and b share supply; 0 is a place not given."""
        share = self.policy.share
        return np.array([[share(a, b) for b in self.places] for a in self.places], dtype=np.bool_)
