"""Checks: recorded when somebody has seen a paper, taken back, asked for, read by their holder."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from enabler.domain.checks import CHECKS
from enabler.domain.credentials import LAST_CHARACTERS, Credential
from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import CredentialKind
from enabler.domain.words import checked_words, optional_words
from enabler.persistence.credentials import Holder
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._credential_views import credential_view, wanted_view
from enabler.services._decided import Decided
from enabler.services._ground import Ground, ground
from enabler.services._holders import (
    found,
    holder,
    is_own,
    moments,
    require_others,
    require_seen,
    subject_of,
)
from enabler.services._keeping_checks import keep_check, take_back, tell_holder
from enabler.services._once import once
from enabler.services._relying import relied_of
from enabler.services._subjects import place_of
from enabler.services.views.credentials import HolderView, WantedView

LONGEST_NOTE = 80
RATINGS = ("0", "1", "2", "3", "4", "5")
Given = dict[str, Any]


def record(
    *, actor: Actor, holder_ref: str, kind: CredentialKind, seen_on: date | datetime,
    valid_until: date | datetime, note: str | None = None, last_characters: str | None = None,
    eligible_as: str | None = None, key: str, now: datetime,
) -> Decided:  # fmt: skip
    """Record a check that somebody of the desk has seen, with its expiry (dates: whole local days).

    ``note``: a training's name, a rating; ``last_characters`` of the paper's number, 4 at most;
    ``eligible_as``: why the role may be asked for a check of this level, a code of
    ``domain.checks``. Raises NotFound, NotAllowed (also for one's own), Invalid(seen_on,
    valid_until, note, last_characters or eligible_as), KeyReused.
    """
    facts = _facts(kind, note, last_characters, eligible_as)
    with unit_of_work() as uow:
        place_id, holder_kind, ref = found(uow, actor, holder_ref)
        require(actor, Action.RECORD_CREDENTIAL, Subject(place_id))
        whose = holder(uow, actor, place_id, holder_kind, ref)
        here = ground(uow, place_id, now)
        times = moments(seen_on, valid_until, here)
        once(
            uow, "credentials.record", actor=actor, key=key, now=now, again=False,
            arguments={"holder": ref, "kind": kind.value, "seen": times[0], "until": times[1],
                       **facts},
            act=lambda: _keep(uow, actor, whose, kind, times, facts, here),
        )  # fmt: skip
        uow.commit()
    return Decided(holder_kind, ref, "recorded")


def revoke(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> Decided:
    """A check counts no more, and neither does what other places took over from it; the holder is
    told why, and what needs it is looked at at once.

    Raises NotFound, NotAllowed (also for one's own), WrongMoment, Invalid("words", …), KeyReused.
    """
    said = checked_words("words", words)

    def act(uow: UnitOfWork, one: Credential, here: Ground) -> None:
        if one.revoked_at is not None:
            raise WrongMoment("credential_revoked_already")
        take_back(uow, actor, one, said, now)

    with unit_of_work() as uow:
        one = _change(uow, actor, ref, "revoke", {"words": said}, key, now, act)
        kind, _, holder_ref = subject_of(uow, (one.member_id, one.organisation_id))
        uow.commit()
    return Decided(kind, holder_ref, "revoked")


def show(*, actor: Actor, ref: str, now: datetime) -> HolderView:
    """A check with its holder's history, which is a sight. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        one = uow.credentials.by_ref(place_of(actor), ref)
        require(actor, Action.RECORD_CREDENTIAL, Subject(one.place_id))
        whose = (one.member_id, one.organisation_id)
        require_seen(uow, actor, one.member_id)
        if one.member_id is not None:
            uow.sights.log(actor, one.member_id, ("credential",), place_id=one.place_id,
                           why="moderation", now=now, subject_ref=one.ref)  # fmt: skip
        view = HolderView(
            credential_view(uow, one, now, desk=True),
            tuple(
                credential_view(uow, each, now, desk=True)
                for each in uow.credentials.of_holder(whose)
            ),
            may_revoke=one.revoked_at is None and not is_own(actor, whose),
            relied=() if one.member_id is None else relied_of(uow, one.member_id, now),
        )
        uow.commit()
    return view


def wanted(*, actor: Actor, ref: str, now: datetime) -> WantedView:
    """A check that somebody asks for, with what they wrote, which is a sight.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        one = uow.credentials.wanted_by_ref(place_of(actor), ref)
        require(actor, Action.RECORD_CREDENTIAL, Subject(one.place_id))
        require_seen(uow, actor, one.member_id)
        if one.member_id is not None:
            uow.sights.log(actor, one.member_id, ("credential",), place_id=one.place_id,
                           why="moderation", now=now, subject_ref=one.ref)  # fmt: skip
        view = wanted_view(uow, one)
        uow.commit()
    return view


def refuse_wanted(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> Decided:
    """Say why a check that somebody asks for is not done; they are told.

    Raises NotFound, NotAllowed (also for one's own), WrongMoment, Invalid("words", …), KeyReused.
    """
    said = checked_words("words", words)
    with unit_of_work() as uow:
        one = uow.credentials.wanted_by_ref(place_of(actor), ref)
        require(actor, Action.RECORD_CREDENTIAL, Subject(one.place_id))
        require_seen(uow, actor, one.member_id)
        whose = require_others(actor, (one.member_id, one.organisation_id))

        def act() -> Given:
            if not uow.credentials.end_wanted(
                one.id, state="refused", by=actor.name, now=now, words=said
            ):
                raise WrongMoment("check_not_wanted")
            uow.audit.record(
                actor, "credential.refused", place_id=one.place_id, now=now,
                subject=subject_of(uow, whose), why=one.kind.value,
            )  # fmt: skip
            tell_holder(uow, whose, "check_refused", {"wanted": one.ref}, one.place_id, now)
            return {"ref": one.ref}

        once(uow, "credentials.refuse_wanted", actor=actor, key=key, now=now,
             arguments={"ref": one.ref, "words": said}, act=act)  # fmt: skip
        uow.commit()
    return Decided("credential-wanted", one.ref, "refused")


def _change(
    uow: UnitOfWork, actor: Actor, ref: str, verb: str, given: Mapping[str, Any], key: str,
    now: datetime, act: Callable[[UnitOfWork, Credential, Ground], None],
) -> Credential:  # fmt: skip
    one = uow.credentials.by_ref(place_of(actor), ref)
    require(actor, Action.RECORD_CREDENTIAL, Subject(one.place_id))
    require_seen(uow, actor, one.member_id)
    require_others(actor, (one.member_id, one.organisation_id))
    here = ground(uow, one.place_id, now)

    def acted() -> Given:
        act(uow, one, here)
        return {"ref": one.ref}

    once(uow, f"credentials.{verb}", actor=actor, key=key, now=now,
         arguments={"ref": one.ref, **given}, act=acted)  # fmt: skip
    return uow.credentials.by_id(one.id)


def _facts(
    kind: CredentialKind, note: str | None, last_characters: str | None, eligible_as: str | None
) -> Given:
    """What is written beside a check. Raises Invalid."""
    check = CHECKS[kind]
    said = optional_words("note", note, most=LONGEST_NOTE) if check.note else None
    if check.note and not said:
        raise Invalid("note", f"note_missing_{check.note}")
    if check.note == "rating" and said not in RATINGS:
        raise Invalid("note", "note_missing_rating")
    last = "".join((last_characters or "").split())
    if len(last) > LAST_CHARACTERS:
        raise Invalid("last_characters", "last_characters_too_many", most=LAST_CHARACTERS)
    if check.eligible and eligible_as not in check.eligible:
        raise Invalid("eligible_as", "eligibility_missing")
    return {
        "note": said, "last_characters": last or None,
        "eligible_as": eligible_as if check.eligible else None,
    }  # fmt: skip


def _keep(
    uow: UnitOfWork, actor: Actor, whose: Holder, kind: CredentialKind,
    times: tuple[datetime, datetime], facts: Given, here: Ground,
) -> Given:  # fmt: skip
    keep_check(
        uow, actor, whose, kind, times, here, checked_by=actor.name, what="credential.recorded",
        facts=facts,
    )  # fmt: skip
    for wanted in uow.credentials.wanted_of(*whose):
        if wanted.kind in CHECKS[kind].covers:
            uow.credentials.end_wanted(wanted.id, state="seen", by=actor.name, now=here.now)
            tell_holder(uow, whose, "check_seen", {"wanted": wanted.ref}, here.place.id, here.now)
    return {"kind": kind.value}
