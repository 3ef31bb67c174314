"""A call as it comes in: who calls, what was sent, under which key.

Who calls is known by a key of a program (``Authorization: Bearer …``) or by the session of a
signed-in browser, whose calls that change something need its token against forgery.
"""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn

from flask import current_app, g, request
from flask_login import current_user
from flask_wtf.csrf import validate_csrf
from marshmallow import ValidationError as Unreadable
from werkzeug.exceptions import UnsupportedMediaType
from wtforms.validators import ValidationError

from enabler.api.schemas.fields import Sent, flat
from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.permissions import Actor
from enabler.doors.access import Access, declared
from enabler.doors.forgery import HEADER
from enabler.doors.problems import LARGEST_CALL, problem
from enabler.doors.wiring import now, wiring
from enabler.services import api_tokens
from enabler.services.views import SignedIn

BEARER = re.compile(r"Bearer ([A-Za-z0-9._~+/=-]{1,200})", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9._:-]{8,64}", re.ASCII)
_LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
_ASKS = "api_asks"


class ManyWrong(Invalid):
    """Several things in one call are wrong: the first, and ``also`` the others."""

    def __init__(self, found: list[Invalid]) -> None:
        first, *self.also = found
        super().__init__(first.field, first.code, **first.facts)


class Caller:
    """Who comes by a key; stands where a signed-in browser's visitor would."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, actor: Actor, signed: SignedIn) -> None:
        self.actor, self.signed = actor, signed


def enter() -> Any:
    """Before every call: know who calls, and let in whom the call's declaration lets in."""
    request.max_content_length = LARGEST_CALL
    access = declared(current_app, request.endpoint or "")
    if access is None:
        raise NotAllowed
    if access.open_to_all:
        return None
    by_token = "Authorization" in request.headers
    if by_token:
        _know_by_token()
    if not hasattr(current_user, "actor") or current_user.signed.member_id is None:
        return problem(NotAllowed("token_wrong" if by_token else "sign_in_needed"), status=401)
    _require_given(access)
    if not access.may_enter(actor()):
        raise NotAllowed(action=access.action.value)
    if not by_token and request.method not in _LOOKS:
        _refuse_forged()
    return None


def _require_given(access: Access) -> None:
    """As on pages: by whoever acted for somebody and does no more nothing is done in a name that
    they did not mean; and for another only what the mandate allows."""
    if getattr(current_user, "acts_no_more", False):
        raise NotAllowed("mandate_over")
    if not access.may_act(actor()):
        raise NotAllowed("beyond_mandate", action=access.action.value)


def actor() -> Actor:
    """Who acts."""
    return current_user.actor  # type: ignore[no-any-return]


def signed() -> SignedIn:
    """Who it is, as the head of a page would show."""
    return current_user.signed  # type: ignore[no-any-return]


def by_browser() -> bool:
    """Whether a signed-in browser calls, and no program with a key."""
    return not isinstance(current_user._get_current_object(), Caller)


def _know_by_token() -> None:
    """Who comes by a key is whoever made it; the browser's cookie is not even looked at."""
    g._login_user = None
    found = BEARER.fullmatch(request.headers["Authorization"])
    writes = request.method not in _LOOKS and not _only_asks()
    who = found and api_tokens.who(
        secret=found[1], writes=writes, secrets=wiring().secrets, now=now()
    )
    if who:
        g._login_user = Caller(*who)


def only_asks(view: Callable[..., Any]) -> None:
    """Note of a view that its call changes nothing, though what it asks about is sent."""
    setattr(view, _ASKS, True)


def _only_asks() -> bool:
    return getattr(current_app.view_functions.get(request.endpoint or ""), _ASKS, False)


def _refuse_forged() -> None:
    if not current_app.config.get("WTF_CSRF_ENABLED", True):
        return
    try:
        validate_csrf(request.headers.get(HEADER))
    except ValidationError:
        raise NotAllowed("forged") from None


def given_key() -> str:
    """The key of a call that changes something: the caller's own, whoever else uses the same.

    Raises Invalid("Idempotency-Key", code).
    """
    typed = request.headers.get("Idempotency-Key", "")
    if not typed:
        raise Invalid("Idempotency-Key", "key_missing")
    if not KEY.fullmatch(typed):
        raise Invalid("Idempotency-Key", "key_malformed")
    who = actor()
    by = "" if who.by is None else f":{who.by.ref}"
    return f"api:{who.name}{by}:{typed}"


def sent(schema: type[Sent]) -> dict[str, Any]:
    """What was sent, read by its schema. Raises Invalid, ManyWrong, UnsupportedMediaType."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    return _loaded(schema, _parsed(request.get_data()))


def nothing_sent() -> dict[str, Any]:
    """For a call that takes nothing: whatever comes all the same is refused."""
    came = request.get_data()
    return sent(Sent) if came else {}


def query_of(schema: type[Sent] | None) -> dict[str, Any]:
    """What the query holds, read by its schema. Raises Invalid, ManyWrong."""
    return _loaded(schema or Sent, request.args.to_dict())


@cache
def _reader(schema: type[Sent]) -> Sent:
    """One for all calls: a schema keeps nothing of what it reads, and takes long to make."""
    return schema()


def _parsed(came: bytes) -> Any:
    try:
        return json.loads(came.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Invalid("body", "unreadable") from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _loaded(schema: type[Sent], came: Any) -> dict[str, Any]:
    try:
        return dict(_reader(schema).load(came))
    except Unreadable as wrong:
        found = flat(wrong.messages)
        raise found[0] if len(found) == 1 else ManyWrong(found) from None
