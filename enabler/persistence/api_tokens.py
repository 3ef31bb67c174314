"""Keys of members' programs. The keys are never here: only their keyed digests."""

from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.api_tokens import ENDED_KEPT, ApiToken, day_of, minute_of
from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.database import changed
from enabler.persistence.tables.api_tokens import ApiTokenRow

_FRESH = {"populate_existing": True}


class ApiTokens:
    """Rows of keys."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> ApiToken:
        """Keep a new key's row."""
        row = ApiTokenRow(**values)
        self._session.add(row)
        self._session.flush()
        return _token(row)

    def by_hash(self, token_hash: str) -> ApiToken | None:
        """The key of this digest, whether it holds or not."""
        row = self._session.scalar(select(ApiTokenRow).filter_by(token_hash=token_hash))
        return None if row is None else _token(row)

    def by_ref(self, place_id: int, member_id: int, ref: str) -> ApiToken:
        """A member's key by ref. Raises NotFound."""
        mine = select(ApiTokenRow).filter_by(
            place_id=place_id, member_id=member_id, ref=written(ref)
        )
        row = self._session.scalar(mine, execution_options=_FRESH)
        if row is None:
            raise NotFound("token_unknown")
        return _token(row)

    def holding(self, place_id: int, member_id: int, now: datetime) -> list[ApiToken]:
        """A member's keys by which somebody can come in now, the newest first."""
        mine = select(ApiTokenRow).filter_by(place_id=place_id, member_id=member_id)
        good = mine.where(ApiTokenRow.ended_at.is_(None), ApiTokenRow.expires_at > now)
        return [_token(row) for row in self._session.scalars(good.order_by(ApiTokenRow.id.desc()))]

    def count_call(self, token_id: int, now: datetime) -> int:
        """Count a call of this minute, and that the key was used this day; the calls so far."""
        minute = minute_of(now)
        counted = case((ApiTokenRow.minute == minute, ApiTokenRow.calls + 1), else_=1)
        statement = (
            update(ApiTokenRow)
            .where(ApiTokenRow.id == token_id)
            .values(minute=minute, calls=counted, last_used_on=day_of(now))
            .returning(ApiTokenRow.calls)
        )
        return int(self._session.execute(statement).scalar_one())

    def end(self, token_id: int, now: datetime) -> bool:
        """The key opens nothing from now on; whether it did until now."""
        return bool(self._end(now, ApiTokenRow.id == token_id))

    def end_all_of(self, member_id: int, now: datetime) -> int:
        """Every key of a member opens nothing from now on; how many did."""
        return self._end(now, ApiTokenRow.member_id == member_id)

    def _end(self, now: datetime, condition: Any) -> int:
        ending = update(ApiTokenRow).where(condition, ApiTokenRow.ended_at.is_(None))
        return changed(self._session.execute(ending.values(ended_at=now)))

    def forget_old(self, now: datetime) -> int:
        """Drop keys that opened nothing any more long ago; how many."""
        since = now - ENDED_KEPT
        over = or_(ApiTokenRow.ended_at < since, ApiTokenRow.expires_at < since)
        return changed(self._session.execute(delete(ApiTokenRow).where(over)))


def _token(row: ApiTokenRow) -> ApiToken:
    return ApiToken(
        id=row.id, place_id=row.place_id, member_id=row.member_id, ref=row.ref, name=row.name,
        scope=row.scope, made_at=row.made_at, last_used_on=row.last_used_on,
        expires_at=row.expires_at, ended_at=row.ended_at, minute=row.minute, calls=row.calls,
    )  # fmt: skip
