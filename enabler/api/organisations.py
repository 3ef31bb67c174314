"""Organisations: the profile with what it gives, its people, its board, who goes."""

from types import SimpleNamespace
from typing import Any

from enabler.api.calls import actor
from enabler.api.resource import Resource
from enabler.api.schemas.matches import MatchSchema
from enabler.api.schemas.organisations import (
    AssignedSent,
    BoardSchema,
    PeopleSchema,
    ProfileSent,
    WholeOrganisationSchema,
)
from enabler.domain.permissions import Action
from enabler.doors.wiring import now
from enabler.services import board as boards
from enabler.services import colleagues, matches, organisations
from enabler.services.views import EveryWeek, MatchView, OrganisationView, PeopleView

resource = Resource("organisations", "Businesses, community groups and public services.")


@resource.read(
    "/organisations/<ref:ref>", action=Action.SEE_ORGANISATION, gives=WholeOrganisationSchema
)
def one(ref: str) -> OrganisationView:
    """What it is, where, when it is open, what it gives, how to reach it."""
    return organisations.show(actor=actor(), ref=ref, now=now())


@resource.write(
    "/organisations/<ref:ref>/change", action=Action.CHANGE_ORGANISATION, takes=ProfileSent,
    gives=WholeOrganisationSchema,
)  # fmt: skip
def change(ref: str, key: str, **said: Any) -> OrganisationView:
    """Change what it says of itself, and how it is reached."""
    return organisations.change(actor=actor(), ref=ref, **said, key=key, now=now())


@resource.read("/organisations/<ref:ref>/people", action=Action.SEE_COLLEAGUES, gives=PeopleSchema)
def people(ref: str) -> PeopleView:
    """Who acts for it, for those who lead it."""
    return colleagues.people(actor=actor(), ref=ref, now=now())


@resource.read("/organisations/<ref:ref>/board", action=Action.SEE_BOARD, gives=BoardSchema)
def board(ref: str) -> Any:
    """What is asked of it, what it said yes to by day, and what it asked for."""
    found = boards.board(actor=actor(), ref=ref, now=now())
    return SimpleNamespace(
        ref=found.ref, leads=found.leads, asks=found.asks, finished=found.finished,
        asked=found.asked, agreed=[one for _day, rows in found.days for one in rows],
        series=[_line(one) for one in found.series],
    )  # fmt: skip


def _line(view: EveryWeek) -> Any:
    """A series with its week, in one."""
    every = {name: getattr(view.every, name) for name in view.every.__slots__}
    return SimpleNamespace(ref=view.ref, category=view.category, words=view.words, **every)


@resource.write(
    "/matches/<ref:ref>/assign", action=Action.ASSIGN_MATCH, takes=AssignedSent, gives=MatchSchema
)
def assign(ref: str, who: str, key: str) -> MatchView:
    """Say who of the organisation goes. They are told, and so is whoever asks."""
    boards.assign(actor=actor(), match_ref=ref, who=who, key=key, now=now())
    return matches.show(actor=actor(), ref=ref, now=now())
