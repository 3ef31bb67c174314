"""How often help and the ledger of hours disagree (law 2): counted in the rows, like every law."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from enabler.domain.vocabulary import MatchState
from enabler.persistence.database import columns_of
from enabler.persistence.tables.hours import HelpHoursRow, HoursFlagRow
from enabler.persistence.tables.hours_events import HoursEventRow, HoursEventSideRow
from enabler.persistence.tables.ledger import TransferRow
from enabler.persistence.tables.matches import MatchRow
from enabler.timebank.transfers import Phase

_HELP, _MATCH, _T = (columns_of(row) for row in (HelpHoursRow, MatchRow, TransferRow))
_EVENT, _SIDE = (columns_of(row) for row in (HoursEventRow, HoursEventSideRow))
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

    def events_not_moved_once(self) -> int:
        """Sides of what was written down whose hours do not stand as the side does: what somebody
        had of them is promised while it waits, has moved once it counts, and else neither."""
        has = _SIDE.minutes - _SIDE.unpaid
        promised, moved = _promised_of_side(), _moved_of_side()
        waits = _SIDE.state.in_(("open", "disputed"))
        wrong = or_(
            and_(waits, or_(promised != has, moved != 0)),
            and_(_SIDE.state == "counted", or_(promised != 0, moved != has)),
            and_(_SIDE.state == "left-out", or_(promised != 0, moved != 0)),
        )
        sides = select(_SIDE.event_id, _SIDE.nth).join_from(
            HoursEventSideRow, HoursEventRow, _EVENT.id == _SIDE.event_id
        )
        waiting = exists().where(_SIDE.event_id == _EVENT.id, waits)
        ends = select(_EVENT.id).where(_EVENT.ended_at.is_(None) != waiting)
        return self._count(sides.where(wrong)) + self._count(ends)

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


_KEY = literal("event:") + _EVENT.ref + literal(":") + cast(_SIDE.nth, Text)
"""Under which a side moves; from a pot with ``:pot`` behind it, as a promise with ``:hold``."""


def _of_side(which: ColumnElement[bool], keys: Any) -> Any:
    return (
        select(func.coalesce(func.sum(_T.minutes), 0))
        .where(_T.key.in_(keys), _T.credit_id == _SIDE.earner_id, which)
        .correlate(HoursEventRow.__table__, HoursEventSideRow.__table__)
        .scalar_subquery()
    )


def _moved_of_side() -> Any:
    """The minutes of a side that moved."""
    moved = _T.phase.in_((Phase.POST.value, Phase.SINGLE.value))
    return _of_side(moved, [_KEY + literal(end) for end in ("", ":pot", ":paid")])


def _promised_of_side() -> Any:
    """The minutes of a side that are promised still."""
    resolved = aliased(TransferRow)
    stands = and_(_T.phase == Phase.HOLD.value, ~exists().where(resolved.hold == _T.key))
    return _of_side(stands, (_KEY + literal(":hold"), _KEY + literal(":pot:hold")))
