"""What somebody has said so far of a need or an offer, said back to them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext

from enabler.domain.segments import GSM, measure, without_marks
from enabler.domain.windows import Window
from enabler.doors.words.distance import within_words
from enabler.doors.words.filling import Room, moment_short, shortened, window_short
from enabler.doors.words.marking import shown
from enabler.doors.words.questions import OTHER, WAYS


def drafted(
    facts: Mapping[str, Any], about: Mapping[str, Any], room: Room, zone: ZoneInfo
) -> dict[str, Any]:  # fmt: skip
    """The gaps of a draft's questions; none where it is no draft."""
    if "words" not in facts:
        return {}
    found: dict[str, Any] = {
        "when": _when(facts, zone), "postcode": facts.get("postcode") or "",
        "landmark_name": quoted(str(facts.get("landmark_name") or ""), room.name),
    }  # fmt: skip
    found["where"] = _where(facts, found["landmark_name"], room)
    if facts.get("category", "other") == "other":
        beginning = quoted(str(facts["words"]), room.name)
        found["category"] = f'"{beginning}"' if beginning else gettext(OTHER)
    metres = about.get("usual_reach")
    return found | ({"distance": within_words(metres)} if metres else {})


def _where(facts: Mapping[str, Any], landmark: str, room: Room) -> str:
    """Where it is: to the door, where that was said; and how they meet, where nobody is asked."""
    door = quoted(str(facts.get("address") or ""), room.name)
    if facts.get("landmark"):
        where = _near(facts, landmark, door, room)
    elif facts.get("postcode"):
        spot = ", ".join(filter(None, (door, str(facts["postcode"]))))
        where = gettext("at %(postcode)s", postcode=spot)
    else:
        where = gettext("at %(postcode)s", postcode=door) if door else gettext("at your home")
    if facts.get("way") in WAYS:
        return f"{where}, {shown(WAYS, str(facts['way']))}"
    return str(where)


def _near(facts: Mapping[str, Any], landmark: str, door: str, room: Room) -> str:
    """Beside a landmark; where room is short and more is asked, without how near."""
    if door:
        return str(gettext("near %(landmark)s: %(door)s", landmark=landmark, door=door))
    if facts.get("doorless") and not room.distance:
        return str(gettext("near %(landmark)s", landmark=shortened(landmark, room.beside)))
    return str(
        gettext("near %(landmark)s (within %(distance)s)", landmark=landmark,
                distance=within_words(int(facts["landmark_metres"])))
    )  # fmt: skip


def places_named(facts: Mapping[str, Any], room: Room) -> dict[str, str]:
    """What stands for each place that is put to choice: its ward, where all have one name."""
    places = facts.get("places") or ()
    names = [str(name) for _, name, *_ in places]
    alike, longest = len(set(names)) == 1, room.beside
    return {
        f"at:{number}": quoted(str(ward), longest) if alike
        else f"{quoted(str(name), longest)}, {quoted(str(ward), longest)}"
        if names.count(name) > 1 else quoted(str(name), longest)
        for number, name, ward, *_ in places
    }  # fmt: skip


def _when(facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    start, end = (moment_told(facts.get(name)) for name in ("start", "end"))
    if start and end:
        return window_short(Window(start, end), zone)
    if end:
        return str(gettext("by %(moment)s", moment=moment_short(end, zone)))
    return moment_short(start, zone) or str(gettext("any time"))


def moment_told(told: Any) -> datetime | None:
    """A moment as it is kept with a question; None where it is none."""
    try:
        return datetime.fromisoformat(str(told)) if told else None
    except ValueError:
        return None


def quoted(words: str, longest: int) -> str:
    """The beginning of what somebody wrote, in letters that make no text longer."""
    plain = "".join(each for each in without_marks(words) if measure(each).encoding == GSM)
    return shortened(" ".join(plain.split()), longest)
