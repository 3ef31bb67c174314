"""Whether somebody may offer anything at this moment."""

from enabler.domain.errors import WrongMoment
from enabler.domain.members import Member, Organisation
from enabler.domain.vocabulary import MemberState, OrganisationState


def require_standing(giver: Member, organisation: Organisation | None) -> None:
    """An organisation may get its offers ready while a custodian looks at it: they are held."""
    if organisation is None:
        if giver.state is MemberState.PAUSED:
            raise WrongMoment("you_are_paused")
        if giver.state not in (MemberState.ACTIVE, MemberState.HELD):  # theirs wait with them
            raise WrongMoment("member_not_active", state=giver.state.value)
    elif organisation.state not in (OrganisationState.ACTIVE, OrganisationState.HELD):
        raise WrongMoment("organisation_not_active", state=organisation.state.value)
