"""Matches: what you are asked, and what was agreed, until it is done and confirmed."""

from datetime import datetime

from enabler.api.calls import actor
from enabler.api.resource import Resource
from enabler.api.schemas.matches import (
    DisputeSent,
    DoneSent,
    MatchesPart,
    MatchSchema,
    VisitSent,
    WordsSent,
)
from enabler.api.schemas.parts import ListQuery
from enabler.domain.permissions import Action
from enabler.doors.wiring import now
from enabler.services import lists, matches
from enabler.services.views import MatchView
from enabler.services.views.lists import Part

resource = Resource("matches", "Needs with offers: asked, agreed, done.")


@resource.read("/matches", action=Action.SEE_OWN, gives=MatchesPart, query=ListQuery)
def all_mine(limit: int, cursor: str | None) -> Part[MatchView]:
    """What you are asked, what you help with, and who helps you; the newest first."""
    return lists.matches(actor=actor(), before=cursor, limit=limit, now=now())


@resource.read("/matches/<ref:ref>", action=Action.SEE_MATCH, gives=MatchSchema)
def one(ref: str) -> MatchView:
    """A match as you may see it at this moment. What it shows of others is logged."""
    return matches.show(actor=actor(), ref=ref, now=now())


@resource.write("/matches/<ref:ref>/accept", action=Action.ANSWER_ASK, gives=MatchSchema)
def accept(ref: str, key: str) -> MatchView:
    """Say yes to what you are asked. The first yes wins."""
    return matches.accept(actor=actor(), match_ref=ref, key=key, now=now())


@resource.write(
    "/matches/<ref:ref>/decline", action=Action.ANSWER_ASK, takes=WordsSent, gives=MatchSchema
)
def decline(ref: str, words: str | None, key: str) -> MatchView:
    """Say no. You hear no more of this need."""
    return matches.decline(actor=actor(), match_ref=ref, words=words, key=key, now=now())


@resource.write(
    "/matches/<ref:ref>/release", action=Action.RELEASE_MATCH, takes=WordsSent, gives=MatchSchema
)
def release(ref: str, words: str | None, key: str) -> MatchView:
    """You cannot, after all. Others are asked."""
    return matches.release(actor=actor(), match_ref=ref, words=words, key=key, now=now())


@resource.write(
    "/matches/<ref:ref>/arrange", action=Action.ARRANGE_MATCH, takes=VisitSent, gives=MatchSchema
)
def arrange(ref: str, start: datetime, end: datetime, words: str | None, key: str) -> MatchView:
    """Say when you meet; again, to change it. The other side is told."""
    return matches.arrange(
        actor=actor(), match_ref=ref, start=start, end=end, words=words, key=key, now=now()
    )


@resource.write(
    "/matches/<ref:ref>/done", action=Action.FINISH_MATCH, takes=DoneSent, gives=MatchSchema
)
def done(ref: str, minutes: int, key: str) -> MatchView:
    """Say that the help was given, and how long it took."""
    return matches.done(actor=actor(), match_ref=ref, minutes=minutes, key=key, now=now())


@resource.write("/matches/<ref:ref>/confirm", action=Action.CONFIRM_MATCH, gives=MatchSchema)
def confirm(ref: str, key: str) -> MatchView:
    """Confirm what the other side said was done."""
    return matches.confirm(actor=actor(), match_ref=ref, key=key, now=now())


@resource.write(
    "/matches/<ref:ref>/correct", action=Action.CONFIRM_MATCH, takes=DoneSent, gives=MatchSchema
)
def correct(ref: str, minutes: int, key: str) -> MatchView:
    """Say that it took other minutes than the other side said. They are asked then."""
    return matches.correct(actor=actor(), match_ref=ref, minutes=minutes, key=key, now=now())


@resource.write(
    "/matches/<ref:ref>/dispute", action=Action.CONFIRM_MATCH, takes=DisputeSent, gives=MatchSchema
)
def dispute(ref: str, words: str, key: str) -> MatchView:
    """Say that it was otherwise. A custodian looks at it."""
    return matches.dispute(actor=actor(), match_ref=ref, words=words, key=key, now=now())
