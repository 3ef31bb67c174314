"""Reasons to look at things, prints of texts, from where accounts were made."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.signals import Finding, Posts, Signal
from enabler.domain.vocabulary import NeedState, OfferState
from enabler.persistence.among import among
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.series import SeriesOccurrenceRow
from enabler.persistence.tables.signals import SignalRow, SignUpTraceRow, TextPrintRow

_STANDS = SignalRow.ended_at.is_(None)
_NEEDS = (NeedState.OPEN, NeedState.FILLED, NeedState.ARRANGED, NeedState.DONE)
_OFFERS = (OfferState.OPEN, OfferState.PAUSED)
Copies = Mapping[tuple[str, int], tuple[int, frozenset[int]]]
"""Of each thing that shares some of a print: whose it is, and its whole print."""


class Signals:
    """Signals of one place. Those that ended are kept with the case and shown to nobody."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(
        self, place_id: int, kind: str, ids: Collection[int]
    ) -> Mapping[int, tuple[Signal, ...]]:
        """What stands of these things (need, offer, organisation, match, message, member), those
        that hold first, then in the order of their codes. Things without any are left out."""
        found = self.beside(place_id, {kind: ids})
        return {about_id: signals for (_, about_id), signals in found.items()}

    def beside(
        self, place_id: int, things: Mapping[str, Collection[int]]
    ) -> Mapping[tuple[str, int], tuple[Signal, ...]]:
        """The same of things of several kinds, by kind and id, in one statement."""
        asked = [
            and_(SignalRow.kind == kind, among(SignalRow.about_id, ids))
            for kind, ids in things.items() if ids
        ]  # fmt: skip
        if not asked:
            return {}
        query = (
            select(SignalRow)
            .where(SignalRow.place_id == place_id, _STANDS, or_(*asked))
            .order_by(SignalRow.holds.desc(), SignalRow.code, SignalRow.id)
        )
        found: dict[tuple[str, int], tuple[Signal, ...]] = {}
        for row in self._session.scalars(query):
            of = row.kind, row.about_id
            found[of] = (*found.get(of, ()), Signal(row.code, dict(row.facts), row.at))
        return found

    def holding(self, place_id: int, kind: str, about_id: int) -> frozenset[str]:
        """The codes of those that hold a thing and that nobody looked at yet."""
        query = select(SignalRow.code).where(
            SignalRow.place_id == place_id, SignalRow.kind == kind, SignalRow.about_id == about_id,
            SignalRow.holds, SignalRow.looked_at.is_(None), _STANDS,
        )  # fmt: skip
        return frozenset(self._session.scalars(query))

    def replace(
        self, place_id: int, kind: str, about_id: int, found: Iterable[Finding], *,
        holding: Collection[Finding], member_id: int | None, now: datetime,
    ) -> None:  # fmt: skip
        """What is found in a thing now stands in place of what was found before."""
        self.end(place_id, kind, about_id, now)
        self.add(place_id, kind, about_id, found, holding=holding, member_id=member_id, now=now)

    def add(
        self, place_id: int, kind: str, about_id: int, found: Iterable[Finding], *,
        holding: Collection[Finding], member_id: int | None, now: datetime,
    ) -> None:  # fmt: skip
        """What is found in a thing stands beside what was found before."""
        rows = [
            {
                "place_id": place_id, "kind": kind, "about_id": about_id, "member_id": member_id,
                "code": one.code, "facts": dict(one.facts), "holds": one in holding, "at": now,
            }
            for one in found
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(SignalRow), rows)

    def end(self, place_id: int, kind: str, about_id: int, now: datetime) -> None:
        """What was found in a thing stands no more."""
        self._session.execute(
            update(SignalRow)
            .where(SignalRow.place_id == place_id, SignalRow.kind == kind)
            .where(SignalRow.about_id == about_id, _STANDS)
            .values(ended_at=now)
        )

    def let_through(self, place_id: int, kind: str, about_id: int, now: datetime) -> None:
        """A person looked at what holds a thing."""
        self._session.execute(
            update(SignalRow)
            .where(SignalRow.place_id == place_id, SignalRow.kind == kind)
            .where(SignalRow.about_id == about_id, SignalRow.looked_at.is_(None), SignalRow.holds)
            .values(looked_at=now)
        )

    def were_let_through(self, member_id: int, kind: str, words: str, since: datetime) -> bool:
        """Whether a person let the very same words of this member through before."""
        row: Any = NeedRow if kind == "need" else OfferRow
        whose = NeedRow.asker_id if kind == "need" else OfferRow.posted_by
        never = (NeedState.HELD, NeedState.REFUSED) if kind == "need" else (
            OfferState.HELD, OfferState.REFUSED,
        )  # fmt: skip
        query = (
            select(SignalRow.id)
            .join(row, row.id == SignalRow.about_id)
            .where(SignalRow.kind == kind, SignalRow.looked_at >= since, SignalRow.holds)
            .where(whose == member_id, row.words == words, row.state.not_in(never))
        )
        return self._session.scalar(query.limit(1)) is not None

    def posts(self, member_id: int, day: datetime, week: datetime) -> Posts:
        """How many needs and offers a member posted since these moments; days of a series count
        for nothing, since it makes them by itself."""
        made = select(SeriesOccurrenceRow.need_id).where(SeriesOccurrenceRow.need_id.is_not(None))
        needs = select(NeedRow.posted_at).where(
            NeedRow.asker_id == member_id, NeedRow.posted_at >= week, NeedRow.id.not_in(made)
        )
        offers = select(OfferRow.posted_at).where(
            OfferRow.posted_by == member_id, OfferRow.posted_at >= week
        )
        times = [*self._session.scalars(needs), *self._session.scalars(offers)]
        joined = self._session.scalar(select(MemberRow.created_at).filter_by(id=member_id))
        return Posts(sum(time >= day for time in times), len(times), joined)

    def keep_print(
        self, place_id: int, kind: str, about_id: int, member_id: int, numbers: Iterable[int],
        now: datetime,
    ) -> None:  # fmt: skip
        """The print of a text, in place of the one before."""
        of = {"kind": kind, "about_id": about_id}
        self._session.execute(delete(TextPrintRow).filter_by(**of))
        rows = [
            {"place_id": place_id, "member_id": member_id, "print": one, "at": now, **of}
            for one in numbers
        ]
        if rows:
            self._session.execute(insert(TextPrintRow), rows)

    def sharing(
        self, place_id: int, numbers: Collection[int], since: datetime,
        without: tuple[str, int] | None = None,
    ) -> Copies:  # fmt: skip
        """What shares at least half of a print, the oldest first; ``without`` this thing."""
        row = TextPrintRow
        query = (
            select(row.kind, row.about_id, func.min(row.at).label("first"))
            .where(row.place_id == place_id, row.print.in_(sorted(numbers)), row.at >= since)
            .group_by(row.kind, row.about_id)
            .having(func.count() * 2 >= len(numbers))
            .order_by("first", row.kind, row.about_id)
            .limit(20)
        )
        near = [(one.kind, one.about_id) for one in self._session.execute(query)]
        return {one: self._print_of(*one) for one in near if one != without}

    def _print_of(self, kind: str, about_id: int) -> tuple[int, frozenset[int]]:
        query = select(TextPrintRow.member_id, TextPrintRow.print).filter_by(
            kind=kind, about_id=about_id
        )
        found = self._session.execute(query).all()
        return found[0].member_id, frozenset(one.print for one in found)

    def keep_trace(
        self, place_id: int, member_id: int, *, browser_hash: str | None,
        network_hash: str | None, now: datetime,
    ) -> None:  # fmt: skip
        """From where an account was made."""
        self._session.add(SignUpTraceRow(
            place_id=place_id, member_id=member_id, browser_hash=browser_hash,
            network_hash=network_hash, at=now,
        ))  # fmt: skip
        self._session.flush()

    def accounts_beside(self, member_id: int, since: datetime) -> tuple[int, int]:
        """How many accounts were made since then from this member's browser, and from their
        network, theirs among them."""
        row = SignUpTraceRow
        mine = self._session.get(row, member_id)
        if mine is None or mine.at < since:
            return 0, 0
        query = select(row.browser_hash, row.network_hash).where(
            row.place_id == mine.place_id, row.at >= since,
            or_(row.browser_hash == mine.browser_hash, row.network_hash == mine.network_hash),
        )  # fmt: skip
        found = self._session.execute(query).all()
        return (
            sum(one.browser_hash is not None and one.browser_hash == mine.browser_hash
                for one in found),
            sum(one.network_hash is not None and one.network_hash == mine.network_hash
                for one in found),
        )  # fmt: skip

    def open_though_held(self) -> int:
        """Law 6: needs and offers in the market that a signal holds and nobody has looked at."""
        count = 0
        for kind, row, states in (("need", NeedRow, _NEEDS), ("offer", OfferRow, _OFFERS)):
            held = exists().where(
                SignalRow.kind == kind, SignalRow.about_id == row.id, SignalRow.holds,
                SignalRow.place_id == row.place_id, SignalRow.looked_at.is_(None), _STANDS,
            )  # fmt: skip
            query = select(func.count()).select_from(row).where(row.state.in_(states), held)
            count += self._session.scalar(query) or 0
        return count
