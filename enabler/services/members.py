"""Members: signing up, being added by staff, being looked up."""

from datetime import datetime

from enabler.domain import consents
from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.looks import checked_reason
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.refs import canonical
from enabler.domain.sign_in import Session
from enabler.domain.vocabulary import STAFF_ROLES, Role
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services import _digests
from enabler.services._adding import Addition, add
from enabler.services._denying import check_member
from enabler.services._hidden import knows
from enabler.services._joining import Newcomer, arguments_of, join, newcomer
from enabler.services._looking import begin_look
from enabler.services._once import once
from enabler.services._password import PASSWORD_AND_CODE
from enabler.services._recognise import recognise
from enabler.services.ports import Secrets
from enabler.services.views import AddedMember, MemberView, SignedIn


def sign_up(
    *, session_token: str, secrets: Secrets, name: str, postcode_text: str, address: str,
    adult: bool, consented: bool, language: str, key: str, now: datetime,
    shown_name: str | None = None, browser: str | None = None, from_address: str | None = None,
) -> SignedIn:  # fmt: skip
    """Whoever proved a number becomes a member; their session is the member's from now on.

    ``shown_name`` is what others read: the first word of the name where it is not given.
    ``browser`` and ``from_address`` (a network address) are kept as digests for thirty days.
    Whoever meets the deny list is held: a person looks at the account first. A number
    that has become a member's meanwhile is signed in as that member. Raises NotAllowed
    ("sign_in_first") without a proved number, and Invalid at ``name``, ``shown_name``,
    ``postcode``, ``address``, ``adult`` (under_18), ``consented`` (consent_missing).
    """
    if not adult:
        raise Invalid("adult", "under_18")
    new = newcomer(
        name=name, shown=shown_name, language=language, adult=adult, postcode=postcode_text,
        address=address,
    )  # fmt: skip
    if not consented:
        raise Invalid("consented", "consent_missing")
    token_hash = _digests.of_session(secrets, session_token)
    with unit_of_work() as uow:
        session = uow.sessions.by_token(token_hash, lock=True)
        if session is None or session.is_over(now):
            raise NotAllowed("sign_in_first")
        require(Actor.anonymous(session.place_id), Action.SIGN_IN)
        if session.verified_phone is not None:
            trace = _trace(secrets, browser, from_address)
            _become_member(uow, session, session.verified_phone, new, secrets, key, now, trace)
        changed = uow.sessions.by_token(token_hash)
        found = None if changed is None else recognise(uow, changed, now)
        if found is None:
            raise NotAllowed("account_suspended")
        uow.commit()
    return found[1]


def _become_member(
    uow: UnitOfWork, session: Session, phone: str, new: Newcomer, secrets: Secrets, key: str,
    now: datetime, trace: dict[str, str | None],
) -> None:  # fmt: skip
    def act() -> dict[str, str]:
        place = uow.places.by_id(session.place_id)
        uow.sessions.take_turns(place.id)
        member = uow.members.by_contact(place.id, "phone", phone)
        if member is None:
            member = join(uow, None, place, new, now)
            uow.members.add_contact(place.id, member.id, kind="phone", value=phone, verified_at=now)
            _agreed(uow, place.id, member.id, new.language, now)
            uow.signals.keep_trace(place.id, member.id, now=now, **trace)
            check_member(uow, Actor.system("deny-list"), member.id, secrets, now)
        return {"member": member.ref}

    arguments = {"phone": _digests.of_phone(secrets, phone), **arguments_of(new)}
    asker = Actor.anonymous(session.place_id)
    once(uow, "members.sign_up", actor=asker, key=key, arguments=arguments, now=now, act=act)
    member = uow.members.by_contact(session.place_id, "phone", phone)
    if member is not None:
        uow.sessions.become(session, member.id, now)


def _trace(
    secrets: Secrets, browser: str | None, from_address: str | None
) -> dict[str, str | None]:
    return {
        "browser_hash": _digests.of_browser(secrets, browser) if browser else None,
        "network_hash": _digests.of_address(secrets, from_address) if from_address else None,
    }


def _agreed(uow: UnitOfWork, place_id: int, member_id: int, language: str, now: datetime) -> None:
    shown = consents.Shown(language, page=consents.SIGN_UP)
    wording = consents.newest(consents.SIGN_UP)
    uow.consents.give(place_id, member_id, wording, shown, now=now)


