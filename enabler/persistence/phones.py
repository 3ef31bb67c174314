"""Phones at a place: the row by which texts of one number take turns, and what is known of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.persistence.database import changed
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.texts import PhoneRow


@dataclass(frozen=True, slots=True)
class Phone:
    """A number at a place, and whose it is at this moment; see ``PhoneRow``."""

    id: int
    place_id: int
    number: str
    member_id: int | None
    language: str | None = None
    stopped: bool = False
    failures: int = 0
    told_at: datetime | None = None


class Phones:
    """The rows of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, place_id: int, number: str, now: datetime) -> Phone:
        """The phone of this number (E.164, or as it came), locked; it is kept from now on."""
        found = self._locked(PhoneRow.place_id == place_id, PhoneRow.number == number)
        if found is None:
            try:
                with self._session.begin_nested():
                    self._session.add(
                        PhoneRow(place_id=place_id, number=number, idle_since=now)
                    )  # fmt: skip
            except IntegrityError:  # another was faster: it is theirs that we wait for
                pass
            found = self._locked(PhoneRow.place_id == place_id, PhoneRow.number == number)
        if found is None:
            raise LookupError("phone_unknown")
        return found

    def known(self, place_id: int, number: str) -> Phone | None:
        """The phone of this number, if it is kept; not locked."""
        row = self._session.scalar(select(PhoneRow).filter_by(place_id=place_id, number=number))
        return None if row is None else self._phone(row)

    def by_id(self, phone_id: int) -> Phone:
        """A phone, locked. Raises LookupError."""
        found = self._locked(PhoneRow.id == phone_id)
        if found is None:
            raise LookupError("phone_unknown")
        return found

    def change(self, phone_id: int, **values: Any) -> None:
        """Write what is known of a phone."""
        self._session.execute(update(PhoneRow).where(PhoneRow.id == phone_id).values(**values))

    def touch(self, phone_id: int, now: datetime) -> None:
        """Something came or went: it is kept for as long as that."""
        row = PhoneRow
        later = or_(row.idle_since.is_(None), row.idle_since < now)
        self._session.execute(
            update(row).where(row.id == phone_id, row.stopped_at.is_(None), later).values(
                idle_since=now
            )
        )  # fmt: skip

    def stop(self, phone_id: int, now: datetime) -> None:
        """Whoever has it, and is no member, wants no texts."""
        self.change(phone_id, stopped_at=now, idle_since=None)

    def start(self, phone_id: int, now: datetime) -> None:
        """They want them again."""
        self.change(phone_id, stopped_at=None, idle_since=now)

    def stopped_at(self, phone: Phone) -> datetime | None:
        """Since when whoever has it wants no texts: a member's word is in their own row."""
        query = select(PhoneRow.stopped_at).where(PhoneRow.id == phone.id)
        if phone.member_id is not None:
            query = select(MemberRow.stopped_at).where(MemberRow.id == phone.member_id)
        return self._session.scalar(query)

    def take(self, phone_id: int, holder: str, now: datetime, until: datetime) -> bool:
        """Let ``holder`` work its texts until then; False while another does."""
        row = PhoneRow
        free = or_(row.worked_by.is_(None), row.worked_by == holder, row.worked_until <= now)
        taken = update(row).where(row.id == phone_id, free).values(
            worked_by=holder, worked_until=until
        )  # fmt: skip
        return bool(changed(self._session.execute(taken)))

    def let_go(self, phone_ids: Collection[int], holder: str) -> None:
        """The holder has done its work."""
        row = PhoneRow
        theirs = row.id.in_(list(phone_ids)), row.worked_by == holder
        self._session.execute(
            update(row).where(*theirs).values(worked_by=None, worked_until=None)
        )  # fmt: skip

    def _locked(self, *conditions: Any) -> Phone | None:
        row = self._session.scalar(
            select(PhoneRow).where(*conditions).with_for_update(),
            execution_options={"populate_existing": True},
        )
        return None if row is None else self._phone(row)

    def _phone(self, row: PhoneRow) -> Phone:
        contact = ContactRow
        whose = select(contact.member_id).where(
            contact.place_id == row.place_id, contact.kind == "phone", contact.value == row.number
        )  # fmt: skip
        return Phone(
            row.id, row.place_id, row.number, self._session.scalar(whose), row.language,
            row.stopped_at is not None, row.failures, row.told_at,
        )  # fmt: skip
