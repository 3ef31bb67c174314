"""The rules of a place in words: a key's value, its bounds, a difference, what a draft would do."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import format_decimal, gettext, ngettext

from enabler.domain.judging import Outcome, Verdict
from enabler.domain.money import pounds_of
from enabler.domain.rule_trial import Sort
from enabler.domain.ruleset_bounds import BOUNDS
from enabler.domain.ruleset_keys import KEYS, Difference, Key
from enabler.domain.ruleset_parts import Unit
from enabler.doors.words.categories import category_name
from enabler.doors.words.marking import N_, shown
from enabler.doors.words.preferences import PREFERENCES
from enabler.doors.words.risk_rules import rule_at_words
from enabler.doors.words.rule_keys import (
    CODES,
    FACTORS,
    HOLDS,
    LABELS,
    MEANS,
    OF_SIGNALS,
    PARTS,
)
from enabler.doors.words.signals import signal_name
from enabler.doors.words.states import credential_name
from enabler.doors.words.steps import held_for_staff
from enabler.doors.words.times import clock_words, full_day_words, length_words

SENTENCES: dict[str, str] = {
    "ruleset_key_unknown": N_("The rules do not know this. Choose from the list."),
    "ruleset_value_wrong": N_("This cannot be so. Check it."),
    "rules_area_malformed": N_(
        "We cannot read this as an area. Paste a polygon as GeoJSON, with longitude first."
    ),
    "rules_area_missing": N_("Paste the area as GeoJSON."),
    "rules_area_outside": N_("The area must lie inside this place."),
    "rules_area_without_homes": N_("Nobody lives in this area. Make it larger."),
    "rules_draft_ended": N_("This has been decided, or its time has run out."),
    "rules_draft_fixed": N_("This has been proposed and cannot be changed any more."),
    "rules_draft_unknown": N_("We cannot find this draft. Look at the list of rules."),
    "rules_ending_over": N_("This has been decided, or its time has run out."),
    "rules_ending_unknown": N_("We cannot find this proposal. Look at the list of rules."),
    "rules_ending_waits": N_("A colleague has already proposed that these rules end."),
    "rules_from_past": N_("This moment is past. Choose one that is to come."),
    "rules_not_to_end": N_(
        "These rules cannot end by themselves: they are over, or the whole place goes by them until"
        " others take their place. Draft other rules instead."
    ),
    "rules_of_another": N_("Only the person who proposed this can take it back."),
    "rules_over_already": N_("These rules would end before they begin. Draft them anew."),
    "rules_say_the_same": N_("These rules say the same as those in force. Change something first."),
    "rules_until_before_from": N_("The end must come after the beginning."),
    "rules_version_unknown": N_("We cannot find these rules. Look at the list of rules."),
    "rules_wards_missing": N_("Choose one or more wards."),
    "rules_waves_count": N_("Type 1 to %(most)d numbers, for example 3, 5, 8."),
    "rules_numbers_malformed": N_("Type whole numbers with commas, for example 3, 5, 8."),
    "rules_words_malformed": N_("Type words of 3 to %(most)d letters, with commas between them."),
    "rules_metres_malformed": N_("Type kilometres, for example 3 or 0.75."),
    "rules_new_rule_asks_nothing": N_("Say what the new rule asks: a check, or something to do."),
    "rules_number_missing": N_("Type a number here."),
    "rules_time_missing": N_("Type a time of day, for example 8pm."),
    "rules_length_missing": N_("Type how long, in hours and minutes."),
    "rules_money_missing": N_("Type how much, in pounds."),
    "rules_length_malformed": N_("Type whole hours, and minutes from 0 to 59."),
    "rules_out_of_bounds": N_("Choose something from %(least)s to %(largest)s."),
}
STATES: dict[str, str] = {
    "draft": N_("Draft"),
    "proposed": N_("Waits for a second person"),
    "approved": N_("Approved"),
    "rejected": N_("Rejected"),
    "withdrawn": N_("Given up"),
    "lapsed": N_("Nobody answered in time"),
}
UNSAID: dict[str, str] = {
    "category_credentials": N_("nothing more than everywhere"),
    "category_minutes": N_("as is usual"),
    "category_earns": N_("Hours move"),
    "preferences": N_("nobody"),
    "weights": N_("as is usual"),
}
"""What it means that a key of many says nothing."""


def part_words(part: str) -> str:
    """What a part of the rules is called."""
    return shown(PARTS, part)


def label_words(key: str) -> str:
    """What a key is called; of a factor, which one."""
    name, _, of = key.partition(".")
    if of and KEYS[name].unit is Unit.BY_FACTOR:
        return shown(FACTORS, of)
    if of and KEYS[name].unit is Unit.BY_THING:
        return shown(HOLDS, of)
    return shown(LABELS, name)


def means_words(key: str) -> str:
    """What a key means, and the least and the most that it can be."""
    said = shown(MEANS, key) if key in MEANS else ""
    return " ".join(part for part in (said, bounds_words(key)) if part)


def bounds_words(key: str) -> str:
    """From 1 hour to 7 days; nothing for what has no bounds, or is a time of day."""
    if key not in BOUNDS or KEYS[key].unit is Unit.CLOCK:
        return ""
    least, largest = bounds_of(key)
    return str(gettext("From %(least)s to %(largest)s.", least=least, largest=largest))


def bounds_of(key: str) -> tuple[str, str]:
    """The least and the most that a key can be."""
    least, largest = BOUNDS[key]
    return _one(KEYS[key], least), _one(KEYS[key], largest)


def value_words(key: str, value: Any) -> str:
    """What a key says, in people's terms: 8pm, 3 km, 50%, 2 hours 30 minutes."""
    found, name = KEYS[key], key
    if value is None or value in ((), [], {}):
        return shown(UNSAID, name) if name in UNSAID else str(gettext("nothing"))
    if found.unit in (Unit.YES, Unit.KINDS, Unit.RULES):
        return str(gettext("yes") if value else gettext("no"))
    if found.unit in (Unit.NUMBERS, Unit.WORDS, Unit.CODES, Unit.BY_THING):
        return _listed(found, value)
    if found.unit is Unit.CODE:
        return shown(CODES, f"{name}.{value}")
    if found.unit is Unit.BY_KIND:
        return _of_kind(name, value)
    return _one(found, value)


