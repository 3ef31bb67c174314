"""Which looks at a member they may read of, on their page and in their copy: none that would warn
whoever is dangerous that somebody told of them, or thinks about removing them."""

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import Session

from enabler.domain.looks import REPORT
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.looks import LookUpRow
from enabler.persistence.tables.matches import MatchRow, ReportRow
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.safeguarding import ReportReleaseRow
from enabler.persistence.tables.signals import DenialMatchRow, DenialRow

OF_A_REPORT = "safeguarding"
"""Why somebody looked: a report that concerns whom they looked at."""
OF_A_REMOVAL = "safety"
"""Why a lead looked: whether to remove whom they looked at, or to let them in."""


def concerns(member_id: int) -> ColumnElement[bool]:
    """Whether a report is about a member, or about what is theirs, and somebody else's."""
    row, match, need, offer = ReportRow, MatchRow, NeedRow, OfferRow
    theirs = (
        select(match.ref).join(need, need.id == match.need_id)
        .where(or_(match.helper_id == member_id, need.asker_id == member_id))
    )  # fmt: skip
    own = (
        select(MemberRow.ref).where(MemberRow.id == member_id), theirs,
        select(need.ref).where(need.asker_id == member_id),
        select(offer.ref).where(offer.member_id == member_id),
    )  # fmt: skip
    by_others = or_(row.by_member_id.is_(None), row.by_member_id != member_id)
    return and_(or_(*(row.about_ref.in_(refs) for refs in own)), by_others)


def may_read(member_id: int) -> ColumnElement[bool]:
    """Of a sight: of a report that concerns them nothing, until they were told of it; and nothing
    of a lead who thinks about removing them, until that was decided."""
    told = (
        select(ReportRow.ref)
        .join(ReportReleaseRow, ReportReleaseRow.report_id == ReportRow.id)
        .where(ReportReleaseRow.member_id == member_id)
    )
    match = DenialMatchRow
    decided = or_(
        exists().where(DenialRow.member_id == member_id),
        exists().where(match.member_id == member_id, match.decided_at.is_not(None)),
    )
    return and_(
        or_(SightRow.why != OF_A_REPORT, SightRow.subject_ref.in_(told)),
        or_(SightRow.why != OF_A_REMOVAL, decided),
        or_(SightRow.reason.is_(None), SightRow.reason != REPORT, not_(_untold(member_id))),
    )


def _untold(member_id: int) -> ColumnElement[bool]:
    """Whether there is a report that concerns them of which they were not told: that somebody was
    looked up because of a report says that there is one."""
    told = exists().where(
        ReportReleaseRow.report_id == ReportRow.id, ReportReleaseRow.member_id == member_id
    )
    return exists().where(concerns(member_id), not_(told))


def unread(session: Session, member_id: int) -> frozenset[tuple[str, int]]:
    """Rows about looks at a member that are not told of to them: their table and id."""
    sights = select(SightRow.id).where(SightRow.member_id == member_id, not_(may_read(member_id)))
    looks = select(LookUpRow.id).where(
        LookUpRow.member_id == member_id, LookUpRow.reason == REPORT, _untold(member_id)
    )
    return frozenset(
        (row.__tablename__, each)
        for row, query in ((SightRow, sights), (LookUpRow, looks))
        for each in session.scalars(query)
    )
