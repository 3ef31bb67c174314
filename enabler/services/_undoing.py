"""A change of phone or mail address is undone: by whoever had what was there before."""

from datetime import datetime

from enabler.domain.contact_changes import CAUTION, ContactChange
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork


def undo(uow: UnitOfWork, change: ContactChange, now: datetime) -> None:
    """The old one is the member's again, unless somebody else has it meanwhile; nobody is signed
    in any more, and custodians are told."""
    member = uow.homes.member(change.member_id)
    actor = Actor.anonymous(change.place_id)
    uow.sessions.take_turns(change.place_id)  # whoever joins with this number waits
    uow.contacts.hold(member.id)
    now_has = uow.contacts.of(member.id).get(change.kind)
    back = change.old_value
    if back is not None and uow.members.by_contact(change.place_id, change.kind, back) not in (
        None, member,
    ):  # fmt: skip
        back = None
    uow.contacts.replace(change.place_id, member.id, kind=change.kind, value=back, now=now)
    uow.contacts.refuse_from(change, now)
    uow.contacts.be_cautious(member.id, now + CAUTION)
    uow.sessions.end_all_of(member.id, now)
    uow.audit.record(
        actor, "member.contact-refused", place_id=change.place_id, now=now, why=change.kind,
        subject=("member", member.id, member.ref), whose=member.id, columns=("caution_until",),
        values={change.kind: (None if now_has is None else now_has.value, back)},
    )  # fmt: skip
    uow.reports.add(
        place_id=change.place_id, ref=uow.refs.new(change.place_id, "report"), by_member_id=None,
        about_kind="member", about_ref=member.ref, kind="contact-refused", words="",
        reported_at=now, kept_from=[member.id],
    )  # fmt: skip
