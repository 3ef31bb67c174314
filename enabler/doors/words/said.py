"""What is said back to a text, by its code: short sentences for somebody with an old phone, who is
perhaps in a hurry. Each says what can be done next.

None teaches a word that networks take for themselves. What does not fit is left out sentence by
sentence, from the end.
"""

from enabler.doors.words.marking import N_
from enabler.doors.words.said_of_help import SAID_OF_HELP
from enabler.doors.words.said_of_people import SAID_OF_PEOPLE
from enabler.doors.words.said_of_supporters import SAID_OF_SUPPORTERS

OF_DIALOGUE: dict[str, str] = {
    "menu": N_(
        "Enabler, %(place)s. Text what you need, like: shopping on Friday. Other words: OFFER, MY,"
        " DONE, CAN'T, HOURS, AWAY, BACK, THANKS, SUPPORTERS, LANG. Worried? Text WORRIED. To"
        " talk to somebody text CALL ME.%(ring)s"
    ),
    "which": N_("Which one do you mean, %(letters)s? Put the letter first, like %(example)s1."),
    "nothing_open": N_("We are not waiting for an answer from you. Text what you need, or MENU."),
    "again": N_("We are not sure what you answered. This is open:"),
    "still_open": N_("This is open:"),
    "choose": N_("Sorry, we did not get that."),
    "too_late": N_("Sorry, that question is over now. Text MY to see what is open."),
    "letter_unknown": N_("You have no question %(letter)s now. Text MY to see what is open."),
    "known": N_("You have joined us already. Text what you need, or MENU."),
    "say_need": N_("What do you need? Text NEED and a few words, like: NEED shopping on Friday."),
    "say_offer": N_(
        "What could you do for others? Text OFFER and a few words, like: OFFER a lift."
    ),
    "danger": N_(
        "In danger ring 999 now. Do not wait for us. People at the council will read your text"
        " too, but not at once.%(ring)s"
    ),
    "with_people": N_("We have your text. A person will read it and answer you.%(ring)s"),
    "not_posted": N_("All right, we do nothing. Text us again when you need something."),
    "too_young": N_(
        "Enabler is for people who are 18 or over. Please ask a grown-up you trust. In danger ring"
        " 999. To talk to somebody ring Childline free: 0800 1111. You have no account with us."
    ),
    "not_agreed": N_("All right, you have no account with us. To join after all, text JOIN."),
}

SAID: dict[str, str] = {
    **OF_DIALOGUE, **SAID_OF_HELP, **SAID_OF_PEOPLE, **SAID_OF_SUPPORTERS,
}  # fmt: skip
"""By code. A refusal has its own sentences (``said_refusals.py``)."""

TO_STRANGERS: dict[str, str] = {
    "menu": N_(
        "Enabler, %(place)s: neighbours help each other. Text JOIN to join us, or CALL ME and we"
        " ring you. Worried about somebody? Text WORRIED.%(ring)s"
    ),
    "nothing_open": N_("We are not waiting for an answer from you. Text JOIN to join us."),
    "too_late": N_("Sorry, that question is over now. Text JOIN to begin again."),
}
"""The same to a number that nobody here has."""

MORE = N_("Text MY for more.")
"""At the end of an answer from which something was left out."""
MORE_OF_ALL = N_("There is more. Text CALL ME and we ring you.")
"""The same of what MY brings, which is all that is open."""
OF_MY = "my_"
"""How the codes begin of what MY brings."""
COUNTED = frozenset({"supporter"})
MORE_COUNTED = N_("And %(count)d more: text CALL ME and we ring you.")
"""The same where each that was left out is one of these: how many they are."""
HOW_TO_GO_ON = frozenset({"my_how", "my_how_else", "which_one", "supporters_how"})
"""What is left out only after what it is about."""
NOT_READ = N_("Sorry, we could not read that.")
"""Before a question that is asked once more."""
