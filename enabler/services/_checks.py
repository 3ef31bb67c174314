"""Whether somebody may help at a moment: their checks (law 6), their state, their week's room."""

from datetime import datetime

from enabler.domain.checks import held
from enabler.domain.demands import FIRST_HELPS, demands, meets_first
from enabler.domain.matches import Match
from enabler.domain.meeting import Setting
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import CredentialKind, MemberState, OfferState, OrganisationState
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import kept_from
from enabler.services._ground import Ground

_ACTIVE = (MemberState.ACTIVE, OrganisationState.ACTIVE)
_STOPPED = (
    MemberState.HELD, MemberState.SUSPENDED, MemberState.ERASED, OrganisationState.SUSPENDED,
    OrganisationState.REFUSED,
)  # fmt: skip
STOPPED = "stopped"
"""Stands among what is missing while the account of whoever gives or goes is suspended, or is
looked at first."""


def missing_credentials(
    uow: UnitOfWork, need: Need, offer: Offer, ruleset: Ruleset, now: datetime
) -> list[str]:
    """What the giver lacks at this moment of what the need demands."""
    has = uow.credentials.valid_of((offer.member_id, offer.organisation_id), now)
    lacking = demanded(need, ruleset) - has
    if FIRST_HELPS in lacking and _has_helped(uow, offer, has, ruleset):
        lacking -= {FIRST_HELPS}
    return sorted(lacking)


def demanded(need: Need, ruleset: Ruleset) -> frozenset[str]:
    """What a helper must hold for this need."""
    asked = demands(need.category, need.setting, need.circumstances, ruleset, need.requires)
    return asked.credentials


def _has_helped(uow: UnitOfWork, offer: Offer, has: frozenset[str], ruleset: Ruleset) -> bool:
    """Whether the giver is nobody new: an organisation, whoever's references were seen, or
    somebody who helped often enough."""
    if offer.member_id is None or CredentialKind.REFERENCE in has:
        return True
    return uow.credentials.helps_of(offer.member_id) >= ruleset.first_helps


def helps_left(uow: UnitOfWork, offer: Offer, ruleset: Ruleset, now: datetime) -> int:
    """How often the giver helps where others are about, until they are new no more."""
    has = uow.credentials.valid_of((offer.member_id, offer.organisation_id), now)
    if _has_helped(uow, offer, has, ruleset):
        return 0
    return ruleset.first_helps - uow.credentials.helps_of(offer.member_id or 0)


def meets_new(
    uow: UnitOfWork, need: Need, offer: Offer, ruleset: Ruleset, now: datetime
) -> Setting | None:
    """Where the two meet, while the giver is new and helps where others are about; else None."""
    where = meets_first(need.category, need.setting)
    return where if where and helps_left(uow, offer, ruleset, now) > 0 else None


def giver_state(uow: UnitOfWork, offer: Offer) -> MemberState | OrganisationState:
    """The state of the account whose offer it is."""
    if offer.organisation_id is not None:
        return uow.organisations.by_id(offer.organisation_id).state
    return uow.homes.member(offer.member_id or 0).state


def giver_is_active(uow: UnitOfWork, offer: Offer) -> bool:
    """Whether nothing keeps the account whose offer it is from giving."""
    return giver_state(uow, offer) in _ACTIVE


def is_stopped(uow: UnitOfWork, match: Match, offer: Offer) -> bool:
    """Whether whoever gives, or goes for them, was suspended since they said yes, or is looked
    at first."""
    goes = None if match.helper_id is None else uow.homes.member(match.helper_id).state
    return giver_state(uow, offer) in _STOPPED or goes in _STOPPED


def lacking(uow: UnitOfWork, case: tuple[Match, Need, Offer], here: Ground) -> tuple[str, ...]:
    """Why the helper's side of a match may not go at this moment: checks, a suspension."""
    match, _, offer = case
    missing = missing_of(uow, case, here)
    return (*missing, *((STOPPED,) if is_stopped(uow, match, offer) else ()))


def missing_of(
    uow: UnitOfWork, case: tuple[Match, Need, Offer], here: Ground
) -> tuple[str, ...]:  # fmt: skip
    """The checks that do not count at this moment: the giver's and, of what the law demands, those
    of the person whom an organisation sends."""
    match, need, offer = case
    missing = missing_credentials(uow, need, offer, here.ruleset, here.now)
    if match.organisation_id is not None and match.helper_id is not None:
        missing += unchecked(uow, need, match.helper_id, match.organisation_id, here)
    return tuple(sorted(set(missing)))


def unchecked(
    uow: UnitOfWork, need: Need, member_id: int, organisation_id: int, here: Ground
) -> list[str]:
    """What this person lacks of what the law demands of whoever does this for an organisation: no
    check of the organisation stands for that."""
    asked = demands(need.category, need.setting, need.circumstances, here.ruleset, need.requires)
    return sorted(asked.by_law - held_for(uow, member_id, organisation_id, here.now))


def held_for(
    uow: UnitOfWork, member_id: int, organisation_id: int, now: datetime
) -> frozenset[str]:
    """What somebody has on a visit for an organisation: the checks that count here, and what this
    organisation counts on with their consent. For nobody else, nor by themselves, is it asked."""
    own = uow.credentials.valid_of((member_id, None), now)
    return held(own | uow.relied.kinds_for(member_id, organisation_id, now))


def room_left(uow: UnitOfWork, offer: Offer, week: Window) -> int:
    """How often the offer's giver may still say yes in this week (law 3)."""
    return offer.capacity - uow.matches.taken([offer.id], week).get(offer.id, 0)


def may_be_asked(
    uow: UnitOfWork, need: Need, offer: Offer, ruleset: Ruleset, now: datetime, week: Window
) -> bool:
    """Whether a giver who fitted once may be asked for the need again: all of this still holds."""
    return (
        offer.state is OfferState.OPEN
        and giver_is_active(uow, offer)
        and not (offer.member_id is not None and kept_from(uow, need, offer.member_id, now))
        and not missing_credentials(uow, need, offer, ruleset, now)
        and room_left(uow, offer, week) > 0
    )
