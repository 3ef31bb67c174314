"""What two places have agreed about the hours between them; seen from the one that asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, text, update
from sqlalchemy.orm import Session

from enabler.persistence.database import columns_of
from enabler.persistence.tables.border import ClearingAgreementRow
from enabler.persistence.tables.places import SharingRow

_A, _SHARES = columns_of(ClearingAgreementRow), columns_of(SharingRow)
_STANDING = ("waiting", "agreed")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Limits between two places, in minutes, as one of them sees them.

    ``may_owe``: the most that this place may owe the other; ``may_be_owed``: the other way round.
    ``proposer_id``: the place whose custodian proposed it.
    """

    id: int
    with_place_id: int
    proposer_id: int
    may_owe: int
    may_be_owed: int
    state: str
    asked_by: int
    asked_at: datetime


class Agreements:
    """The rows of ``clearing_agreement``. Call :meth:`wait_for` before one is changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def wait_for(self, place_id: int, other_id: int) -> None:
        """Until the end of this transaction nobody else changes what these two agree."""
        if self._session.get_bind().dialect.name == "postgresql":
            low, high = sorted((place_id, other_id))
            key = {"pair": low * 1_000_003 + high}
            self._session.execute(text("SELECT pg_advisory_xact_lock(:pair)"), key)

    def neighbours(self, place_id: int) -> tuple[int, ...]:
        """The places with which this one shares help, whichever way; by number."""
        query = select(_SHARES.place_id, _SHARES.with_place_id).where(
            or_(_SHARES.place_id == place_id, _SHARES.with_place_id == place_id)
        )
        pairs = self._session.execute(query)
        return tuple(sorted({each for pair in pairs for each in pair} - {place_id}))

    def standing(self, place_id: int) -> tuple[Agreement, ...]:
        """What waits and what is agreed between a place and others."""
        mine = or_(_A.place_id == place_id, _A.with_place_id == place_id)
        query = select(*_A).where(mine, _A.state.in_(_STANDING)).order_by(_A.id)
        return tuple(_seen_from(place_id, row) for row in self._session.execute(query))

    def between(self, place_id: int, other_id: int, state: str) -> Agreement | None:
        """What is agreed, or waits, between two places, as the first sees it."""
        low, high = sorted((place_id, other_id))
        row = self._session.execute(
            select(*_A).where(_A.place_id == low, _A.with_place_id == high, _A.state == state)
        ).one_or_none()
        return None if row is None else _seen_from(place_id, row)

    def may_owe(self, place_id: int, other_id: int) -> int:
        """The most minutes that a place may owe another: none where nothing is agreed."""
        agreed = self.between(place_id, other_id, "agreed")
        return 0 if agreed is None else agreed.may_owe

    def propose(
        self, place_id: int, other_id: int, *, may_owe: int, may_be_owed: int, by: int,
        now: datetime,
    ) -> int:  # fmt: skip
        """A new one that waits for the other place, instead of one that waited; its id."""
        low, high = sorted((place_id, other_id))
        owes, owed = (may_owe, may_be_owed) if place_id == low else (may_be_owed, may_owe)
        waiting = self.between(place_id, other_id, "waiting")
        if waiting is not None:
            self.close(waiting.id, "replaced", now)
        made = self._session.scalar(
            insert(ClearingAgreementRow)
            .values(
                place_id=low, with_place_id=high, proposer_id=place_id, owes_most=owes,
                owed_most=owed, state="waiting", asked_by=by, asked_at=now,
            )
            .returning(_A.id)
        )  # fmt: skip
        return made or 0

    def agree(self, place_id: int, agreement: Agreement, by: int, now: datetime) -> None:
        """This place agrees: it holds from now on, instead of what was agreed before."""
        before = self.between(place_id, agreement.with_place_id, "agreed")
        if before is not None:
            self.close(before.id, "replaced", now)
        self._change(agreement.id, state="agreed", agreed_by=by, decided_at=now)

    def close(self, agreement_id: int, state: str, now: datetime) -> None:
        """Its end: refused, replaced, ended."""
        self._change(agreement_id, state=state, decided_at=now)

    def _change(self, agreement_id: int, **values: Any) -> None:
        changed = update(ClearingAgreementRow).where(_A.id == agreement_id).values(**values)
        self._session.execute(changed)


def _seen_from(place_id: int, row: Any) -> Agreement:
    first = row.place_id == place_id
    may_owe, may_be_owed = (
        (row.owes_most, row.owed_most) if first else (row.owed_most, row.owes_most)
    )
    other = row.with_place_id if first else row.place_id
    return Agreement(
        row.id, other, row.proposer_id, may_owe, may_be_owed, row.state, row.asked_by, row.asked_at
    )
