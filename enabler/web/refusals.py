"""A service's refusal of a value, shown at the field where it was typed."""

from collections.abc import Callable
from typing import Any

from flask import redirect
from werkzeug.wrappers import Response

from enabler.domain.errors import Invalid, WrongMoment
from enabler.web.forms.base import Form


def shown_at(form: Form, act: Callable[[], Any]) -> bool:
    """Whether the service took it; if not, the form says why at its field.

    Raises Invalid when the form has no such field: then the page of the failure says it.
    """
    try:
        act()
    except Invalid as wrong:
        if not form.show(wrong):
            raise
        return False
    return True


def shown_unless_late(form: Form, first: str, act: Callable[[], Any]) -> bool:
    """Whether it was done. If not, the form says why: at the field that is wrong, or at the one
    named ``first`` where it is the wrong moment, as somebody else was quicker; everything that was
    typed stays."""
    try:
        return shown_at(form, act)
    except WrongMoment as refused:
        form.refuse(first, refused)
        return False


def asks_reason(first: WrongMoment, page: str) -> Response:
    """Where somebody at the desk has not said why they look: the page on which they do. Raises what
    else was refused."""
    if first.code != "look_reason_missing":
        raise first
    return redirect(page)
