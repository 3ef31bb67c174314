"""What somebody wrote to the other side of a match, as the text says it that tells them: read when
it leaves, with the entitlement of that moment; the outbox holds nobody's words (law 7).

A mail and a page's mark say only that there is something to read. A message that waits for a
custodian's look is no line yet: it is in no text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.conversation import Line, last_agreed, standing_proposal
from enabler.domain.letters import About
from enabler.domain.messages import Outgoing, Receiver
from enabler.domain.permissions import Actor
from enabler.domain.prompts import TALK
from enabler.domain.vocabulary import Channel, LineKind, OutboxState
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import UnitOfWork

_ASKER, _HELPER = "asker", "helper"
_NEVER_LEFT = (OutboxState.DROPPED, OutboxState.FAILED)
PASS_ON = frozenset({TALK, "proposed", "arranged"})
"""Letters of a match that say the other side's words."""


@dataclass(frozen=True, slots=True)
class Passed:
    """``words`` of others, and whose they are (ids)."""

    words: str
    by: frozenset[int]


NOTHING = Passed("", frozenset())


def passed_on(uow: UnitOfWork, row: Outgoing, about: About) -> Passed:
    """What a text says of what the other side wrote; nothing where it says none of it."""
    if row.template not in PASS_ON or row.channel is not Channel.TEXT:
        return NOTHING
    match = uow.matches.by_ref(row.place_id, about.ref)
    lines = uow.conversations.of_match(match.id)
    side = _ASKER if row.member_id in about.askers else _HELPER
    if row.template == TALK:
        return _of(_unread(uow, row, match.id, lines, side))
    if row.template == "proposed":
        standing = standing_proposal(match, lines)
        return _of([standing] if standing is not None and standing.side != side else [])
    agreed = last_agreed(lines)
    if agreed is None or agreed.side == side or agreed.visit != about.visit:
        return NOTHING
    if match.visit_words is None or _was_ours(lines, agreed.visit, side):
        return NOTHING
    return Passed(match.visit_words, _authors([agreed]))


def is_read(uow: UnitOfWork, row: Outgoing, about: About) -> bool:
    """Whether there is nothing to tell any more: it was read on the page, or its words are gone."""
    if row.template != TALK:
        return False
    if row.channel is Channel.TEXT:
        return not passed_on(uow, row, about).words
    match = uow.matches.by_ref(row.place_id, about.ref)
    return not uow.conversations.unread(row.member_id or 0, [match.id])


def say_words(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, about: About, now: datetime
) -> dict[str, str]:
    """What the text is made of besides, with a sight of each whose words the receiver reads."""
    passed = passed_on(uow, row, about)
    if not passed.words or receiver.member_id is None or receiver.ref is None:
        return {}
    viewer = Actor(
        "member", receiver.ref, member_id=receiver.member_id, place_id=row.place_id
    )  # fmt: skip
    for member_id in sorted(passed.by - {receiver.member_id}):
        uow.sights.log(
            viewer, member_id, ("words",), place_id=row.place_id, why="message", now=now,
            subject_ref=about.ref,
        )  # fmt: skip
    return {"said": passed.words}


def _unread(
    uow: UnitOfWork, row: Outgoing, match_id: int, lines: Sequence[Line], side: str
) -> list[Line]:
    """What this text tells, and no other: from its line to that of the next text. What a text
    before it was to tell that never left is in it too."""
    member_id = row.member_id or 0
    told = [
        one for one in uow.outbox.told(row.place_id, member_id, TALK, row.parameters["match"])
        if one.channel is Channel.TEXT and "line" in one.parameters
    ]  # fmt: skip
    begins = int(row.parameters.get("line", 0))
    for one in reversed([one for one in told if one.id < row.id]):
        if one.state not in _NEVER_LEFT:
            break
        begins = min(begins, one.parameters["line"])
    ends = min((one.parameters["line"] for one in told if one.id > row.id), default=None)
    read = uow.conversations.last_read(match_id, member_id)
    return [
        line for line in lines
        if line.kind is LineKind.SAID and line.side != side and line.by_member_id != member_id
        and line.id > read and line.id >= begins and (ends is None or line.id < ends)
    ]  # fmt: skip


def _was_ours(lines: Sequence[Line], visit: Window | None, side: str) -> bool:
    """Whether the time that was agreed is one that this side had proposed, with its own words."""
    return any(
        line.kind is LineKind.PROPOSED and line.side == side and line.visit == visit
        for line in lines
    )  # fmt: skip


def _of(lines: Sequence[Line]) -> Passed:
    said = [each.strip() for line in lines for each in (line.where, line.words) if each]
    return Passed(" / ".join(said), _authors([line for line in lines if line.words or line.where]))


def _authors(lines: Sequence[Line]) -> frozenset[int]:
    return frozenset(line.by_member_id for line in lines if line.by_member_id is not None)
