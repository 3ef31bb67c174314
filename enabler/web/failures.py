"""What a visitor sees when something cannot be done: a page in the same frame, and no traceback.

Every domain error has its status here; an error that nobody foresaw is logged with its traceback
by Flask and shown as a plain page with the council's contact.
"""

from typing import Any

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from enabler.domain.errors import EnablerError
from enabler.doors.problems import problem, problem_of_status
from enabler.doors.statuses import for_programs, status_of
from enabler.doors.words import sentence
from enabler.doors.words.failures import HEADINGS, heading, what_to_do
from enabler.web.access import forget_visitor
from enabler.web.again import send_again, typed
from enabler.web.forms.base import Confirm
from enabler.web.remembered import last_known

_OURS = frozenset({"key", "so_far", "version", "then", "fields"})
"""Fields that the page filled in."""


def register(app: Flask) -> None:
    """Answer every failure with a page."""
    app.register_error_handler(EnablerError, refused)
    app.register_error_handler(CSRFError, _unsigned)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(500, _broken)


def refused(error: EnablerError) -> Any:
    """The page, or a program's answer, of what a service refused."""
    if for_programs(request):
        return problem(error)
    status = status_of(error)
    if error.code == "mandate_over":
        return supporting_no_more(), status
    if error.code == "beyond_mandate":
        return _page(status, said=sentence(error), plain=True)
    if status in (403, 404):
        return _page(status)
    return _page(status, said=sentence(error))


def supporting_no_more() -> str:
    """The page of whoever acted for somebody and does no more: the same however it ended."""
    return render_template("supporting/over.html", form=Confirm(), written=_written(403))


def _unsigned(_: CSRFError) -> Any:
    return send_again(), 400


def _failed(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    allowed = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    if for_programs(request):
        return problem_of_status(error.code, headers)
    return (*_page(error.code), headers)


def _broken(_: Exception) -> Any:
    return problem_of_status(500) if for_programs(request) else _page(500)


def _page(status: int, said: str | None = None, *, plain: bool = False) -> Any:
    code = status if str(status) in HEADINGS else (400 if status < 500 else 500)
    if status >= 500:
        forget_visitor()  # who is there may be what cannot be read
    g.setdefault("place", last_known(request) if status >= 500 else None)
    page = render_template(
        "failures/failure.html", heading=heading(code), said=said,
        advice=None if plain else what_to_do(code),
        written=_written(status),
    )  # fmt: skip
    return page, status


def _written(status: int) -> list[str]:
    """What somebody wrote in sentences into a form that was not taken: shown to them, so that it
    can be copied or told on the phone. Of what was too large to be read nothing is."""
    if request.method != "POST" or status == 413:
        return []
    try:
        return [value for name, value in typed() if name not in _OURS and " " in value.strip()]
    except HTTPException:  # the form itself was what could not be read
        return []
