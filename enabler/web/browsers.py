"""What a browser is known by before anybody signs in."""

from flask import session

from enabler.doors.wiring import wiring


def browser() -> str:
    """A random name in the signed cookie, made when it is first needed."""
    if "browser" not in session:
        session["browser"] = wiring().secrets.token()
        session.permanent = True
    return str(session["browser"])
