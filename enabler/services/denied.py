"""The deny list: a person is removed for safety, and is known again if they come back.

The safeguarding lead's alone. What is kept are keyed digests with an end and a reason's code; the
words about why stand in the statement of reasons, which whoever is removed reads and can appeal
against, as after any suspension.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from enabler.domain.denials import DenialReason
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import STAFF_ROLES, MemberState
from enabler.domain.words import checked_words
from enabler.persistence.audit import OF_A_REMOVAL
from enabler.persistence.denials import DenialMatch
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _denying, _removing
from enabler.services._ground import Ground, ground
from enabler.services._once import once
from enabler.services._things import Thing, thing_of
from enabler.services.ports import Secrets
from enabler.services.views.denied import AccountView, DenialView, DeniedView, PersonView

LONGEST_WORDS = 1_000


def overview(*, actor: Actor, now: datetime) -> DeniedView:
    """Who waits for the lead, and who is on the list: refs, codes and moments. Raises
    NotAllowed."""
    require(actor, Action.BAR_PERSON, Subject(actor.place_id))
    with reading() as uow:
        place_id = actor.place_id or 0
        return DeniedView(
            waiting=tuple(_account(one) for one in uow.denials.waiting(place_id)),
            denied=tuple(
                DenialView(one.ref, one.member_ref, one.reason, one.at, one.until_at)
                for one in uow.denials.in_force(place_id, now)
            ),
        )  # fmt: skip


def person(*, actor: Actor, ref: str, now: datetime) -> PersonView:
    """One person, to decide about; the sight is logged. Raises NotFound, NotAllowed (own case)."""
    with unit_of_work() as uow:
        member = _member(uow, actor, ref)
        uow.sights.log(
            actor, member.id, ("name",), place_id=member.place_id, why=OF_A_REMOVAL, now=now,
            subject_ref=member.ref,
        )  # fmt: skip
        waiting = uow.denials.waiting(member.place_id, member.id)
        years = ground(uow, member.place_id, now).ruleset.deny_years
        uow.commit()
    return PersonView(
        member.ref, member.name, member.state.value, tuple(_account(one) for one in waiting), years
    )


def find(*, actor: Actor, typed: str) -> str:
    """The ref of a person of this place, as we write it. Raises NotAllowed, Invalid("who",
    person_unknown)."""
    require(actor, Action.BAR_PERSON, Subject(actor.place_id))
    with reading() as uow:
        try:
            return uow.homes.member_by_ref(actor.place_id, typed).ref
        except NotFound:
            raise Invalid("who", "person_unknown") from None


def remove(
    *, actor: Actor, ref: str, reason: str, words: str, secrets: Secrets, key: str, now: datetime
) -> None:
    """Remove a person for good: signed out, out of the market, and on the deny list; also whoever
    a custodian has suspended before.

    Raises NotFound, NotAllowed (also for oneself and for staff, whose role ends first),
    WrongMoment, Invalid("reason" or "words"), KeyReused.
    """
    if reason not in set(DenialReason):
        raise Invalid("reason", "denial_reason_unknown")
    said = checked_words("words", words, most=LONGEST_WORDS)

    def act(uow: UnitOfWork, thing: Thing, here: Ground) -> None:
        member = cast(Member, thing.row)
        denied = {one.member_ref for one in uow.denials.in_force(member.place_id, here.now)}
        if member.state is MemberState.ERASED or member.ref in denied:
            raise WrongMoment("member_not_active", state=member.state.value)
        if any(one.grant.role in STAFF_ROLES for one in uow.members.roles_of(member.id, now)):
            raise NotAllowed("staff_role_first")
        until = _deny(uow, actor, member, reason, secrets, here)
        uow.denials.decide(member.id, "removed", now)
        _removing.remove(uow, actor, thing, here, said, until)

    _on_person(actor, ref, "remove", {"reason": reason, "words": said}, key, now, act)


def let_in(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> None:
    """It is somebody else, or they may come back: the account is theirs to use.

    Raises NotFound, NotAllowed (own case), WrongMoment (it does not wait), Invalid("words"),
    KeyReused.
    """
    said = checked_words("words", words, most=LONGEST_WORDS)

    def act(uow: UnitOfWork, thing: Thing, here: Ground) -> None:
        member = cast(Member, thing.row)
        if member.state is not MemberState.HELD:
            raise WrongMoment("account_does_not_wait", state=member.state.value)
        uow.denials.decide(member.id, "let-in", now)
        uow.audit.record(
            actor, "denial.not-theirs", place_id=member.place_id, now=now, why="safety",
            subject=("member", member.id, member.ref), whose=member.id,
            values={"words": (None, said)},
        )  # fmt: skip
        _denying.let_in(uow, actor, member, here)

    _on_person(actor, ref, "let_in", {"words": said}, key, now, act)


def lift(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """Take somebody off the list: their digests are gone. The account stays closed until its
    suspension is lifted as any other (by a lead that takes them off the list as well).

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        require(actor, Action.BAR_PERSON, Subject(actor.place_id))
        denial = uow.denials.by_ref(actor.place_id, ref)

        def act() -> dict[str, Any]:
            if denial.lifted_at is not None:
                raise WrongMoment("denial_lifted_already")
            _denying.take_off(uow, actor, denial, now)
            return {"ref": denial.ref}

        once(uow, "denied.lift", actor=actor, key=key, arguments={"ref": denial.ref}, now=now,
             act=act)  # fmt: skip
        uow.commit()


def _deny(
    uow: UnitOfWork, actor: Actor, member: Member, reason: str, secrets: Secrets, here: Ground
) -> datetime:
    until = _years_on(here.now, here.ruleset.deny_years)
    ref = uow.refs.new(member.place_id, "denial")
    keyed = _denying.digests(secrets, member.place_id, _denying.marks(uow, member))
    denial_id = uow.denials.add(
        place_id=member.place_id, ref=ref, member_id=member.id, reason=reason, by_name=actor.name,
        at=here.now, until_at=until, marks=keyed,
    )  # fmt: skip
    uow.audit.record(
        actor, "denial.made", place_id=member.place_id, subject=("denial", denial_id, ref),
        now=here.now, why=reason,
    )  # fmt: skip
    return until


def _years_on(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:  # the 29th of February
        return moment.replace(year=moment.year + years, day=28)


def _on_person(
    actor: Actor, ref: str, what: str, said: dict[str, str], key: str, now: datetime,
    act: Callable[[UnitOfWork, Thing, Ground], None],
) -> None:  # fmt: skip
    with unit_of_work() as uow:
        member = _member(uow, actor, ref)
        here = ground(uow, member.place_id, now)

        def once_only() -> dict[str, Any]:
            act(uow, thing_of(uow, "member", member.ref, here), here)
            return {"ref": member.ref}

        once(uow, f"denied.{what}", actor=actor, key=key, now=now, act=once_only,
             arguments={"ref": member.ref, **said})  # fmt: skip
        uow.commit()


def _member(uow: UnitOfWork, actor: Actor, ref: str) -> Member:
    require(actor, Action.BAR_PERSON, Subject(actor.place_id))
    member = uow.homes.member_by_ref(actor.place_id, ref)
    if member.id == actor.member_id:
        raise NotAllowed("own_case")
    return member


def _account(one: DenialMatch) -> AccountView:
    return AccountView(one.member_ref, one.kinds, one.reason, one.denial_ref, one.at)
