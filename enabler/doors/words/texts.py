"""The words of texts and short mails, by template: at most two segments in English.

None uses a word that networks take for themselves (STOP, YES, HELP and the like) as something to
answer. Names and addresses stand only where ``services.messages`` has checked who may read them.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import format_date, gettext

from enabler.domain.windows import Window
from enabler.doors.words.categories import category_name
from enabler.doors.words.distance import within_words
from enabler.doors.words.marking import N_, shown
from enabler.doors.words.times import clock_words, length_words
from enabler.services.ports import Rendered

LONGEST_NAME = 40

TEXTS: dict[str, str] = {
    "sign_in_code": N_(
        "%(code)s is your code to sign in to Enabler, %(place)s. It works once, until %(until)s."
        " Never tell it to anybody. We will never ask you for it."
    ),
    "ask": N_(
        "Can you lend a hand in %(ward)s? %(category)s, %(when)s.%(distance)s%(why)s"
        " Please answer by %(answer_by)s: %(link)s"
    ),
    "accepted_asker": N_(
        "Good news: %(name)s will help you. %(category)s, %(when)s. See what to do next: %(link)s"
    ),
    "accepted_helper": N_(
        "Thank you! You are helping %(name)s. %(category)s, %(when)s. How to meet: %(link)s"
    ),
    "filled": N_(
        "Somebody said yes before you did: %(category)s in %(ward)s. You need do nothing."
        " Thank you for being there. Enabler, %(place)s"
    ),
    "lapsed": N_(
        "The time to answer is over: %(category)s in %(ward)s. That is all right, we have asked"
        " others. Your offer stays open: %(link)s"
    ),
    "released": N_(
        "Sorry, your helper cannot come after all. %(category)s, %(when)s. We are asking others"
        " now and will text you. See how it goes: %(link)s"
    ),
    "released_helper": N_(
        "%(category)s in %(ward)s, %(when)s: they have found another way and you need not go."
        " Thank you for being there. %(link)s"
    ),
    "arranged": N_("It is agreed: %(category)s with %(name)s, %(when)s. All about it: %(link)s"),
    "done_asker": N_(
        "%(name)s tells us the job is done: %(category)s, %(minutes)s. Is that right? Please tell"
        " us, also if something went wrong: %(link)s"
    ),
    "done_helper": N_(
        "We are told that you helped: %(category)s, %(minutes)s. Is that right? Please tell us,"
        " also if something went wrong: %(link)s"
    ),
    "confirmed_helper": N_(
        "%(category)s, %(minutes)s: all done and agreed. Thank you for helping your neighbours!"
        " %(link)s"
    ),
    "disputed": N_(
        "%(category)s: the other side does not see it as you do. Somebody at %(place)s council"
        " will look at it and talk with you both. %(link)s"
    ),
    "withdrawn": N_(
        "%(category)s in %(ward)s, %(when)s: this is not needed any more. You need not go."
        " Thank you for being there. %(link)s"
    ),
    "held": N_(
        "We have it: %(category)s. Somebody at %(place)s council looks at it first, then we go"
        " on. We will text you. %(link)s"
    ),
    "approved": N_("Good news: %(category)s has been checked and is open now. %(link)s"),
    "refused": N_(
        "Sorry, we cannot go on with this: %(category)s. The reason is here: %(link)s%(ring)s"
    ),
    "no_one_yet": N_(
        "We look for somebody: %(category)s. We do not text helpers at night, so we ask from"
        " %(next_at)s and will text you. %(link)s%(ring)s In danger ring 999."
    ),
    "brokering": N_(
        "Nobody could do it so far: %(category)s. People at %(place)s council are looking for"
        " somebody now. See how it goes: %(link)s%(ring)s In danger ring 999."
    ),
    "brokering_staff": N_(
        "Somebody in %(ward)s waits for help and nobody has said yes: %(category)s, needed by"
        " %(needed_by)s. Can you find someone? %(link)s"
    ),
    "still_needed": N_(
        "The time you asked for is over and nobody could come: %(category)s. Sorry. Do you still"
        " need it? Please tell us: %(link)s%(ring)s"
    ),
    "address": N_(
        "%(category)s, %(when)s: %(name)s, %(address)s, %(postcode)s. Please keep this to"
        " yourself and delete it after your visit."
    ),
}
"""What each message says. The names in brackets are made by ``_words_for``."""

SUBJECTS: dict[str, str] = {
    "ask": N_("Can you lend a hand?"),
    "held": N_("We look at it first"),
    "refused": N_("Sorry, we cannot go on with this"),
    "brokering_staff": N_("Somebody waits for help"),
}
OTHER_SUBJECT = N_("News from Enabler")

WHY_YOU: dict[str, str] = {
    "nearness": N_("You are near."),
    "time_fit": N_("You are free then."),
    "asked_least": N_("We have not asked you much."),
    "acceptance": N_("You often say yes."),
    "reciprocity": N_("Others have helped you too."),
    "language": N_("You speak the language."),
    "rotation": N_("It is your turn."),
}
"""Why this helper is asked, by the factor of the score that gave most. Not ``helped_before``: it
would tell who is asking."""


def message_words(template: str, values: Mapping[str, Any], base_url: str) -> Rendered:
    """The message in the language of the moment. Raises KeyError for a template without words."""
    words = str(gettext(TEXTS[template], **_words_for(values, base_url)))
    return Rendered(
        body=" ".join(words.split()), subject=str(gettext(SUBJECTS.get(template, OTHER_SUBJECT)))
    )


def _words_for(values: Mapping[str, Any], base_url: str) -> dict[str, str]:
    zone = ZoneInfo(values["timezone"])
    words = {
        "place": values["place"],
        "link": base_url.rstrip("/") + values.get("path", "/"),
        "category": _category(values),
        "when": _when(values, zone),
        "distance": _distance(values.get("within_metres")),
        "why": _why(values.get("reasons") or ()),
        "ring": _ring(values.get("duty_line")),
        "minutes": length_words(values.get("minutes") or 0),
    }
    for name in ("code", "ward", "name", "address", "postcode"):
        words[name] = _short(str(values.get(name) or ""), name)
    for name in ("answer_by", "next_at", "needed_by", "until"):
        words[name] = _moment(values.get(name), zone, clock_only=name == "until")
    return words


def _category(values: Mapping[str, Any]) -> str:
    """The kind of help, by the place's own name where it has one."""
    own = values.get("category_name")
    slug = values.get("category")
    return str(own) if own else category_name(slug) if slug else ""


