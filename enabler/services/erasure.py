"""A member deletes their account: a code first, then it is done at once."""

from datetime import datetime

from enabler.domain.contact_changes import Contact
from enabler.domain.errors import WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import CodeFor, MatchState, MemberState, OfferState
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests
from enabler.services._codes import CodeAsked, Proof, prove, send_code
from enabler.services._delivery import Delivery
from enabler.services._erasure import How, erase, first
from enabler.services._erasure_list import note
from enabler.services._ground import ground
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._reached import reached_by
from enabler.services._resting import leads_alone, own_needs
from enabler.services._text_caps import TextCaps
from enabler.services.ports import ErasureList, MessageGateway, Secrets
from enabler.services.views.erasure import ErasureView

_AGREED = (MatchState.ACCEPTED, MatchState.ARRANGED)
_STANDS = (OfferState.HELD, OfferState.OPEN, OfferState.PAUSED, OfferState.SUSPENDED)


def show(*, actor: Actor, now: datetime) -> ErasureView:
    """What becomes of the actor's account, and what must happen first. Raises NotAllowed."""
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        return _view(uow, member, now)


def ask_code(
    *, actor: Actor, browser: str, from_address: str, secrets: Secrets, key: str, now: datetime
) -> None:  # fmt: skip
    """Send a code to the member's phone, or to their mail address where no text reaches them.

    Raises NotAllowed, LimitReached, KeyReused, WrongMoment: what must happen first
    (erase_role_first …), or erase_at_desk where nothing reaches them.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        _require_free(uow, member, now)
        contact = _proves(uow, member)
        browser_hash = _digests.of_browser(secrets, browser)
        uow.sessions.take_turns(member.place_id)
        asked = CodeAsked(member.place_id, contact.kind, contact.value, browser_hash, from_address)
        once(
            uow, "erasure.ask_code", actor=actor, key=key, now=now,
            arguments={"browser": browser_hash},
            act=lambda: {"code": send_code(uow, secrets, asked, CodeFor.ERASURE, now)},
        )  # fmt: skip
        uow.commit()


def delete(
    *, actor: Actor, code: str, browser: str, gateway: MessageGateway, secrets: Secrets,
    kept_in: ErasureList, now: datetime,
) -> None:  # fmt: skip
    """Erase the actor's account, for the code that came: at once and for good. What keeps them safe
    and waits to be sent to them is sent before it. The same form again changes nothing more.

    Raises Invalid("code", code_…), NotAllowed, WrongMoment (as ``ask_code``).
    """
    _send_first(actor, gateway, secrets, now)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        if member.state is MemberState.ERASED:
            return
        browser_hash = _digests.of_browser(secrets, browser)
        uow.sessions.take_turns(member.place_id)
        _require_free(uow, member, now)
        proof = Proof("code", _proves(uow, member).value, CodeFor.ERASURE, code)
        prove(uow, member.place_id, [proof], browser_hash, secrets, now)
        here = ground(uow, member.place_id, now)
        erase(uow, actor, member, How("self", (browser_hash,)), here)
        uow.commit()
    note(kept_in, now)


def _send_first(actor: Actor, gateway: MessageGateway, secrets: Secrets, now: datetime) -> None:
    """Outside of any transaction (law 4); what cannot be sent now is dropped with the account."""
    delivery = Delivery(gateway, secrets, holder=secrets.token(), caps=TextCaps(), now=now)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        ids = uow.outbox.claim_safety_of(delivery.holder, member.id, now)
        uow.commit()
    for identity in ids:
        delivery.work(identity)


def _require_free(uow: UnitOfWork, member: Member, now: datetime) -> None:
    came_first = first(uow, member, ground(uow, member.place_id, now))
    if came_first:
        raise WrongMoment(came_first[0])


def _proves(uow: UnitOfWork, member: Member) -> Contact:
    """The contact whose holder the code proves."""
    contact = reached_by(uow, member)
    if contact is None:
        raise WrongMoment("erase_at_desk")
    return contact


def _view(uow: UnitOfWork, member: Member, now: datetime) -> ErasureView:
    here = ground(uow, member.place_id, now)
    contact = reached_by(uow, member)
    account = uow.purses.of_member(member.id)
    helping = uow.matches.of_helper(member.id, ())
    hold = uow.erasure_desk.hold(member.id)
    offers = uow.offers.all_of((member.id, None))
    return ErasureView(
        first=tuple(first(uow, member, here)),
        organisations=tuple(leads_alone(uow, member.id, now)),
        reach=None if contact is None else contact.kind,
        needs=len(own_needs(uow, member)),
        visits=sum(one.helper_id == member.id and one.state in _AGREED for one in helping),
        offers=sum(one.state in _STANDS for one in offers),
        minutes=0 if account is None or account.closed else account.posted,
        tells_of_duty=hold is not None and hold.tells,
    )  # fmt: skip
