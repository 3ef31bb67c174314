"""What happens next to a need, with its time, and what has happened so far."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext, ngettext

from enabler.doors.words.marking import N_, shown
from enabler.doors.words.times import moment_words

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
    "need.post": N_("You asked for help"),
    "need.held": N_("A person at the council checks it first"),
    "need.approve": N_("The council said yes to it"),
    "need.refuse": N_("The council did not accept it"),
    "need.open": N_("We began to look for someone"),
    "need.withdraw": N_("You took it back"),
    "need.close": N_("It was closed"),
    "need.broker": N_("We handed it to a person at the council"),
    "need.repeat": N_("It was joined with one you sent before"),
    "need.done": N_("It was done"),
    "match.propose": N_("We found someone who could help"),
    "match.ask": N_("We asked a helper"),
    "match.accept": N_("A helper said yes"),
    "match.decline": N_("A helper could not this time"),
    "match.lapse": N_("A helper did not answer"),
    "match.release": N_("A helper had to give it back"),
    "match.arrange": N_("You agreed a time"),
    "match.done": N_("The helper said it was done"),
    "match.confirm": N_("You confirmed it"),
    "match.dispute": N_("Something went wrong"),
    "match.withdraw": N_("An ask was taken back"),
}

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


def held_words(because: str | None) -> str:
    """Why a thing waits for a person's look."""
    if because is None or because not in HELD_BECAUSE:
        return str(gettext("A person at the council looks at it first."))
    return shown(HELD_BECAUSE, because)
