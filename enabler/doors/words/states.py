"""Where needs, offers and matches stand, in words, with the colour of the tag on a page.

Colour never stands alone: the tag says the word.
"""

from flask_babel import gettext

from enabler.domain.vocabulary import MatchState
from enabler.doors.words.marking import N_, shown
from enabler.services.views import MatchView

NEED_STATES: dict[str, str] = {
    "draft": N_("Not sent yet"),
    "held": N_("Being checked"),
    "open": N_("Looking for someone"),
    "filled": N_("Someone said yes"),
    "arranged": N_("Time agreed"),
    "done": N_("Done"),
    "closed": N_("Closed"),
    "withdrawn": N_("Taken back"),
    "refused": N_("Not accepted"),
    "suspended": N_("Stopped for now"),
}
OFFER_STATES: dict[str, str] = {
    "held": N_("Being checked"),
    "open": N_("Ready to help"),
    "paused": N_("Paused"),
    "ended": N_("Ended"),
    "refused": N_("Not accepted"),
    "suspended": N_("Stopped for now"),
}
MATCH_STATES: dict[str, str] = {
    "proposed": N_("Not asked yet"),
    "asked": N_("Waiting for an answer"),
    "accepted": N_("Agreed"),
    "declined": N_("Not this time"),
    "lapsed": N_("No answer"),
    "released": N_("Given back"),
    "arranged": N_("Time agreed"),
    "done": N_("Done, waiting to be confirmed"),
    "confirmed": N_("Done and confirmed"),
    "disputed": N_("Something went wrong"),
    "withdrawn": N_("Taken back"),
}
COLOURS: dict[str, str] = {
    "held": "yellow",
    "open": "blue",
    "asked": "blue",
    "filled": "turquoise",
    "accepted": "turquoise",
    "arranged": "turquoise",
    "done": "green",
    "confirmed": "green",
    "refused": "red",
    "disputed": "red",
    "suspended": "red",
    "paused": "yellow",
}
OUTCOMES: dict[str, str] = {
    "helped": N_("I was helped"),
    "partly-helped": N_("I was helped with part of it"),
    "no-longer-needed": N_("I no longer need it"),
    "helped-elsewhere": N_("I found help somewhere else"),
    "nobody-found": N_("Nobody was found"),
    "could-not-be-reached": N_("We could not reach the person"),
    "not-suitable": N_("This is not something that neighbours can do"),
}
TERMS: dict[str, str] = {
    "free": N_("It is free"),
    "hours": N_("For time credits: an hour given is an hour I can ask for"),
    "stated": N_("Something: I say what"),
}
CREDENTIALS: dict[str, str] = {
    "identity": N_("Proof of who you are"),
    "dbs-basic": N_("Basic DBS check"),
    "dbs-standard": N_("Standard DBS check"),
    "dbs-enhanced": N_("Enhanced DBS check"),
    "dbs-adults": N_("Enhanced DBS check with the adults' barred list"),
    "dbs-children": N_("Enhanced DBS check with the children's barred list"),
    "dbs-both": N_("Enhanced DBS check with both barred lists"),
    "stopped": N_("A yes of the council, which has stopped this for now"),
    "mate": N_("Somebody who goes with them"),
    "first-helps": N_("Help given a few times where others are about, or a reference"),
    "insurance": N_("Insurance"),
    "food-hygiene": N_("Food hygiene certificate"),
    "driving": N_("Driving licence and car insurance"),
    "training": N_("Training"),
    "reference": N_("Two references"),
    "lives-here": N_("Lives here"),
    "adult": N_("Is 18 or over"),
}
REPORT_KINDS: dict[str, str] = {
    "went-wrong": N_("Something went wrong"),
    "worried": N_("Worried about someone"),
    "flagged": N_("Something in a message"),
    "unsafe": N_("Something is not safe"),
    "rude": N_("Rude or bullying"),
    "scam": N_("It looks like a trick for money"),
    "not-what-it-said": N_("Not what it said"),
    "privacy": N_("Private details of somebody were shown"),
    "other": N_("Something else"),
    "lost-phone": N_("Lost phone or number, and no email address"),
    "odd-look": N_("How somebody here looked at a person"),
    "look-question": N_("Why somebody looked at a person"),
    "contact-refused": N_("A change of phone or email that its owner did not make"),
}


def need_state(state: str) -> str:
    """Where a need stands."""
    return shown(NEED_STATES, state)


def offer_state(state: str) -> str:
    """Where an offer stands."""
    return shown(OFFER_STATES, state)


def match_standing(match: MatchView) -> str:
    """Where a match stands, for its reader."""
    if match.side == "helper" and match.state == MatchState.ASKED:
        return str(gettext("Waiting for your answer"))
    if match.side == "asker" and match.state == MatchState.RELEASED:
        return str(gettext("Not coming after all"))
    return shown(MATCH_STATES, match.state)


def colour(state: str) -> str:
    """The colour of a state's tag."""
    return COLOURS.get(str(state), "grey")


def outcome_words(outcome: str) -> str:
    """How a need ended."""
    return shown(OUTCOMES, outcome)


def terms_words(terms: str) -> str:
    """On what terms an offer is made."""
    return shown(TERMS, terms)


def credential_name(kind: str) -> str:
    """What a checked fact is called."""
    return shown(CREDENTIALS, kind)


def report_kind(kind: str) -> str:
    """What a report is about."""
    return shown(REPORT_KINDS, kind)
