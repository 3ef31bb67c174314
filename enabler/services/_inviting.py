"""Making asks: the matches, their texts, and the next steps of their needs, many at once.

A wave asks for one need, a round for hundreds: each kind of row is one statement, however many.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from enabler.domain.matches import Reason
from enabler.domain.messages import ASK
from enabler.domain.needs import Need
from enabler.domain.next_steps import Asked, Plan, after_asks
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NextStep, OfferState, Priority
from enabler.matching import Candidate
from enabler.persistence.matches import organisation_key
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of
from enabler.services._ground import Ground
from enabler.services._tell import letters


@dataclass(frozen=True, slots=True)
class Invitation:
    """One ask to be made: of which offer, to which members, when, and why them."""

    candidate: Candidate
    offer: Offer
    members: tuple[int, ...]
    when: Asked
    on_day: date | None = None  # the day whose room it is to use, where one was set aside

    @property
    def giver(self) -> int | str:
        """Whose offer it is, as the engine knows them."""
        if self.offer.organisation_id is not None:
            return organisation_key(self.offer.organisation_id)
        return self.offer.member_id or 0

    @property
    def stands(self) -> bool:
        """Whether the offer is open at this moment (law 6)."""
        return self.offer.state is OfferState.OPEN


def invite(
    uow: UnitOfWork, actor: Actor, ground: Ground, asks: Sequence[tuple[Need, Invitation]], *,
    why: str = "wave",
) -> None:  # fmt: skip
    """Make the matches that ask for these needs of one place, and queue their texts."""
    refs = uow.refs.many(ground.place.id, "match", len(asks))
    ids = uow.matches.add_many(
        [_match(*each, ref, ground.now) for each, ref in zip(asks, refs, strict=True)]
    )
    uow.outbox.queue_many([
        text
        for (need, one), ref in zip(asks, refs, strict=True)
        for text in ask_texts(uow, need.place_id, ref, one.members, one.when, ground.now)
    ])  # fmt: skip
    uow.audit.record_many(actor, [
        {
            "what": "match.asked", "place_id": ground.place.id, "now": ground.now,
            "subject": ("match", match_id, ref), "states": (None, MatchState.ASKED.value),
            "why": why,
        }
        for match_id, ref in zip(ids, refs, strict=True)
    ])  # fmt: skip


def _match(need: Need, one: Invitation, ref: str, now: datetime) -> dict[str, Any]:
    return {
        "place_id": need.place_id, "ref": ref, "need_id": need.id, "offer_id": one.offer.id,
        "helper_id": one.offer.member_id, "state": MatchState.ASKED, "score": one.candidate.score,
        "reasons": [Reason(each.factor, each.points) for each in one.candidate.reasons],
        "distance_metres": one.candidate.distance_metres, "wave": need.wave, "proposed_at": now,
        "asked_at": one.when.due_at, "answer_by": one.when.answer_by, "on_day": one.on_day,
    }  # fmt: skip


def ask_texts(
    uow: UnitOfWork, place_id: int, match_ref: str, members: Iterable[int], when: Asked,
    now: datetime,
) -> list[dict[str, Any]]:  # fmt: skip
    """The texts that ask these members, as rows of the outbox."""
    return [
        row
        for member_id in members
        for row in letters(
            uow, place_id=place_id, member_id=member_id, template=ASK,
            parameters={"match": match_ref}, priority=Priority.MATCH,
            dedupe_key=f"{ASK}:{match_ref}:{member_id}:{now.isoformat()}", now=now,
            due_at=when.due_at, expires_at=when.answer_by,
        )
    ]  # fmt: skip


def after_inviting(
    uow: UnitOfWork, actor: Actor, ground: Ground, asked: Sequence[tuple[Need, Sequence[Asked]]]
) -> None:
    """Set the needs' next steps behind their asks; an asker is told when all have to wait."""
    plans = [
        (need, after_asks(asks, wave=need.wave, ruleset=ground.ruleset, now=ground.now))
        for need, asks in asked
    ]
    waiting = [_told_to_wait(uow, need, plan, ground.now) for need, plan in plans
               if plan.step is NextStep.AWAIT_ANSWERS]  # fmt: skip
    uow.outbox.queue_many([row for rows in waiting for row in rows])
    last = max(1, len(ground.ruleset.waves))
    uow.needs.change_many([
        {"id": need.id, "wave": min(need.wave + 1, last), "next_step": plan.step,
         "next_step_at": plan.at}
        for need, plan in plans
    ])  # fmt: skip
    uow.audit.record_many(actor, [
        {
            "what": "need.asked", "place_id": need.place_id, "now": ground.now,
            "subject": ("need", need.id, need.ref), "states": (need.state.value, need.state.value),
            "columns": ("wave", "next_step", "next_step_at"), "why": plan.step.value,
        }
        for need, plan in plans
    ])  # fmt: skip


def _told_to_wait(uow: UnitOfWork, need: Need, plan: Plan, now: datetime) -> list[dict[str, Any]]:
    """Law 12: whoever asks while all helpers sleep is told at once from when they are asked."""
    return [
        row for member_id in askers_of(uow, need, now) for row in letters(
            uow, place_id=need.place_id, member_id=member_id, template="no_one_yet",
            parameters={"need": need.ref}, priority=Priority.ANSWER,
            dedupe_key=f"no_one_yet:{need.ref}:{member_id}:{plan.at.isoformat()}", now=now,
        )
    ]  # fmt: skip
