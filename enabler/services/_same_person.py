"""One person with an account in two places of this house."""

from enabler.domain.members import Member
from enabler.persistence.unit_of_work import UnitOfWork


def same_person(uow: UnitOfWork, member_id: int, place_id: int) -> Member | None:
    """Whoever in a place is this member, or has the same proved phone number or mail address."""
    first = uow.homes.member(member_id)
    if first.place_id == place_id:
        return first
    for kind, contact in uow.contacts.of(member_id).items():
        member = uow.members.by_contact(place_id, kind, contact.value)
        here = None if member is None else uow.contacts.of(member.id).get(kind)
        if member is not None and here is not None and here.verified_at and contact.verified_at:
            return member
    return None
