"""Which language a page is in: the one chosen at its top, else the member's own.

``?lang=cy`` on any page chooses for the rest of the visit. What is chosen must be a language of the
place that there is a catalogue for.
"""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import Babel, Domain, get_babel, get_locale
from flask_login import current_user

FALLBACK = "en"
KEPT, ASKED = "language", "lang"
AVAILABLE, KNOWN = "enabler.languages", "enabler_words"


class Words(Domain):
    """The catalogues, each read once in a process; looked up once for the language of a page,
    which has a hundred words to say and more."""

    def get_translations(self) -> Any:
        """The catalogue of the language of the moment."""
        language = get_locale()
        page = g.get("_flask_babel")
        known = getattr(page, KNOWN, None)
        if known is not None and known[0] is language:
            return known[1]
        found = super().get_translations()
        if page is not None:
            setattr(page, KNOWN, (language, found))
        return found


_WORDS = Words()


def register(app: Flask) -> None:
    """Read pages in the visitor's language."""
    babel = Babel(app, default_locale=FALLBACK, locale_selector=_chosen)
    babel.domain_instance = _WORDS


def current() -> str:
    """The language of the page that is being read."""
    return str(get_locale() or FALLBACK)


def available() -> list[str]:
    """Languages that pages can be read in: as found when first asked."""
    known: list[str] | None = current_app.extensions.get(AVAILABLE)
    if known is None:
        known = current_app.extensions[AVAILABLE] = _with_a_catalogue()
    return known


def _with_a_catalogue() -> list[str]:
    return sorted({str(locale) for locale in get_babel().instance.list_translations()} | {FALLBACK})


def choices() -> list[tuple[str, str]]:
    """(language, this page's address in it) for each language of the place, for the page's head.

    None on the answer to a form, where going elsewhere would lose what was typed.
    """
    if not has_request_context() or request.method != "GET":
        return []
    kept = [each for each in request.args.items(multi=True) if each[0] != ASKED]
    here = request.script_root + request.path
    return [
        (code, f"{here}?{urlencode([*kept, (ASKED, code)])}") for code in _of_place(available())
    ]


def begin_anew() -> None:
    """Forget all that the browser is known by; pages stay in the language that was chosen, which
    tells nothing of anybody."""
    chosen = session.get(KEPT)
    session.clear()
    if chosen is not None:
        session[KEPT] = chosen


def _of_place(found: Collection[str]) -> list[str]:
    place = g.get("place")
    spoken = place.languages if place is not None else ()
    return [code for code in spoken if code in found]


def _chosen() -> str:
    if not has_request_context():  # a command, or a job that renders a message
        return FALLBACK
    if "place" not in g and request.endpoint == "static":
        return FALLBACK
    possible = available()
    wanted = request.args.get(ASKED)
    if wanted in possible:
        session[KEPT] = wanted
    signed = getattr(current_user, "signed", None)
    language = session.get(KEPT) or (signed.language if signed is not None else FALLBACK)
    return language if language in possible else FALLBACK
