"""Hours in words: a balance, a movement, who stands on the other side."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import get_locale, gettext, ngettext

from enabler.doors.words.categories import category_name
from enabler.doors.words.marking import N_, shown
from enabler.doors.words.times import day_words, length_words
from enabler.services.views.hours import (
    BalanceView,
    HoursLine,
    HoursMonth,
    OtherSide,
    OwedView,
    PromiseView,
    YearView,
)

NUDGES: dict[str, str] = {
    "give-a-little": N_(
        "You have had a good deal of help. That is what it is for. If you like, offer something"
        " small: a phone chat, or a letter read out."
    ),
    "at-the-floor": N_(
        "You have used all the hours that you can have before you give some. You can still ask for"
        " help: the community's pot can step in. If you like, offer something small."
    ),
    "spend-or-give": N_(
        "You have given a great deal. Thank you. Let somebody do something for you, or give some"
        " hours to others."
    ),
}
SIDES: dict[str, str] = {
    "member": N_("a neighbour"),
    "community": N_("the community pot"),
    "left": N_("somebody who has left"),
    "issue": N_("the council"),
}
SPREADS = (
    (400, N_("Many people give, and about as much as each other.")),
    (700, N_("Many people give, and some give much more than others.")),
    (1000, N_("A few people give most of the hours. More helpers are welcome.")),
)
LINES: dict[str, str] = {
    "help_in": N_("%(other)s gave you %(length)s for your help"),
    "help_shared_in": N_("You were given %(length)s for helping %(other)s"),
    "help_out": N_("You gave %(length)s to %(other)s for help"),
    "give_in": N_("%(other)s gave you %(length)s"),
    "give_out": N_("You gave %(length)s to %(other)s"),
    "event_in": N_("%(other)s gave you %(length)s for helping together with others"),
    "event_shared_in": N_("You were given %(length)s for helping %(other)s, together with others"),
    "event_out": N_("You gave %(length)s to %(other)s for helping together with others"),
    "event_words_in": N_("%(other)s gave you %(length)s for “%(what)s”"),
    "event_words_shared_in": N_("You were given %(length)s for “%(what)s”"),
    "event_words_out": N_("You gave %(length)s to %(other)s for “%(what)s”"),
    "grant_in": N_("%(other)s gave you %(length)s to begin with"),
    "grant_out": N_("You gave %(length)s to %(other)s to begin with"),
    "lend_in": N_("%(other)s lent you %(length)s"),
    "lend_out": N_("You lent %(length)s to %(other)s"),
    "repay_in": N_("%(other)s paid back %(length)s"),
    "repay_out": N_("You paid back %(length)s to %(other)s"),
    "cover_in": N_("%(other)s gave you %(length)s, because something was undone"),
    "cover_out": N_("You gave %(length)s to %(other)s, because something was undone"),
    "sweep_in": N_("%(length)s came to you from %(other)s, whose account was closed"),
    "sweep_out": N_("%(length)s went to %(other)s, because this account was closed"),
    "balance_in": N_("%(other)s gave %(length)s, because this account was closed"),
    "balance_out": N_("You gave %(length)s to %(other)s, whose account was closed"),
    "border_in": N_("%(length)s came to you from %(other)s"),
    "border_out": N_("%(length)s went to %(other)s"),
    "reversal_in": N_("%(length)s came back to you from %(other)s: something was undone"),
    "reversal_out": N_("%(length)s went back to %(other)s: something was undone"),
    "replay_in": N_("%(length)s came to you from %(other)s"),
    "replay_out": N_("%(length)s went to %(other)s"),
}
"""What a movement was, by its code (``timebank.statements.LINE_CODES``)."""


def side_words(side: OtherSide) -> str:
    """Who it is: a name where the reader may have it."""
    if side.kind == "ward":
        return str(gettext("the pot of %(ward)s", ward=side.name))
    return side.name or shown(SIDES, side.kind)


def line_words(line: HoursLine) -> str:
    """You gave 1 hour 30 minutes to Ben."""
    code = line.code.replace("event_", "event_words_") if line.event_words else line.code
    words = shown(LINES, code) % {
        "other": side_words(line.other), "length": length_words(abs(line.minutes)),
        "what": line.event_words,
    }  # fmt: skip
    return words[:1].upper() + words[1:]


def line_with_day(line: HoursLine, zone: ZoneInfo) -> str:
    """The same with its day: You gave 1 hour 30 minutes to Ben on Tuesday 24 November. Of help,
    the day on which it was done, and what it was: …: gardening."""
    done = line.help
    at = line.at if done is None or done.at is None else done.at
    day = day_words(line.on_day or at.astimezone(zone).date())
    if done is None:
        return str(gettext("%(what)s on %(day)s", what=line_words(line), day=day))
    kind = category_name(done.category)
    return str(gettext("%(what)s on %(day)s: %(kind)s", what=line_words(line), day=day,
                       kind=kind[:1].lower() + kind[1:]))  # fmt: skip


def line_of_help(line: HoursLine, zone: ZoneInfo) -> str:
    """A movement beside its own day: what the help was and when is said, but no second day."""
    return line_words(line) if line.help is None else line_with_day(line, zone)


def have_words(minutes: int) -> str:
    """You have 2 hours."""
    if minutes < 0:
        had = length_words(-minutes)
        return str(gettext("You have had %(length)s more than you gave", length=had))
    if minutes == 0:
        return str(gettext("You stand at zero hours"))
    return str(gettext("You have %(length)s", length=length_words(minutes)))


def kept_words(minutes: int) -> str:
    """Promised to others already: 1 hour."""
    return str(gettext("Promised to others already: %(length)s.", length=length_words(minutes)))


def after_words(minutes: int) -> str:
    """After that: 2 hours."""
    return str(gettext("After that: %(balance)s", balance=balance_words(minutes)))


def number_words(numbers: Sequence[int]) -> str:
    """Number 1204; Numbers 1204, 1205: by which the council finds a movement."""
    if len(numbers) == 1:
        return str(gettext("Number %(number)s", number=numbers[0]))
    told = ", ".join(str(each) for each in sorted(numbers))
    return str(gettext("Numbers %(numbers)s", numbers=told))


def by_pot_words(minutes: int) -> str:
    """What a pot paid beside somebody's own hours."""
    return str(gettext("A pot of your neighbours gave %(length)s more. That is what it is for.",
                       length=length_words(minutes)))  # fmt: skip


