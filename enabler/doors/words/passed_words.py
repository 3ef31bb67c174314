"""A text that passes on what the other side of a match wrote: as much of it as fits, cut at a word,
with the link to the rest.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from enabler.domain.segments import GSM, measure, without_marks
from enabler.doors.words.filling import ROOMS, words_for
from enabler.doors.words.marking import N_

LONGEST = 700
"""Characters that are looked at: more fit no text."""
MOST_OF_MARKS = 3
"""Where a text may take so many segments, marks that need UCS-2 stay while there is room."""
_QUOTES = str.maketrans(dict.fromkeys('"\u201c\u201d', "'"))
"""Their words stand within quotes; nothing in them may look like ours."""
WITH_WORDS: dict[str, str] = {
    "wrote": N_('%(name)s (%(category)s): "%(said)s" %(link)s'),
    "proposed": N_(
        '%(name)s suggests a time: %(category)s, %(when)s. "%(said)s" Nothing is agreed yet. Say'
        " if it suits you: %(link)s"
    ),
    "arranged": N_(
        'It is agreed: %(category)s with %(name)s, %(when)s. "%(said)s" All about it: %(link)s'
    ),
}
"""By template: what it says in place of its usual words where there are some to be passed on."""


def passing_words(
    template: str, values: Mapping[str, Any], base_url: str, answers: str, most: int
) -> str | None:
    """The text within ``most`` segments, with the coded ``answers`` at its end; None where nothing
    is passed on. Short names come before half a message."""
    said = " ".join(str(values.get("said") or "").translate(_QUOTES).split())
    if not said or template not in WITH_WORDS:
        return None
    if most < MOST_OF_MARKS:
        said = in_gsm(said)
    rooms = [words_for(values, base_url, room) for room in (ROOMS[0], ROOMS[-1])]
    for words, gaps, plain in _ways(said, rooms):
        body = _joined(template, gaps, words, answers)
        body = without_marks(body) if plain else body
        if measure(body).segments <= most:
            return body
    return None


def _ways(said: str, rooms: list[dict[str, str]]) -> Iterator[tuple[str, dict[str, str], bool]]:
    """All of it, then all of it in letters that make no text longer, then less and less."""
    plain = in_gsm(said)
    for gaps in rooms:
        yield said, gaps, False
    for gaps in rooms:
        yield plain, gaps, True
    parts = plain[:LONGEST].split(" ")
    for many in range(len(parts) - (len(plain) <= LONGEST), 0, -1):
        yield " ".join(parts[:many]) + "...", rooms[-1], True
    for long in range(len(parts[0]), 0, -1):
        yield parts[0][:long] + "...", rooms[-1], True


def _joined(template: str, gaps: Mapping[str, str], words: str, answers: str) -> str:
    body = str(gettext(WITH_WORDS[template], **{**gaps, "said": words}))
    return " ".join([*body.split(), *answers.split()])


def in_gsm(said: str) -> str:
    """The words without marks and pictures; as they are where letters would be lost by it, as of a
    language that is written in others."""
    plain = without_marks(said)
    left = "".join(each for each in plain if measure(each).encoding == GSM)
    lost = any(each.isalpha() and measure(each).encoding != GSM for each in plain)
    return plain if lost else " ".join(left.split()) or said
