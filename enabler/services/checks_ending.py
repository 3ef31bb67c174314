"""Checks that end, and rules that begin to ask for more: holders are told in time; what stood on
it is looked at, and given to others when it is not put right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from enabler.domain.credentials import Credential, outlives
from enabler.domain.matches import Match
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._demands import demands_of
from enabler.services._ground import ground
from enabler.services._holders import leads_of, subject_of
from enabler.services._lapsing import (
    OPEN,
    UNDER_WAY,
    amiss,
    has_begun,
    look_after,
    look_at,
    release_for_check,
)
from enabler.services._progress import in_pairs, reopen
from enabler.services._tell import tell
from enabler.services._visit_day import keep_visit, visit_of

_ACTOR = Actor.system("look-at-credentials")


def look_at_ended(*, now: datetime, limit: int = 50) -> int:
    """See to checks that have ended since the last look, one in each transaction; how many."""
    worked = 0
    while worked < limit and _one_ended(now):
        worked += 1
    return worked


def remind_of_end(*, now: datetime, limit: int = 200) -> int:
    """Tell the holders of checks that end soon, each moment of the ruleset once; how many were
    looked at."""
    with unit_of_work() as uow:
        worked = 0
        for place in uow.places.all():
            for days in sorted(ground(uow, place.id, now).ruleset.credential_reminders):
                found = uow.credentials.to_say(place.id, days, now, limit)
                worked += len(found)
                for one in found:
                    _remind(uow, one, days, now)
        uow.commit()
    return worked


def give_to_others(*, now: datetime, limit: int = 50) -> int:
    """Release what still lacks a check when its time has come; how many were looked at."""
    worked = 0
    while worked < limit and _one_due(now):
        worked += 1
    return worked


def look_at_rules(*, now: datetime, limit: int = 200) -> int:
    """See to what was asked and agreed before other rules came into force or ended: a need asks
    what the rules of the moment ask, so nobody's visit may fall between the two. How many it
    changed; safe to run again, and whatever a clock that stood still has missed."""
    return _look_at_all(which=_under_other_rules, now=now, limit=limit)


def look_at_pairs(*, now: datetime, limit: int = 200) -> int:
    """See to visits for which two go together and only one was found, while there is time to find
    another, or to tell both sides. How many it changed; safe to run again."""
    return _look_at_all(which=_for_two, now=now, limit=limit)


def _look_at_all(
    *, which: Callable[[UnitOfWork, datetime, int, int], list[int]], now: datetime, limit: int
) -> int:  # fmt: skip
    worked, after = 0, 0
    while True:
        with reading() as uow:
            ids = which(uow, now, after, limit)
            found = [each for each in ids if _asks_otherwise(uow, uow.matches.by_id(each), now)]
        for match_id in found:
            _look_again(match_id, now)
        worked += len(found)
        if not ids:
            return worked
        after = ids[-1]


def _under_other_rules(uow: UnitOfWork, now: datetime, after: int, limit: int) -> list[int]:
    return uow.credentials.under_other_rules(now, after, limit)


def _for_two(uow: UnitOfWork, now: datetime, after: int, limit: int) -> list[int]:
    return uow.credentials.for_two(now, after, limit)


def _asks_otherwise(uow: UnitOfWork, match: Match, now: datetime) -> bool:
    """Whether the rules of now ask for something of this match that nobody has seen to."""
    need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
    here = ground(uow, need.place_id, now, need.cell)
    lacks = bool(amiss(uow, (match, need, offer), here))
    if match.state in OPEN:
        return lacks
    if match.visit_end is not None and match.visit_end <= now:
        return False
    asked, visit = demands_of(need, here.ruleset), uow.visits.of(match.id)
    unseen = lacks != (uow.credentials.gap(match.id) is not None)
    unwatched = asked.check_in and visit is not None and not visit.watched
    return unseen or unwatched or (asked.pair and need.slots < 2)


def _look_again(match_id: int, now: datetime) -> None:
    with unit_of_work() as uow:
        need = uow.needs.lock(uow.matches.by_id(match_id).need_id)
        here = ground(uow, need.place_id, now, need.cell)
        look_at(uow, _ACTOR, uow.matches.by_id(match_id), now)
        match = uow.matches.by_id(match_id)
        if match.state in UNDER_WAY:
            visit = visit_of(uow, match, need, here)
            if demands_of(need, here.ruleset).check_in and not visit.watched:
                keep_visit(uow, replace(visit, watched=True), here)
            paired = in_pairs(uow, uow.needs.by_id(need.id), here)
            if paired.slots_filled < paired.slots and paired.slots > need.slots:
                reopen(uow, _ACTOR, paired, here, why="rules_changed")
        uow.commit()


def _one_ended(now: datetime) -> bool:
    with unit_of_work() as uow:
        (*found,) = uow.credentials.ended(now, 1)
        if not found:
            return False
        one = found[0]
        whose = (one.member_id, one.organisation_id)
        if uow.credentials.note_said(one.id, 0, now):
            renewed = one.kind.value in uow.credentials.valid_of(whose, now)
            if one.revoked_at is None:
                uow.audit.record(
                    _ACTOR, "credential.ended", place_id=one.place_id, now=now,
                    subject=subject_of(uow, whose), why=one.kind.value,
                )  # fmt: skip
                if not renewed:
                    _tell(uow, one, "check_ended", 0, now)
            look_after(uow, _ACTOR, whose, now)
        uow.commit()
    return True


def _remind(uow: UnitOfWork, one: Credential, days: int, now: datetime) -> None:
    """Where several moments have passed only the nearest is said; nothing, where another check of
    the same holder is enough and lasts longer."""
    others = uow.credentials.of_holder((one.member_id, one.organisation_id))
    if uow.credentials.note_said(one.id, days, now) and not any(
        outlives(other, one, now) for other in others
    ):
        _tell(uow, one, "check_ends", days, now)


def _tell(uow: UnitOfWork, one: Credential, template: str, days: int, now: datetime) -> None:
    for member_id in leads_of(uow, (one.member_id, one.organisation_id), now):
        tell(
            uow, place_id=one.place_id, member_id=member_id, template=template,
            parameters={"credential": one.ref}, priority=Priority.REMINDER, now=now,
            dedupe_key=f"{template}:{one.ref}:{days}:{member_id}",
        )  # fmt: skip


def _one_due(now: datetime) -> bool:
    with unit_of_work() as uow:
        (*due,) = uow.credentials.gaps_due(now, 1)
        if not due:
            return False
        match = uow.matches.by_id(due[0].match_id)
        need = uow.needs.lock(match.need_id)
        match = uow.matches.by_id(match.id)
        here = ground(uow, need.place_id, now, need.cell)
        offer = uow.offers.by_id(match.offer_id)
        lacks = amiss(uow, (match, need, offer), here)
        if match.state in UNDER_WAY and lacks and not has_begun(match, now):
            release_for_check(uow, _ACTOR, match, here)
        else:
            uow.credentials.close_gap(match.id)
        uow.commit()
    return True
