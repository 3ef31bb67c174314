"""The session's token against forged calls: flask-wtf's, with what must not be guessed from the
port of secrets, so that all that is random comes from one place."""

from flask import current_app, g, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer

from enabler.doors.wiring import wiring

FIELD = "csrf_token"
HEADER = "X-CSRFToken"


_FOR = "~"


def csrf_token(whom: str | None = None) -> str:
    """The session's token, signed; made when it is first needed.

    ``whom``: for whom the page is made, the ref of a mandate or nothing for oneself. Another has
    another token, so that a form tells for whom it was filled in (:func:`made_for`). None: not
    known here, and left as it is.
    """
    kept = session.get(FIELD)
    if kept is None or (whom is not None and _whom(kept) != whom):
        session[FIELD] = f"{wiring().secrets.token()}{_FOR}{whom or ''}"
        g.pop(FIELD, None)  # one that was signed before
    return str(generate_csrf())


def made_for(token: str) -> str | None:
    """For whom the form with this token was made, be the token too old or of another session; None
    where it is none of ours."""
    signer = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    try:
        return _whom(str(signer.loads(token)))
    except BadSignature:
        return None


def _whom(kept: str) -> str:
    return kept.partition(_FOR)[2]
