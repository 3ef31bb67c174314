"""A place's rules for matching, as values: time zone, checks by category, weights of the scores.

It is the part of a ruleset that the engine needs. It does not know where rulesets are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid

Id = str | int
"""What names a need, an offer, a member, a household, a place: a short text or a whole number."""

DEFAULT_WEIGHTS: Mapping[str, int] = {
    "nearness": 400,
    "time_fit": 150,
    "asked_least": 150,
    "acceptance": 100,
    "reciprocity": 80,
    "helped_before": 60,
    "language": 40,
    "rotation": 20,
}
"""The most points that each factor can give; together 1000, so a score is 0..1000."""

RULES = (
    "category",
    "reach",
    "held",
    "same_person",
    "same_household",
    "blocked",
    "place",
    "capacity",
    "cap",
    "credential",
    "language",
    "time",
    "away",
)
"""The codes of the hard rules, in the order in which they ask; preferences come before time."""

MOST_WEIGHT = 1_000_000
"""So that a score, the sum of all factors, stays far below 2**31."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a place wants of its matches.

    ``timezone``: IANA name; the weekly availability of helpers is read on this zone's clocks.
    ``category_credentials``: what a helper must hold to be asked, by category.
    ``weights``: the most points by factor, over :data:`DEFAULT_WEIGHTS`.
    ``sharing``: pairs of places that lend each other supply; the order in a pair is nothing.
    ``any_time_days``: a need for *any time* is looked at for this many days from now.
    ``further_match``: w, points by which a round spreads matches: the 2nd, 3rd, 4th of one offer
    in it costs w, 3w, 6w, and no slot is left open for it. 0: not at all.
    ``acceptance_prior``: the chance of a yes (0..1) taken for a helper of whom nothing is known.

    Raises :class:`Invalid` whose field is the name of the wrong value.
    """

    timezone: str = "Europe/London"
    category_credentials: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    sharing: frozenset[tuple[Id, Id]] = frozenset()
    any_time_days: int = 28
    acceptance_prior: float = 0.3
    further_match: int = 0

    def __post_init__(self) -> None:
        _known_zone(self.timezone)
        for factor, points in self.weights.items():
            if factor not in DEFAULT_WEIGHTS:
                raise Invalid(f"weights.{factor}", "unknown_factor")
            if not 0 <= points <= MOST_WEIGHT:
                raise Invalid(f"weights.{factor}", "out_of_range", low=0, high=MOST_WEIGHT)
        if self.any_time_days < 1:
            raise Invalid("any_time_days", "out_of_range", low=1, high=None)
        if not 0 <= self.further_match <= MOST_WEIGHT:
            raise Invalid("further_match", "out_of_range", low=0, high=MOST_WEIGHT)
        if not 0 <= self.acceptance_prior <= 1:
            raise Invalid("acceptance_prior", "out_of_range", low=0, high=1)

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose clocks the weekly availability means."""
        return ZoneInfo(self.timezone)

    def weight(self, factor: str) -> int:
        """The most points that ``factor`` can give here."""
        return self.weights.get(factor, DEFAULT_WEIGHTS[factor])

    def share(self, one: Id | None, other: Id | None) -> bool:
        """Whether supply of one place may serve the other; a place not given is any place."""
        if one is None or other is None or one == other:
            return True
        return (one, other) in self.sharing or (other, one) in self.sharing


def _known_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as wrong:
        raise Invalid("timezone", "unknown_zone", zone=name) from wrong
