"""What a program is told when something cannot be done: ``application/problem+json`` (RFC 9457).

``code`` says what it is and stays the same; ``sentence`` is for people, from the catalogue, in
their language; ``field`` is where it was sent, a path like ``windows.0.start``; ``facts`` are the
numbers and codes in the sentence.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Response, current_app

from enabler.domain.errors import EnablerError, Invalid, KeyReused
from enabler.doors.statuses import status_of
from enabler.doors.wiring import now
from enabler.doors.words import sentence

MEDIA_TYPE = "application/problem+json"
REUSED = 422
"""A key that came before with something else: not a conflict of the thing, a mistake of the call
(draft-ietf-httpapi-idempotency-key-header)."""
LARGEST_CALL = 64 * 1024
"""Bytes of a call's body: the longest words that anybody may write, many times over."""
_OF_STATUS = {
    401: "sign_in_needed", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed",
    413: "too_large", 415: "not_json", 429: "limit_reached", 503: "not_now",
}  # fmt: skip


def problem(error: EnablerError, status: int | None = None) -> Any:
    """The answer to a domain error, with what else is wrong in the same call (its ``also``)."""
    also: Iterable[Invalid] = getattr(error, "also", ())
    status = status or (REUSED if isinstance(error, KeyReused) else status_of(error))
    facts = {name: plain(value) for name, value in error.facts.items() if name != "until"}
    told: dict[str, Any] = {
        "code": error.code, "sentence": sentence(error), "field": getattr(error, "field", None),
        "facts": facts,
        "also": [
            {"field": one.field, "code": one.code, "sentence": sentence(one)} for one in also
        ],
    }  # fmt: skip
    return _answer(status, told, _headers(status, error.facts.get("until")))


def problem_of_status(status: int, headers: Mapping[str, str] | None = None) -> Any:
    """The answer to a failure of HTTP itself: no such address, too much, broken."""
    code = _OF_STATUS.get(status, "broken" if status >= 500 else "unreadable")
    facts = {"most": LARGEST_CALL} if status == 413 else {}
    said = EnablerError(code, **facts)
    told: dict[str, Any] = {
        "code": code,
        "sentence": sentence(said),
        "field": None,
        "facts": facts,
        "also": [],
    }
    return _answer(status, told, {**_headers(status, None), **(headers or {})})


def plain(value: Any) -> Any:
    """A fact as JSON: numbers and texts as they are, moments in ISO 8601, other things as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _headers(status: int, until: datetime | None) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status in (429, 503):
        seconds = 60.0 if until is None else (until - now()).total_seconds()
        return {"Retry-After": str(max(1, math.ceil(seconds)))}
    return {}


def _answer(status: int, told: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, **told}
    return Response(
        current_app.json.dumps(body), status=status, mimetype=MEDIA_TYPE, headers=dict(headers)
    )
