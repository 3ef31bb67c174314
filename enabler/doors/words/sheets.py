"""A statement of hours as it is printed: the words of its page, in the order of time."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import get_locale, gettext

from enabler.doors.words import balances
from enabler.doors.words.times import full_day_words
from enabler.services.views.hours import HoursLine, HoursMonth, StatementView


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement: what it was, what the giver wrote, what there was after it."""

    what: str
    words: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Part:
    """A month: its name, what moved, its sum."""

    heading: str
    entries: tuple[Entry, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is printed, in ``language``. ``lead`` stands large at its top; ``about`` are the
    lines above that: the period, and the day of printing."""

    title: str
    place: str
    language: str
    about: tuple[str, ...]
    lead: str
    notes: tuple[str, ...]
    parts: tuple[Part, ...]

    def page_words(self, page: int, pages: str) -> str:
        """Elmford. Page 1 of 3. (``pages``: how many there are, or what stands for it.)"""
        return str(gettext("%(place)s. Page %(page)s of %(pages)s", place=self.place,
                           page=page, pages=pages))  # fmt: skip


def statement_sheet(
    shown: StatementView, place: str, chosen: tuple[int, int] | None, today: date
) -> Sheet:
    """A statement for printing. ``chosen``: the one month that it is of; None: all of it."""
    title = str(gettext("Your hours"))
    if shown.organisation:
        title = str(gettext("The hours of %(organisation)s", organisation=shown.organisation))
    notes = [balances.kept_words(shown.balance.promised)] if shown.balance.promised else []
    if not shown.months:
        notes.append(str(gettext("Nothing has moved yet. When you have helped somebody, or were"
                                 " helped, it stands here.")))  # fmt: skip
    printed = gettext("Printed on %(day)s", day=full_day_words(today))
    zone = ZoneInfo(shown.timezone)
    return Sheet(
        title=title, place=place, language=str(get_locale().language),
        about=(*_period(shown, chosen), str(printed)),
        lead=balances.have_words(shown.balance.posted), notes=tuple(notes),
        parts=tuple(_part(month, zone) for month in reversed(shown.months)),
    )  # fmt: skip


def _period(shown: StatementView, chosen: tuple[int, int] | None) -> tuple[str, ...]:
    """March 2026; From March 2025 to March 2026."""
    if chosen is not None:
        return (balances.month_words(chosen),)
    if not shown.known:
        return ()
    last, first = shown.known[0], shown.known[-1]
    if first == last:
        return (balances.month_words(first),)
    return (
        str(gettext("From %(first)s to %(last)s", first=balances.month_words(first),
                    last=balances.month_words(last))),
    )  # fmt: skip


def _part(month: HoursMonth, zone: ZoneInfo) -> Part:
    entries = tuple(
        _entry(line, numbers, zone) for line, numbers in reversed(balances.folded(month.lines))
    )
    total = balances.month_sum_words(month)
    if not entries:
        total = str(gettext("Nothing moved in this month."))
    return Part(balances.month_words((month.year, month.month)), entries, total)


def _entry(line: HoursLine, numbers: tuple[int, ...], zone: ZoneInfo) -> Entry:
    words = f"“{line.words.strip()}”" if line.words else None
    after = f"{balances.after_words(line.balance)}. {balances.number_words(numbers)}"
    return Entry(balances.line_with_day(line, zone), words, after)
