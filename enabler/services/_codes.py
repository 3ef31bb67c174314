"""One-time codes: asked for within caps, sent to a phone or mail address, used up or counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enabler.domain import sign_in as rules
from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import CodeFor, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _digests
from enabler.services._sessions import is_open
from enabler.services._tell import tell_contact
from enabler.services.ports import Secrets

TEMPLATE_OF = {
    CodeFor.SIGN_IN: "sign_in_code",
    CodeFor.NEW_CONTACT: "contact_code",
    CodeFor.OLD_CONTACT: "old_contact_code",
    CodeFor.LOST_PHONE: "lost_code",
    CodeFor.PROOF: "proof_code",
    CodeFor.ERASURE: "erase_code",
    CodeFor.MANDATE: "mandate_code",
}


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """Who asks for a code, and for which phone (E.164) or mail address.

    ``language`` is the one they read in: whoever is no member yet is written to in it.
    """

    place_id: int
    kind: str
    value: str
    browser_hash: str
    from_address: str
    language: str | None = None


def send_code(
    uow: UnitOfWork, secrets: Secrets, asked: CodeAsked, purpose: CodeFor, now: datetime
) -> int:
    """Queue a code; its id. Raises LimitReached by the caps on the value, the network address and
    everybody."""
    address_hash = _digests.of_address(secrets, asked.from_address)
    _check_caps(uow, asked.value, address_hash, now)
    nonce = secrets.token()
    code_id = uow.sessions.add_code(
        place_id=asked.place_id, phone=asked.value, nonce=nonce, purpose=purpose,
        browser_hash=asked.browser_hash, from_address_hash=address_hash, now=now,
    )  # fmt: skip
    template = TEMPLATE_OF[purpose]
    tell_contact(
        uow, place_id=asked.place_id, kind=asked.kind, value=asked.value, template=template,
        parameters={"nonce": nonce}, priority=Priority.CODE, dedupe_key=f"{template}:{nonce}",
        now=now, expires_at=now + rules.CODE_LIFE, language=asked.language,
    )  # fmt: skip
    return code_id


def _check_caps(uow: UnitOfWork, value: str, address_hash: str, now: datetime) -> None:
    for cap in rules.NUMBER_CAPS:
        cap.check(uow.sessions.nth_newest_code(cap.count, phone=value), now)
    by_address = uow.sessions.nth_newest_code(
        rules.ADDRESS_CAP.count, from_address_hash=address_hash
    )
    rules.ADDRESS_CAP.check(by_address, now)
    rules.EVERYONE_CAP.check(uow.sessions.nth_newest_code(rules.EVERYONE_CAP.count), now)


def is_said_again(
    uow: UnitOfWork, asked: rules.SignInCode, typed: str, secrets: Secrets, now: datetime
) -> bool:
    """Whether a form came twice: the session that this code opened a moment ago is its answer.

    Other digits count as a try here, too, so that nobody can look for the right ones.
    """
    if not asked.may_be_said_again(now):
        return False
    token = secrets.token_of(asked.nonce)
    if rules.same(secrets.code(asked.nonce), typed):
        return is_open(uow, secrets=secrets, token=token, now=now)
    uow.sessions.try_code(asked.id, right=False, now=now)
    uow.commit()
    raise Invalid("code", "code_used")


def spend(
    uow: UnitOfWork, asked: rules.SignInCode, typed: str, secrets: Secrets, now: datetime
) -> None:
    """Use the code up, or count the try and say what is wrong."""
    asked.refuse(now)
    right = rules.same(secrets.code(asked.nonce), typed)
    uow.sessions.try_code(asked.id, right=right, now=now)
    if not right:
        uow.commit()  # the try counts although it is refused
        raise asked.wrong()


@dataclass(frozen=True, slots=True)
class Proof:
    """A code that was typed in a field, for a phone or mail address, and what it was sent for."""

    field: str
    value: str
    purpose: CodeFor
    typed: str


def prove(
    uow: UnitOfWork, place_id: int, proofs: Sequence[Proof], browser_hash: str, secrets: Secrets,
    now: datetime,
) -> None:  # fmt: skip
    """Use all codes up, or count the tries of those that are wrong and say so of the first."""
    wrong: list[Invalid] = []
    right: list[rules.SignInCode] = []
    for each in proofs:
        try:
            asked = uow.sessions.newest_code(
                place_id=place_id, phone=each.value, browser_hash=browser_hash,
                purpose=each.purpose,
            )  # fmt: skip
            right.append(_checked(uow, asked, each.typed, secrets, now))
        except Invalid as refused:
            wrong.append(Invalid(each.field, refused.code, **refused.facts))
    if not wrong:
        for one in right:
            uow.sessions.try_code(one.id, right=True, now=now)
        return
    uow.commit()  # tries count although they are refused
    raise wrong[0]


def still_right(
    uow: UnitOfWork, place_id: int, proof: Proof, browser_hash: str, secrets: Secrets,
    now: datetime,
) -> None:  # fmt: skip
    """Whether a code is right, without using it up: more is wanted before it is. A wrong one
    counts as a try. Raises Invalid(field, code)."""
    asked = uow.sessions.newest_code(
        place_id=place_id, phone=proof.value, browser_hash=browser_hash, purpose=proof.purpose
    )
    try:
        _checked(uow, asked, proof.typed, secrets, now)
    except Invalid as refused:
        uow.commit()  # the try counts although it is refused
        raise Invalid(proof.field, refused.code, **refused.facts) from None


def _checked(
    uow: UnitOfWork, asked: rules.SignInCode | None, typed: str, secrets: Secrets, now: datetime
) -> rules.SignInCode:
    digits = rules.read_code(typed)
    if asked is None:
        raise Invalid("code", "code_not_asked")
    asked.refuse(now)
    if not rules.same(secrets.code(asked.nonce), digits):
        uow.sessions.try_code(asked.id, right=False, now=now)
        raise asked.wrong()
    return asked
