"""Looks at people by those who work here that a lead should know of: in their own street, of their
own name, at night, many in an hour. Whom the look is about learns of it as of every look; whoever
looked learns nothing of this."""

from datetime import datetime
from zoneinfo import ZoneInfo

from enabler.domain.errors import NotFound
from enabler.domain.looks import (
    BY_CHOICE,
    MANY_WITHIN,
    Limits,
    Look,
    Person,
    is_common,
    odd,
    share_surname,
    surname,
)
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.reports import ODD_LOOK
from enabler.persistence.looks import StaffLook, Standing
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._ground import Ground, ground
from enabler.services._reporting import About, keep_report

JOB = "look-at-looks"
WATCHER = Actor.system(JOB)
_AT_ONCE = 100


def look_over(*, actor: Actor, now: datetime) -> int:
    """Judge staff's looks that nobody has judged yet; how many. What is odd is a report to the
    leads, once for each viewer, person and day. Call it until it gives 0; safe to run twice.
    Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with unit_of_work() as uow:
        looks = uow.looks.unjudged(_AT_ONCE)
        grounds: dict[int, Ground] = {}
        for one in looks:
            if one.place_id not in grounds:
                grounds[one.place_id] = ground(uow, one.place_id, now, alone=True)
            _judge(uow, one, grounds[one.place_id])
        uow.looks.judge(one.id for one in looks)
        uow.commit()
    return len(looks)


def _judge(uow: UnitOfWork, one: StaffLook, here: Ground) -> None:
    viewer_id = _id_of(uow, one.viewer)
    viewer = None if viewer_id is None else uow.looks.who(viewer_id)
    seen = uow.looks.who(one.member_id)
    if viewer_id is None or viewer is None or seen is None:
        return
    day = one.at.astimezone(ZoneInfo(here.place.timezone)).date()
    by_choice = one.why in BY_CHOICE
    others = 0
    if by_choice:
        since = one.at - MANY_WITHIN
        others = uow.looks.people_looked_up(one.viewer, BY_CHOICE, since, one.at)
    rules = here.ruleset
    limits = Limits(rules.odd_looks_hour, rules.odd_looks_from, rules.odd_looks_until)
    common = not by_choice and _is_common(uow, one.place_id, viewer.name, seen.name)
    look = Look(one.at, by_choice=by_choice, others=others, common_name=common)
    reasons = odd(look, _person(viewer), _person(seen), limits, here.place.timezone)
    if not reasons or uow.looks.known_as_odd(viewer_id, one.member_id, day):
        return
    ref = uow.refs.new(one.place_id, "look")
    kept = keep_report(
        uow, WATCHER, one.place_id,
        About("look", ref, frozenset({viewer_id, one.member_id})), ODD_LOOK, "",
        now=here.now, for_leads=True,
    )  # fmt: skip
    uow.looks.note_odd(
        place_id=one.place_id, ref=ref, viewer_id=viewer_id, member_id=one.member_id, day=day,
        reasons=reasons, report_ref=kept.ref, now=here.now,
    )  # fmt: skip


def _is_common(uow: UnitOfWork, place_id: int, name: str, other: str) -> bool:
    """Whether they share a last name that many have here; counted only where they share one."""
    if not share_surname(name, other):
        return False
    return is_common(*uow.looks.namesakes(place_id, surname(other)))


def _person(one: Standing) -> Person:
    return Person(one.name, one.home_id, one.postcode, one.address, one.hidden)


def _id_of(uow: UnitOfWork, viewer: str) -> int | None:
    """The member whom a sight names; None for a job or the command line."""
    if ":" in viewer:
        return None
    try:
        return uow.homes.member_by_ref(None, viewer).id
    except NotFound:
        return None
