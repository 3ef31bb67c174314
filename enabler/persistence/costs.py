"""What helpers spent, beside matches, and the receipts."""

from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, insert, or_, select, true, update
from sqlalchemy.orm import Session

from enabler.domain.costs import Cost, CostState
from enabler.domain.errors import NotFound
from enabler.domain.receipts import Receipt
from enabler.domain.refs import written
from enabler.persistence.database import columns_of
from enabler.persistence.tables.costs import CostReceiptRow, MatchCostRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.offers import OfferRow

_C, _R = columns_of(MatchCostRow), columns_of(CostReceiptRow)
_COSTS = select(
    _C.id, _C.place_id, _C.match_id, _C.ref, _C.by_member_id, _C.kind, _C.pence, _C.words,
    _C.state, _C.noted_at, _C.answered_by, _C.answer_words,
    exists().where(_R.cost_id == _C.id).label("has_receipt"),
)  # fmt: skip


class Costs:
    """The rows of ``match_cost`` and ``cost_receipt``. Lock the need of a match before its costs
    are changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> Cost:
        """Keep what somebody spent."""
        made = insert(MatchCostRow).values(values | {"state": CostState.NOTED.value})
        number = self._session.scalar(made.returning(_C.id))
        return self._one(_COSTS.where(_C.id == number))

    def by_ref(self, place_id: int | None, ref: str) -> Cost:
        """A cost by ref, whose need or whose offer is of this place (any, for None).

        Raises NotFound.
        """
        here = or_(_C.place_id == place_id, OfferRow.place_id == place_id)
        query = (
            _COSTS.join(MatchRow, MatchRow.id == _C.match_id)
            .join(OfferRow, OfferRow.id == MatchRow.offer_id)
            .where(true() if place_id is None else here, _C.ref == written(ref))
        )
        return self._one(query)

    def of_match(self, match_id: int) -> tuple[Cost, ...]:
        """The costs beside a match, the oldest first."""
        rows = self._session.execute(_COSTS.where(_C.match_id == match_id).order_by(_C.id))
        return tuple(_cost(row) for row in rows)

    def count(self, match_id: int) -> int:
        """How many were noted beside a match, taken back or not."""
        query = select(func.count()).where(_C.match_id == match_id)
        return self._session.scalar(query) or 0

    def change(self, cost_id: int, **values: Any) -> Cost:
        """Write columns of a cost; the cost as it is then."""
        self._session.execute(update(MatchCostRow).where(_C.id == cost_id).values(**values))
        return self._one(_COSTS.where(_C.id == cost_id))

    def add_receipt(self, cost_id: int, member_id: int, receipt: Receipt, now: datetime) -> None:
        """Keep the receipt of a cost that has none."""
        content = b64encode(receipt.content).decode("ascii")
        self._session.execute(
            insert(CostReceiptRow).values(
                cost_id=cost_id, by_member_id=member_id, kind=receipt.kind, content=content,
                added_at=now,
            )
        )  # fmt: skip

    def receipt(self, cost_id: int) -> Receipt:
        """The receipt of a cost. Raises NotFound."""
        query = select(_R.kind, _R.content).where(_R.cost_id == cost_id)
        row = self._session.execute(query).one_or_none()
        if row is None:
            raise NotFound("receipt_unknown")
        return Receipt(row.kind, b64decode(row.content))

    def _one(self, query: Select[Any]) -> Cost:
        row = self._session.execute(query).one_or_none()
        if row is None:
            raise NotFound("cost_unknown")
        return _cost(row)


def _cost(row: Any) -> Cost:
    return Cost(
        row.id, row.place_id, row.match_id, row.ref, row.by_member_id, row.kind, row.pence,
        row.words, CostState(row.state), row.noted_at, row.answered_by, row.answer_words,
        bool(row.has_receipt),
    )  # fmt: skip
