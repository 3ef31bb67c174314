"""What a visitor sees when something cannot be done: a page in the same frame, and no traceback.

Every domain error has its status here; an error that nobody foresaw is logged with its traceback
by Flask and shown as a plain page with the council's contact.
"""

from typing import Any

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from enabler.domain.errors import (
    EnablerError,
    Invalid,
    LimitReached,
    NotAllowed,
    NotFound,
    ProviderFailed,
    WrongMoment,
)
from enabler.doors.words import sentence
from enabler.doors.words.failures import HEADINGS, heading, what_to_do
from enabler.web.access import forget_visitor
from enabler.web.again import send_again
from enabler.web.remembered import last_known

STATUS: tuple[tuple[type[EnablerError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (WrongMoment, 409),
    (LimitReached, 429),
    (ProviderFailed, 503),
    (Invalid, 400),
)


def register(app: Flask) -> None:
    """Answer every failure with a page."""
    app.register_error_handler(EnablerError, _refused)
    app.register_error_handler(CSRFError, _unsigned)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(500, _broken)


def status_of(error: EnablerError) -> int:
    """The HTTP status of a domain error."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)


def _refused(error: EnablerError) -> Any:
    status = status_of(error)
    if status in (403, 404):
        return _page(status)
    return _page(status, said=sentence(error))


def _unsigned(_: CSRFError) -> Any:
    return send_again(), 400


def _failed(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    answer = _page(error.code)
    allowed = getattr(error, "valid_methods", None)
    return (*answer, {"Allow": ", ".join(sorted(allowed))}) if allowed else answer


def _broken(_: Exception) -> Any:
    return _page(500)


def _page(status: int, said: str | None = None) -> Any:
    code = status if str(status) in HEADINGS else (400 if status < 500 else 500)
    if status >= 500:
        forget_visitor()  # who is there may be what cannot be read
    g.setdefault("place", last_known(request) if status >= 500 else None)
    page = render_template(
        "failures/failure.html", heading=heading(code), said=said, advice=what_to_do(code)
    )
    return page, status
