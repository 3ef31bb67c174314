"""Pots of hours for their keepers: what came into them and from where, what they paid for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from enabler.persistence.chunks import chunked
from enabler.persistence.database import columns_of
from enabler.persistence.tables.hours import PotRow
from enabler.persistence.tables.ledger import TransferRow
from enabler.persistence.tables.places import WardRow
from enabler.timebank.transfers import Phase, Reason

_POT, _T = columns_of(PotRow), columns_of(TransferRow)
_MOVES = (Phase.SINGLE.value, Phase.POST.value)


class Pots:
    """Reads over the movements of pots, and the columns of a pot that its keepers change."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def came(self, accounts: Iterable[int]) -> dict[int, list[tuple[int, str, int]]]:
        """By pot's account: from which account, for which reason, how many minutes in all."""
        found: dict[int, list[tuple[int, str, int]]] = {}
        query = select(
            _T.credit_id, _T.debit_id, _T.reason, func.sum(_T.minutes).label("minutes")
        ).where(_T.phase.in_(_MOVES))  # fmt: skip
        for some in chunked(accounts):
            grouped = query.where(_T.credit_id.in_(some)).group_by(
                _T.credit_id, _T.debit_id, _T.reason
            )  # fmt: skip
            for row in self._session.execute(grouped.order_by(_T.credit_id, _T.debit_id)):
                found.setdefault(row.credit_id, []).append(
                    (row.debit_id, row.reason, int(row.minutes))
                )
        return found

    def paid_since(self, accounts: Iterable[int], since: datetime) -> dict[int, int]:
        """Minutes that each pot paid for help from a moment on, by its account."""
        query = select(_T.debit_id, func.sum(_T.minutes).label("minutes")).where(
            _T.reason == Reason.HELP.value, _T.phase.in_(_MOVES), _T.at >= since
        )
        return {
            row.debit_id: int(row.minutes)
            for some in chunked(accounts)
            for row in self._session.execute(
                query.where(_T.debit_id.in_(some)).group_by(_T.debit_id)
            )
        }

    def change(self, account: int, **values: Any) -> None:
        """Write a pot's name, what it is for, whether it pays."""
        self._session.execute(update(PotRow).where(_POT.account_id == account).values(**values))

    def wards(self, place_id: int) -> list[tuple[int, str, str]]:
        """The wards of a place that may have a pot: id, code and name, by name."""
        row = columns_of(WardRow)
        query = select(row.id, row.code, row.name).where(row.place_id == place_id)
        return [(each.id, each.code, each.name)
                for each in self._session.execute(query.order_by(row.name, row.code))]  # fmt: skip
