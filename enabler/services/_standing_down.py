"""What somebody was to do for an organisation is nobody's from the moment they act for it no more.

The organisation is locked by the caller, before any need.
"""

from enabler.domain.matches import Match
from enabler.domain.members import Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._hidden import tell_leads
from enabler.services._progress import tell_one

UNDER_WAY = (MatchState.ACCEPTED, MatchState.ARRANGED)


def stand_down(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, member_id: int, here: Ground
) -> None:
    """Nobody goes to what this member was to go to; those who lead are told, and choose anew."""
    theirs = uow.matches.of_organisation(organisation.id, *UNDER_WAY, helper_id=member_id)
    uow.needs.lock_many(match.need_id for match in theirs)
    for match in theirs:
        fresh = uow.matches.by_id(match.id)
        if fresh.state in UNDER_WAY and fresh.helper_id == member_id:
            leave_open(uow, actor, fresh, here, why="role_ended")


def stand_down_everywhere(uow: UnitOfWork, actor: Actor, member_id: int, here: Ground) -> None:
    """Whoever is suspended goes for no organisation any more: its other leads are told now that
    somebody else must go. Where nobody else leads it the visit stays theirs, at the desk."""
    theirs = [
        match for match in uow.matches.of_helper(member_id, ())
        if match.organisation_id is not None and match.helper_id == member_id
        and match.state in UNDER_WAY and uow.organisations.leads(match.organisation_id, here.now)
    ]  # fmt: skip
    uow.needs.lock_many(match.need_id for match in theirs)
    for match in theirs:
        fresh = uow.matches.by_id(match.id)
        if fresh.state in UNDER_WAY and fresh.helper_id == member_id:
            leave_open(uow, actor, fresh, here, why="role_ended")


def leave_open(
    uow: UnitOfWork, actor: Actor, match: Match, here: Ground, *, why: str,
    words: str | None = None,
) -> None:  # fmt: skip
    """Nobody goes for now: the leads of the match's organisation are told. Its need is locked."""
    set_helper(uow, actor, match, None, here, why=why, words=words)
    for lead in uow.organisations.leads(match.organisation_id or 0, here.now):
        if lead != actor.member_id:
            tell_one(uow, match, lead, "handed_back", here)


def set_helper(
    uow: UnitOfWork, actor: Actor, match: Match, helper_id: int | None, here: Ground, *, why: str,
    words: str | None = None,
) -> Match:  # fmt: skip
    """Write who goes, with its audit; the match stands where it stood. Its need is locked."""
    chosen = None if helper_id is None else here.now
    changed = uow.matches.change(match.id, helper_id=helper_id, assigned_at=chosen)
    uow.hidden.forget_introduction(match.id)
    if helper_id is not None:
        tell_leads(uow, changed, uow.needs.by_id(match.need_id), here.now)
    uow.audit.record(
        actor, "match.assigned" if helper_id is not None else "match.handed_back",
        place_id=match.place_id, subject=("match", match.id, match.ref), now=here.now,
        states=(match.state.value, match.state.value), columns=("assigned_at", "helper_id"),
        why=why, whose=actor.member_id, values={"words": (None, words)} if words else None,
    )  # fmt: skip
    return changed
