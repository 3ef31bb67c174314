"""A member changes their phone or mail address: a code to the new one, and the old one is asked.

Until the codes are right the answer is the same for every number and address: whether somebody
else has it here is learned only by whoever holds it.
"""

from collections.abc import Mapping
from datetime import datetime

from enabler.domain.contact_changes import Contact
from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import CodeFor
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import _digests, _links
from enabler.services._codes import CodeAsked, Proof, prove, send_code
from enabler.services._contact_changes import change_contact, read_contact
from enabler.services._denying import check_member
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._undoing import undo
from enabler.services.ports import Secrets
from enabler.services.views import ContactChangeView

_FIELD = {"phone": "phone", "mail": "email"}


def asks_old(*, actor: Actor, kind: str) -> str | None:
    """Which of the member's contacts has to agree to a change of this kind by a code: phone, mail
    or none. Raises NotAllowed, WrongMoment("old_number_stopped")."""
    with reading() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        old = _old(member, uow.contacts.of(member.id), kind)
    return None if old is None else old.kind


def _old(member: Member, contacts: Mapping[str, Contact], kind: str) -> Contact | None:
    """The phone has to agree to another phone; where it is lost, the mail address. A mail address
    is told of the change instead, so that a dead one holds nobody up."""
    if kind != "phone":
        return None
    if "phone" in contacts and not member.stopped:
        return contacts["phone"]
    if "mail" not in contacts and "phone" in contacts:
        raise WrongMoment("old_number_stopped")
    return contacts.get("mail")


def ask_codes(
    *, actor: Actor, kind: str, typed: str, browser: str, from_address: str, secrets: Secrets,
    key: str, now: datetime,
) -> None:  # fmt: skip
    """Send a code to a new phone or mail address, and one to what has to agree.

    ``kind`` is phone or mail. Raises Invalid("phone" or "email", …), LimitReached, NotAllowed,
    WrongMoment, KeyReused.
    """
    value = read_contact(kind, typed)
    browser_hash = _digests.of_browser(secrets, browser)

    def ask() -> dict[str, int]:
        asked = CodeAsked(member.place_id, kind, value, browser_hash, from_address)
        first = send_code(uow, secrets, asked, CodeFor.NEW_CONTACT, now)
        if old is not None:
            other = CodeAsked(member.place_id, old.kind, old.value, browser_hash, from_address)
            send_code(uow, secrets, other, CodeFor.OLD_CONTACT, now)
        return {"sign_in_code": first}

    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        contacts = uow.contacts.of(member.id)
        if kind in contacts and contacts[kind].value == value:
            raise Invalid(_FIELD[kind], "contact_is_yours_already")
        old = _old(member, contacts, kind)
        uow.sessions.take_turns(member.place_id)
        arguments = {"value": _digests.of_mail(secrets, value), "browser": browser_hash}
        once(uow, "contacts.ask_codes", actor=actor, key=key, arguments=arguments, now=now,
             act=ask)  # fmt: skip
        uow.commit()


def change(
    *, actor: Actor, kind: str, typed: str, code: str, old_code: str, browser: str,
    secrets: Secrets, now: datetime,
) -> None:  # fmt: skip
    """The new phone or mail address takes the old one's place, for the codes that came.

    The same form again changes nothing more. Raises Invalid("code" or "old_code", code_…, and
    contact_taken where another member has it), NotAllowed, WrongMoment.
    """
    value = read_contact(kind, typed)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        uow.sessions.take_turns(member.place_id)  # whoever joins with this number waits
        uow.contacts.hold(member.id)
        contacts = uow.contacts.of(member.id)
        if kind in contacts and contacts[kind].value == value:
            return
        browser_hash = _digests.of_browser(secrets, browser)
        old = _old(member, contacts, kind)
        proofs = [Proof("code", value, CodeFor.NEW_CONTACT, code)]
        if old is not None:
            proofs.append(Proof("old_code", old.value, CodeFor.OLD_CONTACT, old_code))
        prove(uow, member.place_id, proofs, browser_hash, secrets, now)
        if uow.members.by_contact(member.place_id, kind, value) not in (None, member):
            uow.commit()  # the codes are used up
            raise Invalid("code", "contact_taken")
        change_contact(uow, actor, member, kind=kind, value=value, now=now)
        check_member(uow, actor, member.id, secrets, now)
        uow.commit()


def may_refuse(*, token: str, secrets: Secrets, now: datetime) -> ContactChangeView:
    """What the link of a notice is about. Raises NotFound for a link that is not ours."""
    require(Actor.anonymous(), Action.FOLLOW_LINK)
    with reading() as uow:
        change = uow.contacts.change_by_ref(_links.read(secrets, _links.REFUSE, token) or "")
    if change is None:
        raise NotFound("link_unknown")
    return ContactChangeView(
        kind=change.kind, at=change.at, open=change.may_be_refused(now),
        refused=change.refused_at is not None, place_id=change.place_id,
    )  # fmt: skip


def refuse(*, token: str, secrets: Secrets, now: datetime) -> None:
    """Whoever had the old phone or mail address says: that was not me.

    It is theirs again, later changes are undone too, every session ends, caution begins anew, and
    custodians hear of it. Once more does nothing more. Raises NotFound, WrongMoment (too late).
    """
    with unit_of_work() as uow:
        require(Actor.anonymous(), Action.FOLLOW_LINK)
        ref = _links.read(secrets, _links.REFUSE, token) or ""
        change = uow.contacts.change_by_ref(ref, lock=True)
        if change is None:
            raise NotFound("link_unknown")
        if change.refused_at is not None:
            return
        if not change.may_be_refused(now):
            raise WrongMoment("change_too_old")
        undo(uow, change, now)
        uow.commit()
