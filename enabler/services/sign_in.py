"""Sign in and out: residents by a code to their phone, staff by password and second factor.

What is answered, and what is done until the code is right, is the same for every number: whether
somebody is a member is learned only by whoever holds the phone.
"""

from dataclasses import replace
from datetime import datetime

from enabler.domain import sign_in as rules
from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.staff import StaffSecret, delay_after
from enabler.domain.vocabulary import STAFF_ROLES, CodeFor
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests
from enabler.services._codes import CodeAsked, is_said_again, send_code, spend
from enabler.services._once import once
from enabler.services._password import PASSWORD_AND_CODE
from enabler.services._reaching import number_reached
from enabler.services._recognise import MAY_COME_IN, known
from enabler.services._sessions import begin, end
from enabler.services.ports import Secrets, StaffIdentity, StaffProof
from enabler.services.views import SignedIn


def ask_code(
    *, place_id: int, phone_text: str, browser: str, from_address: str, secrets: Secrets,
    key: str, now: datetime, language: str | None = None,
) -> None:  # fmt: skip
    """A browser asks for a code for a number; it goes there as a text, member's or not.

    ``browser`` is the random token of its cookie, ``from_address`` its network address,
    ``language`` what it shows pages in: the text's, where the number is no member's. Raises
    Invalid("phone", …) for what is no British mobile number, LimitReached, NotFound (the place).
    """
    phone = PhoneNumber.parse(phone_text)
    if not phone.takes_texts:
        raise Invalid("phone", "phone_no_texts")
    asker = Actor.anonymous(place_id)
    browser_hash = _digests.of_browser(secrets, browser)
    arguments = {"phone": _digests.of_phone(secrets, phone.e164), "browser": browser_hash}

    def ask() -> dict[str, int]:
        asked = CodeAsked(place_id, "phone", phone.e164, browser_hash, from_address, language)
        return {"sign_in_code": send_code(uow, secrets, asked, CodeFor.SIGN_IN, now)}

    with unit_of_work() as uow:
        require(asker, Action.SIGN_IN)
        if not uow.sessions.take_turns(place_id):
            raise NotFound("place_unknown")
        once(
            uow, "sign_in.ask_code", actor=asker, key=key, arguments=arguments, now=now, act=ask
        )  # fmt: skip
        uow.commit()


def check_code(
    *, place_id: int, phone_text: str, code: str, browser: str, shared_device: bool,
    secrets: Secrets, now: datetime, replacing: str | None = None,
) -> str:  # fmt: skip
    """The token of a new session, for the code that this browser asked for last.

    A member is signed in; a number that nobody has signed up with is proved, for
    ``members.sign_up``. ``replacing`` is the token of the browser's session until now, which ends.
    The same right code again, as by a double click, gives the same token while its session is
    open. Raises Invalid("phone", …), Invalid("code", code_missing | code_malformed |
    code_not_asked | code_used | code_expired | code_too_many_tries | code_wrong with ``left``
    tries), and NotAllowed("account_suspended") to whoever holds a suspended member's phone.
    """
    phone = PhoneNumber.parse(phone_text).e164
    typed = rules.read_code(code)
    browser_hash = _digests.of_browser(secrets, browser)
    with unit_of_work() as uow:
        require(Actor.anonymous(place_id), Action.SIGN_IN)
        asked = uow.sessions.newest_code(place_id=place_id, phone=phone, browser_hash=browser_hash)
        if asked is None:
            raise Invalid("code", "code_not_asked")
        if is_said_again(uow, asked, typed, secrets, now):
            return secrets.token_of(asked.nonce)
        spend(uow, asked, typed, secrets, now)
        member = uow.members.by_contact(place_id, "phone", phone)
        if member is not None and member.state not in MAY_COME_IN:
            uow.commit()
            raise NotAllowed("account_suspended")
        uow.members.verify_contact(place_id, "phone", phone, now)
        number_reached(uow, uow.phones.known(place_id, phone), now)
        token = begin(
            uow, secrets=secrets, place_id=place_id, member=member, verified_phone=phone,
            shared_device=shared_device, replacing=replacing, now=now,
            token=secrets.token_of(asked.nonce),
        )  # fmt: skip
        uow.commit()
    return token


