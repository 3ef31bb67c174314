"""What a route declares: the action that it is for, and whether it is of a place.

The declaration is a courtesy: it sends a stranger to the sign-in page and a resident away from the
staff's desk before anything is read. The services decide (their second line is ``require``). A
route without a declaration fails the tests and is closed to everybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Flask

from enabler.domain.mandates import NEVER_FOR_ANOTHER
from enabler.domain.permissions import (
    OF_ANYONE,
    OF_MEMBERS,
    OF_ORGANISATIONS,
    OF_OWNERS,
    OF_PARTIES,
    Action,
    Actor,
    Subject,
    allowed,
)
from enabler.domain.vocabulary import Role

View = TypeVar("View", bound=Callable[..., Any])
_MEMBERS_MAY_KNOCK = OF_MEMBERS | OF_OWNERS | OF_PARTIES | OF_ORGANISATIONS.keys()


class Placed(Enum):
    """Whether a page can be shown without a place, or before anything is known at all."""

    ALWAYS = "always"
    IF_KNOWN = "if-known"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Access:
    """A view's declaration."""

    action: Action
    placed: Placed

    @property
    def open_to_all(self) -> bool:
        """Whether nobody need sign in for it."""
        return self.action in OF_ANYONE

    def may_enter(self, actor: Actor) -> bool:
        """Whether a signed-in actor may be let through to the service, which decides."""
        return self.action in _MEMBERS_MAY_KNOCK or allowed(actor, self.action)

    def may_act(self, actor: Actor) -> bool:
        """Whether a supporter's mandate allows this at all; anybody else acts for themself. What
        anybody may do needs none, but for what is said in one's own name alone."""
        if actor.by is None or self.action in OF_ANYONE - NEVER_FOR_ANOTHER:
            return True
        return actor.by.allows(self.action)


def page(*, action: Action, placed: Placed = Placed.ALWAYS) -> Callable[[View], View]:
    """Declare what a view is for."""

    def declare(view: View) -> View:
        view.enabler_access = Access(action, placed)  # type: ignore[attr-defined]
        return view

    return declare


def call(*, action: Action) -> Callable[[View], View]:
    """Declare what a program's call is for; who calls, and in which place, is known by the call."""
    return page(action=action, placed=Placed.NEVER)


def at_desk(actor: Actor) -> bool:
    """Whether the desk is the actor's place of work."""
    return allowed(actor, Action.SEE_DESK)


def in_ward(actor: Actor) -> bool:
    """Whether the actor is a councillor of a ward."""
    return any(
        grant.role is Role.COUNCILLOR
        and allowed(actor, Action.SEE_WARD, Subject(actor.place_id, ward_id=grant.ward_id))
        for grant in actor.grants
    )


def declared(app: Flask, endpoint: str) -> Access | None:
    """What the route's view declares, or None."""
    return getattr(app.view_functions.get(endpoint), "enabler_access", None)
