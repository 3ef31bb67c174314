"""Nothing typed is lost: a form that could not be taken is kept, shown and sent again.

It happens when a session has ended meanwhile, or a form's token is missing or too old. What may
not be kept (passwords, codes) is asked for anew. What was written for somebody else than whom the
visitor acts for now is not sent by one press: first they say for whom it is.
"""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import drafts
from enabler.web.browsers import browser
from enabler.web.paths import inside
from enabler.web.slugs import without_slug
from enabler.web.tokens import acted_for, typed_for

blueprint = Blueprint("again", __name__)

NEVER_KEPT = frozenset({"csrf_token", "password", "totp", "code", "old_code"})
FORM = "again"
_OWN = frozenset({"supporting", "sign_in", "reports", "suggesting"})
"""Pages that are always one's own: who acts for whom, the way in and out, and what the council is
told, which never waits. And what is listened to while it is typed, of which nothing is kept."""
A_REPORT, UNSENT, SHOWN_FOR = "/report", "unsent", timedelta(minutes=30)


def typed() -> list[list[str]]:
    """The form's fields as typed, without those that are never kept."""
    fields = request.form.items(multi=True)
    return [[name, value] for name, value in fields if name not in NEVER_KEPT]


def after(endpoint: str) -> Response:
    """To the sign-in or sign-up page, and from there back here, with all that was typed. What is
    told to the council need not wait for that: it can be sent without signing in."""
    if request.method == "GET":
        return redirect(url_for(endpoint, next=without_slug(request)))
    path = without_slug(request)
    keep({"path": path, "fields": typed(), "whom": typed_for()})
    if path.partition("?")[0].endswith(A_REPORT):
        session[UNSENT] = (now() + SHOWN_FOR).isoformat()
        return redirect(url_for("reports.about_anything", again=1))
    return redirect(url_for(endpoint, next=url_for("again.again")))


def keep(answers: dict[str, Any]) -> None:
    """Keep what was typed, where it was sent to, and for whom."""
    if answers:
        drafts.keep(
            browser=browser(), form=FORM, answers=answers, secrets=wiring().secrets, now=now()
        )


def kept_here() -> dict[str, Any]:
    """The same."""
    return drafts.read(browser=browser(), form=FORM, secrets=wiring().secrets, now=now())


def for_another() -> bool:
    """Whether a form came that was filled in for somebody else than the visitor acts for now."""
    if request.method != "POST" or request.blueprint in _OWN:
        return False
    return typed_for() not in (None, acted_for())


def unsent_report() -> dict[str, str]:
    """What was to be told to the council when the session had ended: kind, words and the page that
    it is about. Not for long, as a phone may be shared."""
    until = session.get(UNSENT)
    if until is None or datetime.fromisoformat(until) < now():
        return {}
    kept = kept_here()
    of = inside(kept["path"]).partition("?")[0].removesuffix(A_REPORT) if "path" in kept else ""
    return dict(kept.get("fields", ())) | {"of": of}


def report_is_sent() -> None:
    """It was told without signing in: nothing of it is kept in this browser."""
    if session.pop(UNSENT, None) is not None:
        drafts.drop(browser=browser(), form=FORM, secrets=wiring().secrets)


def send_again() -> str:
    """The page that shows what was typed here, to be sent once more."""
    path = request.script_root + request.full_path.rstrip("?")
    whom = typed_for() if for_another() else None
    if whom is not None:
        keep({"path": without_slug(request), "fields": typed(), "whom": whom})
    return _page(path, typed(), whom)


@blueprint.get("/again")
@page(action=Action.SEE_OWN)
def again() -> Any:
    """What was typed before the session ended."""
    kept = kept_here()
    if "path" not in kept:
        return redirect(url_for("mine.mine"))
    return _page(inside(kept["path"]), kept["fields"], kept.get("whom"))


def _page(path: str, fields: list[list[str]], whom: str | None) -> str:
    asks_anew = request.method == "POST" and len(list(request.form)) - 1 > len(fields)
    return render_template(
        "again/again.html", path=path, fields=fields, asks_anew=asks_anew,
        whom=None if whom == acted_for() else whom,
    )  # fmt: skip
