"""A resource of the JSON door: how a call is declared, read, answered and written down in OpenAPI.

``read`` and ``write`` take what the call is for, what comes and what goes; the view that they
decorate gets plain values and gives a view of a service. What they declare is what is documented,
so the document cannot say something else.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, current_app, request, url_for
from flask_smorest import Blueprint

from enabler.api import refusals
from enabler.api.calls import enter, given_key, nothing_sent, only_asks, query_of, sent
from enabler.api.schemas.fields import REF_PATTERN, Given, Sent, writer
from enabler.domain.permissions import OF_ANYONE, Action
from enabler.doors.access import call

KEY_PARAMETER = {
    "in": "header", "name": "Idempotency-Key", "required": True,
    "description": "A new text for each new thing; the same call again gives the same answer.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{8,64}$"},
    "example": "3f1c0c7e-5a9d-4a53-b8a0-2a9a4b1f7d10",
}  # fmt: skip
FORGERY_PARAMETER = {
    "in": "header", "name": "X-CSRFToken", "required": False,
    "description": "For a signed-in browser, instead of a key: what GET /me gave in this header.",
    "schema": {"type": "string"},
}  # fmt: skip
REF_PARAMETER = {
    "in": "path", "name": "ref", "required": True,
    "schema": {"type": "string", "pattern": REF_PATTERN}, "example": "K3M9",
}  # fmt: skip
View = Callable[..., Any]


class Resource(Blueprint):  # type: ignore[misc]
    """One noun of the door, in a module of its own."""

    def __init__(self, noun: str, description: str) -> None:
        super().__init__(f"api_{noun}", __name__, url_prefix="/api/v1", description=description)
        self.noun = noun
        self.before_request(enter)

    def read(
        self, rule: str, *, action: Action, gives: type[Given], query: type[Sent] | None = None
    ) -> Callable[[View], View]:
        """Declare a call that looks. The view gets the path's values and what the query holds."""

        def declare(view: View) -> View:
            write_out = writer(gives)

            @wraps(view)
            def answer(**path: Any) -> Response:
                return _looked(write_out(view(**path, **query_of(query))))

            parameters = [] if query is None else [{"in": "query", "schema": query}]
            responses = refusals.of_reading(
                open_to_all=action in OF_ANYONE, with_ref="<" in rule, with_query=query is not None
            )
            responses["200"] = _body("What there is.", gives)
            return self._declare(rule, "GET", action, answer, responses, parameters=parameters)

        return declare

    def write(
        self, rule: str, *, action: Action, gives: type[Given], takes: type[Sent] | None = None,
        makes: bool = False,
    ) -> Callable[[View], View]:  # fmt: skip
        """Declare a call that changes something. The view gets the path's values, what was sent,
        and the ``key``; where it ``makes`` a thing, the answer says where that is."""

        def declare(view: View) -> View:
            write_out = writer(gives)

            @wraps(view)
            def answer(**path: Any) -> Response:
                key = given_key()
                came = nothing_sent() if takes is None else sent(takes)
                found = view(**path, **came, key=key)
                return self._changed(write_out(found), getattr(found, "ref", None), makes=makes)

            responses = refusals.of_writing(with_ref="<" in rule, with_body=takes is not None)
            responses["201" if makes else "200"] = _body("It is done.", gives)
            more: dict[str, Any] = {"parameters": [KEY_PARAMETER, FORGERY_PARAMETER]}
            if takes is not None:
                media = {"application/json": {"schema": takes}}
                more["requestBody"] = {"required": True, "content": media}
            return self._declare(rule, "POST", action, answer, responses, **more)

        return declare

    def ask(
        self, rule: str, *, action: Action, gives: type[Given], takes: type[Sent]
    ) -> Callable[[View], View]:
        """Declare a call that changes nothing, about something that is too long for an address: it
        needs no ``Idempotency-Key``, and a key that only looks will do."""

        def declare(view: View) -> View:
            write_out = writer(gives)

            @wraps(view)
            def answer(**path: Any) -> Response:
                return _json(write_out(view(**path, **sent(takes))))

            only_asks(answer)
            responses = refusals.of_asking(with_ref="<" in rule)
            responses["200"] = _body("What there is.", gives)
            media = {"application/json": {"schema": takes}}
            return self._declare(
                rule, "POST", action, answer, responses, parameters=[FORGERY_PARAMETER],
                requestBody={"required": True, "content": media},
            )  # fmt: skip

        return declare

    def _declare(
        self, rule: str, method: str, action: Action, view: View, responses: dict[str, Any],
        **more: Any,
    ) -> View:  # fmt: skip
        if action not in OF_ANYONE:
            more["security"] = [{"token": []}, {"session": []}]
        declared = call(action=action)(view)
        documented = self.doc(
            responses=responses, operationId=f"{self.noun}.{view.__name__}", **more
        )(declared)
        parameters = [REF_PARAMETER] if "<ref:ref>" in rule else None
        self.route(rule, methods=[method], parameters=parameters, tags=[self.noun])(documented)
        return view

    def _changed(self, body: Any, ref: str | None, *, makes: bool) -> Response:
        answer = _json(body)
        if makes:
            answer.status_code = 201
            if f"{self.name}.one" in current_app.view_functions:
                answer.headers["Location"] = url_for(f"{self.name}.one", ref=ref)
        return answer


def _body(words: str, schema: type[Given]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _looked(body: Any) -> Response:
    """With a tag of what it says: whoever has it already is told so in no more words."""
    answer = _json(body)
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest()[:32])
    answer.make_conditional(request)
    return answer


def _json(body: Any) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, mimetype="application/json")
