"""Whoever is written to hears of it: with the words themselves where that is a text (those are read
when it leaves, ``_letter_words.py``), else once until they have read them on the page.
"""

from collections.abc import Iterable
from datetime import datetime

from enabler.domain.matches import Match
from enabler.domain.prompts import TALK
from enabler.domain.vocabulary import Channel, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._tell import tell


def tell_of_line(uow: UnitOfWork, match: Match, others: Iterable[int], now: datetime) -> None:
    """Tell these members of the newest line of a conversation. A text that still waits tells of it
    as well: several lines of one evening come as one text in the morning."""
    newest = uow.conversations.of_match(match.id)[-1].id
    for member_id in others:
        read = uow.conversations.last_read(match.id, member_id)
        parameters: dict[str, str | int] = {"match": match.ref}
        key = f"{TALK}:{match.ref}:{member_id}:{read}"
        chosen = uow.telling.receiver(member_id).channels(TALK, Priority.MATCH)
        if Channel.TEXT in chosen:
            if _waits(uow, match, member_id, read):
                continue
            parameters["line"] = newest
            key = f"{TALK}:{match.ref}:{member_id}:line-{newest}"
        tell(
            uow, place_id=match.place_id, member_id=member_id, template=TALK, now=now,
            parameters=parameters, priority=Priority.MATCH, dedupe_key=key,
        )  # fmt: skip


def _waits(uow: UnitOfWork, match: Match, member_id: int, read: int) -> bool:
    """Whether a text of what they have not read has still to leave, and will not before this line
    is kept."""
    return any(
        about.get("match") == match.ref and about.get("line", 0) > read
        for about in uow.outbox.texts_waiting(match.place_id, member_id, TALK)
    )
