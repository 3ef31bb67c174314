"""What is to be said to somebody who has neither phone nor mail, read when it is said: what no
longer holds, or is not for them any more, is not among it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enabler.domain.letters import About, Party
from enabler.domain.messages import LIFETIMES, Outgoing, Receiver
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Channel, OutboxState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.persistence.untold import Untold, UntoldLetter
from enabler.services._letter_sights import log_sight
from enabler.services._letters import Drop, about_now, content
from enabler.services._paused import reaches
from enabler.services.ports import Secrets

WHY = "untold"
"""Why staff saw somebody: to say what could not be sent."""


@dataclass(frozen=True, slots=True)
class ToSay:
    """A letter as it may be said at this moment: what its words are made of, whom it shows."""

    letter: UntoldLetter
    row: Outgoing
    about: About
    values: Mapping[str, Any]
    shown: dict[str, tuple[Party, str]]


def to_say(
    uow: UnitOfWork, one: Untold, receiver: Receiver, secrets: Secrets, now: datetime
) -> tuple[ToSay, ...]:
    """The letters of one that hold now. No sight is logged."""
    found = []
    for letter in uow.untold.letters(one.id):
        about = holds_now(uow, one, letter, receiver, now)
        if about is None or letter.due_at > now or rests(uow, one, letter, receiver):
            continue
        row = _as_row(one, letter, receiver)
        values, shown = content(uow, row, receiver, about, secrets, now)
        found.append(ToSay(letter, row, about, values, shown))
    return tuple(found)


def holds_now(
    uow: UnitOfWork, one: Untold, letter: UntoldLetter, receiver: Receiver, now: datetime
) -> About | None:
    """What a letter is about, if it is still to be said; None: it is past."""
    over = letter.expires_at is not None and now >= letter.expires_at
    if over or not receiver.is_told(letter.template):
        return None
    about = about_now(uow, _as_row(one, letter, receiver), receiver, now)
    return None if isinstance(about, Drop) else about


def log_shown(uow: UnitOfWork, actor: Actor, one: Untold, said: tuple[ToSay, ...],
              now: datetime) -> None:  # fmt: skip
    """Whoever reads the words reads of the others who are named in them."""
    seen: dict[int, set[str]] = {}
    for each in said:
        for what, (whose, _) in each.shown.items():
            seen.setdefault(whose.member_id, set()).add("name" if what == "through" else what)
    for member_id, facts in sorted(seen.items()):
        uow.sights.log(
            actor, member_id, tuple(sorted(facts)), place_id=one.place_id, why=WHY, now=now,
            subject_ref=one.ref,
        )  # fmt: skip


def log_told(uow: UnitOfWork, receiver: Receiver, said: tuple[ToSay, ...], now: datetime) -> None:
    """The member has heard of those others: as by a message."""
    for each in said:
        log_sight(uow, each.row, receiver, each.about, each.shown, now)


def rests(uow: UnitOfWork, one: Untold, letter: UntoldLetter, receiver: Receiver) -> bool:
    """Whether it waits while they rest."""
    return receiver.paused and not reaches(
        uow, one.member_id, letter.template, letter.priority, letter.parameters
    )


def _as_row(one: Untold, letter: UntoldLetter, receiver: Receiver) -> Outgoing:
    """As a row of the outbox, so that it is read as any letter is."""
    return Outgoing(
        id=letter.id, place_id=one.place_id, member_id=one.member_id, to_value=None,
        channel=Channel.TEXT, template=letter.template, parameters=letter.parameters,
        language=receiver.language, priority=letter.priority, state=OutboxState.QUEUED,
        queued_at=letter.queued_at, due_at=letter.due_at,
        expires_at=letter.expires_at or letter.due_at + LIFETIMES[letter.priority],
        claimed_by=None, claimed_at=None, handed_at=None, attempts=0, provider_ref=None,
    )  # fmt: skip