def staff(
    *, place_id: int, mail: str, password: str, totp: str, secrets: Secrets, now: datetime,
    identity: StaffIdentity = PASSWORD_AND_CODE, replacing: str | None = None,
) -> str:  # fmt: skip
    """The token of a new session of a member of staff, who proved both factors.

    Raises Invalid("email", …) for what is no address, and Invalid("password", "staff_wrong") for
    all else: a stranger, a wrong password or code, a code used before, or a try while nothing is
    checked after five wrong ones. Nothing tells which.
    """
    address = EmailAddress.parse(mail).text
    with reading() as before:
        kept = before.staff.by_mail(place_id, address)
    # A hash takes its time on purpose: no transaction is open meanwhile.
    proof = identity.prove({"password": password, "totp": totp}, kept, now)
    with unit_of_work() as uow:
        require(Actor.anonymous(place_id), Action.SIGN_IN)
        member = _admitted(uow, kept, proof, now)
        if member is None:
            uow.commit()
            raise Invalid("password", "staff_wrong")
        token = begin(
            uow, secrets=secrets, place_id=place_id, member=member, second_factor=True,
            replacing=replacing, now=now,
        )  # fmt: skip
        uow.commit()
    return token


def _admitted(
    uow: UnitOfWork, kept: StaffSecret | None, proof: StaffProof | None, now: datetime
) -> Member | None:
    """The member, if the proof is good and was not used before; else the failure is counted."""
    current = uow.staff.of(kept.member_id if kept is not None else 0)
    if kept is None or current is None or current.waits(now):
        uow.staff.set_failures(0, 0, None)  # nobody's: what is done is the same for all
        return None
    unchanged = current.password_hash == kept.password_hash
    if proof is not None and unchanged and uow.staff.use_step(current.member_id, proof.step):
        member = uow.members.by_id(current.member_id)
        held = uow.members.roles_of(current.member_id, now)
        return member if any(role.grant.role in STAFF_ROLES for role in held) else None
    failures = current.failures + 1
    delay = delay_after(failures)
    uow.staff.set_failures(current.member_id, failures, None if delay is None else now + delay)
    return None


def who(*, token: str, secrets: Secrets, now: datetime) -> tuple[Actor, SignedIn] | None:
    """Who has this session now: state, roles and place are read afresh. None: nobody any more.

    That it was seen is written at most hourly; each minute where a session ends within the hour.
    """
    with reading() as uow:
        read = uow.sessions.whose(_digests.of_session(secrets, token), now)
    if read is None:
        return None
    session, place, member, held, has_hours = read
    found = known(session, member, held, now)
    if found is None:
        return None
    if session.wants_to_be_seen(now):
        with unit_of_work() as seen:
            seen.sessions.seen(session.id, now)
            seen.commit()
    return found[0], replace(found[1], place=place, has_hours=has_hours)


def sign_out(*, token: str, secrets: Secrets, now: datetime) -> None:
    """This browser's session is over. A session that is over already stays so."""
    with unit_of_work() as uow:
        end(uow, secrets=secrets, token=token, now=now)
        uow.commit()


def sign_out_everywhere(*, actor: Actor, now: datetime) -> int:
    """Every session of the member is over, this one too; how many. So is every key of a program.

    Raises NotAllowed.
    """
    with unit_of_work() as uow:
        require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
        if actor.member_id is None:
            raise NotAllowed(action=Action.SEE_OWN.value)
        ended = uow.sessions.end_all_of(actor.member_id, now)
        uow.api_tokens.end_all_of(actor.member_id, now)
        uow.audit.record(
            actor, "member.signed-out-everywhere", place_id=actor.place_id,
            subject=("member", actor.member_id, actor.name), now=now,
        )  # fmt: skip
        uow.commit()
    return ended
