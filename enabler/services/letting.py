"""A member lets an organisation, or one person by name, see a check of theirs or what helps them,
until a day; each of it ends in one press, and each look is a sight."""

from datetime import date, datetime
from typing import Any

from enabler.domain.credentials import LONGEST_GRANT, Credential
from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.sight_grants import SightGrant
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._credential_views import credential_view
from enabler.services._ground import ground
from enabler.services._holders import moment
from enabler.services._leaves import may_be_shown, shows_to
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._subjects import of_organisation
from enabler.services.views.letting import LetView, SharedView, ShownToMe

WHAT_HELPS = "access"
"""What stands for the ref of a check where somebody may see what helps the member."""


def mine(*, actor: Actor, now: datetime) -> SharedView:
    """What the actor lets others see of theirs, and what they could. Raises NotAllowed."""
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        given = [
            _let(uow, each.ref, each.credential_id, each.to_organisation_id, each.to_member_id,
                 each.until_at)
            for each in uow.sight_grants.holding(now, member_id=member.id)
        ]  # fmt: skip
        checks = [
            LetView(each.ref, uow.credentials.by_id(each.credential_id).kind,
                    uow.places.by_id(each.to_place_id).name if each.to_place_id else
                    uow.organisations.by_id(each.to_organisation_id or 0).name,
                    each.until_at, of_check=True)
            for each in uow.credentials.grants(now, member_id=member.id)
        ]  # fmt: skip
        own_checks = uow.credentials.of_holder((member.id, None))
        could = tuple(
            credential_view(uow, one, now) for one in own_checks if _may_be_shown(one, now)
        )
        return SharedView((*given, *checks), could)


def let_see(
    *, actor: Actor, what: str, to: str, until: date | datetime, key: str, now: datetime
) -> str:
    """Let an organisation, or somebody who acts for one or works for the council (``to``: a ref),
    see a check (``what``: its ref) or what helps the actor (``WHAT_HELPS``) until the end of a
    day, at most a year ahead; the ref of that leave.

    Raises NotFound, NotAllowed, Invalid("to" or "until", …), WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        one = None if what == WHAT_HELPS else _own_check(uow, member, what)
        ends = moment(until, ground(uow, member.place_id, now), at_end=True)
        ends = ends if one is None else min(ends, one.valid_until)
        if not now < ends <= now + LONGEST_GRANT:
            raise Invalid("until", "leave_too_long", days=LONGEST_GRANT.days)
        to_whom = _receiver(uow, member, to, now)

        def act() -> dict[str, Any]:
            if one is not None and not _may_be_shown(one, now):
                raise WrongMoment("check_cannot_be_carried")
            ref = _keep(uow, member, one, to_whom, (now, ends))
            _record(uow, actor, member, "sight.let", one, now)
            return {"ref": ref}

        result = once(
            uow, "letting.let_see", actor=actor, key=key, now=now, act=act,
            arguments={"what": what, "to": to, "until": ends},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """They see it no more. Raises NotFound, NotAllowed, KeyReused."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        grant = uow.sight_grants.by_ref(member.place_id, ref)
        if grant.member_id != member.id:
            raise NotFound("leave_unknown")

        def act() -> dict[str, Any]:
            if grant.ended_at is None:
                uow.sight_grants.end(grant.id, now)
                one = grant.credential_id and uow.credentials.by_id(grant.credential_id)
                _record(uow, actor, member, "sight.ended", one or None, now)
            return {"ref": grant.ref}

        once(uow, "letting.end", actor=actor, key=key, now=now, arguments={"ref": grant.ref},
             act=act)  # fmt: skip
        uow.commit()


def shown_to_me(*, actor: Actor, now: datetime) -> tuple[ShownToMe, ...]:
    """What others let the actor see, while they act for an organisation or the council; each a
    sight. Raises NotAllowed."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        acts = bool(uow.members.roles_of(member.id, now))
        found = uow.sight_grants.holding(now, to_member_id=member.id) if acts else ()
        view = _seen(uow, actor, found, now)
        uow.commit()
    return view


def shown_to_organisation(*, actor: Actor, ref: str, now: datetime) -> tuple[ShownToMe, ...]:
    """What helps those who let an organisation know it, for those who lead it; each a sight.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        known = uow.organisations.by_ref(actor.place_id or 0, ref)
        require(actor, Action.SEE_COLLEAGUES, of_organisation(known))
        shown = may_be_shown(known)
        found = uow.sight_grants.holding(now, to_organisation_id=known.id) if shown else ()
        view = _seen(uow, actor, found, now)
        uow.commit()
    return view


