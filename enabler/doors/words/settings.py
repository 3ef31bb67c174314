"""Words of a member's own settings: what helps them, how they are told, who has looked."""

from collections.abc import Iterable

from flask_babel import gettext

from enabler.doors.words.marking import N_, shown
from enabler.services.views import SightView

ACCESS_NEEDS: dict[str, str] = {
    "step-free": N_("I cannot manage steps"),
    "wheelchair": N_("I use a wheelchair"),
    "hard-of-hearing": N_("I do not hear well"),
    "bsl": N_("I use British Sign Language (BSL)"),
    "low-sight": N_("I do not see well"),
    "needs-time": N_("I need time: please go slowly"),
}
TO_A_HELPER: dict[str, str] = {
    "step-free": N_("Cannot manage steps"),
    "wheelchair": N_("Uses a wheelchair"),
    "hard-of-hearing": N_("Does not hear well"),
    "bsl": N_("Uses British Sign Language (BSL)"),
    "low-sight": N_("Does not see well"),
    "needs-time": N_("Needs time: please go slowly"),
}
WAYS: dict[str, str] = {
    "text": N_("Text"),
    "mail": N_("Email"),
    "both": N_("Text and email"),
    "page": N_("Only on my page"),
}
WHO: dict[str, str] = {
    "helper": N_("Your helper"),
    "asker": N_("The person you helped"),
    "operator": N_("Whoever runs the computer of this service"),
    "staff": N_("Somebody at the council"),
    "member": N_("Another member"),
    "stranger": N_("Somebody who was not signed in"),
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
    "let-see": N_("because you let them see it"),
    "proof": N_("because you showed them a proof of it"),
    "overdue": N_("because nobody had said that they had left your visit"),
    "lost-phone": N_("because somebody said that your phone was lost"),
}
OTHER_WHAT, OTHER_WHY = N_("something of yours"), N_("for their work")
CONSENTS: dict[str, str] = {"sign-up": N_("Signing up: what we keep and who sees it")}


def access_need(code: str) -> str:
    """What helps somebody, in their own words."""
    return shown(ACCESS_NEEDS, code)


def access_mine(codes: Iterable[str]) -> list[str]:
    """What helps the reader, a line each."""
    return [access_need(code) for code in codes]


def access_lines(codes: Iterable[str]) -> list[str]:
    """What whoever helps them should know, a line each."""
    return [shown(TO_A_HELPER, code) for code in codes]


def way_words(way: str) -> str:
    """How somebody is told."""
    return shown(WAYS, way)


def who_looked(sight: SightView) -> str:
    """Who saw something of the reader's: what they are to the reader."""
    if sight.role is not None and sight.role.value in STAFF:
        return shown(STAFF, sight.role.value)
    return shown(WHO, sight.who)


def what_was_seen(codes: Iterable[str]) -> str:
    """What they saw, in one line."""
    words = [shown(WHAT, code) if code in WHAT else str(gettext(OTHER_WHAT)) for code in codes]
    return ", ".join(dict.fromkeys(words))


def why_looked(code: str) -> str:
    """Why they saw it."""
    return shown(WHY, code) if code in WHY else str(gettext(OTHER_WHY))


def consent_words(wording: str) -> str:
    """What was agreed to."""
    return shown(CONSENTS, wording)
