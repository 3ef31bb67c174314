"""Tokens against forged forms: where each form of ours and each template gets them. A form's token
says for whom it was filled in, so that what was meant for the one is never sent for the other."""

from typing import Any

from flask import Flask, request
from flask_login import current_user
from flask_wtf import FlaskForm

from enabler.doors import forgery
from enabler.doors.forgery import FIELD


def acted_for() -> str:
    """The ref of the mandate under which the visitor acts; nothing where they are themself."""
    acting = getattr(current_user, "acting", None)
    return "" if acting is None else str(acting.ref)


def typed_for() -> str | None:
    """For whom the form that came was made; None where that is not known."""
    return forgery.made_for(request.form.get(FIELD, ""))


def csrf_token() -> str:
    """The token of this browser's session and of whom it acts for, signed."""
    return forgery.csrf_token(acted_for())


class FormTokens(FlaskForm.Meta.csrf_class):
    """Gives each form its token."""

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        """The token of this browser's session, signed."""
        return csrf_token()


def register(app: Flask) -> None:
    """Let templates ask for a token where they have no form. After CSRFProtect, which does too."""
    app.jinja_env.globals[FIELD] = csrf_token
    app.context_processor(lambda: {FIELD: csrf_token})  # it gives templates its own, too
