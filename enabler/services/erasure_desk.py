"""Deleting an account for somebody who asked at the desk: one of the staff writes it down, another
one decides. And the duties that keep something for a while, which a safeguarding lead writes down.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import NotAllowed, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.vocabulary import MemberState, Priority
from enabler.domain.words import checked_words
from enabler.persistence.erasure_desk import Proposal
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._erasure import How, erase, first
from enabler.services._erasure_list import note
from enabler.services._ground import ground
from enabler.services._hidden import knows, require_known
from enabler.services._looking import ref_known
from enabler.services._once import once
from enabler.services._tell import letters
from enabler.services.ports import ErasureList
from enabler.services.views.erasure import (
    DutiesView,
    ErasureDeskView,
    HoldView,
    KeptView,
    RequestView,
)

MOST_WORDS = 1_000
LOOKED = "erasure"
"""Why somebody looked: whether to delete an account for whoever asked."""


def overview(*, actor: Actor, now: datetime) -> ErasureDeskView:
    """What waits for a second person: refs alone, so that it logs no sight. Raises NotAllowed."""
    require(actor, Action.ERASE_MEMBER, Subject(actor.place_id))
    with reading() as uow:
        return ErasureDeskView(
            waiting=tuple(
                RequestView(one.ref, one.member_ref, one.state, one.asked_at, _is_mine(actor, one))
                for one in uow.erasure_desk.waiting(actor.place_id or 0)
                if knows(uow, actor, one.member_id)
            ),
            is_lead=allowed(actor, Action.HOLD_ERASURE, Subject(actor.place_id)),
        )  # fmt: skip


def duties(*, actor: Actor, now: datetime) -> DutiesView:
    """Duties that stand, and who is kept by one though their account is deleted: the sights of
    those are logged. Raises NotAllowed."""
    require(actor, Action.HOLD_ERASURE, Subject(actor.place_id))
    with unit_of_work() as uow:
        view = DutiesView(_holds(uow, actor.place_id or 0), _kept(uow, actor, now))
        uow.commit()
    return view


def ask(*, actor: Actor, ref: str, words: str, tells: bool = True, key: str, now: datetime) -> str:
    """Write down that a member (``ref``, or the number they have) asked to be deleted, and how it
    is known that it was them; the ref of the request. Nothing is deleted yet.

    They are written to, so that they can say that it was not them; not where ``tells`` says that
    it is not safe, or that they have died: then no last letter goes to them either. Raises
    NotAllowed (also for oneself: own_case), NotFound, Invalid("words", …), KeyReused, WrongMoment
    (member_erased_already, erasure_waits_already).
    """
    said = checked_words("words", words, most=MOST_WORDS)
    with unit_of_work() as uow:
        require(actor, Action.ERASE_MEMBER, Subject(actor.place_id))
        member = _member(uow, actor, Action.ERASE_MEMBER, ref_known(uow, actor, ref))

        def act() -> dict[str, Any]:
            uow.homes.lock({member.id})
            _require_there(uow.homes.member(member.id))
            if uow.erasure_desk.waiting_of(member.id) is not None:
                raise WrongMoment("erasure_waits_already")
            made = uow.refs.new(member.place_id, "erasure")
            uow.erasure_desk.propose(
                place_id=member.place_id, ref=made, member_id=member.id, words=said,
                asked_by=actor.member_id, asked_at=now, tells=tells,
                allowed_from=_write(uow, member, made, now) if tells else None,
            )  # fmt: skip
            _record(uow, actor, "erasure.asked", member, now)
            return {"ref": made}

        result = once(
            uow, "erasure_desk.ask", actor=actor, key=key, now=now, act=act,
            arguments={"ref": member.ref, "words": said, "tells": tells},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def _write(uow: UnitOfWork, member: Member, ref: str, now: datetime) -> datetime | None:
    """Whoever asked may have been somebody else: the member hears of it, and has some time from
    when the letter goes to say so; whoever has no phone and no mail address, from now: people tell
    them. Until when; None where nothing reaches them. It goes to whoever rests or wants no news,
    too: it may be somebody else who takes their account from them."""
    rows = letters(
        uow, place_id=member.place_id, member_id=member.id, template="erase_asked",
        parameters={"erase_asked": ref}, priority=Priority.SAFETY, now=now,
        dedupe_key=f"erase_asked:{ref}",
    )  # fmt: skip
    for row in rows:
        uow.outbox.queue(**row)
    hours = ground(uow, member.place_id, now).ruleset.erase_wait_hours
    if not rows and uow.untold.open_of(member.id) is not None:
        return now + timedelta(hours=hours)
    return max((row["due_at"] + timedelta(hours=hours) for row in rows), default=None)


def show(*, actor: Actor, ref: str, now: datetime) -> RequestView:
    """One request, to decide about; the look is a sight. Raises NotFound, NotAllowed (own case)."""
    with unit_of_work() as uow:
        proposal = _proposal(uow, actor, ref)
        view = _view(uow, actor, proposal, now)
        uow.commit()
    return view


def decide(
    *, actor: Actor, ref: str, allowing: bool, words: str, kept_in: ErasureList, key: str,
    now: datetime,
) -> RequestView:  # fmt: skip
    """The second person's word: the account is erased in the same transaction, or stays. Never by
    whoever wrote the request down, and never by its member.

    Raises NotFound, NotAllowed (second_person_same, own_case), Invalid("words", …), KeyReused,
    WrongMoment (erasure_decided; erasure_too_early for a yes while the member has time to say
    that it was not them; what must happen first: erase_role_first …).
    """
    said = checked_words("words", words, most=MOST_WORDS)
    with unit_of_work() as uow:
        proposal = _proposal(uow, actor, ref)
        if actor.member_id is None or proposal.asked_by == actor.member_id:
            raise NotAllowed("second_person_same")

        def act() -> dict[str, Any]:
            _decide(uow, actor, proposal.ref, said, now, allowing=allowing)
            return {"ref": proposal.ref}

        once(
            uow, "erasure_desk.decide", actor=actor, key=key, now=now, act=act,
            arguments={"ref": proposal.ref, "allowing": allowing, "words": said},
        )  # fmt: skip
        view = _view(uow, actor, uow.erasure_desk.proposal(actor.place_id, ref), now)
        uow.commit()
    note(kept_in, now)
    return view


def put_hold(*, actor: Actor, ref: str, words: str, tells: bool, key: str, now: datetime) -> None:
    """A duty keeps who a member is, should they delete their account. ``tells``: they may know.

    Raises NotFound, NotAllowed (own case), Invalid("words", …), KeyReused, WrongMoment
    (hold_stands_already, member_erased_already).
    """
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, member: Member) -> None:
        _require_there(member)
        if uow.erasure_desk.hold(member.id) is not None:
            raise WrongMoment("hold_stands_already")
        uow.erasure_desk.put_hold(
            place_id=member.place_id, member_id=member.id, words=said, tells=tells,
            by_member_id=actor.member_id, since=now,
        )  # fmt: skip

    _on_hold(actor, ref, "put_hold", {"words": said, "tells": tells}, key, now, act)


def end_hold(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """The duty is over: what it kept of a deleted account goes with the next run of the clock.

    Raises NotFound (hold_unknown), NotAllowed, KeyReused.
    """

    def act(uow: UnitOfWork, member: Member) -> None:
        if uow.erasure_desk.hold(member.id) is None:
            raise NotFound("hold_unknown")
        uow.erasure_desk.end_hold(member.id, actor.member_id or 0, now)

    _on_hold(actor, ref, "end_hold", {}, key, now, act)


def _on_hold(
    actor: Actor, ref: str, what: str, said: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Member], None],
) -> None:  # fmt: skip
    with unit_of_work() as uow:
        member = _member(uow, actor, Action.HOLD_ERASURE, ref)
        if actor.member_id is None:
            raise NotAllowed("second_person_same")

        def once_only() -> dict[str, Any]:
            uow.homes.lock({member.id})
            act(uow, uow.homes.member(member.id))
            _record(uow, actor, f"erasure.{what}", member, now)
            return {"ref": member.ref}

        once(
            uow, f"erasure_desk.{what}", actor=actor, key=key, now=now, act=once_only,
            arguments={"ref": member.ref, **said},
        )  # fmt: skip
        uow.commit()


def _decide(
    uow: UnitOfWork, actor: Actor, ref: str, words: str, now: datetime, *, allowing: bool
) -> None:
    proposal = uow.erasure_desk.proposal(actor.place_id, ref, lock=True)
    if proposal.state != "waiting":
        raise WrongMoment("erasure_decided", state=proposal.state)
    if allowing and _waits(proposal, now):
        raise WrongMoment("erasure_too_early")
    member = uow.homes.member(proposal.member_id)
    state = "allowed" if allowing else "refused"
    uow.erasure_desk.decide(proposal.id, state, actor.member_id or 0, words, now)
    _record(uow, actor, f"erasure.{state}", member, now)
    if allowing:
        here = ground(uow, member.place_id, now)
        erase(uow, actor, member, How("staff", tells=proposal.tells), here)
        uow.erasure_desk.keep_reason(proposal.id, words)  # it went with all that was about them


def _proposal(uow: UnitOfWork, actor: Actor, ref: str) -> Proposal:
    require(actor, Action.ERASE_MEMBER, Subject(actor.place_id))
    proposal = uow.erasure_desk.proposal(actor.place_id, ref)
    require_known(uow, actor, uow.homes.member(proposal.member_id))
    if proposal.member_id == actor.member_id:
        raise NotAllowed("own_case")
    return proposal


def _member(uow: UnitOfWork, actor: Actor, action: Action, ref: str) -> Member:
    require(actor, action, Subject(actor.place_id))
    member = require_known(uow, actor, uow.homes.member_by_ref(actor.place_id, ref))
    if member.id == actor.member_id:
        raise NotAllowed("own_case")
    return member


def _require_there(member: Member) -> None:
    if member.state is MemberState.ERASED:
        raise WrongMoment("member_erased_already")


def _view(uow: UnitOfWork, actor: Actor, one: Proposal, now: datetime) -> RequestView:
    member = uow.homes.member(one.member_id)
    waits = one.state == "waiting"
    if waits:
        uow.sights.log(
            actor, member.id, ("name",), place_id=member.place_id, why=LOOKED, now=now,
            subject_ref=member.ref,
        )  # fmt: skip
    here = ground(uow, member.place_id, now)
    return RequestView(
        one.ref, one.member_ref, one.state, one.asked_at, _is_mine(actor, one), one.words,
        member.name if waits else None, tuple(first(uow, member, here)) if waits else (),
        one.decided_at, one.decided_words, one.tells, one.allowed_from, _waits(one, now),
    )  # fmt: skip


def _waits(one: Proposal, now: datetime) -> bool:
    """Whether the member still has time to say that it was not them."""
    return one.state == "waiting" and one.allowed_from is not None and now < one.allowed_from


def _is_mine(actor: Actor, one: Proposal) -> bool:
    return one.asked_by == actor.member_id


def _holds(uow: UnitOfWork, place_id: int) -> tuple[HoldView, ...]:
    found = uow.erasure_desk.holds(place_id)
    return tuple(HoldView(one.member_ref, one.words, one.tells, one.since) for one in found)


def _kept(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[KeptView, ...]:
    """Sights of whoever is deleted are kept as any: they are who looked at what a duty keeps."""
    found = []
    for member_id, ref, since, kept in uow.erasures.kept_of(actor.place_id or 0):
        uow.sights.log(
            actor, member_id, ("address", "name", "phone"), place_id=actor.place_id or 0,
            why=LOOKED, now=now, subject_ref=ref,
        )  # fmt: skip
        ways = tuple(str(kept[each]) for each in ("phone", "mail", "address") if kept.get(each))
        found.append(KeptView(ref, since, str(kept.get("name", "")), ways))
    return tuple(found)


def _record(uow: UnitOfWork, actor: Actor, what: str, member: Member, now: datetime) -> None:
    uow.audit.record(
        actor, what, place_id=member.place_id, subject=("member", member.id, member.ref), now=now
    )
