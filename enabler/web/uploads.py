"""How much may be sent at once: more than elsewhere where a photo is.

A photo that is too big is read all the same, so that its form can say so at the field.
"""

from flask import Flask, request

LARGEST = 8 * 1024 * 1024
TAKE_FILES = frozenset({"costs.add_receipt"})


def register(app: Flask) -> None:
    """Before anything reads a form. Who may not come in is turned away before it is read."""
    app.before_request(_make_room)


def _make_room() -> None:
    if request.endpoint in TAKE_FILES:
        request.max_content_length = LARGEST
