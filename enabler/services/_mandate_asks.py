"""What is asked for before a mandate begins: kept, told, and answered by the member's own code."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import LimitReached, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import CodeFor, Priority
from enabler.persistence.mandate_asks import MandateAsk
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _digests
from enabler.services._codes import Proof, prove
from enabler.services._reached import reached_by
from enabler.services._tell import tell_contact
from enabler.services.ports import Secrets

OPEN_FOR = timedelta(days=7)
MOST_A_DAY = 5


def keep_ask(
    uow: UnitOfWork, actor: Actor, member: Member, to: tuple[str, str] | None, secrets: Secrets,
    now: datetime, *, template: str, **values: Any,
) -> dict[str, Any]:  # fmt: skip
    """Keep what is asked for, and tell whom it is asked of. Without a ``to`` it counts as asked, as
    whoever asks must not learn the difference, and goes to nobody. Raises LimitReached."""
    uow.contacts.hold(member.id)
    if uow.mandate_asks.count_since(member.id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise LimitReached("mandate_asks_too_many", most=MOST_A_DAY)
    kind, value = to or (None, None)
    over = {} if to else {"ended_at": now, "ended_because": "unsent"}
    kept = uow.mandate_asks.add(
        place_id=member.place_id, ref=uow.refs.new(member.place_id, "mandate-ask"),
        by_member_id=member.id, kind=kind, value=value, nonce=secrets.token(), asked_at=now,
        expires_at=now + OPEN_FOR, **over, **values,
    )  # fmt: skip
    if to:
        tell_contact(
            uow, place_id=member.place_id, kind=to[0], value=to[1], template=template,
            parameters={"mandate_ask": kept.ref}, priority=Priority.MATCH, now=now,
            dedupe_key=f"{template}:{kept.ref}", expires_at=kept.expires_at,
        )  # fmt: skip
    record(uow, actor, kept, "asked", now)
    return {"ask": kept.ref}


def is_to(uow: UnitOfWork, asked: MandateAsk, member: Member) -> bool:
    """Whether it went to this member's number or address."""
    theirs = uow.contacts.of(member.id).get(asked.kind or "")
    return theirs is not None and theirs.value == asked.value


def asked_of(uow: UnitOfWork, member: Member, now: datetime) -> list[MandateAsk]:
    """What waits for a member to say who may act for them."""
    contacts = [(one.kind, one.value) for one in uow.contacts.of(member.id).values()]
    return uow.mandate_asks.sent_to(member.place_id, contacts, "supporter", now)


def own_way(uow: UnitOfWork, member: Member) -> tuple[str, str]:
    """The kind and value of what a member answers by. Raises WrongMoment."""
    contact = reached_by(uow, member)
    if contact is None:
        raise WrongMoment("no_way_to_reach_you")
    return contact.kind, contact.value


def prove_own(
    uow: UnitOfWork, member: Member, code: str, browser: str, secrets: Secrets, now: datetime
) -> None:
    """Use up the code that went to the member's own phone or mail. Raises Invalid("code", …)."""
    uow.contacts.hold(member.id)
    _, value = own_way(uow, member)
    proof = Proof("code", value, CodeFor.MANDATE, code)
    prove(uow, member.place_id, [proof], _digests.of_browser(secrets, browser), secrets, now)


def record(
    uow: UnitOfWork, actor: Actor, ask: MandateAsk, what: str, now: datetime,
    words: str | None = None,
) -> None:  # fmt: skip
    """Write down what became of it; ``words`` are those of staff, who wrote them."""
    uow.audit.record(
        actor, f"mandate.{what}", place_id=ask.place_id, now=now,
        subject=("mandate-ask", ask.id, ask.ref),
        values={"words": (None, words)} if words else None, whose=actor.member_id,
    )  # fmt: skip
