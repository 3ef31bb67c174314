"""Conversations: after a yes both sides write to each other, and agree a time and a place."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from enabler.api.calls import actor
from enabler.api.resource import Resource
from enabler.api.schemas.conversations import (
    AgreedSent,
    ConversationSchema,
    ProposalSent,
    SaidSent,
)
from enabler.domain.permissions import Action
from enabler.doors.wiring import now
from enabler.services import conversations, matches
from enabler.services.conversations import Meeting
from enabler.services.views import ConversationView, MatchView

resource = Resource("conversations", "What the two sides of a match write to each other.")
_CLOSED: dict[str, Any] = {
    "lines": (), "until": None, "proposal": None, "where": None, "on_way_at": None,
    "cannot_find_at": None, "may": frozenset(), "not_passed": (),
}  # fmt: skip


def _of(match: MatchView) -> Any:
    said: ConversationView | None = match.conversation
    parts = _CLOSED if said is None else {name: getattr(said, name) for name in _CLOSED}
    return SimpleNamespace(match_ref=match.ref, open=said is not None, **parts)


@resource.read("/matches/<ref:ref>/conversation", action=Action.SEE_MATCH, gives=ConversationSchema)
def one(ref: str) -> Any:
    """What was written, for the two sides; it is read from then on."""
    return _of(matches.show(actor=actor(), ref=ref, now=now()))


@resource.write(
    "/matches/<ref:ref>/say", action=Action.CONVERSE, takes=SaidSent, gives=ConversationSchema
)
def say(ref: str, words: str, key: str) -> Any:
    """Write to the other side. They are told that there is something to read."""
    return _of(conversations.say(actor=actor(), match_ref=ref, words=words, key=key, now=now()))


@resource.write(
    "/matches/<ref:ref>/propose", action=Action.CONVERSE, takes=ProposalSent,
    gives=ConversationSchema,
)  # fmt: skip
def propose(ref: str, start: datetime, end: datetime, key: str, **said: str | None) -> Any:
    """Suggest a time to meet. One that was asked for, where it was, is agreed at once."""
    meeting = Meeting(start, end, **said)
    return _of(
        conversations.propose(actor=actor(), match_ref=ref, meeting=meeting, key=key, now=now())
    )


@resource.write(
    "/matches/<ref:ref>/agree", action=Action.CONVERSE, takes=AgreedSent, gives=ConversationSchema
)
def agree(ref: str, number: int, key: str) -> Any:
    """Say yes to the time that the other side proposed."""
    return _of(conversations.agree(actor=actor(), match_ref=ref, number=number, key=key, now=now()))
