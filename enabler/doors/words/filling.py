"""What stands in the gaps of a sentence: values made readable in a place's zone, in the language
of the moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import format_date, gettext

from enabler.domain.windows import Window
from enabler.doors.words.categories import category_name
from enabler.doors.words.consents import consent_name
from enabler.doors.words.contact import phone_words
from enabler.doors.words.distance import within_words
from enabler.doors.words.mandates import deed_words, scopes_by_text
from enabler.doors.words.marking import shown
from enabler.doors.words.sentences import FIRST_MEETINGS, WHY_YOU
from enabler.doors.words.states import credential_name
from enabler.doors.words.times import clock_words, length_words
from enabler.doors.words.waiting_letters import kinds_words, people_words


@dataclass(frozen=True, slots=True)
class Room:
    """How much a text may say: the longest name and second name in it, and what is left out
    first where it does not fit: how a thing is said in words that are not ``plain`` any more, then
    a question that is not ``whole``."""

    name: int = 40
    beside: int = 24
    distance: bool = True
    why: bool = True
    plain: bool = True
    whole: bool = True


ROOMS = (
    Room(), Room(24, 16, plain=False), Room(24, 16, distance=False, plain=False),
    Room(16, 10, False, False, False, False),
)  # fmt: skip
"""The next is taken where the one before takes more segments than a text may. The reason comes
last: each ask says why you."""


def words_for(values: Mapping[str, Any], base_url: str, room: Room) -> dict[str, str]:
    """Every value that a sentence may name, as words; empty where there is none."""
    zone = ZoneInfo(values["timezone"])
    words = {
        "place": values["place"],
        "link": base_url.rstrip("/") + values.get("path", "/"),
        "category": _category(values),
        "when": _when(values, zone),
        "distance": _distance(values.get("within_metres") if room.distance else None),
        "why": _why((values.get("reasons") or ()) if room.why else ()),
        "meet": _meet(values.get("meet")),
        "ring": _ring(values.get("duty_line")),
        "found": _found(values),
        "checks": _checks(values.get("checks") or ()),
        "councillor": _councillor(values),
        "people": people_words(values.get("people") or 0),
        "kinds": kinds_words(values.get("kinds") or ()),
        "minutes": length_words(values.get("minutes") or 0),
    }
    words["deed"] = deed_words(values.get("word"))
    words["check"] = credential_name(values["check"]) if values.get("check") else ""
    words["day"] = day_short(values["day"]) if values.get("day") else ""
    words["about"] = consent_name(values["consent"]) if values.get("consent") else ""
    words["version"] = str(values.get("version") or "")
    words |= _of_supporters(values)
    words["digest"] = str(values.get("word") or "")[:12]
    if not values.get("name"):  # somebody who is hidden
        words["name"] = str(gettext("Somebody"))
    for name in ("code", "ward", "name", "address", "postcode", "organisation"):
        longest = 3 * ROOMS[0].name if name == "address" else room.name
        words[name] = words.get(name) or shortened(str(values.get(name) or ""), longest)
    if values.get("through"):
        words["name"] = _through(words["name"], shortened(str(values["through"]), room.beside))
    for name in ("answer_by", "next_at", "needed_by", "until"):
        words[name] = moment_short(values.get(name), zone, clock_only=name == "until")
    return words


def _of_supporters(values: Mapping[str, Any]) -> dict[str, str]:
    """In what and for how long somebody acts, the end of their number, and how it is ended."""
    ends, code = str(values.get("ends") or ""), str(values.get("end_code") or "")
    who = " " + str(gettext("To see who by text: SUPPORTERS."))
    return {
        "scopes": scopes_by_text(values.get("scopes") or ()),
        "lasts": str(values.get("days") or ""), "number_end": ends, "end_code": code,
        "ends": " " + str(gettext("(number ends %(digits)s)", digits=ends)) if ends else "",
        "end_by_text": " " + str(gettext("To end it by text: DROP %(code)s.", code=code))
        if code else "",
        "by_text": who if values.get("by_text") else "",
    }  # fmt: skip


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


def _checks(kinds: Sequence[str]) -> str:
    """What the council has to see before a giver is asked, and how they show it."""
    if not kinds:
        return ""
    seen = ", ".join(credential_name(each) for each in kinds)
    words = gettext(
        "Before we ask you, the council has to see: %(checks)s. To show it, text CALL ME.",
        checks=seen,
    )  # fmt: skip
    return f" {words}"


def _category(values: Mapping[str, Any]) -> str:
    """The kind of help, by the place's own name where it has one."""
    own = values.get("category_name")
    slug = values.get("category")
    return str(own) if own else category_name(slug) if slug else ""


def _when(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    if values.get("visit_start"):
        return window_short(Window(values["visit_start"], values["visit_end"]), zone)
    windows = values.get("windows") or ()
    if not windows:
        return str(gettext("any time"))
    first = window_short(windows[0], zone)
    return first if len(windows) == 1 else str(gettext("%(first)s or later", first=first))


def window_short(window: Window, zone: ZoneInfo) -> str:
    """Fri 4 Dec 10am to 11am; with both days where it is longer."""
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    if start.date() == end.date():
        return str(
            gettext("%(day)s %(start)s to %(end)s", day=day_short(start.date()),
                    start=clock_words(start.hour, start.minute),
                    end=clock_words(end.hour, end.minute))
        )  # fmt: skip
    return str(
        gettext("%(start)s to %(end)s", start=moment_short(window.start, zone),
                end=moment_short(window.end, zone))
    )  # fmt: skip


def moment_short(moment: datetime | None, zone: ZoneInfo, *, clock_only: bool = False) -> str:
    """Fri 4 Dec 10am; nothing where there is none."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    clock = clock_words(local.hour, local.minute)
    return clock if clock_only else f"{day_short(local.date())} {clock}"


def day_short(day: date) -> str:
    """Fri 4 Dec."""
    return str(format_date(day, "EEE d MMM", rebase=False))


def _distance(within_metres: int | None) -> str:
    if within_metres is None:
        return ""
    return " " + str(gettext("Within %(distance)s of you.", distance=within_words(within_metres)))


def _why(factors: Sequence[str]) -> str:
    """The first factor that may be told, as a sentence of its own."""
    return next((" " + shown(WHY_YOU, factor) for factor in factors if factor in WHY_YOU), "")


def _meet(where: str | None) -> str:
    """Where the two meet, while the helper is new."""
    return f" {shown(FIRST_MEETINGS, where)}" if where else ""


def _ring(duty_line: str | None) -> str:
    if not duty_line:
        return ""
    return " " + str(gettext("Or ring %(number)s.", number=phone_words(duty_line)))


def shortened(value: str, longest: int) -> str:
    """The beginning of what is longer."""
    return value if len(value) <= longest else value[: longest - 3].rstrip() + "..."
