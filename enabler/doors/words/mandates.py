"""Words of supporters and mandates: what may be done, what was done, how it began and ended, and
the words that a member agrees to."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import force_locale, gettext

from enabler.doors.words.marking import N_, shown

SCOPES: dict[str, str] = {
    "post-need": N_("Ask for help for me, change it and take it back"),
    "see-match": N_("See who comes to help me, and when"),
    "message": N_("Write to my helper for me, and agree on a time"),
    "confirm-done": N_("Say that the help was given"),
}
SCOPES_FOR: dict[str, str] = {
    "post-need": N_("ask for help, change it and take it back"),
    "see-match": N_("see who comes to help, and when"),
    "message": N_("write to the helper, and agree on a time"),
    "confirm-done": N_("say that the help was given"),
}
CONSENT: tuple[str, ...] = (
    N_("I let them act for me here, in the things that are ticked and in nothing else."),
    N_(
        "They cannot change my phone number or my address. They cannot give my hours away, choose"
        " other people to act for me, see who looked at my details, or close my account."
    ),
    N_("I am told what they do for me. Everybody who reads it sees that they did it for me."),
    N_("It ends by itself on the day that I was told. I can end it sooner, at any time."),
    N_("If I end it, they are not told. I need not say why."),
)
CONSENT_BY_TEXT: tuple[str, ...] = (
    N_(
        "I let them do this for me here, and nothing else. I am told of it. I can end it at any"
        " time; they are not told."
    ),
)
CONSENTS: dict[str, tuple[str, ...]] = {"mandate": CONSENT, "mandate-text": CONSENT_BY_TEXT}
"""What a member agrees to, by wording, in version 1. Words never change without a new version: a
test holds their digests, in each language, to ``domain/consents.py``."""
SCOPES_BY_TEXT: dict[str, str] = {
    "post-need": N_("ask for help"),
    "see-match": N_("see who comes"),
    "message": N_("write to helpers"),
    "confirm-done": N_("say it is done"),
}
HEARS: dict[str, str] = {
    "each": N_("Each thing, when it is done"),
    "daily": N_("Once a day, if anything was done"),
    "big": N_("Only big things, such as a new ask for help"),
}
ENDED: dict[str, str] = {
    "member": N_("You ended it"),
    "word": N_("You told the council to end it"),
    "lead": N_("The council ended it"),
    "supporter": N_("They stopped"),
    "renewed": N_("A newer one took its place"),
    "block": N_("You are kept apart"),
    "death": N_("Ended"),
    "erasure": N_("The account was closed"),
    "lapsed": N_("Its time was over"),
}
BASES: dict[str, str] = {
    "own-reply": N_("You said so yourself, with a code"),
    "staff-witness": N_("You said so, and staff saw it"),
    "in-writing": N_("You wrote it, and staff saw the paper"),
    "power-of-attorney": N_("Staff saw a power of attorney"),
}
BASES_FOR_STAFF: dict[str, str] = {
    "own-reply": N_("The person said so with a code"),
    "staff-witness": N_("Staff heard the person say so"),
    "in-writing": N_("Staff saw it in writing"),
    "power-of-attorney": N_("Staff saw a power of attorney"),
}
BASES_TO_CHOOSE: dict[str, str] = {
    "staff-witness": N_("They say so now, and I hear it"),
    "in-writing": N_("They wrote it, and I have the paper before me"),
    "power-of-attorney": N_("There is a power of attorney, and I have it before me"),
}
ATTORNEYS: dict[str, str] = {
    "property": N_("For property and money"),
    "health": N_("For health and care"),
}
DEEDS: dict[str, str] = {
    "needs.post": N_("asked for help"),
    "needs.change": N_("changed what is asked for"),
    "needs.enough": N_("said that there are helpers enough"),
    "needs.one_more": N_("asked for one more helper"),
    "needs.withdraw": N_("took back what was asked for"),
    "needs.close": N_("said how it ended"),
    "series.begin": N_("asked for help every week"),
    "series.change": N_("changed what is asked for every week"),
    "series.skip": N_("left out a day"),
    "series.end": N_("ended what was asked for every week"),
    "matches.arrange": N_("agreed on a time"),
    "matches.confirm": N_("said that the help was given"),
    "matches.correct": N_("said how long the help took"),
    "matches.dispute": N_("said that the help was not as told"),
    "conversations.say": N_("wrote to your helper"),
    "conversations.propose": N_("suggested a time to your helper"),
    "conversations.agree": N_("agreed on a time"),
    "more": N_("did more about the same thing in this hour"),
}
"""What a supporter did, by the service that did it: in a letter."""
DONE: dict[str, str] = {
    "need.posted": N_("Asked for help"),
    "need.changed": N_("Changed what is asked for"),
    "need.withdrawn": N_("Took it back"),
    "need.closed": N_("Said how it ended"),
    "series.begun": N_("Asked for help every week"),
    "series.changed": N_("Changed what is asked for every week"),
    "series.ended": N_("Ended what was asked for every week"),
    "series.skipped": N_("Left out a day"),
    "match.arranged": N_("Agreed on a time"),
    "match.confirmed": N_("Said that the help was given"),
    "match.corrected": N_("Said how long the help took"),
    "match.disputed": N_("Said that the help was not as told"),
    "match.wrote": N_("Wrote to your helper"),
    "match.proposed": N_("Suggested a time"),
    "match.agreed": N_("Said yes to a time"),
    "mandate.entered": N_("Began to act for you"),
}
"""The same, by what the audit has: on the member's page."""
LOOKS: dict[str, str] = {
    "same_number": N_("Both use, or used, the same phone number or email address."),
    "same_device": N_("Both signed up, or asked for a code, on the same phone or computer."),
    "number_changed": N_("The person's number or email address changed after this began."),
    "number_new": N_("The person's number or email address was new when this began."),
    "kept_apart": N_("The person asked that we keep the two apart."),
    "withdrawn": N_("What the person asked for was taken back several times in their name."),
    "never_alone": N_("Everything was done in the person's name, and nothing by themself."),
    "one_home": N_("The same person acts for several people at one address."),
    "yearly": N_(
        "It has gone on for a year. Please ask the person, alone, if it is still all right."
    ),
}
"""Why a safeguarding lead should look at it."""
SENTENCES: dict[str, str] = {
    "beyond_mandate": N_(
        "You act for somebody else now, and this is not among the things that they let you do. To"
        " do it for yourself, stop acting for them first."
    ),
    "mandate_over": N_("You do not act for anybody else now."),
    "mandate_unknown": N_("We cannot find that. It may be over."),
    "scopes_missing": N_("Choose at least one thing."),
    "scope_unknown": N_("Choose from what is listed."),
    "scope_beyond_attorney": N_("A power of attorney of this kind is not for all of these things."),
    "mandate_too_long": N_("Type how many days, from 1 to %(most)d."),
    "supporter_oneself": N_("That is the person themself. Type somebody else's."),
    "supporter_not_active": N_("They cannot act for anybody just now."),
    "mandate_not_possible": N_("That is not possible between these two. Please ask the council."),
    "supporter_has_five": N_(
        "They act for %(most)d people already, and that is the most. An organisation may act for"
        " more."
    ),
    "mandate_asks_too_many": N_("You have asked %(most)d times today. Please go on tomorrow."),
    "no_way_to_reach_you": N_(
        "We need a phone number or an email address of yours to send you a code. Add one on your"
        " details page, or go to a library or to the council."
    ),
    "name_person_unknown": N_(
        "We know nobody by exactly this name at exactly this postcode. Check both. If they have no"
        " account yet, fill in the rest below."
    ),
    "adult_unasked": N_(
        "Ask them if they are 18 or older, and tick the box if so. Nobody younger can have an"
        " account."
    ),
    "agreed_unasked": N_("Read it out to them, and tick the box if they agree. We need their yes."),
    "ask_over": N_("This is over: it was answered, taken back, or too long ago."),
    "choose_one": N_("Choose one."),
    "hears_unknown": N_("Choose how much you want to hear."),
    "evidence_missing": N_("Say what you saw."),
    "second_person_needed": N_("Another person than the first must say so."),
    "has_a_phone": N_("They have a phone or an email address: send the code to it."),
}


