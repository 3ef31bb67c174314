"""What is known of open offers and of who gives them, a query for each kind of fact.

Everything here is asked of many offers at once and comes as columns. *Which* offers, is a part of
the query: a list of ids, or a query that finds them. Nothing here is a name, a number or an
address.
"""

import json
from collections.abc import ItemsView, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Text, case, cast, func, or_, select

from enabler.domain.checks import held
from enabler.domain.lifecycle import LIVE_MATCHES
from enabler.domain.vocabulary import MatchState
from enabler.persistence.among import among
from enabler.persistence.columns import Column, Columns, Query, Read
from enabler.persistence.credentials import is_valid
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.hours import AccountOwnerRow
from enabler.persistence.tables.ledger import AccountRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferAwayRow, OfferCategoryRow, OfferWeeklyRow

RECENT = timedelta(days=28)
REMEMBERED = timedelta(days=180)
PRIOR_YES, PRIOR_ASKS = 3, 10
"""A helper of whom little is known is taken to say yes three times in ten: the mean of a Beta
prior of ten asks, which their own answers outweigh in time."""

NO_ANSWER = "no_answer"
"""Why an ask ended whose time to answer went by."""

Which = Sequence[int] | Query
"""Ids, or a query that finds them."""

_SAID_YES = LIVE_MATCHES | {MatchState.RELEASED}
_CUT_SHORT = (MatchState.LAPSED, MatchState.WITHDRAWN)
_HELPED = (MatchState.DONE, MatchState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Load:
    """How often a member was asked and helped of late, and how likely a yes is (0..1).

    A yes is whatever was ever said, also too late or given back afterwards. A no is a no, and an
    ask whose time to answer went by. An ask that was cut short, as somebody else was found or the
    need was taken back, says nothing of whom it went to, nor does one that is still out.
    """

    asked_today: int = 0
    asked_this_week: int = 0
    recent_asks: int = 0
    recent_helps: int = 0
    acceptance: float | None = None


def categories(read: Read, offers: Which) -> dict[int, frozenset[str]]:
    """The kinds of help of each offer."""
    row = OfferCategoryRow
    query = select(row.offer_id, row.category)
    return {offer: frozenset(kinds) for offer, kinds in _lists(read, query, row.offer_id, offers)}


def hours(read: Read, offers: Which) -> dict[int, tuple[tuple[int, int, int], ...]]:
    """When in the week each offer holds: (weekday, start minute, end minute), in order."""
    row = OfferWeeklyRow
    query = select(row.offer_id, row.weekday, row.start_minute, row.end_minute)
    ordered = query.order_by(row.weekday, row.start_minute)
    return {offer: tuple(week) for offer, week in _lists(read, ordered, row.offer_id, offers)}


def absences(read: Read, offers: Which, now: datetime) -> dict[int, tuple[Any, ...]]:
    """When each offer does not hold, from now on: (start, end), in order."""
    row = OfferAwayRow
    query = select(row.offer_id, row.start_at, row.end_at).where(row.end_at > now)
    ordered = query.order_by(row.start_at)
    return {offer: tuple(gaps) for offer, gaps in _lists(read, ordered, row.offer_id, offers)}


def loads(read: Read, members: Which, now: datetime) -> dict[int, Load]:
    """How much each of the members was asked of late; nobody who never was."""
    return {
        member: Load(
            asked_today=day, asked_this_week=week, recent_asks=recent, recent_helps=helps,
            acceptance=(yes + PRIOR_YES) / (answered + PRIOR_ASKS),
        )
        for member, day, week, recent, helps, yes, answered in _rows(read(_asked(members, now)))
    }  # fmt: skip


def helped(read: Read, members: Which) -> dict[int, dict[int, int]]:
    """Whom each of the members has helped well, and how often."""
    found: dict[int, dict[int, int]] = {}
    query = (
        select(MatchRow.helper_id, NeedRow.asker_id, func.count().label("times"))
        .join(NeedRow, NeedRow.id == MatchRow.need_id)
        .where(MatchRow.state.in_(_HELPED), NeedRow.organisation_id.is_(None))
        .group_by(MatchRow.helper_id, NeedRow.asker_id)
    )
    for helper, asker, times in _rows(read(query.where(_one_of(MatchRow.helper_id, members)))):
        found.setdefault(helper, {})[asker] = times
    return found


def owing(read: Read, members: Which) -> dict[int, int]:
    """The balance, below zero, of those of the members who had more help than they gave."""
    query = (
        select(AccountOwnerRow.member_id, AccountRow.posted)
        .join(AccountRow, AccountRow.id == AccountOwnerRow.account_id)
        .where(AccountRow.posted < 0, _one_of(AccountOwnerRow.member_id, members))
    )
    return dict(_rows(read(query)))


def credentials(read: Read, column: Any, holders: Which, now: datetime) -> dict[int, Any]:
    """The kinds of checks that hold now, with what they cover, by member or by organisation
    (``column`` says which)."""
    query = select(column, CredentialRow.kind).where(is_valid(now))
    return {holder: held(kinds) for holder, kinds in _lists(read, query, column, holders)}


def seasoned(read: Read, members: Which, helps: int) -> frozenset[int]:
    """Those of the members who have helped so many times, as the other side confirmed or let
    stand."""
    query = (
        select(MatchRow.helper_id, func.count().label("times"))
        .where(MatchRow.state == MatchState.CONFIRMED, _one_of(MatchRow.helper_id, members))
        .group_by(MatchRow.helper_id)
        .having(func.count() >= helps)
    )
    return frozenset(member for member, _ in _rows(read(query)))


def taken(read: Read, offers: Which, since: datetime, until: datetime) -> dict[int, int]:
    """How often each offer's giver said yes in this time and stands by it (law 3)."""
    said = (MatchRow.answered_at >= since) & (MatchRow.answered_at < until)
    return _counts(read, MatchRow.state.in_(LIVE_MATCHES) & said, offers)


def waiting(read: Read, offers: Which, now: datetime) -> dict[int, int]:
    """How many asks of each offer wait for an answer."""
    asked = (MatchRow.state == MatchState.ASKED) & (MatchRow.answer_by > now)
    return _counts(read, asked, offers)


@lru_cache(maxsize=4096)
def words_in(*lists: str | None) -> frozenset[str]:
    """The codes in lists that are kept as JSON; an absent list is empty. Few differ."""
    return frozenset(word for text in lists if text for word in json.loads(text))


def as_text(column: Any) -> ColumnElement[str]:
    """A column of JSON as columns are read: see :mod:`enabler.persistence.columns`."""
    return cast(column, Text)


def _asked(members: Which, now: datetime) -> Query:
    def how_many(condition: ColumnElement[bool], label: str) -> Any:
        return cast(func.sum(case((condition, 1), else_=0)), BigInteger).label(label)

    asked = MatchRow.asked_at
    return (
        select(
            MatchRow.helper_id,
            how_many(asked > now - timedelta(days=1), "day"),
            how_many(asked > now - timedelta(days=7), "week"),
            how_many(asked > now - RECENT, "recent"),
            how_many((asked > now - RECENT) & MatchRow.state.in_(_HELPED), "helps"),
            how_many(_said_yes(), "yes"),
            how_many(or_(_said_yes(), _said_no()), "answered"),
        )
        .where(_one_of(MatchRow.helper_id, members), asked > now - REMEMBERED)
        .group_by(MatchRow.helper_id)
    )


def _said_yes() -> ColumnElement[bool]:
    """Of asks that were cut short or came to nothing, only a yes has the moment of an answer: a no
    is a state of its own."""
    answered = MatchRow.answered_at.is_not(None)
    return MatchRow.state.in_(_SAID_YES) | (MatchRow.state.in_(_CUT_SHORT) & answered)


def _said_no() -> ColumnElement[bool]:
    """A lapse without a reason is one of a demo's past, in which somebody did not answer."""
    state, because = MatchRow.state, MatchRow.ended_because
    silent = MatchRow.answered_at.is_(None) & (because.is_(None) | (because == NO_ANSWER))
    return (state == MatchState.DECLINED) | (silent & (state == MatchState.LAPSED))


def _counts(read: Read, condition: ColumnElement[bool], offers: Which) -> dict[int, int]:
    query = select(MatchRow.offer_id, func.count().label("times")).where(condition)
    grouped = query.where(_one_of(MatchRow.offer_id, offers)).group_by(MatchRow.offer_id)
    return dict(_rows(read(grouped)))


def _one_of(column: Any, which: Which) -> ColumnElement[bool]:
    return column.in_(which) if isinstance(which, Select) else among(column, which)


def _lists(read: Read, query: Query, column: Any, which: Which) -> ItemsView[int, list[Any]]:
    """Each id with its rows, in the query's order: values, or tuples where there are several."""
    found: dict[int, list[Any]] = {}
    owner, *rest = _values(read(query.where(_one_of(column, which))))
    values = rest[0] if len(rest) == 1 else zip(*rest, strict=True)
    for one, value in zip(owner, values, strict=True):
        found.setdefault(one, []).append(value)
    return found.items()


def _rows(columns: Columns) -> Iterator[tuple[Any, ...]]:
    return zip(*_values(columns), strict=True)


def _values(columns: Columns) -> list[list[Any]]:
    """Columns as Python's own values; moments are aware, in UTC."""
    return [_own(column) for column in columns.values()]


def _own(column: Column) -> list[Any]:
    if column.dtype.kind != "M":
        return list(column.tolist())
    return [moment.replace(tzinfo=UTC) for moment in column.tolist()]
