"""The custodians' desk: what is held is let through or refused, checks are recorded."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import NotFound
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.words import checked_words, optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _decisions
from enabler.services._decided import Decided
from enabler.services._desk import desk_view
from enabler.services._ground import Ground, ground
from enabler.services._holders import found
from enabler.services._once import once
from enabler.services._organisation_decisions import on_organisation
from enabler.services._subjects import place_of
from enabler.services.credentials import record as record_credential
from enabler.services.views import DeskView

__all__ = ["approve", "desk", "record_credential", "refuse", "settle_report"]


def desk(*, actor: Actor, now: datetime) -> DeskView:
    """What waits for a custodian of the actor's place. Raises NotAllowed."""
    require(actor, Action.SEE_DESK, Subject(actor.place_id))
    if actor.place_id is None:
        raise NotFound("place_unknown")
    with reading() as uow:
        return desk_view(uow, actor, ground(uow, actor.place_id, now))


def approve(
    *, actor: Actor, ref: str, words: str | None = None, key: str, now: datetime
) -> Decided:
    """Let a held need, offer or organisation through; its author is told, and a need asks its
    first helpers.

    Raises NotFound, NotAllowed (also for one's own), WrongMoment, Invalid, KeyReused.
    """
    return _decide(actor, ref, optional_words("words", words), key, now, approving=True)


def refuse(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> Decided:
    """Refuse a held need, offer or organisation with a reason, which its author can read.

    Raises NotFound, NotAllowed (also for one's own), WrongMoment, Invalid, KeyReused.
    """
    return _decide(actor, ref, checked_words("words", words), key, now, approving=False)


def settle_report(
    *, actor: Actor, ref: str, words: str | None = None, key: str, now: datetime
) -> Decided:
    """Say that a report has been dealt with, and how. Raises NotFound, NotAllowed, WrongMoment."""
    said = optional_words("words", words)
    with unit_of_work() as uow:
        report = uow.reports.by_ref(place_of(actor), ref)
        require(actor, Action.MODERATE, Subject(report.place_id))
        if actor.member_id in report.kept_from:
            raise NotFound("report_unknown")
        once(
            uow, "moderation.settle_report", actor=actor, key=key, now=now,
            arguments={"ref": report.ref, "words": said},
            act=lambda: _decisions.settle_report(uow, actor, report, said, now),
        )  # fmt: skip
        uow.commit()
    return Decided("report", report.ref, "settled")


def _decide(
    actor: Actor, ref: str, words: str | None, key: str, now: datetime, *, approving: bool
) -> Decided:
    with unit_of_work() as uow:
        place_id, kind, ref = found(uow, actor, ref)
        require(actor, Action.MODERATE, Subject(place_id))
        here = ground(uow, place_id, now)
        result = once(
            uow, f"moderation.{'approve' if approving else 'refuse'}", actor=actor, key=key,
            arguments={"ref": ref, "words": words}, now=now,
            act=lambda: _on_kind(uow, actor, kind, ref, words, here, approving=approving),
        )  # fmt: skip
        uow.commit()
    return Decided(kind, ref, result["state"])


def _on_kind(
    uow: UnitOfWork, actor: Actor, kind: str, ref: str, words: str | None, here: Ground, *,
    approving: bool,
) -> dict[str, Any]:  # fmt: skip
    if kind == "need":
        need = uow.needs.lock(uow.needs.by_ref(here.place.id, ref).id)
        return _decisions.on_need(uow, actor, need, words, here, approving=approving)
    if kind == "offer":
        offer = uow.offers.lock(uow.offers.by_ref(here.place.id, ref).id)
        return _decisions.on_offer(uow, actor, offer, words, here, approving=approving)
    if kind == "organisation":
        known = uow.organisations.lock(uow.organisations.by_ref(here.place.id, ref).id)
        return on_organisation(uow, actor, known, words, here, approving=approving)
    raise NotFound("ref_unknown")
