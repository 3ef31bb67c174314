"""Fields that read what people type, forgive its shape, and keep it when it is wrong."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import fields
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, StopValidation, ValidationError

from enabler.domain.errors import Invalid
from enabler.doors.local_time import read_clock
from enabler.doors.words import sentence
from enabler.web.forms import widgets

LINE, PARAGRAPHS = 200, 2000
LAST_YEAR = 2900
"""The calendar of our machines ends with the year 9999: the end of its last day is no moment."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]")


class Required(InputRequired):
    """Something must be typed; spaces alone are nothing. The message says what."""

    def __call__(self, form: Any, field: Any) -> None:
        """Raises StopValidation with the message."""
        if not field.data or not str(field.data).strip():
            field.errors[:] = []
            raise StopValidation(str(self.message))


class _Typed:
    """Cleans what was typed: invisible control characters go, and the person is told."""

    most: int
    hidden_found = False

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take what was typed."""
        typed = str(valuelist[0]) if valuelist else ""
        self.data = _CONTROL.sub("", typed.replace("\r\n", "\n"))
        self.hidden_found = _CONTROL.search(typed) is not None

    def pre_validate(self, form: Any) -> None:
        """Raises StopValidation: hidden characters were found, or there is too much."""
        if self.hidden_found:
            raise StopValidation(
                str(_("We took out a hidden character. Check your words and send them again."))
            )
        if self.data and len(self.data) > self.most:
            raise StopValidation(
                str(_("This is %(have)d characters long. Make it %(most)d or fewer.",
                      have=len(self.data), most=self.most))
            )  # fmt: skip


class Line(_Typed, fields.StringField):
    """One line of text."""

    widget = widgets.Text()

    def __init__(self, *args: Any, most: int = LINE, **kwargs: Any) -> None:
        self.most = most
        super().__init__(*args, **kwargs)


class Secret(Line):
    """A password: never shown again."""

    widget = widgets.Password()


class Words(_Typed, fields.TextAreaField):
    """Several lines of text."""

    widget = widgets.Words()

    def __init__(self, *args: Any, most: int = PARAGRAPHS, **kwargs: Any) -> None:
        self.most = most
        super().__init__(*args, **kwargs)


class _Chosen:
    """Choices with hints and pictures by value, and headings before a value."""

    hints: Mapping[str, str] = {}
    headings: Mapping[str, str] = {}
    pictures: Mapping[str, str] = {}
    choices: list[SelectChoice]

    def __init__(
        self, *args: Any, choices: Callable[[], Iterable[tuple[str, Any]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, choices=[], **kwargs)  # type: ignore[call-arg]
        self.choose_among(choices())

    def choose_among(self, pairs: Iterable[tuple[str, Any]]) -> None:
        """Offer these, as (value, label)."""
        self.choices = [SelectChoice(value, str(label)) for value, label in pairs]

    def pre_validate(self, form: Any) -> None:
        """Raises StopValidation for what is no choice."""
        chosen = self.data if isinstance(self.data, list) else [self.data]  # type: ignore[attr-defined]
        known = {choice.value for choice in self.choices}
        if any(value not in known for value in chosen if value):
            raise StopValidation(str(_("Choose from the list.")))


class One(_Chosen, fields.RadioField):
    """One of several."""

    widget = widgets.Radios()


class Some(_Chosen, fields.SelectMultipleField):
    """Any of several."""

    widget = widgets.Checkboxes()


class Tick(fields.BooleanField):
    """Yes, or nothing."""

    widget = widgets.Tick()


class Upload(FileField):
    """One file."""

    widget = widgets.File()


class Day(fields.Field):
    """A day of the calendar, from three boxes that share a name."""

    widget = widgets.Day()

    def typed(self) -> tuple[str, str, str]:
        """What stands in the boxes."""
        if self.raw_data:
            parts = [*(_CONTROL.sub("", str(part)) for part in self.raw_data), "", "", ""]
            return parts[0], parts[1], parts[2]
        if self.data:
            return str(self.data.day), str(self.data.month), str(self.data.year)
        return "", "", ""

    def _value(self) -> str:
        return " ".join(self.typed())

    @property
    def given(self) -> date:
        """The day. Raises Invalid(name, <name>_missing) where none was typed."""
        if self.data is None:
            raise Invalid(self.name, f"{self.name}_missing")
        return self.data

    @property
    def first_box(self) -> str:
        """Where a link to this field's error leads."""
        return f"{self.id}-day"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the boxes. Raises ValueError, which becomes the field's error."""
        self.data: date | None = None
        self.raw_data = list(self.typed())  # three of them are shown again, however many came
        if not any(part.strip() for part in valuelist):
            return
        try:
            day, month, year = (int(part) for part in valuelist)
            if year > LAST_YEAR:
                raise ValueError(year)
            self.data = date(year, month, day)
        except (ValueError, OverflowError) as wrong:
            raise ValueError(str(_("This is not a day. Type it like 24 11 2026."))) from wrong


class Clock(Line):
    """A clock time, as people write it; ``clock`` once it was read."""

    clock: time | None = None

    @property
    def given(self) -> time:
        """The time. Raises Invalid(name, <name>_missing) where none was typed."""
        if self.clock is None:
            raise Invalid(self.name, f"{self.name}_missing")
        return self.clock

    def pre_validate(self, form: Any) -> None:
        """Raises StopValidation in the words of the wrong time's code."""
        super().pre_validate(form)
        if not self.data or not self.data.strip():
            return
        try:
            self.clock = read_clock(self.data, field=self.name)
        except Invalid as wrong:
            raise StopValidation(sentence(wrong)) from wrong


class Number(Line):
    """A whole number in a range; ``number`` once it was read."""

    number: int | None = None

    def __init__(self, *args: Any, least: int, largest: int, **kwargs: Any) -> None:
        self.least, self.largest = least, largest
        super().__init__(*args, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Raises StopValidation when it is no such number."""
        super().pre_validate(form)
        typed = (self.data or "").strip()
        if not typed:
            return
        if not typed.isdecimal() or not self.least <= int(typed[:9]) <= self.largest:
            raise ValidationError(
                str(_("Type a whole number from %(least)d to %(largest)d.",
                      least=self.least, largest=self.largest))
            )  # fmt: skip
        self.number = int(typed)
