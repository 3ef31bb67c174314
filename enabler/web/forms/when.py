"""When help is needed: any time, by a moment, in one or more stretches, or every week."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.domain.recurrence import Repeat
from enabler.domain.windows import Weekly, Window
from enabler.doors.local_time import closing, end_of_day, local_day, moment
from enabler.doors.words.times import weekday_words
from enabler.web.forms.base import Form
from enabler.web.forms.fields import Clock, Day, One, Required, Some
from enabler.web.forms.growing import Growing

MOST_ROWS = 7
QUARTER = timedelta(minutes=15)
_SHORT = {"class": "govuk-input--width-5", "spellcheck": "false"}
_EVERY = ("weekdays", "each_start", "each_end", "last", "holidays")


def rows_of(most: int = MOST_ROWS) -> tuple[tuple[str, str, str], ...]:
    """The names of the fields of each stretch: day, start and end."""
    first = ("day", "start", "end")
    return (first, *(tuple(f"{name}{n}" for name in first) for n in range(2, most + 1)))  # type: ignore[arg-type]


class When(Growing, Form):
    """When: any time, by a moment, at times that are chosen, or every week until a day."""

    fields_of: ClassVar[Mapping[str, str]] = {"weekly": "weekdays", "last_on": "last"}
    when = One(
        _("When do you need it?"),
        choices=lambda: [
            ("any", _("As soon as possible, any time is fine")),
            ("day", _("At one or more times that I choose")),
            ("by", _("Any time up to a day")),
            ("every", _("Every week, until a day")),
        ],
        validators=[Required(message=_("Choose when you need it."))],
    )
    all_rows = rows_of()
    by_more = ("when", "day")
    day = Day(_("Which day?"))
    start = Clock(_("From"), most=20, render_kw=_SHORT)
    end = Clock(_("Until"), most=20, render_kw=_SHORT)
    by = Day(_("By which day?"))
    by_time = Clock(
        _("By what time? (optional)"), most=20, render_kw=_SHORT, validators=[Optional()],
        description=_("For example 5pm. If you leave it empty, the whole day is fine."),
    )  # fmt: skip
    weekdays = Some(
        _("On which days of the week?"),
        choices=lambda: [(str(day), weekday_words(day)) for day in range(7)],
    )
    each_start = Clock(_("From"), most=20, render_kw=_SHORT)
    each_end = Clock(_("Until"), most=20, render_kw=_SHORT)
    last = Day(_("Until which day?"))
    holidays = One(
        _("On bank holidays"),
        choices=lambda: [("come", _("Ask for help as on other days")),
                         ("skip", _("Leave it out"))],
        default="come", validators=[Optional()],
    )  # fmt: skip
    kept: tuple[Window, ...] | None = None

    def let_stay(self, windows: tuple[Window, ...], words: str) -> None:
        """Let the asker leave the times as they are."""
        self.kept = windows
        said = [(each.value, each.label) for each in self.when.choices if each.value != "every"]
        self.when.choose_among([("kept", _("Leave it as it is: %(when)s", when=words)), *said])

    def let_only_repeat(self) -> None:
        """Ask only about every week: it is a series that is changed."""
        said = [(each.value, each.label) for each in self.when.choices if each.value == "every"]
        self.when.choose_among(said)

    def show(self, wrong: Invalid) -> bool:
        """Show what is wrong with a stretch at the field that makes it so."""
        if wrong.field == "windows":
            ends = "day" if wrong.code == "window_too_far_ahead" else "end"
            at = {"day": ends, "by": "by"}.get(self.when.data or "", "when")
            wrong = Invalid(at, wrong.code, **wrong.facts)
        return super().show(wrong)

    def _filled_rows(self) -> list[tuple[str, str, str]]:
        """The stretches in which something stands; the first counts always."""
        first, *others = self.shown_rows
        return [first, *(row for row in others if any(_stands(self[name]) for name in row))]

    def fields_in_use(self) -> tuple[str, ...]:
        """The fields that the chosen answer reads; the others may hold anything."""
        if self.when.data == "day":
            return tuple(name for row in self._filled_rows() for name in row)
        return {"by": ("by", "by_time"), "every": _EVERY}.get(self.when.data or "", ())

    def validate(self, extra_validators: Any = None) -> bool:
        """Leave out the errors of what belongs to another answer."""
        super().validate(extra_validators)
        of_answers = {name for row in rows_of() for name in row} | {"by", "by_time", *_EVERY}
        for name in of_answers - set(self.fields_in_use()):
            self[name].errors = []
        return not any(field.errors for field in self)

    def parts(self, *, now: datetime, zone: ZoneInfo, **_context: Any) -> dict[str, Any]:
        """For the draft of a need. Raises Invalid at the field that is missing or wrong."""
        if self.when.data == "kept":
            return {"windows": self.kept or (), "every": None}
        if self.when.data == "every":
            return {"windows": (), "every": self._every(now, zone)}
        windows: tuple[Window, ...] = ()
        if self.when.data == "day":
            windows = tuple(self._between(row, now, zone) for row in self._filled_rows())
        elif self.when.data == "by":
            windows = (self._up_to(now, zone),)
        return {"windows": windows, "every": None}

    def _between(self, row: tuple[str, str, str], now: datetime, zone: ZoneInfo) -> Window:
        on, opens, ends = row
        day = _given(self[on], "day")
        if day < local_day(now, zone):
            raise Invalid(on, "day_is_past")
        start = moment(day, _given(self[opens], "start"), zone, field=opens)
        end = closing(day, _given(self[ends], "end"), zone, field=ends)
        if end <= start:
            raise Invalid(ends, "end_is_before_start")
        if end <= now:
            raise Invalid(ends, "time_is_past")
        return Window(max(start, _next_quarter(now)) if start < now else start, end)

    def _up_to(self, now: datetime, zone: ZoneInfo) -> Window:
        if self.by.given < local_day(now, zone):
            raise Invalid("by", "day_is_past")
        if self.by_time.clock is None:
            return Window(_next_quarter(now), end_of_day(self.by.given, zone))
        end = closing(self.by.given, self.by_time.clock, zone, field="by_time")
        if end <= _next_quarter(now):
            raise Invalid("by_time", "time_is_past")
        return Window(_next_quarter(now), end)

    def _every(self, now: datetime, zone: ZoneInfo) -> Repeat:
        if not self.weekdays.data:
            raise Invalid("weekdays", "weekdays_missing")
        start = _given(self.each_start, "start")
        end = _given(self.each_end, "end")
        first, last = (60 * clock.hour + clock.minute for clock in (start, end))
        last = last or 24 * 60
        if last <= first:
            raise Invalid("each_end", "end_is_before_start")
        if _given(self.last, "last_week") < local_day(now, zone):
            raise Invalid("last", "day_is_past")
        return Repeat(
            weekly=tuple(Weekly(int(day), first, last) for day in sorted(self.weekdays.data)),
            last_on=self.last.given, skips_bank_holidays=self.holidays.data == "skip",
        )  # fmt: skip


for _row in rows_of()[1:]:
    for _name, _field in zip(
        _row,
        (Day(_("Which day?")), *(Clock(said, most=20, render_kw=_SHORT)
                                 for said in (_("From"), _("Until")))),
        strict=True,
    ):  # fmt: skip
        setattr(When, _name, _field)


def _stands(field: Any) -> bool:
    return any(str(part).strip() for part in field.raw_data or ()) or bool(field.errors)


def _given(field: Any, said: str) -> Any:
    """What was typed. Raises Invalid at the field, with the words for what is missing."""
    try:
        return field.given
    except Invalid as missing:
        raise Invalid(field.name, f"{said}_missing") from missing


def _next_quarter(now: datetime) -> datetime:
    """The start of the next quarter of an hour."""
    whole = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return whole + QUARTER


def answers_for(
    windows: Sequence[Window], zone: ZoneInfo
) -> dict[str, list[str]]:  # fmt: skip
    """The answers that these stretches would have been, as far as the questions can say them."""
    local = [(one.start.astimezone(zone), one.end.astimezone(zone)) for one in windows]
    in_a_day = [(start, end) for start, end in local if _is_of_one_day(start, end)]
    if not in_a_day or len(in_a_day) < len(local) or len(local) > MOST_ROWS:
        return {"when": ["kept"], "rows": ["1"]}
    found: dict[str, list[str]] = {"when": ["kept"], "rows": [str(len(local))]}
    for (on, opens, ends), (start, end) in zip(rows_of(), local, strict=False):
        found |= {on: _boxes(start.date()), opens: [f"{start:%H:%M}"], ends: [f"{end:%H:%M}"]}
    return found


def _is_of_one_day(start: datetime, end: datetime) -> bool:
    return start.date() == (end - timedelta(microseconds=1)).date()


def _boxes(day: date) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def answers_for_every(
    weekly: Sequence[Weekly], last_on: date, *, skips: bool
) -> dict[str, list[str]]:
    """The answers that a week would have been: one time of day for all its days."""
    start, end = (divmod(minute, 60) for minute in (weekly[0].start_minute, weekly[0].end_minute))
    return {
        "when": ["every"], "weekdays": [str(one.weekday) for one in weekly],
        "each_start": ["{:02d}:{:02d}".format(*start)],
        "each_end": [f"{end[0] % 24:02d}:{end[1]:02d}"],
        "last": _boxes(last_on), "holidays": ["skip" if skips else "come"],
    }  # fmt: skip
