"""Words of immediate danger. Whoever texts them is answered with 999, whatever else they said."""

from collections.abc import Iterator, Sequence

from enabler.domain.signals.folding import folded
from enabler.domain.signals.worries import found_worries
from sms.reading import Said
from sms.tongues import Phrase, Tongue

NOW = ("worry_self", "worry_abuse")
"""Worries that may be of this moment; better once too often."""


def in_danger(said: Said, tongues: Sequence[Tongue]) -> tuple[str, ...]:
    """The words of it, as they are listed; none where there is none. What stands inside a phrase
    that is said harmlessly counts for nothing."""
    safe = {
        at
        for begin, phrase in _met(said, tongues, "harmless")
        for at in range(begin, begin + len(phrase))
    }
    found = [
        " ".join(phrase)
        for begin, phrase in _met(said, tongues, "inside")
        if not safe.intersection(range(begin, begin + len(phrase)))
    ]
    worries = (one for one in found_worries(folded(said.text)) if one.code in NOW)
    return tuple(dict.fromkeys([*found, *(str(one.code) for one in worries)]))


def _met(said: Said, tongues: Sequence[Tongue], name: str) -> Iterator[tuple[int, Phrase]]:
    for tongue in tongues:
        for phrase in tongue.of("danger", name):
            for at, word in enumerate(said.words):
                if word == phrase[0] and said.begins(phrase, at):
                    yield at, phrase
