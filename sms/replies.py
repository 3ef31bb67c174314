"""The second of the dialogue's two functions: from what came of a text to the words of its answer.

The words are in the catalogue that all doors share (``enabler/doors/words``), where the letter that
carries them is rendered.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale

from enabler.doors.words.answering import answer_words


def reply(values: Mapping[str, Any], language: str, base_url: str) -> str:
    """The answer in this language, in as many segments as a text may take. ``values``: of the
    place (``place``, ``timezone``, ``duty_line``), whether a member has the number (``known``),
    what is said (``says``) and asked (``asks``). Needs the context of the app, as all words do."""
    with force_locale(language):
        return answer_words(values, base_url)
