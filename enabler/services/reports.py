"""Something went wrong, or somebody is worried: what members tell the custodians."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._once import once
from enabler.services._subjects import of_match, of_need, of_offer

KINDS = ("went-wrong", "worried")
ABOUT = ("match", "need", "offer", "member", "organisation", "other")


def report(
    *, actor: Actor, about_kind: str, about_ref: str | None, kind: str, words: str, key: str,
    now: datetime,
) -> str:  # fmt: skip
    """Tell the custodians; the report's ref. Whom it is about learns nothing of it.

    ``about_kind`` is match, need, offer, member, organisation or other (without a ref).
    Raises NotAllowed, NotFound, Invalid("kind", "about_kind" or "words"), KeyReused.
    """
    if kind not in KINDS:
        raise Invalid("kind", "report_kind_unknown")
    if about_kind not in ABOUT:
        raise Invalid("about_kind", "report_about_unknown")
    said = checked_words("words", words)
    with unit_of_work() as uow:
        require(actor, Action.REPORT, Subject(actor.place_id, owner_id=actor.member_id))
        ref = _about(uow, actor, about_kind, about_ref)
        result = once(
            uow, "reports.report", actor=actor, key=key, now=now,
            arguments={"about": about_kind, "ref": ref, "kind": kind, "words": said},
            act=lambda: _keep(uow, actor, (about_kind, ref), kind, said, now),
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def _about(uow: UnitOfWork, actor: Actor, kind: str, ref: str | None) -> str | None:
    """The ref of what it is about, if it is there and the actor may know of it."""
    if kind == "other":
        return None
    if ref is None:
        raise NotFound("ref_unknown")
    if kind == "match":
        match = uow.matches.by_ref(actor.place_id, ref)
        need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
        require(actor, Action.SEE_MATCH, of_match(actor, match, need, offer))
        return match.ref
    if kind == "need":
        asked = uow.needs.by_ref(actor.place_id, ref)
        require(actor, Action.SEE_NEED, of_need(asked))
        return asked.ref
    if kind == "offer":
        given = uow.offers.by_ref(actor.place_id, ref)
        require(actor, Action.SEE_OFFER, of_offer(given))
        return given.ref
    if kind == "member":
        return uow.homes.member_by_ref(actor.place_id, ref).ref
    return uow.organisations.by_ref(actor.place_id, ref).ref


def _keep(
    uow: UnitOfWork, actor: Actor, about: tuple[str, str | None], kind: str, words: str,
    now: datetime,
) -> dict[str, Any]:  # fmt: skip
    if actor.place_id is None:
        raise NotAllowed(action=Action.REPORT.value)
    about_kind, about_ref = about
    kept = uow.reports.add(
        place_id=actor.place_id, ref=uow.refs.new(actor.place_id, "report"),
        by_member_id=actor.member_id, about_kind=about_kind, about_ref=about_ref, kind=kind,
        words=words, reported_at=now,
    )  # fmt: skip
    uow.audit.record(
        actor, "report.made", place_id=actor.place_id, subject=("report", kept.id, kept.ref),
        now=now, states=(None, "open"), why=kind,
    )  # fmt: skip
    return {"ref": kept.ref}
