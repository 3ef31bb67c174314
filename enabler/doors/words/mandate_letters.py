"""What messages about supporters and mandates say."""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "mandate_code": N_(
        "%(code)s is your code to let somebody act for you on Enabler, %(place)s. It works once,"
        " until %(until)s. Say it only if you want that. Not you? Tell nobody.%(ring)s"
    ),
    "mandate_asked": N_(
        "Somebody asks if they may act for you on Enabler, %(place)s.%(by_text)s See who it is, and"
        " say yes or no, before %(needed_by)s: %(link)s"
    ),
    "mandate_go_on": N_(
        "Somebody who acts for you on Enabler, %(place)s, asks if they may go on.%(by_text)s See"
        " who it is,"
        " and say yes or no, before %(needed_by)s: %(link)s%(ring)s"
    ),
    "mandate_offered": N_(
        "Somebody asks you to act for them on Enabler, %(place)s. See who it is with the code"
        " %(code)s, before %(needed_by)s: %(link)s"
    ),
    "mandate_begun": N_(
        "%(name)s may act for you on Enabler now, until %(day)s. We tell you what they do."
        "%(end_by_text)s You can end it at any time: %(link)s%(ring)s"
    ),
    "mandate_yours": N_(
        "You can act for somebody on Enabler now. We tell them what you do for them. It"
        " ends by itself: ask them again in good time. Begin here: %(link)s"
    ),
    "mandate_ends": N_(
        "%(name)s may act for you until %(day)s.%(end_by_text)s If that should go on, say so here"
        " before then. If"
        " not, you need do nothing: %(link)s%(ring)s"
    ),
    "mandate_word": N_(
        "What you told us about who acts for you here is done. If that was not you,"
        " tell us at once. See it here: %(link)s%(ring)s"
    ),
    "mandate_look_lead": N_(
        "There is a reason to look at who acts for somebody in %(place)s. Please speak to neither"
        " of them before you have read it: %(link)s"
    ),
    "acted": N_(
        "%(name)s did this for you: %(deed)s.%(end_by_text)s See it, or end it, here:"
        " %(link)s%(ring)s"
    ),
    "acted_today": N_(
        "%(name)s did something for you today.%(end_by_text)s See what it was, or end it, here:"
        " %(link)s%(ring)s"
    ),
}
SUBJECTS: dict[str, str] = {
    "mandate_code": N_("Your code to let somebody act for you"),
    "mandate_asked": N_("Somebody asks to act for you"),
    "mandate_go_on": N_("Should somebody go on acting for you?"),
    "mandate_offered": N_("Somebody asks you to act for them"),
    "mandate_begun": N_("Somebody may act for you now"),
    "mandate_yours": N_("You can act for somebody now"),
    "mandate_ends": N_("Should somebody go on acting for you?"),
    "mandate_word": N_("What you told us is done"),
    "mandate_look_lead": N_("Please look at who acts for somebody"),
    "acted": N_("Something was done for you"),
    "acted_today": N_("What was done for you today"),
}