def _listed(key: Key, value: Any) -> str:
    if key.unit in (Unit.NUMBERS, Unit.WORDS):
        return ", ".join(str(one) for one in value)
    if key.name in OF_SIGNALS:
        return "; ".join(signal_name(code) for code in value)
    return "; ".join(shown(CODES, f"{key.name}.{code}") for code in value)


def _of_kind(name: str, value: Any) -> str:
    if name == "category_credentials":
        return ", ".join(credential_name(kind) for kind in value)
    if name == "category_minutes":
        return length_words(value)
    if name == "preferences":
        return "; ".join(
            f"{shown(PREFERENCES, wish)} ({shown(CODES, f'{name}.{why}')})"
            for wish, why in sorted(value.items())
        )
    return shown(CODES, f"{name}.{value}")


_A_LONG_TIME = 3
"""So many days and more are said as days."""


def _one(key: Key, value: int) -> str:
    if key.unit is Unit.CLOCK:
        return clock_words(*divmod(value, 60))
    if key.unit is Unit.METRES:
        return str(gettext("%(number)s km", number=kilometres(value)))
    if key.unit is Unit.PERCENT:
        return f"{value}%"
    if key.unit is Unit.PENCE:
        return pounds_of(value)
    if key.unit is Unit.YEARS:
        return str(ngettext("%(num)d year", "%(num)d years", value))
    if key.unit in _MINUTES_IN:
        return _long(value * _MINUTES_IN[key.unit])
    return str(format_decimal(value))


_MINUTES_IN: dict[Unit, int] = {Unit.MINUTES: 1, Unit.HOURS: 60, Unit.DAYS: 24 * 60}
"""Minutes in one of each."""


