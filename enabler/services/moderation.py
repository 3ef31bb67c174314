"""The custodians' desk: what is held is let through or refused, checks are recorded."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Risk
from enabler.domain.words import checked_words, optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services import _decisions
from enabler.services._decided import Decided
from enabler.services._deciding import Act, Wish, carry_out
from enabler.services._desk import EVERYTHING, Sieve, desk_view
from enabler.services._editing import Edit, edit
from enabler.services._ground import Ground, ground
from enabler.services._queue import risk_of_thing
from enabler.services._thing_views import thing_view
from enabler.services._things import Thing, thing_of
from enabler.services.credentials import record as record_credential
from enabler.services.views import CaseView, DeskView

__all__ = [
    "Decided", "Edit", "Sieve", "approve", "approve_edited", "begin_many", "desk", "look",
    "record_credential", "refuse",
]  # fmt: skip
_HELD = ("held",)


def desk(*, actor: Actor, sieve: Sieve = EVERYTHING, now: datetime) -> DeskView:
    """What waits for those who keep the actor's place, the next to decide on top; of it what the
    ``sieve`` lets through, a page at a time. Raises NotAllowed."""
    require(actor, Action.SEE_DESK, Subject(actor.place_id))
    if actor.place_id is None:
        raise NotFound("place_unknown")
    with reading() as uow:
        return desk_view(uow, actor, ground(uow, actor.place_id, now, alone=True), sieve)


def look(*, actor: Actor, ref: str, now: datetime) -> CaseView | None:
    """One thing as it is decided about, whatever state it is in, with what happened to it at the
    desk; None for a ref that is of no such thing here. Raises NotAllowed."""
    with reading() as uow:
        require(actor, Action.MODERATE, Subject(actor.place_id))
        if actor.place_id is None:
            raise NotFound("place_unknown")
        here = ground(uow, actor.place_id, now, alone=True)
        return thing_view(uow, actor, ref, here)


def begin_many(*, actor: Actor) -> None:
    """Whether the actor may decide about several at once; each of them is asked about by itself.
    Raises NotAllowed."""
    require(actor, Action.MODERATE, Subject(actor.place_id))


def approve(
    *, actor: Actor, ref: str, words: str | None = None, seen: str | None = None,
    low_only: bool = False, key: str, now: datetime,
) -> Decided:  # fmt: skip
    """Let a held need, offer or organisation through; its author is told, and a need asks its
    first helpers.

    ``seen``: the version that was looked at; ``low_only``: only where little can go wrong, for many
    at once. Raises NotFound, NotAllowed (also for one's own, and *not_low_risk*), WrongMoment,
    Invalid, KeyReused.
    """
    said = optional_words("words", words)
    wish = Wish("moderation.approve", said, seen, _HELD)
    return carry_out(actor, ref, wish, _deciding(actor, said, low_only, True), key=key, now=now)


def refuse(
    *, actor: Actor, ref: str, words: str, seen: str | None = None, low_only: bool = False,
    key: str, now: datetime,
) -> Decided:  # fmt: skip
    """Refuse a held need, offer or organisation with a reason, which its author is told of.

    Raises NotFound, NotAllowed (also for one's own, and *not_low_risk*), WrongMoment, Invalid,
    KeyReused.
    """
    said = checked_words("words", words)
    wish = Wish("moderation.refuse", said, seen, _HELD)
    return carry_out(actor, ref, wish, _deciding(actor, said, low_only, False), key=key, now=now)


def approve_edited(
    *, actor: Actor, ref: str, edited: Edit, words: str, seen: str | None = None, key: str,
    now: datetime,
) -> Decided:  # fmt: skip
    """Change a held need's or offer's words, or an offer's kinds of help and reach, and let it
    through; its author sees what was changed, and why.

    Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused.
    """
    said = checked_words("reason", words)
    more = {"edited": asdict(edited)}
    wish = Wish("moderation.approve_edited", said, seen, _HELD, more)

    def act(uow: UnitOfWork, thing: Thing, here: Ground) -> dict[str, Any]:
        edit(uow, actor, thing, edited, said, here)
        fresh = thing_of(uow, thing.kind, thing.ref, here)
        return _decisions.decide(uow, actor, fresh, said, here, approving=True)

    return carry_out(actor, ref, wish, act, key=key, now=now)


def _deciding(actor: Actor, words: str | None, low_only: bool, approving: bool) -> Act:
    def act(uow: UnitOfWork, thing: Thing, here: Ground) -> dict[str, Any]:
        if low_only and risk_of_thing(uow, thing, here) is not Risk.LOW:
            raise NotAllowed("not_low_risk")
        return _decisions.decide(uow, actor, thing, words, here, approving=approving)

    return act
