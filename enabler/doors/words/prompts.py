"""How a text that asks something is answered: a code for each answer, with what it means.

No meaning is a word that networks take for themselves when it comes alone (YES, STOP, HELP): who
copies the words instead of the code must still reach us.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from enabler.domain.prompts import TALK
from enabler.doors.words.marking import N_, shown

ANSWERS: dict[str, dict[str, str]] = {
    "ask": {"yes": N_("I can"), "no": N_("not this time")},
    TALK: {},
    "time": {"yes": N_("suits me"), "other": N_("another time")},
    "visit": {"yes": N_("I will be there"), "no": N_("I cannot")},
    "no-time": {"yes": N_("I say when"), "no": N_("I cannot"), "done": N_("it is done")},
    "was-done": {"yes": N_("it is done"), "no": N_("not done")},
    "changed": {"yes": N_("still suits me"), "no": N_("I cannot")},
    "going": {"yes": N_("I go"), "no": N_("I cannot")},
    "done": {"yes": N_("right"), "no": N_("not right")},
    "hours-noted": {"yes": N_("right"), "no": N_("not right")},
    "still-needed": {"yes": N_("still needed"), "no": N_("not any more")},
    "still-right": {"yes": N_("still right"), "no": N_("not any more")},
    "arrived": {"yes": N_("I am there"), "no": N_("not yet")},
    "left": {
        "yes": N_("I have left"), "longer": N_("I stay"), "no": N_("not all right"),
    },
    "know-somebody": {"yes": N_("I know somebody"), "no": N_("I know nobody")},
}  # fmt: skip
"""By kind of question and code of the answer."""


def answers_words(asked: Mapping[str, Any] | None) -> str:
    """The coded answers, as the end of a text that asks; nothing where it asks nothing."""
    if not asked:
        return ""
    means = ANSWERS[asked["kind"]]
    if not means:
        return str(gettext("Text %(letter)s and your words to answer.", letter=asked["letter"]))
    said = (
        f"{asked['letter']}{nth} {shown(means, option)}"
        for nth, option in enumerate(asked["options"], start=1)
    )
    return str(gettext("Text %(answers)s.", answers=", ".join(said)))
