"""Organisations: registering one, showing it to everybody, changing what it says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from enabler.domain.errors import LimitReached, NotAllowed, NotFound, WrongMoment
from enabler.domain.members import Organisation
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.vocabulary import OrganisationKind, OrganisationState, Priority, Role
from enabler.domain.windows import Weekly
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _organisation_drafts as drafts
from enabler.services._once import once
from enabler.services._organisation_drafts import OrganisationDraft, checked_draft
from enabler.services._organisation_views import organisation_view
from enabler.services._organisation_words import look_at_words, words_after_a_look
from enabler.services._subjects import of_organisation, place_of
from enabler.services._tell import tell
from enabler.services.views import OrganisationView

__all__ = [
    "OrganisationDraft", "change", "check_draft", "register", "set_hours", "show",
]  # fmt: skip

MOST_WAITING = 3
"""Organisations of one person that may wait for a custodian at once."""
_STANDING = (OrganisationState.ACTIVE, OrganisationState.HELD)


def register(
    *, actor: Actor, draft: OrganisationDraft, key: str, now: datetime
) -> OrganisationView:
    """Register an organisation: it is held for a custodian, and the actor is its owner.

    Raises NotAllowed, Invalid(field, code), LimitReached, KeyReused.
    """
    with unit_of_work() as uow:
        require(
            actor, Action.REGISTER_ORGANISATION, Subject(actor.place_id, owner_id=actor.member_id)
        )
        if actor.place_id is None or actor.member_id is None:
            raise NotAllowed(action=Action.REGISTER_ORGANISATION.value)
        result = once(
            uow, "organisations.register", actor=actor, key=key, arguments=asdict(draft), now=now,
            act=lambda: _register(uow, actor, draft, now),
        )  # fmt: skip
        kept = uow.organisations.by_ref(actor.place_id, result["ref"])
        view = organisation_view(uow, actor, kept, now)
        uow.commit()
    return view


def check_draft(*, actor_place_id: int, draft: OrganisationDraft) -> None:
    """Whether a draft means something, before it is sent. Raises Invalid, as ``register`` would."""
    require(Actor.anonymous(actor_place_id), Action.SEE_PUBLIC)
    with reading() as uow:
        checked_draft(draft, lambda typed: uow.places.locate(actor_place_id, typed).postcode.text)


def _register(
    uow: UnitOfWork, actor: Actor, draft: OrganisationDraft, now: datetime
) -> dict[str, Any]:
    place_id, member_id = actor.place_id or 0, actor.member_id or 0
    uow.homes.lock([member_id])
    held = {one.id for one in uow.organisations.held_in(place_id)}
    mine = {one.grant.organisation_id for one in uow.members.roles_of(member_id, now)}
    if len(held & mine) >= MOST_WAITING:
        raise LimitReached("organisations_waiting", most=MOST_WAITING)
    draft = checked_draft(draft, lambda typed: uow.places.locate(place_id, typed).postcode.text)
    where = uow.places.locate(place_id, draft.postcode)
    kept = uow.organisations.add(
        draft.hours, place_id=place_id, ref=uow.refs.new(place_id, "organisation"),
        kind=OrganisationKind(draft.kind), name=draft.name, about=draft.about,
        postcode=where.postcode.text, address=draft.address, easting=where.point.easting,
        northing=where.point.northing, ward_id=where.ward.id, phone=draft.phone, mail=draft.mail,
        web=draft.web, open_on_bank_holidays=draft.open_on_bank_holidays,
        can_show=list(draft.can_show), state=OrganisationState.HELD, created_at=now,
    )  # fmt: skip
    uow.members.add_role(
        place_id, member_id, Role.ORGANISATION_OWNER, now=now, organisation_id=kept.id
    )
    look_at_words(uow, actor, kept, draft.about, draft.web, now)
    _record(uow, actor, kept, "registered", now, states=(None, OrganisationState.HELD.value))
    uow.audit.record(
        actor, "role.granted", place_id=place_id, subject=("member", member_id, actor.name),
        now=now, columns=("role",), why=Role.ORGANISATION_OWNER.value, on_behalf_of=kept.ref,
    )  # fmt: skip
    tell(
        uow, place_id=place_id, member_id=member_id, template="organisation_held",
        parameters={"organisation": kept.ref}, priority=Priority.ANSWER,
        dedupe_key=f"organisation_held:{kept.ref}", now=now,
    )  # fmt: skip
    return {"ref": kept.ref}


def show(*, actor: Actor, ref: str, now: datetime) -> OrganisationView:
    """An organisation that is open to everybody; one that is not, for those who act for it and for
    staff. Raises NotFound.
    """
    with reading() as uow:
        require(actor, Action.SEE_PUBLIC)
        found = uow.organisations.by_ref(place_of(actor), ref)
        is_open = found.state is OrganisationState.ACTIVE
        if not is_open and not allowed(actor, Action.SEE_ORGANISATION, of_organisation(found)):
            raise NotFound("organisation_unknown")
        return organisation_view(uow, actor, found, now)


def change(
    *, actor: Actor, ref: str, about: str, phone: str | None, mail: str | None, web: str | None,
    key: str, now: datetime,
) -> OrganisationView:  # fmt: skip
    """Change what an organisation says of itself and how it is reached.

    Its name, kind and address are for a custodian to change: they were looked at. New words of
    which a signal says so wait for a look; the old ones stand meanwhile. Raises NotFound,
    NotAllowed, WrongMoment, Invalid (about, phone, mail, web), KeyReused.
    """
    values: dict[str, Any] = {
        "about": checked_words("about", about, most=drafts.LONGEST_ABOUT),
        "phone": drafts.read_phone(phone), "mail": drafts.read_mail(mail),
        "web": drafts.read_web(web),
    }  # fmt: skip
    drafts.require_reachable(phone, mail, web)

    def act(uow: UnitOfWork, organisation: Organisation) -> None:
        said = words_after_a_look(uow, actor, organisation, str(values["about"]), web, now)
        uow.organisations.change(organisation.id, **values | said)

    return _change(actor, ref, values, key, now, act)


def set_hours(
    *, actor: Actor, ref: str, hours: tuple[Weekly, ...], open_on_bank_holidays: bool, key: str,
    now: datetime,
) -> OrganisationView:  # fmt: skip
    """Say when an organisation is open. What it offers keeps the times it has.

    Raises NotFound, NotAllowed, WrongMoment, Invalid("hours", code), KeyReused.
    """
    kept = drafts.read_hours(hours)

    def act(uow: UnitOfWork, organisation: Organisation) -> None:
        uow.organisations.set_hours(organisation.id, kept)
        uow.organisations.change(organisation.id, open_on_bank_holidays=open_on_bank_holidays)

    said = {"hours": kept, "open_on_bank_holidays": open_on_bank_holidays}
    return _change(actor, ref, said, key, now, act)


def _change(
    actor: Actor, ref: str, said: Mapping[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Organisation], None],
) -> OrganisationView:  # fmt: skip
    with unit_of_work() as uow:
        found = uow.organisations.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_ORGANISATION, of_organisation(found))

        def changing() -> dict[str, Any]:
            organisation = uow.organisations.lock(found.id)
            if organisation.state not in _STANDING:
                raise WrongMoment("organisation_not_active", state=organisation.state.value)
            act(uow, organisation)
            _record(uow, actor, organisation, "changed", now, columns=tuple(said))
            return {"ref": organisation.ref}

        once(
            uow, "organisations.change", actor=actor, key=key, now=now, act=changing,
            arguments={"ref": found.ref, **said},
        )  # fmt: skip
        view = organisation_view(uow, actor, uow.organisations.by_id(found.id), now)
        uow.commit()
    return view


def _record(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, what: str, now: datetime,
    **more: Any,
) -> None:  # fmt: skip
    uow.audit.record(
        actor, f"organisation.{what}", place_id=organisation.place_id,
        subject=("organisation", organisation.id, organisation.ref), now=now, **more,
    )  # fmt: skip
