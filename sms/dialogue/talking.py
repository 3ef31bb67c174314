"""What is meant for the other side of a match: words that answer what was written to this phone.

Under the letter of the conversation all of it is. Under none it is passed on only where nothing
else can be meant: somebody wrote to them of late, nothing else waits for their answer, and neither
a need nor an offer is in it. Where something else can be, they are asked; nobody's new need goes to
a neighbour in place of being posted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from enabler.domain.prompts import LETTERS_THAT_ARE_WORDS, TALK
from sms.dialogue.turns import Deed, Opening, Question, Say, Turn
from sms.reading import Said

WHOSE = "whose-words"
"""The question for whom some words are."""


def under_its_letter(
    said: Said, questions: Mapping[str, Question], now: datetime
) -> Turn | None:  # fmt: skip
    """Words after the letter of a conversation; the letter alone is no answer yet."""
    question = questions.get(said.words[0].upper())
    if question is None or question.kind != TALK:
        return None
    if question.letter in LETTERS_THAT_ARE_WORDS and not question.is_fresh(now):
        return None
    return passed(question, said.typed(1))


def passed(question: Question, words: str) -> Turn:
    """These words go to the other side."""
    if not words:
        return Turn(says=(Say("choose", {"letter": question.letter}),))
    return _passed(question.letter, question.ref, words, bare=False)


def passed_after_all(question: Question) -> Turn:
    """What they wrote before was for the other side."""
    facts = question.facts
    return _passed(question.letter, str(facts["match"]), str(facts["words"]), bare=False)


def meant_by_a_bare_answer(fresh: Sequence[Question]) -> Sequence[Question]:
    """Which of the fresh questions, the newest last, *yes* may be for: one with codes that came
    after all that was written is the one."""
    coded = [one for one in fresh if one.kind != TALK]
    return coded if len(coded) == 1 and coded[0] is fresh[-1] else fresh


def under_no_letter(
    words: str, fresh: Sequence[Question], *, could_be_new: bool
) -> Turn | None:  # fmt: skip
    """Words while these questions are fresh; None where nobody wrote to them."""
    talks = [one for one in fresh if one.kind == TALK]
    if not talks:
        return None
    if len(talks) > 1:
        if could_be_new:
            return None
        return Turn(says=(Say("to_whom", {"letters": [one.letter for one in talks]}),))
    (talk,) = talks
    if could_be_new or len(fresh) > 1:
        facts = {"words": words, "match": talk.ref}
        return Turn(opens=(Opening(WHOSE, ("yes", "no"), facts),))
    return _passed(talk.letter, talk.ref, words, bare=True)


def _passed(letter: str, ref: str | None, words: str, *, bare: bool) -> Turn:
    deed = Deed(TALK, ref, words, {"letter": letter, "bare": bare})
    return Turn(closes=(letter,), deeds=(deed,))
