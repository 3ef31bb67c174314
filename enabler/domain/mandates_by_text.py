"""Who acts for somebody, said by text (pure).

That a text comes from a member's number proves nothing. So whatever changes who acts for them wants
six digits that only a text to that very number told: a fresh code to let somebody act, as on a
page; the mandate's own code to end it. To end it asks no more than that, as it takes a power away
and can be agreed to anew; that it asks for so much, and not for a name alone, is because whoever
sends texts in another's name could cut a frail person off from their daughter, and nobody tells
the daughter of an end.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from enabler.domain.mandates import Scope
from enabler.domain.prompts import Question
from enabler.domain.sign_in import CODE_LIFE, NUMBER_CAPS, TRIES_PER_CODE
from enabler.domain.signals.folding import folded

AGREE, INVITE = "mandate-agree", "mandate-invite"
CODED = frozenset({AGREE, INVITE})
"""Kinds of questions that are answered by the code in them, and by nothing else."""
INVITED_IN = (Scope.POST_NEED, Scope.SEE_MATCH)
"""In what somebody is asked by text to act, who is asked by a number alone: the least with which a
supporter can help. More is chosen on the page."""
INVITED_DAYS = 90
"""For how long, where the place allows so much: what the page gives as its example."""
MOST_SHOWN = 20
MOST_TEXTS_WITH_CODES = 30
"""So many texts of a phone in a day, and none with a mandate's own code counts any more: of a
million codes nobody finds one. Whoever really texted so much is helped by people."""
_WORD = re.compile(r"[^\W_]+")


def own_code_of(ref: str) -> str:
    """From what a mandate's own code is made, or that of what is asked for: it stays the same for
    as long as that is there."""
    return f"end:{ref}"


def is_called(typed: str, name: str) -> bool:
    """Whether somebody of this name is meant by what was typed: all of it, or its first word, with
    or without capitals and accents."""
    said, called = _words(typed), _words(name)
    return bool(said) and said in (called, called[:1])


def _words(name: str) -> list[str]:
    return _WORD.findall(folded(name).plain)


def refuse_more(asked: Sequence[Question], now: datetime) -> None:
    """``asked``: all that this phone was asked of late. Raises LimitReached where it was sent as
    many codes as a phone gets."""
    moments = sorted((one.opened_at for one in asked if one.kind in CODED), reverse=True)
    for cap in NUMBER_CAPS:
        cap.check(moments[cap.count - 1] if len(moments) >= cap.count else None, now)


def why_not(question: Question, now: datetime) -> str | None:
    """Why no digits at all would do any more: a code, or None."""
    if now >= question.opened_at + CODE_LIFE:
        return "code_over"
    return "code_tried" if int(question.facts.get("wrong", 0)) >= TRIES_PER_CODE else None
