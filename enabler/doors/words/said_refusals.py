"""Why something cannot be done, in a text: where the sentence that stands on pages speaks of pages,
forms or lists there is another one for whoever has none of them before their eyes."""

import re

from enabler.doors.words import SENTENCES, by_text
from enabler.doors.words.marking import N_

BY_TEXT: dict[str, str] = {
    "category_off": N_("This kind of help is not offered here. Text CALL ME and we ring you."),
    "category_unknown": N_("We do not know this kind of help. Text CALL ME and we ring you."),
    "setting_not_possible": N_("This kind of help does not happen there. Text NEED to ask anew."),
    "preference_not_here": N_("You cannot choose that for this kind of help."),
    "where_missing": N_("We do not know where. Text NEED again with your postcode."),
    "address_missing": N_("We need the house number and the street. Text NEED to ask anew."),
    "no_home": N_("We do not know where you live yet. Text CALL ME and we ring you."),
    "postcode_malformed": N_("We cannot read this postcode. Text all of it, like BS3 4QT."),
    "postcode_partial": N_("We need the whole postcode, like BS3 4QT."),
    "postcode_missing": N_("We need your postcode, like BS3 4QT."),
    "day_is_past": N_("That day is past. Text a day to come."),
    "time_is_past": N_("That time is past. Text a later one."),
    "visit_in_the_past": N_("That time is past. Text a later one."),
    "window_in_the_past": N_("That time is past. Text a later one."),
    "visit_too_far_ahead": N_("That is too far ahead. Text a day within %(days)d days."),
    "window_too_far_ahead": N_("That is too far ahead. Text a day within %(days)d days."),
    "date_too_far_ahead": N_("That is too far ahead. Text an earlier day."),
    "time_malformed": N_("We cannot read this time. Text it like 2pm or 14:30."),
    "time_needs_am_or_pm": N_("Is it morning or afternoon? Text 2am or 2pm."),
    "time_skipped": N_(
        "The clocks go forward then, so this time does not exist. Text a later one."
    ),
    "time_repeated": N_("The clocks go back then, so this time comes twice. Text another one."),
    "times_missing": N_("Text the day and time, or ANY TIME."),
    "windows_too_many": N_("That is too many times. Text one of them."),
    "proposal_changed": N_("Another time was suggested meanwhile. Text MY to see it."),
    "changed_meanwhile": N_("It was changed meanwhile. Text MY to see it."),
    "receiver_unknown": N_("We know nobody with this reference here. Check each letter."),
    "receiver_missing": N_("Whom is it for? Text GIVE, the hours and their reference."),
    "receiver_without_hours": N_("Hours cannot be given to them."),
    "to_oneself": N_("You cannot give hours to yourself."),
    "minutes_not_positive": N_("That is no time at all. Text how long it took, like 1h30."),
    "minutes_not_whole": N_("We cannot read how long. Text it like 1h30."),
    "minutes_out_of_range": N_("That cannot be the length. Text it like 1h30."),
    "rounded_to_nothing": N_("That is less than a minute. Text how long it took, like 1h30."),
    "category_earns_no_hours": N_("This kind of help does not count hours here."),
    "you_are_paused": N_("You are having a rest from us. Text BACK and you can do this again."),
    "complaints_too_many": N_("Very many complaints came just now. Please text it again later."),
    "reports_too_many": N_("We were told very many things just now. Please text it again later."),
    "words_empty": N_("Please say it in a few words."),
    "name_missing": N_("We need your first name."),
    "name_no_letter": N_("We need your first name, with at least one letter."),
    "name_with_contact": N_("Text only your first name, without a number or a link."),
    "contact_taken": N_("Somebody here has this number already. Text CALL ME and we ring you."),
    "account_exists": N_("There is an account with this number already. Text MENU."),
    "report_kind_unknown": N_("Text WORRIED and say what worries you."),
    "terms_end_with_account": N_("This ends when your account is deleted. Text CALL ME for that."),
    "key_reused": N_("That text came before with other words. Please text it again."),
    "visit_changed_since": N_("Something was said of this visit meanwhile. Text MY to see it."),
    "consent_unknown": N_("We cannot find that. Text CALL ME and we ring you."),
    "sign_in_first": N_("That cannot be done by text. Text CALL ME and we ring you."),
    "beyond_mandate": N_("That is not among the things that they let you do for them."),
    "not_found": N_("We cannot find that. Check the letter or the reference."),
    "link_unknown": N_("That cannot be done by text. Text CALL ME and we ring you."),
    "under_18": N_(
        "Enabler is for people who are 18 or over. Please ask a grown-up you trust to sign up and"
        " help you. In danger ring 999. To talk to somebody ring Childline free: 0800 1111."
    ),
}
OTHERWISE = N_("That did not work. Text CALL ME and we ring you.%(ring)s")
"""Where no sentence fits, or one lacks what it tells of."""

_OF_PAGES = re.compile(
    r"\b(pages?|press|buttons?|form|sign in|links?|type|choose|tick|box|below|above|open it|screen|"
    r"web|enter|window|lists?|header|send|code)\b", re.IGNORECASE,
)  # fmt: skip


def refusal_sentence(code: str) -> str:
    """The sentence for a code, as the message id of the catalogue."""
    if code in BY_TEXT:
        return BY_TEXT[code]
    words = SENTENCES.get(code)
    if words is None or (_OF_PAGES.search(words) and code not in by_text.SENTENCES):
        return OTHERWISE
    return words
