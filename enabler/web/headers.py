"""Headers and cookies of every answer, errors included.

Over plain http, which development uses, there is no HSTS and no ``__Host-`` cookie.
"""

from flask import Flask, g, request, session
from werkzeug.wrappers import Response

from enabler.doors.wiring import Tiles, wiring

POLICY = (
    "default-src 'none'; img-src 'self' data:{tiles}; style-src 'self'; font-src 'self'; "
    "script-src 'self' 'nonce-{nonce}'; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=()",
}
KEPT_BY_BROWSERS = frozenset({
    "static", "home.colours", "near.outlines", "installing.manifest", "installing.worker",
    "verifying.did", "verifying.jwks", "verifying.status",
})  # fmt: skip
"""Answers that say the same to everybody, each with its own ``Cache-Control``."""
HSTS = "max-age=31536000; includeSubDomains"


def register(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(_dress)


def let_tiles_in() -> Tiles | None:
    """Let this page alone show pictures of the map that the settings name, if they name one."""
    g.tiles = wiring().tiles
    return wiring().tiles


def nonce() -> str:
    """This answer's own word, without which a script in the page does not run."""
    if "nonce" not in g:
        g.nonce = wiring().secrets.token()
    return str(g.nonce)


def _dress(response: Response) -> Response:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers["Content-Security-Policy"] = _policy()
    if wiring().secure:
        response.headers["Strict-Transport-Security"] = HSTS
    if request.endpoint not in KEPT_BY_BROWSERS:
        # A page may be somebody's own as soon as it looked at the cookie.
        response.headers["Cache-Control"] = "no-store" if session.accessed else "no-cache"
    return response


def _policy() -> str:
    tiles: Tiles | None = g.get("tiles")
    return POLICY.format(nonce=nonce(), tiles=f" {tiles.origin}" if tiles else "")
