"""What waits at the desk of those who keep the market: how much can go wrong, by when it is to be
looked at, what comes first (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from enabler.domain.categories import category
from enabler.domain.demands import demands
from enabler.domain.next_steps import Plan
from enabler.domain.reports import KINDS as REPORTS
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import NextStep, Risk


class EntryKind(StrEnum):
    """What an entry of the queue is. *match*: help agreed with somebody who was suspended since;
    *review*: a suspension whose day to be looked at again has come; *message*: one of ours that
    may not have arrived; *said*: what one side of a match wrote and the other has not read yet;
    *mandate*: who acts for somebody, at which a lead should look; *untold*: somebody to whom people
    are to say what could not be sent; *text*: what somebody texted and only people can answer."""

    NEED = "need"
    OFFER = "offer"
    ORGANISATION = "organisation"
    REVIEW = "review"
    REPORT = "report"
    CREDENTIAL = "credential"
    DISPUTE = "dispute"
    MATCH = "match"
    MESSAGE = "message"
    SAID = "said"
    TEXT = "text"
    UNMET = "unmet"
    APPEAL = "appeal"
    MANDATE = "mandate"
    UNTOLD = "untold"


HELD = frozenset({EntryKind.NEED, EntryKind.OFFER, EntryKind.ORGANISATION})
"""Kinds of which an entry is a thing that is held."""
RISKS = (Risk.HIGH, Risk.MEDIUM, Risk.LOW)
"""The highest first."""
NOTICED = "signal"
"""Why it waits about which something was noticed, whatever else holds it."""
_EXPECTED = frozenset({"", "category", "first_offer", "organisation", "organisation_new"})
"""Why a thing is held by the ruleset alone. Whatever else holds it was noticed about it."""
_OF_KIND = {
    EntryKind.ORGANISATION: Risk.MEDIUM, EntryKind.REVIEW: Risk.HIGH, EntryKind.MATCH: Risk.HIGH,
    EntryKind.CREDENTIAL: Risk.MEDIUM, EntryKind.DISPUTE: Risk.MEDIUM, EntryKind.TEXT: Risk.MEDIUM,
    EntryKind.APPEAL: Risk.MEDIUM, EntryKind.UNMET: Risk.MEDIUM, EntryKind.REPORT: Risk.MEDIUM,
    EntryKind.MANDATE: Risk.HIGH, EntryKind.MESSAGE: Risk.LOW, EntryKind.SAID: Risk.MEDIUM,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing as far as its place in the queue depends on it. ``since``: from when its clock
    runs; ``stands``: an author was asked, and has until then for the answer. Of a need its
    ``setting`` and ``circumstances``."""

    kind: EntryKind
    since: datetime
    categories: tuple[str, ...] = ()
    because: str = ""
    urgent: bool = False
    stands: datetime | None = None
    setting: str | None = None
    circumstances: tuple[str, ...] = ()


def risk_of(one: Waiting, rules: Ruleset) -> Risk:
    """How much can go wrong: unknown means highest; what was noticed is never low, nor is help
    that is not done alone or unseen; what the law has rules for is high."""
    if one.urgent:
        return Risk.HIGH
    if one.kind is EntryKind.REPORT:
        return Risk.LOW if one.because == "gathered" else REPORTS.get(one.because, Risk.MEDIUM)
    if one.kind is EntryKind.MESSAGE:
        return Risk.HIGH if one.because == "safety" else Risk.LOW
    if one.kind is EntryKind.UNTOLD:
        return Risk.HIGH if one.because == "untold_urgent" else Risk.MEDIUM
    if one.kind not in (EntryKind.NEED, EntryKind.OFFER):
        return _OF_KIND[one.kind]
    found = {category(slug).risk for slug in one.categories} or {Risk.HIGH}
    if one.because not in _EXPECTED:
        found.add(Risk.MEDIUM)
    if one.kind is EntryKind.NEED:
        found |= {_of_help(slug, one, rules) for slug in one.categories}
    return min(found, key=RISKS.index)


def _of_help(slug: str, one: Waiting, rules: Ruleset) -> Risk:
    asked = demands(slug, one.setting, one.circumstances, rules)
    if asked.law:
        return Risk.HIGH
    return Risk.MEDIUM if asked.pair or asked.call_first or asked.check_in else Risk.LOW


def hours_for(one: Waiting, risk: Risk, rules: Ruleset) -> timedelta:
    """How long it may wait."""
    if one.kind is EntryKind.APPEAL:
        return timedelta(hours=rules.appeal_hours)
    by_risk = {
        Risk.LOW: rules.desk_hours_low, Risk.MEDIUM: rules.desk_hours_medium,
        Risk.HIGH: rules.desk_hours_high,
    }  # fmt: skip
    return timedelta(hours=by_risk[risk])


def due_at(one: Waiting, risk: Risk, rules: Ruleset, now: datetime) -> datetime | None:
    """By when it is to be looked at; None while its clock stands still."""
    if one.stands is not None and now < one.stands:
        return None
    return (one.stands or one.since) + hours_for(one, risk, rules)


def when_held(one: Waiting, rules: Ruleset) -> Plan:
    """What whoever asked for a held thing is told: a custodian looks at it within the ruleset's
    hours, or by the desk's own clock for its risk where that is sooner."""
    hours = min(timedelta(hours=rules.custodian_hours), hours_for(one, risk_of(one, rules), rules))
    return Plan(NextStep.AWAIT_CUSTODIAN, one.since + hours)


def level_of(one: Waiting, due: datetime | None, risk: Risk, rules: Ruleset, now: datetime) -> int:
    """How far it escalates: 0 in time; 1 it is due; 2 it has waited twice as long."""
    if due is None or now < due:
        return 0
    return 2 if now >= due + hours_for(one, risk, rules) else 1


def opens_by_itself(one: Waiting, risk: Risk, rules: Ruleset, now: datetime) -> bool:
    """Whether it is a held thing of low risk that was neglected for the ruleset's time."""
    opens = opens_at(one, risk, rules, now)
    return opens is not None and now >= opens


def opens_at(one: Waiting, risk: Risk, rules: Ruleset, now: datetime) -> datetime | None:
    """When a held thing of low risk opens by itself, if nobody looks at it or takes it in hand;
    None: never, or not while its author is asked."""
    waits = timedelta(hours=rules.desk_neglect_hours)
    standing = one.stands is not None and now < one.stands
    if not waits or one.kind not in HELD or risk is not Risk.LOW or standing:
        return None
    return (one.stands or one.since) + waits


@dataclass(frozen=True, slots=True)
class Place:
    """What an entry's place in the queue follows from. ``wanted``: until when it is wanted, or for
    what is wanted as soon as possible since when it waits; ``unseen``: somebody is worried about
    someone, and nobody has said yet that they saw it."""

    overdue: bool
    risk: Risk
    urgent: bool
    due: datetime | None
    wanted: datetime
    unseen: bool = False


def in_order(places: Sequence[Place]) -> list[int]:
    """Positions of the entries, the next to decide first: a worry that nobody has seen, for its
    clock stands still at night and the person it is about does not; what is overdue, then by risk,
    what is urgent, by its clock; what waits for its author's answer after those of its risk."""

    def key(nth: int) -> tuple[object, ...]:
        one = places[nth]
        clock = (one.due is None, one.due or one.wanted)
        first = (not one.unseen, not one.overdue)
        return (*first, RISKS.index(one.risk), not one.urgent, *clock, one.wanted, nth)

    return sorted(range(len(places)), key=key)
