"""A place's policy: what its ruleset says, with a default for all it leaves unsaid."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from enabler.domain.bank_holidays import COUNTRIES
from enabler.domain.errors import Invalid
from enabler.domain.risk import MOST_RULES, SHIPPED, Rule, read_rule
from enabler.domain.ruleset_bounds import (
    BOUNDS,
    DAY,
    EARNS,
    LARGEST_WAVE,
    LONGEST_WORRY_WORD,
    MOST_WEIGHT,
    SHORTEST_WORRY_WORD,
    TWO_PEOPLE,
    YEAR,
)
from enabler.domain.signal_codes import CODES, DEFAULT_HOLDS, HELD_KINDS
from enabler.domain.vocabulary import CredentialKind, Preference, PreferenceReason

_AT_HOME = PreferenceReason.CARE_AT_HOME.value
CARE_INSIDE_THE_HOME: Mapping[str, Mapping[str, str]] = {
    "respite": {preference.value: _AT_HOME for preference in Preference},
}
"""Whoever is looked after in their own home may ask for a woman or a man; nothing else lets
neighbours be chosen by what they are, unless a place lists it with a reason."""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """One version of a place's policy. Times of day are minutes of the local day.

    ``price_hours``: how long the last round's prices order asks between rounds. ``further_match``:
    points that a second match of one offer in a round costs (3 times as much the third).
    ``preferences``: what an asker may wish of a helper, by category, each with its reason.
    ``categories_urgent``: kinds of help that are urgent whenever they are wanted.
    ``hours``: whether the place has a time bank; what the keys ``hours_…`` mean (in minutes) is
    said by :class:`enabler.timebank.limits.HoursPolicy`, and of ``hours_ring`` to
    ``hours_from_pots`` by :class:`enabler.timebank.gaming.Watch`; ``hours_look_days``: so long a
    custodian has, before we remind them. ``category_earns``: what help of a kind
    is: hours, gift (counted and thanked), nothing. ``category_minutes``: how long it usually takes.
    ``costs_most_pence``: the most that a helper may note as one thing that they spent.
    ``signals_off``: reasons to look that this place does not want; ``signals_hold``: by kind of
    thing, those that hold it (the others are only shown); ``worry_words``: the place's own; what
    the numbers ``signal_…`` mean is said in :mod:`enabler.domain.signals.counting`. ``deny_years``:
    how long somebody who was removed for safety is known again.
    ``worry_minutes``: of working time, within which a lead is to have seen a worry.
    ``conduct_days``: so long somebody has to give their side of what was said of a visit;
    ``conduct_late_hours``: called off later than so long before it, help was called off late.
    ``desk_hours_…``: so long what waits at the desk may wait, by its risk;
    ``desk_claim_minutes``: so long somebody has a thing in hand; ``desk_neglect_hours``: after so
    long a held thing of low risk that nobody took opens by itself (0: never);
    ``desk_undo_minutes``: so long a decision can be taken back; ``desk_question_hours``: so long an
    author has for an answer before the clock goes on; ``desk_review_days``: after so long a
    suspension is looked at again; ``erase_wait_hours``: so long whoever is to be deleted at the
    desk has, from when our letter goes, to say that it was not them; ``text_gift_minutes``: so
    many a text may give, since a number proves nothing; ``appeal_days``: so long an
    author may appeal, and ``appeal_hours``: so long an appeal may wait.
    ``credential_reminders``: so many days before a check ends its holder is told;
    ``credential_desk_days``: from then on it stands at the desk; ``credential_release_hours``: so
    long before a visit others are asked where a check has ended and is not renewed. ``overdue_…``:
    so many minutes after a visit's end nobody has checked out of, the alarm goes to the helper,
    then to the custodians, then to the leads.
    ``risk_rules``: what help asks beyond its kind, see :mod:`enabler.domain.demands`.
    ``first_helps``: so often somebody helps where others are about before they go into a home or a
    car. ``text_price_tenths``: what a part of a text costs, in tenths of a penny; 0: not known.
    ``texts_per_need``: so many texts about one need go out before nobody is asked by text any more;
    ``texts_month_pence``: what the texts of a month may cost before reminders and news wait for the
    next; of each 0: no limit.
    ``odd_looks_hour``: whoever works here and looks up more people than this in an hour by
    choice is asked why; so is who does between ``odd_looks_from`` and ``odd_looks_until``.
    ``keep_…_days``: how long personal values are kept, where the place wants it shorter than it is
    shipped (:func:`enabler.domain.privacy.days_in`).
    ``understood_from``: what kind a text means is asked where it is less likely than this, percent.
    ``bank_holidays``: of which country they are (ENG, WLS, SCT, NIR); empty: of the place's own.
    """

    id: int
    version: int
    categories_off: tuple[str, ...] = ()
    categories_held: tuple[str, ...] = ("childcare", "respite", "emergency")
    categories_urgent: tuple[str, ...] = ("emergency",)
    category_credentials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hold_first_offers: bool = True
    hold_organisation_offers: bool = True
    reach_metres: int = 3_000
    waves: tuple[int, ...] = (3, 5, 8)
    wave_minutes: int = 120
    urgent_wave_minutes: int = 30
    urgent_hours: int = 24
    any_time_days: int = 14
    broker_hours_before: int = 24
    broker_again_hours: int = 24
    quiet_from: int = 20 * 60
    quiet_until: int = 8 * 60
    asks_per_day: int = 3
    asks_per_week: int = 7
    texts_per_day: int = 8
    texts_per_need: int = 100
    texts_month_pence: int = 0
    similar_days: int = 3
    confirm_days: int = 3
    custodian_hours: int = 24
    address_hours_after: int = 48
    address_text_hours_before: int = 24
    price_hours: int = 24
    further_match: int = 20
    weights: Mapping[str, int] = field(default_factory=dict)
    preferences: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: CARE_INSIDE_THE_HOME
    )
    sharing: bool = True
    hours: bool = True
    category_earns: Mapping[str, str] = field(
        default_factory=lambda: {
            "emergency": "gift", "goods": "nothing", "lending": "nothing", "space": "nothing",
        }
    )  # fmt: skip
    category_minutes: Mapping[str, int] = field(default_factory=dict)
    hours_begin: int = 5 * 60
    hours_grow_percent: int = 50
    hours_deepest: int = 20 * 60
    hours_soft_percent: int = 60
    hours_ceiling: int = 40 * 60
    hours_organisation_depth: int = 0
    hours_pot_depth: int = 0
    hours_pot_pays: bool = True
    hours_round_to: int = 15
    hours_most_per_day: int = 8 * 60
    hours_lift: int = 5
    hours_two_people: tuple[str, ...] = ("grant", "reversal")
    costs_most_pence: int = 5_000
    hours_ring: int = 20 * 60
    hours_pair: int = 60 * 60
    hours_pair_day: int = 8 * 60
    hours_pair_helps: int = 4
    hours_burst_day: int = 12 * 60
    hours_burst_week: int = 40 * 60
    hours_burst_times: int = 6
    hours_from_pots: int = 20 * 60
    hours_look_days: int = 3
    desk_hours_low: int = 72
    desk_hours_medium: int = 24
    desk_hours_high: int = 4
    desk_claim_minutes: int = 30
    desk_neglect_hours: int = 48
    desk_undo_minutes: int = 30
    desk_question_hours: int = 72
    desk_review_days: int = 30
    erase_wait_hours: int = 24
    text_gift_minutes: int = 60
    understood_from: int = 60
    mandate_days: int = 180
    appeal_days: int = 183
    appeal_hours: int = 168
    bank_holidays: str = ""
    signals_off: tuple[str, ...] = ()
    signals_hold: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_HOLDS)
    worry_words: tuple[str, ...] = ()
    signal_most_per_day: int = 5
    signal_most_per_week: int = 15
    signal_far_times: int = 5
    signal_hurry_minutes: int = 60
    signal_hurry_posts: int = 3
    signal_accounts_on_device: int = 2
    signal_accounts_on_network: int = 10
    deny_years: int = 6
    worry_minutes: int = 60
    conduct_days: int = 7
    conduct_late_hours: int = 24
    credential_reminders: tuple[int, ...] = (60, 30, 7)
    credential_desk_days: int = 30
    credential_release_hours: int = 24
    overdue_helper_minutes: int = 15
    overdue_custodian_minutes: int = 30
    overdue_lead_minutes: int = 60
    risk_rules: tuple[Rule, ...] = SHIPPED
    first_helps: int = 3
    text_price_tenths: int = 0
    odd_looks_hour: int = 10
    odd_looks_from: int = 22 * 60
    odd_looks_until: int = 6 * 60
    keep_traces_days: int = 30
    keep_messages_days: int = 90
    keep_ended_days: int = 365
    keep_looks_days: int = 730
    keep_changes_days: int = 730


def read_ruleset(identity: int, version: int, policy: Mapping[str, Any]) -> Ruleset:
    """The ruleset that a policy row says. Raises Invalid naming the first key that is wrong."""
    known = {f.name: f for f in fields(Ruleset)}
    values: dict[str, Any] = {}
    for name, value in policy.items():
        if name not in known or name in ("id", "version"):
            raise Invalid(f"ruleset.{name}", "ruleset_key_unknown", name=name)
        values[name] = _value(name, known[name].type, value)
    return Ruleset(identity, version, **values)


def _value(name: str, kind: Any, value: Any) -> Any:
    if kind in ("int", int):
        low, high = BOUNDS[name]
        return _checked(name, value, _is_number(value) and low <= value <= high)
    if kind in ("bool", bool):
        return _checked(name, value, isinstance(value, bool))
    if name == "bank_holidays":
        return _checked(name, value, value in ("", *COUNTRIES))
    if name == "risk_rules":
        return _rules(name, value)
    if name in _LISTS:
        return tuple(_checked(name, value, _all(value, _LISTS[name])))
    _checked(name, value, isinstance(value, dict))
    fits = all(_TABLES[name](each) for each in value.values())
    if name == "signals_hold":  # what a place leaves unsaid of a kind is as it is shipped
        _checked(name, value, fits and set(value) <= set(HELD_KINDS))
        return {**DEFAULT_HOLDS, **{kind: tuple(codes) for kind, codes in value.items()}}
    if name == "category_credentials":
        return {slug: tuple(kinds) for slug, kinds in _checked(name, value, fits).items()}
    return _checked(name, value, fits)


def _rules(name: str, value: Any) -> tuple[Rule, ...]:
    _checked(name, value, isinstance(value, list) and len(value) <= MOST_RULES)
    rules = [read_rule(each) for each in value]
    return tuple(_checked(name, rule, rule is not None) for rule in rules)


def _all(value: Any, fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(fits(each) for each in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_wave(value: Any) -> bool:
    return _is_number(value) and 1 <= value <= LARGEST_WAVE


def _is_days(value: Any) -> bool:
    return _is_number(value) and 1 <= value <= YEAR


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_credential(value: Any) -> bool:
    return isinstance(value, str) and value in set(CredentialKind)


def _are_preferences(value: Any) -> bool:
    return isinstance(value, dict) and all(
        wish in set(Preference) and isinstance(why, str) and why in set(PreferenceReason)
        for wish, why in value.items()
    )


def _is_minutes(value: Any) -> bool:
    return _is_number(value) and 1 <= value <= DAY


def _is_weight(value: Any) -> bool:
    return _is_number(value) and 0 <= value <= MOST_WEIGHT


def _is_worry_word(value: Any) -> bool:
    fits = isinstance(value, str)
    return fits and SHORTEST_WORRY_WORD <= len(value.strip()) <= LONGEST_WORRY_WORD


def _are_signals(value: Any) -> bool:
    return _all(value, CODES.__contains__)


def _are_credentials(value: Any) -> bool:
    return _all(value, _is_credential)


_LISTS: Mapping[str, Callable[[Any], bool]] = {
    "waves": _is_wave, "credential_reminders": _is_days, "categories_off": _is_slug,
    "categories_held": _is_slug,
    "categories_urgent": _is_slug, "hours_two_people": TWO_PEOPLE.__contains__,
    "signals_off": CODES.__contains__, "worry_words": _is_worry_word,
}  # fmt: skip
_TABLES: Mapping[str, Callable[[Any], bool]] = {
    "category_credentials": _are_credentials, "preferences": _are_preferences,
    "category_earns": EARNS.__contains__, "category_minutes": _is_minutes, "weights": _is_weight,
    "signals_hold": _are_signals,
}  # fmt: skip


def _checked(name: str, value: Any, good: bool) -> Any:
    if not good:
        raise Invalid(f"ruleset.{name}", "ruleset_value_wrong", name=name)
    return value
