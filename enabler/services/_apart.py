"""Who is kept apart from whom at this moment: nothing of the one is said to the other."""

from enabler.domain.letters import STAND_THOUGH_APART, About
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.vocabulary import MemberState
from enabler.persistence.unit_of_work import UnitOfWork


def are_apart(uow: UnitOfWork, one_id: int | None, other_id: int | None) -> bool:
    """Whether one of the two said that they are never to be brought together."""
    if one_id is None or other_id is None:
        return False
    return uow.blocks.has(one_id, other_id) or uow.blocks.has(other_id, one_id)


def sides_apart(uow: UnitOfWork, match: Match, need: Need) -> bool:
    """Whether the two whom a match brought together are apart by now."""
    return need.organisation_id is None and are_apart(uow, need.asker_id, match.helper_id)


def tells_of_one_apart(uow: UnitOfWork, template: str, about: About) -> bool:
    """Whether a letter would tell somebody of whom they are kept apart from, or who is from them.

    That help was called off, and how long it took, may still be said: neither names anybody.
    """
    if about.kind != "match" or template in STAND_THOUGH_APART:
        return False
    asker = about.asker.member_id if about.asker else None
    helper = about.helper.member_id if about.helper else None
    return are_apart(uow, asker, helper)


def somebody_gone(uow: UnitOfWork, match: Match, need: Need) -> bool:
    """Whether one of the two has deleted their account: nobody reads there any more."""
    both = (need.asker_id if need.organisation_id is None else None, match.helper_id)
    return any(uow.homes.member(one).state is MemberState.ERASED for one in both if one is not None)
