"""The words of texts and short mails, by template: at most two segments in English.

None uses a word that networks take for themselves (STOP, YES, HELP and the like) as something to
answer. Names and addresses stand only where ``services.messages`` has checked who may read them.
"""

from enabler.doors.words import (
    check_letters,
    code_letters,
    complaints,
    desk_letters,
    hours_letters,
    leaving_letters,
    mandate_letters,
    rules_letters,
    safeguarding,
    waiting_letters,
)
from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "answer": N_("That has changed meanwhile. Text MY to see what is open."),
    "contact_changed": N_(
        "Your phone or email at Enabler, %(place)s, was changed. Was it you? Then all is well. If"
        " not, press here within 3 days: %(link)s%(ring)s"
    ),
    "phone_lost": N_(
        "This phone is not used for Enabler, %(place)s, any more: we were told that it is lost."
        " Is that wrong? Then please tell us.%(ring)s"
    ),
    "phone_reported": N_(
        "Somebody told Enabler, %(place)s, that this phone is lost. Nothing has changed yet. Is"
        " that wrong? Then please tell us.%(ring)s"
    ),
    "ask": N_(
        "Can you lend a hand in %(ward)s? %(category)s, %(when)s.%(distance)s%(why)s"
        " Please answer by %(answer_by)s: %(link)s"
    ),
    "accepted_asker": N_(
        "Good news: %(name)s will help you. %(category)s, %(when)s.%(found)s%(meet)s What is open:"
        " text MY, or see %(link)s"
    ),
    "accepted_helper": N_(
        "Thank you! You are helping %(name)s. %(category)s, %(when)s.%(meet)s How to meet: %(link)s"
    ),
    "filled": N_(
        "Somebody said yes before you did: %(category)s in %(ward)s. You need do nothing."
        " Thank you for being there. Enabler, %(place)s"
    ),
    "lapsed": N_(
        "The time to answer is over: %(category)s in %(ward)s. That is all right, we have asked"
        " others. Your offer stays open: %(link)s"
    ),
    "released": N_(
        "Sorry, your helper cannot come after all. %(category)s, %(when)s. We are asking others"
        " now and will text you. See how it goes: %(link)s"
    ),
    "released_helper": N_(
        "%(category)s in %(ward)s, %(when)s: they have found another way and you need not go."
        " Thank you for being there. %(link)s"
    ),
    "arranged": N_("It is agreed: %(category)s with %(name)s, %(when)s. All about it: %(link)s"),
    "done_asker": N_(
        "%(name)s tells us the job is done: %(category)s, %(minutes)s. Is that right? Please tell"
        " us, also if something went wrong: %(link)s"
    ),
    "done_helper": N_(
        "We are told that you helped: %(category)s, %(minutes)s. Is that right? Please tell us,"
        " also if something went wrong: %(link)s"
    ),
    "confirmed_helper": N_(
        "%(category)s, %(minutes)s: all done and agreed. Thank you for helping your neighbours!"
        " %(link)s"
    ),
    "disputed": N_(
        "%(category)s: the other side does not see it as you do. Somebody at %(place)s council"
        " will look at it and talk with you both. %(link)s"
    ),
    "corrected": N_(
        "%(category)s: the other person says that it took %(minutes)s. Is that right? Please tell"
        " us, also if something went wrong: %(link)s"
    ),
    "decided": N_(
        "%(category)s: people at %(place)s council have looked at what you two said. It counts as"
        " %(minutes)s. You can ask us why: %(link)s"
    ),
    "decided_none": N_(
        "%(category)s: people at %(place)s council have looked at what you two said. It does not"
        " count as done, and no hours move. You can ask us why: %(link)s"
    ),
    "withdrawn": N_(
        "%(category)s in %(ward)s, %(when)s: this is not needed any more. You need not go."
        " Thank you for being there. %(link)s"
    ),
    "held": N_(
        "We have it: %(category)s. Somebody at %(place)s council looks at it first, then we go"
        " on. We will text you. %(link)s"
    ),
    "approved": N_(
        "Good news: %(category)s has been looked at and is open now.%(checks)s %(link)s"
    ),
    "no_one_yet": N_(
        "We look for somebody: %(category)s. We do not text helpers at night, so we ask from"
        " %(next_at)s and will text you. %(link)s%(ring)s In danger ring 999."
    ),
    "brokering": N_(
        "Nobody could do it so far: %(category)s. People at %(place)s council are looking for"
        " somebody now. See how it goes: %(link)s%(councillor)s%(ring)s In danger ring 999."
    ),
    "still_needed": N_(
        "The time you asked for is over and nobody could come: %(category)s. Sorry. Do you still"
        " need it? Please tell us: %(link)s%(ring)s"
    ),
    "offer_back": N_(
        "Welcome back: your pause is over and we may ask you again. %(category)s. If you need"
        " longer, tell us here: %(link)s"
    ),
    "still_right": N_(
        "You offered this a while ago and nobody has needed it of late: %(category)s. Is it still"
        " right? One press is enough, or change it: %(link)s"
    ),
    "series_over": N_(
        "Sorry, we had to stop what you ask for every week: %(category)s. The council does not"
        " offer it here any more. See how it stands: %(link)s%(ring)s"
    ),
    "changed": N_(
        "%(category)s in %(ward)s, %(when)s: they have changed what they ask for. Please see if it"
        " still suits you. If not, you can give it back: %(link)s"
    ),
    "assigned": N_(
        "%(organisation)s asks you to go: %(category)s for %(name)s, %(when)s. Where, how, or if"
        " you cannot: %(link)s"
    ),
    "stood_down": N_(
        "%(category)s in %(ward)s, %(when)s: somebody else of %(organisation)s goes now. You need"
        " not go. Thank you."
    ),
    "handed_back": N_(
        "%(category)s in %(ward)s, %(when)s: nobody of %(organisation)s goes now. Please choose"
        " somebody: %(link)s"
    ),
    "other_helper": N_(
        "%(category)s, %(when)s: who comes from %(organisation)s has changed. See who it is:"
        " %(link)s"
    ),
    "organisation_held": N_(
        "We have it: %(organisation)s. Somebody at %(place)s council looks at it first. We will"
        " text you. %(link)s"
    ),
    "organisation_approved": N_(
        "Good news: %(organisation)s has been checked and is open now. See what you can do next:"
        " %(link)s"
    ),
    "invitation": N_(
        "A group in %(place)s asks you something. See what it is, and say yes or no, by"
        " %(needed_by)s: %(link)s?code=%(code)s If this is not for you, you need do nothing."
        " Enabler"
    ),
    "joined": N_(
        "Somebody whom you asked acts for %(organisation)s from now on. See who: %(link)s"
    ),
    "role_changed": N_(
        "What you do for %(organisation)s has changed. See what it is now: %(link)s"
    ),
    "role_ended": N_(
        "You do not act for %(organisation)s any more. What you were to do for it, others do: you"
        " need not go. Thank you for all you have done."
    ),
    "token_made": N_(
        "A new key lets a program act for you on Enabler, %(place)s. If you did not make it, end it"
        " here and tell us: %(link)s"
    ),
    **code_letters.TEXTS,
    **check_letters.TEXTS,
    **waiting_letters.TEXTS,
    **hours_letters.TEXTS,
    **leaving_letters.TEXTS,
    **desk_letters.TEXTS,
    **mandate_letters.TEXTS,
    **rules_letters.TEXTS,
    "address": N_(
        "%(category)s, %(when)s: %(name)s, %(address)s, %(postcode)s. Please keep this to"
        " yourself and delete it after your visit."
    ),
    "wrote": N_("%(name)s wrote to you: %(category)s. Read it and answer here: %(link)s"),
    "proposed": N_(
        "%(name)s suggests a time: %(category)s, %(when)s. Nothing is agreed yet. Say if it suits"
        " you: %(link)s"
    ),
    "reminder": N_(
        "Do not forget: %(category)s with %(name)s, %(when)s. If you cannot, please tell them now:"
        " %(link)s"
    ),
    "on_way": N_("%(name)s is on the way to you now: %(category)s. %(link)s"),
    "cannot_find": N_(
        "%(name)s is there for you and cannot find you: %(category)s. Please look out, or write"
        " here: %(link)s%(ring)s"
    ),
    "went_wrong_lead": N_(
        "Somebody told %(place)s council that something went wrong. Please read it: %(link)s"
    ),
    "worried_lead": N_(
        "Somebody told %(place)s council that they are worried about someone. Please read it and"
        " say by %(needed_by)s that you have seen it: %(link)s"
    ),
    "more_reports_lead": N_(
        "More people who are not signed in have told %(place)s council something. Please read all"
        " of it at the desk: %(link)s"
    ),
    **safeguarding.TEXTS,
    **complaints.TEXTS,
}
"""What each message says. The names in brackets are made by ``texts``."""

