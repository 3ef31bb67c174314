"""Help that looked like a game, once a custodian has looked: it counts, or it does not.

The need is locked by the caller.
"""

from collections.abc import Iterable
from typing import Any

from enabler.domain.errors import WrongMoment
from enabler.domain.matches import Match
from enabler.domain.permissions import Actor
from enabler.persistence.help_hours import HoursFlag
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of
from enabler.services._conversation import Case
from enabler.services._games import COUNTS, DOES_NOT_COUNT
from enabler.services._ground import Ground
from enabler.services._help_hours import let_go, pay_after_all
from enabler.services._hours_policy import policy_of
from enabler.services._progress import helpers_of, tell_one
from enabler.services._settling_minutes import parties_of
from enabler.timebank.approvals import Approval, require_two
from enabler.timebank.gaming import GameKind
from enabler.timebank.transfers import Reason

LOOKED_AT = "looked-at"
GAMES = tuple(kind.value for kind in GameKind)


def release(
    uow: UnitOfWork, actor: Actor, case: Case, words: str, here: Ground, *, counts: bool
) -> dict[str, Any]:
    """Let the hours of a help go on: they move as they would have, or what was promised is the
    asker's again. Both sides are told. ``words`` say why, and are kept with the audit.

    Raises WrongMoment(hours_not_looked_at), NotAllowed(party_to_it) for whoever stands in the
    match, or in what it looks like.
    """
    match, need, _ = case
    row = uow.help_hours.of_match(match.id)
    if row is None or row.state != LOOKED_AT:
        raise WrongMoment("hours_not_looked_at")
    flags = uow.help_hours.flags_waiting(row.place_id, GAMES, match_id=match.id)
    parties = parties_of(uow, case, here) | people_in(uow, flags)
    require_two(Reason.HELP, policy_of(here.ruleset), Approval(actor.member_id), parties)
    if counts:
        pay_after_all(uow, match, row, here)
    else:
        let_go(uow, match, here)
    said = COUNTS if counts else DOES_NOT_COUNT
    uow.help_hours.settle_flags(
        (flag.id for flag in flags), settled_as=said, by=actor.member_id, now=here.now
    )
    _record(uow, actor, match, said, words, here)
    template = "hours_count" if counts else "hours_do_not_count"
    for member_id in (*askers_of(uow, need, here.now), *helpers_of(uow, match, here)):
        tell_one(uow, match, member_id, template, here)
    return {"match": match.ref, "settled_as": said}


def people_in(uow: UnitOfWork, flags: Iterable[HoursFlag]) -> frozenset[int]:
    """The members whose accounts flags are about."""
    told = [(flag.facts.get("account"), *flag.facts.get("accounts", ())) for flag in flags]
    accounts = {number for each in told for number in each if number is not None}
    owners = uow.purses.owners(accounts).values()
    return frozenset(owner.member_id for owner in owners if owner.member_id is not None)


def _record(
    uow: UnitOfWork, actor: Actor, match: Match, said: str, words: str, here: Ground
) -> None:
    uow.audit.record(
        actor, f"hours.{said}", place_id=match.place_id,
        subject=("match", match.id, match.ref), now=here.now, why=LOOKED_AT,
        values={"words": (None, words)} if actor.member_id is not None else None,
        whose=actor.member_id,
    )  # fmt: skip
