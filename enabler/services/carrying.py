"""A member lets another organisation, or another place, see a check, as long as they want.

A place that takes a check over keeps a row of its own, *carried from* the first. It dies with the
original, with the member's leave, and with that leave's end.
"""

from datetime import date, datetime
from typing import Any

from enabler.domain.checks import CHECKS
from enabler.domain.consents import CARRY, ON_A_PAGE, OVER, Shown
from enabler.domain.credentials import LONGEST_GRANT, Credential, Grant
from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._consenting import agree
from enabler.services._credential_views import credential_view
from enabler.services._decided import Decided
from enabler.services._ground import ground
from enabler.services._holders import moment, require_others, require_seen
from enabler.services._keeping_checks import keep_check
from enabler.services._leaves import close_leave, may_be_shown, record_leave, shows_to
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._proofs import may_be_proved
from enabler.services._same_person import same_person
from enabler.services._subjects import of_organisation
from enabler.services.views.credentials import ShownView


def let_see(
    *, actor: Actor, ref: str, to: str, until: date | datetime,
    shown: Shown = ON_A_PAGE, key: str, now: datetime,
) -> str:  # fmt: skip
    """Let an organisation (``to`` is its ref) or a place (its slug) see a check of the actor's own
    until a day; the ref of that leave. By it they agree to the words that were ``shown``.

    Raises NotFound, NotAllowed, Invalid("to" or "until", …), WrongMoment (it does not hold),
    KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        one = _own_check(uow, member, ref)
        here = ground(uow, member.place_id, now)
        ends = min(moment(until, here, at_end=True), one.valid_until)
        if not now < ends <= now + LONGEST_GRANT:
            raise Invalid("until", "leave_too_long", days=LONGEST_GRANT.days)
        receiver = _receiver(uow, member, to)
        elsewhere = CHECKS[one.kind].local and "to_place_id" in receiver

        def act() -> dict[str, Any]:
            if not may_be_proved(uow, one, now) or elsewhere:
                raise WrongMoment("check_cannot_be_carried")
            for leave in uow.credentials.grants(now, credential_id=one.id, **receiver):
                if leave.until_at == ends:  # from another window
                    return {"ref": leave.ref}
            kept = uow.credentials.grant(
                place_id=member.place_id, credential_id=one.id, member_id=member.id,
                given_at=now, until_at=ends, **receiver,
            )  # fmt: skip
            agree(uow, actor, member, CARRY, shown, now, about=kept.ref, until=ends)
            record_leave(uow, actor, member, "credential.shown", one, now)
            return {"ref": kept.ref}

        result = once(
            uow, "carrying.let_see", actor=actor, key=key, now=now, act=act,
            arguments={"ref": one.ref, "to": to, "until": ends},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def end_leave(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """They see it no more, and what another place took over counts no more.

    Raises NotFound, NotAllowed, KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        leave = uow.credentials.grant_by_ref(ref)
        if leave.member_id != member.id:
            raise NotFound("credential_unknown")

        def act() -> dict[str, Any]:
            if leave.ended_at is None:
                close_leave(uow, actor, leave, now)
            return {"ref": leave.ref}

        once(uow, "carrying.end_leave", actor=actor, key=key, now=now,
             arguments={"ref": leave.ref}, act=act)  # fmt: skip
        uow.commit()


def shown_to_place(*, actor: Actor, now: datetime) -> tuple[ShownView, ...]:
    """The checks that people of other places let the actor's place see, each a sight.

    Raises NotAllowed.
    """
    with unit_of_work() as uow:
        require(actor, Action.RECORD_CREDENTIAL, Subject(actor.place_id))
        leaves = uow.credentials.grants(now, to_place_id=actor.place_id or 0)
        seen = [each for each in leaves if shows_to(uow, actor, each.member_id)]
        view = tuple(_shown(uow, actor, each, now) for each in seen)
        uow.commit()
    return view


