"""Sentences for what a service refuses: of needs, offers, matches, the desk."""

from enabler.doors.words.marking import N_

SENTENCES: dict[str, str] = {
    "invalid": N_("We cannot take this answer. Please check it."),
    "category_unknown": N_("Choose from the list."),
    "category_off": N_("This kind of help is not offered here. Choose another."),
    "categories_empty": N_("Choose at least one kind of help."),
    "categories_too_many": N_("Choose fewer kinds of help: %(most)d at most."),
    "words_empty": N_("Say it in a sentence or two."),
    "words_too_long": N_("That is too long. Make it %(most)d characters or fewer."),
    "words_control_characters": N_("There is a hidden character in it. Type it again."),
    "windows_too_many": N_("Choose fewer times: %(most)d at most."),
    "window_in_the_past": N_("This time is past. Choose a later one."),
    "window_too_far_ahead": N_("That is too far ahead. Choose a day within %(days)d days."),
    "window_too_short": N_("That is less than %(minutes)d minutes. Give more time."),
    "visit_in_the_past": N_("This time is past. Choose a later one."),
    "visit_too_far_ahead": N_("That is too far ahead. Choose a day within %(days)d days."),
    "visit_ends_before_it_starts": N_("The end must come after the start."),
    "visit_too_long": N_("A visit can take %(hours)d hours at most."),
    "weekly_empty": N_("Choose at least one time, or say that any time is fine."),
    "weekly_too_many": N_("Choose fewer times: %(most)d at most."),
    "away_too_many": N_("Name fewer times when you are away: %(most)d at most."),
    "code_unknown": N_("Choose from the list."),
    "duration_minutes_out_of_range": N_("Choose from %(least)d to %(most)d minutes."),
    "minutes_out_of_range": N_("Type a number of minutes from %(least)d to %(most)d."),
    "slots_out_of_range": N_("Type a number of helpers from %(least)d to %(most)d."),
    "capacity_out_of_range": N_("Type a number from %(least)d to %(most)d."),
    "preference_not_here": N_("You cannot choose this for this kind of help. Choose another."),
    "reach_metres_out_of_range": N_("Choose a distance from the list."),
    "offer_capacity_used": N_(
        "You have said yes to as much as you offered for this week. Thank you."
    ),
    "offer_day_full": N_("You have said yes to as much as you can do on that day. Thank you."),
    "offer_day_full_then": N_("There is no room left on that day. Choose another day."),
    "capacity_per_day_out_of_range": N_("Type a number from %(least)d to %(most)d."),
    "have_not_met": N_("The two of you have not been brought together."),
    "credential_missing": N_("For this help the council must see a paper of yours first."),
    "credential_expired": N_(
        "A paper that this help needs has run out. Show the council a new one."
    ),
    "member_not_active": N_("Your account is not active. Please ring the council."),
    "account_suspended": N_("Your account is not active. Please ring the council."),
    "own_case": N_("You cannot decide about your own. Somebody else has to."),
    "report_settled_already": N_("Somebody has dealt with this report already."),
    "report_kind_unknown": N_("Choose what it is about."),
    "report_about_unknown": N_("We cannot find what this is about."),
    "confirm_by_other_side": N_("The other person has to confirm it."),
    "date_in_the_future": N_("This day is still to come. Type the day on which you saw it."),
    "date_too_far_ahead": N_("That is too far ahead. Type an earlier day."),
    "ends_before_start": N_("The end must come after the start."),
    "ref_unknown": N_("We cannot find that reference. Check each letter."),
}
