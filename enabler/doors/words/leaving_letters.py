"""What we say to whoever comes back from a rest, and to whoever goes for good."""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "pause_over": N_(
        "Your rest is over: from today we may ask you again, and what you offered is open. You want"
        " to rest longer? You can say so on your page: %(link)s"
    ),
}

SUBJECTS: dict[str, str] = {
    "pause_over": N_("Your rest is over"),
}

SENTENCES: dict[str, str] = {
    "you_are_paused": N_(
        "You are having a rest from us. Go to your details and say that you are back, then you can"
        " do this."
    ),
    "pause_leads_alone": N_(
        "Nobody else leads your organisation. Ask somebody else to lead it with you first: then"
        " whoever waits for it can be answered."
    ),
}
