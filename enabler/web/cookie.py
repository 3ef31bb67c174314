"""The session's cookie: sent when something in it changed, and again once a day so that it lasts.

A browser keeps it for 31 days after it was sent last (``PERMANENT_SESSION_LIFETIME``); a session of
ours ends when it was not seen for 30 days, so a cookie that is a day old still outlives it.
"""

from datetime import datetime, timedelta

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

from enabler.doors.wiring import utc_now

SENT_AGAIN_AFTER = timedelta(days=1)


class Cookie(SecureCookieSession):
    """What a browser is known by, and when it was sent; None: not yet."""

    sent_at: datetime | None = None


class SeldomSent(SecureCookieSessionInterface):
    """Reads the cookie, and sends it as seldom as will do: to sign it takes time."""

    session_class = Cookie

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The app's own, made once: its key stays while it runs."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def open_session(self, app: Flask, request: Request) -> Cookie | None:
        """What the browser's cookie holds; nothing, where it is not ours or too old."""
        signer = self.get_signing_serializer(app)
        kept = request.cookies.get(self.get_cookie_name(app))
        if signer is None or not kept:
            return None if signer is None else Cookie()
        lasts = int(app.permanent_session_lifetime.total_seconds())
        try:
            values, sent_at = signer.loads(kept, max_age=lasts, return_timestamp=True)
        except BadSignature:
            return Cookie()
        opened = Cookie(values)
        opened.sent_at = sent_at
        return opened

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether it changed, or is to last and was sent long ago, by the clock that dates it."""
        if session.modified:
            return True
        sent_at = getattr(session, "sent_at", None)
        old = sent_at is None or utc_now() - sent_at >= SENT_AGAIN_AFTER
        return bool(session.permanent) and old


def register(app: Flask) -> None:
    """Let the app keep its sessions so."""
    app.session_interface = SeldomSent()
