"""A message in words: its template's sentence, with values made readable in a place's zone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import format_date, get_locale, gettext

from enabler.domain.segments import measure, most_segments, without_marks
from enabler.domain.vocabulary import Channel
from enabler.domain.windows import Window
from enabler.doors.words.categories import category_name
from enabler.doors.words.consents import consent_name
from enabler.doors.words.contact import phone_words
from enabler.doors.words.distance import within_words
from enabler.doors.words.mandates import deed_words
from enabler.doors.words.marking import shown
from enabler.doors.words.prompts import answers_words
from enabler.doors.words.sentences import OTHER_SUBJECT, SUBJECTS, TEXTS, WHY_YOU
from enabler.doors.words.states import credential_name
from enabler.doors.words.times import clock_words, length_words
from enabler.doors.words.waiting_letters import kinds_words, people_words
from enabler.services.ports import Rendered


@dataclass(frozen=True, slots=True)
class Room:
    """How much a text may say: the longest name and second name in it, and what is left out
    first where it does not fit."""

    name: int = 40
    beside: int = 24
    distance: bool = True
    why: bool = True


ROOMS = (Room(), Room(24, 16), Room(24, 16, distance=False), Room(16, 10, False, False))
"""The next is taken where the one before takes more segments than a text may. The reason comes
last: each ask says why you."""


def message_words(template: str, values: Mapping[str, Any], base_url: str) -> Rendered:
    """The message in the language of the moment, a text within its segments.

    Raises KeyError for a template without words.
    """
    stop = values.get("stop_path")
    return Rendered(
        body=_body(template, values, base_url),
        subject=str(gettext(SUBJECTS.get(template, OTHER_SUBJECT))),
        sender_name=values["place"], stop_link=base_url.rstrip("/") + stop if stop else None,
    )  # fmt: skip


def _body(template: str, values: Mapping[str, Any], base_url: str) -> str:
    most = most_segments(str(get_locale() or "en"))
    for room in ROOMS:
        words = str(gettext(TEXTS[template], **_words_for(values, base_url, room)))
        answers = answers_words(values.get("answers"))
        body = " ".join([*words.split(), *answers.split()])
        if values.get("channel") is Channel.MAIL or measure(body).segments <= most:
            return body
    return without_marks(body)


def _words_for(values: Mapping[str, Any], base_url: str, room: Room) -> dict[str, str]:
    zone = ZoneInfo(values["timezone"])
    words = {
        "place": values["place"],
        "link": base_url.rstrip("/") + values.get("path", "/"),
        "category": _category(values),
        "when": _when(values, zone),
        "distance": _distance(values.get("within_metres") if room.distance else None),
        "why": _why((values.get("reasons") or ()) if room.why else ()),
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
        longest = 3 * ROOMS[0].name if name == "address" else room.name
        words[name] = words.get(name) or _short(str(values.get(name) or ""), longest)
    if values.get("through"):
        words["name"] = _through(words["name"], _short(str(values["through"]), room.beside))
    for name in ("answer_by", "next_at", "needed_by", "until"):
        words[name] = _moment(values.get(name), zone, clock_only=name == "until")
    return words


def _through(name: str, helper: str) -> str:
    """The asker, and the supporter who acts for them."""
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


def _short(value: str, longest: int) -> str:
    return value if len(value) <= longest else value[: longest - 3].rstrip() + "..."
