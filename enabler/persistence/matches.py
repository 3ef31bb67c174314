"""Needs with offers: asked, answered, done; and how often an offer has been taken."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, true, union, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.lifecycle import LIVE_MATCHES
from enabler.domain.matches import Match, Reason
from enabler.domain.refs import written
from enabler.domain.vocabulary import MatchState
from enabler.domain.windows import Window
from enabler.persistence.among import among, among_given
from enabler.persistence.chunks import chunked
from enabler.persistence.database import columns_of
from enabler.persistence.match_rows import match_of
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow

_MATCH, _OFFER = columns_of(MatchRow), columns_of(OfferRow)
_WITH_ORGANISATION = (
    select(*_MATCH, _OFFER.organisation_id)
    .join_from(MatchRow.__table__, OfferRow.__table__, _OFFER.id == _MATCH.offer_id)
    .order_by(_MATCH.id)
)
_OF_HELPER = _WITH_ORGANISATION.where(
    or_(
        _MATCH.helper_id == bindparam("member"),
        _OFFER.organisation_id.in_(bindparam("organisations", expanding=True)),
    )
)
_COUNTS = (
    select(_MATCH.need_id, _MATCH.state, func.count())
    .where(among_given(_MATCH.need_id, "ids"))
    .group_by(_MATCH.need_id, _MATCH.state)
)
_OWN = NeedRow.organisation_id.is_(None)  # a member's, and no organisation's


class Matches:
    """The rows of matches. Lock the need before changing one of its matches."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known_counts: dict[int, dict[MatchState, int]] = {}
        self._known_of_offers: dict[int, dict[MatchState, int]] = {}
        self._known_asks: dict[int, list[Match]] = {}

    def add(self, *, reasons: Iterable[Reason], **values: Any) -> Match:
        """Keep a new match with the score and the reasons of this moment."""
        row = MatchRow(reasons=_kept(reasons), **values)
        self._session.add(row)
        self._session.flush()
        return self.by_id(row.id)

    def add_many(self, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Keep new matches, as ``add`` keeps one, in one statement; their ids in order."""
        if not rows:
            return []
        kept = [{**row, "reasons": _kept(row["reasons"])} for row in rows]
        table = MatchRow.__table__
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)  # type: ignore[arg-type]
        return list(self._session.scalars(statement, kept))

    def by_id(self, match_id: int) -> Match:
        """A match as it is now. Raises NotFound."""
        return self._one(MatchRow.id == match_id)

    def by_ref(self, place_id: int | None, ref: str) -> Match:
        """A match by ref, whose need or whose offer is of this place (any, for None).

        Raises NotFound.
        """
        here = or_(MatchRow.place_id == place_id, OfferRow.place_id == place_id)
        here = true() if place_id is None else here
        return self._one(here, MatchRow.ref == written(ref))

    def change(self, match_id: int, **values: Any) -> Match:
        """Write columns of a match; the match as it is then."""
        self._session.execute(update(MatchRow).where(MatchRow.id == match_id).values(**values))
        return self.by_id(match_id)

    def of_need(self, need_id: int, *states: MatchState) -> list[Match]:
        """The matches of a need, in these states (any, if none), by id."""
        if states == (MatchState.ASKED,) and need_id in self._known_asks:
            return self._known_asks[need_id]
        return self._all(MatchRow.need_id == need_id, _in(states))

    def of_needs(self, need_ids: Iterable[int], *states: MatchState) -> list[Match]:
        """The matches of many needs, in these states (any, if none), by id."""
        return self._all(among(MatchRow.need_id, need_ids), _in(states))

    def of_offer(self, offer_id: int, *states: MatchState) -> list[Match]:
        """The matches of an offer, in these states (any, if none), by id."""
        return self._all(MatchRow.offer_id == offer_id, _in(states))

    def of_organisation(
        self, organisation_id: int, *states: MatchState, helper_id: int | None = None
    ) -> list[Match]:
        """The matches of what an organisation gives, in these states; of one helper, if given."""
        theirs = OfferRow.organisation_id == organisation_id
        whose = true() if helper_id is None else MatchRow.helper_id == helper_id
        return self._all(theirs, whose, _in(states))

    def of_helper(self, member_id: int, organisation_ids: Iterable[int]) -> list[Match]:
        """What a member, or an organisation they act for, was asked and said; the newest first."""
        mine = {"member": member_id, "organisations": sorted(organisation_ids)}
        return [match_of(row) for row in self._session.execute(_OF_HELPER, mine)][::-1]

    def of_asker(self, member_id: int, *states: MatchState) -> list[Match]:
        """The matches of a member's needs in these states (any, if none); the newest first."""
        needs = select(NeedRow.id).where(NeedRow.asker_id == member_id, _OWN)
        return self._all(MatchRow.need_id.in_(needs), _in(states))[::-1]

    def part_of_member(
        self, member_id: int, *, acting: Iterable[int], leading: Iterable[int],
        of_helper: Collection[MatchState], of_asker: Collection[MatchState], before: int | None,
        limit: int,
    ) -> list[Match]:  # fmt: skip
        """So many of a member's matches, the newest first: as helper (of an organisation, while
        they act for it) or of an organisation that they lead in these states or answered, as asker
        those in these states that were answered."""
        answered = MatchRow.answered_at.is_not(None)
        told = answered | MatchRow.state.in_(of_helper)
        by_offer = select(MatchRow.id).join(OfferRow, OfferRow.id == MatchRow.offer_id)
        theirs = OfferRow.organisation_id
        may_go = theirs.is_(None) | theirs.in_(sorted(acting))
        mine = [by_offer.where(MatchRow.helper_id == member_id, told, may_go)]
        mine += [by_offer.where(theirs == each, told) for each in sorted(leading)]
        by_need = select(MatchRow.id).join(NeedRow, NeedRow.id == MatchRow.need_id)
        shown = answered & MatchRow.state.in_(of_asker)
        mine.append(by_need.where(NeedRow.asker_id == member_id, _OWN, shown))
        ids = union(*mine).subquery()
        query = select(ids.c.id).order_by(ids.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(ids.c.id < before)
        return self._all(MatchRow.id.in_(query))[::-1]

    def taken(self, offer_ids: Iterable[int], week: Window) -> dict[int, int]:
        """How often each offer's giver said yes in this week and stands by it (law 3)."""
        found: dict[int, int] = {}
        for part in chunked(offer_ids):
            query = (
                select(MatchRow.offer_id, func.count())
                .where(MatchRow.offer_id.in_(part), MatchRow.state.in_(LIVE_MATCHES))
                .where(MatchRow.answered_at >= week.start, MatchRow.answered_at < week.end)
                .group_by(MatchRow.offer_id)
            )
            found |= {row[0]: row[1] for row in self._session.execute(query)}
        return found

    def by_day(
        self, offer_ids: Iterable[int], since: date, *, waiting_at: datetime | None = None,
        besides: int | None = None,
    ) -> dict[int, Counter[date]]:  # fmt: skip
        """How many of each offer's matches are on which local day from then on (law 3).

        With ``waiting_at`` also asks that wait at that moment; without the match ``besides``.
        """
        counts: ColumnElement[bool] = MatchRow.state.in_(LIVE_MATCHES)
        if waiting_at is not None:
            waits = (MatchRow.state == MatchState.ASKED) & (MatchRow.answer_by > waiting_at)
            counts = or_(counts, waits)
        found: dict[int, Counter[date]] = {}
        for part in chunked(offer_ids):
            query = (
                select(MatchRow.offer_id, MatchRow.on_day, func.count())
                .where(MatchRow.offer_id.in_(part), counts, MatchRow.on_day >= since)
                .where(true() if besides is None else MatchRow.id != besides)
                .group_by(MatchRow.offer_id, MatchRow.on_day)
            )
            for offer_id, day, count in self._session.execute(query):
                if day is not None:
                    found.setdefault(offer_id, Counter())[day] = count
        return found

    def waiting(self, column: Any, ids: Iterable[int], now: datetime) -> dict[int, int]:
        """How many asks wait for an answer, by need or by offer (``NEED`` or ``OFFER``)."""
        found: dict[int, int] = {}
        for part in chunked(ids):
            query = (
                select(column, func.count())
                .where(column.in_(part), MatchRow.state == MatchState.ASKED)
                .where(MatchRow.answer_by > now)
                .group_by(column)
            )
            found |= {row[0]: row[1] for row in self._session.execute(query)}
        return found

    def counts(self, need_ids: Iterable[int]) -> dict[int, dict[MatchState, int]]:
        """How many matches of each need are in each state."""
        need_ids = list(need_ids)
        if need_ids and self._known_counts.keys() >= set(need_ids):
            return {each: self._known_counts[each] for each in need_ids}
        found: dict[int, dict[MatchState, int]] = {}
        rows = self._session.execute(_COUNTS, {"ids": need_ids}) if need_ids else ()
        for need_id, state, count in rows:
            found.setdefault(need_id, {})[state] = count
        return found

    def know_of_needs(self, need_ids: Iterable[int], asked: Iterable[int]) -> None:
        """Count the matches of many needs, and read the asks of those ``asked``, at once for a
        list: in this transaction they are not asked for again."""
        ids, asked = list(need_ids), list(asked)
        found = self.counts(ids)
        self._known_counts |= {each: found.get(each, {}) for each in ids}
        self._known_asks |= {each: [] for each in asked}
        for match in self.of_needs(asked, MatchState.ASKED) if asked else ():
            self._known_asks[match.need_id].append(match)

    def counts_of_offer(self, offer_id: int) -> dict[MatchState, int]:
        """How many matches of an offer are in each state."""
        known = self._known_of_offers.get(offer_id)
        return self._counts_of_offers([offer_id]).get(offer_id, {}) if known is None else known

    def know_of_offers(self, offer_ids: Iterable[int]) -> None:
        """Count the matches of many offers, for a list: in this transaction they are not counted
        again."""
        ids = list(offer_ids)
        found = self._counts_of_offers(ids) if ids else {}
        self._known_of_offers |= {each: found.get(each, {}) for each in ids}

    def _counts_of_offers(self, offer_ids: Iterable[int]) -> dict[int, dict[MatchState, int]]:
        query = (
            select(MatchRow.offer_id, MatchRow.state, func.count())
            .where(among(MatchRow.offer_id, offer_ids))
            .group_by(MatchRow.offer_id, MatchRow.state)
        )
        found: dict[int, dict[MatchState, int]] = {}
        for offer_id, state, count in self._session.execute(query):
            found.setdefault(offer_id, {})[state] = count
        return found

    def givers_before(self, need_ids: Iterable[int]) -> dict[int, frozenset[int | str]]:
        """Whoever has a match with each need, whatever came of it: members' ids, organisations'
        keys."""
        found: dict[int, set[int | str]] = {}
        for part in chunked(need_ids):
            query = (
                select(MatchRow.need_id, OfferRow.member_id, OfferRow.organisation_id)
                .join(OfferRow, OfferRow.id == MatchRow.offer_id)
                .where(MatchRow.need_id.in_(part))
            )
            for need_id, member_id, organisation_id in self._session.execute(query):
                who = organisation_key(organisation_id) if organisation_id else member_id or 0
                found.setdefault(need_id, set()).add(who)
        return {need_id: frozenset(givers) for need_id, givers in found.items()}

    def claim_lapsing(self, now: datetime, limit: int) -> list[int]:
        """Needs with asks whose time to answer is over, held in the order of their ids, which these
        are; others skip them."""
        over = (MatchRow.state == MatchState.ASKED) & (MatchRow.answer_by <= now)
        lapsing = select(MatchRow.need_id).where(over)
        query = select(NeedRow.id).where(NeedRow.id.in_(lapsing)).order_by(NeedRow.id).limit(limit)
        return list(self._session.scalars(query.with_for_update(skip_locked=True, key_share=True)))

    def unconfirmed(self, done_before: datetime, place_id: int) -> list[int]:
        """Ids of matches of a place said to be done before this moment and not yet confirmed."""
        query = (
            select(MatchRow.id)
            .where(MatchRow.place_id == place_id, MatchRow.state == MatchState.DONE)
            .where(MatchRow.done_at <= done_before)
            .order_by(MatchRow.done_at, MatchRow.id)
        )
        return list(self._session.scalars(query))

    def _one(self, *conditions: ColumnElement[bool]) -> Match:
        found = self._all(*conditions)
        if not found:
            raise NotFound("match_unknown")
        return found[0]

    def _all(self, *conditions: ColumnElement[bool]) -> list[Match]:
        found = self._session.execute(_WITH_ORGANISATION.where(*conditions))
        return [match_of(row) for row in found]


def organisation_key(organisation_id: int) -> str:
    """How the engine knows an organisation: members are whole numbers there."""
    return f"organisation-{organisation_id}"


NEED, OFFER = MatchRow.need_id, MatchRow.offer_id


def _kept(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [{"factor": reason.factor, "points": reason.points} for reason in reasons]


def _in(states: tuple[MatchState, ...]) -> ColumnElement[bool]:
    return MatchRow.state.in_(states) if states else true()
