"""Tokens against forged forms: where each form of ours and each template gets them."""

from typing import Any

from flask import Flask
from flask_wtf import FlaskForm

from enabler.doors.forgery import FIELD, csrf_token


class FormTokens(FlaskForm.Meta.csrf_class):
    """Gives each form its token."""

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        """The token of this browser's session, signed."""
        return csrf_token()


def register(app: Flask) -> None:
    """Let templates ask for a token where they have no form. After CSRFProtect, which does too."""
    app.jinja_env.globals[FIELD] = csrf_token
