"""What we say to whoever comes back from a rest, is not reached, or goes for good."""

from enabler.doors.words.marking import N_, shown

TEXTS: dict[str, str] = {
    "erase_code": N_(
        "%(code)s is the code to delete your account with Enabler, %(place)s, for good. It works"
        " once, until %(until)s. You did not ask for it? Never tell it to anybody.%(ring)s"
    ),
    "erase_asked": N_(
        "Somebody asked the council to delete your account with Enabler, %(place)s. Was it you?"
        " Then you need do nothing. Was it not you? Tell us at once.%(ring)s"
    ),
    "erased": N_(
        "Your account with Enabler, %(place)s, is deleted. Thank you for all that you gave and"
        " asked. This is our last message. Was it not you? Then please tell us.%(ring)s"
    ),
    "proofs_lost": N_(
        "We changed the key that signs proofs at Enabler, %(place)s. A proof of yours that you"
        " copied to somebody as text counts no more. Make it anew and give it again. A link that"
        " you gave still works. Your proofs: %(link)s"
    ),
    "number_unreached": N_(
        "Our texts do not reach your phone, so we send none there now. Is your number still right?"
        " Then text us from it. Have you a new one? Tell us.%(ring)s"
    ),
    "pause_over": N_(
        "Your rest is over: from today we may ask you again, and what you offered is open. You want"
        " to rest longer? You can say so on your page: %(link)s"
    ),
}

SUBJECTS: dict[str, str] = {
    "erase_code": N_("Your code to delete your account"),
    "erase_asked": N_("Somebody asked us to delete your account"),
    "erased": N_("Your account is deleted"),
    "proofs_lost": N_("Make your proof anew"),
    "number_unreached": N_("Our texts do not reach you"),
    "pause_over": N_("Your rest is over"),
}

SENTENCES: dict[str, str] = {
    "erase_role_first": N_(
        "You work for the council here. Ask an administrator to end that first: then you can delete"
        " your account."
    ),
    "erase_leads_alone": N_(
        "Nobody else leads your organisation. Ask somebody else to lead it, or end it, first: then"
        " you can delete your account."
    ),
    "erase_visit_first": N_(
        "You are at a visit, or we are looking for somebody of a visit of yours. When all are safe"
        " you can delete your account."
    ),
    "erase_hours_first": N_(
        "Something about your hours is still open: they count in a few days, or somebody at the"
        " council looks at them. Then you can delete your account."
    ),
    "erase_at_desk": N_(
        "We have no phone or email of yours to send a code to. Ask the people at the foot of this"
        " page: two of them can delete your account."
    ),
    "erasure_unknown": N_("We cannot find that request. Check the reference."),
    "erasure_too_early": N_(
        "They still have time to say that it was not them. This page says from when you can say"
        " yes. You can say no now."
    ),
    "erasure_decided": N_("Somebody has decided about this already."),
    "erasure_waits_already": N_("Somebody has written this down already."),
    "member_erased_already": N_("This account is deleted already."),
    "hold_stands_already": N_("A duty is written down for this account already."),
    "hold_unknown": N_("No duty is written down for this account."),
    "you_are_paused": N_(
        "You are having a rest from us. Go to your details and say that you are back, then you can"
        " do this."
    ),
    "pause_leads_alone": N_(
        "Nobody else leads your organisation. Ask somebody else to lead it with you first: then"
        " whoever waits for it can be answered."
    ),
}

OF_ANOTHER: dict[str, str] = {
    "erase_role_first": N_("They work for the council here. An administrator ends that first."),
    "erase_leads_alone": N_("Nobody else leads their organisation. It needs another lead first."),
    "erase_visit_first": N_(
        "They are at a visit, or somebody of a visit of theirs is looked for. All must be safe"
        " first."
    ),
    "erase_hours_first": N_(
        "Something about their hours is still open: it counts in a few days, or waits at the desk."
    ),
}


def comes_first(code: str) -> str:
    """What must happen before somebody can delete their own account."""
    return shown(SENTENCES, code)


def comes_first_of_another(code: str) -> str:
    """The same, to whoever decides for them."""
    return shown(OF_ANOTHER, code)
