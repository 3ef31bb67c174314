"""Needs: what you ask for."""

from typing import Any

from enabler.api.calls import actor
from enabler.api.resource import Resource
from enabler.api.said import said_of
from enabler.api.schemas.needs import ClosingSent, NeedSchema, NeedSent, NeedsPart
from enabler.api.schemas.parts import ListQuery, windows
from enabler.domain.permissions import Action
from enabler.domain.vocabulary import Outcome
from enabler.doors.wiring import now
from enabler.services import lists, needs
from enabler.services.needs import NeedDraft
from enabler.services.views import NeedView
from enabler.services.views.lists import Part

resource = Resource("needs", "What people ask for.")


@resource.read("/needs", action=Action.SEE_OWN, gives=NeedsPart, query=ListQuery)
def all_mine(limit: int, cursor: str | None) -> Part[NeedView]:
    """What you asked for, the newest first."""
    return lists.needs(actor=actor(), before=cursor, limit=limit, now=now())


@resource.write("/needs", action=Action.POST_NEED, takes=NeedSent, gives=NeedSchema, makes=True)
def post(key: str, **given: Any) -> NeedView:
    """Ask for help."""
    draft = NeedDraft(**given | {
        "windows": windows(given["windows"]),
        "languages_required": tuple(given["languages_required"]),
        "preferences": tuple(given["preferences"]),
        "circumstances": said_of(given["circumstances"]),
    })  # fmt: skip
    return needs.post(actor=actor(), draft=draft, key=key, now=now())


@resource.read("/needs/<ref:ref>", action=Action.SEE_NEED, gives=NeedSchema)
def one(ref: str) -> NeedView:
    """A need: where it stands and what comes next. What it shows of others is logged."""
    return needs.show(actor=actor(), ref=ref, now=now())


@resource.write("/needs/<ref:ref>/withdraw", action=Action.CHANGE_NEED, gives=NeedSchema)
def withdraw(ref: str, key: str) -> NeedView:
    """Take a need back; everybody who was asked or said yes is told."""
    return needs.withdraw(actor=actor(), ref=ref, key=key, now=now())


@resource.write(
    "/needs/<ref:ref>/close", action=Action.CHANGE_NEED, takes=ClosingSent, gives=NeedSchema
)
def close(ref: str, outcome: Outcome, words: str | None, key: str) -> NeedView:
    """Say how it ended."""
    return needs.close(
        actor=actor(), ref=ref, outcome=outcome, words=words, key=key, now=now()
    )  # fmt: skip
