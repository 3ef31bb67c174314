"""What messages about hours say that wait for a custodian, or end with an account."""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "hours_count": N_(
        "%(category)s: people at %(place)s council have looked at the hours, and all is well. They"
        " have been given now. %(link)s"
    ),
    "hours_do_not_count": N_(
        "%(category)s: people at %(place)s council have looked at the hours. This time no hours are"
        " given, and what was kept for it is free again. You can ask us why: %(link)s%(ring)s"
    ),
    "hours_left": N_(
        "The community has you covered: a pot of hours has paid what was open, and your account of"
        " hours is closed. Thank you for being part of it. You can still ask for help and give it:"
        " %(link)s"
    ),
    "hours_leaver_staff": N_(
        "Somebody in %(place)s leaves the time bank and stands below zero. Please even it out from"
        " a pot: %(link)s"
    ),
    "hours_wait_staff": N_(
        "Help in %(place)s has waited some days for you to look at its hours. Nobody gets them"
        " before somebody decides: %(link)s"
    ),
}
SUBJECTS: dict[str, str] = {
    "hours_count": N_("The hours have been given"),
    "hours_do_not_count": N_("About hours for your help"),
    "hours_wait_staff": N_("Hours wait for you"),
    "hours_left": N_("Your hours are evened out"),
    "hours_leaver_staff": N_("Somebody leaves the time bank"),
}
