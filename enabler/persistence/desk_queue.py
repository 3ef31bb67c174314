"""What waits at the desk of a place, read from the things' own states in one statement."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from enabler.domain.vocabulary import (
    MatchState,
    MemberState,
    NeedState,
    OfferState,
    OrganisationState,
    OutboxState,
    Role,
)
from enabler.persistence.desk_columns import noticed, row_of
from enabler.persistence.desk_texts import texts
from enabler.persistence.desk_unmet import standing_still, unmet
from enabler.persistence.desk_untold import untold
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.desk import DecisionRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow, RoleRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.needs import NeedRow, NeedWindowRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow
from enabler.persistence.tables.signals import HeldMessageRow

EXPIRES_SOON = timedelta(days=14)
FAILED_WITHIN = timedelta(days=30)
SUSPENDED = "suspended"
_AGREED = (MatchState.ACCEPTED, MatchState.ARRANGED)


def everything(
    place_id: int, now: datetime, *, soon: datetime, urgent: Collection[str]
) -> Select[Any]:
    """All that waits but for reports: see :data:`.desk_columns.COLUMNS`. ``soon`` and ``urgent``
    say which open needs are looked at before nobody was found for them."""
    parts = (
        _held_needs(place_id), _held_offers(place_id), _held_organisations(place_id),
        _words_of_organisations(place_id), _without_owner(place_id, now), _said(place_id),
        unmet(place_id, soon, urgent), standing_still(place_id), _disputes(place_id),
        _of_suspended(place_id), _messages(place_id, now), _expiring(place_id, now),
        _to_show(place_id, now), _reviews(place_id, now), _appeals(place_id), untold(place_id, now),
        texts(place_id),
    )  # fmt: skip
    return select(union_all(*parts).subquery("q"))


def _last(kind: str, subject_id: Any, state: str) -> Any:
    """When a thing last came into a state, as its history tells."""
    return (
        select(func.max(AuditRow.at))
        .where(AuditRow.subject_kind == kind, AuditRow.subject_id == subject_id)
        .where(AuditRow.state_after == state, AuditRow.state_before.is_distinct_from(state))
        .scalar_subquery()
    )


def _held_needs(place_id: int) -> Select[Any]:
    windows = select(NeedWindowRow.id).where(NeedWindowRow.need_id == NeedRow.id).exists()
    return select(*row_of(
        kind="need", id=NeedRow.id, ref=NeedRow.ref, since=NeedRow.posted_at,
        changed_at=_last("need", NeedRow.id, "held"), category=NeedRow.category,
        words=NeedRow.words, because=NeedRow.held_because, ward_id=NeedRow.ward_id,
        member_id=NeedRow.asker_id, organisation_id=NeedRow.organisation_id,
        version=NeedRow.version, needed_by=NeedRow.needed_by, setting=NeedRow.setting,
        circumstances=cast(NeedRow.circumstances, Text),
        timed=func.coalesce(cast(windows, MatchRow.id.type), 0),
        noticed=noticed("need", NeedRow.id),
    )).where(NeedRow.place_id == place_id, NeedRow.state == NeedState.HELD)  # fmt: skip


def _held_offers(place_id: int) -> Select[Any]:
    kinds = (
        select(func.aggregate_strings(OfferCategoryRow.category, ","))
        .where(OfferCategoryRow.offer_id == OfferRow.id)
        .scalar_subquery()
    )
    return select(*row_of(
        kind="offer", id=OfferRow.id, ref=OfferRow.ref, since=OfferRow.posted_at,
        changed_at=_last("offer", OfferRow.id, "held"), category=kinds, words=OfferRow.words,
        because=OfferRow.held_because, ward_id=OfferRow.ward_id, member_id=OfferRow.member_id,
        organisation_id=OfferRow.organisation_id, version=OfferRow.version,
        noticed=noticed("offer", OfferRow.id),
    )).where(OfferRow.place_id == place_id, OfferRow.state == OfferState.HELD)  # fmt: skip


def _held_organisations(place_id: int) -> Select[Any]:
    row = OrganisationRow
    return select(*row_of(
        kind="organisation", id=row.id, ref=row.ref, since=row.created_at,
        changed_at=_last("organisation", row.id, "held"), words=row.about,
        because=literal("organisation_register"), ward_id=row.ward_id, organisation_id=row.id,
    )).where(row.place_id == place_id, row.state == OrganisationState.HELD)  # fmt: skip


def _words_of_organisations(place_id: int) -> Select[Any]:
    """Open organisations with new words that wait for a look."""
    row, audit = OrganisationRow, AuditRow
    changed = (
        select(func.max(audit.at))
        .where(audit.subject_kind == "organisation", audit.subject_id == row.id)
        .where(audit.what == "organisation.changed")
        .scalar_subquery()
    )
    return select(*row_of(
        kind="organisation", id=row.id, ref=row.ref, since=row.created_at, changed_at=changed,
        words=row.about_waiting, because=literal("organisation_words"), ward_id=row.ward_id,
        organisation_id=row.id,
    )).where(
        row.place_id == place_id, row.state == OrganisationState.ACTIVE,
        row.about_waiting.is_not(None),
    )  # fmt: skip


def _without_owner(place_id: int, now: datetime) -> Select[Any]:
    """Open organisations none of whose owners can act for it any more: they were suspended or
    removed, and nobody else may give their part to somebody."""
    row, role, owner = OrganisationRow, RoleRow, MemberRow
    theirs = select(role.member_id).where(
        role.organisation_id == row.id, role.role == Role.ORGANISATION_OWNER, role.from_at <= now
    )
    acts = (
        theirs.join(owner, owner.id == role.member_id)
        .where(or_(role.until_at.is_(None), role.until_at > now))
        .where(owner.state.in_((MemberState.ACTIVE, MemberState.PAUSED)))
    )
    stopped = (
        select(func.max(AuditRow.at))
        .where(AuditRow.subject_kind == "member", AuditRow.subject_id.in_(theirs))
        .where(AuditRow.state_after != MemberState.ACTIVE.value)
        .scalar_subquery()
    )
    return select(*row_of(
        kind="organisation", id=row.id, ref=row.ref, since=row.created_at, changed_at=stopped,
        words=row.about, because=literal("organisation_alone"), ward_id=row.ward_id,
        organisation_id=row.id,
    )).where(
        row.place_id == place_id, row.state == OrganisationState.ACTIVE,
        row.about_waiting.is_(None), ~acts.exists(),
    )  # fmt: skip


def _said(place_id: int) -> Select[Any]:
    """What one side of a match wrote and the other has not read yet; nobody's words."""
    row = HeldMessageRow
    return select(*row_of(
        kind="said", id=row.id, ref=row.ref, since=row.at, because=literal("said_waits"),
        member_id=row.by_member_id,
    )).where(row.place_id == place_id, row.state == "waits")  # fmt: skip


