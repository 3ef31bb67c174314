"""An organisation as somebody sees it at this moment."""

from datetime import datetime

from enabler.domain.members import Organisation
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, allowed
from enabler.domain.vocabulary import OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import ground_later
from enabler.services._series_views import weekly_of
from enabler.services._subjects import of_organisation
from enabler.services.views import GivenView, OrganisationView

_DEEDS = {
    "change": Action.CHANGE_ORGANISATION, "offer": Action.POST_OFFER, "ask": Action.POST_NEED,
    "board": Action.SEE_BOARD,
    "people": Action.SEE_COLLEAGUES, "invite": Action.KEEP_COLLEAGUES,
    "leave": Action.LEAVE_ORGANISATION, "note-hours": Action.RECORD_HOURS,
}  # fmt: skip
_WHILE_ACTIVE = frozenset({"board", "people", "invite", "ask", "note-hours"})


def organisation_view(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, now: datetime
) -> OrganisationView:
    """The organisation as this actor sees it now. There is nobody's name in it."""
    insider = allowed(actor, Action.SEE_ORGANISATION, of_organisation(organisation))
    leads = allowed(actor, Action.CHANGE_NEED, of_organisation(organisation))
    here = ground_later(uow, organisation.place_id, now)
    holder = (None, organisation.id)
    given = uow.offers.standing_of(holder) if insider else uow.offers.open_of(holder)
    refused = uow.audit.words_of("organisation", organisation.id, "organisation.refused")
    return OrganisationView(
        ref=organisation.ref, kind=organisation.kind, name=organisation.name,
        state=organisation.state, about=organisation.about, address=organisation.address,
        postcode=organisation.postcode, ward=uow.homes.ward_name(organisation.ward_id),
        phone=organisation.phone, mail=organisation.mail, web=organisation.web,
        hours=uow.organisations.hours(organisation.id),
        open_on_bank_holidays=organisation.open_on_bank_holidays,
        offers=tuple(_given(each) for each in given),
        can_show=organisation.can_show if insider else (),
        refused_words=refused if insider else None, may=may_do(actor, organisation),
        about_waiting=organisation.about_waiting if insider else None,
        series=weekly_of(uow, organisation.id, here) if leads else (),
    )  # fmt: skip


def _given(offer: Offer) -> GivenView:
    return GivenView(
        ref=offer.ref, state=offer.state, categories=offer.categories, words=offer.words,
        terms=offer.terms, stated_terms=offer.stated_terms, any_time=offer.any_time,
        weekly=offer.weekly,
    )  # fmt: skip


def may_do(actor: Actor, organisation: Organisation) -> frozenset[str]:
    """What the actor can do with the organisation now."""
    subject, state = of_organisation(organisation), organisation.state
    deeds = {name for name, action in _DEEDS.items() if allowed(actor, action, subject)}
    if state is OrganisationState.HELD:
        deeds -= _WHILE_ACTIVE
        deeds |= {"decide"} if allowed(actor, Action.MODERATE, subject) else set()
    elif state is not OrganisationState.ACTIVE:
        deeds &= {"leave"}
    return frozenset(deeds)
