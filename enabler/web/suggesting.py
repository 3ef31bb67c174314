"""What somebody's words sound like, while they type and where they chose no kind of help.

It works without scripts: then the page comes back with the likely kinds first. Nothing of the
words is kept here or written anywhere, and no choice is made for anybody.
"""

from typing import Any

from flask import Blueprint, request
from flask_babel import get_locale

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.doors.words.categories import category_name
from enabler.services import listening
from enabler.services.ports import Heard
from enabler.web.access import actor
from enabler.web.forms.base import Form
from enabler.web.forms.own_words import ByWords
from enabler.web.journey import Answers

blueprint = Blueprint("suggesting", __name__)


@blueprint.post("/suggestions")
@page(action=Action.SEE_PUBLIC)
def suggestions() -> Any:
    """What the words sound like, for the script of the page on which they are typed."""
    if not wiring().listening.has_room(request.remote_addr or "", now()):
        return {"kinds": [], "danger": False}, 429
    heard = _hear(request.form.get("words", ""))
    kinds = [{"slug": one.slug, "name": category_name(one.slug)} for one in heard.kinds]
    return {"kinds": kinds, "danger": heard.danger}


@blueprint.app_template_filter("sounds_dangerous")
def sounds_dangerous(words: str | None) -> bool:
    """Whether somebody who writes so may be in danger."""
    return _hear(words or "").danger


def listen(form: Form, answers: Answers) -> None:
    """Give the questions of what and in which words what was said so far: the likely kinds come
    first where none was chosen, and what was said there need not be typed again."""
    if isinstance(form, ByWords):
        if "words" in answers:
            del form.said
        elif request.method == "POST" and not form.chosen.data:
            form.put_first([one.slug for one in _hear(form.said.data or "").kinds])
    elif "words" in form and "words" not in answers and request.method == "GET":
        form["words"].data = "".join(answers.get("what", {}).get("said", []))


def _hear(words: str) -> Heard:
    return listening.hear(
        actor=actor(), words=words, language=str(get_locale() or "en"),
        understands=wiring().understands,
    )  # fmt: skip
