"""What somebody offers, before it is an offer: whether it means something here and now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import Invalid
from enabler.domain.offer_exceptions import OfferException
from enabler.domain.ruleset import Ruleset
from enabler.domain.ruleset_bounds import LONGEST_REACH, SHORTEST_REACH
from enabler.domain.vocabulary import ExceptionKind, Terms
from enabler.domain.windows import Weekly, Window
from enabler.domain.words import LONGEST_LINE, checked_words, optional_words
from enabler.services._need_drafts import FURTHEST_AHEAD, codes, known_category, within

MOST_CATEGORIES = 24
MOST_STRETCHES = 50
MOST_CAPACITY = 100
MOST_EXCEPTIONS = 20


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """What a door has read. ``any_time`` or ``weekly``, one of the two; ``capacity`` is the most
    matches in a week, ``capacity_per_day`` on a day (None: as the week has room);
    ``organisation_ref``: on behalf of whom, for those who lead one; ``exceptions``: when it does
    not hold though its week says so; ``words_public``: the words may stand on the page that is
    shared."""

    categories: tuple[str, ...]
    words: str
    terms: Terms = Terms.FREE
    stated_terms: str | None = None
    reach_metres: int = 3_000
    any_time: bool = False
    weekly: tuple[Weekly, ...] = ()
    away: tuple[Window, ...] = ()
    capacity: int = 1
    languages: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    organisation_ref: str | None = None
    exceptions: tuple[OfferException, ...] = ()
    words_public: bool = False
    capacity_per_day: int | None = None


def checked_draft(
    draft: OfferDraft, *, off: Mapping[str, bool], ruleset: Ruleset, now: datetime,
    field: str | None = None,
) -> OfferDraft:  # fmt: skip
    """The draft as it would be kept. Raises Invalid(field, code) for what cannot be meant.

    ``field`` asks about one question only; ``off`` are the place's own categories (see
    ``Rulesets.category_off``).
    """
    checks: Mapping[str, Callable[[], Any]] = {
        "categories": lambda: _categories(draft, off, ruleset),
        "words": lambda: checked_words("words", draft.words),
        "stated_terms": lambda: _stated_terms(draft),
        "reach_metres": lambda: within(
            "reach_metres", draft.reach_metres, SHORTEST_REACH, LONGEST_REACH
        ),
        "weekly": lambda: _weekly(draft),
        "away": lambda: _away(draft, now),
        "capacity": lambda: within("capacity", draft.capacity, 1, MOST_CAPACITY),
        "capacity_per_day": lambda: _capacity_per_day(draft),
        "languages": lambda: codes("languages", draft.languages),
        "meets": lambda: _listed(draft, ruleset),
        "exceptions": lambda: _exceptions(draft, now),
    }
    kept = {name: check() for name, check in checks.items() if field in (None, name)}
    return replace(draft, **kept)


def _categories(draft: OfferDraft, off: Mapping[str, bool], ruleset: Ruleset) -> tuple[str, ...]:
    slugs = tuple(sorted(set(draft.categories)))
    if not slugs:
        raise Invalid("categories", "categories_empty")
    if len(slugs) > MOST_CATEGORIES:
        raise Invalid("categories", "categories_too_many", most=MOST_CATEGORIES)
    return tuple(known_category("categories", slug, off, ruleset) for slug in slugs)


def _listed(draft: OfferDraft, ruleset: Ruleset) -> tuple[str, ...]:
    """Wishes met that the ruleset lists for what is offered. Raises Invalid("meets", code)."""
    met = codes("meets", draft.meets)
    listed = {wish for slug in draft.categories for wish in ruleset.preferences.get(slug, {})}
    if not set(met) <= listed:
        raise Invalid("meets", "preference_not_here")
    return met


def _stated_terms(draft: OfferDraft) -> str | None:
    if draft.terms is not Terms.STATED:
        return None
    if not (draft.stated_terms or "").strip():
        raise Invalid("stated_terms", "stated_terms_missing")
    return optional_words("stated_terms", draft.stated_terms, most=LONGEST_LINE)


def _capacity_per_day(draft: OfferDraft) -> int | None:
    if draft.capacity_per_day is None:
        return None
    return within("capacity_per_day", draft.capacity_per_day, 1, draft.capacity)


def _weekly(draft: OfferDraft) -> tuple[Weekly, ...]:
    """The stretches in order. Raises Invalid("weekly", code)."""
    if draft.any_time:
        return ()
    if not draft.weekly:
        raise Invalid("weekly", "weekly_empty")
    if len(draft.weekly) > MOST_STRETCHES:
        raise Invalid("weekly", "weekly_too_many", most=MOST_STRETCHES)
    return tuple(sorted(set(draft.weekly)))


def _away(draft: OfferDraft, now: datetime) -> tuple[Window, ...]:
    """What lies ahead of it, in order. Raises Invalid("away", code)."""
    if len(draft.away) > MOST_STRETCHES:
        raise Invalid("away", "away_too_many", most=MOST_STRETCHES)
    if any(gap.end <= now for gap in draft.away):
        raise Invalid("away", "window_in_the_past")
    return tuple(sorted(set(draft.away)))


def _exceptions(draft: OfferDraft, now: datetime) -> tuple[OfferException, ...]:
    """Without doubles, in order; days that are over are left out. Raises Invalid."""
    found = sorted(set(draft.exceptions), key=str)
    if len(found) > MOST_EXCEPTIONS:
        raise Invalid("exceptions", "exceptions_too_many", most=MOST_EXCEPTIONS)
    for one in found:
        if one.first is not None and one.last is not None and one.last < one.first:
            raise Invalid("exceptions", "end_is_before_start")
        if one.first is not None and one.first > (now + FURTHEST_AHEAD).date():
            raise Invalid("exceptions", "window_too_far_ahead", days=FURTHEST_AHEAD.days)
    yesterday = (now - timedelta(days=1)).date()
    over = ExceptionKind.DAYS
    return tuple(
        one for one in found if one.kind is not over or one.last is None or one.last >= yesterday
    )
