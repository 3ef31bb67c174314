"""Where the telephone provider rings: a text came, or one of ours got somewhere.

A text is kept first, and worked in the same call as far as there is time: what is not done by then
goes on, or is the sweep's. That it was kept is all that the provider has to know.

Both are answered by an empty message: what we have to say leaves by the outbox. Whoever is not the
provider is told nothing, and leaves nothing behind but a count.
"""

from collections.abc import Callable
from functools import partial, wraps
from time import monotonic
from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from enabler.domain.errors import NotFound
from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.texts import work_kept
from enabler.doors.wiring import now, wiring
from enabler.services import deliveries, inbound
from sms.at_work import at_work
from sms.in_time import SECONDS, in_time
from sms.refusals import failure_of

blueprint = Blueprint("sms", __name__)
NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
View = Callable[[], Response]


def register(app: Flask) -> None:
    """Give the app its bell. The provider's signature stands for the form's token."""
    app.extensions["csrf"].exempt(blueprint)
    app.register_blueprint(blueprint)


def _signed(view: View) -> View:
    """Let only the provider in, with what is about our own account."""

    @wraps(view)
    def ring() -> Response:
        caller, sid = wiring().caller, request.form.get("AccountSid", "")
        signature = request.headers.get("X-Twilio-Signature", "")
        if caller is None or not caller.is_genuine(_address(), request.form, signature):
            return forged()
        return view() if caller.is_ours(sid) else forged()

    return ring


@blueprint.post("/sms/inbound")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
@_signed
def came() -> Response:
    """A text came: it is kept before anything else, once; then it is worked."""
    form, begun = request.form, monotonic()
    if not form.get("MessageSid"):
        return Response(status=400)
    keep = partial(
        inbound.keep, provider_ref=form["MessageSid"], sent_from=form.get("From", ""),
        sent_to=form.get("To", ""), body=form.get("Body", ""),
        opt_out=form.get("OptOutType") or None, sent_at=None, now=now(),
    )  # fmt: skip
    try:
        in_time(app_of_call(), keep)
    except NotFound:  # a number of the account that is no place's
        return forged()
    work = partial(work_kept, sent_to=form.get("To", ""), sent_from=form.get("From", ""))
    at_work.begin(app_of_call(), work, SECONDS - (monotonic() - begun))
    return _thanks()


@blueprint.post("/sms/status")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
@_signed
def reported() -> Response:
    """One of our texts got somewhere, or did not."""
    form = request.form
    error = form.get("ErrorCode")
    report = partial(
        deliveries.report, reference=request.args.get("ref"),
        provider_ref=form.get("MessageSid") or None, status=form.get("MessageStatus", ""),
        error=failure_of(error) if error else None, now=now(),
    )  # fmt: skip
    in_time(app_of_call(), report)
    return _thanks()


@blueprint.errorhandler(Exception)
def _not_stored(wrong: Exception) -> Any:
    """Whatever goes wrong, the provider keeps it and comes again."""
    if isinstance(wrong, HTTPException):
        return Response(status=wrong.code)
    current_app.logger.error("a call of the telephone provider was not stored", exc_info=wrong)
    return Response(status=503, headers={"Retry-After": "5"})


def _address() -> str:
    """The address as it was given to the provider: never as the caller says it."""
    asked = request.query_string.decode("ascii", "replace")
    base = (wiring().public_base_url or "").rstrip("/")
    return f"{base}{request.path}?{asked}" if asked else f"{base}{request.path}"


def forged() -> Response:
    """Nobody that we know: counted, and nothing else."""
    wiring().forged.add()
    return Response(status=403)


def _thanks() -> Response:
    return Response(NOTHING, content_type="text/xml; charset=utf-8")


def app_of_call() -> Flask:
    """The app itself, for a thread that stores."""
    return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
