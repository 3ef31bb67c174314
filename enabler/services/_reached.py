"""By which of a member's own ways a code reaches them: one rule for all that asks for one."""

from enabler.domain.contact_changes import Contact
from enabler.domain.members import Member
from enabler.persistence.unit_of_work import UnitOfWork


def reached_by(uow: UnitOfWork, member: Member) -> Contact | None:
    """Their phone, or their mail address where they have none or have stopped our texts; None
    where nothing reaches them."""
    contacts = uow.contacts.of(member.id)
    if "phone" in contacts and not member.stopped:
        return contacts["phone"]
    return contacts.get("mail")
