"""The table of periodic work.

Each job is a name, a time and a service call, safe to run twice and from two processes at once:
what is due lies in the database, rows are claimed, and a slot is run once (``services.clock``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from flask import Flask

from enabler.domain.permissions import Actor
from enabler.domain.privacy import Rule
from enabler.domain.slots import slot_of_day, slot_of_stretch
from enabler.doors.wiring import Wiring, wiring
from enabler.jobs import texts
from enabler.services import (
    carrying,
    chasing,
    checks_ending,
    clock,
    complaints,
    conduct,
    councillors,
    erasures,
    hearing,
    hours_events,
    hours_proposals,
    keeping,
    looked_at,
    mandate_looks,
    messages,
    neglect,
    odd_looks,
    pausing,
    relying,
    reminders,
    resting,
    rounds,
    rule_endings,
    rulesets,
    seals,
    series,
    untold_clock,
    watching,
    worries,
)
from enabler.services.laws import CHASES_AGREED, WORKS_NEEDS

Now = Callable[[], datetime]
"""The clock that a job asks: the app's, or a moment that stands still."""
LOOKS_FOR_NIGHT_WORK_SECONDS = 300
_MOST_BATCHES = 500
"""Of one run: what is left then is the next slot's."""


@dataclass(frozen=True, slots=True)
class Job:
    """Periodic work: every so many ``seconds``, or each local day ``at`` an hour."""

    name: str
    act: Callable[[Wiring, Now], object]
    seconds: int | None = None
    at: time | None = None

    @property
    def alarm_seconds(self) -> int:
        """How often somebody looks whether it is due."""
        return self.seconds or LOOKS_FOR_NIGHT_WORK_SECONDS

    def slot(self, moment: datetime, timezone: str) -> str:
        """What a run at this moment is for."""
        if self.at is not None:
            return slot_of_day(moment, self.at, timezone)
        return slot_of_stretch(moment, self.alarm_seconds)


def _in_batches(batch: Callable[[], int]) -> int:
    """Work batch after batch until there is nothing left, each with its own moment."""
    worked = 0
    for _ in range(_MOST_BATCHES):
        found = batch()
        if not found:
            break
        worked += found
    return worked


def _deliver(ports: Wiring, now: Now) -> int:
    return _in_batches(
        lambda: messages.deliver_outbox(
            gateway=ports.gateway,
            secrets=ports.secrets,
            now=now(),
            pence_per_segment=ports.pence_per_segment,
        )
    )


def _reconcile(ports: Wiring, now: Now) -> int:
    return messages.reconcile(gateway=ports.gateway, secrets=ports.secrets, now=now())


def _work_needs(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: rounds.work_due_needs(now=now()))


def _lapse(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: rounds.lapse_asks(now=now()))


def _price_offers(_ports: Wiring, now: Now) -> int:
    return rounds.price(now=now())


def _chase(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: chasing.chase_due(now=now()))


def _confirm(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: rounds.confirm_by_silence(now=now()))


def _count_hours(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: hours_events.count_silent(now=now()))


def _remind(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: reminders.remind(now=now()))


def _watch_visits(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: watching.ring_due(now=now()))


def _look_at_credentials(_ports: Wiring, now: Now) -> int:
    return (
        _in_batches(lambda: checks_ending.look_at_ended(now=now()))
        + checks_ending.remind_of_end(now=now())
        + checks_ending.look_at_rules(now=now())
        + checks_ending.look_at_pairs(now=now())
        + _in_batches(lambda: checks_ending.give_to_others(now=now()))
        + _in_batches(lambda: carrying.close_overdue(now=now()))
        + _in_batches(lambda: relying.end_overdue(now=now()))
    )


def _make_series(_ports: Wiring, now: Now) -> int:
    return series.make_due(now=now())


def _resume_offers(_ports: Wiring, now: Now) -> int:
    return resting.resume_due(now=now())


def _end_pauses(_ports: Wiring, now: Now) -> int:
    return pausing.come_back_due(now=now())


def _finish_erasures(ports: Wiring, now: Now) -> int:
    actor = Actor.system(erasures.JOB)
    return erasures.finish(actor=actor, kept_in=ports.erasures, now=now())


def _make_exceptions(_ports: Wiring, now: Now) -> int:
    return resting.make_exceptions(now=now())


def _nudge_offers(_ports: Wiring, now: Now) -> int:
    return resting.nudge(now=now())


def _seal_hours(_ports: Wiring, now: Now) -> int:
    actor = Actor.system("seal-hours")
    return _in_batches(lambda: seals.seal(actor=actor, now=now()))


def _lapse_proposals(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: hours_proposals.lapse(now=now()))


def _lapse_rules(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: rulesets.lapse(now=now())) + _in_batches(
        lambda: rule_endings.lapse(now=now())
    )


def _look_at_hours(_ports: Wiring, now: Now) -> int:
    actor = Actor.system("look-at-hours")
    return looked_at.look_over(actor=actor, now=now()) + looked_at.remind(actor=actor, now=now())


