"""Steps that change how a member is reached, in the transaction of whatever proved who asks.

Whatever the order of changes: caution holds from each for its whole time, and whoever has what
was there before hears of it and, for as long, can undo it.
"""

from datetime import datetime

from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.contact_changes import CAUTION, REFUSED_WITHIN, ContactChange
from enabler.domain.errors import Invalid
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._tell import tell_contact

KINDS = ("phone", "mail")


def read_contact(kind: str, typed: str) -> str:
    """The phone (E.164) or mail address that somebody typed. Raises Invalid at phone or email."""
    if kind != "phone":
        return EmailAddress.parse(typed).text
    phone = PhoneNumber.parse(typed)
    if not phone.takes_texts:
        raise Invalid("phone", "phone_no_texts")
    return phone.e164


def change_contact(
    uow: UnitOfWork, actor: Actor, member: Member, *, kind: str, value: str | None, now: datetime,
    lost: bool = False, because: str | None = None,
) -> ContactChange:  # fmt: skip
    """The member is reached by this from now on, and is cautious; None: it goes.

    The old one is told, and what else reaches them; one that is ``lost`` is told without a link,
    since whoever found it might press it. ``because``: how staff know who it is, in their words.
    """
    before = uow.contacts.of(member.id)
    old = before[kind].value if kind in before else None
    uow.contacts.replace(member.place_id, member.id, kind=kind, value=value, now=now)
    uow.contacts.be_cautious(member.id, now + CAUTION)
    change = uow.contacts.keep_change(
        place_id=member.place_id, ref=uow.refs.new(member.place_id, "contact-change"),
        member_id=member.id, kind=kind, old_value=old, new_value=value, now=now,
    )  # fmt: skip
    uow.audit.record(
        actor, "member.contact-changed", place_id=member.place_id, now=now,
        subject=("member", member.id, member.ref), why=kind, whose=member.id,
        values={kind: (old, value)} | ({"words": (None, because)} if because else {}),
        columns=("caution_until",),
    )  # fmt: skip
    for told_kind, contact in before.items():
        if not (told_kind == "phone" and member.stopped):
            _tell_of(
                uow, change, told_kind, contact.value, lost=lost and told_kind == kind, now=now
            )
    return change


def _tell_of(
    uow: UnitOfWork, change: ContactChange, kind: str, value: str, *, lost: bool, now: datetime
) -> None:
    tell_contact(
        uow, place_id=change.place_id, kind=kind, value=value,
        template="phone_lost" if lost else "contact_changed", parameters={"change": change.ref},
        priority=Priority.SAFETY, dedupe_key=f"contact_changed:{change.ref}:{kind}", now=now,
        expires_at=now + REFUSED_WITHIN,
    )  # fmt: skip
