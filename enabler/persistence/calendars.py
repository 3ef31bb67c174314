"""Calendar feeds, and the visits that stand in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from enabler.persistence.tables.calendars import CalendarFeedRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is on: whose it is, and the nonce that its token follows from."""

    member_id: int
    place_id: int
    nonce: str


class Calendars:
    """The rows of feeds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_member(self, member_id: int) -> Feed | None:
        """A member's feed, while it is on."""
        return self._one(CalendarFeedRow.member_id == member_id)

    def by_hash(self, token_hash: str) -> Feed | None:
        """The feed of a token, by its digest."""
        return self._one(CalendarFeedRow.token_hash == token_hash)

    def keep(self, feed: Feed, token_hash: str, now: datetime) -> None:
        """Let this be the member's feed in place of the one before."""
        self.drop(feed.member_id)
        self._session.add(CalendarFeedRow(
            member_id=feed.member_id, place_id=feed.place_id, nonce=feed.nonce,
            token_hash=token_hash, made_at=now,
        ))  # fmt: skip
        self._session.flush()

    def drop(self, member_id: int) -> None:
        """Switch a member's feed off."""
        whose = CalendarFeedRow.member_id == member_id
        self._session.execute(delete(CalendarFeedRow).where(whose))

    def visits(
        self, member_id: int, since: datetime, *, acting: Collection[int], leading: Collection[int]
    ) -> list[int]:
        """Matches of a member with a visit that ends after a moment, by time: on either side of
        their own, going for an organisation they are ``acting`` for, asked for by one that they
        are ``leading``."""
        row, given = MatchRow, OfferRow.organisation_id
        goes = (row.helper_id == member_id) & (given.is_(None) | given.in_(sorted(acting)))
        theirs = NeedRow.organisation_id
        own = (NeedRow.asker_id == member_id) & theirs.is_(None)
        query = (
            select(row.id)
            .join(NeedRow, NeedRow.id == row.need_id)
            .join(OfferRow, OfferRow.id == row.offer_id)
            .where(or_(goes, own, theirs.in_(sorted(leading))), row.visit_end > since)
        )
        found = query.order_by(row.visit_start, row.id)
        return list(self._session.scalars(found))

    def _one(self, condition: object) -> Feed | None:
        row = self._session.scalar(select(CalendarFeedRow).where(condition))  # type: ignore[arg-type]
        return None if row is None else Feed(row.member_id, row.place_id, row.nonce)