def month_sum_words(month: HoursMonth) -> str:
    """In this month 1 hour came to you and 30 minutes went to others."""
    came, went = length_words(month.came), length_words(month.went)
    if not month.went:
        return str(gettext("In this month %(came)s came to you.", came=came))
    if not month.came:
        return str(gettext("In this month %(went)s went to others.", went=went))
    return str(gettext("In this month %(came)s came to you and %(went)s went to others.",
                       came=came, went=went))  # fmt: skip


def when_to_give_words(balance: BalanceView, organisation: str | None = None) -> str:
    """From when on somebody, or an organisation, who has nothing to give away can give some."""
    if balance.left:
        return str(gettext("You have left the time bank."))
    if organisation:
        return str(gettext("%(organisation)s can give hours once it has some that are not kept for"
                           " agreed help.", organisation=organisation))  # fmt: skip
    if balance.posted > 0:
        return str(gettext("All your hours are kept for help that has been agreed. You can give"
                           " hours away once you have more than that."))  # fmt: skip
    if balance.posted < 0:
        short = length_words(-balance.posted)
        return str(gettext("You can give hours away once you have helped for more than %(length)s."
                           " Until then they are for help that you need.",
                           length=short))  # fmt: skip
    return str(gettext("You have no hours to give away yet. You can give some once you have helped"
                       " somebody."))  # fmt: skip


