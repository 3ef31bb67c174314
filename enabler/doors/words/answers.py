"""Sentences for answers that are missing or mean nothing: where, when, how long, on what terms."""

from enabler.doors.words.marking import N_

SENTENCES: dict[str, str] = {
    "where_missing": N_("Choose where help is needed."),
    "address_missing": N_("Type the house number and street."),
    "day_missing": N_("Type the day, for example 24 11 2026."),
    "first_missing": N_("Type the first day you are away, for example 24 11 2026."),
    "last_missing": N_("Type the last day you are away, for example 29 11 2026."),
    "by_missing": N_("Type the day by which you need it, for example 24 11 2026."),
    "start_missing": N_("Type when it starts, for example 2pm."),
    "end_missing": N_("Type when it ends, for example 4pm."),
    "seen_missing": N_("Type the day on which you saw it, for example 24 11 2026."),
    "until_missing": N_("Type the last day on which it holds, for example 24 11 2027."),
    "time_malformed": N_("We cannot read this time. Type it like 2pm or 14:30."),
    "time_needs_am_or_pm": N_("Say whether it is morning or afternoon: type 2am or 2pm."),
    "time_skipped": N_(
        "The clocks go forward that night, so this time does not exist. Choose one an hour later."
    ),
    "time_repeated": N_(
        "The clocks go back that night, so this time comes twice. Choose one before or after it."
    ),
    "day_is_past": N_("This day is past. Choose today or a day to come."),
    "time_is_past": N_("This time is past. Choose a later one."),
    "end_is_before_start": N_("The end must come after the start."),
    "window_ends_before_it_starts": N_("The end must come after the start."),
    "times_missing": N_("Choose at least one time, or say that any time is fine."),
    "stated_terms_missing": N_("Say what you ask for, in a few words."),
    "draft_too_long": N_("That is too much to keep. Please make it shorter."),
}
