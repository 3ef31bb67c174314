"""Who wrote a line of a conversation, and what its writer is told about it."""

from collections.abc import Iterable

from flask_babel import gettext

from enabler.doors.words.marking import N_, shown
from enabler.services.views import LineView, MatchView

EVENTS: dict[str, str] = {
    "proposed": N_("Suggested:"),
    "agreed": N_("Agreed:"),
    "on-way": N_("On the way"),
    "cannot-find": N_("I am there. I cannot find it, or nobody opens."),
}
NOTES: dict[str, str] = {
    "link": N_("Please say in your own words what is behind a link. Many people do not open one."),
    "mail": N_("You need not give your email address. You can write to each other here."),
    "money": N_("Nobody here needs your bank details or money in advance."),
    "phone": N_("You need not give your phone number. You can write to each other here."),
}


def speaker_words(line: LineView, match: MatchView) -> str:
    """Whose line it is, for this reader."""
    if line.by is not None and line.mine:
        return str(gettext("%(helper)s, for you", helper=line.by))
    if line.by is not None and match.other_name:
        return str(gettext("%(helper)s, for %(name)s", helper=line.by, name=match.other_name))
    if line.mine:
        return str(gettext("You"))
    if line.side == "staff":
        return str(gettext("The council"))
    if line.side == match.side:
        theirs = match.asking if match.side == "asker" else match.organisation
        return theirs or str(gettext("Your organisation"))
    said = other_side_words(match)
    return said[:1].upper() + said[1:]


def other_side_words(match: MatchView) -> str:
    """What the other side of a match is called, inside a sentence."""
    if match.side == "asker":
        return match.organisation or match.other_name or str(gettext("your helper"))
    return match.asking or match.other_name or str(gettext("the person who asked"))


def event_words(kind: str) -> str:
    """What a line is that is more than words; nothing for words."""
    return shown(EVENTS, kind) if kind in EVENTS else ""


def note_words(holds: Iterable[str]) -> list[str]:
    """What the writer of a line is told about what it seems to hold."""
    return [shown(NOTES, code) for code in holds if code in NOTES]
