"""You: who you are to this door, and what you have to report."""

from types import SimpleNamespace
from typing import Any

from flask import Response, after_this_request

from enabler.api.calls import actor, by_browser, signed
from enabler.api.resource import Resource
from enabler.api.schemas.people import MeSchema, ReportSchema, ReportSent
from enabler.domain.permissions import Action
from enabler.doors.forgery import HEADER, csrf_token
from enabler.doors.wiring import now
from enabler.services import places, reports

resource = Resource("me", "You, and what you report.")


@resource.read("/me", action=Action.SEE_OWN, gives=MeSchema)
def me() -> Any:
    """Who you are. A signed-in browser also gets its token against forgery, as a header."""
    if by_browser():
        after_this_request(_with_token)
    you = signed()
    return SimpleNamespace(
        ref=you.member_ref, shown_name=you.shown_name, language=you.language, roles=you.roles,
        place=places.by_id(place_id=you.place_id).slug,
        organisations=[SimpleNamespace(ref=ref, name=name) for ref, name in you.organisations],
    )  # fmt: skip


def _with_token(answer: Response) -> Response:
    answer.headers[HEADER] = csrf_token()
    return answer


@resource.write("/reports", action=Action.REPORT, takes=ReportSent, gives=ReportSchema, makes=True)
def report(kind: str, about_kind: str, about_ref: str | None, words: str, key: str) -> Any:
    """Tell the custodians that something went wrong, or that you are worried about someone."""
    ref = reports.report(
        actor=actor(), about_kind=about_kind, about_ref=about_ref, kind=kind, words=words, key=key,
        now=now(),
    )  # fmt: skip
    return SimpleNamespace(ref=ref)
