"""Which refusals a call can meet, as OpenAPI says them: by the kind of call, each in one shape."""

from typing import Any

from marshmallow import fields

from enabler.api.schemas.fields import Given, Inner, Many, Text, Whole
from enabler.doors.problems import MEDIA_TYPE

ALREADY = {"description": "You have it already: its tag is the one you sent."}
WORDS = {
    400: "Something in it is wrong: `field` says where.",
    401: "Nobody knows who calls.",
    403: "Whoever calls may not do this, or the key only looks.",
    404: "There is no such thing in this place, or none that you may know of.",
    409: "It cannot be done as things stand now.",
    413: "It is too much at once.",
    415: "It is not JSON.",
    422: "The Idempotency-Key came before with something else.",
    429: "Too many calls, or a limit is reached: wait as long as `Retry-After` says.",
}


class AlsoSchema(Given):
    """Something else that is wrong in the same call."""

    field = Text(required=True)
    code = Text(required=True)
    sentence = Text(required=True)


class ProblemSchema(Given):
    """What went wrong (RFC 9457): the same shape for every refusal."""

    type = Text(required=True, metadata={"examples": ["about:blank"]})
    title = Text(required=True)
    status = Whole(required=True, metadata={"examples": [400]})
    code = Text(
        required=True, metadata={"examples": ["window_in_the_past"], "description": "Stays."}
    )
    sentence = Text(
        required=True,
        metadata={"examples": ["This time is past. Choose a later one."],
                  "description": "For people, in their language."},
    )  # fmt: skip
    field = Text(
        required=True, allow_none=True,
        metadata={"examples": ["windows.0.start"], "description": "Where it was sent."},
    )  # fmt: skip
    facts = fields.Dict(required=True, metadata={"description": "Numbers and codes of it."})
    also = Many(Inner(AlsoSchema), required=True)


def of_reading(*, open_to_all: bool, with_ref: bool, with_query: bool) -> dict[str, Any]:
    """The refusals of a call that looks."""
    statuses = {400} | ({404} if with_ref else set())
    statuses |= set() if open_to_all else {401, 403, 429}
    return {"304": ALREADY, **_said(statuses)}


def of_asking(*, with_ref: bool) -> dict[str, Any]:
    """The refusals of a call that sends what it asks about."""
    return _said({400, 401, 403, 413, 415, 429} | ({404} if with_ref else set()))


def of_writing(*, with_ref: bool, with_body: bool) -> dict[str, Any]:
    """The refusals of a call that changes something."""
    statuses = {400, 401, 403, 409, 413, 415, 422, 429} | (
        {404} if with_ref or with_body else set()
    )
    return _said(statuses)


def _said(statuses: set[int]) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": ProblemSchema}}
    return {
        str(status): {"description": WORDS[status], "content": content}
        for status in sorted(statuses)
    }
