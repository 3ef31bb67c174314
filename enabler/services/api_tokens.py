"""Keys with which a member's programs come in: made, ended, and who comes by one."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.api_tokens import (
    CALLS_A_MINUTE,
    CALLS_COUNTED,
    LIFE_DAYS,
    MOST_TOKENS,
    ApiToken,
    Scope,
    minute_of,
)
from enabler.domain.errors import Invalid, LimitReached, NotAllowed
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.sign_in import Session
from enabler.domain.vocabulary import Priority
from enabler.domain.words import LONGEST_LINE, checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests
from enabler.services._once import once
from enabler.services._recognise import recognise
from enabler.services._tell import tell
from enabler.services.ports import Secrets
from enabler.services.views.api_tokens import ApiTokenView
from enabler.services.views.people import SignedIn

PREFIX = "enabler_"
"""By which people, and programs that look for secrets in the wrong places, know a key."""


def mine(*, actor: Actor, now: datetime) -> tuple[ApiTokenView, ...]:
    """The actor's keys that hold, the newest first. Raises NotAllowed."""
    with reading() as uow:
        place_id, member_id = _owner(actor)
        return tuple(_view(each) for each in uow.api_tokens.holding(place_id, member_id, now))


def show(*, actor: Actor, ref: str) -> ApiTokenView:
    """One of the actor's keys. Raises NotAllowed, NotFound."""
    with reading() as uow:
        return _view(uow.api_tokens.by_ref(*_owner(actor), ref))


def make(
    *, actor: Actor, name: str, scope: Scope, days: int, secrets: Secrets, key: str, now: datetime
) -> ApiTokenView:
    """A new key for a program; its ``secret`` is told here and nowhere again. Its member is told.

    The same call again gives the same key. Raises NotAllowed, Invalid("name" or "days", code),
    KeyReused.
    """
    said = _named(name)
    if days not in LIFE_DAYS:
        raise Invalid("days", "token_life_unknown")
    secret = PREFIX + secrets.token_of(f"api-token:{actor.name}:{key}")
    values = {"name": said, "scope": scope, "expires_at": now + timedelta(days=days)}
    token_hash = _digests.of_api_token(secrets, secret)
    with unit_of_work() as uow:
        place_id, member_id = _owner(actor)
        result = once(
            uow, "api_tokens.make", actor=actor, key=key, now=now,
            arguments={"name": said, "scope": scope, "days": days},
            act=lambda: _keep(uow, actor, values | {"token_hash": token_hash}, now),
        )  # fmt: skip
        view = _view(uow.api_tokens.by_ref(place_id, member_id, result["ref"]), secret)
        uow.commit()
    return view


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """The key opens nothing from now on. Raises NotAllowed, NotFound, KeyReused."""
    with unit_of_work() as uow:
        token = uow.api_tokens.by_ref(*_owner(actor), ref)
        once(
            uow, "api_tokens.end", actor=actor, key=key, arguments={"ref": token.ref}, now=now,
            act=lambda: _end(uow, actor, token, now),
        )  # fmt: skip
        uow.commit()


def who(
    *, secret: str, writes: bool, secrets: Secrets, now: datetime
) -> tuple[Actor, SignedIn] | None:
    """Who comes by this key now, for a call that ``writes`` or only looks; None: nobody.

    What staff may is not in it. The call is counted. Raises NotAllowed("token_reads_only"),
    LimitReached("calls_too_many").
    """
    with unit_of_work() as uow:
        token = uow.api_tokens.by_hash(_digests.of_api_token(secrets, secret))
        found = None if token is None or not token.holds(now) else _recognised(uow, token, now)
        if token is None or found is None:
            return None
        _count(uow, token, now)
        uow.commit()
    if writes and token.scope is not Scope.WRITE:
        raise NotAllowed("token_reads_only")
    return found


def _count(uow: UnitOfWork, token: ApiToken, now: datetime) -> None:
    """One call more. What is too many is not written: a flood costs a look and no more."""
    minute = minute_of(now)
    room = token.calls_before(minute) < CALLS_A_MINUTE
    if room and uow.api_tokens.count_call(token.id, now) <= CALLS_A_MINUTE:
        return
    until = minute + CALLS_COUNTED
    raise LimitReached("calls_too_many", most=CALLS_A_MINUTE, until=until)


def _owner(actor: Actor) -> tuple[int, int]:
    """Place and member of whoever looks after the own keys."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    if actor.member_id is None or actor.place_id is None:
        raise NotAllowed(action=Action.SEE_OWN.value)
    return actor.place_id, actor.member_id


def _named(name: str) -> str:
    if not name.strip():
        raise Invalid("name", "token_name_missing")
    return checked_words("name", name, most=LONGEST_LINE)


def _keep(uow: UnitOfWork, actor: Actor, values: dict[str, Any], now: datetime) -> dict[str, Any]:
    place_id, member_id = _owner(actor)
    holding = uow.api_tokens.holding(place_id, member_id, now)
    if len(holding) >= MOST_TOKENS:
        raise Invalid("name", "tokens_too_many", most=MOST_TOKENS)
    if any(one.name == values["name"] for one in holding):
        raise Invalid("name", "token_name_taken")
    token = uow.api_tokens.add(
        place_id=place_id, member_id=member_id, ref=uow.refs.new(place_id, "token"), made_at=now,
        calls=0, **values,
    )  # fmt: skip
    _record(uow, actor, token, "token.made", now)
    tell(
        uow, place_id=place_id, member_id=member_id, template="token_made",
        parameters={"token": token.ref}, priority=Priority.ANSWER,
        dedupe_key=f"token_made:{token.ref}", now=now,
    )  # fmt: skip
    return {"ref": token.ref}


def _end(uow: UnitOfWork, actor: Actor, token: ApiToken, now: datetime) -> dict[str, Any]:
    if uow.api_tokens.end(token.id, now):
        _record(uow, actor, token, "token.ended", now)
    return {"ref": token.ref}


def _record(uow: UnitOfWork, actor: Actor, token: ApiToken, what: str, now: datetime) -> None:
    uow.audit.record(
        actor, what, place_id=token.place_id, subject=("token", token.id, token.ref), now=now,
        why=token.scope.value,
    )  # fmt: skip


def _recognised(uow: UnitOfWork, token: ApiToken, now: datetime) -> tuple[Actor, SignedIn] | None:
    """A key is a session without a second factor, which is what staff's powers need."""
    session = Session(
        id=0, place_id=token.place_id, member_id=token.member_id, verified_phone=None,
        second_factor=False, shared_device=False, last_seen_at=now, expires_at=token.expires_at,
    )  # fmt: skip
    return recognise(uow, session, now)


def _view(token: ApiToken, secret: str | None = None) -> ApiTokenView:
    return ApiTokenView(
        ref=token.ref, name=token.name, scope=token.scope, made_at=token.made_at,
        last_used_on=token.last_used_on, expires_at=token.expires_at, secret=secret,
    )  # fmt: skip