def owed_words(owed: OwedView, zone: ZoneInfo, today: date) -> str:
    """1 hour for shopping on Tuesday 10 March. A person at the council looks at it by Friday."""
    at = owed.help.at if owed.help else None
    day = owed.on_day or (at.astimezone(zone).date() if at else None)
    if owed.event_words:
        what = f"“{owed.event_words}”"
    else:
        kind = category_name(owed.category)
        what = kind[:1].lower() + kind[1:]
    length, by = length_words(owed.minutes), owed.look_by.astimezone(zone).date()
    said = gettext("%(length)s for %(what)s.", length=length, what=what)
    if day is not None:
        said = gettext("%(length)s for %(what)s on %(day)s.", length=length, what=what,
                       day=day_words(day))  # fmt: skip
    next_ = gettext("A person at the council looks at it by %(when)s.", when=day_words(by))
    if by < today:
        next_ = gettext("It takes longer than it should. We have reminded the council.")
    return f"{said} {next_}"


def balance_words(minutes: int) -> str:
    """2 hours 30 minutes; 1 hour less than nothing."""
    if minutes < 0:
        return str(gettext("%(length)s below zero", length=length_words(-minutes)))
    return length_words(minutes) if minutes else str(gettext("no hours"))


def nudge_words(nudge: str) -> str:
    """A friendly word."""
    return shown(NUDGES, nudge)


def promise_words(promise: PromiseView, people: int) -> str:
    """1 hour to Ben; 2 hours from Elm Pantry; 24 hours to 12 people."""
    length, out = length_words(abs(promise.minutes)), promise.minutes < 0
    if people > 1:
        said = (
            ngettext("%(length)s to %(num)d person", "%(length)s to %(num)d people", people,
                     length=length)
            if out else
            ngettext("%(length)s from %(num)d person", "%(length)s from %(num)d people", people,
                     length=length)
        )  # fmt: skip
        return str(said)
    other = side_words(promise.other)
    if out:
        return str(gettext("%(length)s to %(other)s", length=length, other=other))
    return str(gettext("%(length)s from %(other)s", length=length, other=other))


def promised_together(promises: Iterable[PromiseView]) -> list[tuple[PromiseView, int]]:
    """Promises, those of one afternoon as one, each with of how many people it is."""
    found: dict[tuple[str, bool], tuple[PromiseView, int]] = {}
    for nth, promise in enumerate(promises):
        of = (promise.event or f"alone {nth}", promise.minutes < 0)
        first, people = found.get(of, (replace(promise, minutes=0), 0))
        found[of] = (replace(first, minutes=first.minutes + promise.minutes), people + 1)
    return list(found.values())


def month_words(month: tuple[int, int]) -> str:
    """November 2026, of (2026, 11)."""
    return str(format_date(date(*month, 1), "LLLL y", locale=get_locale()))


def month_letters(month: tuple[int, int]) -> str:
    """N, of (2026, 11): under a bar, where a phone has room for no more."""
    return str(format_date(date(*month, 1), "LLLLL", locale=get_locale()))


def year_columns(year: YearView) -> list[tuple[str, int, int]]:
    """The twelve columns of a year's picture: the month, what came, what went."""
    months = enumerate(zip(year.came, year.went, strict=True), start=1)
    return [(month_letters((year.year, month)), *both) for month, both in months]


def market_columns(months: tuple[tuple[tuple[int, int], int | None], ...]) -> list[Any]:
    """The columns of a place's picture: the month, what was given (nothing where it is hidden)."""
    return [(month_letters(month), minutes or 0, 0) for month, minutes in months]


def spread_words(gini: int) -> str:
    """How concentrated giving is, of thousandths."""
    for most, words in SPREADS:
        if gini <= most:
            return str(gettext(words))
    return str(gettext(SPREADS[-1][1]))


def turnover_words(thousandths: int) -> str:
    """How often hours moved on, in words."""
    times = round(thousandths / 1000)
    if times < 1:
        return str(gettext("Many hours have not been passed on yet."))
    return str(ngettext("Each hour was passed on about %(num)d time.",
                        "Each hour was passed on about %(num)d times.", times))  # fmt: skip
