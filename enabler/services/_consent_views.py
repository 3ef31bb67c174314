"""What a member agreed to, for that member."""

from collections import Counter
from datetime import datetime

from enabler.domain.consents import ACCESS, COUNCILLOR, OVER, RELY, TERMS, WORDINGS, newest
from enabler.domain.credentials import Grant
from enabler.domain.errors import NotFound
from enabler.domain.members import Consent, Member
from enabler.persistence.case_shares import CaseShare
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.views.consents import ConsentView


def consent_views(uow: UnitOfWork, member: Member, now: datetime) -> list[ConsentView]:
    """All that they ever agreed to, oldest first."""
    times: Counter[str] = Counter()
    shares = {one.ref: one for one in uow.case_shares.of(member.id)}
    leaves = {one.ref: one for one in uow.credentials.grants(member_id=member.id)}
    found = []
    for one in uow.consents.of(member.id):
        times[one.wording] += 1
        share = shares.get(one.about) if one.wording == COUNCILLOR else None
        need = None if share is None else uow.needs.by_id(share.need_id).ref
        to = _councillor(uow, share) or _receiver(uow, leaves.get(one.about))
        if one.wording == RELY:
            to = _relying(uow, one.about)
        found.append(_view(one, times[one.wording], to, need, now))
    return found


def to_ask_again(uow: UnitOfWork, member: Member) -> tuple[str, ...]:
    """Codes of what the member is to be asked again: an older wording stands where the newest
    matters, or what is kept by a consent was never consented to."""
    found = []
    for code in WORDINGS:
        wording = newest(code)
        standing = uow.consents.standing(member.id, code, "")
        if wording.ask_again and standing and standing[-1].version < wording.version:
            found.append(code)
    meeting = uow.wishes.met(member.id)
    if (meeting.needs or meeting.words) and not uow.consents.standing(member.id, ACCESS):
        found.append(ACCESS)
    return tuple(found)


def _view(
    one: Consent, nth: int, to: str | None, need_ref: str | None, now: datetime
) -> ConsentView:
    over = one.withdrawn_at is None and one.until_at is not None and one.until_at <= now
    ended = one.until_at if over else one.withdrawn_at
    return ConsentView(
        code=one.wording, nth=nth, version=one.version, language=one.language, sha256=one.sha256,
        how=one.how, page=one.page, about=one.about, to=to, need_ref=need_ref,
        given_at=one.given_at, until_at=one.until_at, ended_at=ended,
        ended_how=OVER if over else one.withdrawn_how,
        may_end=ended is None and one.wording not in TERMS,
        newest=one.version == newest(one.wording).version,
    )  # fmt: skip


def _councillor(uow: UnitOfWork, share: CaseShare | None) -> str | None:
    return None if share is None else uow.homes.member(share.councillor_id).name


def _relying(uow: UnitOfWork, ref: str) -> str | None:
    """Who counts on a proof, while that is kept."""
    try:
        return uow.organisations.by_id(uow.relied.by_ref(ref).organisation_id).name
    except NotFound:
        return None


def _receiver(uow: UnitOfWork, leave: Grant | None) -> str | None:
    """Whom a leave lets see a check: an organisation or a place, by their public name."""
    if leave is None:
        return None
    if leave.to_organisation_id is not None:
        return uow.organisations.by_id(leave.to_organisation_id).name
    return None if leave.to_place_id is None else uow.places.by_id(leave.to_place_id).name
