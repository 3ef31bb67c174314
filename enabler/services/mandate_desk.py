"""A mandate that is set up at a desk: of the council, or of an organisation that acts itself.

A member is found by their exact number, or by their whole name and postcode, and by nothing else.
What is answered to a number is the same whether it is a member's or nobody's: who it is shows when
the code that went there was read out. Whoever has no account gets one by the same code.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enabler.domain.mandates import Basis, Scope, read_days, read_scopes
from enabler.domain.members import Organisation
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import CodeFor
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests
from enabler.services._called import called_by
from enabler.services._codes import CodeAsked, Proof, prove, send_code, still_right
from enabler.services._mandate_desk import (
    Person,
    found_supporter,
    newcomer_at_desk,
    sign_up_at_desk,
)
from enabler.services._mandates import Consent, Supporter, begin, most_days
from enabler.services._once import once
from enabler.services._reading_contacts import read_to
from enabler.services._subjects import of_organisation
from enabler.services.ports import Secrets
from enabler.services.views.mandates import BegunView

__all__ = ["Person", "Setting", "ask_code", "begin_by_code", "check", "most"]

LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class Setting:
    """What is to be agreed to: ``to`` is the member's number or mail address, ``helper`` who is to
    act (a number, a mail address or a reference; empty: the organisation of the desk itself,
    ``organisation_ref``), ``why`` the reason for the look-up, ``language`` that of the words that
    are read out."""

    to: str
    scopes: tuple[str, ...]
    days: int | None
    why: str
    language: str
    helper: str = ""
    organisation_ref: str | None = None


def check(*, actor: Actor, organisation_ref: str | None = None) -> str | None:
    """Whether the actor may set mandates up here; the organisation's name, where it is one's desk.

    Raises NotFound, NotAllowed.
    """
    with reading() as uow:
        found = _desk(uow, actor, organisation_ref)
    return None if found is None else found.name


def most(*, actor: Actor, now: datetime) -> int:
    """For how many days a mandate can be given here."""
    with reading() as uow:
        return most_days(uow, actor.place_id or 0, now)


def _desk(uow: UnitOfWork, actor: Actor, organisation_ref: str | None) -> Organisation | None:
    if organisation_ref is None:
        require(actor, Action.RECORD_MANDATE, Subject(actor.place_id))
        return None
    found = uow.organisations.by_ref(actor.place_id, organisation_ref)
    require(actor, Action.RECORD_MANDATE, of_organisation(found))
    return found


def ask_code(
    *, actor: Actor, setting: Setting, browser: str, from_address: str, secrets: Secrets,
    key: str, now: datetime,
) -> None:  # fmt: skip
    """Send the code to the member's number or address, for them to read out. That somebody was
    looked for, and why, is written down.

    Raises NotFound, NotAllowed, Invalid ("to", "helper", "scopes", "days", "why"), LimitReached,
    KeyReused.
    """
    kind, value = read_to(setting.to)
    said = checked_words("why", setting.why, most=LONGEST_WHY)
    with unit_of_work() as uow:
        desk = _desk(uow, actor, setting.organisation_ref)
        place_id = actor.place_id or 0
        _read(uow, actor, setting, desk, now)
        uow.sessions.take_turns(place_id)
        asked = CodeAsked(
            place_id, kind, value, _digests.of_browser(secrets, browser), from_address,
            setting.language,
        )  # fmt: skip

        def act() -> dict[str, Any]:
            uow.audit.record(
                actor, "mandate.looked-for", place_id=place_id, now=now, why="number",
                subject=("member", actor.member_id or 0, actor.name),
                values={"words": (None, said)} if actor.member_id else None,
                whose=actor.member_id,
            )  # fmt: skip
            return {"code": send_code(uow, secrets, asked, CodeFor.MANDATE, now)}

        once(
            uow, "mandate_desk.ask_code", actor=actor, key=key, now=now, act=act,
            arguments={"to": secrets.digest(value), "scopes": list(setting.scopes)},
        )  # fmt: skip
        uow.commit()


def _read(
    uow: UnitOfWork, actor: Actor, setting: Setting, desk: Organisation | None, now: datetime
) -> tuple[Supporter, tuple[Scope, ...], int]:
    supporter = found_supporter(uow, actor, setting.helper, desk, now)
    days = read_days(setting.days, most_days(uow, actor.place_id or 0, now))
    return supporter, read_scopes(setting.scopes), days


def begin_by_code(
    *, actor: Actor, setting: Setting, code: str, person: Person | None, browser: str,
    secrets: Secrets, now: datetime,
) -> BegunView | None:  # fmt: skip
    """The mandate begins, by the code that the member read out or typed; its ref, and the name by
    which those at the desk see that it is whoever stands before them. None: the code is right and
    nobody has this number yet, so that their name and home are wanted (``person``).

    Raises NotFound, NotAllowed, Invalid ("code", "name", "postcode", …), WrongMoment, LimitReached.
    """
    kind, value = read_to(setting.to)
    newcomer = None if person is None else newcomer_at_desk(person, setting.language)
    with unit_of_work() as uow:
        desk = _desk(uow, actor, setting.organisation_ref)
        supporter, scopes, days = _read(uow, actor, setting, desk, now)
        place_id, browser_hash = actor.place_id or 0, _digests.of_browser(secrets, browser)
        uow.sessions.take_turns(place_id)
        member = uow.members.by_contact(place_id, kind, value)
        proof = Proof("code", value, CodeFor.MANDATE, code)
        if member is None and newcomer is None:
            still_right(uow, place_id, proof, browser_hash, secrets, now)
            return None
        prove(uow, place_id, [proof], browser_hash, secrets, now)
        if member is None:
            member = sign_up_at_desk(uow, actor, (kind, value), newcomer, secrets, now)
        uow.members.verify_contact(place_id, kind, value, now)
        uow.sights.log(
            actor, member.id, ("name",), place_id=place_id, why="mandate", now=now,
            subject_ref=member.ref,
        )  # fmt: skip
        consent = Consent(Basis.OWN_REPLY, setting.language, "desk", recorded_by=actor.member_id)
        kept = begin(uow, actor, member, supporter, scopes, days, consent, now)
        name = called_by(uow, actor, kept, member, now)
        uow.commit()
    return BegunView(kept.ref, name)
