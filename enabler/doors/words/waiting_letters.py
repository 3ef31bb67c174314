"""What messages to councillors and custodians say of people who wait for help."""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "brokering_staff": N_(
        "Somebody in %(ward)s waits for help and nobody has said yes: %(category)s, needed by"
        " %(needed_by)s. Can you find someone? %(link)s"
    ),
    "more_waiting_staff": N_(
        "More people in %(place)s wait for help, and nobody has said yes. Can you find someone for"
        " them? All of them, the most pressing first: %(link)s"
    ),
    "more_waiting_ward": N_(
        "More people in %(ward)s wait for help, and nobody has said yes. Can you find someone for"
        " them? All of them: %(link)s"
    ),
}

SUBJECTS: dict[str, str] = {
    "brokering_staff": N_("Somebody waits for help"),
    "more_waiting_staff": N_("More people wait for help"),
    "more_waiting_ward": N_("More people in your ward wait for help"),
}
