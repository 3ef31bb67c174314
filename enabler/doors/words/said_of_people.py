"""What is said by text of people and of what they ask for or offer: posted, joined, no more texts,
away, and what those who look after safety were told. None teaches a word that networks take for
themselves."""

from enabler.doors.words.marking import N_

SAID_OF_PEOPLE: dict[str, str] = {
    "posted": N_("Thank you. We ask people near you now. You hear from us by %(next_at)s."),
    "posted_only": N_("Thank you. We have it: %(category)s, %(when)s."),
    "held": N_("Thank you. A person looks at it first. You hear from us by %(next_at)s.%(ring)s"),
    "posted_already": N_("We have that already. Text MY to see how it goes."),
    "offered": N_(
        "Thank you. When somebody within a mile needs this we text you, at any time of the week."
        "%(checks)s Away? Text AWAY."
    ),
    "offer_held": N_("Thank you. A person looks at your offer first. Then we text you.%(checks)s"),
    "joined": N_(
        "Welcome to Enabler, %(place)s. Text what you need, or OFFER and what you can do for"
        " others."
    ),
    "joined_first": N_("Welcome to Enabler, %(place)s."),
    "joined_waits": N_(
        "Thank you, you have joined. A person looks at it first. Text what you need: it waits with"
        " you.%(ring)s"
    ),
    "how_to_join": N_(
        "This is Enabler, %(place)s: neighbours help each other. Text JOIN to begin, or CALL ME and"
        " we ring you.%(ring)s"
    ),
    "learn_yes": N_("Thank you. Staff read them before we learn from them."),
    "learn_no": N_("All right, we keep none of them, and do not ask again."),
    "stopped": N_("We send you no more texts. To get them again, text: TEXT ME AGAIN."),
    "started": N_("Welcome back. You get our texts again. Text MY to see what is open."),
    "say_language": N_("Which language? Text LANG ENGLISH or LANG CYMRAEG."),
    # each language names itself
    "language": N_("From now on we text you in English."),
    "no_such_language": N_("Sorry, we cannot write in that language here."),
    "away": N_(
        "We ask you nothing up to %(until)s. What you agreed to stands. Home sooner? Text BACK."
    ),
    "away_until_back": N_("We ask you nothing until you text BACK. What you agreed to stands."),
    "back": N_("Good to have you back. We ask you again. Text MY to see what is open."),
    "worry_told": N_(
        "Thank you for telling us. The people who look after safety read it. In danger ring"
        " 999.%(ring)s"
    ),
    "say_report": N_("What went wrong? Text REPORT and tell us. In danger ring 999.%(ring)s"),
    "reported": N_("Thank you. People at the council look into it. In danger ring 999.%(ring)s"),
    "say_complain": N_("What are you unhappy with? Text COMPLAIN and tell us."),
    "complained": N_("We have your complaint. You get an answer by %(until)s.%(ring)s"),
    "block_which": N_("Whom do you mean? Text BLOCK and the letter: %(letters)s."),
    "blocked": N_(
        "Done. We never bring you two together again. We do not tell them why. In danger ring"
        " 999.%(ring)s"
    ),
    "will_call": N_(
        "Somebody rings you at this number, in office hours. In danger ring 999.%(ring)s"
    ),
}
"""By code."""
