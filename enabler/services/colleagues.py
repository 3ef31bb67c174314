"""Who acts for an organisation: its people, another part for one of them, leaving."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.members import Colleague, Invitation, Organisation
from enabler.domain.permissions import Action, Actor, allowed, require
from enabler.domain.relied import LEFT
from enabler.domain.vocabulary import OrganisationState, Priority, Role
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._colleague_views import colleague_views, invitation_view
from enabler.services._ground import Ground, ground
from enabler.services._once import once
from enabler.services._relying import end_each
from enabler.services._roles import checked_role, record
from enabler.services._standing_down import stand_down
from enabler.services._subjects import of_organisation, place_of
from enabler.services._tell import tell
from enabler.services.views import PeopleView

__all__ = ["change_role", "leave", "people", "remove"]


def people(*, actor: Actor, ref: str, now: datetime) -> PeopleView:
    """Who acts for an organisation, for those who lead it; each name they see is a sight.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        found = uow.organisations.by_ref(place_of(actor), ref)
        require(actor, Action.SEE_COLLEAGUES, of_organisation(found))
        view = PeopleView(
            ref=found.ref, organisation=found.name, people=colleague_views(uow, actor, found, now),
            invitations=tuple(
                invitation_view(found, one, now, to=_end_of(one))
                for one in uow.colleagues.waiting(found.id, now)
            ),
            may=_may(actor, found),
        )  # fmt: skip
        uow.commit()
    return view


def _may(actor: Actor, organisation: Organisation) -> frozenset[str]:
    subject = of_organisation(organisation)
    deeds = {"keep": Action.KEEP_COLLEAGUES, "leave": Action.LEAVE_ORGANISATION}
    return frozenset(name for name, action in deeds.items() if allowed(actor, action, subject))


def _end_of(one: Invitation) -> str:
    """Enough of a number or address to know it again by."""
    value = one.value or ""
    if one.kind == "phone":
        return f"… {PhoneNumber.parse(value).national[-3:]}"
    local, _at, domain = value.partition("@")
    return f"{local[:1]}…@{domain}"


def change_role(
    *, actor: Actor, ref: str, who: str, role: str, key: str, now: datetime
) -> None:  # fmt: skip
    """Give somebody of the organisation another part in it; they are told.

    Raises NotFound, NotAllowed, Invalid("role", code), WrongMoment (the last owner), KeyReused.
    """
    new = checked_role(role)

    def act(uow: UnitOfWork, organisation: Organisation, one: Colleague, here: Ground) -> None:
        if one.role is new:
            return
        _require_another_owner(uow, organisation, one, now)
        uow.colleagues.end_role(organisation.id, one.member_id, now)
        uow.members.add_role(
            organisation.place_id, one.member_id, new, now=now, organisation_id=organisation.id
        )
        record(uow, actor, organisation, one, "role.changed", new, now)
        _tell(uow, organisation, one, "role_changed", now)

    _with_colleague(actor, ref, who, "change_role", {"role": new.value}, key, now, act)


def remove(*, actor: Actor, ref: str, who: str, key: str, now: datetime) -> None:
    """Somebody acts for the organisation no more: from this moment they see nothing of it.

    What they were to go to is for its leads to give to others. Raises NotFound, NotAllowed,
    WrongMoment (the last owner, oneself), KeyReused.
    """

    def act(uow: UnitOfWork, organisation: Organisation, one: Colleague, here: Ground) -> None:
        if one.member_id == actor.member_id:
            raise WrongMoment("leave_instead")
        _end(uow, actor, organisation, one, here)

    _with_colleague(actor, ref, who, "remove", {}, key, now, act)


def leave(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """The actor acts for the organisation no more.

    Raises NotFound, NotAllowed, WrongMoment (the last owner of one that is open), KeyReused.
    """
    with unit_of_work() as uow:
        found = uow.organisations.by_ref(place_of(actor), ref)

        def act() -> dict[str, Any]:
            require(actor, Action.LEAVE_ORGANISATION, of_organisation(found))
            organisation = uow.organisations.lock(found.id)
            one = uow.colleagues.one(found.id, actor.member_id or 0, now)
            if one is None:
                raise NotAllowed(action=Action.LEAVE_ORGANISATION.value)
            _end(uow, actor, organisation, one, ground(uow, found.place_id, now))
            return {"ref": found.ref}

        once(
            uow, "colleagues.leave", actor=actor, key=key, now=now, arguments={"ref": found.ref},
            act=act,
        )  # fmt: skip
        uow.commit()


def _with_colleague(
    actor: Actor, ref: str, who: str, verb: str, said: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Organisation, Colleague, Ground], None],
) -> None:  # fmt: skip
    with unit_of_work() as uow:
        found = uow.organisations.by_ref(place_of(actor), ref)
        require(actor, Action.KEEP_COLLEAGUES, of_organisation(found))

        def acting() -> dict[str, Any]:
            organisation = uow.organisations.lock(found.id)
            one = uow.colleagues.by_ref(found.id, who, now)
            act(uow, organisation, one, ground(uow, found.place_id, now))
            return {"ref": found.ref, "who": one.ref}

        once(
            uow, f"colleagues.{verb}", actor=actor, key=key, now=now, act=acting,
            arguments={"ref": found.ref, "who": who, **said},
        )  # fmt: skip
        uow.commit()


def _end(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, one: Colleague, here: Ground
) -> None:
    _require_another_owner(uow, organisation, one, here.now)
    uow.colleagues.end_role(organisation.id, one.member_id, here.now)
    stand_down(uow, actor, organisation, one.member_id, here)
    theirs = uow.relied.of(organisation_id=organisation.id, member_id=one.member_id)
    end_each(uow, actor, theirs, LEFT, here.now)
    record(uow, actor, organisation, one, "role.ended", one.role, here.now)
    _tell(uow, organisation, one, "role_ended", here.now)


def _require_another_owner(
    uow: UnitOfWork, organisation: Organisation, one: Colleague, now: datetime
) -> None:
    """An organisation that is open, or may be soon, has an owner."""
    if organisation.state is OrganisationState.REFUSED or one.role is not Role.ORGANISATION_OWNER:
        return
    owners = [
        each for each in uow.colleagues.of(organisation.id, now)
        if each.role is Role.ORGANISATION_OWNER
    ]  # fmt: skip
    if len(owners) < 2:
        raise WrongMoment("last_owner")


def _tell(
    uow: UnitOfWork, organisation: Organisation, one: Colleague, template: str, now: datetime
) -> None:
    tell(
        uow, place_id=organisation.place_id, member_id=one.member_id, template=template,
        parameters={"organisation": organisation.ref, "concerned": one.ref},
        priority=Priority.MATCH, now=now,
        dedupe_key=f"{template}:{organisation.ref}:{one.ref}:{now.isoformat()}",
    )  # fmt: skip
