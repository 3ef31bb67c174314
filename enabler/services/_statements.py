"""A decision against somebody is kept with its reasons, and its author is told in their channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from enabler.domain.permissions import Actor
from enabler.domain.statements import Decision, rule_of, scope_of
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._tell import tell
from enabler.services._things import Thing

TEMPLATES = {
    "refuse": "decision_refused", "hold": "decision_held", "suspend": "decision_suspended",
    "edit": "decision_edited",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Against:
    """What is decided against an author: of an edit, which columns and where the old words lie;
    of a suspension, after how many days it is looked at again."""

    kind: str
    words: str
    columns: Sequence[str] = ()
    audit_id: int | None = None
    days: int | None = None


def keep_decision(
    uow: UnitOfWork, actor: Actor, thing: Thing, against: Against, here: Ground
) -> Decision:
    """The statement of reasons as a row; those whose thing it is are told where to read it."""
    signals = uow.signals.of(here.place.id, thing.kind, [thing.id]).get(thing.id, ())
    days = against.days or here.ruleset.desk_review_days
    decision = uow.decisions.add(
        place_id=here.place.id, ref=uow.refs.new(here.place.id, "decision"), kind=against.kind,
        subject_kind=thing.kind, subject_id=thing.id, subject_ref=thing.ref,
        member_id=thing.member_id, organisation_id=thing.organisation_id, ward_id=thing.ward_id,
        state_before=thing.state, scope=scope_of(against.kind, thing.kind), words=against.words,
        review_at=here.now + timedelta(days=days) if against.kind == "suspend" else None,
        signals=sorted({one.code for one in signals}), rule=rule_of(thing.because),
        ruleset_id=here.ruleset.id, columns=list(against.columns), audit_id=against.audit_id,
        decided_by=actor.member_id, decided_at=here.now,
    )  # fmt: skip
    tell_decided(uow, thing.authors, decision, TEMPLATES[against.kind], here)
    return decision


def tell_decided(
    uow: UnitOfWork, authors: Sequence[int], decision: Decision, template: str, here: Ground
) -> None:
    """Tell them once, wherever they can be reached: also whoever is suspended by it."""
    for member_id in authors:
        tell(
            uow, place_id=decision.place_id, member_id=member_id, template=template,
            parameters={"decision": decision.ref}, priority=Priority.MATCH, now=here.now,
            dedupe_key=f"{template}:{decision.ref}:{member_id}",
        )  # fmt: skip


def end_decisions(
    uow: UnitOfWork, thing: Thing, here: Ground, *, kinds: Sequence[str], told: bool = True
) -> None:
    """What was decided against it of these kinds holds no more: it was taken back or lifted."""
    for one in uow.decisions.of_subject(thing.kind, thing.id):
        if one.kind in kinds and one.stands:
            lifted = one.kind == "suspend"
            uow.decisions.change(one.id, **{"lifted_at" if lifted else "undone_at": here.now})
            if told:
                tell_decided(uow, thing.authors, one, "decision_over", here)
