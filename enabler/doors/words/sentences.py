"""The words of texts and short mails, by template: at most two segments in English.

None uses a word that networks take for themselves (STOP, YES, HELP and the like) as something to
answer. Names and addresses stand only where ``services.messages`` has checked who may read them.
"""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "sign_in_code": N_(
        "%(code)s is your code to sign in to Enabler, %(place)s. It works once, until %(until)s."
        " Never tell it to anybody. We will never ask you for it."
    ),
    "ask": N_(
        "Can you lend a hand in %(ward)s? %(category)s, %(when)s.%(distance)s%(why)s"
        " Please answer by %(answer_by)s: %(link)s"
    ),
    "accepted_asker": N_(
        "Good news: %(name)s will help you. %(category)s, %(when)s. See what to do next: %(link)s"
    ),
    "accepted_helper": N_(
        "Thank you! You are helping %(name)s. %(category)s, %(when)s. How to meet: %(link)s"
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
    "withdrawn": N_(
        "%(category)s in %(ward)s, %(when)s: this is not needed any more. You need not go."
        " Thank you for being there. %(link)s"
    ),
    "held": N_(
        "We have it: %(category)s. Somebody at %(place)s council looks at it first, then we go"
        " on. We will text you. %(link)s"
    ),
    "approved": N_("Good news: %(category)s has been checked and is open now. %(link)s"),
    "refused": N_(
        "Sorry, we cannot go on with this: %(category)s. The reason is here: %(link)s%(ring)s"
    ),
    "no_one_yet": N_(
        "We look for somebody: %(category)s. We do not text helpers at night, so we ask from"
        " %(next_at)s and will text you. %(link)s%(ring)s In danger ring 999."
    ),
    "brokering": N_(
        "Nobody could do it so far: %(category)s. People at %(place)s council are looking for"
        " somebody now. See how it goes: %(link)s%(ring)s In danger ring 999."
    ),
    "brokering_staff": N_(
        "Somebody in %(ward)s waits for help and nobody has said yes: %(category)s, needed by"
        " %(needed_by)s. Can you find someone? %(link)s"
    ),
    "still_needed": N_(
        "The time you asked for is over and nobody could come: %(category)s. Sorry. Do you still"
        " need it? Please tell us: %(link)s%(ring)s"
    ),
    "token_made": N_(
        "A new key lets a program act for you on Enabler, %(place)s. If you did not make it, end it"
        " here and tell us: %(link)s"
    ),
    "address": N_(
        "%(category)s, %(when)s: %(name)s, %(address)s, %(postcode)s. Please keep this to"
        " yourself and delete it after your visit."
    ),
}
"""What each message says. The names in brackets are made by ``texts``."""

SUBJECTS: dict[str, str] = {
    "ask": N_("Can you lend a hand?"),
    "held": N_("We look at it first"),
    "refused": N_("Sorry, we cannot go on with this"),
    "brokering_staff": N_("Somebody waits for help"),
    "token_made": N_("A new key for a program"),
}
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
