"""What was written, by whatever door, is listened to within the minute: where it sounds as if
somebody were in danger, the safeguarding lead hears of it, as of a text."""

from datetime import datetime

from enabler.domain.permissions import Action, Actor, require
from enabler.domain.signals import Finding
from enabler.persistence.unheard import Unheard
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._ground import ground
from enabler.services._signals import WATCHER, Written, record, tell_lead
from enabler.services.ports import Understands

JOB = "hear-words"
SIGNAL = "worry_danger"


def hear(*, actor: Actor, understands: Understands, now: datetime) -> int:
    """Listen to the words that wait longest; 1, or 0 where none wait. Call it until it gives 0;
    safe to run twice. Nothing is held up by it. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with unit_of_work() as uow:
        one = uow.unheard.claim()
        if one is None:
            return 0
        language = "en" if one.member_id is None else uow.telling.receiver(one.member_id).language
        own = uow.own_wordings.of(one.place_id)
        if understands(one.words, language=language, own=own).danger:
            _tell(uow, one, now)
        uow.unheard.end(one.id)
        uow.commit()
    return 1


def _tell(uow: UnitOfWork, one: Unheard, now: datetime) -> None:
    """The lead hears of these words once, however often they were posted (a need that comes each
    week, a change of something else)."""
    here = ground(uow, one.place_id, now)
    if SIGNAL in here.ruleset.signals_off or uow.reports.tells(one.place_id, one.words):
        return
    found = (Finding(SIGNAL),)
    uow.signals.add(
        one.place_id, one.kind, one.about_id, found, holding=(), member_id=one.member_id, now=now
    )
    record(uow, WATCHER, (one.kind, one.about_id, one.about_ref), found, here)
    written = Written(kind=one.kind, words=one.words, member_id=one.member_id)
    tell_lead(uow, written, (one.kind, one.about_ref), found, here)
