"""Who rests is told of nothing but codes, what keeps people safe, and what they agreed to or still
ask for: somebody who comes to their door, or waits at one, is never kept from them."""

from collections.abc import Mapping
from typing import Any

from enabler.domain.errors import NotFound
from enabler.domain.messages import ASK
from enabler.domain.notices import ALWAYS
from enabler.domain.vocabulary import MatchState, Priority
from enabler.persistence.unit_of_work import UnitOfWork

BACK = "pause_over"
"""The letter that says that a rest is over: it is the first that is sent again."""
_NEVER_AGREED = (MatchState.PROPOSED, MatchState.ASKED, MatchState.DECLINED, MatchState.LAPSED)


def reaches(
    uow: UnitOfWork, member_id: int, template: str, priority: Priority,
    parameters: Mapping[str, Any],
) -> bool:  # fmt: skip
    """Whether a letter goes to somebody who rests."""
    if priority in ALWAYS:
        return True
    if template == ASK:
        return False
    try:
        if "match" in parameters:
            return _of_match(uow, member_id, parameters["match"])
        if "need" in parameters:
            need = uow.needs.by_ref(None, parameters["need"])
            return need.organisation_id is None and need.asker_id == member_id
    except NotFound:
        return False
    return False


def _of_match(uow: UnitOfWork, member_id: int, ref: str) -> bool:
    match = uow.matches.by_ref(None, ref)
    if match.helper_id == member_id:
        return match.state not in _NEVER_AGREED and match.answered_at is not None
    need = uow.needs.by_id(match.need_id)
    return need.organisation_id is None and need.asker_id == member_id
