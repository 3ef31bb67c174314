"""Where GOV.UK Notify rings: a text came, or one of ours got somewhere.

It carries the token that was agreed with it. Whoever does not is told nothing, and leaves nothing
behind but a count. A report is known by Notify's own name for a text, since another database may
send by the same service and count its texts as ours does.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import Any

from flask import Flask, Response, request

from enabler.domain.errors import NotFound
from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.wiring import now, wiring
from enabler.services import deliveries, inbound
from sms.in_time import in_time
from sms.webhook import app_of_call, blueprint, forged
from sms.webhook import register as register_bell
from sms.written import e164

View = Callable[[dict[str, Any]], Response]
_FAILED = {
    "permanent-failure": "number_unknown",
    "temporary-failure": "phone_unreachable",
    "technical-failure": "carrier_failed",
}
"""Its words for a text that did not arrive, and our codes."""


def _agreed(view: View) -> Callable[[], Response]:
    """Let only the provider in, with what is an object."""

    @wraps(view)
    def ring() -> Response:
        bearer = wiring().bearer
        if bearer is None or not bearer.is_in(request.headers.get("Authorization", "")):
            return forged()
        said = request.get_json(silent=True)
        return view(said) if isinstance(said, dict) else Response(status=400)

    return ring


@blueprint.post("/sms/notify/inbound")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
@_agreed
def notified(said: dict[str, Any]) -> Response:
    """A text came: it is kept before anything else, once."""
    if not said.get("id"):
        return Response(status=400)
    keep = partial(
        inbound.keep, provider_ref=str(said["id"]), sent_from=e164(_words(said, "source_number")),
        sent_to=e164(_words(said, "destination_number")), body=_words(said, "message"),
        opt_out=None, sent_at=_moment(_words(said, "date_received")), now=now(),
    )  # fmt: skip
    try:
        in_time(app_of_call(), keep)
    except NotFound:  # a number of the service that is no place's
        return forged()
    return Response(status=204)


@blueprint.post("/sms/notify/status")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
@_agreed
def told(said: dict[str, Any]) -> Response:
    """One of our texts got somewhere, or did not."""
    status = _words(said, "status")
    if said.get("notification_type") == "sms" and said.get("id"):
        report = partial(
            deliveries.report, provider_ref=str(said["id"]),
            status="failed" if status in _FAILED else status, error=_FAILED.get(status), now=now(),
        )  # fmt: skip
        in_time(app_of_call(), report)
    return Response(status=204)


def register(app: Flask) -> None:
    """Give the app both its bells."""
    register_bell(app)


def _words(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
