"""Many visits whose words are lost, said twice or come late, across both changes of the clock: no
alarm is missed, and none goes off once somebody is known to be out."""

from bisect import bisect_left
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from enabler.domain.errors import WrongMoment
from enabler.domain.vocabulary import MatchState, NeedState, NextStep, Priority, Role
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import matches, visits, watching
from tests.builders import (
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_member,
    a_need,
    an_offer,
)
from tests.services.deeds import a_key

MINUTE = timedelta(minutes=1)
SPRING = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)  # London's clocks go from 1am to 2am
AUTUMN = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)  # they go from 2am back to 1am
STAGES = {"helper": 15, "custodian": 30, "lead": 60}
SMALL, FULL = 50, 1_000


@dataclass
class Planned:
    """A visit, and what reaches us of it, in the order in which it does: (at, verb)."""

    ref: str
    helper: BuiltMember
    start: datetime
    end: datetime
    heard: list[tuple[datetime, str]] = field(default_factory=list)

    def expected(self, ticks: Sequence[datetime]) -> set[tuple[str, datetime]]:
        """Which alarms must go, and when: each at the clock's first tick that finds it due."""
        found: set[tuple[str, datetime]] = set()
        ends, since, there = self.end, self.start - 9 * 60 * MINUTE, False
        for at, verb in [*self.heard, (ticks[-1], "over")]:
            if verb == "arrive" and (there or at < self.end):
                there = True
                continue
            for who, minutes in STAGES.items():
                due = max(ends + minutes * MINUTE, since)
                tick = ticks[min(bisect_left(ticks, due), len(ticks) - 1)]
                if due <= tick < at or (due <= tick and verb == "over"):
                    found.add((who, tick))
            if verb == "leave":
                break
            # Whoever comes after the time that was agreed is waited for as long as it was to be.
            more = self.end - self.start if verb == "arrive" else 30 * MINUTE
            ends, since, there = at + more, at, True
        return found


def planned(
    place: BuiltPlace, change: datetime, number: int, chance: Random
) -> list[Planned]:  # fmt: skip
    """Visits of the hours around a change of the clock, with what is heard of them."""
    asker = a_member(place, "Ann Asker")
    helpers = [a_member(place, f"Hal {each}", at=(700, 700)) for each in range(10)]
    offers = {helper.id: an_offer(helper, capacity=9) for helper in helpers}
    return [
        with_words(a_visit(asker, chance.choice(helpers), offers, change, chance), chance)
        for _ in range(number)
    ]


def a_visit(
    asker: BuiltMember, helper: BuiltMember, offers: dict[int, str], change: datetime,
    chance: Random,
) -> Planned:  # fmt: skip
    """One that is agreed and watched over."""
    start = change + chance.randrange(-180, 120) * MINUTE
    end = start + chance.randrange(15, 90) * MINUTE
    need = a_need(
        asker, state=NeedState.FILLED, slots_filled=1, next_step=NextStep.ARRANGE,
        needed_by=change + 600 * MINUTE,
    )  # fmt: skip
    with unit_of_work() as uow:
        found = uow.needs.by_ref(None, need)
        match = uow.matches.add(
            reasons=(), place_id=helper.place.id, ref=uow.refs.new(helper.place.id, "match"),
            need_id=found.id, offer_id=uow.offers.by_ref(None, offers[helper.id]).id,
            helper_id=helper.id, state=MatchState.ACCEPTED, slot=1, score=1, distance_metres=100,
            proposed_at=change - 3_000 * MINUTE, answered_at=change - 2_000 * MINUTE,
        )  # fmt: skip
        uow.commit()
    before = change - 1_000 * MINUTE
    visits.watch(actor=helper.actor, match_ref=match.ref, key=a_key(), now=before)
    matches.arrange(
        actor=helper.actor, match_ref=match.ref, start=start, end=end, key=a_key(), now=before
    )
    return Planned(match.ref, helper, start, end)


def with_words(one: Planned, chance: Random) -> Planned:
    """What is said: a third is lost, a third comes twice, all of it up to an hour late."""
    said = [(one.start, "arrive"), (one.end + chance.randrange(-10, 90) * MINUTE, "leave")]
    if chance.random() < 0.3:
        said.append((one.end, "stay"))
    for at, verb in said:
        for _ in range(chance.choice((0, 1, 2))):
            late = chance.choice((0, 0, chance.randrange(60))) * MINUTE
            one.heard.append((at + late, verb))
    one.heard.sort()
    return one


def ticks_of(change: datetime, chance: Random) -> list[datetime]:
    """The clock ticks each minute, but for every other; it once stands still for 40 minutes."""
    still = change + chance.randrange(-60, 120) * MINUTE
    every = [change + minute * MINUTE for minute in range(-240, 600)]
    kept = [
        at for at in every if chance.random() < 0.5 and not still <= at < still + 40 * MINUTE
    ]  # fmt: skip
    return [*kept, every[-1]]


def live_through(plans: Sequence[Planned], ticks: Sequence[datetime]) -> None:
    """Everything that is heard, and every tick, in the order of time; two clocks tick."""
    happens = [(at, 0, plan, verb) for plan in plans for at, verb in plan.heard]
    happens += [(at, 1, plans[0], "tick") for at in ticks]
    for at, _, plan, verb in sorted(happens, key=lambda one: one[:2]):
        if verb == "tick":
            for _ in range(2):
                while watching.ring_due(now=at):
                    pass
            continue
        more = {"minutes": 30} if verb == "stay" else {}
        with suppress(WrongMoment):
            getattr(visits, verb)(
                actor=plan.helper.actor, match_ref=plan.ref, key=a_key(), now=at, **more
            )


def rung(who: dict[int, str]) -> set[tuple[str, str, datetime]]:
    """The alarms that were queued: (visit, to whom, when). None twice, all past quiet hours."""
    with reading() as uow:
        rows = [
            row for row in uow.session.query(OutboxRow)
            if row.template in ("visit_overdue", "visit_overdue_staff")
        ]  # fmt: skip
        assert {(row.priority, row.due_at == row.queued_at) for row in rows} <= {
            (Priority.SAFETY, True)
        }
        found = [
            (row.parameters["match"], who.get(row.member_id or 0, "helper"), row.queued_at)
            for row in rows
        ]
    assert len(found) == len(set(found))
    return set(found)


@pytest.mark.prove("6.6")
@pytest.mark.parametrize("change", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_no_alarm_is_missed_and_none_goes_off_for_nothing(
    place: BuiltPlace, change: datetime, full_size: bool
) -> None:
    chance = Random(f"{change}")
    desk = {a_custodian(place).id: "custodian",
            a_member(place, "Lena", roles=(Role.SAFEGUARDING_LEAD,)).id: "lead"}  # fmt: skip
    plans = planned(place, change, (FULL if full_size else SMALL) // 2, chance)
    ticks = ticks_of(change, chance)
    live_through(plans, ticks)
    expected = {
        (plan.ref, who, at) for plan in plans for who, at in plan.expected(ticks)
    }  # fmt: skip
    assert len(expected) > len(plans)  # or nothing was tried
    assert rung(desk) == expected
