"""A lost phone and no mail: people at the desk make sure who it is, and change the number.

The caller reads out the code that came to the new number. The old one and the mail address hear of
it, nobody stays signed in, and for 72 hours the member sees nobody's address and whoever reads the
mail can undo it: that caution stands for a second person, who may not be there.
"""

from datetime import datetime

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.looks import checked_reason
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import CodeFor
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests
from enabler.services._codes import CodeAsked, Proof, prove, send_code
from enabler.services._contact_changes import change_contact, read_contact
from enabler.services._denying import check_member
from enabler.services._hidden import require_known
from enabler.services._looking import look_up, require_reason
from enabler.services._once import once
from enabler.services._recognise import MAY_COME_IN
from enabler.services.ports import Secrets
from enabler.services.views import CallerView

WHY = "lost-phone"
LONGEST_BECAUSE = 500


def find(*, actor: Actor, typed: str, reason: str, words: str | None = None, now: datetime) -> str:
    """The ref of whoever has this number, or this reference; ``reason`` is why the actor looks them
    up, and holds for half an hour. Raises NotAllowed, Invalid("who", person_unknown),
    Invalid("reason" or "words")."""
    why = checked_reason(reason, words)
    with unit_of_work() as uow:
        require(actor, Action.CHANGE_NUMBER, Subject(actor.place_id))
        found = look_up(uow, actor, typed, why, now)
        _log(uow, actor, found, ("phone",), now)
        uow.commit()
    return found.ref


def show(*, actor: Actor, ref: str, now: datetime) -> CallerView:
    """What the caller has to know, so that they are who they say; each look is a sight.

    Raises NotFound, NotAllowed (also for oneself), WrongMoment("look_reason_missing").
    """
    with unit_of_work() as uow:
        member = _member(uow, actor, ref)
        require_reason(uow, actor, member, now)
        where = None if member.home_id is None else uow.homes.where(member.home_id)
        contacts = uow.contacts.of(member.id)
        _log(uow, actor, member, ("address", "name", "phone"), now)
        uow.commit()
    phone = contacts.get("phone")
    return CallerView(
        ref=member.ref, name=member.name, state=member.state, has_mail="mail" in contacts,
        address=None if where is None else where.address,
        postcode=None if where is None else where.postcode,
        phone_end=None if phone is None else PhoneNumber.parse(phone.value).national[-3:],
    )  # fmt: skip


def check(*, actor: Actor, ref: str) -> None:
    """Whether the actor may change this member's number. Raises NotFound, NotAllowed."""
    with reading() as uow:
        _member(uow, actor, ref)


def ask_code(
    *, actor: Actor, ref: str, typed: str, words: str, browser: str, from_address: str,
    secrets: Secrets, key: str, now: datetime,
) -> None:  # fmt: skip
    """Send a code to the new number, for the caller to read out.

    ``words``: how the actor knows who it is. Raises NotFound, NotAllowed, Invalid("phone" or
    "words"), LimitReached, KeyReused.
    """
    phone, said = read_contact("phone", typed), _because(words)
    with unit_of_work() as uow:
        member = _member(uow, actor, ref)
        _require_new(uow, member, phone)
        browser_hash = _digests.of_browser(secrets, browser)
        uow.sessions.take_turns(member.place_id)
        asked = CodeAsked(member.place_id, "phone", phone, browser_hash, from_address)
        once(
            uow, "new_numbers.ask_code", actor=actor, key=key, now=now,
            arguments={"member": member.ref, "to": secrets.digest(phone + said)},
            act=lambda: {"code": send_code(uow, secrets, asked, CodeFor.NEW_CONTACT, now)},
        )  # fmt: skip
        uow.commit()


def change(
    *, actor: Actor, ref: str, typed: str, words: str, code: str, browser: str,
    secrets: Secrets, now: datetime,
) -> None:  # fmt: skip
    """The number that the caller has now takes the lost one's place. The same form again changes
    nothing more.

    Raises NotFound, NotAllowed, Invalid("phone", "words" or "code"; contact_taken where another
    member has the number).
    """
    phone, said = read_contact("phone", typed), _because(words)
    with unit_of_work() as uow:
        member = _member(uow, actor, ref)
        uow.sessions.take_turns(member.place_id)  # whoever joins with this number waits
        uow.contacts.hold(member.id)
        kept = uow.contacts.of(member.id).get("phone")
        if kept is not None and kept.value == phone:
            return
        proof = Proof("code", phone, CodeFor.NEW_CONTACT, code)
        browser_hash = _digests.of_browser(secrets, browser)
        prove(uow, member.place_id, [proof], browser_hash, secrets, now)
        if uow.members.by_contact(member.place_id, "phone", phone) is not None:
            uow.commit()  # the code is used up
            raise Invalid("code", "contact_taken")
        change_contact(
            uow, actor, member, kind="phone", value=phone, now=now, lost=True, because=said
        )
        check_member(uow, actor, member.id, secrets, now)
        uow.sessions.end_all_of(member.id, now)
        uow.commit()


def _because(words: str) -> str:
    return checked_words("words", words, most=LONGEST_BECAUSE)


def _member(uow: UnitOfWork, actor: Actor, ref: str) -> Member:
    require(actor, Action.CHANGE_NUMBER, Subject(actor.place_id))
    member = require_known(uow, actor, uow.homes.member_by_ref(actor.place_id, ref))
    if member.id == actor.member_id:
        raise NotAllowed("own_case")
    if member.state not in MAY_COME_IN:
        raise NotAllowed("account_suspended")
    return member


def _require_new(uow: UnitOfWork, member: Member, phone: str) -> None:
    kept = uow.contacts.of(member.id).get("phone")
    if kept is not None and kept.value == phone:
        raise Invalid("phone", "number_is_theirs_already")


def _log(
    uow: UnitOfWork, actor: Actor, member: Member, what: tuple[str, ...], now: datetime
) -> None:
    uow.sights.log(
        actor, member.id, what, place_id=member.place_id, why=WHY, now=now, subject_ref=member.ref
    )
