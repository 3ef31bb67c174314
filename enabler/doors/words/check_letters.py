"""What messages about checks, and about the safety of a visit, say."""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "check_ends": N_(
        "%(check)s: the council has it down until %(day)s. To go on helping, please show a new one"
        " before: %(link)s%(ring)s"
    ),
    "check_ended": N_(
        "%(check)s: what the council saw of you has run out, so for now we do not ask you for help"
        " that needs it. Show a new one and all comes back: %(link)s%(ring)s"
    ),
    "check_revoked": N_(
        "%(check)s: the council does not count it any more. The reason is here, and what you can"
        " do: %(link)s%(ring)s"
    ),
    "check_seen": N_(
        "Thank you. Somebody at %(place)s council has seen it and written it down: %(check)s."
        " %(link)s"
    ),
    "rely_asked": N_(
        "%(organisation)s asks you: may it count on your proof when it chooses who goes on its"
        " visits? It does so only if you say yes. Read it and answer here: %(link)s%(ring)s"
    ),
    "check_refused": N_(
        "%(check)s: somebody at %(place)s council has looked at what you asked. Please read what"
        " they say: %(link)s%(ring)s"
    ),
    "check_gap_helper": N_(
        "%(category)s, %(when)s: please do not go yet. The council has to look at something first."
        " What it is, and what you can do: %(link)s%(ring)s"
    ),
    "check_gap_asker": N_(
        "%(category)s, %(when)s: the council has to check something before your helper can come. If"
        " it takes too long we ask somebody else: %(link)s%(ring)s"
    ),
    "check_back": N_(
        "Good news: %(category)s, %(when)s. All is checked again, and the help can go on as you"
        " agreed. %(link)s"
    ),
    "check_released": N_(
        "%(category)s, %(when)s: please do not go. The council has not said in time that you can,"
        " so others are asked now. What you can do: %(link)s%(ring)s"
    ),
    "mate_gone": N_(
        "%(category)s, %(when)s: two go together here, and nobody goes with you now. Please do not"
        " go alone. We look for somebody and tell you: %(link)s%(ring)s"
    ),
    "mate_found": N_(
        "%(category)s, %(when)s: now somebody goes with you. You can see who to ask for and where:"
        " %(link)s"
    ),
    "mate_late_helper": N_(
        "%(category)s, %(when)s: two go together here, and nobody is found yet to go with you."
        " Please do not go alone. We go on looking and tell you in time: %(link)s%(ring)s"
    ),
    "mate_late_asker": N_(
        "%(category)s, %(when)s: two helpers come together for this, and one of them is not found"
        " yet. We go on looking, and tell you in time if nobody can come: %(link)s%(ring)s"
    ),
    "mate_none_helper": N_(
        "%(category)s, %(when)s: nobody was found to go with you, so please do not go. Thank you"
        " for saying yes. %(link)s%(ring)s"
    ),
    "mate_none_asker": N_(
        "%(category)s, %(when)s: nobody was found to be the second helper, so nobody comes then. We"
        " ask others, and the council sees that you wait. How it goes on: %(link)s%(ring)s"
    ),
    "visit_not_arrived": N_(
        "%(category)s, %(when)s: have you arrived? Please tell us here, so that we know that you"
        " are safe: %(link)s%(ring)s"
    ),
    "visit_overdue": N_(
        "%(category)s, %(when)s: are you all right? Please tell us that you have left, or stay"
        " longer: %(link)s%(ring)s In danger ring 999."
    ),
    "visit_overdue_staff": N_(
        "A helper in %(ward)s has not said that they have left a visit: %(when)s. Please ring them"
        " now: %(link)s"
    ),
    "visit_stuck_staff": N_(
        "Somebody needs you now at a visit in %(ward)s: %(when)s. Please ring both of them:"
        " %(link)s"
    ),
}

SUBJECTS: dict[str, str] = {
    "check_ends": N_("A check of yours runs out"),
    "check_ended": N_("A check of yours has run out"),
    "check_revoked": N_("A check of yours does not count any more"),
    "check_seen": N_("We have seen your paper"),
    "rely_asked": N_("May somebody count on your proof?"),
    "check_refused": N_("About the check that you asked for"),
    "check_gap_helper": N_("Please wait before you go"),
    "check_gap_asker": N_("We check something first"),
    "check_back": N_("All is checked again"),
    "check_released": N_("Please do not go"),
    "mate_gone": N_("Please do not go alone"),
    "mate_found": N_("Somebody goes with you"),
    "mate_late_helper": N_("Nobody is found yet to go with you"),
    "mate_late_asker": N_("A second helper is not found yet"),
    "mate_none_helper": N_("Please do not go"),
    "mate_none_asker": N_("Nobody can come then"),
    "visit_not_arrived": N_("Have you arrived?"),
    "visit_overdue": N_("Are you all right?"),
    "visit_overdue_staff": N_("A visit is overdue"),
    "visit_stuck_staff": N_("Somebody needs you now"),
}
