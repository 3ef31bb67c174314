"""A message in words: its template's sentence, with values made readable in a place's zone."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale, gettext

from enabler.domain.answering import ANSWER
from enabler.domain.segments import measure, most_segments, without_marks
from enabler.domain.vocabulary import Channel
from enabler.doors.words.answering import answer_words
from enabler.doors.words.filling import ROOMS, words_for
from enabler.doors.words.passed_words import passing_words
from enabler.doors.words.prompts import answers_words
from enabler.doors.words.sentences import OTHER_SUBJECT, SUBJECTS, TEXTS
from enabler.services.ports import Rendered


def message_words(template: str, values: Mapping[str, Any], base_url: str) -> Rendered:
    """The message in the language of the moment, a text within its segments.

    Raises KeyError for a template without words.
    """
    stop = values.get("stop_path")
    return Rendered(
        body=_body(template, values, base_url),
        subject=str(gettext(SUBJECTS.get(template, OTHER_SUBJECT))),
        sender_name=values["place"], stop_link=base_url.rstrip("/") + stop if stop else None,
    )  # fmt: skip


def _body(template: str, values: Mapping[str, Any], base_url: str) -> str:
    if template == ANSWER and "says" in values:
        return answer_words(values, base_url)
    most = most_segments(str(get_locale() or "en"))
    answers = answers_words(values.get("answers"))
    passing = passing_words(template, values, base_url, answers, most)
    if passing is not None:
        return passing
    for room in ROOMS:
        words = str(gettext(TEXTS[template], **words_for(values, base_url, room)))
        body = " ".join([*words.split(), *answers.split()])
        if values.get("channel") is Channel.MAIL or measure(body).segments <= most:
            return body
    return without_marks(body)
