"""How members are reached: phones and mail addresses, how they changed, and caution after it."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.contact_changes import Contact, ContactChange
from enabler.domain.refs import written
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.wishes import ContactChangeRow


class Contacts:
    """Rows of contacts and of their changes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, member_id: int) -> dict[str, Contact]:
        """A member's contacts by kind; the one proved, where there are several of a kind."""
        query = (
            select(ContactRow)
            .where(ContactRow.member_id == member_id)
            .order_by(ContactRow.verified_at.is_not(None), ContactRow.id)
        )
        return {
            row.kind: Contact(row.kind, row.value, row.verified_at)
            for row in self._session.scalars(query)
        }

    def ever(self, member_id: int) -> frozenset[tuple[str, str]]:
        """(kind, value) of all by which a member is reached, or was as long as a change is kept
        and nobody said that it was not them."""
        old = ContactChangeRow
        now_has = select(ContactRow.kind, ContactRow.value).filter_by(member_id=member_id)
        had = select(old.kind, old.old_value).where(
            old.member_id == member_id, old.old_value.is_not(None), old.refused_at.is_(None)
        )
        found = self._session.execute(now_has.union(had))
        return frozenset((kind, value) for kind, value in found)

    def replace(
        self, place_id: int, member_id: int, *, kind: str, value: str | None, now: datetime
    ) -> None:
        """This proved one instead of all the member had of its kind; None: no other."""
        self._session.execute(
            delete(ContactRow).where(ContactRow.member_id == member_id, ContactRow.kind == kind)
        )
        if value is not None:
            row = ContactRow(
                place_id=place_id, member_id=member_id, kind=kind, value=value, verified_at=now
            )
            self._session.add(row)
        self._session.flush()

    def hold(self, member_id: int) -> None:
        """Hold a member's row until the transaction ends: changes of one member take turns."""
        query = select(MemberRow.id).where(MemberRow.id == member_id)
        self._session.execute(query.with_for_update(key_share=True)).all()

    def be_cautious(self, member_id: int, until: datetime) -> None:
        """Let the member see nobody's address until then; an earlier end changes nothing."""
        later = or_(MemberRow.caution_until.is_(None), MemberRow.caution_until < until)
        self._session.execute(
            update(MemberRow).where(MemberRow.id == member_id, later).values(caution_until=until)
        )

    def keep_change(
        self, *, place_id: int, ref: str, member_id: int, kind: str, old_value: str | None,
        new_value: str | None, now: datetime,
    ) -> ContactChange:  # fmt: skip
        """Remember a change."""
        row = ContactChangeRow(
            place_id=place_id, ref=ref, member_id=member_id, kind=kind, old_value=old_value,
            new_value=new_value, at=now,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return _change(row)

    def change_by_ref(self, ref: str, *, lock: bool = False) -> ContactChange | None:
        """The change of this ref, or None. ``lock`` makes those who would undo it take turns."""
        query = select(ContactChangeRow).where(ContactChangeRow.ref == written(ref))
        row = self._session.scalar(query.with_for_update() if lock else query)
        return None if row is None else _change(row)

    def refuse_from(self, change: ContactChange, now: datetime) -> None:
        """This change and all later ones of its member and kind are undone."""
        self._session.execute(
            update(ContactChangeRow)
            .where(ContactChangeRow.member_id == change.member_id)
            .where(ContactChangeRow.kind == change.kind, ContactChangeRow.id >= change.id)
            .where(ContactChangeRow.refused_at.is_(None))
            .values(refused_at=now)
        )


def _change(row: ContactChangeRow) -> ContactChange:
    return ContactChange(
        id=row.id, place_id=row.place_id, ref=row.ref, member_id=row.member_id, kind=row.kind,
        old_value=row.old_value, new_value=row.new_value, at=row.at, refused_at=row.refused_at,
    )  # fmt: skip
