"""A town in memory, and its people, for tests that need no database."""

from datetime import UTC, datetime

from enabler.domain.demo.invention import invent
from enabler.domain.demo.past import Storyteller
from enabler.domain.demo.safety import required
from enabler.domain.demo.shapes import Invention, Story
from enabler.domain.demo.town import Area, Spot, Town, sorted_spots
from enabler.domain.ruleset import Ruleset
from enabler.services._could_have import CouldHave

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)  # a Saturday
RULES = Ruleset(1, 1)
REQUIRES = required(RULES)
WARDS = (("W1", "Low Ward"), ("W2", "High Ward"), ("W3", "عربي"))
PEOPLE = {"W1": 1_000, "W2": 3_000, "W3": 6_000}
"""How many live in each ward; each has twenty postcodes."""


def town(*, populations: bool = True, taken: frozenset[str] = frozenset()) -> Town:
    """Three wards in a row, each a small area of four cells of five postcodes."""
    spots = [
        Spot(
            postcode=f"ZZ{ward + 1} {row}{letter}A",
            easting=410_000 + 1_000 * ward + 200 * row + 10 * column,
            northing=210_000,
            ward_code=code,
            cell=(410_100 + 1_000 * ward + 200 * row, 210_050),
            area=f"A{ward}",
        )
        for ward, (code, _) in enumerate(WARDS)
        for row in range(4)
        for column, letter in enumerate("ABDEF")
    ]
    areas = {f"A{ward}": Area(PEOPLE[code], 0.3) for ward, (code, _) in enumerate(WARDS)}
    return Town(
        timezone="Europe/London",
        languages=("en",),
        wards=WARDS,
        spots=sorted_spots(spots),
        areas=areas if populations else {},
        taken=taken,
    )


def people(
    size: int = 300, seed: int = 1, now: datetime = NOW, place: Town | None = None
) -> Invention:
    """The people of the town."""
    return invent(place or town(), size=size, seed=seed, ruleset=RULES, requires=REQUIRES, now=now)


def told(size: int, seed: int, now: datetime = NOW) -> tuple[Invention, list[Story], CouldHave]:
    """The people, what came of their needs, and who could have helped."""
    invention = people(size, seed, now)
    could = CouldHave(invention, town(), RULES, REQUIRES, now, lambda *_: None)
    stories = Storyteller(
        invention, could.candidates, timezone="Europe/London", ruleset=RULES, seed=seed, now=now
    ).tell()
    return invention, stories, could
