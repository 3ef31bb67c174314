"""A matching problem as a JSON file: the format, and how it becomes needs, offers and a policy.

The file speaks latitude and longitude (WGS 84); from here on everything is on the National Grid.
Ids of members, households, places and organisations are only compared, so they are read as
texts; ids of needs and offers come back as they were given.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from enabler.domain.errors import Invalid
from enabler.domain.geo import to_grid_columns
from enabler.matching.fields import (
    Key,
    flag,
    inside,
    keyed,
    list_of,
    mapping_of,
    moment,
    name,
    number,
    or_null,
    pair_of_places,
    party,
    preference,
    read_object,
    set_of,
    span,
    text,
    weekly_block,
    whole,
)
from enabler.matching.needs_and_offers import MOST_PRIORITY, Need, Offer
from enabler.matching.policy import MOST_WEIGHT, Policy

NOTHING: frozenset[str] = frozenset()

POLICY = {
    "timezone": Key(text, "Europe/London"),
    "category_credentials": Key(mapping_of(set_of(text)), {}),
    "weights": Key(mapping_of(whole(0, MOST_WEIGHT)), {}),
    "sharing": Key(set_of(pair_of_places), frozenset()),
    "any_time_days": Key(whole(1, 366), 28),
    "acceptance_prior": Key(number(0, 1), 0.3),
}

_COMMON = {
    "id": Key(name),
    "lat": Key(number(-90, 90)),
    "lon": Key(number(-180, 180)),
    "member": Key(or_null(party), None),
    "household": Key(or_null(party), None),
    "place": Key(or_null(party), None),
    "blocked": Key(set_of(party), NOTHING),
    "held": Key(flag, False),
}

NEED = _COMMON | {
    "category": Key(text),
    "windows": Key(or_null(list_of(span)), None),
    "duration_minutes": Key(whole(1), 30),
    "slots": Key(whole(0), 1),
    "priority": Key(whole(1, MOST_PRIORITY), 100),
    "requires": Key(set_of(text), NOTHING),
    "languages_required": Key(set_of(text), NOTHING),
    "preferences": Key(set_of(preference), NOTHING),
    "circumstance": Key(whole(0), 0),
    "reach_metres": Key(or_null(whole(0)), None),
    "waiting_since": Key(or_null(moment), None),
}

OFFER = _COMMON | {
    "categories": Key(set_of(text)),
    "reach_metres": Key(whole(0)),
    "weekly": Key(or_null(list_of(weekly_block)), None),
    "away": Key(list_of(span), ()),
    "capacity": Key(whole(0), 1),
    "credentials": Key(set_of(text), NOTHING),
    "languages": Key(set_of(text), NOTHING),
    "recent_asks": Key(whole(0), 0),
    "recent_helps": Key(whole(0), 0),
    "acceptance": Key(or_null(number(0, 1)), None),
    "asks_left": Key(or_null(whole(0)), None),
    "meets": Key(set_of(text), NOTHING),
    "helped": Key(mapping_of(whole(0)), {}),
    "balance_minutes": Key(or_null(whole(-(2**31))), None),
    "organisation": Key(or_null(party), None),
}

PROBLEM = {
    "policy": Key(lambda value, path: read_policy(value, path), None),
    "now": Key(moment),
    "needs": Key(lambda value, path: _placed(value, NEED, path)),
    "offers": Key(lambda value, path: _placed(value, OFFER, path)),
}


@dataclass(frozen=True)
class Problem:
    """What to match, by which rules, as of when."""

    needs: tuple[Need, ...]
    offers: tuple[Offer, ...]
    policy: Policy
    now: datetime


def parse(written: bytes | str) -> Problem:
    """Read a problem.

    Raises ``json.JSONDecodeError`` where it is no JSON, ``UnicodeDecodeError`` where it is no
    text, and :class:`Invalid` with the path of the first value that makes no sense.
    """
    return read_problem(json.loads(written, parse_constant=_no_number, object_pairs_hook=keyed))


def read_problem(value: Any) -> Problem:
    """Read a problem from JSON's plain values; raises :class:`Invalid` with a path."""
    found = read_object(value, PROBLEM, "")
    return Problem(
        needs=tuple(Need(**one) for one in found["needs"]),
        offers=tuple(Offer(**one) for one in found["offers"]),
        policy=found["policy"] or Policy(),
        now=found["now"],
    )


def read_policy(value: Any, path: str) -> Policy:
    """Read a policy; null is the default one."""
    if value is None:
        return Policy()
    try:
        return Policy(**read_object(value, POLICY, path))
    except Invalid as wrong:
        if wrong.field.startswith(path):
            raise
        raise Invalid(inside(path, wrong.field), wrong.code, **wrong.facts) from wrong


def _placed(value: Any, keys: dict[str, Key], path: str) -> list[dict[str, Any]]:
    """Read a list of needs or offers, their points moved to the grid; ids are unique in it."""
    rows: Sequence[dict[str, Any]] = list_of(lambda one, at: read_object(one, keys, at))(
        value, path
    )
    seen: set[str] = set()
    for place, row in enumerate(rows):
        if str(row["id"]) in seen:
            raise Invalid(f"{path}[{place}].id", "given_twice")
        seen.add(str(row["id"]))
    lat = np.array([row.pop("lat") for row in rows], dtype=np.float64)
    lon = np.array([row.pop("lon") for row in rows], dtype=np.float64)
    try:
        grid = to_grid_columns(lat, lon)
    except Invalid as wrong:
        raise Invalid(f"{path}[{wrong.facts['row']}].lat", wrong.code) from wrong
    points = zip(rows, grid.easting.tolist(), grid.northing.tolist(), strict=True)
    return [row | {"easting": east, "northing": north} for row, east, north in points]


def _no_number(constant: str) -> Any:
    raise Invalid("", "not_json", constant=constant)
