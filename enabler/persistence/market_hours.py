"""A place's hours as figures: what was settled, by whom, where. No name leaves here."""

from datetime import datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session, aliased

from enabler.persistence.tables.hours import AccountOwnerRow, HelpHoursRow
from enabler.persistence.tables.ledger import AccountRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import HomeRow, MemberRow
from enabler.persistence.tables.needs import NeedRow
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
        written as text: the need's, and that of the cell of the helper's home. Of gift hours, in
        which no account has a part, people are known by the account that they have all the same,
        so that nobody counts as two."""
        row, owner, match, need = HelpHoursRow, AccountOwnerRow, MatchRow, NeedRow
        helps, asks = aliased(AccountOwnerRow), aliased(AccountOwnerRow)
        gift = row.helper_id.is_(None)
        query = (
            select(row.settled_at, row.minutes, row.category, row.ward_id,
                   func.coalesce(row.helper_id, helps.account_id, -match.helper_id).label("helper"),
                   func.coalesce(row.payer_id, asks.account_id, -need.asker_id).label("asker"),
                   CellRow.ward_id.label("helper_ward"))
            .join(match, match.id == row.match_id)
            .join(need, need.id == match.need_id)
            .join(owner, owner.account_id == row.helper_id, isouter=True)
            .join(helps, and_(gift, helps.member_id == match.helper_id), isouter=True)
            .join(asks, and_(gift, asks.member_id == need.asker_id), isouter=True)
            .join(MemberRow, MemberRow.id == case((gift, match.helper_id), else_=owner.member_id),
                  isouter=True)
            .join(HomeRow, HomeRow.id == MemberRow.home_id, isouter=True)
            .join(CellRow, CellRow.id == HomeRow.cell_id, isouter=True)
            .where(row.place_id == place_id, row.state == "settled", row.minutes.is_not(None))
            .where(row.settled_at >= since, row.settled_at < until)
        )  # fmt: skip
        return [
            (
                each.settled_at,
                Helped(
                    each.minutes, each.helper or 0, each.asker or 0, each.category,
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
