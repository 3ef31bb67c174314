"""When an offer holds each week: any time, in parts of days, or at exact times; and how often."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.domain.windows import Weekly
from enabler.doors.words.marking import N_
from enabler.doors.words.times import weekday_words
from enabler.web.forms.base import Form
from enabler.web.forms.fields import Clock, Number, One, Required, Some
from enabler.web.forms.growing import Growing

PARTS: dict[str, tuple[str, int, int]] = {
    "morning": (N_("%(day)s morning"), 480, 720),
    "afternoon": (N_("%(day)s afternoon"), 720, 1020),
    "evening": (N_("%(day)s evening"), 1020, 1260),
}
MOST_ROWS = 7
_SHORT = {"class": "govuk-input--width-5", "spellcheck": "false"}
Row = tuple[str, str, str]


def rows_of(most: int = MOST_ROWS) -> tuple[Row, ...]:
    """The names of the fields of each stretch: its weekdays, from and until."""
    return tuple((f"on{n}", f"opens{n}", f"closes{n}") for n in range(1, most + 1))


class EachWeek(Growing, Form):
    """When each week, and how often."""

    fields_of: ClassVar[Mapping[str, str]] = {
        "weekly": "mostly",
        "any_time": "mostly",
        "capacity": "capacity",
        "capacity_per_day": "per_day",
    }
    mostly = One(
        _("When can you help?"),
        choices=lambda: [
            ("any", _("Any time: just ask me")), ("parts", _("At these times")),
            ("exact", _("At exact times, such as opening hours")),
        ],
        validators=[Required(message=_("Choose when you can help."))],
    )  # fmt: skip
    all_rows = rows_of()
    by_more = ("mostly", "exact")
    times = Some(
        _("Your times each week"),
        description=_("Morning is 8am to midday, afternoon midday to 5pm, evening 5pm to 9pm."),
        choices=lambda: [
            (f"{day}-{part}", gettext(words[0], day=weekday_words(day)))
            for day in range(7) for part, words in PARTS.items()
        ],
    )  # fmt: skip
    capacity = Number(
        _("How many times a week, at most?"), least=1, largest=50, most=3, default="1",
        validators=[Required(message=_("Type how many times a week, for example 1."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-2"},
    )  # fmt: skip
    per_day = Number(
        _("How many times on one day, at most? (optional)"), least=1, largest=50, most=3,
        description=_("Leave it empty if it makes no difference."), validators=[Optional()],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-2"},
    )  # fmt: skip
    hours: tuple[Weekly, ...] = ()

    def let_open(self, hours: tuple[Weekly, ...]) -> None:
        """Let an organisation say: when we are open. It is chosen unless something else is."""
        if not hours:
            return
        self.hours = hours
        choices = [(each.value, each.label) for each in self.mostly.choices]
        self.mostly.choose_among([*choices, ("open", _("When we are open"))])
        self.mostly.data = self.mostly.data or "open"

    def validate(self, extra_validators: Any = None) -> bool:
        """Leave out the errors of what belongs to another answer."""
        super().validate(extra_validators)
        used = {name for row in self._filled_rows() for name in row}
        for name in {name for row in rows_of() for name in row} - used:
            self[name].errors = []
        return not any(field.errors for field in self)

    def _filled_rows(self) -> list[Row]:
        if self.mostly.data != "exact":
            return []
        first, *others = self.shown_rows
        return [first, *(row for row in others if self._stands(row))]

    def _stands(self, row: Row) -> bool:
        on, *clocks = row
        return bool(self[on].data) or any((self[name].data or "").strip() for name in clocks)

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of an offer. Raises Invalid where no time was chosen."""
        return {
            "any_time": self.mostly.data == "any", "weekly": self._weekly(),
            "capacity": self.capacity.number or 1, "capacity_per_day": self.per_day.number,
        }  # fmt: skip

    def _weekly(self) -> tuple[Weekly, ...]:
        if self.mostly.data == "exact":
            return tuple(sorted({one for row in self._filled_rows() for one in self._of(row)}))
        chosen = tuple(self.times.data or ())
        if self.mostly.data == "open":
            return self.hours
        if self.mostly.data != "parts":
            return ()
        if not chosen:
            raise Invalid("times", "times_missing")
        return stretches(chosen)

    def _of(self, row: Row) -> list[Weekly]:
        on, opens, closes = row
        if not self[on].data:
            raise Invalid(on, "weekdays_missing")
        start = self._minute(opens, "start")
        end = self._minute(closes, "end") or 24 * 60
        if end <= start:
            raise Invalid(closes, "end_is_before_start")
        return [Weekly(int(day), start, end) for day in self[on].data]

    def _minute(self, name: str, said: str) -> int:
        field = self[name]
        if field.clock is None:
            raise Invalid(name, f"{said}_missing")
        return int(60 * field.clock.hour + field.clock.minute)


for _row in rows_of():
    for _name, _field in zip(
        _row,
        (
            Some(_("On these days"),
                 choices=lambda: [(str(day), weekday_words(day)) for day in range(7)]),
            Clock(_("From"), most=20, render_kw=_SHORT),
            Clock(_("Until"), most=20, render_kw=_SHORT),
        ),
        strict=True,
    ):  # fmt: skip
        setattr(EachWeek, _name, _field)


def stretches(chosen: Iterable[str]) -> tuple[Weekly, ...]:
    """Chosen parts of days as unbroken stretches: a whole day is one, not three."""
    found: list[Weekly] = []
    ordered = sorted((int(day), *PARTS[part][1:]) for day, _dash, part in
                     (each.partition("-") for each in chosen))  # fmt: skip
    for day, start, end in ordered:
        if found and found[-1].weekday == day and found[-1].end_minute == start:
            start = found.pop().start_minute
        found.append(Weekly(day, start, end))
    return tuple(found)


def answers_for(
    weekly: Sequence[Weekly], *, any_time: bool, capacity: int, per_day: int | None = None
) -> dict[str, list[str]]:
    """The answers that this week would have been: parts of days where they say it, else exact."""
    found = {"capacity": [str(capacity)], "rows": ["1"]}
    if per_day is not None:
        found["per_day"] = [str(per_day)]
    if any_time:
        return found | {"mostly": ["any"]}
    chosen = [
        f"{one.weekday}-{part}" for one in weekly for part, (_words, start, end) in PARTS.items()
        if one.start_minute <= start and end <= one.end_minute
    ]  # fmt: skip
    if stretches(chosen) == tuple(sorted(weekly)):
        return found | {"mostly": ["parts"], "times": chosen}
    by_hours: dict[tuple[int, int], list[str]] = {}
    for one in weekly:
        by_hours.setdefault((one.start_minute, one.end_minute), []).append(str(one.weekday))
    found |= {"mostly": ["exact"], "rows": [str(min(MOST_ROWS, len(by_hours)))]}
    for (on, opens, closes), ((start, end), days) in zip(rows_of(), by_hours.items(), strict=False):
        found |= {on: days, opens: [_clock(start)], closes: [_clock(end)]}
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