def _when(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    if values.get("visit_start"):
        return _window(Window(values["visit_start"], values["visit_end"]), zone)
    windows = values.get("windows") or ()
    if not windows:
        return str(gettext("any time"))
    first = _window(windows[0], zone)
    return first if len(windows) == 1 else str(gettext("%(first)s or later", first=first))


def _window(window: Window, zone: ZoneInfo) -> str:
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    if start.date() == end.date():
        return str(
            gettext("%(day)s %(start)s to %(end)s", day=_day(start.date()),
                    start=clock_words(start.hour, start.minute),
                    end=clock_words(end.hour, end.minute))
        )  # fmt: skip
    return str(
        gettext("%(start)s to %(end)s", start=_moment(window.start, zone),
                end=_moment(window.end, zone))
    )  # fmt: skip


def _moment(moment: datetime | None, zone: ZoneInfo, *, clock_only: bool = False) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    clock = clock_words(local.hour, local.minute)
    return clock if clock_only else f"{_day(local.date())} {clock}"


def _day(day: date) -> str:
    return str(format_date(day, "EEE d MMM", rebase=False))


def _distance(within_metres: int | None) -> str:
    if within_metres is None:
        return ""
    return " " + str(gettext("Within %(distance)s of you.", distance=within_words(within_metres)))


def _why(factors: Sequence[str]) -> str:
    """The first factor that may be told, as a sentence of its own."""
    return next((" " + shown(WHY_YOU, factor) for factor in factors if factor in WHY_YOU), "")


def _ring(duty_line: str | None) -> str:
    return " " + str(gettext("Or ring %(number)s.", number=duty_line)) if duty_line else ""


def _short(value: str, name: str) -> str:
    longest = LONGEST_NAME * (3 if name == "address" else 1)
    return value if len(value) <= longest else value[: longest - 3].rstrip() + "..."
