"""The words that somebody agrees to, beside the box that they tick."""

from typing import Any

from flask_babel import lazy_gettext

from enabler.domain.consents import newest
from enabler.doors.words.consents import WORDS


def words_of(code: str) -> Any:
    """The newest words of something to agree to, in the language of the page."""
    return lazy_gettext(WORDS[code, newest(code).version])
