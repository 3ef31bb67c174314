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
    "rules_ending_proposed": N_(
        "A colleague proposes that these rules for %(place)s end now: %(organisation)s. Please"
        " look at it and decide by %(answer_by)s: %(link)s"
    ),
    "rules_ending_approved": N_(
        "Rules for %(place)s have ended before their time, as two of you said so:"
        " %(organisation)s. %(link)s"
    ),
    "rules_ending_rejected": N_(
        "A colleague has looked at the rules for %(place)s that you wanted to end:"
        " %(organisation)s. They go on. Read why: %(link)s"
    ),
    "rules_ending_lapsed": N_(
        "Nobody has decided in time whether these rules for %(place)s end, as you proposed:"
        " %(organisation)s. They go on. You can propose it again: %(link)s"
    ),
}
SUBJECTS: dict[str, str] = {
    "rules_proposed": N_("Other rules wait for you to decide"),
    "rules_approved": N_("Other rules have been approved"),
    "rules_rejected": N_("The rules that you proposed were rejected"),
    "rules_lapsed": N_("Nobody has decided about your rules"),
    "rules_ending_proposed": N_("Somebody proposes that rules end"),
    "rules_ending_approved": N_("Some rules have ended"),
    "rules_ending_rejected": N_("Rules that you wanted to end go on"),
    "rules_ending_lapsed": N_("Nobody has decided whether rules end"),
}
