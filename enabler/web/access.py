"""Who sits at the browser: a session row's token in the cookie, and the place that pages are of.

Nothing is decided here beyond the way in; services decide.
"""

from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, abort, current_app, g, redirect, render_template, request, session
from flask_login import LoginManager, current_user

from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.permissions import Action, Actor
from enabler.domain.places import Place
from enabler.doors.access import Access, Placed, declared
from enabler.doors.wiring import now, wiring
from enabler.services import acting as acting_service
from enabler.services import places, sign_in
from enabler.services.views import SignedIn
from enabler.services.views.mandates import ActingView
from enabler.web import again
from enabler.web.browsers import browser
from enabler.web.remembered import remember
from enabler.web.slugs import forget_slug, slug_in_path, without_slug

__all__ = [
    "Visitor",
    "actor",
    "browser",
    "may_say_done",
    "member",
    "own_actor",
    "place",
    "register",
    "require_given",
    "visitor",
]

_PARTS = frozenset({"home.colours", "sign_in.sign_out", "supporting.stop"})
_FREE = frozenset({"supporting", "again"})
"""Pages of whoever sits there, for whomever they act."""
logins = LoginManager()
logins.session_protection = None  # sessions are rows, which end at once when access does


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in: what flask-login keeps while a page is made.

    ``own`` is who they are by themself; ``acting``: for whom they act at this moment.
    """

    token: str
    own: Actor
    signed: SignedIn
    acting: ActingView | None = None
    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def actor(self) -> Actor:
        """As whom they act: themself, or the member whom they help."""
        return self.own if self.acting is None else self.acting.actor

    @property
    def acts_no_more(self) -> bool:
        """Whether this browser acted for somebody and the mandate holds no more."""
        return self.signed.acting_id is not None and self.acting is None

    def get_id(self) -> str:
        """What the cookie holds: the token of the session's row."""
        return self.token


def register(app: Flask) -> None:
    """Know visitors, and ask of each page what it declares."""
    logins.init_app(app)
    app.before_request(_enter)


@logins.user_loader
def _visitor(token: str) -> Visitor | None:
    found = sign_in.who(token=token, secrets=wiring().secrets, now=now())
    if found is None:
        return None
    mandate_id, acting = found[1].acting_id, None
    if mandate_id is not None and found[0].member_id is not None:
        acting = acting_service.as_whom(actor=found[0], mandate_id=mandate_id, now=now())
    return Visitor(token, *found, acting)


def visitor() -> Visitor | None:
    """Whoever is signed in."""
    someone = current_user._get_current_object()
    return someone if isinstance(someone, Visitor) else None


def member() -> Visitor | None:
    """Whoever is signed in and has signed up; a number alone is nobody yet."""
    someone = visitor()
    return someone if someone is not None and someone.signed.member_id is not None else None


def actor() -> Actor:
    """Who acts: the member who is signed in, or a stranger in this place."""
    someone = visitor()
    if someone is not None:
        return someone.actor
    return Actor.anonymous(g.place.id if g.get("place") else None)


def require_given(action: Action) -> None:
    """Raises NotAllowed where somebody acts for another who has not let them do this: before they
    have typed what could not be sent."""
    by = actor().by
    if by is not None and not by.allows(action):
        raise NotAllowed("beyond_mandate", action=action.value)


def may_say_done() -> bool:
    """Whether whoever acts may say that help was given: for another, where they have let them."""
    by = actor().by
    return by is None or by.allows(Action.CONFIRM_MATCH)


def own_actor() -> Actor:
    """Who sits there, also while they act for somebody else."""
    someone = visitor()
    return someone.own if someone is not None else actor()


def place() -> Place:
    """The place that the page is of."""
    return cast(Place, g.place)


def _enter() -> Any:
    access = declared(current_app, request.endpoint) if request.endpoint else None
    if access is not None and access.placed is Placed.NEVER:
        return None
    moved = _find_place()
    if "place" in g:
        remember(g.place)
    if moved is not None or request.endpoint is None:
        return moved
    if access is None:
        raise NotAllowed
    someone = visitor()
    if someone is not None and someone.acts_no_more and not _is_part_of_a_page():
        raise NotAllowed("mandate_over")
    if "place" not in g and access.placed is Placed.ALWAYS:
        return render_template("home/places.html", rest=request.full_path.rstrip("?")), 404
    return _check(access)


def _is_part_of_a_page() -> bool:
    """Whether it is a colour, a picture or the way out: none of it says for whom anything is."""
    return request.endpoint in _PARTS or request.blueprint == "installing"


def _find_place() -> Any:
    """Set ``g.place``: the visitor's own, else the one in the path, else the only one."""
    slug, someone = slug_in_path(request), visitor()
    if someone is not None:
        g.place = someone.signed.place
        if slug is not None and request.method == "GET":
            return redirect(without_slug(request))
        return forget_slug(request)
    if slug is not None:
        return _find_by(slug)
    return _find_only()


def _find_by(slug: str) -> None:
    try:
        g.place = places.by_slug(slug=slug)
    except NotFound:
        forget_slug(request)
        _find_only()
        abort(404)


def _find_only() -> None:
    g.places = places.all_places()
    if len(g.places) == 1:
        g.place = g.places[0]


def _check(access: Access) -> Any:
    if again.for_another():
        return (again.send_again(), 400) if member() else again.after(_way_in())
    someone = member()
    acts = someone is not None and request.blueprint not in _FREE
    if acts and not access.may_act(actor()):
        raise NotAllowed("beyond_mandate", action=access.action.value)
    if access.open_to_all:
        return None
    if someone is None:
        return again.after(_way_in())
    if not access.may_enter(someone.actor):
        raise NotAllowed(action=access.action.value)
    return None


def _way_in() -> str:
    """Where whoever is not signed in begins: at the desk's pages staff do, often by a letter's link
    at night, and their session is the shortest."""
    if visitor() is not None:
        return "sign_up.sign_up"
    return "staff.staff" if f"{without_slug(request)}/".startswith("/desk/") else "sign_in.number"


def forget_visitor() -> None:
    """Make the page of a failure as for a stranger: who is there may be what cannot be read."""
    g._login_user = logins.anonymous_user()


def was_signed_in() -> bool:
    """Whether this browser was signed in and its session has ended since."""
    return visitor() is None and "_user_id" in session
