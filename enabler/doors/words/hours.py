"""What the time bank refuses, in words."""

from enabler.doors.words.marking import N_

SENTENCES: dict[str, str] = {
    "account_closed": N_("This account of hours is closed."),
    "account_exists": N_("There is an account with this number already. Choose another."),
    "account_open": N_("This account of hours is still open."),
    "account_not_empty": N_(
        "There are still hours in this account, or promised from it. Move them first."
    ),
    "account_unknown": N_("We cannot find that account of hours."),
    "already_reversed": N_("This was undone before."),
    "amount_unreadable": N_("Type the amount as a number, for example 1.5."),
    "border_not_alone": N_(
        "These hours went to another place. Both places must undo them together."
    ),
    "category_earns_no_hours": N_("This kind of help does not count hours here. Choose another."),
    "community_pot_missing": N_(
        "The community has no pot of hours yet. Write it down for an organisation, or open a pot."
    ),
    "cannot_corrected_when_disputed": N_(
        "You two do not agree on this. Somebody at the council looks at it."
    ),
    "corrected_too_often": N_(
        "You two have changed this many times. Tell us that something went wrong, and somebody at"
        " the council will help you both."
    ),
    "day_ahead": N_("This day has not come yet. Type the day on which it was."),
    "day_is_full": N_("For that day this person has had the most already: %(most_length)s."),
    "day_too_long_ago": N_("This is more than %(days)s days ago. Type a later day."),
    "event_disputed_already": N_(
        "You have told us already that it was not so. Somebody at the council looks at it."
    ),
    "event_is_over": N_("This has been settled already. If something is wrong, please tell us."),
    "event_unknown": N_("We cannot find this."),
    "events_too_many": N_(
        "You have written down %(most)s afternoons since yesterday. Wait until tomorrow."
    ),
    "floor_above_balance": N_("The lowest balance cannot be more than what is there now."),
    "floor_reached": N_("There are not enough hours for this. It is %(short_length)s short."),
    "gift_more_than_there_is": N_(
        "You cannot give that much now. The most you can give is %(room_length)s."
    ),
    "gift_of_nothing": N_(
        "You have no hours to give away yet. Hours that you borrow are for help that you need."
    ),
    "gifts_too_many": N_("You have given %(most)s times since yesterday. Wait until tomorrow."),
    "help_noted_already": N_(
        "This help is written down already: %(ref)s. Was there more of it? Take that one back, and"
        " write down all of it together."
    ),
    "hold_differs": N_("These are not the hours that were promised. Look at the promise again."),
    "hold_exceeded": N_("This is more than the %(held_length)s that were promised."),
    "hold_resolved": N_("What was promised has been given or let go already."),
    "hold_unknown": N_("We cannot find the promise that this belongs to."),
    "hours_not_looked_at": N_("Nobody has to look at these hours. They may have been decided."),
    "hours_not_here": N_("There is no time bank here."),
    "hold_wrongly_named": N_("Name the promise where you end one, and only then."),
    "issue_has_no_floor": N_(
        "The account that hours come from has no lowest balance. Leave it out."
    ),
    "limit_out_of_range": N_("Type a number of hours from 0 to %(most)s."),
    "limits_agreed_there": N_("You proposed this. Somebody of the other place must answer."),
    "limits_changed": N_("They propose something else by now. Look at it again."),
    "limits_not_agreed": N_("No limits are agreed with this place."),
    "leave_after_helps": N_(
        "You have agreed help that is not done yet, or whose hours have not moved. Finish it or let"
        " it go first, then you can leave."
    ),
    "leave_to_missing": N_("Choose who should get your hours."),
    "leaver_has_hours": N_(
        "They are not below zero any more. They can say themselves to whom their hours go."
    ),
    "leaver_unknown": N_("They do not wait to leave. Somebody may have done it already."),
    "left_already": N_("You have left the time bank already."),
    "minutes_not_positive": N_("Type more than 0."),
    "minutes_not_whole": N_("Type whole minutes, for example 90."),
    "minutes_too_many": N_("That is too much at once. The most is %(most_length)s."),
    "nobody_chosen": N_("Choose who does not count. Nobody has said that it was not so."),
    "not_reversible": N_(
        "This cannot be undone: no hours were moved, or it undoes something itself."
    ),
    "party_to_it": N_("You cannot decide about your own hours. Ask a colleague."),
    "pot_has_too_little": N_("This pot has only %(room_length)s. Choose another one."),
    "people_missing": N_("Type the reference of everybody who was there."),
    "people_too_many": N_("Type at most %(most)s references at once."),
    "one_missing": N_("Type the reference of whoever taught or helped."),
    "people_unreadable": N_(
        "We cannot read number %(nth)s in your list. Type a reference on each line, and a length"
        " behind it if you like: K7QP 1h30."
    ),
    "person_left_time_bank": N_("%(ref)s has left the time bank. Leave them out."),
    "person_missing": N_("Type their reference: 4 to 6 letters and digits."),
    "person_day_is_full": N_(
        "Nobody can have more than %(most)s minutes for one day. For %(ref)s %(left)s are left:"
        " write down no more than that, or leave them out."
    ),
    "person_twice": N_("%(ref)s is there twice. Leave one of them out."),
    "way_is_the_councils": N_(
        "Then other people would give their hours. Ask the council to write it down."
    ),
    "receiver_missing": N_("Type the reference of whoever you want to give to."),
    "receiver_unknown": N_(
        "We cannot find anybody with this reference here. Check it, or choose somebody else."
    ),
    "receiver_without_hours": N_("Hours cannot be given to them. Choose somebody else."),
    "replay_columns": N_("The first line must be: seq,from_account,to_account,amount"),
    "replay_row": N_("A row must have 4 values, as the first line says."),
    "ref_of_nobody": N_("We cannot find anybody here with the reference %(ref)s. Check it."),
    "reversal_differs": N_("To undo something, the same minutes go back the same way."),
    "reversal_moves_at_once": N_("What undoes something cannot be a promise."),
    "reversal_not_covered": N_(
        "These hours have been spent already. It is %(short_length)s short, and nobody can pay for"
        " them."
    ),
    "reversal_wrongly_named": N_("Name what you undo where you undo something, and only then."),
    "reversed_unknown": N_("We cannot find what should be undone."),
    "rounded_to_nothing": N_("That is less than a minute. Type at least 1 minute."),
    "second_person_needed": N_("A second person must agree to this."),
    "second_person_same": N_("Somebody else than you must agree to this."),
    "to_oneself": N_("Choose another account. Hours cannot go from an account to itself."),
    "transfer_key_malformed": N_(
        "A key has letters, digits and the signs : . _ - and at most 200 of them."
    ),
    "transfer_key_reused": N_("This key was used before for something else. Choose a new one."),
}
