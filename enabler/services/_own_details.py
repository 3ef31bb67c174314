"""What we know of a member, for that member."""

from enabler.domain.consents import ACCESS
from enabler.domain.members import Member
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.views import DetailsView


def details_view(uow: UnitOfWork, member: Member) -> DetailsView:
    """All that the member told us."""
    values = {kind: each.value for kind, each in uow.contacts.of(member.id).items()}
    where = None if member.home_id is None else uow.homes.where(member.home_id)
    meeting = uow.wishes.met(member.id)
    return DetailsView(
        ref=member.ref, name=member.name, shown_name=member.shown_name, language=member.language,
        languages=member.languages, postcode=None if where is None else where.postcode,
        address=None if where is None else where.address,
        ward=None if where is None else uow.homes.ward_name(where.ward_id),
        phone=values.get("phone"), mail=values.get("mail"), stopped=member.stopped,
        mail_stopped=member.mail_stopped, access_needs=meeting.needs, access_words=meeting.words,
        access_agreed=bool(uow.consents.standing(member.id, ACCESS)),
        caution_until=member.caution_until,
        needs_at_home=0 if where is None else uow.needs.live_at(member.id, where.postcode),
    )  # fmt: skip
