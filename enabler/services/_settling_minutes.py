"""How long a help took, where the two sides say different things: corrected, or decided.

The need is locked by the caller.
"""

from typing import Any

from enabler.domain.errors import WrongMoment
from enabler.domain.lifecycle import SETTLED_NEEDS
from enabler.domain.matches import Match
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of
from enabler.services._conversation import Case
from enabler.services._ground import Ground
from enabler.services._help_hours import require_agreed_by_more_than_text
from enabler.services._hours_policy import policy_of
from enabler.services._match_views import says_done
from enabler.services._progress import follow, helpers_of, move_match, reopen, tell_one
from enabler.services._visits import confirm, keep_confirmed, require_other_side, tell_others
from enabler.timebank.approvals import Approval, require_two
from enabler.timebank.transfers import Reason

MOST_CORRECTIONS = 3
"""So often the two say it otherwise to each other; then somebody at the council looks at it."""
CORRECTED, DECIDED = "match.corrected", "match.decided"


def correct(
    uow: UnitOfWork, actor: Actor, match: Match, minutes: int, here: Ground
) -> dict[str, Any]:
    """The other side says other minutes, and the first is asked; the same minutes confirm it."""
    need = uow.needs.by_id(match.need_id)
    require_other_side(actor, match, need)
    if match.state is not MatchState.DONE:
        raise WrongMoment("cannot_corrected_when_disputed", state=match.state.value)
    if minutes == match.minutes:
        return confirm(uow, actor, match, here)
    require_agreed_by_more_than_text(uow, actor, match, need, minutes, here)
    before = [one for one in uow.audit.of("match", match.id) if one.what == CORRECTED]
    if len(before) >= MOST_CORRECTIONS:
        raise WrongMoment("corrected_too_often", most=MOST_CORRECTIONS)
    corrected = uow.matches.change(
        match.id, minutes=minutes, done_by=says_done(actor, need), done_at=here.now
    )  # silence counts anew, or the first side would have had no time
    _record(uow, actor, match, CORRECTED, here, columns=("minutes", "done_by", "done_at"))
    tell_others(uow, actor, corrected, need, "corrected", here)
    follow(uow, actor, need, here)
    return {"match": match.ref, "minutes": minutes}


def decide(
    uow: UnitOfWork, actor: Actor, case: Case, minutes: int, words: str, here: Ground
) -> dict[str, Any]:
    """A custodian says how long it took: confirmed so, or for 0 taken back, the slot free again."""
    match, need, _ = case
    if match.state is not MatchState.DISPUTED:
        raise WrongMoment(f"cannot_decided_when_{match.state.value}", state=match.state.value)
    parties = parties_of(uow, case, here)
    require_two(Reason.HELP, policy_of(here.ruleset), Approval(actor.member_id), parties)
    _record(uow, actor, match, DECIDED, here, columns=("minutes",), words=words)
    decided = uow.matches.change(match.id, minutes=minutes)
    template = "decided" if minutes > 0 else "decided_none"
    for member_id in askers_of(uow, need, here.now):
        tell_one(uow, match, member_id, template, here)
    if minutes > 0:
        keep_confirmed(uow, actor, decided, need, here, why="decided", template=template)
        return {"match": match.ref, "minutes": minutes}
    for member_id in helpers_of(uow, match, here):
        tell_one(uow, match, member_id, template, here)
    move_match(
        uow, actor, decided, MatchState.WITHDRAWN, here, why="decided", slot=None,
        ended_because="decided",
    )  # fmt: skip
    uow.needs.free_slot(need.id)
    if need.state not in SETTLED_NEEDS:
        reopen(uow, actor, uow.needs.by_id(need.id), here, why="decided")
    return {"match": match.ref, "minutes": 0}


def parties_of(uow: UnitOfWork, case: Case, here: Ground) -> frozenset[int]:
    """Everybody who owns, or acts for, the accounts of a match."""
    match, need, offer = case
    sides = [need.organisation_id, offer.organisation_id]
    acting = uow.colleagues.ids_of([each for each in sides if each is not None], here.now)
    people = {need.asker_id, match.helper_id, offer.member_id, *askers_of(uow, need, here.now)}
    people |= {one for each in acting.values() for one in each}
    return frozenset(one for one in people if one is not None)


def _record(
    uow: UnitOfWork, actor: Actor, match: Match, what: str, here: Ground, *,
    columns: tuple[str, ...], words: str | None = None,
) -> None:  # fmt: skip
    uow.audit.record(
        actor, what, place_id=match.place_id, subject=("match", match.id, match.ref),
        now=here.now, states=(match.state.value, match.state.value), columns=columns,
        values={"words": (None, words)} if words and actor.member_id is not None else None,
        whose=actor.member_id,
    )  # fmt: skip
