"""A place's hours in figures: given and received, of what kind, where, and among how many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Helped:
    """Minutes of help that one gave and another received, whoever paid; below zero: undone.

    ``category`` and the wards are slugs and codes; None where it is not known. ``helper`` and
    ``asker`` only keep people apart.
    """

    minutes: int
    helper: int
    asker: int
    category: str | None = None
    helper_ward: str | None = None
    asker_ward: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Minutes of one kind or ward, with how many different people they are of.

    Whoever shows it to others than staff leaves out what too few people make.
    """

    minutes: int
    people: int


@dataclass(frozen=True, slots=True)
class Circulation:
    """What moved in a period. Shares of a thousand: ``gini`` (0: all gave alike) and ``turnover``
    (how often the minutes that lie in accounts changed hands; None: none lie there)."""

    minutes: int
    helpers: int
    askers: int
    both: int
    by_category: Mapping[str | None, Share]
    given_by_ward: Mapping[str | None, Share]
    received_by_ward: Mapping[str | None, Share]
    gini: int
    outstanding: int
    turnover: int | None


def circulation(
    helped: Iterable[Helped], *, balances: Iterable[int] = (), members: int = 0
) -> Circulation:
    """The figures of a period. ``balances``: of all accounts at its end, ``members``: how many
    could have given, those who gave nothing included; it is never fewer than those who gave."""
    rows = list(helped)
    given = _totals((row.helper, row.minutes) for row in rows)
    received = _totals((row.asker, row.minutes) for row in rows)
    total = sum(row.minutes for row in rows)
    outstanding = sum(balance for balance in balances if balance > 0)
    amounts = [minutes for minutes in given.values() if minutes > 0]
    return Circulation(
        minutes=total,
        helpers=len(amounts),
        askers=sum(minutes > 0 for minutes in received.values()),
        both=sum(minutes > 0 and received.get(who, 0) > 0 for who, minutes in given.items()),
        by_category=_shares((row.category, row.helper, row.minutes) for row in rows),
        given_by_ward=_shares((row.helper_ward, row.helper, row.minutes) for row in rows),
        received_by_ward=_shares((row.asker_ward, row.asker, row.minutes) for row in rows),
        gini=gini(amounts + [0] * max(0, members - len(amounts))),
        outstanding=outstanding,
        turnover=_thousandths(total, outstanding) if outstanding else None,
    )


def gini(amounts: Iterable[int]) -> int:
    """How concentrated amounts of zero or more are, in thousandths: 0 is alike, 1000 is all in
    one of very many. Exact but for the last rounding; nothing at all is alike."""
    ordered = sorted(amounts)
    count, total = len(ordered), sum(ordered)
    if total == 0:
        return 0
    weighted = sum(place * amount for place, amount in enumerate(ordered, start=1))
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
