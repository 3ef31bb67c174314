"""A member takes their mail address away: with a code to their phone, and never the last way.

Whoever reads the mails hears of it and can undo it for 72 hours; so long the member is cautious, as
after any change of how they are reached.
"""

from datetime import datetime

from enabler.domain.contact_changes import Contact
from enabler.domain.errors import WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import CodeFor
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests
from enabler.services._codes import CodeAsked, Proof, prove, send_code
from enabler.services._contact_changes import change_contact
from enabler.services._once import once
from enabler.services._own import own
from enabler.services.ports import Secrets


def check(*, actor: Actor) -> str:
    """The mail address that can go. Raises NotAllowed, WrongMoment: there is none, nothing else
    reaches the member, or they sign in with it."""
    with reading() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        return _require_other_way(uow, member)["mail"].value


def _require_other_way(uow: UnitOfWork, member: Member) -> dict[str, Contact]:
    contacts = uow.contacts.of(member.id)
    if "mail" not in contacts:
        raise WrongMoment("mail_not_given")
    if "phone" not in contacts or member.stopped:
        raise WrongMoment("mail_is_last_way")
    if uow.staff.signs_in(member.id):
        raise WrongMoment("mail_signs_in")
    return contacts


def ask_code(
    *, actor: Actor, browser: str, from_address: str, secrets: Secrets, key: str, now: datetime
) -> None:  # fmt: skip
    """Send a code to the member's phone. Raises as ``check``, and LimitReached, KeyReused."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        phone = _require_other_way(uow, member)["phone"].value
        browser_hash = _digests.of_browser(secrets, browser)
        uow.sessions.take_turns(member.place_id)
        asked = CodeAsked(member.place_id, "phone", phone, browser_hash, from_address)
        once(
            uow, "mail_removal.ask_code", actor=actor, key=key, now=now,
            arguments={"browser": browser_hash},
            act=lambda: {"code": send_code(uow, secrets, asked, CodeFor.OLD_CONTACT, now)},
        )  # fmt: skip
        uow.commit()


def remove(
    *, actor: Actor, code: str, browser: str, secrets: Secrets, now: datetime
) -> None:  # fmt: skip
    """The mail address goes, for the code that came. The same form again changes nothing more.

    Raises Invalid("code", code_…), NotAllowed, WrongMoment.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        uow.sessions.take_turns(member.place_id)
        uow.contacts.hold(member.id)
        if "mail" not in uow.contacts.of(member.id):
            return
        phone = _require_other_way(uow, member)["phone"].value
        proof = Proof("code", phone, CodeFor.OLD_CONTACT, code)
        browser_hash = _digests.of_browser(secrets, browser)
        prove(uow, member.place_id, [proof], browser_hash, secrets, now)
        change_contact(uow, actor, member, kind="mail", value=None, now=now)
        uow.commit()
