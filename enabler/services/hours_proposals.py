"""Grants of hours and reversals: one custodian asks, a second one allows or refuses."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _hours_proposing
from enabler.services._ground import Ground
from enabler.services._hours_desk import desk_ground, desk_sides
from enabler.services._hours_views import pot_side
from enabler.services._once import once
from enabler.services.views.hours import OtherSide
from enabler.services.views.hours_desk import HoursProposalView, MovementView

MOST_WORDS = 500
Act = Callable[[UnitOfWork, Ground], dict[str, Any]]


def pots_to_grant(*, actor: Actor, now: datetime) -> tuple[OtherSide, ...]:
    """The pots of the actor's place that hours can be granted to. Raises NotAllowed, NotFound."""
    require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
    with reading() as uow:
        here = desk_ground(uow, actor, now)
        pots = uow.purses.pots(here.place.id)
        accounts = uow.ledger.accounts(pot.account for pot in pots)
        return tuple(pot_side(uow, pot) for pot in pots if not accounts[pot.account].closed)


def ask_grant(
    *, actor: Actor, to: str, minutes: int, words: str, key: str, now: datetime
) -> HoursProposalView:
    """Ask that hours go from the council to a pot or a member, by its ref; ``words`` say why.

    Nothing moves yet. Raises NotAllowed (also *party_to_it*), NotFound, KeyReused, Invalid:
    ("to", grant_receiver_unknown), ("minutes", …), ("words", …).
    """
    said = checked_words("words", words, most=MOST_WORDS)
    arguments = {"to": to, "minutes": minutes, "words": said}
    return _change(
        actor, "ask_grant", arguments, key, now,
        lambda uow, here: _hours_proposing.propose_grant(uow, actor, to, minutes, said, here),
    )  # fmt: skip


def movement(*, actor: Actor, number: int, now: datetime) -> MovementView:
    """A movement that can be undone, by its number on a statement. Raises NotAllowed, NotFound,
    WrongMoment: not_reversible, account_closed, already_reversed, reversal_asked_already."""
    require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
    with reading() as uow:
        here = desk_ground(uow, actor, now)
        entry = _hours_proposing.movement(uow, number, here)
        sides = desk_sides(uow, {entry.debit, entry.credit}, here)
        return MovementView(
            entry.seq, entry.at, entry.reason, entry.minutes, sides[entry.debit],
            sides[entry.credit],
        )  # fmt: skip


def ask_reversal(
    *, actor: Actor, number: int, words: str, key: str, now: datetime
) -> HoursProposalView:
    """Ask that a movement be undone, by its number on a statement; ``words`` say why.

    Nothing moves yet. Raises NotAllowed (also *party_to_it*), NotFound, WrongMoment as
    ``movement``, KeyReused, Invalid("words", …).
    """
    said = checked_words("words", words, most=MOST_WORDS)
    arguments = {"number": number, "words": said}
    return _change(
        actor, "ask_reversal", arguments, key, now,
        lambda uow, here: _hours_proposing.propose_reversal(uow, actor, number, said, here),
    )  # fmt: skip


def show(*, actor: Actor, ref: str, now: datetime) -> HoursProposalView:
    """One proposal. Raises NotAllowed, NotFound."""
    require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
    with reading() as uow:
        return _view(uow, actor, ref, desk_ground(uow, actor, now))


def decide(
    *, actor: Actor, ref: str, allowing: bool, words: str, key: str, now: datetime
) -> HoursProposalView:
    """Allow a proposal, and its hours move in the same transaction, or refuse it; ``words`` say
    why. Never by whoever asked for it, and never by a party to it.

    Raises NotAllowed (second_person_same, party_to_it), NotFound, KeyReused, Invalid("words", …),
    WrongMoment (hours_proposal_ended, and where the hours cannot move: already_reversed,
    account_closed, reversal_not_covered), LimitReached.
    """
    said = checked_words("words", words, most=MOST_WORDS)
    arguments = {"ref": ref, "allowing": allowing, "words": said}
    return _change(
        actor, "decide", arguments, key, now,
        lambda uow, here: _hours_proposing.decide(uow, actor, ref, said, here, allowing=allowing),
    )  # fmt: skip


def lapse(*, now: datetime, limit: int = 100) -> int:
    """Mark what nobody answered in time, in all places; how many. They are over without it: it
    only says so where others look. Call it until it gives 0."""
    with unit_of_work() as uow:
        late = uow.hours_proposals.late(now, at_most=limit)
        _hours_proposing.lapse(uow, late, now)
        uow.commit()
    return len(late)


def _change(
    actor: Actor, name: str, arguments: dict[str, Any], key: str, now: datetime, act: Act
) -> HoursProposalView:
    with unit_of_work() as uow:
        require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
        here = desk_ground(uow, actor, now)
        result = once(
            uow, f"hours_proposals.{name}", actor=actor, key=key, arguments=arguments, now=now,
            act=lambda: act(uow, here), again=False,
        )  # fmt: skip
        view = _view(uow, actor, result["ref"], here)
        uow.commit()
    return view


def _view(uow: UnitOfWork, actor: Actor, ref: str, here: Ground) -> HoursProposalView:
    found = uow.hours_proposals.by_ref(here.place.id, ref)
    (view,) = _hours_proposing.proposal_views(uow, actor, (found,), here)
    return view
