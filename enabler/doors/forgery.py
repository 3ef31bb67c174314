"""The session's token against forged calls: flask-wtf's, with what must not be guessed from the
port of secrets, so that all that is random comes from one place."""

from flask import session
from flask_wtf.csrf import generate_csrf

from enabler.doors.wiring import wiring

FIELD = "csrf_token"
HEADER = "X-CSRFToken"


def csrf_token() -> str:
    """The session's token, signed; made when it is first needed."""
    if FIELD not in session:
        session[FIELD] = wiring().secrets.token()
    return str(generate_csrf())
