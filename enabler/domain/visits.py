"""The day of a visit: arriving, leaving, and whom the alarm wakes when nobody says so (pure)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum

from enabler.domain.ruleset import Ruleset

LONGEST_STAY_MORE = timedelta(hours=4)
EARLIEST_ARRIVAL = timedelta(hours=2)


class Stage(IntEnum):
    """How far the alarm of a visit has gone. Kept as its number: never renumbered."""

    QUIET = 0
    ARRIVED = 1  # the helper was asked whether they have arrived
    HELPER = 2  # the helper was asked whether they are well
    CUSTODIANS = 3
    LEADS = 4


@dataclass(frozen=True, slots=True)
class Visit:
    """What is kept of one match's visit beside its time. Times are UTC.

    ``watched``: whoever goes checks in and out. ``until_at``: when they say that they will be out.
    """

    match_id: int
    place_id: int
    word: str
    watched: bool
    start_at: datetime | None = None
    until_at: datetime | None = None
    rang_at: datetime | None = None
    no_money_at: datetime | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    stage: Stage = Stage.QUIET
    next_at: datetime | None = None
    stuck_at: datetime | None = None
    cleared_at: datetime | None = None

    @property
    def inside(self) -> bool:
        """Whether somebody has arrived and not left."""
        return self.arrived_at is not None and self.left_at is None

    @property
    def calls_now(self) -> bool:
        """Whether somebody called for help, and the desk has not said that all are well."""
        return self.stuck_at is not None and self.cleared_at is None

    @property
    def alarmed(self) -> bool:
        """Whether somebody of the desk is to see to it now."""
        open_still = self.left_at is None or self.stuck_at is not None
        raised = self.stage >= Stage.CUSTODIANS or self.stuck_at is not None
        return raised and open_still and self.cleared_at is None


def rings(visit: Visit, rules: Ruleset) -> tuple[tuple[Stage, datetime], ...]:
    """The stages of a visit's alarm, each with its moment, in order. None comes before the one
    before it, whatever the ruleset says."""
    if not visit.watched or visit.start_at is None or visit.until_at is None:
        return ()
    found = []
    if visit.arrived_at is None:
        after = timedelta(minutes=rules.overdue_helper_minutes)
        found.append((Stage.ARRIVED, min(visit.start_at + after, visit.until_at)))
    latest = visit.until_at
    for stage, minutes in (
        (Stage.HELPER, rules.overdue_helper_minutes),
        (Stage.CUSTODIANS, rules.overdue_custodian_minutes),
        (Stage.LEADS, rules.overdue_lead_minutes),
    ):
        latest = max(latest, visit.until_at + timedelta(minutes=minutes))
        found.append((stage, latest))
    return tuple(found)


def next_ring(visit: Visit, rules: Ruleset) -> tuple[Stage, datetime] | None:
    """The next stage and when; None while nobody is waited for."""
    over = visit.left_at is not None or visit.cleared_at is not None
    coming = () if over else rings(visit, rules)
    return next(((stage, at) for stage, at in coming if stage > visit.stage), None)


def waiting(visit: Visit, rules: Ruleset) -> Visit:
    """The visit with the moment of its next stage."""
    ring = next_ring(visit, rules)
    return replace(visit, next_at=None if ring is None else ring[1])


def moved(visit: Visit, start: datetime, end: datetime) -> Visit:
    """Another time was agreed. Whoever is inside already stays inside; else all begins anew."""
    if visit.inside:
        return _waited_for(visit, start=start, until=end)
    return replace(
        visit, start_at=start, until_at=end, stage=Stage.QUIET, arrived_at=None, left_at=None,
        stuck_at=None, cleared_at=None,
    )  # fmt: skip


def arrived(visit: Visit, now: datetime, minutes: int) -> Visit:
    """The helper is there. Said again, or after they have left, it changes nothing.

    Whoever comes after the time that was agreed, after the desk had seen to the visit, or without
    an agreed time (``minutes`` is how long the help takes) is waited for from now on.
    """
    if visit.arrived_at is not None or visit.left_at is not None:
        return visit
    there = replace(visit, arrived_at=now)
    if visit.start_at is None or visit.until_at is None:
        return _waited_for(there, start=now, until=now + timedelta(minutes=minutes))
    if visit.cleared_at is None and now < visit.until_at:
        return there
    out = max(visit.until_at, now + (visit.until_at - visit.start_at))
    return _waited_for(there, start=visit.start_at, until=out)


def calls(visit: Visit, now: datetime) -> Visit:
    """Somebody at the visit needs help now, also where the desk has seen to it before."""
    return replace(visit, stuck_at=now, stage=Stage.LEADS, cleared_at=None)


def left(visit: Visit, now: datetime) -> Visit:
    """The helper is out; a word of arriving that was lost, or comes later, does not matter."""
    return visit if visit.left_at is not None else replace(visit, left_at=now, next_at=None)


def stays(visit: Visit, minutes: int, now: datetime) -> Visit:
    """The helper stays so much longer from now: the alarm begins anew from then.

    A desk that was woken sees that they answered; the next time is the new one.
    """
    until = min(now + timedelta(minutes=minutes), now + LONGEST_STAY_MORE)
    there = replace(visit, arrived_at=visit.arrived_at or now)
    return _waited_for(there, start=visit.start_at or now, until=until)


def _waited_for(visit: Visit, *, start: datetime, until: datetime) -> Visit:
    """All stages of the alarm are to come; what the desk had seen to does not stop them."""
    stuck = None if visit.cleared_at is not None else visit.stuck_at
    return replace(
        visit, start_at=start, until_at=until, stage=Stage.QUIET, stuck_at=stuck, cleared_at=None
    )
