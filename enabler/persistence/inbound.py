"""What phones texted: kept once for each of the provider's references, worked in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.prompts import MOST_FAILURES
from enabler.domain.refs import written
from enabler.persistence.database import changed
from enabler.persistence.phones import Phone
from enabler.persistence.tables.texts import InboundTextRow, PhoneRow
from enabler.persistence.types import UtcDateTime


@dataclass(frozen=True, slots=True)
class InboundText:
    """One text as it came; see ``InboundTextRow``."""

    id: int
    place_id: int
    phone_id: int
    member_id: int | None
    provider_ref: str
    body: str
    opt_out: str | None
    sent_at: datetime | None
    received_at: datetime
    answered_at: datetime | None
    failures: int
    ref: str | None
    set_aside_at: datetime | None
    looked_at: datetime | None


class InboundTexts:
    """The rows of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, phone: Phone, *, provider_ref: str, **values: Any) -> bool:
        """Keep a text; False where it was kept before."""
        row = InboundTextRow(
            place_id=phone.place_id, phone_id=phone.id, member_id=phone.member_id,
            number=None if phone.member_id else phone.number, provider_ref=provider_ref, **values,
        )  # fmt: skip
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            if self.by_provider_ref(provider_ref) is None:
                raise
            return False
        return True

    def by_provider_ref(self, provider_ref: str) -> InboundText | None:
        """The text of this reference."""
        return self._one(InboundTextRow.provider_ref == provider_ref)

    def by_id(self, text_id: int) -> InboundText:
        """A text. Raises NotFound."""
        return self._known(InboundTextRow.id == text_id)

    def by_ref(self, place_id: int | None, ref: str) -> InboundText:
        """One that is set aside in this place. Raises NotFound."""
        row = InboundTextRow
        return self._known(and_(row.place_id == place_id, row.ref == written(ref)))

    def oldest(self, phone_id: int) -> InboundText | None:
        """Of those that are still to be worked, the one that was sent first."""
        row = InboundTextRow
        sent = func.coalesce(row.sent_at, row.received_at)
        query = select(row).where(row.phone_id == phone_id, *_waits())
        found = self._session.scalar(query.order_by(sent, row.received_at, row.id).limit(1))
        return None if found is None else _text(found)

    def count(self, text: InboundText, since: datetime) -> int:
        """The how manieth of its phone's texts since then this one is: what came behind it, and
        waits, says nothing of it."""
        row = InboundTextRow
        query = select(func.count()).where(
            row.phone_id == text.phone_id, row.received_at >= since, row.id <= text.id
        )
        return self._session.scalar(query) or 0

    def waiting(self, before: datetime, now: datetime, limit: int) -> Sequence[tuple[int, str]]:
        """Phones (place, number) with texts that came before a moment and that nobody works on."""
        row, phone = InboundTextRow, PhoneRow
        idle = or_(phone.worked_by.is_(None), phone.worked_until <= now)
        query = (
            select(phone.place_id, phone.number, func.min(row.received_at))
            .join(row, row.phone_id == phone.id)
            .where(row.received_at <= before, idle, *_waits())
            .group_by(phone.id, phone.place_id, phone.number)
            .order_by(func.min(row.received_at), phone.id)
            .limit(limit)
        )
        return [(place_id, number) for place_id, number, _ in self._session.execute(query)]

    def settle(self, text_id: int, came_of: str, now: datetime) -> bool:
        """It is answered; False where it was before. It is not over while people are to look at
        it."""
        row = InboundTextRow
        seen = row.set_aside_at.is_(None) | row.looked_at.is_not(None)
        done = update(row).where(row.id == text_id, row.answered_at.is_(None)).values(
            answered_at=now, came_of=came_of,
            over_at=case((seen, literal(now, UtcDateTime)), else_=None),
        )  # fmt: skip
        return bool(changed(self._session.execute(done)))

    def set_aside(self, text_id: int, ref: str, now: datetime) -> None:
        """People are to look at it."""
        self.change(text_id, ref=ref, set_aside_at=now, over_at=None)

    def waits_aside(self, phone_id: int) -> bool:
        """Whether people have still to look at one of this phone."""
        row = InboundTextRow
        query = select(row.id).where(row.phone_id == phone_id, *_aside()).limit(1)
        return self._session.scalar(query) is not None

    def strangers_aside(self, place_id: int) -> int:
        """How many texts of strangers people have still to look at."""
        row = InboundTextRow
        query = select(func.count()).where(
            row.place_id == place_id, row.member_id.is_(None), *_aside()
        )  # fmt: skip
        return self._session.scalar(query) or 0

    def beside(self, text: InboundText, since: datetime, limit: int) -> list[InboundText]:
        """What else whoever wrote it has written from the same phone since then, the newest
        ``limit`` of it, the oldest first."""
        row = InboundTextRow
        query = (
            select(row)
            .where(row.phone_id == text.phone_id, row.id != text.id, row.received_at >= since)
            .where(row.member_id.is_not_distinct_from(text.member_id))
            .order_by(row.received_at.desc(), row.id.desc())
            .limit(limit)
        )
        return [_text(each) for each in self._session.scalars(query)][::-1]

    def looked(self, text_id: int, now: datetime) -> bool:
        """Somebody has looked at it, and it needs no other answer; False where one had before."""
        row, moment = InboundTextRow, literal(now, UtcDateTime)
        done = update(row).where(row.id == text_id, row.looked_at.is_(None)).values(
            looked_at=now, over_at=now, answered_at=func.coalesce(row.answered_at, moment),
            came_of=func.coalesce(row.came_of, "people"),
        )  # fmt: skip
        return bool(changed(self._session.execute(done)))

    def change(self, text_id: int, **values: Any) -> None:
        """Write how one stands."""
        row = InboundTextRow
        self._session.execute(update(row).where(row.id == text_id).values(**values))

    def _known(self, condition: ColumnElement[bool]) -> InboundText:
        found = self._one(condition)
        if found is None:
            raise NotFound("text_unknown")
        return found

    def _one(self, condition: ColumnElement[bool]) -> InboundText | None:
        row = self._session.scalar(
            select(InboundTextRow).where(condition), execution_options={"populate_existing": True}
        )
        return None if row is None else _text(row)


def _waits() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    row = InboundTextRow
    return row.answered_at.is_(None), row.failures < MOST_FAILURES


def _aside() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    row = InboundTextRow
    return row.set_aside_at.is_not(None), row.looked_at.is_(None)


def _text(row: InboundTextRow) -> InboundText:
    return InboundText(
        row.id, row.place_id, row.phone_id, row.member_id, row.provider_ref, row.body, row.opt_out,
        row.sent_at, row.received_at, row.answered_at, row.failures, row.ref, row.set_aside_at,
        row.looked_at,
    )  # fmt: skip
