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
    "weekdays_missing": N_("Choose at least one day of the week."),
    "weekday_twice": N_("Choose each day of the week once."),
    "every_is_a_series": N_("What comes every week is asked for as such."),
    "day_not_of_series": N_("There is no help on that day. Choose one of the days on the page."),
    "series_ended": N_("You have ended this already."),
    "capacity_under_taken_in_a_day": N_(
        "On one day you have promised %(taken)s already. Type that many, or more."
    ),
    "capacity_under_taken": N_(
        "You have said yes %(taken)d times this week. Type at least that number."
    ),
    "exceptions_too_many": N_("Name fewer days: %(most)d at most."),
    "visit_unknown": N_("No time is agreed yet."),
    "calendar_unknown": N_("This calendar is not here any more."),
    "changed_meanwhile": N_(
        "It was changed in another window since you opened this one. What you typed is kept below."
        " Keep it once more if it is to take the place of the other."
    ),
    "change_after_yes": N_(
        "Somebody has said yes, so the kind of help and the place stay as they are. You can take it"
        " back and ask again."
    ),
    "change_needs_a_look": N_(
        "A person at the council has to look at this first, and somebody has said yes already. You"
        " can take it back and ask again."
    ),
    "slots_under_filled": N_("%(filled)d helpers have said yes. Type at least that number."),
    "enough_of_none": N_("That cannot be done now: all are found, or nobody has said yes yet."),
    "last_week_missing": N_("Type the last day, for example 18 12 2026."),
    "visit_in_the_past": N_("This time is past. Choose a later one."),
    "visit_too_far_ahead": N_("That is too far ahead. Choose a day within %(days)d days."),
    "visit_ends_before_it_starts": N_("The end must come after the start."),
    "visit_too_long": N_("A visit can take %(hours)d hours at most."),
    "visit_outside_wanted": N_(
        "This is not a time that was asked for. Suggest it and wait for their yes."
    ),
    "conversation_closed": N_(
        "You can no longer write to each other here. If you need something, ring the council."
    ),
    "proposal_changed": N_("Another time was suggested meanwhile. Look at it again."),
    "proposal_past": N_("This time is past. Suggest a later one."),
    "agree_by_other_side": N_("The other person has to say yes to the time that you suggest."),
    "not_the_time_of_the_visit": N_(
        "You can say this from 2 hours before your visit. If the time has changed, agree it first."
    ),
    "weekly_empty": N_("Choose at least one time, or say that any time is fine."),
    "weekly_too_many": N_("Choose fewer times: %(most)d at most."),
    "away_too_many": N_("Name fewer times when you are away: %(most)d at most."),
    "code_unknown": N_("Choose from the list."),
    "duration_minutes_out_of_range": N_("Choose from %(least)d to %(most)d minutes."),
    "minutes_out_of_range": N_("Type a number of minutes from %(least)d to %(most)d."),
    "slots_out_of_range": N_("Type a number of helpers from %(least)d to %(most)d."),
    "capacity_out_of_range": N_("Type a number from %(least)d to %(most)d."),
    "setting_not_possible": N_("This kind of help does not happen there. Choose another."),
    "circumstance_unknown": N_("Choose from the list."),
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
    "mate_missing": N_(
        "Two helpers go together. Wait until the second has said yes for the same time."
    ),
    "receipt_first": N_(
        "First add the receipt for what was bought, or say that no money was spent."
    ),
    "visit_changed_since": N_(
        "Something was said of this visit since you opened the page. Read it first, then say how"
        " all are."
    ),
    "visit_not_watched": N_("Nobody has to see to this visit now."),
    "credential_unknown": N_("We cannot find that check."),
    "credential_revoked_already": N_("Somebody has taken this check back already."),
    "check_not_wanted": N_("Nobody waits for this check any more."),
    "check_wanted_already": N_("You have asked for this check already."),
    "note_missing_name": N_("Type which training it was."),
    "note_missing_rating": N_("Type the rating, from 0 to 5."),
    "last_characters_too_many": N_("Type the last %(most)d characters, and no more."),
    "eligibility_missing": N_(
        "Choose why this role may be asked for this check. If none of these fits, you may not ask"
        " for it."
    ),
    "check_not_waivable": N_("Nobody may help without this check."),
    "waiver_too_long": N_("Choose a day within %(days)d days."),
    "waiver_decided": N_("Somebody has decided about this already."),
    "same_person": N_("Somebody else has to agree to it."),
    "leave_too_long": N_("Choose a day within %(days)d days."),
    "receiver_unknown": N_(
        "We know no such organisation or place. Check the reference or the name."
    ),
    "check_cannot_be_carried": N_("This check cannot be shared, or not any more."),
    "relied_unknown": N_("We cannot find what you were asked."),
    "relied_over": N_("This is over. Nothing more is needed of you."),
    "relied_not_good": N_("This proof is not good any more."),
    "relied_code_wrong": N_("The code is not right any more. Check it again first."),
    "relied_of_there": N_("This says something of the other place, so it does not count here."),
    "relied_no_colleague": N_(
        "You can count on it only for somebody who acts for your organisation, with the same name"
        " and the same proved phone number or email address here."
    ),
    "relied_declined": N_("They said no. Please do not ask about this proof again."),
    "relied_already": N_("You have asked about this proof already."),
    "nobody_here_to_carry_to": N_(
        "Nobody here has proved the same phone number or email address yet."
    ),
    "member_not_active": N_("Your account is not active. Please ring the council."),
    "account_suspended": N_("Your account is not active. Please ring the council."),
    "own_case": N_("You cannot decide about your own. Somebody else has to."),
    "report_settled_already": N_("Somebody has dealt with this report already."),
    "report_unknown": N_("We cannot find that report. Check the reference."),
    "reports_too_many": N_(
        "We were told very many things from here in the last hour. What you wrote is still here."
        " Wait (minutes to wait: %(minutes)s) and send it again, or ring us now."
    ),
    "report_kind_unknown": N_("Choose what it is about."),
    "report_about_unknown": N_("We cannot find what this is about."),
    "confirm_by_other_side": N_("The other person has to confirm it."),
    "date_in_the_future": N_("This day is still to come. Type the day on which you saw it."),
    "date_too_far_ahead": N_("That is too far ahead. Type an earlier day."),
    "ends_before_start": N_("The end must come after the start."),
    "ref_unknown": N_("We cannot find that reference. Check each letter."),
}
