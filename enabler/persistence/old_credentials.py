"""Checks that ended long enough ago are deleted, with all that was asked, waived and shown of them.

The database refuses to delete any other (``credential_rules``): of each that goes a notice is
written first, a year after its end, and the trigger looks for it.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from enabler.persistence.credential_rules import KEPT_DAYS
from enabler.persistence.database import changed
from enabler.persistence.tables.credentials import (
    CredentialGrantRow,
    CredentialNoticeRow,
    CredentialRow,
    CredentialWaiverRow,
    CredentialWantedRow,
)
from enabler.persistence.tables.proofs import ProofReliedRow, ProofRow, ProofTakenRow
from enabler.persistence.tables.sight_grants import SightGrantRow

_MOST = 1_000
"""Of one night; what is left goes in the next."""


def forget(session: Session, now: datetime) -> int:
    """Delete what ended a year ago or longer; how many checks."""
    before = now - timedelta(days=KEPT_DAYS)
    wanted, waiver = CredentialWantedRow, CredentialWaiverRow
    session.execute(delete(wanted).where(wanted.ended_at <= before))
    session.execute(delete(waiver).where(waiver.until_at <= before, waiver.ended_at <= before))
    session.execute(delete(SightGrantRow).where(SightGrantRow.until_at <= before))
    session.execute(delete(ProofReliedRow).where(ProofReliedRow.until_at <= before))
    gone = list(session.scalars(_ended(before, now)))
    if not gone:
        return 0
    grant, notice = CredentialGrantRow, CredentialNoticeRow
    session.execute(
        delete(grant).where(or_(grant.credential_id.in_(gone), grant.accepted_id.in_(gone)))
    )
    proofs = select(ProofRow.id).where(ProofRow.credential_id.in_(gone))
    taken, relied = ProofTakenRow, ProofReliedRow
    session.execute(update(relied).where(relied.proof_id.in_(proofs)).values(proof_id=None))
    session.execute(update(taken).where(taken.proof_id.in_(proofs)).values(proof_id=None))
    for row in (notice, taken, ProofRow, SightGrantRow):
        session.execute(delete(row).where(row.credential_id.in_(gone)))
    rows = [{"credential_id": each, "days": -KEPT_DAYS, "at": now} for each in gone]
    session.execute(insert(notice), rows)
    return changed(session.execute(delete(CredentialRow).where(CredentialRow.id.in_(gone))))


def _ended(before: datetime, now: datetime) -> Select[int]:
    """Those that go: nothing that still stands leans on them. What other places took over from a
    check has a higher id, so it goes with it or sooner."""
    copy, grant = aliased(CredentialRow), CredentialGrantRow
    leans = exists().where(copy.carried_from == CredentialRow.id, ~_over(copy, before))
    shown = exists().where(
        grant.accepted_id == CredentialRow.id, grant.ended_at.is_(None), grant.until_at > now
    )
    return (
        select(CredentialRow.id)
        .where(_over(CredentialRow, before), ~leans, ~shown)
        .order_by(CredentialRow.id.desc())
        .limit(_MOST)
    )


def _over(row: type[CredentialRow], before: datetime) -> ColumnElement[bool]:
    return or_(
        row.valid_until <= before, and_(row.revoked_at.is_not(None), row.revoked_at <= before)
    )
