"""A message in words: its template's sentence, with values made readable in a place's zone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import format_date, gettext

from enabler.domain.windows import Window
from enabler.doors.words.categories import category_name
from enabler.doors.words.consents import consent_name
from enabler.doors.words.contact import phone_words
from enabler.doors.words.distance import within_words
from enabler.doors.words.mandates import deed_words
from enabler.doors.words.marking import shown
from enabler.doors.words.sentences import OTHER_SUBJECT, SUBJECTS, TEXTS, WHY_YOU
from enabler.doors.words.states import credential_name
from enabler.doors.words.times import clock_words, length_words
from enabler.doors.words.waiting_letters import kinds_words, people_words
from enabler.services.ports import Rendered

LONGEST_NAME = 40
LONGEST_BESIDE = 24
"""A second name in a text, so that both and the rest fit two segments."""


def message_words(template: str, values: Mapping[str, Any], base_url: str) -> Rendered:
    """The message in the language of the moment. Raises KeyError for a template without words."""
    words = str(gettext(TEXTS[template], **_words_for(values, base_url)))
    stop = values.get("stop_path")
    return Rendered(
        body=" ".join(words.split()), subject=str(gettext(SUBJECTS.get(template, OTHER_SUBJECT))),
        sender_name=values["place"], stop_link=base_url.rstrip("/") + stop if stop else None,
    )  # fmt: skip


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
        "found": _found(values),
        "councillor": _councillor(values),
        "people": people_words(values.get("people") or 0),
        "kinds": kinds_words(values.get("kinds") or ()),
        "minutes": length_words(values.get("minutes") or 0),
    }
    words["deed"] = deed_words(values.get("word"))
    words["check"] = credential_name(values["check"]) if values.get("check") else ""
    words["day"] = _day(values["day"]) if values.get("day") else ""
    words["about"] = consent_name(values["consent"]) if values.get("consent") else ""
    words["version"] = str(values.get("version") or "")
    words["digest"] = str(values.get("word") or "")[:12]
    if not values.get("name"):  # somebody who is hidden
        words["name"] = str(gettext("Somebody"))
    for name in ("code", "ward", "name", "address", "postcode", "organisation"):
        words[name] = words.get(name) or _short(str(values.get(name) or ""), name)
    if values.get("through"):
        words["name"] = _through(words["name"], str(values["through"]))
    for name in ("answer_by", "next_at", "needed_by", "until"):
        words[name] = _moment(values.get(name), zone, clock_only=name == "until")
    return words


def _through(name: str, helper: str) -> str:
    """The asker, and the supporter who acts for them."""
    helper = _short(helper, "through")
    return str(gettext("%(name)s (through %(helper)s)", name=name, helper=helper))


def _found(values: Mapping[str, Any]) -> str:
    """How many helpers there are, where several are wanted."""
    if values.get("slots", 1) < 2:
        return ""
    filled, slots = values["slots_filled"], values["slots"]
    words = gettext("%(filled)d of %(slots)d helpers found.", filled=filled, slots=slots)
    return f" {words}"


def _councillor(values: Mapping[str, Any]) -> str:
    """That somebody may let their councillor see it, where they may."""
    if not values.get("may_share"):
        return ""
    return " " + str(gettext("You may let your councillor see it there."))


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
    if not duty_line:
        return ""
    return " " + str(gettext("Or ring %(number)s.", number=phone_words(duty_line)))


def _short(value: str, name: str) -> str:
    longest = {"address": 3 * LONGEST_NAME, "through": LONGEST_BESIDE}.get(name, LONGEST_NAME)
    return value if len(value) <= longest else value[: longest - 3].rstrip() + "..."
