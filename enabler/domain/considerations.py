"""Who was looked at for a need at one moment: what can be explained afterwards, as it was then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.matches import Reason
from enabler.domain.vocabulary import Verdict

MOST_RANKED, MOST_NAMED = 50, 300
"""Offers that are kept one by one: those that could be asked, best first; those refused."""

ASKED_BEFORE, OTHER_OFFER = "asked", "other-offer"
"""Refusals that are no rule of the engine's: the giver has had an ask for this need, whatever came
of it; another offer of the same giver suits better."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An offer that no rule refused: its place among them (from 1), its score with the reasons, and
    what became of it. The distance is from cell to cell. ``kept_back``: points by which the price
    of the last round moved it down, for it is needed more elsewhere.
    """

    offer_id: int
    place: int
    score: int
    distance_metres: int
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    kept_back: int = 0


@dataclass(frozen=True, slots=True)
class Consideration:
    """Who was looked at when a need was worked: by a wave, or (``by_round``) by a round.

    ``considered``: open offers of its kind of help in the place and where it shares. ``ranked``:
    the first of those that could be asked, best first, and whoever was asked; ``beyond``: how many
    more there were.
    ``refused``: by the code of the first rule that refused, how many; ``named``: which offers,
    as far as they were looked at one by one. ``in_place``: how many were looked for while the wave
    ran, in place of those who had said no or nothing; 0 for a wave as such.
    """

    place_id: int
    need_id: int
    asker_id: int
    wave: int
    at: datetime
    ruleset_id: int
    ruleset_version: int
    by_round: bool
    considered: int
    ranked: tuple[Ranked, ...]
    beyond: int
    refused: Mapping[str, int]
    named: Mapping[str, tuple[int, ...]]
    in_place: int = 0

    @property
    def asked(self) -> tuple[Ranked, ...]:
        """Those who were asked."""
        return tuple(one for one in self.ranked if one.verdict is Verdict.ASKED)

    def ranking_of(self, offer_id: int) -> Ranked | None:
        """How an offer was ranked; None if it is not kept among the ranked."""
        return next((one for one in self.ranked if one.offer_id == offer_id), None)

    def refusal_of(self, offer_id: int) -> str | None:
        """The code of what kept an offer from the need; None if it is not kept by name."""
        return next((code for code, ids in self.named.items() if offer_id in ids), None)

    def is_like(self, other: "Consideration") -> bool:
        """Whether the other says the same at another moment."""
        return _content(self) == _content(other)


def _content(one: Consideration) -> tuple[object, ...]:
    return one.wave, one.ruleset_id, one.considered, one.ranked, one.beyond, one.refused, one.named


def bounded(
    named: Mapping[str, Sequence[int]], most: int = MOST_NAMED
) -> dict[str, tuple[int, ...]]:
    """At most so many offers by name in all; the rarer refusals whole, before the common ones."""
    kept: dict[str, tuple[int, ...]] = {}
    for code in sorted(named, key=lambda code: (len(named[code]), code)):
        kept[code] = tuple(named[code][:most])
        most -= len(kept[code])
    return {code: ids for code, ids in sorted(kept.items()) if ids}
