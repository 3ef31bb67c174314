"""Whether a text asks for no more texts, or for texts again."""

from collections.abc import Sequence

from sms.reading import Said
from sms.tongues import Phrase, Tongue

MOST_WORDS = 14
"""A longer text may say such words about something else."""


def asks_to_stop(said: Said, tongues: Sequence[Tongue]) -> bool:
    """One word of the provider's only as the whole text; a sentence that asks for it anywhere in a
    short text."""
    return _is_all(said, tongues, "stop") or (
        len(said.tokens) <= MOST_WORDS and _within(said, tongues)
    )


def asks_to_start(said: Said, tongues: Sequence[Tongue]) -> bool:
    """Only as the whole text."""
    return _is_all(said, tongues, "start")


def _is_all(said: Said, tongues: Sequence[Tongue], name: str) -> bool:
    for tongue in tongues:
        polite = {phrase[0] for phrase in tongue.of("polite", "words")}
        left: Phrase = tuple(word for word in said.words if word not in polite)
        if left in tongue.of("opting", name):
            return True
    return False


def _within(said: Said, tongues: Sequence[Tongue]) -> bool:
    phrases = [phrase for tongue in tongues for phrase in tongue.of("opting", "stop_inside")]
    return any(said.begins(phrase, at) for at in range(len(said.tokens)) for phrase in phrases)
