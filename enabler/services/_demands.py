"""What a need asks of whoever comes, and whether the helper's side is as it must be right now."""

from enabler.domain.demands import Demands, demands
from enabler.domain.disclosure import Standing
from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.lifecycle import LIVE_MATCHES
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.ruleset import Ruleset
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._checks import is_stopped, lacking, missing_of
from enabler.services._ground import Ground


def demands_of(need: Need, ruleset: Ruleset) -> Demands:
    """What this need asks of whoever comes, by the place's rules."""
    return demands(need.category, need.setting, need.circumstances, ruleset, need.requires)


def standing_of(uow: UnitOfWork, match: Match, need: Need, offer: Offer, here: Ground) -> Standing:
    """How the helper's side of a match stands at this moment."""
    missing = missing_of(uow, (match, need, offer), here)
    pair = demands_of(need, here.ruleset).pair
    alone = pair and mate_of(uow, match, need, here) is None
    return Standing(missing, alone, is_stopped(uow, match, offer))


def mate_of(uow: UnitOfWork, match: Match, need: Need, here: Ground) -> Match | None:
    """Who goes together with the helper of this match: another person who said yes, whose checks
    count now, and who comes at the same time."""
    for other in uow.matches.of_need(need.id, *LIVE_MATCHES):
        somebody_else = other.helper_id not in (None, match.helper_id)
        times = {(one.visit_start, one.visit_end) for one in (match, other)} - {(None, None)}
        if other.id == match.id or not somebody_else or len(times) > 1:
            continue
        offer = uow.offers.by_id(other.offer_id)
        if not lacking(uow, (other, need, offer), here):
            return other
    return None


def require_standing(uow: UnitOfWork, case: tuple[Match, Need, Offer], here: Ground) -> None:
    """Before a helper sets off or goes in. Raises NotAllowed("credential_missing"),
    WrongMoment("own_account_waits" or "mate_missing")."""
    require_checks(uow, case, here)
    standing = standing_of(uow, *case, here)
    if standing.stopped:
        raise WrongMoment("own_account_waits", state=case[0].state.value)
    if standing.alone:
        raise WrongMoment("mate_missing", state=case[0].state.value)


def require_checks(uow: UnitOfWork, case: tuple[Match, Need, Offer], here: Ground) -> None:
    """Before a visit is arranged. Raises NotAllowed("credential_missing")."""
    missing = missing_of(uow, case, here)
    if missing:
        raise NotAllowed("credential_missing", credentials=", ".join(missing))
