"""The last page of a change: all answers, each to be changed again, and one press to keep them."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import redirect, request

from enabler.services.views.signs import SignsView
from enabler.web.forms.changes import Save
from enabler.web.journey import Answers, Journey

Draft = TypeVar("Draft")


def check_page(
    journey: Journey, version: int, *, draft_of: Callable[[Answers, Journey], Draft],
    change: Callable[[Draft, int, str], object], after: str, show: Callable[..., Any],
    look: Callable[[Draft], SignsView],
) -> Any:  # fmt: skip
    """Show what was answered, or keep it and go on to ``after``.

    ``version``: of the thing as it is now. ``change`` takes the draft, the version that it was
    changed from, and the key. ``show`` makes the page from form, draft, whether the answers are
    about an older version (``stale``), the answers as the page carries them (``so_far``), and what
    ``look`` sees in the words (``seen``).
    """
    form = Save()
    answers = (request.method == "POST" and journey.carried()) or journey.read()
    wrong = journey.first_wrong(answers)
    if wrong is not None:
        return wrong
    draft = draft_of(answers, journey)
    if form.sent() and form.kept(lambda: change(draft, form.of_version, form.the_key())):
        journey.forget()
        return redirect(after)
    stale = answers.get("version") != version
    form.begin(version)
    so_far = journey.so_far(answers | {"version": version})
    return show(form=form, draft=draft, stale=stale, so_far=so_far, seen=look(draft))
