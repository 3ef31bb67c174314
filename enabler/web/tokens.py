"""Tokens against forged forms: flask-wtf's, with what must not be guessed from the port of secrets.

So all that is random on a page comes from one place.
"""

from typing import Any

from flask import Flask, session
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf

from enabler.doors.wiring import wiring

_FIELD = "csrf_token"


class FormTokens(FlaskForm.Meta.csrf_class):
    """Gives each form its token."""

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        """The token of this browser's session, signed."""
        return csrf_token()


def register(app: Flask) -> None:
    """Let templates ask for a token where they have no form. After CSRFProtect, which does too."""
    app.jinja_env.globals[_FIELD] = csrf_token


def csrf_token() -> str:
    """The session's token, signed; made when it is first needed."""
    if _FIELD not in session:
        session[_FIELD] = wiring().secrets.token()
    return str(generate_csrf())
