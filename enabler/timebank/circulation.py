"""A place's hours in figures: given and received, of what kind, where, and among how many."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Helped:
    """Minutes of help that one gave and another received, whoever paid; below zero: undone.

    ``category`` and the wards are slugs and codes; None where it is not known. ``helper`` and
    ``asker`` only keep people apart. ``month``: its number in the period.
    """

    minutes: int
    helper: int
    asker: int
    category: str | None = None
    helper_ward: str | None = None
    asker_ward: str | None = None
    month: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """Minutes of one kind or ward, with how many different people they are of.

    Whoever shows it to others than staff leaves out what too few people make.
    """

    minutes: int
    people: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What the help of a period adds up to. ``amounts``: how many people gave each number of
    minutes above zero; ``askers``: how many had some, ``both``: how many of them gave some too.
    ``by_month``: by the number of the month in it."""

    amounts: tuple[tuple[int, int], ...]
    askers: int
    both: int
    by_category: Mapping[str | None, Share]
    given_by_ward: Mapping[str | None, Share]
    received_by_ward: Mapping[str | None, Share]
    by_month: Mapping[int, Share]


@dataclass(frozen=True, slots=True)
class Circulation:
    """What moved in a period: its sums, and what follows. Shares of a thousand: ``gini`` (0: all
    gave alike) and ``turnover`` (how often the minutes that lie in accounts changed hands; None:
    none lie there)."""

    sums: Sums
    minutes: int
    helpers: int
    gini: int
    outstanding: int
    turnover: int | None


def sums_of(helped: Iterable[Helped]) -> Sums:
    """What these helps add up to: a database that adds them up itself answers the same."""
    rows = list(helped)
    given = _totals((row.helper, row.minutes) for row in rows)
    received = _totals((row.asker, row.minutes) for row in rows)
    months = _shares((str(row.month), row.helper, row.minutes) for row in rows)
    return Sums(
        amounts=tuple(sorted(Counter(each for each in given.values() if each > 0).items())),
        askers=sum(minutes > 0 for minutes in received.values()),
        both=sum(minutes > 0 and received.get(who, 0) > 0 for who, minutes in given.items()),
        by_category=_shares((row.category, row.helper, row.minutes) for row in rows),
        given_by_ward=_shares((row.helper_ward, row.helper, row.minutes) for row in rows),
        received_by_ward=_shares((row.asker_ward, row.asker, row.minutes) for row in rows),
        by_month={int(name or 0): share for name, share in months.items()},
    )


def circulation(sums: Sums, *, outstanding: int = 0, members: int = 0) -> Circulation:
    """The figures of a period. ``outstanding``: minutes above zero that lie in accounts at its
    end; ``members``: how many could have given, those who gave nothing included; it is never fewer
    than those who gave."""
    total = sum(share.minutes for share in sums.by_category.values())
    helpers = sum(people for _, people in sums.amounts)
    silent = max(0, members - helpers)
    return Circulation(
        sums, minutes=total, helpers=helpers,
        gini=gini_of([(0, silent), *sums.amounts]), outstanding=outstanding,
        turnover=_thousandths(total, outstanding) if outstanding else None,
    )  # fmt: skip


def gini(amounts: Iterable[int]) -> int:
    """How concentrated amounts of zero or more are, in thousandths: 0 is alike, 1000 is all in
    one of very many. Exact but for the last rounding; nothing at all is alike."""
    return gini_of(Counter(amounts).items())


def gini_of(amounts: Iterable[tuple[int, int]]) -> int:
    """The same of amounts with how many have each."""
    count = total = weighted = 0
    for amount, people in sorted(amounts):
        weighted += amount * (people * count + people * (people + 1) // 2)
        count, total = count + people, total + amount * people
    if total == 0:
        return 0
    return _thousandths(2 * weighted - (count + 1) * total, count * total)


def _thousandths(part: int, whole: int) -> int:
    return (2000 * part + whole) // (2 * whole)


def _totals(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    totals: dict[int, int] = defaultdict(int)
    for who, minutes in pairs:
        totals[who] += minutes
    return totals


def _shares(rows: Iterable[tuple[str | None, int, int]]) -> dict[str | None, Share]:
    by_name: dict[str | None, list[tuple[int, int]]] = defaultdict(list)
    for name, who, minutes in rows:
        by_name[name].append((who, minutes))
    shares: dict[str | None, Share] = {}
    for name in sorted(by_name, key=lambda each: (each is None, each or "")):
        totals = _totals(by_name[name])
        people = sum(minutes > 0 for minutes in totals.values())
        shares[name] = Share(sum(totals.values()), people)
    return shares
