"""Signing up by text: a first name, a postcode, 18 or over, and consent to the words of a text.

The number is proved by the signed call of the provider that brought the text. What its texts may do
is bounded all the same (``permissions.BY_TEXT``): who holds the phone is not known by it.
"""

from datetime import datetime
from typing import Any

from enabler.domain import consents
from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.names import person_name, shown_name
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import MemberState
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._denying import check_member
from enabler.services._joining import Newcomer, arguments_of, join
from enabler.services._once import once
from enabler.services._recognise import MAY_COME_IN
from enabler.services.ports import Secrets


def sign_up(
    *, text_id: int, name: str, postcode_text: str, adult: bool, wording: int | None,
    language: str, secrets: Secrets, key: str, now: datetime,
) -> bool:  # fmt: skip
    """Whoever wrote this text becomes a member; whether a person looks at the account first. They
    get the home of their postcode, without a door: that is asked for with what they need.

    ``wording``: the version of the words that they were shown in ``language`` and agreed to; None
    where they did not. Whoever meets the deny list is held: a person looks at the account first. A
    number that is a member's already stays that member's. Raises Invalid at ``adult`` (under_18),
    ``consented`` (consent_missing, consent_changed), ``name``, ``postcode``, ``phone`` (what is no
    British mobile: phone_no_texts, …); NotAllowed("account_suspended"), NotFound, KeyReused.
    """
    if not adult:
        raise Invalid("adult", "under_18")
    if wording is None:
        raise Invalid("consented", "consent_missing")
    full = person_name(name)
    new = Newcomer(full, shown_name(None, full), language, adult, postcode_text, "")
    with unit_of_work() as uow:
        text = uow.inbound.by_id(text_id)
        require(Actor.anonymous(text.place_id), Action.SIGN_IN)
        phone = PhoneNumber.parse(uow.phones.by_id(text.phone_id).number)
        if not phone.takes_texts:
            raise Invalid("phone", "phone_no_texts")
        result = once(
            uow, "joining_by_text.sign_up", actor=Actor.anonymous(text.place_id), key=key, now=now,
            arguments={"text": text_id, "wording": wording, **arguments_of(new)},
            act=lambda: _join(uow, text.place_id, phone, new, wording, secrets, now),
        )  # fmt: skip
        uow.commit()
    return bool(result["waits"])


def _join(
    uow: UnitOfWork, place_id: int, phone: PhoneNumber, new: Newcomer, wording: int,
    secrets: Secrets, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    uow.sessions.take_turns(place_id)
    known = uow.members.by_contact(place_id, "phone", phone.e164)
    if known is not None:
        if known.state not in MAY_COME_IN:
            raise NotAllowed("account_suspended")
        return {"member": known.ref, "waits": known.state is MemberState.HELD}
    words = consents.newest(consents.SIGN_UP)
    if words.version != wording:
        raise Invalid("consented", "consent_changed")
    member = join(uow, None, uow.places.by_id(place_id), new, now)
    uow.members.add_contact(
        place_id, member.id, kind="phone", value=phone.e164, verified_at=now
    )  # fmt: skip
    shown = consents.Shown(new.language, page=consents.SIGN_UP, how="text")
    uow.consents.give(place_id, member.id, words, shown, now=now)
    waits = check_member(uow, Actor.system("deny-list"), member.id, secrets, now)
    return {"member": member.ref, "waits": waits}
