"""The catalogue: every word that a person reads, by code, in the language of the moment.

English stands here as the message ids; other languages are translation files beside it.
"""

from flask_babel import gettext

from enabler.domain.errors import EnablerError
from enabler.doors.words import (
    answers,
    backups,
    by_text,
    calls,
    cases,
    complaints,
    contact,
    costs,
    demo,
    desk,
    errors,
    hours,
    hours_desk,
    identity,
    leaving_letters,
    mandates,
    organisations,
    place_files,
    proofs,
    rules,
    safeguarding,
    signals,
    untold,
)
from enabler.doors.words.times import length_words

SENTENCES = {
    **errors.SENTENCES,
    **answers.SENTENCES,
    **calls.SENTENCES,
    **cases.SENTENCES,
    **complaints.SENTENCES,
    **contact.SENTENCES,
    **costs.SENTENCES,
    **demo.SENTENCES,
    **desk.SENTENCES,
    **hours.SENTENCES,
    **hours_desk.SENTENCES,
    **mandates.SENTENCES,
    **identity.SENTENCES,
    **leaving_letters.SENTENCES,
    **organisations.SENTENCES,
    **signals.SENTENCES,
    **place_files.SENTENCES,
    **proofs.SENTENCES,
    **backups.SENTENCES,
    **by_text.SENTENCES,
    **safeguarding.SENTENCES,
    **rules.SENTENCES,
    **untold.SENTENCES,
}


def sentence(error: EnablerError) -> str:
    """What went wrong and how to put it right, in the reader's language. A fact that is minutes is
    also there as a length: *most* as *most_length*, 4 hours 30 minutes."""
    words = SENTENCES.get(error.code) or SENTENCES.get(error.default_code)
    if words is None:
        return str(gettext("Sorry, that did not work (%(code)s).", code=error.code))
    lengths = {
        f"{name}_length": length_words(minutes) for name, minutes in error.facts.items()
        if isinstance(minutes, int) and minutes >= 0
    }  # fmt: skip
    return str(gettext(words, **error.facts, **lengths))
