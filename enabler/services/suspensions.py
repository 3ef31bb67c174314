"""An open thing is held again or suspended; a suspension is lifted; a decision is taken back."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import STAFF_ROLES, Role
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _suspending
from enabler.services._decided import Decided
from enabler.services._deciding import Wish, carry_out
from enabler.services._ground import Ground
from enabler.services._lifting import lift_now
from enabler.services._statements import Against, end_decisions, keep_decision
from enabler.services._thing_views import undoable_of
from enabler.services._things import Thing, is_gone

LONGEST_DAYS = 366
_OPEN = ("open", "paused", "active")
_RUNNING = ("held", "open", "filled", "arranged", "paused", "active")


def hold(
    *, actor: Actor, ref: str, words: str, seen: str | None = None, key: str, now: datetime
) -> Decided:
    """Let an open need, offer or organisation wait at the desk once more: nothing of it is matched
    until somebody decides. Its author is told why.

    Raises NotFound, NotAllowed (also of one's own), WrongMoment, Invalid, KeyReused.
    """
    said = checked_words("words", words)

    def act(uow: UnitOfWork, thing: Thing, here: Ground) -> dict[str, Any]:
        state = _suspending.hold(uow, actor, thing, here, because=_suspending.BY_HAND)
        keep_decision(uow, actor, thing, Against("hold", said), here)
        return {"state": state}

    return carry_out(actor, ref, Wish("suspensions.hold", said, seen, _OPEN), act, key=key, now=now)


def suspend(
    *, actor: Actor, ref: str, words: str, days: int | None = None, seen: str | None = None,
    key: str, now: datetime,
) -> Decided:  # fmt: skip
    """Stop a need, an offer, an organisation or a member (by ref) until somebody lifts it; it comes
    back to the desk after so many ``days`` (the ruleset's) to be looked at.

    All that is theirs leaves matching at once; help that was agreed comes to the desk. Its author
    is told why, and how to appeal. Raises NotFound, NotAllowed (also of one's own, and of staff:
    *staff_role_first*), WrongMoment, Invalid("words" or "days"), KeyReused.
    """
    said = checked_words("words", words)
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise Invalid("days", "days_out_of_range", most=LONGEST_DAYS)

    def act(uow: UnitOfWork, thing: Thing, here: Ground) -> dict[str, Any]:
        if (thing.kind, thing.state) == ("member", "held"):
            raise WrongMoment("account_waits")  # the safeguarding lead decides about them
        if thing.kind == "member":
            _require_not_over(uow, actor, thing, here)
        state = _suspending.suspend(uow, actor, thing, here)
        keep_decision(uow, actor, thing, Against("suspend", said, days=days), here)
        uow.decisions.end_questions(thing.kind, thing.id, here.now)
        uow.desk.let_go(here.place.id, thing.kind, thing.ref)
        return {"state": state}

    more = {"days": days} if days else None
    wish = Wish("suspensions.suspend", said, seen, _RUNNING, more, members=True)
    return carry_out(actor, ref, wish, act, key=key, now=now)


def _require_not_over(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground) -> None:
    """Nobody shuts a colleague out of the desk, least of all who looks into what they did: of staff
    a lead alone suspends whoever is no lead and no administrator. Raises NotAllowed."""
    held = {one.grant.role for one in uow.members.roles_of(thing.id, here.now)} & STAFF_ROLES
    above = held & {Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR}
    if above or (held and not allowed(actor, Action.BAR_PERSON, Subject(here.place.id))):
        raise NotAllowed("staff_role_first")


def lift(
    *, actor: Actor, ref: str, words: str, seen: str | None = None, key: str, now: datetime
) -> Decided:
    """End a suspension; what was stopped with it goes on. Its author is told.

    Raises NotFound, NotAllowed (also of one's own), WrongMoment, Invalid, KeyReused.
    """
    said = checked_words("words", words)

    def act(uow: UnitOfWork, thing: Thing, here: Ground) -> dict[str, Any]:
        return lift_now(uow, actor, thing, said, here)

    wish = Wish("suspensions.lift", said, seen, ("suspended",), members=True)
    return carry_out(actor, ref, wish, act, key=key, now=now)


def undo(*, actor: Actor, ref: str, seen: str | None = None, key: str, now: datetime) -> Decided:
    """Take back an approval or a refusal of the last minutes (the ruleset's): it waits at the desk
    as before. Not where help was agreed meanwhile.

    Raises NotFound, NotAllowed (also of one's own), WrongMoment ("undo_too_late",
    "something_followed", "change_needs_a_look"), KeyReused.
    """

    def act(uow: UnitOfWork, thing: Thing, here: Ground) -> dict[str, Any]:
        if is_gone(uow, thing):
            raise WrongMoment("something_followed")
        last = undoable_of(thing, uow.audit.of(thing.kind, thing.id), here)
        if last is None:
            raise WrongMoment("undo_too_late")
        state = _suspending.back_to_held(
            uow, actor, thing, here, because=last.because, why="undone"
        )
        end_decisions(uow, thing, here, kinds=("refuse",))
        return {"state": state}

    wish = Wish("suspensions.undo", None, seen, ("open", "active", "refused"))
    return carry_out(actor, ref, wish, act, key=key, now=now)
