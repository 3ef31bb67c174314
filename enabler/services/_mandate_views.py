"""Mandates as their member sees them."""

from datetime import datetime

from enabler.domain import consents
from enabler.domain.contact import PhoneNumber
from enabler.domain.mandates import Mandate
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.persistence.mandate_asks import MandateAsk
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._acting import supporter_name
from enabler.services._mandate_asks import asked_of
from enabler.services._mandates import SOON, most_days, standing_between
from enabler.services.views.mandates import AskView, DeedView, SupportersView, SupporterView

MOST_DEEDS = 100
_WHY = "supporter"


def supporters_view(uow: UnitOfWork, actor: Actor, member: Member, now: datetime) -> SupportersView:
    """All that a member sees of those who act for them."""
    given = [supporter_view(uow, actor, one, now) for one in uow.mandates.of_member(member.id)]
    asked = asked_of(uow, member, now)
    mine = [one for one in uow.mandate_asks.of(member.id, now) if one.asked_by == "member"]
    return SupportersView(
        now=tuple(one for one in given if one.is_open),
        before=tuple(one for one in given if not one.is_open),
        asked=tuple(ask_view(uow, actor, one, now, known=True) for one in [*asked, *mine]),
        deeds=_deeds(uow, actor, member, now),
    )


def supporter_view(
    uow: UnitOfWork, actor: Actor, mandate: Mandate, now: datetime, *, why: str = _WHY
) -> SupporterView:
    """One mandate, with the name of who acts under it: a sight, where it is a person's; of a lead's
    ``why`` says so, for whoever controls somebody would be warned by it."""
    is_open = mandate.is_open(now)
    _log(uow, actor, mandate.supporter_id, mandate.place_id, mandate.ref, now, why)
    return SupporterView(
        ref=mandate.ref, name=supporter_name(uow, mandate),
        organisation=mandate.organisation_id is not None, scopes=mandate.scopes,
        from_at=mandate.from_at, until_at=mandate.until_at, basis=mandate.basis,
        hears=mandate.hears, language=mandate.language, is_open=is_open,
        soon=is_open and mandate.until_at - now <= SOON,
        ended_at=mandate.ended_at or (None if is_open else mandate.until_at),
        ended_because=mandate.ended_because, wording=mandate.wording or consents.MANDATE.code,
    )  # fmt: skip


def _deeds(uow: UnitOfWork, actor: Actor, member: Member, now: datetime) -> tuple[DeedView, ...]:
    """What others did for them, with whom; a person's name is a sight."""
    found = uow.mandates.deeds(member.ref, MOST_DEEDS)
    people = {ref: uow.members.by_ref(member.place_id, ref) for ref in {d.by_ref for d in found}}
    for one in people.values():
        _log(uow, actor, None if one is None else one.id, member.place_id, member.ref, now)
    return tuple(
        DeedView(
            each.at, each.what, found_name.shown_name, each.subject_kind, each.subject_ref
        )
        for each in found
        if (found_name := people[each.by_ref]) is not None
    )  # fmt: skip


def ask_view(
    uow: UnitOfWork, actor: Actor, ask: MandateAsk, now: datetime, *, known: bool
) -> AskView:
    """What is asked for. ``known``: the reader proved that it was sent to them, or wrote it."""
    mine = ask.by_member_id == actor.member_id
    name: str | None = None
    ends: tuple[str, ...] = ()
    stands = None
    if known and not mine:
        name, ends = _who_asks(uow, ask)
        _log(uow, actor, ask.by_member_id, ask.place_id, ask.ref, now)
        if ask.asked_by == "supporter":
            stands = standing_between(uow, actor.member_id or 0, ask, now)
    return AskView(
        ref=ask.ref, name=name, scopes=ask.scopes if known else (), days=ask.days,
        asked_at=ask.asked_at, expires_at=ask.expires_at, waits=ask.waits(now), mine=mine,
        organisation=ask.organisation_id is not None, by_contact=ends,
        most_days=most_days(uow, ask.place_id, now), to=_shown_to(ask) if mine else None,
        goes_on_from=None if stands is None else stands.until_at,
    )  # fmt: skip


def _who_asks(uow: UnitOfWork, ask: MandateAsk) -> tuple[str, tuple[str, ...]]:
    """Their name, and the end of their number: so that a name alone deceives nobody."""
    if ask.organisation_id is not None:
        return str(uow.organisations.by_id(ask.organisation_id).name), ()
    member = uow.homes.member(ask.by_member_id)
    phone = uow.contacts.of(member.id).get("phone")
    ends = () if phone is None else (PhoneNumber.parse(phone.value).national[-3:],)
    return str(member.shown_name), ends


def _shown_to(ask: MandateAsk) -> str | None:
    if ask.value is None or ask.kind != "phone":
        return ask.value
    return str(PhoneNumber.parse(ask.value).national)


def _log(
    uow: UnitOfWork, actor: Actor, whose: int | None, place_id: int, ref: str, now: datetime,
    why: str = _WHY,
) -> None:  # fmt: skip
    if whose is not None:
        uow.sights.log(
            actor, whose, ("name",), place_id=place_id, why=why, now=now, subject_ref=ref
        )
