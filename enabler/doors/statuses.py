"""The HTTP status of each domain error, and of the callers that are programs."""

from flask import Request

from enabler.domain.errors import (
    EnablerError,
    Invalid,
    LimitReached,
    NotAllowed,
    NotFound,
    ProviderFailed,
    WrongMoment,
)

STATUS: tuple[tuple[type[EnablerError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (WrongMoment, 409),
    (LimitReached, 429),
    (ProviderFailed, 503),
    (Invalid, 400),
)
PROGRAMS = "/api/"
"""Where the addresses begin whose every answer, refusals too, is JSON."""


def status_of(error: EnablerError) -> int:
    """The HTTP status of a domain error."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)


def for_programs(request: Request) -> bool:
    """Whether a program asks, which cannot read a page."""
    return request.path.startswith(PROGRAMS)
