"""A place's hours as figures: what was settled, by whom, where. No name leaves here."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enabler.persistence.tables.hours import AccountOwnerRow, HelpHoursRow
from enabler.persistence.tables.ledger import AccountRow
from enabler.persistence.tables.members import HomeRow, MemberRow
from enabler.persistence.tables.places import CellRow
from enabler.timebank.accounts import AccountKind
from enabler.timebank.circulation import Helped

_OWNED = (AccountKind.MEMBER.value, AccountKind.ORGANISATION.value, AccountKind.POT.value)


class MarketHours:
    """Reads over all of a place's hours. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def helped(
        self, place_id: int, since: datetime, until: datetime
    ) -> list[tuple[datetime, Helped]]:
        """Help that was settled from one moment until before another, with when. Wards are by id,
        written as text: the need's, and that of the cell of the helper's home."""
        row, owner = HelpHoursRow, AccountOwnerRow
        query = (
            select(row.settled_at, row.minutes, row.helper_id, row.payer_id, row.category,
                   row.ward_id, CellRow.ward_id.label("helper_ward"))
            .join(owner, owner.account_id == row.helper_id, isouter=True)
            .join(MemberRow, MemberRow.id == owner.member_id, isouter=True)
            .join(HomeRow, HomeRow.id == MemberRow.home_id, isouter=True)
            .join(CellRow, CellRow.id == HomeRow.cell_id, isouter=True)
            .where(row.place_id == place_id, row.state == "settled", row.minutes.is_not(None))
            .where(row.settled_at >= since, row.settled_at < until)
        )  # fmt: skip
        return [
            (
                each.settled_at,
                Helped(
                    each.minutes, each.helper_id or 0, each.payer_id or 0, each.category,
                    None if each.helper_ward is None else str(each.helper_ward), str(each.ward_id),
                ),
            )
            for each in self._session.execute(query)
        ]  # fmt: skip

    def lying(self, place_id: int) -> tuple[int, int]:
        """Minutes above zero that lie in the place's accounts, and how many members have one."""
        row = AccountRow
        mine = (row.place_id == place_id, row.kind.in_(_OWNED))
        lying = select(func.coalesce(func.sum(row.posted), 0)).where(*mine, row.posted > 0)
        members = select(func.count()).where(
            row.place_id == place_id, row.kind == AccountKind.MEMBER.value, ~row.closed
        )
        return int(self._session.scalar(lying) or 0), int(self._session.scalar(members) or 0)