def scope_words(scope: str) -> str:
    """A scope, in the member's own words."""
    return shown(SCOPES, scope)


def scopes_words(scopes: tuple[str, ...]) -> str:
    """Several scopes in a row, as a sentence that begins elsewhere goes on."""
    return "; ".join(shown(SCOPES_FOR, scope) for scope in scopes)


def consent_lines() -> list[str]:
    """What a member agrees to, line by line."""
    return [str(gettext(line)) for line in CONSENT]


def lines_read(language: str, wording: str = "mandate") -> list[str]:
    """The lines of a wording, in the language in which they were read."""
    with force_locale(language):
        return [str(gettext(line)) for line in CONSENTS[wording]]


def digest(wording: str = "mandate") -> str:
    """The digest of these words in the language of the moment."""
    lines = [str(gettext(line)) for line in CONSENTS[wording]]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def scopes_by_text(scopes: Sequence[str]) -> str:
    """In what somebody may act, as a text has room for it."""
    return ", ".join(shown(SCOPES_BY_TEXT, scope) for scope in scopes)


def deed_words(deed: str | None) -> str:
    """What was done, for a letter; of a deed without words of its own, that something was."""
    words = DEEDS.get(deed or "")
    return shown(DEEDS, deed or "") if words else str(gettext("changed something"))


def done_words(what: str) -> str:
    """What was done, for the member's page."""
    words = DONE.get(what)
    return shown(DONE, what) if words else str(gettext("Changed something"))


FILTERS: dict[str, Callable[..., Any]] = {
    "mandate_scope": scope_words,
    "mandate_scopes": scopes_words,
    "mandate_hears": lambda code: shown(HEARS, code),
    "mandate_ended": lambda code: shown(ENDED, code),
    "mandate_basis": lambda code: shown(BASES, code),
    "mandate_basis_for_staff": lambda code: shown(BASES_FOR_STAFF, code),
    "mandate_done": done_words,
    "mandate_read": lines_read,
    "mandate_look": lambda code: shown(LOOKS, code),
}
