"""Asks as columns: what is known when somebody is asked, and what became of those who were.

No name, nothing of circumstances, language or address: a pair is a kind of help, a distance of
cells, an hour and whether the two know each other.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import IntEnum
from functools import cached_property

import numpy as np

from enabler.matching.arrays import Flags, Floats, Ints, Names

ANY_TIME = -1
"""The part of the day of a need that leaves the time open."""

MORNING, NOON, EVENING, NIGHT = 6, 12, 17, 22
"""The hours at which the parts of a day begin, on the place's clocks."""

DAYPARTS = 8
"""Night, morning, afternoon, evening of a working day (0..3) and of a weekend (4..7)."""

SATURDAY = 5


def daypart_of(local: datetime | None) -> int:
    """The part of the day, 0..7, of a moment on the place's own clocks; None: any time."""
    if local is None:
        return ANY_TIME
    part = sum(local.hour >= begins for begins in (MORNING, NOON, EVENING)) % 4
    if local.hour >= NIGHT:
        part = 0
    return part + (4 if local.weekday() >= SATURDAY else 0)


class Outcome(IntEnum):
    """What became of an ask.

    *yes*: ever said, also as a reserve or taken back later. *no*: said so. *silent*: no word up to
    the end of the ask's own time, which is taken as a yes that never comes. *cut short*: it ended
    for another reason (filled, withdrawn, …) or is still out; until then there was no word, and
    nothing else is known.
    """

    NO = 0
    YES = 1
    CUT_SHORT = 2
    SILENT = 3


@dataclass(frozen=True)
class PairColumns:
    """One row per pair. ``metres``, ``reach``: between cells, and how far this giver goes;
    ``daypart``: of when help is needed, or :data:`ANY_TIME`; ``hours_until``: until then from the
    ask, NaN for any time; ``helped``: how often this giver has helped this asker.
    """

    category: Names
    metres: Ints
    reach: Ints
    daypart: Ints
    hours_until: Floats
    helped: Ints

    @cached_property
    def kinds(self) -> tuple[list[str], Ints]:
        """The categories that occur, in order, and which of them each row has."""
        names, which = np.unique(self.category, return_inverse=True)
        return [str(name) for name in names], which

    def at(self, rows: Ints) -> "PairColumns":
        """Some of the rows, in this order."""
        return replace(self, **{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def __len__(self) -> int:
        return len(self.category)


@dataclass(frozen=True)
class GiverColumns:
    """What a giver's earlier asks say at the moment of an ask: :func:`.own_rates.givers_before`.

    ``yes``, ``asks``: halved every sixty days, ``yes <= asks``; ``days_since_yes``,
    ``days_since_ask``: NaN where there never was one.
    """

    yes: Floats
    asks: Floats
    days_since_yes: Floats
    days_since_ask: Floats


@dataclass(frozen=True)
class AskColumns:
    """Asks that could be made: the pairs, and their givers as known now, row by row."""

    pairs: PairColumns
    givers: GiverColumns

    def __len__(self) -> int:
        return len(self.pairs)


@dataclass(frozen=True)
class AskedColumns:
    """Asks that reached somebody, one row each.

    ``giver``: any number that stands for the member or the organisation; ``asked_at``,
    ``settled_at``: seconds since 1970 when it reached them and when its outcome was known (for
    asks still out: now); ``minutes``: between the two without quiet hours; ``outcome``: of
    :class:`Outcome`. Asks that were never delivered are in no row: they are no answer.
    """

    pairs: PairColumns
    giver: Ints
    asked_at: Ints
    settled_at: Ints
    minutes: Floats
    outcome: Ints

    @property
    def yes(self) -> Flags:
        """Which asks were answered with yes."""
        return np.equal(self.outcome, Outcome.YES)

    @property
    def no(self) -> Flags:
        """Which were answered with no."""
        return np.equal(self.outcome, Outcome.NO)

    @property
    def silent(self) -> Flags:
        """Which had no answer in all their time."""
        return np.equal(self.outcome, Outcome.SILENT)

    def at(self, rows: Ints) -> "AskedColumns":
        """Some of the rows, in this order."""
        columns = {each.name: getattr(self, each.name) for each in fields(self)}
        pairs = columns.pop("pairs").at(rows)
        return AskedColumns(pairs, **{name: column[rows] for name, column in columns.items()})

    def in_order(self) -> "AskedColumns":
        """The same rows in the one order that their own values give, so that sums of them are the
        same to the last bit however they came."""
        pairs = self.pairs
        keys = (
            pairs.helped, np.nan_to_num(pairs.hours_until, nan=-1.0), pairs.daypart, pairs.reach,
            pairs.metres, pairs.kinds[1], self.outcome,
            self.minutes, self.settled_at, self.giver, self.asked_at,
        )  # fmt: skip
        return self.at(np.lexsort(keys))

    def __len__(self) -> int:
        return len(self.giver)
