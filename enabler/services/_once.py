"""The key of a service that changes something: the same key does it once."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._acting import tell_of_deed

SAID_AGAIN_WITHIN = timedelta(minutes=10)
"""So long the very same from the same person counts as the same form in another window."""


def once(
    uow: UnitOfWork,
    service: str,
    *,
    actor: Actor,
    key: str,
    arguments: Mapping[str, Any],
    now: datetime,
    act: Callable[[], dict[str, Any]],
    again: bool = True,
) -> dict[str, Any]:
    """The result of ``act`` (refs, codes and numbers), or the one stored under this key.

    Called inside the unit of work of the service, before anything else changes; the caller
    commits. Where nothing is the same ``again``, the very same under another key is the same thing
    too for ten minutes: a form that was open in two windows. Raises KeyReused when the key came
    before with another actor or other arguments.
    """
    found = uow.calls.claim(
        key, actor=_name(actor), service=service, arguments=dict(arguments), now=now
    )
    if found is not None:
        return found
    since = now - SAID_AGAIN_WITHIN
    result = None if again else uow.calls.same_since(key, since)
    if result is None:
        result = act()
        tell_of_deed(uow, actor, service, result, now)
    uow.calls.keep(key, result)
    return result


def _name(actor: Actor) -> str:
    """Whose key it is: of a supporter who acts for somebody, both are named."""
    by = "" if actor.by is None else f" by {actor.by.ref}"
    return f"{actor.kind}:{actor.name}{by}"
