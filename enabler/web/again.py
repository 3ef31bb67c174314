"""Nothing typed is lost: a form that could not be taken is kept, shown and sent again.

It happens when a session has ended meanwhile, or a form's token is missing or too old. What may
not be kept (passwords, codes) is asked for anew.
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

blueprint = Blueprint("again", __name__)

NEVER_KEPT = frozenset({"csrf_token", "password", "totp", "code", "old_code"})
FORM = "again"
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
    answers = {"path": path, "fields": typed()}
    drafts.keep(browser=browser(), form=FORM, answers=answers, secrets=wiring().secrets, now=now())
    if path.partition("?")[0].endswith(A_REPORT):
        session[UNSENT] = (now() + SHOWN_FOR).isoformat()
        return redirect(url_for("reports.about_anything", again=1))
    return redirect(url_for(endpoint, next=url_for("again.again")))


def unsent_report() -> dict[str, str]:
    """What was to be told to the council when the session had ended: kind, words and the page that
    it is about. Not for long, as a phone may be shared."""
    until = session.get(UNSENT)
    if until is None or datetime.fromisoformat(until) < now():
        return {}
    kept = drafts.read(browser=browser(), form=FORM, secrets=wiring().secrets, now=now())
    of = inside(kept["path"]).partition("?")[0].removesuffix(A_REPORT) if "path" in kept else ""
    return dict(kept.get("fields", ())) | {"of": of}


def report_is_sent() -> None:
    """It was told without signing in: nothing of it is kept in this browser."""
    if session.pop(UNSENT, None) is not None:
        drafts.drop(browser=browser(), form=FORM, secrets=wiring().secrets)


def send_again() -> str:
    """The page that shows what was typed here, to be sent once more."""
    return _page(request.script_root + request.full_path.rstrip("?"), typed())


@blueprint.get("/again")
@page(action=Action.SEE_OWN)
def again() -> Any:
    """What was typed before the session ended."""
    kept = drafts.read(browser=browser(), form=FORM, secrets=wiring().secrets, now=now())
    if "path" not in kept:
        return redirect(url_for("mine.mine"))
    return _page(inside(kept["path"]), kept["fields"])


def _page(path: str, fields: list[list[str]]) -> str:
    asks_anew = request.method == "POST" and len(list(request.form)) - 1 > len(fields)
    return render_template("again/again.html", path=path, fields=fields, asks_anew=asks_anew)
