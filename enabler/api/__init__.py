"""The JSON door, /api/v1: one module for each noun; a call translates, a service decides.

A new noun: a module with a ``Resource`` and its calls, schemas in ``schemas``, a name in ``NOUNS``.
"""

from flask import Flask

from enabler.api import (
    checks,
    conversations,
    document,
    matches,
    me,
    needs,
    offers,
    organisations,
    places,
    proofs,
    rules,
    series,
    visits,
)

NOUNS = (
    needs, series, offers, matches, visits, conversations, organisations, places, rules, me, checks,
    proofs,
)  # fmt: skip


def register(app: Flask) -> None:
    """Give the app its JSON door. After the pages, whose session and failures it shares."""
    whole = document.register(app)
    for noun in NOUNS:
        app.extensions["csrf"].exempt(noun.resource)  # it looks for itself: a key needs no token
        whole.register_blueprint(noun.resource)
    app.extensions["enabler_openapi"] = whole
