"""The least and the most of each number of a ruleset, and the words that its lists may hold."""

from collections.abc import Mapping

SHORTEST_REACH, LONGEST_REACH = 250, 50_000
LARGEST_WAVE = 1_000
MOST_WEIGHT = 1_000_000
SHORTEST_WORRY_WORD, LONGEST_WORRY_WORD = 3, 60
DAY, WEEK, YEAR = 1_440, 10_080, 366
_LONG = 60_000
"""A thousand hours, in minutes."""
EARNS = ("hours", "gift", "nothing")
TWO_PEOPLE = ("grant", "reversal", "lend", "balance", "sweep", "event")
"""Movements of hours for which a stored ruleset may name a second person."""
DECIDED_BY_TWO = ("grant", "reversal")
"""Those that a second person can agree to: a place's file may name no others, since whatever else
it named nobody could do."""
BOUNDS: Mapping[str, tuple[int, int]] = {
    "reach_metres": (SHORTEST_REACH, LONGEST_REACH),
    "wave_minutes": (1, WEEK), "urgent_wave_minutes": (1, WEEK),
    "urgent_hours": (0, 24 * YEAR), "any_time_days": (1, YEAR),
    "broker_hours_before": (0, 24 * YEAR), "broker_again_hours": (1, 24 * YEAR),
    "quiet_from": (0, DAY), "quiet_until": (0, DAY),
    "asks_per_day": (0, 1_000), "asks_per_week": (0, 10_000), "texts_per_day": (0, 1_000),
    "texts_per_need": (0, 10_000), "texts_month_pence": (0, 10_000_000),
    "similar_days": (0, YEAR), "confirm_days": (0, YEAR), "custodian_hours": (1, 24 * YEAR),
    "price_hours": (0, 24 * YEAR), "further_match": (0, 1_000),
    "hours_begin": (0, _LONG), "hours_grow_percent": (0, 100), "hours_deepest": (0, _LONG),
    "hours_soft_percent": (0, 100), "hours_ceiling": (0, _LONG),
    "hours_organisation_depth": (0, _LONG), "hours_pot_depth": (0, _LONG),
    "hours_round_to": (1, 60), "hours_lift": (0, 9), "hours_most_per_day": (1, DAY),
    "costs_most_pence": (1, 100_000),
    "hours_ring": (0, _LONG), "hours_pair": (0, _LONG), "hours_pair_day": (0, 2 * DAY),
    "hours_pair_helps": (0, 1_000), "hours_burst_day": (0, DAY), "hours_burst_week": (0, WEEK),
    "hours_burst_times": (0, 1_000), "hours_from_pots": (0, _LONG), "hours_look_days": (1, YEAR),
    "signal_most_per_day": (1, 1_000), "signal_most_per_week": (1, 10_000),
    "signal_far_times": (1, 100), "signal_hurry_minutes": (0, WEEK),
    "signal_hurry_posts": (2, 100), "signal_accounts_on_device": (1, 1_000),
    "signal_accounts_on_network": (1, 10_000), "deny_years": (1, 20),
    "worry_minutes": (5, DAY), "conduct_days": (1, 60), "conduct_late_hours": (0, 72),
    "credential_desk_days": (0, YEAR), "credential_release_hours": (0, 24 * YEAR),
    "overdue_helper_minutes": (1, DAY), "overdue_custodian_minutes": (1, DAY),
    "overdue_lead_minutes": (1, DAY),
    "odd_looks_hour": (1, 1_000), "odd_looks_from": (0, DAY), "odd_looks_until": (0, DAY),
    "first_helps": (0, 100), "text_price_tenths": (0, 1_000),
    "address_hours_after": (0, 24 * YEAR), "address_text_hours_before": (0, 24 * YEAR),
    "desk_hours_low": (1, 24 * YEAR), "desk_hours_medium": (1, 24 * YEAR),
    "desk_hours_high": (1, 24 * YEAR), "desk_claim_minutes": (1, DAY),
    "desk_neglect_hours": (0, 24 * YEAR), "desk_undo_minutes": (0, DAY),
    "desk_question_hours": (1, 24 * YEAR), "desk_review_days": (1, YEAR),
    "mandate_days": (1, 180), "erase_wait_hours": (1, 7 * 24), "text_gift_minutes": (0, DAY),
    "understood_from": (30, 95),
    "keep_traces_days": (7, 30), "keep_messages_days": (30, 90), "keep_ended_days": (183, 365),
    "keep_looks_days": (365, 730), "keep_changes_days": (365, 730),
    "appeal_days": (1, 2 * YEAR), "appeal_hours": (1, 24 * YEAR),
}  # fmt: skip
"""The least and the most of each number. A next step that comes again after no time at all would
keep the clock busy for ever; a year is further than anybody plans."""
