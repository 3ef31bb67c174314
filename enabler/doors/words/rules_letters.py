"""What messages about a place's rules say."""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "rules_proposed": N_(
        "A colleague proposes other rules for %(place)s. Please look at them and decide by"
        " %(answer_by)s: %(link)s"
    ),
    "rules_approved": N_(
        "Other rules for %(place)s have been approved. They hold from %(next_at)s: %(link)s"
    ),
    "rules_rejected": N_(
        "A colleague has looked at the rules that you proposed for %(place)s, and rejected them."
        " Read why: %(link)s"
    ),
    "rules_lapsed": N_(
        "Nobody has decided in time about the rules that you proposed for %(place)s. You can"
        " propose them again: %(link)s"
    ),
}
SUBJECTS: dict[str, str] = {
    "rules_proposed": N_("Other rules wait for you to decide"),
    "rules_approved": N_("Other rules have been approved"),
    "rules_rejected": N_("The rules that you proposed were rejected"),
    "rules_lapsed": N_("Nobody has decided about your rules"),
}
