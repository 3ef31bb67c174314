"""What is kept about somebody, row by row, as that person reads it: no codes of the house."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale, gettext

from enabler.doors.words import (
    checks,
    consents,
    contact,
    looks,
    mandates,
    my_data,
    organisations,
    privacy,
    safeguarding,
    safety,
    settings,
    states,
    times,
)
from enabler.doors.words.categories import category_name
from enabler.doors.words.marking import N_, shown
from enabler.doors.words.preferences import preference_words
from enabler.doors.words.sentences import OTHER_SUBJECT, SUBJECTS
from enabler.services.views.complaints import MeantView
from enabler.services.views.my_data import RowView, ValueView

ROLES: dict[str, str] = {
    "resident": N_("You take part as somebody who lives here"),
    "councillor": N_("Councillor"),
    "custodian": N_("Looks after this service at the council"),
    "safeguarding-lead": N_("Looks after safety at the council"),
    "call-handler": N_("Answers the phone of the council"),
    "administrator": N_("Runs this service at the council"),
    **organisations.ROLES,
}
REACHED_BY: dict[str, str] = {"phone": N_("Mobile number"), "mail": N_("Email address")}


def _language(code: str) -> str:
    """By its name in the reader's language; a code that Babel does not know, as it is."""
    try:
        return Locale.parse(code).get_language_name(get_locale()) or code
    except (UnknownLocaleError, ValueError):
        return code


def _circumstance(code: str) -> str:
    """The question that was asked, with its answer; of what nobody was asked, what is so."""
    asked = code.removeprefix("not-")
    if asked not in safety.ASKED:
        return _of(safety.CIRCUMSTANCES)(code)
    answer = shown(safety.ANSWERS, "yes" if asked == code else "no")
    return f"{shown(safety.ASKED, asked)} {answer}"


def _of(table: Mapping[str, str]) -> Callable[[str], str]:
    """The words of a table; a code that it does not know (an old one) as it is."""
    return lambda code: shown(table, code) if code in table else code


def _clock(minutes: str) -> str:
    return times.clock_words(*divmod(int(minutes), 60))


_CODES: dict[str, Callable[[str], str]] = {
    "asks_by": settings.way_words, "news_by": settings.way_words,
    "reminders_by": settings.way_words, "bulletins_by": settings.way_words,
    "access_needs": settings.access_need, "preferences": preference_words,
    "meets": preference_words, "language": _language, "languages": _language,
    "circumstances": _circumstance, "role": _of(ROLES), "scopes": _of(mandates.SCOPES),
    "basis": _of(mandates.BASES), "attorney": _of(mandates.ATTORNEYS),
    "hears": _of(mandates.HEARS), "ended_because": _of(mandates.ENDED),
    "weekday": lambda day: times.weekday_words(int(day)), "start_minute": _clock,
    "end_minute": _clock, "quiet_from": _clock, "quiet_until": _clock,
    "kind": _of(states.CREDENTIALS), "revoked_because": checks.gone_words,
    **dict.fromkeys(
        ("value", "phone", "address", "to_value", "verified_phone", "old_value", "new_value"),
        contact.phone_words,
    ),
}  # fmt: skip
"""Columns of codes, and what these mean."""
_LINES = frozenset({"circumstances", "scopes"})
"""Their codes are sentences: each stands on a line of its own."""
_WHEN = (
    "at", "posted_at", "asked_at", "said_at", "reported_at", "recorded_at", "begun_at",
    "proposed_at", "sent_at", "queued_at", "noted_at", "invited_at", "decided_at", "created_at",
    "since", "updated_at", "opened_at",
)  # fmt: skip
_WHAT: dict[str, Callable[[str], str]] = {
    "category": category_name,
    "wording": lambda code: shown(consents.NAMES, code) if code in consents.NAMES else "",
    "template": lambda code: str(gettext(SUBJECTS.get(code, OTHER_SUBJECT))),
    "column": _of(my_data.COLUMNS),
}
"""Columns beside a row that say of what it is, wherever they stand."""
_KINDS: dict[str, Mapping[str, str]] = {
    "contact": REACHED_BY, "contact_change": REACHED_BY, "report": states.REPORT_KINDS,
    "conduct": safeguarding.CONDUCT,
}  # fmt: skip
_STATES: dict[str, Mapping[str, str]] = {
    "need": states.NEED_STATES, "offer": states.OFFER_STATES, "match": states.MATCH_STATES,
    "report": safeguarding.STANDS,
}  # fmt: skip


def row_heading(kind: str, row: RowView, zone: ZoneInfo) -> str:
    """Of what and when a row of this kind is, and where it stands, as far as it says."""
    beside = {one.column: one.value for one in row.beside if one.value is not None}
    what = [says(str(beside[name])) for name, says in _WHAT.items() if beside.get(name)]
    said = [one for one in what if one]
    for column, words in (("kind", _KINDS), ("state", _STATES)):
        code = str(beside.get(column, ""))
        if code in words.get(kind, {}):
            said.append(shown(words[kind], code))
    when = next((beside[name] for name in _WHEN if name in beside), None)
    if beside.get("ref"):
        said.insert(min(len(said), 1), str(beside["ref"]))
    return ", ".join([*said, *([value_words(when, zone)] if when is not None else [])])


def meant_words(meant: MeantView | None, zone: ZoneInfo) -> str | None:
    """What of somebody's data is to be put right, in the reader's language."""
    if meant is None:
        return None
    line = "" if meant.line is None else row_heading(meant.of, meant.line, zone)
    kind = privacy.kept_words(meant.of)
    return f"{kind} ({line})" if line else kind


def seen_words(row: RowView) -> str | None:
    """Of a sight: what was seen, and why; None of anything else."""
    beside = {one.column: str(one.value) for one in row.beside}
    if "what" not in beside or "why" not in beside:
        return None
    seen = looks.what_was_seen(beside["what"].split(","))
    return f"{seen}, {looks.why_looked(beside['why'])}"


def said_words(row: RowView, value: ValueView, zone: ZoneInfo) -> str:
    """A value of a row as it can be read: a code by what it means."""
    if value.column == "meant" and isinstance(value.value, dict):
        return meant_words(MeantView.unpacked(value.value), zone) or ""
    meaning = _CODES.get(_column(row, value))
    if meaning is None or value.value is None:
        return value_words(value.value, zone)
    codes = value.value if isinstance(value.value, list) else [value.value]
    meant = [meaning(str(code)) for code in codes]
    return "\n".join(meant) if value.column in _LINES and meant else value_words(meant, zone)


def _column(row: RowView, value: ValueView) -> str:
    """What it is a value of: what was changed, where the row tells of a change."""
    if value.column not in {"old", "new"}:
        return value.column
    return next((str(one.value) for one in row.beside if one.column == "column"), value.column)


def value_words(value: object, zone: ZoneInfo) -> str:
    """A value as it is kept, so that it can be read."""
    match value:
        case None:
            return str(gettext("Nothing"))
        case bool():
            return str(gettext("Yes") if value else gettext("No"))
        case datetime():
            local = value.astimezone(zone)
            clock = times.clock_words(local.hour, local.minute)
            return f"{times.full_day_words(local.date())}, {clock}"
        case date():
            return times.full_day_words(value)
        case dict():
            return ", ".join(f"{key}: {value_words(one, zone)}" for key, one in value.items())
        case list() | tuple():
            return ", ".join(value_words(one, zone) for one in value) or str(gettext("Nothing"))
    return str(value)
