"""A decision with its reasons, for whoever it is against; the appeal; what is published of them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from enabler.domain.errors import NotFound
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.statements import (
    KINDS,
    Decision,
    Published,
    published,
    require_appealable,
)
from enabler.domain.vocabulary import ORGANISATION_LEADS
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _links
from enabler.services._appeals import decide_appeal_of, may_decide
from enabler.services._ground import Ground, ground
from enabler.services._hidden import knows
from enabler.services._once import once
from enabler.services._subjects import place_of
from enabler.services._things import thing_of
from enabler.services.ports import Secrets


@dataclass(frozen=True, slots=True)
class StatementView:
    """A decision as its author reads it. ``categories``: of what kinds of help the thing is;
    ``changes``: of an edit, column to what it was and is now, while that is kept;
    ``appeal_until``: so long it can be appealed against; None: not any more, or by others;
    ``decides``: the reader can decide the appeal; ``version``: of the rules."""

    ref: str
    kind: str
    subject_kind: str
    subject_ref: str
    categories: tuple[str, ...]
    scope: str
    review_at: datetime | None
    words: str = field(repr=False)
    signals: tuple[str, ...]
    rule: str
    version: int
    rules_from: datetime
    changes: dict[str, tuple[str | None, str | None]] = field(repr=False)
    decided_at: datetime
    stands: bool
    appeal_until: datetime | None
    appeal_hours: int
    appealed_at: datetime | None
    appeal_words: str | None = field(repr=False)
    appeal_outcome: str | None
    appeal_reason: str | None = field(repr=False)
    decides: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class OwnView:
    """What was decided against the reader, or is asked of them: of a question ``kind`` is *ask*."""

    ref: str
    kind: str
    subject_kind: str
    subject_ref: str
    at: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class MarketDecisionsView:
    """What is told of the decisions of the last twelve whole months; local first days."""

    since: datetime
    until: datetime
    rows: tuple[Published, ...]


def show(*, actor: Actor, ref: str, now: datetime) -> StatementView:
    """A decision, for whoever it is against and for the staff. Raises NotFound, NotAllowed."""
    with reading() as uow:
        decision = uow.decisions.by_ref(place_of(actor), ref)
        require(actor, Action.SEE_DECISION, _subject(decision))
        _require_known(uow, actor, decision)
        return _view(uow, actor, decision, now)


def to_decide(*, actor: Actor, ref: str, now: datetime) -> StatementView:
    """A decision with the appeal against it, for those who decide appeals. Raises NotFound,
    NotAllowed."""
    with reading() as uow:
        decision = uow.decisions.by_ref(place_of(actor), ref)
        require(actor, Action.DECIDE_APPEAL, Subject(decision.place_id))
        _require_known(uow, actor, decision)
        return _view(uow, actor, decision, now)


def show_linked(*, token: str, secrets: Secrets, now: datetime) -> StatementView:
    """The decision of a link that we sent to its author. Raises NotFound for any other link."""
    require(Actor.anonymous(), Action.FOLLOW_LINK)
    with reading() as uow:
        return _view(uow, None, _linked(uow, token, secrets), now)


def mine(*, actor: Actor) -> tuple[OwnView, ...]:
    """What was decided against the actor, or the organisations that they lead, and what they are
    asked and have not answered; the newest first. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    leads = actor.organisations(*ORGANISATION_LEADS)
    with reading() as uow:
        decided = uow.decisions.against(actor.member_id or 0, leads)
        asked = uow.decisions.asked_of(actor.member_id or 0, leads)
    found = [OwnView(d.ref, d.kind, d.subject_kind, d.subject_ref, d.decided_at, d.stands)
             for d in decided]  # fmt: skip
    found += [OwnView(q.ref, "ask", q.subject_kind, q.subject_ref, q.asked_at, True) for q in asked]
    return tuple(sorted(found, key=lambda one: (one.at, one.ref), reverse=True))


