"""Somebody has lost their phone or number: in by a code to their mail, or to the desk.

Until the code is right the answer is the same for every address and number: whether somebody is a
member is learned only by whoever reads the mail.
"""

from datetime import datetime, timedelta

from enabler.domain import sign_in as rules
from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.contact_changes import OLD_ENOUGH, REPORTS_OF_LOST_PHONES
from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.members import Member
from enabler.domain.names import person_name
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import CodeFor, Priority
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services import _digests
from enabler.services._codes import CodeAsked, is_said_again, send_code, spend
from enabler.services._contact_changes import change_contact
from enabler.services._once import once
from enabler.services._recognise import MAY_COME_IN
from enabler.services._sessions import begin
from enabler.services._tell import tell_number
from enabler.services.ports import Secrets

KIND = "lost-phone"
_REPORTS = rules.Cap("lost_phones_soon", REPORTS_OF_LOST_PHONES, timedelta(hours=1))


def ask_code(
    *, place_id: int, typed: str, browser: str, from_address: str, secrets: Secrets, key: str,
    now: datetime,
) -> None:  # fmt: skip
    """Send a code to a mail address, if a member proved it long enough ago; nothing tells.

    Raises Invalid("email", …), LimitReached, NotFound (the place), KeyReused.
    """
    mail = EmailAddress.parse(typed).text
    browser_hash = _digests.of_browser(secrets, browser)
    asker = Actor.anonymous(place_id)

    def ask() -> dict[str, int]:
        asked = CodeAsked(place_id, "mail", mail, browser_hash, from_address)
        return {"sign_in_code": send_code(uow, secrets, asked, CodeFor.LOST_PHONE, now)}

    with unit_of_work() as uow:
        require(asker, Action.SIGN_IN)
        if not uow.sessions.take_turns(place_id):
            raise NotFound("place_unknown")
        arguments = {"mail": _digests.of_mail(secrets, mail), "browser": browser_hash}
        once(uow, "lost_phone.ask_code", actor=asker, key=key, arguments=arguments, now=now,
             act=ask)  # fmt: skip
        uow.commit()


def check_code(
    *, place_id: int, typed: str, code: str, browser: str, secrets: Secrets, now: datetime,
    replacing: str | None = None,
) -> str:  # fmt: skip
    """The token of a new session, for the code that came by mail; the lost phone opens nothing
    any more, and nobody else is signed in.

    Raises Invalid("email" or "code", …), NotAllowed("account_suspended").
    """
    mail, digits = EmailAddress.parse(typed).text, rules.read_code(code)
    browser_hash = _digests.of_browser(secrets, browser)
    with unit_of_work() as uow:
        require(Actor.anonymous(place_id), Action.SIGN_IN)
        asked = uow.sessions.newest_code(
            place_id=place_id, phone=mail, browser_hash=browser_hash, purpose=CodeFor.LOST_PHONE
        )
        if asked is None:
            raise Invalid("code", "code_not_asked")
        token = secrets.token_of(asked.nonce)
        if is_said_again(uow, asked, digits, secrets, now):
            return token
        spend(uow, asked, digits, secrets, now)
        member = _whose(uow, place_id, mail, now)
        if member is None or member.state not in MAY_COME_IN:
            uow.commit()  # the code is used up
            raise NotAllowed("account_suspended")
        _let_in(uow, member, now)
        begin(
            uow, secrets=secrets, place_id=place_id, member=member, replacing=replacing, now=now,
            token=token,
        )  # fmt: skip
        uow.commit()
    return token


def _whose(uow: UnitOfWork, place_id: int, mail: str, now: datetime) -> Member | None:
    if not uow.subjects.has_proved(place_id, "mail", mail, now - OLD_ENOUGH):
        return None
    return uow.members.by_contact(place_id, "mail", mail)


def _let_in(uow: UnitOfWork, member: Member, now: datetime) -> None:
    actor = Actor("member", member.ref, member_id=member.id, place_id=member.place_id)
    uow.contacts.hold(member.id)
    uow.sessions.end_all_of(member.id, now)
    if "phone" in uow.contacts.of(member.id):
        change_contact(uow, actor, member, kind="phone", value=None, now=now, lost=True)


def tell_desk(
    *, place_id: int, name: str, phone_text: str, words: str, secrets: Secrets, key: str,
    now: datetime,
) -> None:  # fmt: skip
    """Somebody without a mail address here asks the desk for help; their old number is told.

    Raises Invalid at ``name``, ``phone``, ``words``, LimitReached, NotFound (the place), KeyReused.
    """
    full, phone = person_name(name), PhoneNumber.parse(phone_text)
    said = f"{full}, {phone.national}\n{checked_words('words', words)}"
    asker = Actor.anonymous(place_id)

    def act() -> dict[str, str]:
        _REPORTS.check(uow.reports.nth_newest(place_id, KIND, _REPORTS.count), now)
        ref = _report(uow, asker, place_id, said, now)
        tell_number(
            uow, place_id=place_id, phone=phone.e164, template="phone_reported", parameters={},
            priority=Priority.SAFETY, now=now,
            dedupe_key=f"phone_reported:{_digests.of_phone(secrets, phone.e164)}:{now.date()}",
        )  # fmt: skip
        return {"ref": ref}

    with unit_of_work() as uow:
        require(asker, Action.SIGN_IN)
        if not uow.sessions.take_turns(place_id):
            raise NotFound("place_unknown")
        arguments = {"place": place_id, "said": secrets.digest(said)}
        once(uow, "lost_phone.tell_desk", actor=asker, key=key, arguments=arguments, now=now,
             act=act, again=False)  # fmt: skip
        uow.commit()


def _report(uow: UnitOfWork, asker: Actor, place_id: int, said: str, now: datetime) -> str:
    kept = uow.reports.add(
        place_id=place_id, ref=uow.refs.new(place_id, "report"), by_member_id=None,
        about_kind="other", about_ref=None, kind=KIND, words=said, reported_at=now,
    )  # fmt: skip
    uow.audit.record(
        asker, "report.made", place_id=place_id, subject=("report", kept.id, kept.ref), now=now,
        states=(None, "open"), why=KIND,
    )  # fmt: skip
    return kept.ref
