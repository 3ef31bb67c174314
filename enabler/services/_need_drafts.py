"""What somebody asks for, before it is a need: whether it means something here and now."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.demands import demands, settings_of
from enabler.domain.errors import Invalid
from enabler.domain.judging import refusal_of
from enabler.domain.meeting import SAID, Circumstance, Setting
from enabler.domain.members import Member, Organisation, Where
from enabler.domain.needs import Need
from enabler.domain.recurrence import Repeat
from enabler.domain.ruleset import Ruleset
from enabler.domain.ruleset_bounds import LONGEST_REACH, SHORTEST_REACH
from enabler.domain.windows import Window
from enabler.domain.words import LONGEST_ADDRESS, checked_words, optional_words
from enabler.persistence.unit_of_work import UnitOfWork

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 1440
MOST_SLOTS = 20
MOST_WINDOWS = 14
MOST_CODES = 10
FURTHEST_AHEAD = timedelta(days=366)
_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """What a door has read. ``windows`` empty: any time. ``at_home``: where the asker lives,
    else at ``postcode`` (as typed) and ``address``. ``as_it_is``: of a need that is there already,
    where it is, and how far away a helper may live, stay as they are, unread.
    ``every``: each week instead of ``windows``.
    ``setting`` None: nobody said where it happens. ``circumstances``: what their asker says is
    so or is not so (``meeting.SAID``); what nobody said counts as so.
    ``organisation_ref``: on behalf of whom, for those who lead one; then at home is at its door."""

    category: str
    words: str
    at_home: bool = True
    postcode: str | None = None
    address: str | None = None
    windows: tuple[Window, ...] = ()
    duration_minutes: int = 30
    slots: int = 1
    languages_required: tuple[str, ...] = ()
    preferences: tuple[str, ...] = ()
    reach_metres: int | None = None
    setting: Setting | None = None
    circumstances: tuple[str, ...] = ()
    every: Repeat | None = None
    organisation_ref: str | None = None
    as_it_is: bool = False


def checked_draft(
    draft: NeedDraft, *, off: Mapping[str, bool], ruleset: Ruleset, now: datetime,
    field: str | None = None,
) -> NeedDraft:  # fmt: skip
    """The draft as it would be kept. Raises Invalid(field, code) for what cannot be meant.

    ``field`` asks about one question only; ``off`` are the place's own categories (see
    ``Rulesets.category_off``).
    """
    checks: Mapping[str, Callable[[], Any]] = {
        "category": lambda: known_category("category", draft.category, off, ruleset),
        "words": lambda: checked_words("words", draft.words),
        "address": lambda: optional_words("address", draft.address, most=LONGEST_ADDRESS),
        "windows": lambda: _windows(draft, now),
        "every": lambda: draft.every and _every(draft, draft.every, now),
        "duration_minutes": lambda: within(
            "duration_minutes", draft.duration_minutes, SHORTEST_MINUTES, LONGEST_MINUTES
        ),
        "slots": lambda: within("slots", draft.slots, 1, MOST_SLOTS),
        "languages_required": lambda: codes("languages_required", draft.languages_required),
        "preferences": lambda: _listed(draft, ruleset),
        "setting": lambda: _possible(draft),
        "circumstances": lambda: _said(draft.circumstances),
        "reach_metres": lambda: (
            draft.reach_metres
            and within("reach_metres", draft.reach_metres, SHORTEST_REACH, LONGEST_REACH)
        ),
    }
    kept = {name: check() for name, check in checks.items() if field in (None, name)}
    checked = replace(draft, **kept)
    return checked if field else replace(checked, slots=_in_pairs(checked, ruleset))


def _in_pairs(draft: NeedDraft, ruleset: Ruleset) -> int:
    """How many helpers are asked: two at least, where the place has them go in pairs."""
    weekly = {Circumstance.WEEKLY} if draft.every else set()
    asked = demands(draft.category, draft.setting, {*draft.circumstances, *weekly}, ruleset)
    return max(draft.slots, 2) if asked.pair else draft.slots


def known_category(field: str, slug: str, off: Mapping[str, bool], ruleset: Ruleset) -> str:
    """The slug, if the place has this kind of help. Raises Invalid."""
    refused = refusal_of(slug, off, ruleset)
    if refused == "category_off":
        raise Invalid(field, refused, category=slug)
    if refused is not None:
        raise Invalid(field, refused)
    return slug


def within(field: str, number: int, least: int, most: int) -> int:
    """The number, if it lies in the bounds (both in). Raises Invalid."""
    if not least <= number <= most:
        raise Invalid(field, f"{field}_out_of_range", least=least, most=most)
    return number


def codes(field: str, given: Iterable[str]) -> tuple[str, ...]:
    """Short codes (languages, preferences) without doubles, in order. Raises Invalid."""
    found = tuple(sorted(set(given)))
    if len(found) > MOST_CODES or any(_CODE.fullmatch(code) is None for code in found):
        raise Invalid(field, "code_unknown")
    return found


def _listed(draft: NeedDraft, ruleset: Ruleset) -> tuple[str, ...]:
    """Wishes that the ruleset lists for this kind of help. Raises Invalid("preferences", code)."""
    wishes = codes("preferences", draft.preferences)
    if not set(wishes) <= ruleset.preferences.get(draft.category, {}).keys():
        raise Invalid("preferences", "preference_not_here")
    return wishes


def _possible(draft: NeedDraft) -> Setting | None:
    """Where help of this kind can happen. Raises Invalid("setting", "setting_not_possible")."""
    if draft.setting is not None and draft.setting not in settings_of(draft.category):
        raise Invalid("setting", "setting_not_possible")
    return draft.setting


def _said(given: Iterable[str]) -> tuple[str, ...]:
    """What an asker can say is so or is not, once each. Raises Invalid("circumstances", code)."""
    found = tuple(sorted(set(given)))
    if not SAID.issuperset(found):
        raise Invalid("circumstances", "circumstance_unknown")
    return found


def _windows(draft: NeedDraft, now: datetime) -> tuple[Window, ...]:
    """Those that lie ahead, in order. Raises Invalid("windows", code)."""
    if len(draft.windows) > MOST_WINDOWS:
        raise Invalid("windows", "windows_too_many", most=MOST_WINDOWS)
    for window in draft.windows:
        if window.end <= now:
            raise Invalid("windows", "window_in_the_past")
        if window.start > now + FURTHEST_AHEAD:
            raise Invalid("windows", "window_too_far_ahead", days=FURTHEST_AHEAD.days)
        if Window(max(now, window.start), window.end).minutes < draft.duration_minutes:
            raise Invalid("windows", "window_too_short", minutes=draft.duration_minutes)
    return tuple(sorted(set(draft.windows)))


def _every(draft: NeedDraft, every: Repeat, now: datetime) -> Repeat:
    """The week, in order, a stretch a day. Raises Invalid("weekly" or "last_on", code)."""
    if not every.weekly:
        raise Invalid("weekly", "weekdays_missing")
    if len({one.weekday for one in every.weekly}) < len(every.weekly):
        raise Invalid("weekly", "weekday_twice")
    if any(one.end_minute - one.start_minute < draft.duration_minutes for one in every.weekly):
        raise Invalid("each_end", "window_too_short", minutes=draft.duration_minutes)
    if every.last_on > (now + FURTHEST_AHEAD).date():
        raise Invalid("last_on", "window_too_far_ahead", days=FURTHEST_AHEAD.days)
    return replace(every, weekly=tuple(sorted(every.weekly)))


def where_of(
    uow: UnitOfWork, asker: Member, draft: NeedDraft, organisation: Organisation | None = None,
    *, need: Need | None = None,
) -> Where:  # fmt: skip
    """The spot where the help is wanted; that of the ``need`` where it is to stay as it is.

    Raises Invalid("postcode" or "address", code).
    """
    if draft.as_it_is and need is not None:
        return _as_it_is(uow, need)
    if draft.at_home and organisation is not None:
        draft = replace(draft, postcode=organisation.postcode, address=organisation.address)
    elif draft.at_home:
        if asker.home_id is None:
            raise Invalid("postcode", "postcode_missing")
        home = uow.homes.where(asker.home_id)
        if not home.address:  # whoever joined by text gave a postcode alone
            raise Invalid("address", "address_missing")
        return home
    found = uow.places.locate(asker.place_id, draft.postcode or "")
    return Where(
        postcode=found.postcode.text, easting=found.point.easting, northing=found.point.northing,
        cell_id=found.cell.id, ward_id=found.ward.id, address=draft.address or "",
    )  # fmt: skip


def _as_it_is(uow: UnitOfWork, need: Need) -> Where:
    """The need's own spot; its point is the cell's, as nothing is placed by it anew."""
    postcode, address = uow.needs.exact(need.id)
    cell = need.cell
    return Where(postcode, cell.easting, cell.northing, cell.cell_id, cell.ward_id, address)


def needed_by(windows: tuple[Window, ...], ruleset: Ruleset, now: datetime) -> datetime:
    """Until when the help makes sense: the last window's end, or the ruleset's days from now."""
    if windows:
        return max(window.end for window in windows)
    return now + timedelta(days=ruleset.any_time_days)


def said_by_asker(circumstances: Iterable[str]) -> tuple[str, ...]:
    """Of a need's circumstances those that its asker said, in order."""
    return tuple(each for each in sorted(circumstances) if each in SAID)


def not_said(circumstances: Iterable[str]) -> tuple[str, ...]:
    """Of a need's circumstances those that are known without its asker."""
    return tuple(each for each in circumstances if each not in SAID)