def _keep(
    uow: UnitOfWork, member: Member, one: Credential | None, to_whom: dict[str, int],
    times: tuple[datetime, datetime],
) -> str:  # fmt: skip
    """Keep the leave; a check that an organisation may see stands with the other such."""
    values = {"member_id": member.id, **to_whom}
    given_at, until_at = times
    of_check = one is not None and "to_organisation_id" in to_whom
    known = uow.credentials.grants if of_check else uow.sight_grants.holding
    for each in known(given_at, **values):
        same = each.credential_id == (None if one is None else one.id)
        if same and each.until_at == until_at:  # from another window
            return each.ref
    if one is not None and of_check:
        return uow.credentials.grant(
            credential_id=one.id, place_id=member.place_id, given_at=given_at, until_at=until_at,
            **values,
        ).ref  # fmt: skip
    return uow.sight_grants.add(
        credential_id=None if one is None else one.id, place_id=member.place_id,
        given_at=given_at, until_at=until_at, **values,
    ).ref  # fmt: skip


def _own_check(uow: UnitOfWork, member: Member, ref: str) -> Credential:
    one = uow.credentials.by_ref(member.place_id, ref)
    if one.member_id != member.id:
        raise NotFound("credential_unknown")
    return one


def _may_be_shown(one: Credential, now: datetime) -> bool:
    return one.holds(now) and one.carried_from is None and not one.waived


def _receiver(uow: UnitOfWork, member: Member, to: str, now: datetime) -> dict[str, int]:
    """An organisation, or somebody who acts for one or for the council: a neighbour is nobody to
    whom the council shows things, and that somebody is one is not said."""
    known = uow.refs.kind_of(member.place_id, to)
    if known is not None and known[0] == "organisation":
        return {"to_organisation_id": uow.organisations.by_ref(member.place_id, known[1]).id}
    if known is not None and known[0] == "member":
        person = uow.homes.member_by_ref(member.place_id, known[1])
        acts = person.id != member.id and uow.members.roles_of(person.id, now)
        if acts and uow.hidden.of(person.id) is None:
            return {"to_member_id": person.id}
    raise Invalid("to", "shown_to_unknown")


def _seen(
    uow: UnitOfWork, actor: Actor, grants: tuple[SightGrant, ...], now: datetime
) -> tuple[ShownToMe, ...]:
    return tuple(
        _shown(uow, actor, each, now) for each in grants if shows_to(uow, actor, each.member_id)
    )


def _shown(uow: UnitOfWork, actor: Actor, grant: SightGrant, now: datetime) -> ShownToMe:
    member = uow.homes.member(grant.member_id)
    what = "access-needs" if grant.credential_id is None else "credential"
    uow.sights.log(
        actor, member.id, (what, "name"), place_id=member.place_id, why="let-see", now=now,
        subject_ref=grant.ref,
    )  # fmt: skip
    if grant.credential_id is not None:
        one = uow.credentials.by_id(grant.credential_id)
        return ShownToMe(grant.ref, member.name, grant.until_at, credential_view(uow, one, now))
    met = uow.wishes.met(member.id)
    return ShownToMe(grant.ref, member.name, grant.until_at, None, met.needs, met.words)


def _let(
    uow: UnitOfWork, ref: str, credential_id: int | None, organisation_id: int | None,
    person_id: int | None, until_at: datetime,
) -> LetView:  # fmt: skip
    kind = None if credential_id is None else uow.credentials.by_id(credential_id).kind
    if person_id is not None:
        return LetView(ref, kind, uow.homes.member(person_id).ref, until_at, to_person=True)
    return LetView(ref, kind, uow.organisations.by_id(organisation_id or 0).name, until_at)


def _record(
    uow: UnitOfWork, actor: Actor, member: Member, what: str, one: Credential | None, now: datetime
) -> None:
    uow.audit.record(
        actor, what, place_id=member.place_id, subject=("member", member.id, member.ref), now=now,
        why=WHAT_HELPS if one is None else one.kind.value,
    )  # fmt: skip
