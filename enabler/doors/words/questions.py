"""What the dialogue asks by text, and the meaning of each coded answer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask_babel import get_locale, gettext

from enabler.domain.consents import (
    FIRST_LANGUAGE,
    LEARNING,
    MANDATE_BY_TEXT,
    SIGN_UP,
    newest,
)
from enabler.domain.meeting import Setting
from enabler.doors.words import consents, mandates, prompts
from enabler.doors.words.categories import NAMES, category_name
from enabler.doors.words.marking import N_, shown
from enabler.doors.words.said_of_help import ASKED_OF_HELP, OPTIONS_OF_HELP
from enabler.doors.words.said_of_supporters import ASKED_OF_SUPPORTERS, CODE_OF

ASKED: dict[str, str] = {
    "need-kind": N_("What do you need help with? Say it in a few words, like shopping or a lift."),
    "need-where": N_("Where is it? Text the whole postcode, like BS3 4QT."),
    "need-address": N_(
        "What are the house number and the street at %(postcode)s? Only your helper is told."
    ),
    "need-address-home": N_("What are your house number and street? Only your helper is told."),
    "need-address-near": N_(
        "Where near %(landmark_name)s would you meet your helper? Text the spot, or the house"
        " number and street. Only your helper is told."
    ),
    "need-place": N_("Which of these is it? Text the whole postcode if it is none of them."),
    "need-place-ward": N_(
        "In which part is %(landmark_name)s? Text the whole postcode if it is none of these."
    ),
    "need-when": N_("When do you need it? Text the day and time, like Friday 2pm."),
    "need-confirm": N_(
        "You need: %(category)s, %(when)s, %(where)s. No child, no personal care, no money to"
        " hold. Is that right?"
    ),
    "need-confirm-where": N_(
        "You need: %(category)s, %(when)s, %(where)s. No child, no personal care, no money to"
        " hold. Where would you meet your helper?"
    ),
    "need-confirm-where-short": N_(
        "You need: %(category)s, %(when)s, %(where)s. No child, no personal care, no money to"
        " hold. Where?"
    ),
    "need-confirm-kind": N_(
        "You need help %(when)s, %(where)s. No child, no personal care, no money to hold. What"
        " with?"
    ),
    "offer-kind": N_(
        "What could you do for others? Say it in a few words, like a lift or gardening."
    ),
    "offer-confirm": N_(
        "You offer help with: %(category)s, to people within %(distance)s of your home. Is that"
        " right?"
    ),
    "join-name": N_(
        "This is Enabler, %(place)s: neighbours help each other. To join, text your first name."
    ),
    "join-postcode": N_(
        "Thank you, %(typed)s. What is your postcode? Text all of it, like BS3 4QT."
    ),
    "join-age": N_("Are you 18 or over?"),
    "ask": N_("Can you lend a hand? %(category)s, %(when)s."),
    "time": N_("%(category)s with %(name)s: does this time suit you? %(when)s."),
    "wrote": N_("%(name)s wrote to you: %(category)s. Text %(letter)s and your words to answer."),
    "visit": N_("%(category)s with %(name)s, %(when)s. Can you be there?"),
    "no-time": N_("%(category)s: have you two agreed a time?"),
    "was-done": N_("%(category)s, %(when)s: was it done?"),
    "changed": N_("%(category)s, %(when)s: does it still suit you?"),
    "going": N_("%(category)s, %(when)s: do you go?"),
    "done": N_("%(category)s, %(minutes)s: is that right?"),
    "hours-noted": N_("Hours were written down that touch you. Is it right? %(link)s"),
    "still-needed": N_("%(category)s: do you still need it?"),
    "still-right": N_("You offered this: %(category)s. Is it still right?"),
    "arrived": N_("%(category)s: are you there?"),
    "left": N_("%(category)s: have you left, and are you all right?"),
    "learn": N_('We did not understand: "%(phrase)s".'),
    "know-somebody": N_("Somebody in %(ward)s waits for help. Do you know anybody? %(link)s"),
    **ASKED_OF_HELP, **ASKED_OF_SUPPORTERS,
}  # fmt: skip
"""By kind. Those that letters ask stand here as they are asked once more. To what somebody is to
agree is in ``consents.py``: exactly those words are sent, and their digest is kept."""

CONSENT, LEARN = "join-consent", "learn"
CONSENTS: Mapping[str, str] = {
    CONSENT: SIGN_UP, LEARN: LEARNING, **dict.fromkeys(CODE_OF, MANDATE_BY_TEXT.code),
}  # fmt: skip
"""To which wording each of these questions asks somebody to agree."""
OTHER = N_("something else")
OF_KIND = "kind:"
WAYS: dict[str, str] = {
    "doorstep": N_("at the door"), "home": N_("inside the home"), "public": N_("in a public place"),
    "car": N_("by car"), "online": N_("by phone or online"),
}  # fmt: skip
DOORS: dict[str, str] = {
    "house": N_("Which house? Add it, like %(code)s 12 Mill Lane. Only your helper is told."),
    "house-short": N_("Add the house: %(code)s 12 Mill Lane."),
    "spot": N_("Where exactly? Add it, like %(code)s 12 Mill Lane. Only your helper is told."),
    "spot-short": N_("Add where: %(code)s 12 Elm Row."),
}
"""How the door is said with a coded answer, where it is not known."""
_OPTIONS: dict[str, Mapping[str, str]] = {
    "need-where": {"home": N_("at my home")},
    "need-when": {"any": N_("any time")},
    "need-confirm": {
        "yes": N_("right"), "no": N_("not right"),
        **{f"yes:{way}": words for way, words in WAYS.items()},
        "so": N_("there is one of these"),
    },
    "offer-confirm": {"yes": N_("right"), "no": N_("not right")},
    "join-age": {"yes": N_("I am 18 or over"), "no": N_("I am younger")},
    CONSENT: {"yes": N_("I agree"), "no": N_("I do not agree")},
    LEARN: {"yes": N_("you may"), "no": N_("please do not")},
}  # fmt: skip
OPTIONS: dict[str, Mapping[str, str]] = {**prompts.ANSWERS, **_OPTIONS, **OPTIONS_OF_HELP}


def question_sentence(
    kind: str, options: Sequence[str], facts: Mapping[str, Any], *, whole: bool = True
) -> str:
    """The sentence of a question, as the message id of the catalogue; in fewer words where it is
    not to be ``whole``. Raises KeyError for a kind without words."""
    if kind == "need-address" and facts.get("landmark"):
        return ASKED["need-address-near"]
    if kind == "need-address" and not facts.get("postcode"):
        return ASKED["need-address-home"]
    if kind == "need-place" and len({one[1] for one in facts.get("places") or ()}) == 1:
        return ASKED["need-place-ward"]
    if kind == "need-confirm":
        return ASKED[kind + _confirming(options, facts, whole)]
    return ASKED[kind]


def _confirming(options: Sequence[str], facts: Mapping[str, Any], whole: bool) -> str:
    """What is asked beside whether it is right."""
    if any(option.startswith(OF_KIND) for option in options):
        return "-kind"
    if not any(":" in option for option in options):
        return ""
    return "-where" if whole or not facts.get("doorless") else "-where-short"


def door_sentence(
    letter: str, kind: str, options: Sequence[str], facts: Mapping[str, Any], *, plain: bool
) -> str:
    """How the house is said with a code; nothing where it is known, or nobody comes to one."""
    if kind != "need-confirm" or not facts.get("doorless"):
        return ""
    nth = next((nth for nth, one in enumerate(options, start=1) if _at_a_door(one)), 1)
    words = DOORS[("spot" if facts.get("landmark") else "house") + ("" if plain else "-short")]
    return str(gettext(words, code=f"{letter}{nth}"))


def _at_a_door(option: str) -> bool:
    _, _, way = option.partition(":")
    return way not in (Setting.PUBLIC, Setting.ONLINE)


def consent_words(kind: str, facts: Mapping[str, Any]) -> str:
    """Exactly the words of the version that the question carries, in the language in which it was
    asked first: their digest is what is kept."""
    code = CONSENTS[kind]
    if kind in CODE_OF:
        return " ".join(mandates.lines_read(str(facts.get("language") or FIRST_LANGUAGE), code))
    version = int(facts.get("version") or newest(code).version)
    language = str(facts.get("language") or get_locale() or FIRST_LANGUAGE)
    return consents.words_shown(code, version, language)


def options_sentence(
    letter: str,
    kind: str,
    options: Sequence[str],
    *,
    takes_words: bool = False,
    named: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """How it is answered by a code; nothing where only words answer it. ``named``: what stands
    for options that are the place's own."""
    if not options:
        return ""
    said = ", ".join(
        f"{letter}{nth} {named.get(option) or _meaning(kind, option)}"
        for nth, option in enumerate(options, start=1)
    )
    if takes_words:
        return str(gettext("Or text %(answers)s.", answers=said))
    return str(gettext("Text %(answers)s.", answers=said))


def _meaning(kind: str, option: str) -> str:
    means = OPTIONS.get(kind, {})
    if option in means:
        return shown(means, option)
    option = option.removeprefix(OF_KIND)
    if option in NAMES:
        name = category_name(option)
        return name[:1].lower() + name[1:]
    return str(gettext(OTHER))
