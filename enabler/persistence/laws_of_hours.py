"""How often help and the ledger of hours disagree (law 2): counted in the rows, like every law."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from enabler.domain.vocabulary import MatchState
from enabler.persistence.database import columns_of
from enabler.persistence.tables.hours import HelpHoursRow, HoursFlagRow
from enabler.persistence.tables.ledger import TransferRow
from enabler.persistence.tables.matches import MatchRow
from enabler.timebank.transfers import Phase

_HELP, _MATCH, _T = (columns_of(row) for row in (HelpHoursRow, MatchRow, TransferRow))
_OVER = (
    MatchState.CONFIRMED, MatchState.RELEASED, MatchState.WITHDRAWN, MatchState.DECLINED,
    MatchState.LAPSED,
)  # fmt: skip


class LawsOfHours:
    """Counts of violations. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def help_not_settled_once(self) -> int:
        """Confirmed help that earns hours and whose movements are not exactly one settlement: all
        of its minutes that somebody could pay, in one group, or none where it does not count."""
        due = func.coalesce(_HELP.minutes, 0) - _HELP.unpaid
        # Over a border one movement is a row in each place: half of both is what the helper has.
        moved = _moved(~_T.key.like("%:in"))
        confirmed = _MATCH.state == MatchState.CONFIRMED
        wrong = or_(
            and_(confirmed, _HELP.state == "open"),
            and_(_HELP.state == "settled", or_(~confirmed, moved != due)),
            and_(_HELP.state != "settled", moved != 0),
        )
        return self._count(_JOINED.where(_HELP.earns == "hours", wrong))

    def promises_left_over(self) -> int:
        """Promises that stand although their help is over, and nobody is to look at it."""
        resolved = aliased(TransferRow)
        stands = exists().where(_T.key == _HELP.hold).where(
            ~exists().where(resolved.hold == _HELP.hold)
        )  # fmt: skip
        over = and_(_MATCH.state.in_(_OVER), _HELP.state != "looked-at")
        ended = _HELP.state.in_(("settled", "let-go"))
        return self._count(_JOINED.where(or_(over, ended), stands))

    def waiting_for_nobody(self) -> int:
        """Help whose hours wait to be looked at, though no custodian is asked to."""
        asked = exists().where(
            HoursFlagRow.match_id == _HELP.match_id, HoursFlagRow.settled_at.is_(None)
        )
        return self._count(select(_HELP.match_id).where(_HELP.state == "looked-at", ~asked))

    def _count(self, query: Select[Any]) -> int:
        return self._session.scalar(select(func.count()).select_from(query.subquery())) or 0


_JOINED = select(_HELP.match_id).join_from(
    HelpHoursRow, MatchRow, _MATCH.id == _HELP.match_id
)  # fmt: skip


def _moved(which: ColumnElement[bool]) -> Any:
    """The minutes that moved in the group of a match."""
    return (
        select(func.coalesce(func.sum(_T.minutes), 0))
        .where(_T.group_key == literal("match:") + _MATCH.ref, which)
        .where(_T.phase.in_((Phase.SINGLE.value, Phase.POST.value)))
        .correlate(MatchRow.__table__)
        .scalar_subquery()
    )
