"""Every rule and every score, on the same places: what they cost beside the search alone.

The hours of a need become windows of an actual week, those of an offer weekly blocks, and the bits
a credential, a preference and a language, so that the same pairs must come out, by way of the
product's own :func:`enabler.matching.edges`. The other rules are asked, too, and refuse nobody.
"""

from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

import numpy as np

from bench.cases import Case, case, needs_of, run
from bench.figures import Report, exactly, progress, side_by_side
from bench.measure_pairs import all_pairs
from bench.places import Place
from enabler.matching import Edges, Need, Offer, Policy, edges

MONDAY = datetime(2026, 6, 1, tzinfo=ZoneInfo("Europe/London"))
"""A week in which no clock changes."""
DBS, SAME_SEX, WELSH = "dbs", "same_sex", "cy"
SIZES = ("hamlet", "town", "county")
"""A region is half a million objects to make first."""


def main(sizes: tuple[str, ...]) -> bool:
    """Whether the pairs are the same."""
    report = Report("rules", sizes)
    for size in sizes:
        if size in SIZES:
            judge(report, case(size, "plentiful"))
    return report.all_kept


def judge(report: Report, one: Case) -> None:
    """The product's way against the search, on one place."""
    say = partial(report.figure, 3, one.name)
    progress("making an object of each need and offer")
    needs, offers = needs_in(one.place), offers_in(one.place)
    found = every_rule(needs, offers)
    seconds = side_by_side(
        {"every rule": partial(every_rule, needs, offers), "the search": partial(all_pairs, one)},
        one.times,
    )
    more = f"{len(found):,} pairs scored, median of {one.times}"
    say("every rule and score, from objects", seconds["every rule"], unit=" s", more=more)
    say("every rule / the search alone", seconds["every rule"] / seconds["the search"])
    say("pairs that the search has otherwise", otherwise(one, found), unit="", bar=exactly(0))


def every_rule(needs: list[Need], offers: list[Offer]) -> Edges:
    """The pairs, from objects to scores."""
    return edges(needs, offers, Policy(), now=MONDAY)


def otherwise(one: Case, found: Edges) -> int:
    """How many pairs are in one answer alone."""
    breadth = len(one.place.given)
    theirs = needs_of(one.rows) * breadth + one.rows.offer
    return len(np.setxor1d(theirs, found.need * breadth + found.offer))


def needs_in(place: Place) -> list[Need]:
    """The needs of a place, an hour long each."""
    wanted = place.wanted
    hour = timedelta(hours=1)
    rows = zip(*(column.tolist() for column in wanted.asked), strict=True)
    return [
        Need(
            id=row, easting=east, northing=north, category=str(category), duration_minutes=60,
            windows=tuple((MONDAY + a * hour, MONDAY + b * hour) for a, b in blocks(hours)),
            requires=some(DBS, bits & 1), preferences=some(SAME_SEX, bits & 2),
            languages_required=some(WELSH, bits & 4), member=-1 - row,
        )
        for row, (east, north, category, _, hours, bits, _) in enumerate(rows)
    ]  # fmt: skip


def offers_in(place: Place) -> list[Offer]:
    """The offers of a place, each by a member of their own."""
    given = place.given
    columns = (given.easting, given.northing, given.reach, given.hours, given.holds)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    skills = np.split(given.category.astype(str), given.first[1:-1])
    return [
        Offer(
            id=row, easting=east, northing=north, reach_metres=reach,
            categories=frozenset(skills[row].tolist()), member=row,
            weekly=tuple((a // 24, a % 24 * 60, ((b - 1) % 24 + 1) * 60) for a, b in blocks(hours)),
            credentials=some(DBS, bits & 1), meets=some(SAME_SEX, bits & 2),
            languages=some(WELSH, bits & 4),
        )
        for row, (east, north, reach, hours, bits) in enumerate(rows)
    ]  # fmt: skip


def some(name: str, held: int) -> frozenset[str]:
    """The name, where its bit is set."""
    return frozenset({name}) if held else frozenset()


def blocks(words: list[int]) -> list[tuple[int, int]]:
    """Hours of the week in a row, from three words of bits: first, and one after the last."""
    hours = [56 * k + bit for k, word in enumerate(words) for bit in range(56) if word >> bit & 1]
    rows = [list(row) for _, row in groupby(hours, key=lambda hour: hour - hours.index(hour))]
    return [(row[0], row[-1] + 1) for row in rows]


if __name__ == "__main__":
    run(main)
