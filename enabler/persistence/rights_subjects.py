"""What messages about complaints and consents are about, read when they are sent."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from enabler.domain.complaints import readers
from enabler.domain.letters import About
from enabler.domain.vocabulary import Role
from enabler.persistence.consents import Consents
from enabler.persistence.staff import DeskHand, Staff
from enabler.persistence.tables.complaints import ComplaintRow
from enabler.persistence.tables.erasure import ErasureProposalRow


class RightsSubjects:
    """Reads of what a message about somebody's rights is about. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def own_complaint(self, ref: str) -> About | None:
        """A complaint, for the member who made it."""
        row = self._complaint(ref)
        if row is None or row.by_member_id is None:
            return None
        return About(
            kind="own-complaint", ref=row.ref, state=row.state, day=row.answer_by,
            helpers=frozenset({row.by_member_id}),
        )  # fmt: skip

    def erase_asked(self, ref: str) -> About | None:
        """That somebody asked at the desk to delete an account, for whose it is: no ref."""
        row = self._session.scalar(select(ErasureProposalRow).filter_by(ref=ref))
        if row is None:
            return None
        return About(kind="own", ref="", state=row.state, helpers=frozenset({row.member_id}))

    def complaint(self, ref: str, now: datetime) -> About | None:
        """A complaint, for those who keep it now: none whom it is about."""
        row = self._complaint(ref)
        if row is None:
            return None
        return About(
            kind="complaint", ref=row.ref, state=row.state, day=row.answer_by,
            helpers=_readers(row, self._hands(row, now)),
        )  # fmt: skip

    def unread(self, ref: str, now: datetime) -> About | None:
        """A complaint that nobody may read, for the administrators."""
        row = self._complaint(ref)
        hands = [] if row is None else self._hands(row, now)
        if row is None or _readers(row, hands):
            return None
        chiefs = frozenset(one.member_id for one in hands if one.role is Role.ADMINISTRATOR)
        return About(kind="complaint", ref="", state=row.state, answerers=chiefs)

    def consent(self, member_id: int, of: str) -> About | None:
        """What a member agreed to, by its wording and number."""
        code, _, nth = of.partition("/")
        mine = [one for one in Consents(self._session).of(member_id) if one.wording == code]
        if not nth.isdecimal() or not 1 <= int(nth) <= len(mine):
            return None
        one = mine[int(nth) - 1]
        return About(
            kind="consent", ref=of, state="kept", consent=code, version=one.version,
            word=one.sha256, day=one.given_at.date(), helpers=frozenset({member_id}),
        )  # fmt: skip

    def _complaint(self, ref: str) -> ComplaintRow | None:
        return self._session.scalar(select(ComplaintRow).filter_by(ref=ref))

    def _hands(self, row: ComplaintRow, now: datetime) -> list[DeskHand]:
        return Staff(self._session).at_desk(row.place_id, now)


def _readers(row: ComplaintRow, hands: list[DeskHand]) -> frozenset[int]:
    return readers(((one.member_id, one.role) for one in hands), row.kept_from)