SUBJECTS: dict[str, str] = {
    "on_way": N_("Your helper is on the way"),
    "cannot_find": N_("Your helper cannot find you"),
    "offer_back": N_("Your offer is open again"),
    "still_right": N_("Is your offer still right?"),
    "series_over": N_("What you ask for every week has ended"),
    "changed": N_("What is asked for has changed"),
    "assigned": N_("Can you go?"),
    "stood_down": N_("You need not go"),
    "handed_back": N_("Please choose somebody"),
    "other_helper": N_("Somebody else comes"),
    "organisation_held": N_("We look at your organisation"),
    "organisation_approved": N_("Your organisation is open"),
    "invitation": N_("A group asks you something"),
    "joined": N_("Somebody has joined you"),
    "role_changed": N_("What you do has changed"),
    "role_ended": N_("You do not act for an organisation any more"),
    "contact_changed": N_("How we reach you was changed"),
    "phone_lost": N_("Your phone was reported as lost"),
    "phone_reported": N_("Somebody says that a phone is lost"),
    "ask": N_("Can you lend a hand?"),
    "accepted_asker": N_("Somebody will help you"),
    "accepted_helper": N_("Thank you for helping"),
    "filled": N_("Somebody else said yes"),
    "lapsed": N_("The time to answer is over"),
    "released": N_("Your helper cannot come"),
    "released_helper": N_("You need not go after all"),
    "arranged": N_("It is agreed"),
    "done_asker": N_("Is the job done?"),
    "done_helper": N_("Did you help?"),
    "confirmed_helper": N_("All done, thank you"),
    "disputed": N_("You two do not agree"),
    "corrected": N_("Did it take that long?"),
    "decided": N_("The council has looked at it"),
    "decided_none": N_("The council has looked at it"),
    "withdrawn": N_("You are not needed any more"),
    "held": N_("We look at it first"),
    "approved": N_("It is open now"),
    "no_one_yet": N_("We ask helpers in the morning"),
    "brokering": N_("We are still looking for somebody"),
    "wrote": N_("Somebody wrote to you"),
    "proposed": N_("A time is suggested"),
    "reminder": N_("Do not forget your visit"),
    "went_wrong_lead": N_("Something went wrong"),
    "worried_lead": N_("Somebody is worried about someone"),
    "more_reports_lead": N_("More has been told"),
    "still_needed": N_("Do you still need it?"),
    "address": N_("Where to go"),
    "token_made": N_("A new key for a program"),
    **code_letters.SUBJECTS,
    **check_letters.SUBJECTS,
    **waiting_letters.SUBJECTS,
    **hours_letters.SUBJECTS,
    **leaving_letters.SUBJECTS,
    **safeguarding.SUBJECTS,
    **complaints.SUBJECTS,
    **desk_letters.SUBJECTS,
    **mandate_letters.SUBJECTS,
    **rules_letters.SUBJECTS,
}
"""What each mail is called. No name, no address and no kind of help: others may see a subject."""
OTHER_SUBJECT = N_("News from Enabler")

WHY_YOU: dict[str, str] = {
    "nearness": N_("You are near."),
    "time_fit": N_("You are free then."),
    "asked_least": N_("We have not asked you much."),
    "acceptance": N_("You often say yes."),
    "reciprocity": N_("Others have helped you too."),
    "language": N_("You speak the language."),
    "rotation": N_("It is your turn."),
}
"""Why this helper is asked, by the factor of the score that gave most. Not ``helped_before``: it
would tell who is asking."""

FIRST_MEETINGS: dict[str, str] = {
    "public": N_("Meet in a public place first, please."),
    "doorstep": N_("Meet at the door, please, not inside."),
}
"""What both sides are told where whoever helps is new."""
