"""Small invented worlds for property tests, and a plain reading of the rules to check them by."""

from datetime import datetime, timedelta
from math import hypot
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from enabler.matching import Need, Offer, Policy
from tests.matching.builders import NOW

PLACES = [None, "bristol", "bath", "wells"]
MEMBERS = [None, "a", "b", "c", "d"]
CATEGORIES = ["shopping", "meals", "transport"]

POLICY = Policy(
    category_credentials={"transport": frozenset({"insurance"})},
    sharing=frozenset({("bristol", "bath")}),
    any_time_days=7,
)

near_here = st.integers(-1500, 1500)


def mostly(plain, other):
    """Usually ``plain``, so that pairs break one rule or none rather than six."""
    return st.integers(0, 9).flatmap(lambda die: st.just(plain) if die < 8 else other)


def some(words):
    return st.frozensets(st.sampled_from(words), max_size=2)


@st.composite
def spans(draw):
    start = NOW + timedelta(minutes=30 * draw(st.integers(-20, 300)))
    return start, start + timedelta(minutes=30 * draw(st.integers(1, 60)))


weekly_blocks = st.tuples(st.integers(0, 6), st.integers(0, 28), st.integers(4, 20)).map(
    lambda block: (block[0], 30 * block[1], 30 * (block[1] + block[2]))
)


@st.composite
def needs(draw, number):
    return Need(
        id=f"n{number}",
        easting=358_000 + draw(near_here),
        northing=173_000 + draw(near_here),
        category=draw(mostly("shopping", st.sampled_from(CATEGORIES))),
        windows=draw(st.none() | st.lists(spans(), min_size=1, max_size=3).map(tuple)),
        duration_minutes=draw(mostly(30, st.sampled_from([60, 90, 600]))),
        slots=draw(st.integers(0, 3)),
        priority=draw(st.sampled_from([1, 100, 1000])),
        requires=draw(mostly(frozenset(), some(["dbs", "identity"]))),
        languages_required=draw(mostly(frozenset(), some(["cy", "ur"]))),
        preferences=draw(mostly(frozenset(), some(["same_sex", "no_pets"]))),
        held=draw(mostly(False, st.booleans())),
        reach_metres=draw(mostly(None, st.integers(0, 4000))),
        member=draw(st.sampled_from(MEMBERS)),
        household=draw(mostly(None, st.sampled_from(MEMBERS))),
        place=draw(mostly(None, st.sampled_from(PLACES))),
        blocked=draw(mostly(frozenset(), some(["a", "b", "shop"]))),
        waiting_since=draw(st.none() | st.just(NOW - timedelta(days=3))),
    )


@st.composite
def offers(draw, number):
    return Offer(
        id=f"o{number}",
        easting=358_000 + draw(near_here),
        northing=173_000 + draw(near_here),
        categories=draw(mostly(frozenset(CATEGORIES), some(CATEGORIES))),
        reach_metres=draw(mostly(4000, st.integers(0, 4000))),
        weekly=draw(st.none() | st.lists(weekly_blocks, max_size=6).map(tuple)),
        away=draw(st.just(()) | st.lists(spans(), max_size=2).map(tuple)),
        capacity=draw(mostly(1, st.integers(0, 3))),
        credentials=draw(some(["dbs", "identity", "insurance"])),
        languages=draw(some(["cy", "ur", "en"])),
        member=draw(st.sampled_from(MEMBERS)),
        household=draw(mostly(None, st.sampled_from(MEMBERS))),
        place=draw(st.sampled_from(PLACES)),
        blocked=draw(mostly(frozenset(), some(["a", "b"]))),
        recent_asks=draw(st.integers(0, 3)),
        recent_helps=draw(st.integers(0, 3)),
        acceptance=draw(st.none() | st.floats(0, 1)),
        asks_left=draw(mostly(None, st.integers(0, 2))),
        meets=draw(some(["same_sex", "no_pets"])),
        helped=draw(st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 5))),
        balance_minutes=draw(st.none() | st.integers(-2000, 2000)),
        organisation=draw(mostly(None, st.sampled_from(["shop", "group"]))),
        held=draw(mostly(False, st.booleans())),
    )


@st.composite
def worlds(draw, most=6):
    how_many = st.integers(0, most)
    return (
        [draw(needs(number)) for number in range(draw(how_many))],
        [draw(offers(number)) for number in range(draw(how_many))],
    )


def failed(need, offer):
    """The codes of all rules that a pair breaks, read off the design one by one."""
    apart = round(hypot(need.easting - offer.easting, need.northing - offer.northing))
    wanted = need.requires | POLICY.category_credentials.get(need.category, frozenset())
    ever = _in_common(need, offer, away=())
    broken = {
        "category": need.category not in offer.categories,
        "reach": apart > offer.reach_metres
        or (need.reach_metres is not None and apart > need.reach_metres),
        "held": need.held or offer.held,
        "same_person": need.member is not None and need.member == offer.member,
        "same_household": need.household is not None and need.household == offer.household,
        "blocked": bool({offer.member, offer.organisation} & need.blocked)
        or need.member in offer.blocked,
        "place": None not in (need.place, offer.place)
        and need.place != offer.place
        and {need.place, offer.place} != {"bristol", "bath"},
        "capacity": offer.capacity == 0,
        "cap": offer.asks_left == 0,
        "credential": not wanted <= offer.credentials,
        "language": not need.languages_required <= offer.languages,
        "time": not ever,
        "away": ever and not _in_common(need, offer, away=offer.away),
    }
    wishes = {code: code not in offer.meets for code in need.preferences}
    return {code for code, breaks in (broken | wishes).items() if breaks}


def _in_common(need, offer, away):
    """Whether enough half hours in a row are fine, asked one by one on the wall clock."""
    row = 0
    for step in range(7 * 48 if need.windows is None else 400):
        at = NOW + timedelta(minutes=30 * step)
        fine = need.windows is None or any(start <= at < end for start, end in need.windows)
        fine = fine and not any(start <= at < end for start, end in away)
        fine = fine and _on_duty(offer, at)
        row = row + 1 if fine else 0
        if 30 * row >= need.duration_minutes:
            return True
    return False


def _on_duty(offer, at: datetime):
    clock = at.astimezone(ZoneInfo(POLICY.timezone))
    minute = clock.hour * 60 + clock.minute
    return offer.weekly is None or any(
        weekday == clock.weekday() and opens <= minute < closes
        for weekday, opens, closes in offer.weekly
    )
