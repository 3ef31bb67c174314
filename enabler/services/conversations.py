"""Conversations: after a yes both sides write to each other and agree a time. No number is shown.

Who may: the asker, and whoever may act for the match on the helper's side. When: from the yes until
48 hours after it was confirmed or the need ended; given back or called off, it is closed at once.
"""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.conversation import LONGEST_SAID, standing_proposal, was_asked_for
from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.found_in_words import found_in
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import LineKind
from enabler.domain.windows import Window
from enabler.domain.words import LONGEST_LINE, checked_words, optional_words
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _visits
from enabler.services._conversation import Case, keep_line, number_of
from enabler.services._conversing import converse
from enabler.services._ground import Ground
from enabler.services._held_messages import say_or_hold
from enabler.services._match_views import side_of
from enabler.services.views import MatchView


@dataclass(frozen=True, slots=True)
class Meeting:
    """A time to meet that somebody suggests. ``where`` None: at the asker's address."""

    start: datetime
    end: datetime
    where: str | None = None
    words: str | None = None


def say(*, actor: Actor, match_ref: str, words: str, key: str, now: datetime) -> MatchView:
    """Write to the other side, who is told that there is something to read (once until they do).
    What reads like a scam waits for a custodian's look; both sides read that a message waits.

    Raises NotFound, NotAllowed, WrongMoment("conversation_closed"), Invalid("words"), KeyReused.
    """
    said = checked_words("words", words, most=LONGEST_SAID)

    def act(uow: UnitOfWork, case: Case, here: Ground) -> None:
        say_or_hold(uow, actor, case, said, here)

    return converse(actor, match_ref, key, now, "say", {"words": said}, act)


def propose(
    *, actor: Actor, match_ref: str, meeting: Meeting, key: str, now: datetime
) -> MatchView:
    """Suggest a time to meet, in place of any that was suggested before.

    Inside a time that the asker stated, where they asked for help, it is agreed at once: the helper
    said yes to that. Any other time or place is only proposed until the other side says yes.
    Raises NotFound, NotAllowed, WrongMoment, Invalid("start", "end", "where" or "words"),
    KeyReused.
    """
    where = optional_words("where", meeting.where, most=LONGEST_LINE)
    words = optional_words("words", meeting.words, most=LONGEST_SAID)
    _visits.check_visit(meeting.start, meeting.end, now)
    visit = Window(meeting.start, meeting.end)

    def act(uow: UnitOfWork, case: Case, here: Ground) -> None:
        match, need, _ = case
        _visits.require_under_way(match)
        if was_asked_for(need, visit) and where is None:
            _visits.arrange(uow, actor, case, visit, words, here, where=where)
            return
        _visits.check_not_too_late(need, visit.start, here)
        keep_line(uow, actor, case, LineKind.PROPOSED, here, visit=visit, where=where, words=words,
                  holds=found_in(" ".join((where or "", words or ""))))  # fmt: skip
        _visits.tell_others(uow, actor, match, need, "proposed", here)

    given = {"start": meeting.start, "end": meeting.end, "where": where, "words": words}
    return converse(actor, match_ref, key, now, "propose", given, act)


def agree(*, actor: Actor, match_ref: str, number: int, key: str, now: datetime) -> MatchView:
    """Say yes to the time that the other side proposed; ``number`` is the proposal that was read.

    Raises NotFound, NotAllowed (also for the own proposal), WrongMoment (it was replaced or agreed
    meanwhile, or is past), KeyReused.
    """

    def act(uow: UnitOfWork, case: Case, here: Ground) -> None:
        lines = uow.conversations.of_match(case[0].id)
        standing = standing_proposal(case[0], lines)
        if standing is None or standing.visit is None or number_of(lines) != number:
            raise WrongMoment("proposal_changed")
        if standing.side == side_of(actor, case):
            raise NotAllowed("agree_by_other_side")
        if standing.visit.start < now:
            raise WrongMoment("proposal_past")
        _visits.arrange(
            uow, actor, case, standing.visit, standing.words, here, where=standing.where
        )

    return converse(actor, match_ref, key, now, "agree", {"number": number}, act)
