"""What messages about hours, and about money beside them, say."""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "cost_noted": N_(
        "%(name)s has written down money that they spent for you: %(category)s. Please check"
        " that it is right: %(link)s"
    ),
    "cost_answered": N_(
        "%(category)s: there is an answer to the money that you wrote down. Read it here: %(link)s"
    ),
    "hours_given": N_("%(name)s gave you %(minutes)s of their time. See your hours: %(link)s"),
    "hours_paid": N_(
        "%(category)s: a pot has given you the hours that were missing. Thank you for helping!"
        " %(link)s"
    ),
    "hours_as_gift": N_(
        "%(category)s: nobody had hours for all of it, so the rest counts as your gift. Thank you,"
        " that was kind! %(link)s"
    ),
    "hours_granted": N_("The council gave you %(minutes)s of help. See your hours: %(link)s"),
    "hours_undone": N_(
        "The council has put something right in your hours: %(minutes)s went back. See your hours:"
        " %(link)s"
    ),
    "hours_noted_in": N_(
        "We were told that you helped for %(minutes)s on %(day)s. It counts on"
        " %(next_at)s. Was it not so? Please say so before: %(link)s%(ring)s"
    ),
    "hours_noted_out": N_(
        "We were told that you had help for %(minutes)s on %(day)s. It counts on"
        " %(next_at)s. Was it not so? Please say so before: %(link)s%(ring)s"
    ),
    "hours_noted_of": N_(
        "Hours of %(organisation)s were written down for people who helped on %(day)s:"
        " %(minutes)s in all. They count on %(next_at)s. Was it not so? You can take it back"
        " before: %(link)s%(ring)s"
    ),
    "hours_noted_staff": N_(
        "Somebody at %(place)s council wrote down hours for %(day)s that a pot pays for:"
        " %(minutes)s in all. They count on %(next_at)s. Was it not so? Please look at it before:"
        " %(link)s"
    ),
    "hours_taken_back": N_(
        "What was written down about your hours of %(day)s was a mistake. It is taken back, and"
        " nothing has moved: %(link)s"
    ),
    "hours_decided": N_(
        "The council has looked at the hours that were written down for %(day)s. See what counts:"
        " %(link)s"
    ),
    "hours_count": N_(
        "%(category)s: people at %(place)s council have looked at the hours, and all is well. They"
        " have been given now. %(link)s"
    ),
    "hours_do_not_count": N_(
        "%(category)s: people at %(place)s council have looked at the hours. This time no hours are"
        " given, and what was kept for it is free again. You can ask us why: %(link)s%(ring)s"
    ),
    "hours_left": N_(
        "The community has you covered: a pot of hours made up the difference, and your account"
        " of hours is closed. Thank you for being part of it. You can still ask for help and give"
        " it: %(link)s"
    ),
    "hours_leaver_staff": N_(
        "Somebody in %(place)s leaves the time bank and stands below zero. Please even it out from"
        " a pot: %(link)s"
    ),
    "hours_wait_staff": N_(
        "Help in %(place)s has waited some days for you to look at its hours. Nobody gets them"
        " before somebody decides: %(link)s"
    ),
    "hours_limits_staff": N_(
        "%(organisation)s proposes how many hours your two places may owe each other. Nothing"
        " changes until a custodian in %(place)s answers: %(link)s"
    ),
}
SUBJECTS: dict[str, str] = {
    "cost_noted": N_("Money was spent for you"),
    "cost_answered": N_("About the money that you spent"),
    "hours_given": N_("You were given hours"),
    "hours_paid": N_("Your help has been paid in hours"),
    "hours_as_gift": N_("Thank you for your gift"),
    "hours_granted": N_("You were given hours"),
    "hours_undone": N_("Something in your hours was put right"),
    "hours_noted_in": N_("Hours were written down for you"),
    "hours_noted_out": N_("Hours were written down for you"),
    "hours_noted_of": N_("Hours of your organisation were written down"),
    "hours_noted_staff": N_("Hours of a pot were written down"),
    "hours_taken_back": N_("It was a mistake, and is taken back"),
    "hours_decided": N_("Somebody has looked at your hours"),
    "hours_count": N_("The hours have been given"),
    "hours_do_not_count": N_("About hours for your help"),
    "hours_wait_staff": N_("Hours wait for you"),
    "hours_limits_staff": N_("Another place proposes something about hours"),
    "hours_left": N_("Your hours are evened out"),
    "hours_leaver_staff": N_("Somebody leaves the time bank"),
}
