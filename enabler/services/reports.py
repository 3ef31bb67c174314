"""Something went wrong, or somebody is worried: what people tell, also those not signed in."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.reports import ABOUT, ABOUT_NO_REF, KINDS, OF_A_MATCH
from enabler.domain.vocabulary import MatchState, OfferState, OrganisationState
from enabler.domain.words import LONGEST_LINE, checked_words, optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests, _visits
from enabler.services._ground import ground
from enabler.services._hidden import require_known
from enabler.services._match_views import can_confirm
from enabler.services._once import once
from enabler.services._reporting import About, is_worry, keep_report, readers_of
from enabler.services._subjects import of_match, of_need, of_offer, of_organisation
from enabler.services._worry_clock import due_of
from enabler.services.ports import Secrets

_SHOWN_TO_ALL = (OfferState.OPEN, OfferState.PAUSED)


def report(
    *, actor: Actor, about_kind: str, about_ref: str | None, kind: str, words: str,
    call_back: str | None = None, from_address: str = "", secrets: Secrets | None = None,
    line: int | None = None, key: str, now: datetime,
) -> str:  # fmt: skip
    """Tell those who look after safety; the report's ref.

    ``kind`` is one of ``domain.reports.KINDS``, ``about_kind`` of its ABOUT: staff, place and other
    have no ref (that of a need or match which somebody saw while they acted for another may be
    given: those whose it is then do not read the report); message and conversation have their
    match's, and ``line`` is which message (from 1). Whom it is about learns nothing of it, with
    one exception: when the side that is asked whether help was given says that it went wrong, the
    match is disputed. Who is not signed in can tell of an offer
    or of anything else, with a way to be called back; ``from_address`` is their network address,
    kept for a day as a digest. Of strangers' reports there is a limit, which never holds up a
    worry. The very same again within ten minutes is the same report. Raises NotAllowed, NotFound,
    Invalid("kind", "about_kind", "words" or "call_back"), LimitReached, KeyReused.
    """
    if kind not in KINDS:
        raise Invalid("kind", "report_kind_unknown")
    if about_kind not in ABOUT:
        raise Invalid("about_kind", "report_about_unknown")
    said = checked_words("words", words)
    way_back = optional_words("call_back", call_back, most=LONGEST_LINE)
    with unit_of_work() as uow:
        place_id = _required(actor)
        about = _about(uow, actor, about_kind, about_ref, line)
        given = {"call_back": way_back, "line": line}
        arguments: dict[str, Any] = {
            "about": about.kind, "ref": about.ref, "kind": kind, "words": said, "place": place_id,
        } | {name: value for name, value in given.items() if value}  # fmt: skip
        known = actor.member_id is not None or secrets is None
        network = None if known or secrets is None else _digests.of_address(secrets, from_address)
        result = once(
            uow, "reports.report", actor=actor, key=key, now=now, arguments=arguments,
            act=lambda: _keep(uow, actor, place_id, about, kind, said, (way_back, network), now),
            again=False,
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def check(*, actor: Actor, about_kind: str, about_ref: str | None) -> None:
    """Whether the actor may tell of it: nobody does of what they may not know of.

    Raises NotAllowed, NotFound.
    """
    _required(actor)
    with reading() as uow:
        _about(uow, actor, about_kind, about_ref)


def looked_at_by(
    *, actor: Actor, now: datetime, kind: str = "went-wrong", words: str = "",
    ref: str | None = None,
) -> datetime | None:  # fmt: skip
    """By when a person at the council looks at what is reported now: at a worry within minutes of
    the leads' working time; None where the report of this ``ref`` names all who could read it.
    Raises NotAllowed."""
    place_id = _required(actor)
    with reading() as uow:
        made = [each for each in uow.reports.unsettled(place_id) if each.ref == ref]
        if made and not readers_of(made[0], uow.staff.at_desk(place_id, now)):
            return None
        if is_worry(kind, words):
            return due_of(uow, place_id, now)
        return now + timedelta(hours=ground(uow, place_id, now).ruleset.custodian_hours)


def _required(actor: Actor) -> int:
    action = Action.TELL_COUNCIL if actor.member_id is None else Action.REPORT
    require(actor, action, Subject(actor.place_id, owner_id=actor.member_id))
    if actor.place_id is None:
        raise NotAllowed(action=action.value)
    return actor.place_id


def _about(
    uow: UnitOfWork, actor: Actor, kind: str, ref: str | None, line: int | None = None
) -> About:
    """What it is about, if it is there and the actor may know of it."""
    if kind in ABOUT_NO_REF:
        return About(kind, parties=_whose(uow, actor, ref))
    if ref is None:
        raise NotFound("ref_unknown")
    if kind == "offer":
        return _about_offer(uow, actor, ref)
    if actor.member_id is None:
        raise NotAllowed(action=Action.REPORT.value)
    if kind in OF_A_MATCH:
        match = uow.matches.by_ref(actor.place_id, ref)
        need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
        require(actor, Action.SEE_MATCH, of_match(actor, match, need, offer))
        sides = frozenset({need.asker_id, match.helper_id})
        return About(kind, match.ref, sides, _line(uow, match.id, line) if line else None)
    if kind == "need":
        asked = uow.needs.by_ref(actor.place_id, ref)
        require(actor, Action.SEE_NEED, of_need(asked))
        return About("need", asked.ref, parties=frozenset({asked.asker_id}))
    if kind == "member":
        member = require_known(uow, actor, uow.homes.member_by_ref(actor.place_id, ref))
        return About("member", member.ref, parties=frozenset({member.id}))
    return _about_organisation(uow, actor, ref)


def _whose(uow: UnitOfWork, actor: Actor, ref: str | None) -> frozenset[int | None]:
    """Whose a need or match is that somebody saw while they acted for another: none of them reads
    what is told of it. Nothing is learnt by it, so it is asked of nobody whether they may know."""
    if ref is None or actor.member_id is None:
        return frozenset()
    try:
        return frozenset({uow.needs.by_ref(actor.place_id, ref).asker_id})
    except NotFound:
        pass
    try:
        match = uow.matches.by_ref(actor.place_id, ref)
    except NotFound:
        return frozenset()
    return frozenset({uow.needs.by_id(match.need_id).asker_id, match.helper_id})


def _line(uow: UnitOfWork, match_id: int, line: int) -> int:
    """The id of a line of this conversation, by which of them it is. Raises NotFound."""
    lines = uow.conversations.of_match(match_id)
    if not 1 <= line <= len(lines):
        raise NotFound("ref_unknown")
    return lines[line - 1].id


def _about_organisation(uow: UnitOfWork, actor: Actor, ref: str) -> About:
    """One that has no page for everybody is told of by those alone who may know of it."""
    organisation = uow.organisations.by_ref(actor.place_id, ref)
    if organisation.state is not OrganisationState.ACTIVE:
        require(actor, Action.SEE_ORGANISATION, of_organisation(organisation))
    return About("organisation", organisation.ref)


def _about_offer(uow: UnitOfWork, actor: Actor, ref: str) -> About:
    """An offer that is shown to others can be told of by anybody.

    A stranger's words are kept also where the ref means nothing to them: nothing is lost, and
    nobody learns which offers there are.
    """
    try:
        given = uow.offers.by_ref(actor.place_id, ref)
    except NotFound:
        if actor.member_id is None:
            return About("other")
        raise
    if given.state not in _SHOWN_TO_ALL:
        if actor.member_id is None:
            return About("other")
        require(actor, Action.SEE_OFFER, of_offer(given))
    return About("offer", given.ref, parties=frozenset({given.member_id}))


def _keep(
    uow: UnitOfWork, actor: Actor, place_id: int, about: About, kind: str, words: str,
    stranger: tuple[str | None, str | None], now: datetime,
) -> dict[str, Any]:  # fmt: skip
    if kind == "went-wrong" and about.kind == "match":
        disputed = _disputed(uow, actor, about, words, now)
        if disputed is not None:
            return disputed
    call_back, network = stranger
    kept = keep_report(
        uow, actor, place_id, about, kind, words, now=now, call_back=call_back,
        from_address_hash=network,
    )  # fmt: skip
    return {"ref": kept.ref}


def _disputed(
    uow: UnitOfWork, actor: Actor, about: About, words: str, now: datetime
) -> dict[str, Any] | None:
    """The match says from now on that it went wrong, where the actor is the side to say so."""
    match = uow.matches.by_ref(actor.place_id, about.ref or "")
    need = uow.needs.lock(match.need_id)
    match = uow.matches.by_id(match.id)
    subject = of_match(actor, match, need, uow.offers.by_id(match.offer_id))
    if match.state is not MatchState.DONE or not can_confirm(actor, match, need):
        return None
    if not allowed(actor, Action.CONFIRM_MATCH, subject):
        return None
    here = ground(uow, need.place_id, now, need.cell)
    return {"ref": _visits.dispute(uow, actor, match, words, here)["report"]}