def _matches(kind: str, because: Any, since: Any) -> Select[Any]:
    return (
        select(*row_of(
            kind=kind, id=MatchRow.id, ref=MatchRow.ref, since=since, category=NeedRow.category,
            because=because, ward_id=NeedRow.ward_id, member_id=NeedRow.asker_id,
        ))
        .join(NeedRow, NeedRow.id == MatchRow.need_id)
        .join(OfferRow, OfferRow.id == MatchRow.offer_id)
    )  # fmt: skip


def _disputes(place_id: int) -> Select[Any]:
    began = func.coalesce(
        _last("match", MatchRow.id, "disputed"), MatchRow.done_at, MatchRow.proposed_at
    )
    return _matches("dispute", literal("disputed"), began).where(
        MatchRow.place_id == place_id, MatchRow.state == MatchState.DISPUTED
    )


def _of_suspended(place_id: int) -> Select[Any]:
    """Help that is agreed still, with somebody who was suspended since."""
    giver, helper, group = aliased(MemberRow), aliased(MemberRow), aliased(OrganisationRow)
    began = func.coalesce(MatchRow.answered_at, MatchRow.proposed_at)
    gone = or_(
        OfferRow.state == OfferState.SUSPENDED, giver.state == MemberState.SUSPENDED,
        helper.state == MemberState.SUSPENDED, group.state == OrganisationState.SUSPENDED,
    )  # fmt: skip
    return (
        _matches("match", literal(SUSPENDED), began)
        .outerjoin(giver, giver.id == OfferRow.member_id)
        .outerjoin(helper, helper.id == MatchRow.helper_id)
        .outerjoin(group, group.id == OfferRow.organisation_id)
        .where(MatchRow.place_id == place_id, MatchRow.state.in_(_AGREED), gone)
    )


