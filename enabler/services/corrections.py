"""A member asks to put right what they cannot put right themself in what is kept about them."""

from datetime import datetime
from typing import Any

from enabler.domain.permissions import Action, Actor
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services._complaining import keep_complaint
from enabler.services._once import once
from enabler.services._own import own

MOST_WORDS = 4_000


def ask(*, actor: Actor, words: str, key: str, now: datetime) -> str:
    """Ask the council to put something right; the ref. It goes the way of a complaint about data:
    who answers, who is kept from it, the alarm and the answer with its reasons are the same, and
    the answer has a month (UK GDPR, articles 12 and 16). ``words`` say which line is meant.

    Raises NotAllowed, Invalid("words"), KeyReused.
    """
    said = checked_words("words", words, most=MOST_WORDS)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)

        def act() -> dict[str, Any]:
            kept = keep_complaint(
                uow, actor, member.place_id, said, how="page", now=now, correction=True
            )
            return {"ref": kept.ref}

        result = once(uow, "corrections.ask", actor=actor, key=key, now=now, act=act,
                      again=False, arguments={"words": said})  # fmt: skip
        uow.commit()
    return str(result["ref"])
