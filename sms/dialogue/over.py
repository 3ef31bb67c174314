"""After an answer that comes too late: the question that is open meanwhile, once more."""

from collections.abc import Collection, Sequence

from enabler.domain.prompts import TALK
from sms.dialogue.turns import Opening, Question, Say

_TOO_LATE = frozenset({"too_late", "settled", "posted_already"})


def still_open(
    questions: Sequence[Question], says: Collection[Say], closes: Collection[str],
    opens: Collection[Opening],
) -> tuple[Say, ...]:  # fmt: skip
    """That the newest question waits for its answer, where what was answered is over and nothing
    new is asked. ``closes``: letters that this text answered. Words of another are no question."""
    if opens or not any(one.code in _TOO_LATE for one in says):
        return ()
    waits = [
        one for one in questions
        if not one.closed and one.kind != TALK and one.letter not in closes
    ]  # fmt: skip
    return (Say("still_open", {"letter": waits[-1].letter}),) if waits else ()
