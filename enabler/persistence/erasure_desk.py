"""What a duty keeps of somebody who goes, and who asked at the desk to be erased."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.tables.erasure import ErasureHoldRow, ErasureProposalRow
from enabler.persistence.tables.members import MemberRow


@dataclass(frozen=True, slots=True)
class Hold:
    """A duty that a lead wrote down. ``tells``: the member may know of it."""

    member_id: int
    member_ref: str
    words: str
    tells: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was written down at the desk, and what was decided."""

    id: int
    place_id: int
    ref: str
    member_id: int
    member_ref: str
    words: str
    state: str
    asked_by: int
    asked_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    decided_words: str | None
    tells: bool
    allowed_from: datetime | None


class ErasureDesk:
    """Duties that stand, and requests, of members."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def hold(self, member_id: int) -> Hold | None:
        """The duty that stands of a member."""
        return next(iter(self._holds(ErasureHoldRow.member_id == member_id)), None)

    def holds(self, place_id: int) -> list[Hold]:
        """All that stand in a place."""
        return self._holds(ErasureHoldRow.place_id == place_id)

    def _holds(self, condition: Any) -> list[Hold]:
        row = ErasureHoldRow
        query = (
            select(row.member_id, MemberRow.ref, row.words, row.tells, row.since)
            .join(MemberRow, MemberRow.id == row.member_id)
            .where(condition, row.ended_at.is_(None)).order_by(row.id)
        )  # fmt: skip
        return [Hold(*one) for one in self._session.execute(query)]

    def put_hold(self, **values: Any) -> None:
        """A duty stands from now on."""
        self._session.add(ErasureHoldRow(**values))
        self._session.flush()

    def end_hold(self, member_id: int, by: int, now: datetime) -> None:
        """It stands no more."""
        row = ErasureHoldRow
        standing = row.member_id == member_id, row.ended_at.is_(None)
        self._session.execute(update(row).where(*standing).values(ended_at=now, ended_by=by))

    def propose(self, **values: Any) -> None:
        """Keep what was asked. Raises IntegrityError for a second that waits about a member."""
        self._session.add(ErasureProposalRow(state="waiting", **values))
        self._session.flush()

    def waiting(self, place_id: int) -> list[Proposal]:
        """What nobody has decided, the oldest first."""
        row = ErasureProposalRow
        return self._proposals(row.place_id == place_id, row.state == "waiting")

    def waiting_of(self, member_id: int) -> Proposal | None:
        """What waits about a member."""
        row = ErasureProposalRow
        return next(iter(self._proposals(row.member_id == member_id, row.state == "waiting")), None)

    def proposal(self, place_id: int | None, ref: str, *, lock: bool = False) -> Proposal:
        """One of this place. Raises NotFound."""
        row = ErasureProposalRow
        if lock:
            held = select(row.id).filter_by(place_id=place_id, ref=written(ref))
            self._session.execute(held.with_for_update())
        found = self._proposals(row.place_id == place_id, row.ref == written(ref))
        if not found:
            raise NotFound("erasure_unknown")
        return found[0]

    def _proposals(self, *conditions: Any) -> list[Proposal]:
        row = ErasureProposalRow
        query = (
            select(
                row.id, row.place_id, row.ref, row.member_id, MemberRow.ref.label("member_ref"),
                row.words, row.state, row.asked_by, row.asked_at, row.decided_by, row.decided_at,
                row.decided_words, row.tells, row.allowed_from,
            )
            .join(MemberRow, MemberRow.id == row.member_id)
            .where(*conditions).order_by(row.asked_at, row.id)
        )  # fmt: skip
        return [Proposal(**one._mapping) for one in self._session.execute(query)]

    def decide(self, proposal_id: int, state: str, by: int, words: str, now: datetime) -> None:
        """What the second person said."""
        row = ErasureProposalRow
        self._session.execute(
            update(row).where(row.id == proposal_id)
            .values(state=state, decided_by=by, decided_words=words, decided_at=now)
        )  # fmt: skip

    def keep_reason(self, proposal_id: int, words: str) -> None:
        """Why it was decided so: whoever decides names nobody in it."""
        row = ErasureProposalRow
        self._session.execute(update(row).where(row.id == proposal_id).values(decided_words=words))