def _messages(place_id: int, now: datetime) -> Select[Any]:
    looked_at = exists().where(
        AuditRow.subject_kind == "message", AuditRow.subject_id == OutboxRow.id,
        AuditRow.what == "message.settled",
    )  # fmt: skip
    failed = and_(OutboxRow.state == OutboxState.FAILED, OutboxRow.queued_at > now - FAILED_WITHIN)
    return select(*row_of(
        kind="message", id=OutboxRow.id, ref=OutboxRow.id, since=OutboxRow.due_at,
        because=OutboxRow.priority, more=OutboxRow.template, words=OutboxRow.state,
        member_id=OutboxRow.member_id,
    )).where(
        OutboxRow.place_id == place_id,
        or_(OutboxRow.state == OutboxState.UNKNOWN, failed), ~looked_at,
    )  # fmt: skip


def _expiring(place_id: int, now: datetime) -> Select[Any]:
    """Checks that end soon and that nothing follows."""
    row, newer = CredentialRow, aliased(CredentialRow)
    same = or_(newer.member_id == row.member_id, newer.organisation_id == row.organisation_id)
    follows = exists().where(
        newer.kind == row.kind, same, newer.valid_until > row.valid_until,
        newer.revoked_at.is_(None),
    )  # fmt: skip
    return (
        select(*row_of(
            kind="credential", id=row.id, ref=func.coalesce(MemberRow.ref, OrganisationRow.ref),
            since=row.valid_until, because=literal("expires_soon"), more=row.kind,
            ward_id=OrganisationRow.ward_id, member_id=row.member_id,
            organisation_id=row.organisation_id, needed_by=row.valid_until,
        ))
        .outerjoin(MemberRow, MemberRow.id == row.member_id)
        .outerjoin(OrganisationRow, OrganisationRow.id == row.organisation_id)
        .where(row.place_id == place_id, row.revoked_at.is_(None), ~follows)
        .where(row.valid_until > now, row.valid_until <= now + EXPIRES_SOON)
    )  # fmt: skip


def _to_show(place_id: int, now: datetime) -> Select[Any]:
    """What an organisation says it can show and nobody has seen."""
    row, seen = OrganisationRow, CredentialRow
    valid = (
        select(func.aggregate_strings(seen.kind, ","))
        .where(seen.organisation_id == row.id, seen.valid_until > now, seen.revoked_at.is_(None))
        .scalar_subquery()
    )
    return select(*row_of(
        kind="credential", id=row.id, ref=row.ref, since=row.created_at,
        because=literal("can_show"), more=cast(row.can_show, Text), words=valid,
        ward_id=row.ward_id, organisation_id=row.id,
    )).where(
        row.place_id == place_id, row.state == OrganisationState.ACTIVE,
        cast(row.can_show, Text) != "[]",
    )  # fmt: skip


def _decided(kind: str, since: Any, because: Any) -> Select[Any]:
    row = DecisionRow
    return select(*row_of(
        kind=kind, id=row.id, ref=row.ref, since=since, because=because, more=row.subject_kind,
        words=row.subject_ref, ward_id=row.ward_id, member_id=row.member_id,
        organisation_id=row.organisation_id, version=row.decided_by,
    ))  # fmt: skip


def _reviews(place_id: int, now: datetime) -> Select[Any]:
    row = DecisionRow
    return _decided("review", row.review_at, literal(SUSPENDED)).where(
        row.place_id == place_id, row.kind == "suspend", row.lifted_at.is_(None),
        row.undone_at.is_(None), row.review_at <= now,
    )  # fmt: skip


def _appeals(place_id: int) -> Select[Any]:
    row = DecisionRow
    return _decided("appeal", row.appealed_at, row.kind).where(
        row.place_id == place_id, row.appealed_at.is_not(None), row.appeal_outcome.is_(None)
    )