def turn_away(*, session_token: str, browser: str, secrets: Secrets) -> None:
    """Somebody who may not sign up had proved a number: it is forgotten, with all they typed.

    A member's session stays as it is.
    """
    with unit_of_work() as uow:
        require(Actor.anonymous(), Action.SIGN_IN)
        uow.sessions.forget(_digests.of_session(secrets, session_token))
        uow.drafts.drop_all(_digests.of_browser(secrets, browser))
        uow.commit()


def add_member(
    *, actor: Actor, role: Role, place_slug: str, name: str, key: str, now: datetime,
    ward_code: str | None = None, phone: str | None = None, mail: str | None = None,
    password: str | None = None, totp_secret: str | None = None, renew: bool = False,
    postcode_text: str | None = None, address: str | None = None, shown_name: str | None = None,
    language: str = "en", secrets: Secrets,
) -> AddedMember:  # fmt: skip
    """Staff give somebody a role, and an account where the phone or mail address is new.

    A resident needs a phone or a mail address; staff a mail address, and get a password and the
    secret of their second factor, made up where they are not given, told once and never again
    (``renew``: anew, and their sessions end). A councillor has a ward. Whoever meets the deny list
    waits for the safeguarding lead's look (``waits``), whoever adds them. Raises NotAllowed,
    NotFound (place_unknown, ward_unknown), Invalid at ``role``, ``name``, ``phone``, ``email``,
    ``ward``, ``password``, ``postcode``, ``address``.
    """
    addition = Addition(
        role=role, ward_code=ward_code,
        phone=None if phone is None else PhoneNumber.parse(phone).e164,
        mail=None if mail is None else EmailAddress.parse(mail).text,
        newcomer=newcomer(
            name=name, shown=shown_name, language=language, adult=False, postcode=postcode_text,
            address=address,
        ),
        enrolment=PASSWORD_AND_CODE.enrol(password, totp_secret), renew=renew,
    )  # fmt: skip
    with unit_of_work() as uow:
        place = uow.places.by_slug(place_slug)
        require(actor, Action.GRANT_ROLE, Subject(place_id=place.id))
        added = add(uow, actor, place, addition, secrets, key, now)
        uow.commit()
    return added


def end_role(
    *, actor: Actor, role: Role, place_slug: str, ref: str, key: str, now: datetime
) -> None:
    """Somebody works here no more, or not as that: a role of staff ends at once, with their
    sessions. Their account stays.

    Raises NotAllowed, NotFound (place_unknown, member_unknown), Invalid("role", role_not_of_staff
    or role_not_held), KeyReused.
    """
    if role not in STAFF_ROLES:
        raise Invalid("role", "role_not_of_staff")
    with unit_of_work() as uow:
        place = uow.places.by_slug(place_slug)
        require(actor, Action.GRANT_ROLE, Subject(place_id=place.id))
        member = uow.homes.member_by_ref(place.id, ref)

        def act() -> dict[str, str]:
            if not uow.members.end_role(member.id, role, now):
                raise Invalid("role", "role_not_held")
            uow.sessions.end_all_of(member.id, now)
            uow.audit.record(
                actor, "role.ended", place_id=place.id, now=now, columns=("role",),
                subject=("member", member.id, member.ref), why=role.value,
            )  # fmt: skip
            return {"ref": member.ref}

        once(
            uow, "members.end_role", actor=actor, key=key, now=now, act=act,
            arguments={"place": place.slug, "role": role.value, "ref": member.ref},
        )  # fmt: skip
        uow.commit()


def by_ref(
    *, actor: Actor, ref: str, reason: str | None = None, words: str | None = None, now: datetime
) -> MemberView:
    """Who a member is, for those who may look up a person and say why; the sight is logged with the
    ``reason``. The command line needs none.

    Raises NotFound, NotAllowed, Invalid("reason" or "words").
    """
    with unit_of_work() as uow:
        place_id = actor.place_id or uow.refs.place_of(ref)
        member = None
        if place_id is not None:
            require(actor, Action.SEE_PERSON, Subject(place_id=place_id))
            member = uow.members.by_ref(place_id, canonical(ref) or "")
        if place_id is None or member is None or not knows(uow, actor, member.id):
            raise NotFound("member_unknown")
        held = uow.members.roles_of(member.id, now)
        if actor.member_id is not None:
            begin_look(uow, actor, member, checked_reason(reason or "", words), now)
        uow.sights.log(
            actor, member.id, ("name", "roles"), place_id=place_id, why="looked-up", now=now,
            subject_ref=member.ref,
        )  # fmt: skip
        uow.commit()
    return MemberView(
        ref=member.ref, name=member.name, shown_name=member.shown_name, state=member.state,
        roles=tuple(dict.fromkeys(one.grant.role for one in held)),
    )  # fmt: skip