def _look_at_worries(_ports: Wiring, now: Now) -> int:
    actor = Actor.system("look-at-worries")
    return _in_batches(lambda: worries.look_over(actor=actor, now=now()))


def _hear_words(ports: Wiring, now: Now) -> int:
    actor = Actor.system(hearing.JOB)
    return _in_batches(lambda: hearing.hear(actor=actor, understands=ports.understands, now=now()))


def _look_at_complaints(_ports: Wiring, now: Now) -> int:
    actor = Actor.system("look-at-complaints")
    return _in_batches(lambda: complaints.look_over(actor=actor, now=now()))


def _look_at_looks(_ports: Wiring, now: Now) -> int:
    return _in_batches(lambda: odd_looks.look_over(actor=odd_looks.WATCHER, now=now()))


def _close_case_shares(_ports: Wiring, now: Now) -> int:
    actor = Actor.system("close-case-shares")
    return _in_batches(lambda: councillors.close_over(actor=actor, now=now()))


def _close_conduct(_ports: Wiring, now: Now) -> int:
    actor = Actor.system("close-conduct")
    return _in_batches(lambda: conduct.close_unanswered(actor=actor, now=now()))


def _look_at_desk(_ports: Wiring, now: Now) -> int:
    return neglect.look(actor=Actor.system(neglect.JOB), now=now())


def _keep_no_longer(_ports: Wiring, now: Now) -> int:
    actor = Actor.system(keeping.JOB)
    return sum(_in_batches(partial(_ended, actor, rule, now)) for rule in keeping.RULES)


def _ended(actor: Actor, rule: Rule, now: Now) -> int:
    return keeping.end(actor=actor, rule=rule, now=now())


def _forget(_ports: Wiring, now: Now) -> int:
    return sum(clock.forget_old(now=now()).values())


def _look_at_mandates(_ports: Wiring, now: Now) -> int:
    return mandate_looks.look(actor=Actor.system(mandate_looks.JOB), now=now())


def _look_at_untold(_ports: Wiring, now: Now) -> int:
    return untold_clock.look(actor=Actor.system(untold_clock.JOB), now=now())


JOBS: tuple[Job, ...] = (
    Job("deliver-outbox", _deliver, seconds=5),
    Job(texts.WORKS, texts.work_waiting, seconds=30),
    Job(texts.CATCHES_UP, texts.catch_up, seconds=300),
    Job("reconcile-outbox", _reconcile, seconds=60),
    Job(WORKS_NEEDS, _work_needs, seconds=10),
    Job("lapse-asks", _lapse, seconds=60),
    Job("price-offers", _price_offers, seconds=1800),
    Job(CHASES_AGREED, _chase, seconds=300),
    Job("confirm-by-silence", _confirm, seconds=600),
    Job("count-hours", _count_hours, seconds=600),
    Job("remind", _remind, seconds=60),
    Job("watch-visits", _watch_visits, seconds=60),
    Job("look-at-credentials", _look_at_credentials, seconds=600),
    Job(series.MAKES, _make_series, seconds=600),
    Job("seal-hours", _seal_hours, seconds=300),
    Job("lapse-hours-proposals", _lapse_proposals, seconds=600),
    Job(neglect.JOB, _look_at_desk, seconds=600),
    Job("lapse-rules-proposals", _lapse_rules, seconds=600),
    Job("resume-offers", _resume_offers, seconds=600),
    Job(pausing.JOB, _end_pauses, seconds=600),
    Job("look-at-worries", _look_at_worries, seconds=60),
    Job(hearing.JOB, _hear_words, seconds=20),
    Job("close-conduct", _close_conduct, seconds=600),
    Job(erasures.JOB, _finish_erasures, seconds=60),
    Job("look-at-complaints", _look_at_complaints, seconds=600),
    Job(odd_looks.JOB, _look_at_looks, seconds=600),
    Job("close-case-shares", _close_case_shares, seconds=600),
    Job(mandate_looks.JOB, _look_at_mandates, seconds=3600),
    Job(untold_clock.JOB, _look_at_untold, seconds=600),
    Job("make-exceptions", _make_exceptions, at=time(4, 0)),
    Job("nudge-offers", _nudge_offers, at=time(10, 0)),
    Job("look-at-hours", _look_at_hours, at=time(9, 0)),
    Job("forget-old", _forget, at=time(3, 30)),
    Job(keeping.JOB, _keep_no_longer, at=time(3, 45)),
)


def job_named(name: str) -> Job | None:
    """The job of this name, or None."""
    return next((job for job in JOBS if job.name == name), None)


def run_job(app: Flask, job: Job, moment: datetime | None = None) -> object:
    """Run a job, now or as of a moment, whatever its slot; how many things it worked through."""
    with app.app_context():
        ports = wiring()
        return job.act(ports, ports.clock if moment is None else lambda: moment)
