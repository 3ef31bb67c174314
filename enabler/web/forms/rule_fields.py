"""Fields for what a place's rules say, each in people's own terms: a length, kilometres, pounds."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import fields as wt
from wtforms.validators import StopValidation

from enabler.domain.errors import Invalid
from enabler.domain.money import pence_of
from enabler.domain.ruleset_bounds import (
    BOUNDS,
    LARGEST_WAVE,
    LONGEST_WORRY_WORD,
    MOST_WEIGHT,
    SHORTEST_WORRY_WORD,
)
from enabler.doors.local_time import read_clock
from enabler.doors.words import sentence
from enabler.doors.words.rules import bounds_of, kilometres
from enabler.web.forms import widgets
from enabler.web.forms.fields import Line

DAY = 24 * 60
_KILOMETRES = re.compile(r"(\d{1,3})(?:\.(\d{1,3}))?")
_NUMBERS = re.compile(r"\s*\d{1,4}(\s*[,;\s]\s*\d{1,4})*\s*", re.ASCII)


class Beside(widgets.Text):
    """One line with a unit beside it."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """With what stands before or after the line."""
        params = super().map_gov_params(field, **kwargs)
        for where in ("prefix", "suffix"):
            if words := getattr(field, where):
                params[where] = {"text": str(words)}
        return params


class OfRules(Line):
    """A line that reads a number of a key: ``value`` once it was read. ``data`` begins as text."""

    widget = Beside()
    missing = "rules_number_missing"
    value: int | None = None

    def __init__(
        self, *args: Any, key: str, prefix: Any = "", suffix: Any = "", **kwargs: Any
    ) -> None:
        self.key, self.prefix, self.suffix = key, prefix, suffix
        super().__init__(*args, most=20, **kwargs)

    def read(self, typed: str) -> int:
        """The number that was typed. Raises Invalid."""
        if not typed.isdecimal() or len(typed) > 9:
            raise _out_of(self.name, self.key)
        return int(typed)

    def pre_validate(self, form: Any) -> None:
        """Raises StopValidation for what is no such number, or beyond its bounds."""
        super().pre_validate(form)
        typed = (self.data or "").strip()
        try:
            if not typed:
                raise Invalid(self.name, self.missing)
            found = self.read(typed)
            _within(self.name, self.key, found)
        except Invalid as wrong:
            raise StopValidation(sentence(wrong)) from wrong
        self.value = found

    @classmethod
    def written(cls, value: int) -> str:
        """How a value is shown to be typed over."""
        return str(value)


class Kilometres(OfRules):
    """Metres, typed as kilometres."""

    missing = "rules_metres_malformed"

    def read(self, typed: str) -> int:
        """3, 0.75. Raises Invalid."""
        found = _KILOMETRES.fullmatch(typed.lower().removesuffix("km").strip().replace(",", "."))
        if found is None:
            raise Invalid(self.name, "rules_metres_malformed")
        return 1000 * int(found[1]) + int((found[2] or "").ljust(3, "0"))

    @classmethod
    def written(cls, value: int) -> str:
        """3, 0.75."""
        return kilometres(value)


class Pounds(OfRules):
    """Pence, typed as pounds."""

    missing = "rules_money_missing"

    def read(self, typed: str) -> int:
        """50.00; 0 where the key may be nothing. Raises Invalid."""
        least, most = BOUNDS[self.key]
        return pence_of(self.name, typed, most=most, least=least)

    @classmethod
    def written(cls, value: int) -> str:
        """50.00."""
        return f"{value // 100}.{value % 100:02d}"


class TimeOfDay(OfRules):
    """Minutes of the local day, typed as a clock time; 24:00 is the end of the day."""

    missing = "rules_time_missing"

    def read(self, typed: str) -> int:
        """20:00, 8pm. Raises Invalid."""
        if typed == "24:00":
            return DAY
        clock = read_clock(typed, field=self.name)
        return 60 * clock.hour + clock.minute

    @classmethod
    def written(cls, value: int) -> str:
        """20:00."""
        return f"{value // 60:02d}:{value % 60:02d}"


class Points(OfRules):
    """A number that may be left unsaid."""

    def pre_validate(self, form: Any) -> None:
        """Nothing typed is an answer too."""
        if (self.data or "").strip():
            super().pre_validate(form)


class Numbers(Line):
    """Whole numbers with commas between them; ``value`` once they were read."""

    value: list[int] | None = None

    def pre_validate(self, form: Any) -> None:
        """Raises StopValidation for what are no such numbers."""
        super().pre_validate(form)
        typed = self.data or ""
        numbers = [int(part) for part in re.findall(r"\d+", typed)]
        if not _NUMBERS.fullmatch(typed) or not all(1 <= one <= LARGEST_WAVE for one in numbers):
            raise StopValidation(sentence(Invalid(self.name, "rules_numbers_malformed")))
        self.value = numbers

    @classmethod
    def written(cls, value: Sequence[int]) -> str:
        """3, 5, 8."""
        return ", ".join(str(one) for one in value)


class WordList(Line):
    """Words with commas between them; ``value`` once they were read."""

    value: list[str] | None = None

    def pre_validate(self, form: Any) -> None:
        """Raises StopValidation for what is too short or too long."""
        super().pre_validate(form)
        found = {part.strip() for part in (self.data or "").split(",") if part.strip()}
        if not all(SHORTEST_WORRY_WORD <= len(one) <= LONGEST_WORRY_WORD for one in found):
            raise StopValidation(
                sentence(Invalid(self.name, "rules_words_malformed", most=LONGEST_WORRY_WORD))
            )
        self.value = sorted(found)

    @classmethod
    def written(cls, value: Sequence[str]) -> str:
        """One, another."""
        return ", ".join(value)


class Length(wt.Field):
    """Minutes, typed as hours and minutes; ``value`` once they were read. With ``may_be_unsaid``
    two empty boxes say nothing."""

    widget = widgets.Length()
    value: int | None = None

    def __init__(self, *args: Any, key: str, may_be_unsaid: bool = False, **kwargs: Any) -> None:
        self.key, self.may_be_unsaid = key, may_be_unsaid
        super().__init__(*args, **kwargs)

    def _value(self) -> str:
        return " ".join(self.typed())

    def typed(self) -> tuple[str, str]:
        """What stands in the boxes."""
        if self.raw_data:
            parts = [*map(str, self.raw_data), "", ""]
            return parts[0], parts[1]
        return ("", "") if self.data is None else (str(self.data // 60), str(self.data % 60))

    @property
    def first_box(self) -> str:
        """Where a link to this field's error leads."""
        return f"{self.id}-hours"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the boxes. Raises ValueError, which becomes the field's error."""
        self.value = None
        hours, minutes = (part.strip() or "0" for part in [*valuelist, "", ""][:2])
        if not any(part.strip() for part in valuelist) and self.may_be_unsaid:
            return
        try:
            if not any(part.strip() for part in valuelist):
                raise Invalid(self.name, "rules_length_missing")
            if not (hours.isdecimal() and minutes.isdecimal()) or int(minutes[:9]) > 59:
                raise Invalid(self.name, "rules_length_malformed")
            found = 60 * int(hours[:9]) + int(minutes)
            if self.key in BOUNDS:
                _within(self.name, self.key, found)
            elif not 1 <= found <= DAY:
                raise Invalid(self.name, "rules_length_malformed")
        except Invalid as wrong:
            raise ValueError(sentence(wrong)) from wrong
        self.value = found


def _within(name: str, key: str, value: int) -> None:
    least, largest = BOUNDS.get(key, (0, MOST_WEIGHT))
    if not least <= value <= largest:
        raise _out_of(name, key)


def _out_of(name: str, key: str) -> Invalid:
    least, largest = bounds_of(key) if key in BOUNDS else ("0", str(MOST_WEIGHT))
    return Invalid(name, "rules_out_of_bounds", least=least, largest=largest)
