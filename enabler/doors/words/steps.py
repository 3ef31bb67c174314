"""What happens next to a need, with its time, and what has happened so far."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext, ngettext

from enabler.doors.words.marking import N_, shown
from enabler.doors.words.times import moment_words
from enabler.services.views import TimelineEntry

NEXT_STEPS: dict[str, str] = {
    "ask-first": N_("We ask the first helpers by %(when)s."),
    "ask-more": N_("We have asked helpers nearby. If nobody says yes, we ask more at %(when)s."),
    "await-answers": N_("We wait for answers until %(when)s."),
    "await-custodian": N_("A person at the council looks at it by %(when)s."),
    "broker": N_("A person at the council looks for help by hand by %(when)s."),
    "arrange": N_("You and your helper agree a time by %(when)s."),
    "visit": N_("The visit is until %(when)s."),
    "confirm": N_("Please say whether it was done. Otherwise we take it as done on %(when)s."),
    "chase": N_("We ask how it went at %(when)s."),
}

HAPPENED: dict[str, str] = {
    "need.posted": N_("Help was asked for"),
    "need.asked": N_("Helpers were asked"),
    "need.repeated": N_("It was asked for again"),
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
    "match.asked": N_("We asked a helper"),
    "match.accepted": N_("A helper said yes"),
    "match.declined": N_("A helper could not this time"),
    "match.lapsed": N_("A helper did not answer"),
    "match.released": N_("A helper had to give it back"),
    "match.arranged": N_("The time of the visit was set"),
    "match.done": N_("One of you said that it was done"),
    "match.confirmed": N_("The other confirmed it"),
    "match.disputed": N_("Something went wrong"),
    "match.withdrawn": N_("An ask was taken back"),
}

TOLD_BY_MATCHES = frozenset({"need.filled", "need.arranged", "need.done"})
"""What a timeline leaves out, because the same is told of the match at the same moment."""

HELD_BECAUSE: dict[str, str] = {
    "category": N_("This kind of help is always looked at by a person first."),
    "first_offer": N_("Your first offer is looked at by a person."),
    "organisation": N_("Offers of organisations are looked at by a person."),
    "credential": N_("We need to see a paper of yours first."),
    "custodian": N_("A person at the council wants to look at it."),
}


def next_step_words(step: str | None, at: datetime | None, zone: ZoneInfo) -> str | None:
    """What happens next, with its time; None where nothing is to come."""
    if step is None or at is None:
        return None
    return str(gettext(NEXT_STEPS[str(step)], when=moment_words(at, zone)))


def happened_words(what: str, count: int) -> str:
    """One line of a timeline; several of a kind are said once, with their number."""
    words = shown(HAPPENED, what)
    if count == 1:
        return words
    return str(ngettext("%(words)s (%(num)d time)", "%(words)s (%(num)d times)", count,
                        words=words))  # fmt: skip


def worth_telling(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """A timeline without what it would tell twice."""
    return [entry for entry in entries if entry.what not in TOLD_BY_MATCHES]


def held_words(because: str | None) -> str:
    """Why a thing waits for a person's look."""
    if because is None or because not in HELD_BECAUSE:
        return str(gettext("A person at the council looks at it first."))
    return shown(HELD_BECAUSE, because)
