"""What the desk has to do about checks; a waiver of one, which two people agree to."""

from datetime import date, datetime, timedelta
from typing import Any

from enabler.domain.checks import CHECKS
from enabler.domain.credentials import LONGEST_WAIVER, Waiver
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import CredentialKind
from enabler.domain.words import checked_words
from enabler.persistence.credentials import Holder
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._credential_views import credential_view, wanted_view
from enabler.services._decided import Decided
from enabler.services._ground import ground
from enabler.services._hidden import those_unknown
from enabler.services._holders import (
    found,
    holder,
    moment,
    require_others,
    require_seen,
    subject_of,
)
from enabler.services._keeping_checks import keep_check
from enabler.services._once import once
from enabler.services._subjects import place_of
from enabler.services.views.credentials import (
    ChecksDeskView,
    GapView,
    WaiverView,
)


def desk(*, actor: Actor, now: datetime) -> ChecksDeskView:
    """Agreements that lack a check on top, then what is wanted, to be agreed, about to end.

    No name is in it: lists log no sight. Nobody hidden of whom the actor may not know stands here.
    Raises NotAllowed, NotFound.
    """
    require(actor, Action.RECORD_CREDENTIAL, Subject(actor.place_id))
    if actor.place_id is None:
        raise NotFound("place_unknown")
    with reading() as uow:
        here = ground(uow, actor.place_id, now)
        soon = now + timedelta(days=here.ruleset.credential_desk_days)
        unknown = those_unknown(uow, actor, here.place.id)
        return ChecksDeskView(
            gaps=tuple(
                GapView(uow.matches.by_id(each.match_id).ref, each.kinds, each.since,
                        each.release_at)
                for each in uow.credentials.gaps(here.place.id)
            ),
            wanted=tuple(
                wanted_view(uow, each) for each in uow.credentials.wanted(here.place.id)
                if each.member_id not in unknown
            ),
            waivers=tuple(
                _waiver_view(uow, actor, each) for each in uow.credentials.waivers(here.place.id)
                if each.member_id not in unknown
            ),
            ending=tuple(
                credential_view(uow, each, now, desk=True)
                for each in uow.credentials.ending(here.place.id, now, soon)
                if each.member_id not in unknown
            ),
            shown=len(uow.credentials.grants(now, to_place_id=here.place.id)),
        )  # fmt: skip


def ask_to_waive(
    *, actor: Actor, holder_ref: str, kind: CredentialKind, until: date | datetime, words: str,
    key: str, now: datetime,
) -> Decided:  # fmt: skip
    """Ask a second person of the desk to let somebody help before this check is seen.

    Only of kinds that no law demands, for 90 days at most. Raises NotFound, NotAllowed (also for
    one's own), Invalid(kind, until or words), KeyReused.
    """
    said = checked_words("words", words)
    if not CHECKS[kind].waivable:
        raise Invalid("kind", "check_not_waivable")
    with unit_of_work() as uow:
        place_id, holder_kind, ref = found(uow, actor, holder_ref)
        require(actor, Action.RECORD_CREDENTIAL, Subject(place_id))
        whose = holder(uow, actor, place_id, holder_kind, ref)
        here = ground(uow, place_id, now)
        ends = moment(until, here, at_end=True)
        if not now < ends <= now + LONGEST_WAIVER + timedelta(days=1):
            raise Invalid("until", "waiver_too_long", days=LONGEST_WAIVER.days)

        def act() -> dict[str, Any]:
            if (asked := _asked(uow, place_id, whose, kind)) is not None:
                return {"ref": asked.ref}
            kept = uow.credentials.waive(
                place_id=place_id, member_id=whose[0], organisation_id=whose[1], kind=kind,
                until_at=ends, words=said, asked_by=actor.name, asked_at=now,
            )  # fmt: skip
            uow.audit.record(
                actor, "credential.waiver_asked", place_id=place_id, now=now, why=kind.value,
                subject=subject_of(uow, whose, ref),
            )  # fmt: skip
            return {"ref": kept.ref}

        result = once(
            uow, "credential_desk.ask_to_waive", actor=actor, key=key, now=now, act=act,
            arguments={"holder": ref, "kind": kind.value, "until": ends, "words": said},
        )  # fmt: skip
        uow.commit()
    return Decided("credential-waiver", result["ref"], "waiting")


def _asked(uow: UnitOfWork, place_id: int, whose: Holder, kind: CredentialKind) -> Waiver | None:
    """The same that waits for a second person already: from another window, or by another."""
    waiting = uow.credentials.waivers(place_id)
    same = (one for one in waiting if (one.member_id, one.organisation_id) == whose)
    return next((one for one in same if one.kind == kind), None)


def waiver(*, actor: Actor, ref: str, now: datetime) -> WaiverView:
    """One that waits, which is a sight of its holder's. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        one = uow.credentials.waiver_by_ref(place_of(actor), ref)
        require(actor, Action.RECORD_CREDENTIAL, Subject(one.place_id))
        require_seen(uow, actor, one.member_id)
        if one.member_id is not None:
            uow.sights.log(actor, one.member_id, ("credential",), place_id=one.place_id,
                           why="moderation", now=now, subject_ref=one.ref)  # fmt: skip
        view = _waiver_view(uow, actor, one)
        uow.commit()
    return view


def decide_waiver(
    *, actor: Actor, ref: str, agrees: bool, key: str, now: datetime
) -> Decided:  # fmt: skip
    """A second person agrees or not; whoever asked can only take it back.

    The operator of the computer is no second person. Raises NotFound, NotAllowed (also
    *same_person*), WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        one = uow.credentials.waiver_by_ref(place_of(actor), ref)
        require(actor, Action.RECORD_CREDENTIAL, Subject(one.place_id))
        require_seen(uow, actor, one.member_id)
        whose = require_others(actor, (one.member_id, one.organisation_id))
        own = one.asked_by == actor.name
        if agrees and (own or actor.member_id is None):
            raise NotAllowed("same_person")
        state = "agreed" if agrees else "withdrawn" if own else "refused"

        def act() -> dict[str, Any]:
            _require_waits(one, now)
            uow.credentials.end_waiver(one.id, state=state, by=actor.name, now=now)
            if agrees:
                keep_check(
                    uow, actor, whose, one.kind, (now, one.until_at),
                    ground(uow, one.place_id, now), checked_by=one.asked_by,
                    what="credential.waived",
                    facts={"waived": True, "agreed_by": actor.name, "note": one.words},
                )  # fmt: skip
            else:
                uow.audit.record(
                    actor, f"credential.waiver_{state}", place_id=one.place_id, now=now,
                    subject=subject_of(uow, whose), why=one.kind.value,
                )  # fmt: skip
            return {"state": state}

        once(uow, "credential_desk.decide_waiver", actor=actor, key=key, now=now,
             arguments={"ref": one.ref, "agrees": agrees}, act=act)  # fmt: skip
        uow.commit()
    return Decided("credential-waiver", one.ref, state)


def _require_waits(one: Waiver, now: datetime) -> None:
    if one.state != "waiting" or one.until_at <= now:
        raise WrongMoment("waiver_decided")


def _waiver_view(uow: UnitOfWork, actor: Actor, one: Waiver) -> WaiverView:
    _, _, ref = subject_of(uow, (one.member_id, one.organisation_id))
    another = actor.member_id is not None and one.asked_by != actor.name
    return WaiverView(
        one.ref, one.kind, one.until_at, one.words, one.asked_at, ref,
        another and one.state == "waiting" and one.member_id != actor.member_id,
    )  # fmt: skip