def _long(minutes: int) -> str:
    """30 minutes, 24 hours, 7 days."""
    days, rest = divmod(minutes, 24 * 60)
    if not rest and days >= _A_LONG_TIME:
        return str(ngettext("%(num)d day", "%(num)d days", days))
    return length_words(minutes)


def kilometres(metres: int) -> str:
    """3, or 0.75: as it is typed."""
    return f"{metres / 1000:.3f}".rstrip("0").rstrip(".")


def about_words(one: Difference) -> str:
    """What a difference is about: Gardening: A person looks at it first."""
    label = label_words(one.key.name)
    if one.of is None:
        return label
    if one.key.unit is Unit.RULES:
        return rule_at_words(one.of)
    if one.key.unit is Unit.BY_THING:
        return label_words(f"{one.key.name}.{one.of}")
    of = shown(FACTORS, one.of) if one.key.unit is Unit.BY_FACTOR else category_name(one.of)
    return str(gettext("%(of)s: %(label)s", of=of, label=label))


def before_words(one: Difference) -> str:
    """What it was."""
    return value_words(one.key.name, one.before)


def after_words(one: Difference) -> str:
    """What it becomes."""
    return value_words(one.key.name, one.after)


def draft_state(state: str) -> str:
    """Where a draft stands."""
    return shown(STATES, state)


def moment_in_full(instant: datetime, zone: ZoneInfo) -> str:
    """25 October 2026, 1:30am; of an hour that comes twice, which of the two."""
    local = instant.astimezone(zone)
    words = str(gettext(
        "%(day)s, %(clock)s", day=full_day_words(local.date()),
        clock=clock_words(local.hour, local.minute),
    ))  # fmt: skip
    other = local.replace(fold=1 - local.fold)
    if other.astimezone(UTC) == local.astimezone(UTC):
        return words
    if local.fold:
        return str(gettext("%(when)s (the second time, after the clocks go back)", when=words))
    return str(gettext("%(when)s (the first time, before the clocks go back)", when=words))


def sort_words(one: Sort) -> str:
    """12 needs would be looked at first."""
    outcome = one.verdict.outcome
    if one.kind == "need":
        return str({
            Outcome.OPEN: ngettext("%(num)d need would open at once",
                                   "%(num)d needs would open at once", one.count),
            Outcome.HELD: ngettext("%(num)d need would be looked at first",
                                   "%(num)d needs would be looked at first", one.count),
            Outcome.REFUSED: ngettext("%(num)d need would be refused",
                                      "%(num)d needs would be refused", one.count),
        }[outcome])  # fmt: skip
    return str({
        Outcome.OPEN: ngettext("%(num)d offer would open at once",
                               "%(num)d offers would open at once", one.count),
        Outcome.HELD: ngettext("%(num)d offer would be looked at first",
                               "%(num)d offers would be looked at first", one.count),
        Outcome.REFUSED: ngettext("%(num)d offer would be refused",
                                  "%(num)d offers would be refused", one.count),
    }[outcome])  # fmt: skip


def verdict_why(verdict: Verdict) -> str:
    """Why it would be so; nothing for what opens."""
    if verdict.outcome is Outcome.REFUSED:
        return str(gettext("This kind of help would not be here."))
    return held_for_staff(verdict.why) if verdict.outcome is Outcome.HELD else ""


def then_words(one: Sort) -> str:
    """What happened to it then."""
    if one.was_held:
        return str(gettext("Then: looked at first."))
    return str(gettext("Then: opened at once."))


def trial_words(sorts: Iterable[Sort]) -> str:
    """What would be otherwise, in one line: 12 needs would be looked at first; 3 offers would be
    refused."""
    totals: dict[tuple[str, Outcome], int] = {}
    for one in sorts:
        if one.differs:
            key = one.kind, one.verdict.outcome
            totals[key] = totals.get(key, 0) + one.count
    lines = [
        sort_words(Sort(kind, "", Verdict(outcome), False, count, ()))
        for (kind, outcome), count in totals.items()
    ]
    return "; ".join(lines) or str(gettext("Nothing would have been otherwise"))
