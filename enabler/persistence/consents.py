"""What members agreed to."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from enabler.domain.consents import REPLACED, Shown, Wording
from enabler.domain.members import Consent
from enabler.persistence.tables.consents import ConsentRow


class Consents:
    """Rows of consents: none is ever deleted while the account lives."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def give(
        self, place_id: int, member_id: int, wording: Wording, shown: Shown, *, now: datetime,
        about: str = "", until: datetime | None = None,
    ) -> None:  # fmt: skip
        """Somebody agreed to a wording; what they agreed to before of the same has ended by it."""
        self.end(member_id, wording.code, now, how=REPLACED, about=about)
        self._session.add(ConsentRow(
            place_id=place_id, member_id=member_id, wording=wording.code, version=wording.version,
            wording_hash=wording.digest(shown.language), language=wording.read_in(shown.language),
            how=shown.how, page=shown.page, by_member_id=shown.by, about_ref=about, given_at=now,
            until_at=until,
        ))  # fmt: skip
        self._session.flush()

    def end(
        self, member_id: int, code: str, now: datetime, *, how: str, about: str | None = None
    ) -> list[Consent]:
        """What of it stands ends now; of one thing, where one is named. What ended by it."""
        ending = [
            row for row in self._session.scalars(self._standing(member_id, code))
            if about is None or row.about_ref == about
        ]  # fmt: skip
        for row in ending:
            row.withdrawn_at, row.withdrawn_how = now, how
        self._session.flush()
        return [_consent(row) for row in ending]

    def standing(self, member_id: int, code: str, about: str | None = None) -> list[Consent]:
        """What of a wording a member agrees to now."""
        rows = self._session.scalars(self._standing(member_id, code))
        return [_consent(row) for row in rows if about is None or row.about_ref == about]

    def of(self, member_id: int) -> list[Consent]:
        """All that a member ever agreed to, oldest first."""
        query = select(ConsentRow).filter_by(member_id=member_id).order_by(ConsentRow.id)
        return [_consent(row) for row in self._session.scalars(query)]

    def _standing(self, member_id: int, code: str) -> Any:
        query = select(ConsentRow).filter_by(member_id=member_id, wording=code)
        return query.where(ConsentRow.withdrawn_at.is_(None)).order_by(ConsentRow.id)


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        id=row.id, wording=row.wording, version=row.version, sha256=row.wording_hash,
        language=row.language, how=row.how, page=row.page, by_member_id=row.by_member_id,
        about=row.about_ref, given_at=row.given_at, until_at=row.until_at,
        withdrawn_at=row.withdrawn_at, withdrawn_how=row.withdrawn_how,
    )  # fmt: skip