def shown_to_organisation(
    *, actor: Actor, ref: str, now: datetime
) -> tuple[ShownView, ...]:  # fmt: skip
    """The checks that members let an organisation see, each a sight.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        known = uow.organisations.by_ref(actor.place_id or 0, ref)
        require(actor, Action.SEE_COLLEAGUES, of_organisation(known))
        shown = may_be_shown(known)
        leaves = uow.credentials.grants(now, to_organisation_id=known.id) if shown else ()
        seen = [each for each in leaves if shows_to(uow, actor, each.member_id)]
        view = tuple(_shown(uow, actor, each, now) for each in seen)
        uow.commit()
    return view


def take_over(*, actor: Actor, ref: str, key: str, now: datetime) -> Decided:
    """Keep a check that somebody shows this place as one of its own; they have an account here
    with the same phone or mail address.

    Raises NotFound, NotAllowed (also for one's own), WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        require(actor, Action.RECORD_CREDENTIAL, Subject(actor.place_id))
        leave = uow.credentials.grant_by_ref(ref)
        if leave.to_place_id != actor.place_id or actor.place_id is None:
            raise NotFound("credential_unknown")
        require_seen(uow, actor, leave.member_id)
        one = uow.credentials.by_id(leave.credential_id)
        theirs = same_person(uow, leave.member_id, actor.place_id)

        def act() -> dict[str, Any]:
            if not leave.holds(now) or not one.holds(now) or leave.accepted_id is not None:
                raise WrongMoment("check_cannot_be_carried")
            if theirs is None:
                raise WrongMoment("nobody_here_to_carry_to")
            whose = require_others(actor, (theirs.id, None))
            kept = keep_check(
                uow, actor, whose, one.kind, (one.seen_on, min(one.valid_until, leave.until_at)),
                ground(uow, theirs.place_id, now), checked_by=actor.name,
                what="credential.carried",
                facts={"carried_from": one.id, "note": one.note, "eligible_as": one.eligible_as,
                       "last_characters": one.last_characters},
            )  # fmt: skip
            uow.credentials.change_grant(leave.id, accepted_id=kept.id)
            return {"ref": kept.ref}

        result = once(
            uow, "carrying.take_over", actor=actor, key=key, now=now, act=act,
            arguments={"ref": leave.ref},
        )  # fmt: skip
        uow.commit()
    return Decided("credential", result["ref"], "carried")


def close_overdue(*, now: datetime, limit: int = 100) -> int:
    """End the leaves whose time is over, with what was taken over by them; how many."""
    actor = Actor.system("look-at-credentials")
    with unit_of_work() as uow:
        over = uow.credentials.overdue_grants(now, limit)
        for leave in over:
            close_leave(uow, actor, leave, now, how=OVER)
        uow.commit()
    return len(over)


def _own_check(uow: UnitOfWork, member: Member, ref: str) -> Credential:
    one = uow.credentials.by_ref(member.place_id, ref)
    if one.member_id != member.id:
        raise NotFound("credential_unknown")
    return one


def _receiver(uow: UnitOfWork, member: Member, to: str) -> dict[str, int]:
    known = uow.refs.kind_of(member.place_id, to)
    if known is not None and known[0] == "organisation":
        return {"to_organisation_id": uow.organisations.by_ref(member.place_id, known[1]).id}
    slug = to.strip().lower()
    place = next((one for one in uow.places.all() if slug in (one.slug, one.name.lower())), None)
    if place is None or place.id == member.place_id:
        raise Invalid("to", "receiver_unknown")
    return {"to_place_id": place.id}


def _shown(uow: UnitOfWork, actor: Actor, leave: Grant, now: datetime) -> ShownView:
    one = uow.credentials.by_id(leave.credential_id)
    member = uow.homes.member(leave.member_id)
    uow.sights.log(
        actor, member.id, ("credential", "name"), place_id=member.place_id, why="carried", now=now,
        subject_ref=leave.ref,
    )  # fmt: skip
    here = same_person(uow, leave.member_id, leave.to_place_id) if leave.to_place_id else None
    return ShownView(
        grant_ref=leave.ref, name=member.name, holder_ref=None if here is None else here.ref,
        credential=credential_view(uow, one, now), until_at=leave.until_at,
        from_place=uow.places.by_id(leave.place_id).name,
        may_accept=here is not None and leave.accepted_id is None and one.holds(now),
        accepted=leave.accepted_id is not None,
    )  # fmt: skip
