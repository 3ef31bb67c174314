"""Sentences for what is wrong with the call of a program, and for keys that programs come with."""

from enabler.doors.words.marking import N_

SENTENCES: dict[str, str] = {
    "sign_in_needed": N_("Sign in first, or send a key: Authorization: Bearer, then the key."),
    "token_wrong": N_("We do not know this key. It may have ended. Make a new one on your page."),
    "token_reads_only": N_("This key can only look. To change things, make one that may."),
    "calls_too_many": N_("That is too many calls in a minute: %(most)d at most. Wait a little."),
    "forged": N_("Send the header X-CSRFToken with what GET /api/v1/me gave you."),
    "key_missing": N_("Send the header Idempotency-Key with a new text for each new thing."),
    "key_malformed": N_("Idempotency-Key takes 8 to 64 letters, digits, dots, colons and dashes."),
    "unreadable": N_("We cannot read this. Send one JSON object in UTF-8."),
    "not_json": N_("Send JSON, with the header Content-Type: application/json."),
    "too_large": N_("That is too much at once. Send less than %(most)d bytes."),
    "method_not_allowed": N_("This address does not take that method. See the header Allow."),
    "broken": N_("Something is wrong on our side. Please try again in a few minutes."),
    "not_now": N_("This is not working just now. Please try again in a few minutes."),
    "field_missing": N_("This is missing. Please send it."),
    "field_unknown": N_("We do not know this field. Leave it out or check how it is spelt."),
    "field_null": N_("This cannot be null. Leave it out or send a value."),
    "text_wanted": N_("Send a text here."),
    "object_wanted": N_("Send an object here."),
    "list_wanted": N_("Send a list here."),
    "list_too_long": N_("This list is too long: %(most)d at most."),
    "number_wanted": N_("Send a whole number here, without quotes."),
    "number_out_of_range": N_("Send a number from %(least)d to %(most)d."),
    "truth_wanted": N_("Send true or false here."),
    "day_wanted": N_("Send a day, like 2026-11-24."),
    "time_wanted": N_("Send a time like 2026-11-24T14:00:00+00:00, with its offset."),
    "clock_wanted": N_("Send a clock time like 09:30, or 24:00 for the end of a day."),
    "choice_unknown": N_("Send one of: %(choices)s."),
    "ref_malformed": N_("This is no reference. A reference has 4 to 6 letters and digits."),
    "cursor_unknown": N_("We cannot go on from there. Begin again without a cursor."),
    "token_name_missing": N_("Type what the key is for, so that you recognise it."),
    "token_name_taken": N_(
        "You have a key with this name already. Look at your keys below, or choose another name."
    ),
    "tokens_too_many": N_("You have as many keys as you can have: %(most)d. End one first."),
    "token_life_unknown": N_("Choose from the list."),
    "token_unknown": N_("We cannot find this key. It may have ended already."),
}
