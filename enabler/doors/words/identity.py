"""A sentence for each way in which signing in or signing up goes wrong, and how to go on."""

from enabler.doors.words.marking import N_

SENTENCES: dict[str, str] = {
    "phone_no_texts": N_("We cannot send a text to this number. Enter a mobile phone number."),
    "codes_number_soon": N_(
        "We have just sent some codes to this number. Use the newest one, or wait "
        "(minutes to wait: %(minutes)s) and ask again."
    ),
    "codes_number_day": N_(
        "We have sent this number all the codes we can in one day. Try again later "
        "(minutes to wait: %(minutes)s), or call us."
    ),
    "codes_address": N_(
        "Too many codes were asked for from here. Wait (minutes to wait: %(minutes)s) and ask "
        "again, or call us."
    ),
    "codes_everyone": N_(
        "Many people are signing in today, and we cannot send more codes now. Try again later, "
        "or call us."
    ),
    "code_missing": N_("Enter the code from our message."),
    "code_malformed": N_("The code is 6 numbers. Look at our message and enter them all."),
    "code_not_asked": N_(
        "We sent no code to this phone for this browser. Ask for a code here, and use it here."
    ),
    "code_used": N_("This code was used already. A code works once. Ask for a new one."),
    "code_expired": N_("This code is too old. A code works for 10 minutes. Ask for a new one."),
    "code_wrong": N_(
        "This is not the code we sent last. Look at our newest message and try again "
        "(tries left: %(left)s)."
    ),
    "code_too_many_tries": N_("That was 5 wrong tries. Ask for a new code."),
    "account_suspended": N_("You cannot use your account at the moment. Please call us."),
    "staff_wrong": N_(
        "Your email address, password or code is wrong. Each code works once: wait for the next. "
        "After 5 wrong tries we check nothing for a minute, then for longer each time."
    ),
    "sign_in_first": N_("Your time ran out. Ask for a new code. What you typed is kept."),
    "under_18": N_(
        "Enabler is for people who are 18 or over. Please ask a grown-up you trust to sign up and "
        "help you. If you are in danger, call 999. To talk to somebody, call Childline free on "
        "0800 1111."
    ),
    "contact_is_yours_already": N_("We have this already. Enter the new one."),
    "contact_taken": N_(
        "Another account here uses this already. Enter another one, or call us and we sort it out."
    ),
    "mail_not_given": N_("We have no email address of yours."),
    "prove_first": N_("We have to be sure that it is you. Ask for a code first."),
    "nothing_reaches_you": N_(
        "We have no phone number or email address that reaches you, so we cannot send a code. Call "
        "us and we do it with you."
    ),
    "mail_is_last_way": N_(
        "Nothing else reaches you, so the email address stays. Give us a mobile number first."
    ),
    "mail_signs_in": N_("You sign in with this email address, so it stays."),
    "number_is_theirs_already": N_("They have this number already."),
    "person_unknown": N_("We know nobody by that number or reference. Check each digit."),
    "old_number_stopped": N_(
        "You texted STOP to us, so we cannot send a code to your old number. Call us and we change "
        "it with you."
    ),
    "change_too_old": N_("This change is more than 3 days old. Call us and we put it right."),
    "link_unknown": N_("This link is not complete. Copy the whole of it from our message."),
    "lost_phones_soon": N_("Many people have written to us about lost phones. Please call us."),
    "languages_missing": N_("Choose at least one language."),
    "language_unknown": N_("Choose a language from the list."),
    "access_need_unknown": N_("Choose from the list."),
    "way_unknown": N_("Choose one of these."),
    "way_needs_mail": N_("We have no email address for you. Give us one first, or choose texts."),
    "quiet_from_missing": N_("Type when the quiet time begins, like 6pm."),
    "quiet_until_missing": N_("Type when the quiet time ends, like 10am."),
    "quiet_all_day": N_("Type another time: this is the same as the beginning."),
    "asks_per_week_outside": N_("Type a whole number from 1 to %(most)s."),
    "browser_unknown": N_("This browser is not signed in any more."),
    "consent_missing": N_("We need you to agree before we can keep your details."),
    "consent_changed": N_("The words to agree to have changed. Read the new ones first."),
    "name_missing": N_("Enter a name."),
    "name_with_contact": N_("Enter only a name here: no phone number, email address or link."),
    "name_no_letter": N_("Enter a name with at least one letter."),
    "name_too_long": N_("Enter a name of at most %(longest)s letters."),
    "shown_name_missing": N_("Enter the name that others should see."),
    "shown_name_too_long": N_("Enter a shorter name, of at most %(longest)s letters."),
    "address_missing": N_("Enter the house number or name, and the street."),
    "address_too_long": N_("Enter an address of at most %(longest)s letters."),
    "draft_too_long": N_("This is too long to keep. Make your answers shorter."),
    "password_too_short": N_("Choose a password of at least %(shortest)s letters."),
    "password_too_long": N_("Choose a password of at most %(longest)s letters."),
    "role_needs_organisation": N_("This role belongs to an organisation. Give it there."),
    "contacts_of_two_members": N_("The phone number and the email address are two people's."),
    "ward_missing": N_("A councillor needs a ward. Give its code."),
    "ward_not_for_role": N_("Only a councillor has a ward. Leave the ward out."),
    "member_unknown": N_("We know nobody with this reference here. Check it and try again."),
}
