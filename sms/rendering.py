"""How every gateway of texts puts a message into words, and measures it: the same for a simulated
telephone as for a real one, so that what was looked at beforehand is what people get."""

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale

from enabler.domain.vocabulary import Channel
from enabler.doors.mail.writing import with_html
from enabler.doors.words.texts import message_words
from enabler.services.ports import Measure, Rendered
from sms.segments import measure


class Rendering:
    """Words with links that begin with ``base_url``."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """The message in words, in this language. Needs the context of the app."""
        with force_locale(language):
            message = message_words(template, values, self._base_url)
            return with_html(message) if values.get("channel") is Channel.MAIL else message

    def measure(self, body: str) -> Measure:
        """How many segments the body takes."""
        return measure(body)
