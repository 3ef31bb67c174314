"""Moments, stretches and lengths of time, as people say them: Tuesday 24 November, 2pm."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from flask_babel import get_locale, gettext, ngettext

from enabler.domain.offer_exceptions import OfferException
from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import ExceptionKind
from enabler.domain.windows import Weekly, Window
from enabler.doors.words.marking import N_, shown

WEEKDAYS: dict[str, str] = {
    "0": N_("Monday"), "1": N_("Tuesday"), "2": N_("Wednesday"), "3": N_("Thursday"),
    "4": N_("Friday"), "5": N_("Saturday"), "6": N_("Sunday"),
}  # fmt: skip


DAYS_WITHOUT_A_YEAR = 200
"""A day that is nearer than this is not taken for that of another year."""


def weekday_words(weekday: int) -> str:
    """The day of the week; Monday is 0."""
    return shown(WEEKDAYS, str(weekday))


def day_words(day: date) -> str:
    """Tuesday 24 November."""
    return _written(day, "EEEE d MMMM", get_locale())


def day_words_by(day: date, today: date) -> str:
    """The same, with its year where the day is not near: Monday 3 February 2025."""
    near = abs((day - today).days) < DAYS_WITHOUT_A_YEAR
    return _written(day, "EEEE d MMMM" if near else "EEEE d MMMM y", get_locale())


def full_day_words(day: date) -> str:
    """24 November 2026."""
    return _written(day, "d MMMM y", get_locale())


@lru_cache(maxsize=1024)
def _written(day: date, pattern: str, language: Locale | None) -> str:
    """Babel reads its pattern anew for each day that it writes, and pages say the same ones."""
    return str(format_date(day, pattern, locale=language))


def clock_words(hour: int, minute: int) -> str:
    """2pm, 2:30pm, midday, midnight."""
    if minute == 0 and hour in (0, 24):
        return str(gettext("midnight"))
    if minute == 0 and hour == 12:
        return str(gettext("midday"))
    past = f":{minute:02d}" if minute else ""
    number = f"{(hour - 1) % 12 + 1}{past}"
    if hour < 12:
        return str(gettext("%(number)sam", number=number))
    return str(gettext("%(number)spm", number=number))


def moment_words(instant: datetime, zone: ZoneInfo, today: date | None = None) -> str:
    """Tuesday 24 November, 2pm; midnight is the end of the day before. With ``today`` a day that
    is not near has its year, too."""
    local = instant.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return _on(local.date() - timedelta(days=1), clock_words(24, 0), today)
    return _on(local.date(), clock_words(local.hour, local.minute), today)


def _on(day: date, clock: str, today: date | None) -> str:
    said = day_words(day) if today is None else day_words_by(day, today)
    return str(gettext("%(day)s, %(clock)s", day=said, clock=clock))


def window_words(window: Window, zone: ZoneInfo) -> str:
    """Tuesday 24 November, 2pm to 4pm; over several days with both days."""
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    last = (end - timedelta(microseconds=1)).date()
    closing = clock_words(24 if (end.hour, end.minute) == (0, 0) else end.hour, end.minute)
    if start.date() == last:
        opening = clock_words(start.hour, start.minute)
        if start.hour == start.minute == 0 and closing == clock_words(24, 0):
            return str(gettext("%(day)s, any time", day=day_words(last)))
        return str(
            gettext("%(day)s, %(start)s to %(end)s", day=day_words(last), start=opening,
                    end=closing)
        )  # fmt: skip
    if closing == clock_words(24, 0):  # on which side of a day midnight lies, people do not agree
        opening = moment_words(window.start, zone)
        return str(gettext("%(start)s to the end of %(day)s", start=opening, day=day_words(last)))
    return str(
        gettext("%(start)s to %(end)s", start=moment_words(window.start, zone),
                end=moment_words(window.end, zone))
    )  # fmt: skip


def windows_words(windows: tuple[Window, ...], zone: ZoneInfo) -> str:
    """All the stretches of a need; none means any time."""
    if not windows:
        return str(gettext("Any time"))
    return "; ".join(window_words(window, zone) for window in windows)


def days_words(window: Window, zone: ZoneInfo) -> str:
    """Thursday 12 March to Friday 20 March, where whole days are meant; else with their hours."""
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    first, last = start.date(), (end - timedelta(microseconds=1)).date()
    if any((each.hour, each.minute) != (0, 0) for each in (start, end)) or first == last:
        return window_words(window, zone)
    return str(
        gettext("%(start)s to %(end)s", start=day_words(first), end=day_words(last))
    )  # fmt: skip


def weekly_words(weekly: Weekly) -> str:
    """Tuesday, 9am to midday."""
    start, end = divmod(weekly.start_minute, 60), divmod(weekly.end_minute, 60)
    return str(
        gettext("%(day)s, %(start)s to %(end)s", day=weekday_words(weekly.weekday),
                start=clock_words(*start), end=clock_words(*end))
    )  # fmt: skip


def every_words(every: Repeat) -> str:
    """Every Monday and Thursday, 9am to midday, until Friday 18 December."""
    first = every.weekly[0]
    start, end = divmod(first.start_minute, 60), divmod(first.end_minute, 60)
    days = [weekday_words(each.weekday) for each in every.weekly]
    named = days[0] if len(days) == 1 else str(
        gettext("%(days)s and %(last)s", days=", ".join(days[:-1]), last=days[-1])
    )  # fmt: skip
    return str(
        gettext("Every %(days)s, %(start)s to %(end)s, until %(last)s", days=named,
                start=clock_words(*start), end=clock_words(*end), last=day_words(every.last_on))
    )  # fmt: skip


def exception_words(one: OfferException) -> str:
    """Not on Friday 3 April; not on bank holidays; only from Monday 1 June on."""
    first, last = (None if day is None else day_words(day) for day in (one.first, one.last))
    if one.kind is ExceptionKind.BANK_HOLIDAYS:
        return str(gettext("Not on bank holidays"))
    if one.kind is ExceptionKind.DAYS:
        if first == last:
            return str(gettext("Not on %(day)s", day=first))
        return str(gettext("Not from %(first)s to %(last)s", first=first, last=last))
    if last is None:
        return str(gettext("Only from %(first)s on", first=first))
    if first is None:
        return str(gettext("Only until %(last)s", last=last))
    return str(gettext("Only from %(first)s to %(last)s", first=first, last=last))


def length_words(minutes: int) -> str:
    """1 hour 30 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(str(ngettext("%(num)d hour", "%(num)d hours", hours)))
    if rest or not hours:
        parts.append(str(ngettext("%(num)d minute", "%(num)d minutes", rest)))
    return " ".join(parts)
