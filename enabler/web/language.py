"""Which language a page is in: the member's own, where there is a catalogue for it."""

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_babel
from flask_login import current_user

FALLBACK = "en"


def register(app: Flask) -> None:
    """Read pages in the visitor's language."""
    Babel(app, default_locale=FALLBACK, locale_selector=_chosen)


def available() -> list[str]:
    """Languages that pages can be read in."""
    return sorted({str(locale) for locale in get_babel().instance.list_translations()} | {FALLBACK})


def _chosen() -> str:
    if not has_request_context():  # a command, or a job that renders a message
        return FALLBACK
    if "place" not in g and request.endpoint == "static":
        return FALLBACK
    signed = getattr(current_user, "signed", None)
    language = signed.language if signed is not None else FALLBACK
    return language if language in available() else FALLBACK