def appeal(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> StatementView:
    """The author says why it should be decided otherwise: once, within the ruleset's days. It goes
    to somebody else than decided.

    Raises NotFound, NotAllowed, WrongMoment ("appealed_already", "decision_over",
    "appeal_too_late"), Invalid, KeyReused.
    """
    said = checked_words("words", words)
    with unit_of_work() as uow:
        decision = uow.decisions.by_ref(place_of(actor), ref, lock=True)
        require(actor, Action.APPEAL, _subject(decision))
        _appeal(uow, actor, decision, said, key, now)
        view = _view(uow, actor, uow.decisions.by_ref(None, decision.ref), now)
        uow.commit()
    return view


def appeal_linked(
    *, token: str, words: str, secrets: Secrets, key: str, now: datetime
) -> StatementView:
    """The same by the link that we sent: for whoever cannot sign in any more. Raises as ``appeal``,
    and NotFound for any other link."""
    require(Actor.anonymous(), Action.FOLLOW_LINK)
    said = checked_words("words", words)
    with unit_of_work() as uow:
        known = _linked(uow, token, secrets)
        decision = uow.decisions.by_ref(known.place_id, known.ref, lock=True)
        _appeal(uow, Actor.anonymous(decision.place_id), decision, said, key, now)
        view = _view(uow, None, uow.decisions.by_ref(None, decision.ref), now)
        uow.commit()
    return view


def decide_appeal(
    *, actor: Actor, ref: str, overturning: bool, words: str, key: str, now: datetime
) -> StatementView:
    """Somebody else than decided says what holds: the decision, or the appeal, and then what was
    decided is taken back. The author is told why.

    Raises NotFound, NotAllowed (*appeal_goes_to_another*; *appeal_is_for_custodians*: an
    administrator decides only where nobody nearer can), WrongMoment("not_appealed",
    "appeal_decided_already"), Invalid, KeyReused.
    """
    said = checked_words("words", words)
    with unit_of_work() as uow:
        decision = uow.decisions.by_ref(place_of(actor), ref, lock=True)
        require(actor, Action.DECIDE_APPEAL, Subject(decision.place_id))
        _require_known(uow, actor, decision)
        here = ground(uow, decision.place_id, now)
        once(
            uow, "statements.decide_appeal", actor=actor, key=key, now=now,
            arguments={"ref": decision.ref, "overturning": overturning, "words": said},
            act=lambda: decide_appeal_of(uow, actor, decision, overturning, said, here),
        )  # fmt: skip
        view = _view(uow, actor, uow.decisions.by_ref(None, decision.ref), now)
        uow.commit()
    return view


def market(*, actor: Actor, place_id: int, now: datetime) -> MarketDecisionsView:
    """How many decisions against somebody there were in the last twelve whole months, how many were
    appealed against and overturned; what fewer than five make is hidden, and what would tell it."""
    with reading() as uow:
        require(actor, Action.SEE_PUBLIC)
        here = ground(uow, place_id, now, alone=True)
        since, until = _year(here)
        counts = uow.decisions.counts(place_id, since, until)
        rows = tuple(
            published(kind, *(counts[name][kind] for name in ("made", "appealed", "overturned")))
            for kind in KINDS
        )
    return MarketDecisionsView(since, until, rows)


def _require_known(uow: UnitOfWork, actor: Actor, decision: Decision) -> None:
    """To whoever may not know of a hidden person there is no decision about their account."""
    if decision.subject_kind == "member" and not knows(uow, actor, decision.subject_id):
        raise NotFound("decision_unknown")


def _subject(decision: Decision) -> Subject:
    return Subject(
        decision.place_id, owner_id=decision.member_id, organisation_id=decision.organisation_id
    )


def _linked(uow: UnitOfWork, token: str, secrets: Secrets) -> Decision:
    ref = _links.read(secrets, _links.DECISION, token)
    if ref is None:
        raise NotFound("decision_unknown")
    return uow.decisions.by_ref(None, ref)


def _appeal(
    uow: UnitOfWork, actor: Actor, decision: Decision, words: str, key: str, now: datetime
) -> None:
    rules = ground(uow, decision.place_id, now, alone=True).ruleset

    def act() -> dict[str, Any]:
        require_appealable(decision, rules.appeal_days, now)
        uow.decisions.appeal(decision.id, words, now)
        uow.audit.record(
            actor, "decision.appealed", place_id=decision.place_id, now=now,
            subject=("decision", decision.id, decision.ref), columns=("appeal_words",),
        )  # fmt: skip
        return {"ref": decision.ref}

    arguments = {"ref": decision.ref, "words": words}
    once(uow, "statements.appeal", actor=actor, key=key, arguments=arguments, now=now, act=act)


def _view(
    uow: UnitOfWork, reader: Actor | None, decision: Decision, now: datetime
) -> StatementView:
    """By a link (no reader) the author reads it."""
    here = ground(uow, decision.place_id, now, alone=True)
    may = reader is None or allowed(reader, Action.APPEAL, _subject(decision))
    until = decision.decided_at + timedelta(days=here.ruleset.appeal_days)
    open_still = may and decision.stands and decision.appealed_at is None and now <= until
    version, rules_from = uow.decisions.rules_of(decision)
    return StatementView(
        ref=decision.ref, kind=decision.kind, subject_kind=decision.subject_kind,
        subject_ref=decision.subject_ref, scope=decision.scope,
        categories=_categories(uow, decision, here), review_at=decision.review_at,
        words=decision.words, signals=decision.signals, rule=decision.rule, version=version,
        rules_from=rules_from, changes=uow.decisions.old_and_new(decision),
        decided_at=decision.decided_at, stands=decision.stands,
        appeal_until=until if open_still else None, appeal_hours=here.ruleset.appeal_hours,
        appealed_at=decision.appealed_at, appeal_words=decision.appeal_words,
        appeal_outcome=decision.appeal_outcome, appeal_reason=decision.appeal_reason, mine=may,
        decides=reader is not None and may_decide(uow, reader, decision, here),
    )  # fmt: skip


def _categories(uow: UnitOfWork, decision: Decision, here: Ground) -> tuple[str, ...]:
    """By which whoever asked for several things knows which one it is; none of what is kept no
    more."""
    if decision.subject_kind not in ("need", "offer"):
        return ()
    try:
        thing = thing_of(uow, decision.subject_kind, decision.subject_ref, here, lock=False)
    except NotFound:
        return ()
    return thing.categories


def _year(here: Ground) -> tuple[datetime, datetime]:
    """From the first day of this month a year ago to the first of this month, in local time."""
    zone = ZoneInfo(here.place.timezone)
    local = here.now.astimezone(zone)
    first = datetime(local.year, local.month, 1, tzinfo=zone)
    return first.replace(year=local.year - 1), first
