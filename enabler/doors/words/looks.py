"""Words about looks: who looked at somebody, at what, why; what staff say before they look; what is
odd about a look."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext, ngettext

from enabler.doors.words.marking import N_, shown
from enabler.services.views import LookedDayView

WHO: dict[str, str] = {
    "helper": N_("Your helper"),
    "asker": N_("The person you helped"),
    "supporter": N_("Somebody who acts for you"),
    "askers-supporter": N_("Somebody who acts for the person you helped"),
    "stranger": N_("Somebody who was not signed in"),
    "operator": N_("Whoever runs the computer of this service"),
    "staff": N_("Somebody at the council"),
    "member": N_("Another member"),
}
STAFF: dict[str, str] = {
    "custodian": N_("Somebody at the council who looks after this service"),
    "safeguarding-lead": N_("The person at the council who looks after safety"),
    "administrator": N_("Somebody at the council who runs this service"),
    "councillor": N_("Your councillor"),
    "call-handler": N_("Somebody who answers the phone of the council"),
}
WHAT: dict[str, str] = {
    "name": N_("your name"),
    "address": N_("your address"),
    "postcode": N_("your postcode"),
    "case": N_("what you agreed with somebody"),
    "words": N_("what you wrote"),
    "credential": N_("your checks"),
    "receipt": N_("a receipt of yours"),
    "roles": N_("what you do here"),
    "access-needs": N_("what helps you"),
    "phone": N_("your number, or its end"),
    "supporters": N_("who acts for you"),
    "hours": N_("your hours"),
    "report": N_("what you told us"),
}
WHY: dict[str, str] = {
    "match": N_("on the page of your agreement"),
    "message": N_("in a message about your agreement"),
    "need": N_("to look at what you asked for"),
    "offer": N_("to look at what you offer"),
    "moderation": N_("to check it before it opens"),
    "explain": N_("to see why somebody was asked or not"),
    "looked-up": N_("to look you up"),
    "hours": N_("beside hours that the two of you gave or moved"),
    "report": N_("because of what you told us"),
    "safeguarding": N_("because of something we wrote to you about"),
    "hidden": N_("to keep you hidden"),
    "carried": N_("because you share a check with them"),
    "overdue": N_("because nobody had said that they had left your visit"),
    "lost-phone": N_("to change the number of a lost phone"),
    "leaver": N_("because you left the time bank and some hours were still open"),
    "complaint": N_("because of your complaint"),
    "let-see": N_("because you let them see it"),
    "relied": N_("because you let them count on a proof of it"),
    "proof": N_("because you showed them a proof of it"),
    "mandate": N_("because they act for you, or set it up"),
    "supporter": N_("because you act for somebody"),
    "erasure": N_("because you asked to be deleted"),
    "councillor": N_("because you let them see what you asked for"),
    "colleague": N_("because you act for the same organisation"),
    "untold": N_("to tell you what we could not send you"),
    "untold-where": N_("to write to you or find you, as we could not send you something"),
    "safety": N_("to decide whether your account can stay"),
}
OTHER_WHAT, OTHER_WHY = N_("something of yours"), N_("for their work")
REASONS: dict[str, str] = {
    "asked": N_("They say that you asked them to."),
    "report": N_("They say that it was because of a report."),
    "check": N_("They say that it was to check something of yours."),
    "delivery": N_("They say that it was because a message did not reach you."),
    "other": N_("They say why:"),
}
"""Why somebody at the council says that they looked a person up, to that person."""
ASKED: dict[str, str] = {
    "asked": N_("They asked me to"),
    "report": N_("A report"),
    "check": N_("A check"),
    "delivery": N_("A message did not reach them"),
    "other": N_("Something else"),
}
"""The same, for whoever looks."""
ODD: dict[str, str] = {
    "own-home": N_("They live at the same address"),
    "own-postcode": N_("They live in the same postcode"),
    "own-street": N_("They live in the same street"),
    "same-surname": N_("They have the same last name"),
    "hidden": N_("The person is hidden"),
    "at-night": N_("It was at night"),
    "many": N_("They looked many people up in an hour, and nothing at the desk waited for it"),
}


def who_looked(look: LookedDayView) -> str:
    """Who saw something of the reader's: what they are to the reader."""
    if look.organisation:
        return str(gettext("%(name)s, your helper", name=look.organisation))
    if look.role is not None and look.role in STAFF:
        return shown(STAFF, look.role)
    return shown(WHO, look.who)


def what_was_seen(codes: Iterable[str]) -> str:
    """What they saw, in one line."""
    words = [shown(WHAT, code) if code in WHAT else str(gettext(OTHER_WHAT)) for code in codes]
    return ", ".join(dict.fromkeys(words))


def why_looked(code: str) -> str:
    """Why they saw it."""
    return shown(WHY, code) if code in WHY else str(gettext(OTHER_WHY))


def reason_given(code: str) -> str:
    """Why they say that they looked."""
    return shown(REASONS, code)


def look_times(look: LookedDayView) -> str:
    """How often, where it was more than once."""
    return str(ngettext("once", "%(num)d times", look.times))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "who_looked": who_looked, "what_seen": what_was_seen, "why_looked": why_looked,
    "reason_given": reason_given, "reason_said": lambda code: shown(ASKED, code),
    "look_times": look_times, "odd_look": lambda code: shown(ODD, code),
}  # fmt: skip
