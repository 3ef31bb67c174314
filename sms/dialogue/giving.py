"""Hours to be given of which only a number was said: minutes or hours, in words of one's own.

*2 minutes* is no second answer to that question, and *A 1 hour* is not its first.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sms.dialogue.turns import Deed, Question, Say, Turn
from sms.durations import minutes_at, unit_at
from sms.reading import Said
from sms.tongues import Tongue

WHICH = "give-which"
MINUTES, HOURS = "minutes", "hours"


def length_said(
    said: Said, questions: Mapping[str, Question], words: Sequence[Tongue], now: datetime
) -> Turn | None:  # fmt: skip
    """*Hours*, or how long, and nothing else, under the letter of the question or for the one that
    is open; of another length than the two that were asked about it is asked once more."""
    named = questions.get(said.words[0].upper()) if said.words else None
    if named is not None and named.kind == WHICH:
        return _chosen(said, 1, named, words)
    fresh = [one for one in questions.values() if one.kind == WHICH and one.is_fresh(now)]
    return _chosen(said, 0, fresh[-1], words) if fresh else None


def _chosen(said: Said, at: int, question: Question, words: Sequence[Tongue]) -> Turn | None:
    polite = {phrase[0] for tongue in words for phrase in tongue.of("polite", "words")}
    option, after = _meant(said, at, question, words)
    if after == at or not polite.issuperset(said.words[after:]) or question.closed:
        return None
    if option is None:
        return Turn(says=(Say("choose", {"letter": question.letter}),))
    facts = {"letter": question.letter, **question.facts}
    return Turn(closes=(question.letter,), deeds=(Deed(f"{WHICH}.{option}", facts=facts),))


def _meant(
    said: Said, at: int, question: Question, words: Sequence[Tongue]
) -> tuple[str | None, int]:  # fmt: skip
    """The answer, and the word after it; no answer is another length."""
    unit, after = unit_at(said, at, words)
    if unit:
        return unit, after
    took = minutes_at(said, at, words, alone=False)
    lengths = {question.facts["minutes"]: MINUTES, question.facts["longer"]: HOURS}
    return (lengths.get(took[0]), took[1]) if took else (None, at)
