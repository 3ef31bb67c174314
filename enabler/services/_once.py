"""The key of a service that changes something: the same key does it once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork


def once(
    uow: UnitOfWork,
    service: str,
    *,
    actor: Actor,
    key: str,
    arguments: Mapping[str, Any],
    now: datetime,
    act: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """The result of ``act`` (refs, codes and numbers), or the one stored under this key.

    Called inside the unit of work of the service, before anything else changes; the caller
    commits. Raises KeyReused when the key came before with another actor or other arguments.
    """
    found = uow.calls.claim(
        key, actor=f"{actor.kind}:{actor.name}", service=service, arguments=dict(arguments), now=now
    )
    if found is not None:
        return found
    result = act()
    uow.calls.keep(key, result)
    return result
