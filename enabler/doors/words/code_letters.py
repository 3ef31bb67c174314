"""What messages say that bring a code."""

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
        "%(code)s is the code to get all that Enabler, %(place)s, keeps about you, or to end it. It"
        " works once, until %(until)s. You did not ask for it? Never tell it to anybody.%(ring)s"
    ),
}

SUBJECTS: dict[str, str] = {
    "sign_in_code": N_("Your code to sign in"),
    "contact_code": N_("Your code for this address"),
    "old_contact_code": N_("A code to change how we reach you"),
    "lost_code": N_("Your code to get in without your old phone"),
    "proof_code": N_("Your code to be sure that it is you"),
}
