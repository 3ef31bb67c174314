"""What messages of the desk say."""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "decision_refused": N_(
        "Sorry, we at %(place)s council cannot go on with something that you sent us. What it is,"
        " why, and what you can do if you do not agree: %(link)s%(ring)s"
    ),
    "decision_held": N_(
        "We at %(place)s council look once more at something of yours. Until then nobody is asked."
        " Why, and what you can do: %(link)s%(ring)s"
    ),
    "decision_suspended": N_(
        "We at %(place)s council have stopped something of yours for now. Why, for how long, and"
        " what you can do if you do not agree: %(link)s%(ring)s"
    ),
    "decision_edited": N_(
        "It is open. We at %(place)s council changed some of your words first. See what and why,"
        " and what you can do if you do not agree: %(link)s"
    ),
    "decision_over": N_(
        "Good news: we at %(place)s council have taken back a decision about something of yours."
        " See it here: %(link)s"
    ),
    "appeal_decided": N_(
        "You told us that you do not agree with a decision. Somebody else at %(place)s council has"
        " looked at it now. Read what they say: %(link)s%(ring)s"
    ),
    "appeal_won": N_(
        "You told us that you do not agree with a decision. Somebody else at %(place)s council has"
        " looked at it now, and it is taken back. Read what they say: %(link)s"
    ),
    "question_asked": N_(
        "Before we go on with what you sent us, we at %(place)s council have a question. Please"
        " read it and answer here: %(link)s"
    ),
    "desk_due_staff": N_(
        "Things at the desk of %(place)s wait for longer than they should. Please look at them:"
        " %(link)s"
    ),
}
SUBJECTS: dict[str, str] = {
    "decision_refused": N_("Sorry, we cannot go on with this"),
    "decision_held": N_("We look at it once more"),
    "decision_suspended": N_("We have stopped something for now"),
    "decision_edited": N_("It is open, with a change"),
    "decision_over": N_("A decision was taken back"),
    "appeal_decided": N_("We have looked at it again"),
    "appeal_won": N_("A decision is taken back"),
    "question_asked": N_("We have a question"),
    "desk_due_staff": N_("Things at the desk wait too long"),
}
