"""All of one town's people at once."""

from collections.abc import Mapping
from datetime import datetime
from random import Random

from enabler.domain.demo.asking import Asker
from enabler.domain.demo.giving import invent_offers, invent_organisations
from enabler.domain.demo.material import read_material
from enabler.domain.demo.people import invent_homes, invent_residents, invent_staff
from enabler.domain.demo.shapes import Invention
from enabler.domain.demo.town import Town
from enabler.domain.demo.weekly import invent_series
from enabler.domain.errors import Invalid
from enabler.domain.ruleset import Ruleset

FEWEST, MOST = 10, 1_000_000


def invent(
    town: Town,
    *,
    size: int,
    seed: int,
    ruleset: Ruleset,
    requires: Mapping[str, frozenset[str]],
    now: datetime,
) -> Invention:
    """``size`` residents of the town, its staff, what they give and what they ask for.

    ``requires`` names the credentials that each category demands. ``now`` is taken to the whole
    minute. Raises Invalid("size", "out_of_range") below ten.
    """
    if not FEWEST <= size <= MOST:
        raise Invalid("size", "out_of_range", low=FEWEST, high=MOST)
    if not town.spots:
        raise Invalid("place", "place_without_postcodes")
    now = now.replace(second=0, microsecond=0)
    material = read_material()

    def stream(name: str) -> Random:
        # Streams of their own, so that a change of one part leaves the others as they are.
        return Random(f"{seed}/{name}")

    homes = invent_homes(town, size, material.streets, stream("homes"))
    members = invent_residents(town, homes, size, material, now, stream("members"))
    organisations, templates = invent_organisations(
        town, members, material, now, stream("organisations")
    )
    offers = invent_offers(
        town, homes, members, organisations, templates, material, requires, now, stream("offers")
    )
    needs = Asker(town, homes, members, material, ruleset, now, stream("needs")).invent()
    staff = invent_staff(town, material, now, stream("staff"))
    return Invention(
        homes=tuple(homes), members=(*members, *staff), organisations=tuple(organisations),
        offers=tuple(offers), needs=tuple(needs),
        series=tuple(invent_series(organisations, ruleset, town.timezone, now)),
    )  # fmt: skip
