"""What we could not send to somebody who has neither phone nor mail, and people tell them: which
letters are kept for that, what is urgent, what came of trying (pure)."""

from datetime import datetime, timedelta
from enum import StrEnum

from enabler.domain.errors import Invalid
from enabler.domain.letter_parts import Side
from enabler.domain.letters import TEMPLATES
from enabler.domain.mandate_letters import OF_MANDATES
from enabler.domain.vocabulary import Priority


class CameOf(StrEnum):
    """What came of it. *here*: they rang, or came to a desk; *not-reached*: it is tried again, and
    ends for good once a custodian could not reach them either; *past*: nothing is left to say;
    *sent*: they have a phone or a mail address now, and what waited went there."""

    CALL = "call"
    LETTER = "letter"
    HERE = "here"
    NOT_REACHED = "not-reached"
    MOVED = "moved"
    PAST = "past"
    SENT = "sent"


TRIED = (CameOf.CALL, CameOf.HERE, CameOf.LETTER, CameOf.NOT_REACHED, CameOf.MOVED)
"""What whoever tries can say came of it."""
TOLD = frozenset({CameOf.CALL, CameOf.LETTER, CameOf.HERE})
MOST_TRIES = 3
"""After so many it is a custodian's."""
AGAIN_AFTER = timedelta(days=1)
"""The next day after the first try, two days after the second, and so on."""
_NOT_FOR_MEMBERS = frozenset({Side.STAFF, Side.LEAD, Side.NUMBER})
_NEVER = frozenset({"address"})
"""Another's address is said to whoever helps by their own page or phone alone."""
_URGENT = frozenset({"erase_asked"}) | frozenset(OF_MANDATES)


def is_kept(template: str, priority: Priority) -> bool:
    """Whether a person tells it where it cannot be sent. What is for those at work, and codes, is
    for no letter."""
    rule = TEMPLATES.get(template)
    told = rule is not None and rule.side not in _NOT_FOR_MEMBERS
    return told and template not in _NEVER and priority is not Priority.CODE


def is_urgent(template: str, priority: Priority) -> bool:
    """What keeps somebody safe, and who acts for them or takes their account from them."""
    return priority is Priority.SAFETY or template in _URGENT


def ways(*, no_calls: bool, no_letters: bool) -> tuple[CameOf, ...]:
    """What can have come of trying, where they said how they are not to be reached."""
    barred = {CameOf.CALL} if no_calls else set()
    barred |= {CameOf.LETTER} if no_letters else set()
    return tuple(each for each in TRIED if each not in barred)


def checked(said: str, offered: tuple[CameOf, ...]) -> CameOf:
    """What whoever tried says came of it. Raises Invalid("came_of", choose_one or way_barred)."""
    if said not in {each.value for each in TRIED}:
        raise Invalid("came_of", "choose_one")
    if CameOf(said) not in offered:
        raise Invalid("came_of", "way_barred")
    return CameOf(said)


def again_at(tries: int, now: datetime) -> datetime:
    """When it is tried again, after so many tries."""
    return now + max(1, tries) * AGAIN_AFTER
