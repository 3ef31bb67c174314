"""Patterns that help between neighbours hardly ever has, so that somebody looks at them (pure).

A *ring*: minutes go round among a few accounts, and little leaves them. A *reciprocal* pair: two
help each other so often, so long or at such hours that it can hardly be. A *burst*: one helps far
more than anybody does, or than they did before. Nothing here punishes: what is found is told to a
custodian, who knows people. Neighbours who help each other every week are what a time bank is
for: every threshold lies far above that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from enabler.timebank.circles import circles

WINDOW_DAYS = 60
"""How far back is looked."""
LARGEST_RING = 8
STRENGTHS = (50, 30, 20, 10)
"""Percent of what one gave and of what the other had: who is tied to whom. From the strongest:
a ring of single file shows at once, and one in which everybody helps everybody at the end."""
INSIDE_PERCENT = 75
"""Of all that those few gave or had, so much must have stayed among them."""
EVEN_PERCENT = 60
"""The lesser of what one gave and had among them, of the greater."""
WEEK = 7
KNOWN_DAYS = 28
"""So long somebody must have helped before their weeks are held against each other."""
ROUNDED_MINUTES = 15
"""Of each help so much may be rounding, where it is asked whether two could fit in a time."""


class GameKind(StrEnum):
    """What it looks like."""

    RING = "ring"
    RECIPROCAL = "reciprocal"
    BURST = "burst"


@dataclass(frozen=True, slots=True)
class Watch:
    """From how many minutes, or helps, on a place wants to look; 0: it does not look for that.

    ``ring``: what each of a ring gave and had inside it in the window, ``pair`` likewise of two.
    ``pair_day``: what two helped each other on one day, ``pair_helps``: how often. ``burst_day``
    and ``burst_week``: what one was credited with in a day, in seven days; ``burst_times``: how
    many times one's own usual week, from half of ``burst_week`` on. ``from_pots``: what pots paid
    in the window for one and the same helping one and the same.
    """

    ring: int = 20 * 60
    pair: int = 60 * 60
    pair_day: int = 8 * 60
    pair_helps: int = 4
    burst_day: int = 12 * 60
    burst_week: int = 40 * 60
    burst_times: int = 6
    from_pots: int = 20 * 60


@dataclass(frozen=True, slots=True)
class Deed:
    """One help between the accounts of two members, whoever paid for it.

    ``number`` is its match's; ``day`` the local day of the help, as an ordinal; ``start`` and
    ``end`` the visit that was agreed, where there was one.
    """

    number: int
    helper: int
    asker: int
    minutes: int
    day: int
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Game:
    """Something to look at. ``why`` is the rule that found it: goes-round, only-each-other,
    many-a-day, long-a-day, at-once, more-than-a-day, more-than-a-week, more-than-before, from-pots.

    ``numbers`` are its helps; ``minutes`` what they come to; ``day`` the (last) day of it.
    """

    kind: GameKind
    why: str
    accounts: tuple[int, ...]
    numbers: frozenset[int]
    minutes: int
    day: int


def games(deeds: Iterable[Deed], watch: Watch) -> tuple[Game, ...]:
    """All that is to be looked at among these helps; they may come in any order.

    Takes time in proportion to their number, but for sorting them.
    """
    rows = sorted(deeds, key=lambda deed: (deed.day, deed.number))
    found = (*_rounds(rows, watch), *_pairs(rows, watch), *_bursts(rows, watch))
    return tuple(sorted(found, key=lambda game: (game.kind, game.accounts, game.day, game.why)))


def from_pots(deed: Deed, paid: int, before: Mapping[int, int], watch: Watch) -> Game | None:
    """A burst of what pots pay, where it comes to more with this help; None: it does not.

    ``paid``: the minutes of it that a pot would pay; ``before``: what pots paid for others that the
    same gave the same, by number. Nobody's floor ends this, so somebody looks.
    """
    minutes = paid + sum(before.values())
    if not watch.from_pots or not paid or minutes <= watch.from_pots:
        return None
    accounts = tuple(sorted((deed.helper, deed.asker)))
    numbers = frozenset({deed.number, *before})
    return Game(GameKind.BURST, "from-pots", accounts, numbers, minutes, deed.day)


# Rings, and two that keep to themselves


@dataclass(frozen=True, slots=True)
class _Flow:
    """Minutes of help: between two, and of each in all."""

    between: Mapping[tuple[int, int], int]
    gave: Mapping[int, int]
    had: Mapping[int, int]


def _flow(rows: Iterable[Deed]) -> _Flow:
    between: dict[tuple[int, int], int] = defaultdict(int)
    gave: dict[int, int] = defaultdict(int)
    had: dict[int, int] = defaultdict(int)
    for deed in rows:
        between[deed.helper, deed.asker] += deed.minutes
        gave[deed.helper] += deed.minutes
        had[deed.asker] += deed.minutes
    return _Flow(between, gave, had)


def _rounds(rows: Sequence[Deed], watch: Watch) -> Iterator[Game]:
    among = _closed(_flow(rows), watch)
    inside: dict[frozenset[int], list[Deed]] = defaultdict(list)
    for deed in rows:
        few = among.get(deed.helper, frozenset())
        if deed.asker in few:
            inside[few].append(deed)
    for few, helps in inside.items():
        if len(few) == 2:
            yield _game(GameKind.RECIPROCAL, "only-each-other", few, helps)
        else:
            yield _game(GameKind.RING, "goes-round", few, helps)


def _closed(flow: _Flow, watch: Watch) -> dict[int, frozenset[int]]:
    """Those few among whom minutes go round, by each of them."""
    found: dict[int, frozenset[int]] = {}
    for strength in STRENGTHS:
        for few in circles(_ties(flow, strength)):
            apart = len(few) <= LARGEST_RING and not found.keys() & few
            if apart and _goes_round(few, flow, watch):
                found |= dict.fromkeys(few, few)
    return found


def _ties(flow: _Flow, strength: int) -> dict[int, list[int]]:
    ties: dict[int, list[int]] = defaultdict(list)
    for (helper, asker), minutes in flow.between.items():
        if minutes * 100 >= strength * max(flow.gave[helper], flow.had[asker]):
            ties[helper].append(asker)
    return ties


def _goes_round(few: frozenset[int], flow: _Flow, watch: Watch) -> bool:
    """Whether so many minutes went round among these, about evenly, and stayed there."""
    least = watch.pair if len(few) == 2 else watch.ring
    gave: dict[int, int] = dict.fromkeys(few, 0)
    had: dict[int, int] = dict.fromkeys(few, 0)
    for helper in few:
        for asker in few:
            minutes = flow.between.get((helper, asker), 0)
            gave[helper] += minutes
            had[asker] += minutes
    inside = sum(gave.values())
    touched = sum(flow.gave.get(one, 0) + flow.had.get(one, 0) for one in few) - inside
    stayed = bool(least) and inside * 100 >= INSIDE_PERCENT * touched
    return stayed and all(_even(gave[one], had[one], least) for one in few)


def _even(one: int, other: int, least: int) -> bool:
    low, high = sorted((one, other))
    return low >= least and low * 100 >= EVEN_PERCENT * high


# Two on one day


def _pairs(rows: Sequence[Deed], watch: Watch) -> Iterator[Game]:
    days: dict[tuple[int, int, int], list[Deed]] = defaultdict(list)
    for deed in rows:
        first, second = sorted((deed.helper, deed.asker))
        days[first, second, deed.day].append(deed)
    for (first, second, _), helps in days.items():
        ways = [sum(deed.helper == one for deed in helps) for one in (first, second)]
        if min(ways) == 0:
            continue
        minutes = sum(deed.minutes for deed in helps)
        for why, found in (
            ("many-a-day", min(ways) >= 2 and _reached(len(helps), watch.pair_helps)),
            ("long-a-day", _reached(minutes - 1, watch.pair_day)),
            ("at-once", bool(watch.pair_day) and _could_not_be(helps)),
        ):
            if found:
                yield _game(GameKind.RECIPROCAL, why, {first, second}, helps)
                break


def _reached(found: int, threshold: int) -> bool:
    return bool(threshold) and found >= threshold


def _could_not_be(helps: Sequence[Deed]) -> bool:
    """Whether the two said of one stretch that each helped the other in it, for longer than it
    was: an agreed time in which both are helped a little is nothing strange."""
    dated = sorted(
        ((deed.start, deed.end, deed) for deed in helps if deed.start and deed.end),
        key=lambda row: (row[0], row[1], row[2].number),
    )
    stretch: list[Deed] = []
    begins = ends = None
    for start, end, deed in dated:
        if begins is None or ends is None or start >= ends:
            stretch, begins, ends = [], start, end
        stretch.append(deed)
        ends = max(ends, end)
        minutes = sum(each.minutes - ROUNDED_MINUTES for each in stretch)
        both = len({each.helper for each in stretch}) == 2
        if both and minutes * 60 > (ends - begins).total_seconds():
            return True
    return False


# One who helps far more


def _bursts(rows: Sequence[Deed], watch: Watch) -> Iterator[Game]:
    by_helper: dict[int, list[Deed]] = defaultdict(list)
    for deed in rows:
        by_helper[deed.helper].append(deed)
    for helps in by_helper.values():
        yield from _bursts_of(helps, watch)


def _bursts_of(helps: Sequence[Deed], watch: Watch) -> Iterator[Game]:
    """Of one helper: for each day the strongest that can be said of it or of its week."""
    week: list[Deed] = []
    begun, before = helps[0].day, 0
    for day, group in groupby(helps, key=lambda deed: deed.day):
        today = list(group)
        before += sum(deed.minutes for deed in week if deed.day <= day - WEEK)
        week = [deed for deed in week if deed.day > day - WEEK] + today
        minutes = sum(deed.minutes for deed in week)
        helper = {today[0].helper}
        if _reached(sum(deed.minutes for deed in today) - 1, watch.burst_day):
            yield _game(GameKind.BURST, "more-than-a-day", helper, today)
        elif _reached(minutes - 1, watch.burst_week):
            yield _game(GameKind.BURST, "more-than-a-week", helper, week)
        elif _far_above(minutes, before, day - WEEK + 1 - begun, watch):
            yield _game(GameKind.BURST, "more-than-before", helper, week)


def _far_above(minutes: int, before: int, days: int, watch: Watch) -> bool:
    """Whether a week is many times one's usual one, and no small one."""
    if not watch.burst_times or not watch.burst_week or days < KNOWN_DAYS:
        return False
    usual = before * WEEK  # of a week, times the days
    return minutes * 2 > watch.burst_week and minutes * days > watch.burst_times * usual


def _game(kind: GameKind, why: str, accounts: Iterable[int], helps: Sequence[Deed]) -> Game:
    return Game(
        kind, why, tuple(sorted(accounts)), frozenset(deed.number for deed in helps),
        sum(deed.minutes for deed in helps), max(deed.day for deed in helps),
    )  # fmt: skip
