"""Questions that only the code in them answers: who may act for somebody. A yes says nothing there,
as whoever texts it may not have read what it is for; a no is a no.
"""

from collections.abc import Collection, Mapping, Sequence

from enabler.domain.mandates_by_text import CODED
from sms.answers import Answer
from sms.commands import CODE
from sms.dialogue.turns import Deed, Question, Say, Turn
from sms.reading import Said, first_of
from sms.tongues import Tongue


def code_said(
    said: Said, questions: Mapping[str, Question], words: Sequence[Tongue]
) -> Turn | None:  # fmt: skip
    """Six digits alone, with the question's letter or a yes before them; None where no such
    question was asked, or the text is anything else."""
    coded = [one for one in questions.values() if one.kind in CODED]
    if not coded:
        return None
    begin = _before_it(said, words, {one.letter for one in coded})
    polite = {phrase[0] for tongue in words for phrase in tongue.of("polite", "words")}
    digits = "".join(word for word in said.words[begin:] if word not in polite)
    if not CODE.fullmatch(digits):
        return None
    named = questions.get(said.words[0].upper()) if begin else None
    meant = named if named in coded else max(coded, key=lambda one: one.opened_at)
    if meant is None or meant.closed:
        return Turn(says=(Say("too_late", {}),))
    return Turn(deeds=(Deed("supporter_code", meant.ref, digits, {"letter": meant.letter}),))


def _before_it(said: Said, words: Sequence[Tongue], letters: Collection[str]) -> int:
    """How many words stand before the digits that belong to them."""
    if said.words[0].upper() in letters:
        return 1
    said_yes = [phrase for each in words if (phrase := first_of(said, each.yes))]
    return max(map(len, said_yes), default=0)


def answered_otherwise(question: Question, answer: Answer) -> Turn:
    """A no closes it; anything else brings it again."""
    if answer.yes is False:
        return Turn(closes=(question.letter,), says=(Say("nobody_new"),))
    return Turn(says=(Say("choose", {"letter": question.letter}),))


def meant_by_a_bare_answer(fresh: Sequence[Question]) -> Sequence[Question]:
    """A bare answer is for none of these while anything else is open."""
    others = [one for one in fresh if one.kind not in CODED]
    return others or fresh
