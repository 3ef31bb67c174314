"""What members agree to, in words: every version that was ever shown. A changed wording is a new
version here and in ``domain/consents.py``."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import force_locale, gettext

from enabler.domain.consents import newest
from enabler.doors.words.marking import N_, shown
from enabler.services.views.consents import ConsentView

SIGN_UP = N_(
    "I agree that my council keeps my name, phone number and address, to bring me together with "
    "people nearby. Others see only roughly where I live. When somebody says yes to helping me, "
    "they see my first name and my address. I can change my mind at any time."
)
ACCESS = N_(
    "I agree that the council keeps what I say here about my health or my body. Only somebody who"
    " said yes to helping me can read it, and each look is written down for me. If I take this"
    " back, it is deleted at once."
)
CARRY = N_(
    "I agree that they can see my name, which check was seen, and until when it counts. They see"
    " nothing else. Each look is written down for me. It ends on the day that I choose, or at once"
    " if I take this back."
)
NEWS = N_(
    "I agree that the council sends me news of my area now and then. I can stop it at any time, and"
    " everything else goes on as before."
)
COUNCILLOR = N_(
    "I agree that this councillor can see what I asked for, for when, and how it goes, with my"
    " first name. They do not see my address or my number. Each look is written down for me. It"
    " ends after 90 days, when they are my councillor no more, or at once if I take this back."
)
RELY = N_(
    "I agree that this organisation counts on my proof when it chooses who goes on its visits. They"
    " see my name, which check it is, and until when it counts. They see nothing else. Each look is"
    " written down for me. It ends when the proof ends, when I leave them, or at once if I take"
    " this back."
)
LEARNING = N_(
    "May we keep such words of yours to understand people better? Staff do not see your na"
    "me. You can take it back."
)
WORDS: Mapping[tuple[str, int], str] = {
    ("sign-up", 1): SIGN_UP, ("access-needs", 1): ACCESS, ("carry-check", 1): CARRY,
    ("news", 1): NEWS, ("councillor", 1): COUNCILLOR, ("rely-proof", 1): RELY,
    ("learning", 1): LEARNING,
}  # fmt: skip
NAMES: dict[str, str] = {
    "sign-up": N_("Signing up: what we keep and who sees it"),
    "access-needs": N_("What your helper should know about you"),
    "carry-check": N_("Somebody else may see a check of yours"),
    "news": N_("News of your area"),
    "councillor": N_("A councillor may see what you asked for"),
    "rely-proof": N_("An organisation counts on a proof of yours"),
    "learning": N_("We learn from words that you texted"),
}
ENDS_SO: dict[str, str] = {
    "access-needs": N_("What you told us about yourself for your helpers is deleted at once."),
    "carry-check": N_("They do not see the check any more, from this moment on."),
    "news": N_("We send you no more news. All else stays as it is."),
    "councillor": N_("The councillor does not see it any more, from this moment on."),
    "rely-proof": N_("They do not count on your proof any more, from this moment on."),
    "learning": N_("Words of yours that staff have not taken yet are deleted at once."),
}
"""What taking it back does, said before."""
HOW: dict[str, str] = {
    "page": N_("on a page"),
    "text": N_("by text"),
    "desk": N_("at a desk, with somebody who works there"),
}
PAGES: dict[str, str] = {
    "sign-up": N_("when you signed up"),
    "access": N_("where you told us what helps you"),
    "share": N_("where you let somebody see a check"),
    "ways": N_("where you chose what we tell you"),
    "councillor": N_("where you chose a councillor"),
    "again": N_("where we asked you again"),
    "rely": N_("where an organisation asked you"),
    "api": N_("by a program of yours"),
}
ENDED: dict[str, str] = {
    "page": N_("You took it back on a page."),
    "text": N_("You took it back by text."),
    "desk": N_("You took it back at a desk, with somebody of the council."),
    "over": N_("Its time was over."),
    "replaced": N_("You agreed to newer words."),
    "not-kept": N_("What it was about is not kept any more."),
}
RELIED: dict[str, str] = {
    "agreed": N_("It does not count any more."),
    "declined": N_("You said no. They do not ask about this proof again."),
    "taken-back": N_("You took it back. They do not count on it any more."),
    "void": N_("It has ended: the proof does not count any more."),
    "over": N_("It has ended: its time was over."),
    "left": N_("It has ended: you do not act for them any more."),
    "stopped": N_("It has ended: the organisation is not open."),
}
"""How an organisation's counting on a proof stands, for whose proof it is."""


def consent_name(code: str) -> str:
    """What it is about."""
    return shown(NAMES, code)


def words_shown(code: str, version: int, language: str) -> str:
    """Exactly the words of a version, in the language in which they were read."""
    with force_locale(language):
        return str(gettext(WORDS[code, version]))


def consent_exact(one: ConsentView) -> str:
    """Exactly what was read when it was agreed to."""
    return words_shown(one.code, one.version, one.language)


def ends_so(code: str) -> str:
    """What taking it back does; nothing where it cannot be taken back."""
    return shown(ENDS_SO, code) if code in ENDS_SO else ""


def given_how(one: ConsentView) -> str:
    """How it was agreed to."""
    said = shown(PAGES, one.page) if one.page in PAGES else shown(HOW, one.how)
    return said if one.how == "page" else shown(HOW, one.how)


def ended_how(one: ConsentView) -> str:
    """How it ended; nothing while it stands."""
    return shown(ENDED, one.ended_how) if one.ended_how in ENDED else ""


def consent_now(code: str) -> str:
    """The newest words, in the language of the page."""
    return shown({code: WORDS[code, newest(code).version]}, code)


def relied_words(state: str) -> str:
    """Why an organisation counts on a proof no more, for whose proof it is."""
    return shown(RELIED, state)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "consent_name": consent_name, "consent_exact": consent_exact, "consent_now": consent_now,
    "relied_state": relied_words, "ends_so": ends_so, "given_how": given_how,
    "ended_how": ended_how,
}  # fmt: skip
