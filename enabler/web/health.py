"""For machines: whether the process lives, whether it can serve, and its figures."""

import hmac
from typing import Any

from flask import Blueprint, Response, abort, request
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.wiring import now, wiring
from enabler.services import health as service

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def health() -> Any:
    """The process answers. It asks nothing of the database: a restart would not mend that."""
    return {"status": "ok"}


@blueprint.get("/ready")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def ready() -> Any:
    """200 when pages can be served; else 503, with the code of the reason."""
    found = service.ready()
    if found.ready:
        return {"status": "ready"}
    return {"status": "not-ready", "because": found.because}, 503, {"Retry-After": "5"}


@blueprint.get("/metrics")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def metrics() -> Response:
    """Figures for Prometheus, to whoever has the token; to others there is no such page."""
    if not _has_token():
        abort(404)
    return Response(generate_latest(_registry()), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _has_token() -> bool:
    token = wiring().metrics_token
    given = request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _registry() -> CollectorRegistry:
    """The figures in a registry of their own: read from the database, so equal in each worker."""
    found, registry = service.figures(signing=wiring().signing, now=now()), CollectorRegistry()
    plain = {
        "enabler_open_needs": ("Needs that are open", found.open_needs),
        "enabler_oldest_due_need_seconds": (
            "How long the next step of an open need has been due", found.oldest_due_need_seconds,
        ),
        "enabler_places_that_cannot_sign": (
            "Places whose proofs this machine has no key for", found.cannot_sign,
        ),
        "enabler_forged_calls": (
            "Calls in the telephone provider's name that it never made", int(wiring().forged),
        ),
        "enabler_oldest_queued_message_seconds": (
            "How long a queued message has been due", found.oldest_queued_seconds,
        ),
    }  # fmt: skip
    for name, (what, value) in plain.items():
        Gauge(name, what, registry=registry).set(value)
    messages = Gauge("enabler_messages", "Messages by state", ["state"], registry=registry)
    for state, count in found.outbox.items():
        messages.labels(state).set(count)
    if found.last_tick is not None:
        tick = Gauge("enabler_last_tick_seconds", "Last tick of the clock", registry=registry)
        tick.set(found.last_tick.timestamp())
    return registry
