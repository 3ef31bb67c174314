"""What is kept about me, for me to read: also what I typed in a form of several pages and have not
sent, each answer beside the question that its page asks."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from string import digits
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext

from enabler.doors.words import held
from enabler.doors.words.marking import shown
from enabler.doors.words.preferences import PREFERENCES
from enabler.services.views.my_data import RowView, ValueView
from enabler.web import asking, giving, hours_events, offering, organising
from enabler.web.forms import desk, mandates
from enabler.web.forms.base import Form
from enabler.web.forms.fields import Tick

row_heading, seen_words = held.row_heading, held.seen_words

_JOURNEYS = (
    asking.QUESTIONS, offering.QUESTIONS, organising.QUESTIONS, giving.QUESTIONS,
    hours_events.QUESTIONS,
)  # fmt: skip
FORMS: tuple[type[Form], ...] = (
    *(each.form for questions in _JOURNEYS for each in questions),
    mandates.Ask, mandates.AtDesk, mandates.ForDays, desk.NewNumber,
)  # fmt: skip
"""All whose answers wait beside a browser."""
_OF_THE_HOUSE = frozenset({"version", "at", "path", "whom", "csrf_token", "key", "so_far"})
"""Where it was typed and from what it began: marks of ours, and no answers."""


def said_words(row: RowView, value: ValueView, zone: ZoneInfo) -> str:
    """A value of a row as it can be read."""
    if value.column == "answers" and isinstance(value.value, Mapping):
        return "\n".join(dict.fromkeys(_lines(value.value)))
    return held.said_words(row, value, zone)


def _lines(answers: Mapping[str, Any]) -> Iterator[str]:
    """Each answer on a line, of each page in turn."""
    journey = max(
        ({each.name: each.form for each in questions} for questions in _JOURNEYS),
        key=lambda one: len(answers.keys() & one.keys()),
    ).values()
    plain = {}
    for name, said in answers.items():
        if isinstance(said, Mapping):
            yield from _of_form({each: _texts(typed) for each, typed in said.items()}, journey)
        elif name == "fields":
            yield from _of_form(_gathered(said), journey)
        elif name == "posted":
            yield gettext("You sent it: %(ref)s", ref=said)
        elif name not in _OF_THE_HOUSE:
            plain[name] = _texts(said)
    yield from _of_form(plain, journey)


def _texts(said: object) -> list[str]:
    return [str(each) for each in (said if isinstance(said, list) else [said])]


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    typed: dict[str, list[str]] = {}
    for name, words in pairs:
        typed.setdefault(name, []).append(words)
    return typed


def _of_form(typed: Mapping[str, list[str]], journey: Collection[type[Form]]) -> Iterator[str]:
    asked = {name: said for name, said in typed.items() if name not in _OF_THE_HOUSE and any(said)}
    if not asked:
        return
    form = _kind_of(typed, journey)(formdata=None, meta={"csrf": False})
    for name, said in asked.items():
        # the further lines of what grows: day2 is another day
        field: Any = form[name] if name in form else getattr(form, name.rstrip(digits), None)
        label = str(field.label.text) if hasattr(field, "label") else gettext("Your answer")
        yield f"{label}{'' if label.endswith('?') else ':'} {_words_of(field, said)}"


@cache
def _names() -> dict[type[Form], frozenset[str]]:
    """The names of each form's fields."""
    return {kind: frozenset(kind(formdata=None, meta={"csrf": False})._fields) for kind in FORMS}


def _kind_of(typed: Mapping[str, Any], journey: Collection[type[Form]]) -> type[Form]:
    """The form that asks the most of this; of those that ask the same, that of the journey."""
    names = _names()
    return max(FORMS, key=lambda one: (len(names[one].intersection(typed)), one in journey))


def _words_of(field: Any, said: list[str]) -> str:
    """What was chosen, by its words; what was typed, as it was."""
    if isinstance(field, Tick):
        return str(gettext("Yes"))
    if not hasattr(field, "choices"):
        return " ".join(said)
    known: dict[str, str] = {code: shown(PREFERENCES, code) for code in PREFERENCES}
    known |= {each.value: str(each.label) for each in field.choices}
    return ", ".join(known.get(each, each) for each in said)
