"""What happens next to a need, with its time, and what has happened so far."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from flask_babel import gettext, ngettext

from enabler.doors.words.marking import N_, P_, shown
from enabler.doors.words.times import moment_words
from enabler.services.views import NeedView, TimelineEntry

NEXT_STEPS: dict[str, str] = {
    "ask-first": N_("We ask the first helpers by %(when)s."),
    "ask-more": N_("We have asked helpers nearby. If nobody says yes by %(when)s, we ask more."),
    "await-answers": N_("We wait for answers until %(when)s."),
    "await-custodian": N_("A person at the council looks at it by %(when)s."),
    "broker": N_("People at the council look for somebody now. We look again by %(when)s."),
    "arrange": N_("You and your helper agree a time by %(when)s."),
    "visit": N_("The visit is over by %(when)s. Then please tell us that it was done."),
    "confirm": N_("Please say whether it was done. Otherwise we take it as done on %(when)s."),
    "chase": N_("The time is over. Please tell us how it ended. We look at it again by %(when)s."),
}
AGREED_STEPS: dict[tuple[str, str], str] = {
    ("filled", "chase"): N_(
        "You and your helper have agreed no time yet. If you still have not by %(when)s, a person"
        " at the council asks how it stands."
    ),
    ("arranged", "chase"): N_(
        "The time you agreed is over. Please tell us whether it was done. We look at it again by"
        " %(when)s."
    ),
    ("filled", "broker"): N_(
        "No time is agreed, so a person at the council asks how it stands. You two can still agree"
        " one. We look at it again by %(when)s."
    ),
    ("arranged", "broker"): N_(
        "Nobody has said whether it was done, so a person at the council asks. You can still tell"
        " us yourself. We look at it again by %(when)s."
    ),
}
"""Of help that was agreed and stands still, by the need's state and its step."""
ASKS_WAIT = N_("We text helpers on %(when)s. We do not text people at night.")

HAPPENED: dict[str, str] = {
    "need.posted": N_("Help was asked for"),
    "need.changed": N_("What is asked for was changed"),
    "need.asked": N_("Helpers were asked"),
    "need.edited": N_("Somebody at the council changed the words"),
    "need.answered": N_("A question of the council was answered"),
    "need.repeated": N_("It was asked for again"),
    "need.chased": N_("You two were asked how it stands"),
    "need.handed_over": N_("It was handed to a person at the council"),
    "need.held": N_("A person at the council looks at it first"),
    "need.open": N_("We look for someone"),
    "need.filled": N_("Someone was found"),
    "need.arranged": N_("A time was agreed"),
    "need.done": N_("It was done"),
    "need.closed": N_("It was closed"),
    "need.withdrawn": N_("It was taken back"),
    "need.refused": N_("The council did not accept it"),
    "need.suspended": N_("The council stopped it for now"),
    "match.proposed": N_("We found someone who could help"),
    "match.asked": N_("We chose a helper to ask"),
    "match.accepted": N_("A helper said yes"),
    "match.declined": N_("A helper could not this time"),
    "match.lapsed": N_("A helper did not answer"),
    "match.released": N_("A helper had to give it back"),
    "match.arranged": N_("The time of the visit was set"),
    "match.on_way": N_("The helper was on the way"),
    "match.cannot_find": N_("The helper could not find anybody"),
    "match.done": N_("One of you said that it was done"),
    "match.corrected": N_("One of you said how long it took"),
    "match.decided": N_("Somebody at the council decided how long it took"),
    "match.confirmed": N_("The other person confirmed it"),
    "match.disputed": N_("Something went wrong"),
    "match.withdrawn": N_("An ask was taken back"),
}

OF_SEVERAL: dict[str, tuple[str, str]] = {
    "match.proposed": P_(
        "We found %(num)d person who could help", "We found %(num)d people who could help"
    ),
    "match.asked": P_("We chose %(num)d helper to ask", "We chose %(num)d helpers to ask"),
    "match.accepted": P_("%(num)d helper said yes", "%(num)d helpers said yes"),
    "match.declined": P_(
        "%(num)d helper could not this time", "%(num)d helpers could not this time"
    ),
    "match.released": P_(
        "%(num)d helper had to give it back", "%(num)d helpers had to give it back"
    ),
}
"""What several did at one moment, with their number."""

TOLD_BY_MATCHES = frozenset({"need.filled", "need.arranged", "need.done"})
"""What a timeline leaves out, because the same is told of the match at the same moment."""

HELD_BECAUSE: dict[str, str] = {
    "category": N_("This kind of help is always looked at by a person first."),
    "first_offer": N_("Your first offer is looked at by a person."),
    "organisation": N_("Offers of organisations are looked at by a person."),
    "organisation_register": N_("New organisations are looked at by a person."),
    "organisation_new": N_("We look at the organisation first, then at what it offers."),
    "organisation_words": N_("Its new words are looked at by a person."),
    "organisation_alone": N_(
        "None of its owners can act for it any more. Ring its people. Hold it or suspend it until"
        " somebody leads it again."
    ),
    "signal": N_("Something in the words is looked at by a person first."),
    "account": N_("We look at your account first. We tell you when it is ready."),
    "credential": N_("We need to see a paper of yours first."),
    "asker_unverified": N_("We have to make sure of your phone number or email address first."),
    "custodian": N_("A person at the council wants to look at it."),
}

HELD_FOR_STAFF: dict[str, str] = {
    "signal": N_("A signal holds it."),
    "account": N_("Their account is looked at first, by the safeguarding lead."),
    "first_offer": N_("It is their first offer."),
    "asker_unverified": N_(
        "A helper would come into their home, and nobody has shown yet that"
        " their phone number or email address is theirs."
    ),
    "credential": N_("A paper of theirs must be seen first."),
}
"""Where the words of ``HELD_BECAUSE`` speak to whoever made it."""


def next_step_words(need: NeedView, zone: ZoneInfo) -> str | None:
    """What happens next to a need, with its time; None where nothing is to come."""
    if need.next_step is None or need.next_step_at is None:
        return None
    step = need.next_step.value
    words = AGREED_STEPS.get((need.state.value, step), NEXT_STEPS[step])
    words = ASKS_WAIT if need.asks_wait else words
    return str(gettext(words, when=moment_words(need.next_step_at, zone)))


def happened_words(what: str, count: int) -> str:
    """One line of a timeline; several of a kind are said once, with their number."""
    if count > 1 and what in OF_SEVERAL:
        return str(ngettext(*OF_SEVERAL[what], count))
    return shown(HAPPENED, what)


def worth_telling(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """A timeline without what it would tell twice."""
    return [entry for entry in entries if entry.what not in TOLD_BY_MATCHES]


def held_words(because: str | None) -> str:
    """Why a thing waits for a person's look."""
    if because is None or because not in HELD_BECAUSE:
        return str(gettext("A person at the council looks at it first."))
    return shown(HELD_BECAUSE, because)


def held_for_staff(because: str | None) -> str:
    """Why a thing waits, to those who look at it."""
    if because is not None and because in HELD_FOR_STAFF:
        return shown(HELD_FOR_STAFF, because)
    return held_words(because)
