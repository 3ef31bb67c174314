"""Why a custodian looks at an offer before it opens, whatever its words say."""

from enabler.domain.members import Member, Organisation
from enabler.domain.vocabulary import MemberState, OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._offer_drafts import OfferDraft
from enabler.services._written import waits_with


def why_held(
    uow: UnitOfWork, giver: Member, organisation: Organisation | None, draft: OfferDraft,
    here: Ground,
) -> str | None:  # fmt: skip
    """Why a custodian looks at it first, as a code; None when it opens at once."""
    rules = here.ruleset
    if set(draft.categories) & set(rules.categories_held):
        return "category"
    if giver.state is MemberState.HELD and organisation is None:
        return waits_with(giver)
    if organisation is not None:
        if rules.hold_organisation_offers:
            return "organisation"
        return "organisation_new" if organisation.state is OrganisationState.HELD else None
    if rules.hold_first_offers and not uow.offers.has_been_open(giver.id):
        return "first_offer"
    return None
