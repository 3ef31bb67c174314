"""In which part of the rules each key stands, and in which unit it is said (pure)."""

from collections.abc import Mapping
from enum import StrEnum


class Unit(StrEnum):
    """In what a key is said and typed."""

    CLOCK = "clock"  # minutes of the local day
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    METRES = "metres"
    PERCENT = "percent"
    PENCE = "pence"
    TIMES = "times"
    POINTS = "points"
    YES = "yes"
    NUMBERS = "numbers"  # one after another
    CODES = "codes"  # some of a few
    CODE = "code"  # one of a few
    KINDS = "kinds"  # a set of kinds of help
    BY_KIND = "by-kind"  # a value for each kind of help
    BY_FACTOR = "by-factor"  # a number for each factor of the matching
    YEARS = "years"
    WORDS = "words"  # one after another
    BY_THING = "by-thing"  # some of a few codes for each kind of thing that can be held
    RULES = "rules"  # a set of rules of what help asks


KINDS_PART = "kinds"
"""The part whose keys are said kind by kind."""
CARE_PART = "care"
"""The part about what help asks of whoever gives it: rules that each stand for themselves."""
PARTS_OF_KEYS: Mapping[str, Mapping[Unit, str]] = {
    KINDS_PART: {
        Unit.KINDS: "categories_off categories_held categories_urgent",
        Unit.BY_KIND: "category_credentials category_minutes category_earns preferences",
    },
    CARE_PART: {
        Unit.TIMES: "first_helps",
        Unit.RULES: "risk_rules",
    },
    "looks": {
        Unit.YES: "hold_first_offers hold_organisation_offers",
        Unit.HOURS: "custodian_hours",
    },
    "noticed": {
        Unit.CODES: "signals_off",
        Unit.BY_THING: "signals_hold",
        Unit.WORDS: "worry_words",
        Unit.TIMES: (
            "signal_most_per_day signal_most_per_week signal_far_times signal_hurry_posts"
            " signal_accounts_on_device signal_accounts_on_network"
        ),
        Unit.MINUTES: "signal_hurry_minutes",
        Unit.YEARS: "deny_years",
    },
    "asking": {
        Unit.METRES: "reach_metres",
        Unit.NUMBERS: "waves",
        Unit.MINUTES: "wave_minutes urgent_wave_minutes",
        Unit.TIMES: "asks_per_day asks_per_week texts_per_day texts_per_need",
        Unit.CLOCK: "quiet_from quiet_until",
        Unit.POINTS: "text_price_tenths",
        Unit.PENCE: "texts_month_pence",
    },
    "finding": {
        Unit.HOURS: "urgent_hours broker_hours_before broker_again_hours price_hours",
        Unit.DAYS: "any_time_days similar_days",
        Unit.YES: "sharing",
        Unit.POINTS: "further_match",
        Unit.PERCENT: "understood_from",
        Unit.BY_FACTOR: "weights",
    },
    "visits": {
        Unit.DAYS: "confirm_days conduct_days",
        Unit.HOURS: "address_text_hours_before address_hours_after conduct_late_hours",
        Unit.MINUTES: "overdue_helper_minutes overdue_custodian_minutes overdue_lead_minutes",
        Unit.CODE: "bank_holidays",
    },
    "hours": {
        Unit.YES: "hours hours_pot_pays",
        Unit.MINUTES: (
            "hours_begin hours_deepest hours_ceiling hours_organisation_depth hours_pot_depth"
            " hours_round_to hours_most_per_day"
        ),
        Unit.PERCENT: "hours_grow_percent hours_soft_percent",
        Unit.POINTS: "hours_lift",
        Unit.CODES: "hours_two_people",
        Unit.PENCE: "costs_most_pence",
    },
    "games": {
        Unit.MINUTES: (
            "hours_ring hours_pair hours_pair_day hours_burst_day hours_burst_week hours_from_pots"
        ),
        Unit.TIMES: "hours_pair_helps hours_burst_times",
        Unit.DAYS: "hours_look_days",
    },
    "desk": {
        Unit.HOURS: (
            "desk_hours_low desk_hours_medium desk_hours_high desk_neglect_hours"
            " desk_question_hours appeal_hours erase_wait_hours"
        ),
        Unit.MINUTES: "desk_claim_minutes desk_undo_minutes worry_minutes text_gift_minutes",
        Unit.TIMES: "odd_looks_hour",
        Unit.CLOCK: "odd_looks_from odd_looks_until",
        Unit.DAYS: "desk_review_days mandate_days appeal_days",
    },
    "checks": {
        Unit.NUMBERS: "credential_reminders",
        Unit.DAYS: "credential_desk_days",
        Unit.HOURS: "credential_release_hours",
    },
    "keeping": {
        Unit.DAYS: (
            "keep_traces_days keep_messages_days keep_ended_days keep_looks_days keep_changes_days"
        ),
    },
}  # fmt: skip
