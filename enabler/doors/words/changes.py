"""What was changed in something that somebody agreed to."""

from collections.abc import Iterable

from enabler.doors.words.marking import N_, shown

CHANGED: dict[str, str] = {
    "words": N_("the words"),
    "windows": N_("the time"),
    "duration_minutes": N_("how long it takes"),
}


def changed_words(columns: Iterable[str]) -> str:
    """The words, the time; empty where it is nothing that concerns a helper."""
    return ", ".join(shown(CHANGED, each) for each in CHANGED if each in set(columns))
