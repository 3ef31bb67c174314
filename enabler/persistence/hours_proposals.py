"""What custodians propose about hours: kept when it is asked, ended once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.hours import HoursProposal
from enabler.domain.refs import written
from enabler.persistence.chunks import chunked
from enabler.persistence.database import columns_of
from enabler.persistence.tables.hours_proposals import HoursProposalRow
from enabler.persistence.tables.ledger import TransferRow
from enabler.persistence.tables.members import MemberRow

_P = columns_of(HoursProposalRow)
_ROW = select(*(_P[name] for name in HoursProposal.__slots__))


class HoursProposals:
    """The rows of ``hours_proposal``. Lock one before its accounts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> HoursProposal:
        """Keep what is asked; it waits."""
        row = values | {"state": "waiting"}
        self._session.execute(insert(HoursProposalRow).values(row))
        return self.by_ref(values["place_id"], values["ref"])

    def by_ref(self, place_id: int, ref: str, *, lock: bool = False) -> HoursProposal:
        """One of the place by ref, held until the transaction ends where that is asked.

        Raises NotFound.
        """
        query = _ROW.where(_P.place_id == place_id, _P.ref == written(ref))
        query = query.with_for_update() if lock else query
        row = self._session.execute(query).one_or_none()
        if row is None:
            raise NotFound("hours_proposal_unknown")
        return HoursProposal(*row)

    def waiting(self, place_id: int, now: datetime) -> tuple[HoursProposal, ...]:
        """Those of the place that can be answered still, the oldest first."""
        query = _ROW.where(
            _P.place_id == place_id, _P.state == "waiting", _P.answer_by > now
        ).order_by(_P.id)  # fmt: skip
        return self._all(query)

    def ended(self, place_id: int, now: datetime, *, newest: int) -> tuple[HoursProposal, ...]:
        """The newest of the place that were decided, or that nobody answered in time."""
        over = (_P.state != "waiting") | (_P.answer_by <= now)
        query = _ROW.where(_P.place_id == place_id, over).order_by(_P.id.desc()).limit(newest)
        return self._all(query)

    def late(self, now: datetime, *, at_most: int) -> tuple[HoursProposal, ...]:
        """Those of any place that nobody answered in time, held, so that they can be marked so."""
        query = _ROW.where(_P.state == "waiting", _P.answer_by <= now).order_by(_P.id)
        return self._all(query.limit(at_most).with_for_update(skip_locked=True))

    def about(self, reverses: str) -> HoursProposal | None:
        """The proposal to undo this transfer that waits or was allowed, if there is one."""
        query = _ROW.where(_P.reverses == reverses, _P.state.in_(("waiting", "allowed")))
        row = self._session.execute(query).one_or_none()
        return None if row is None else HoursProposal(*row)

    def end(self, proposal_id: int, **values: Any) -> None:
        """Write how one ended, unless it has ended. The database refuses a second end too."""
        self._session.execute(
            update(HoursProposalRow)
            .where(_P.id == proposal_id, _P.state == "waiting")
            .values(**values)
        )

    def key_of_transfer(self, place_id: int, number: int) -> str | None:
        """The key of a transfer of the place by its number, as statements have it."""
        row = columns_of(TransferRow)
        query = select(row.key).where(row.place_id == place_id, row.seq == number)
        return self._session.scalar(query)

    def refs_of(self, member_ids: Iterable[int]) -> dict[int, str]:
        """The refs of those who asked, decided or settled, by id: staff know each other by them."""
        row = columns_of(MemberRow)
        return {
            found.id: found.ref
            for some in chunked(member_ids)
            for found in self._session.execute(select(row.id, row.ref).where(row.id.in_(some)))
        }

    def _all(self, query: Any) -> tuple[HoursProposal, ...]:
        return tuple(HoursProposal(*row) for row in self._session.execute(query))
