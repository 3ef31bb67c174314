"""What messages say that bring a code, or tell what was done with one."""

from enabler.doors.words.marking import N_

TEXTS: dict[str, str] = {
    "sign_in_code": N_(
        "%(code)s is your code to sign in to Enabler, %(place)s. It works once, until %(until)s."
        " Never tell it to anybody. We will never ask you for it."
    ),
    "contact_code": N_(
        "%(code)s is your code to let Enabler, %(place)s, reach you here. It works once, until"
        " %(until)s. You did not ask for it? Then tell nobody and delete this."
    ),
    "old_contact_code": N_(
        "%(code)s is the code to move your account with Enabler, %(place)s, to another phone. It"
        " works once, until %(until)s. You did not ask for it? Never tell it to anybody.%(ring)s"
    ),
    "lost_code": N_(
        "%(code)s is your code to get into Enabler, %(place)s, without your old phone. It works"
        " once, until %(until)s. You did not ask for it? Never tell it to anybody.%(ring)s"
    ),
    "proof_code": N_(
        "%(code)s is the code to get a copy of all that Enabler, %(place)s, keeps about you. It"
        " works once, until %(until)s. You did not ask for it? Never tell it to anybody.%(ring)s"
    ),
    "copied": N_(
        "Somebody took a copy of what Enabler, %(place)s, keeps about you. Was it you? Then all is"
        " well. If not, tell us, and sign out everywhere: %(link)s%(ring)s"
    ),
}

SUBJECTS: dict[str, str] = {
    "sign_in_code": N_("Your code to sign in"),
    "contact_code": N_("Your code for this address"),
    "old_contact_code": N_("A code to change how we reach you"),
    "lost_code": N_("Your code to get in without your old phone"),
    "proof_code": N_("Your code to be sure that it is you"),
    "copied": N_("A copy of what we keep about you was taken"),
}
