"""A member lets a councillor of their own ward see one thing that they asked for: what, when and
how it goes, with their first name. Without that a councillor sees counts and never a person."""

from datetime import datetime
from typing import Any

from enabler.domain.consents import COUNCILLOR, LASTS, ON_A_PAGE, OVER, Shown
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.signals import findings_in
from enabler.domain.vocabulary import NeedState
from enabler.persistence.case_shares import Councillor
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._case_sharing import end_share
from enabler.services._consenting import agree
from enabler.services._leaves import shows_to
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._subjects import of_need, place_of
from enabler.services.views.consents import CouncillorView, SharedCaseView, ToCouncillorView

TELLS_WHERE = frozenset({"contact"})
"""What is found in words that a councillor is not to read."""
_OVER = frozenset(
    {NeedState.DRAFT, NeedState.CLOSED, NeedState.WITHDRAWN, NeedState.REFUSED, NeedState.DONE}
)


def to_choose(*, actor: Actor, need_ref: str, now: datetime) -> ToCouncillorView:
    """Who of the ward could see this need of the actor's own, and who may already.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        member, need, ward_id = _case(uow, actor, need_ref)
        seen = {one.councillor_id: one for one in uow.case_shares.standing(need_id=need.id)}
        found = []
        for one in _of_ward(uow, member, ward_id, now):
            share = seen.get(one.member_id)
            holds = share is not None and share.until_at > now
            found.append(CouncillorView(
                one.ref, one.name, share.ref if share and holds else None,
                share.until_at if share and holds else None,
            ))  # fmt: skip
    return ToCouncillorView(need.ref, need.category, tuple(found), LASTS[COUNCILLOR].days)


def let_see(
    *, actor: Actor, need_ref: str, councillor_ref: str, shown: Shown = ON_A_PAGE,
    key: str, now: datetime,
) -> str:  # fmt: skip
    """Let a councillor of the actor's own ward see this need, for 90 days or to the end of their
    term; the ref of that leave. By it the actor agrees to the words that were ``shown``.

    Raises NotFound, NotAllowed, WrongMoment("need_over"), Invalid("councillor", not_of_your_ward),
    KeyReused.
    """
    with unit_of_work() as uow:
        member, need, ward_id = _case(uow, actor, need_ref)
        require(actor, Action.CHANGE_NEED, of_need(need))
        of_ward = _of_ward(uow, member, ward_id, now)
        chosen = next((one for one in of_ward if one.ref == councillor_ref.strip().upper()), None)
        if chosen is None:
            raise Invalid("councillor", "not_of_your_ward")

        def act() -> dict[str, Any]:
            if need.state in _OVER:
                raise WrongMoment("need_over")
            for same in uow.case_shares.standing(need_id=need.id, councillor_id=chosen.member_id):
                if same.until_at > now:
                    return {"ref": same.ref}  # from another window
                end_share(uow, actor, same, OVER, OVER, now)
            return {"ref": _share(uow, actor, member, need, chosen, ward_id, shown, now)}

        result = once(
            uow, "councillors.let_see", actor=actor, key=key, now=now, act=act,
            arguments={"need": need.ref, "councillor": chosen.ref},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def _share(
    uow: UnitOfWork, actor: Actor, member: Member, need: Need, chosen: Councillor, ward_id: int,
    shown: Shown, now: datetime,
) -> str:  # fmt: skip
    until = now + LASTS[COUNCILLOR]
    if chosen.until is not None:
        until = min(until, chosen.until)
    kept = uow.case_shares.add(
        place_id=member.place_id, ref=uow.refs.new(member.place_id, "case-share"),
        member_id=member.id, need_id=need.id, councillor_id=chosen.member_id, ward_id=ward_id,
        given_at=now, until_at=until,
    )  # fmt: skip
    agree(uow, actor, member, COUNCILLOR, shown, now, about=kept.ref, until=until)
    uow.audit.record(
        actor, "need.shown_to_councillor", place_id=member.place_id, now=now,
        subject=("need", need.id, need.ref), why=chosen.ref,
    )  # fmt: skip
    return kept.ref


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """They see it no more. Raises NotFound (also for another's), NotAllowed, KeyReused."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        share = uow.case_shares.by_ref(member.place_id, ref)
        if share.member_id != member.id:
            raise NotFound("share_unknown")

        def act() -> dict[str, Any]:
            if share.ended_at is None:
                end_share(uow, actor, share, "taken-back", "page", now)
            return {"ref": share.ref}

        once(uow, "councillors.end", actor=actor, key=key, now=now, act=act,
             arguments={"ref": share.ref})  # fmt: skip
        uow.commit()


def cases(*, actor: Actor, now: datetime) -> tuple[SharedCaseView, ...]:
    """What people let this councillor see, each a sight of whoever asks. It ends by itself with the
    term, or when either leaves the ward. Raises NotAllowed for whoever has no ward."""
    place_id = actor.place_id
    wards = {one.ward_id for one in actor.grants if one.ward_id is not None}
    mine = {one for one in wards if allowed(actor, Action.SEE_WARD, Subject(place_id, ward_id=one))}
    if not mine:
        raise NotAllowed(action=Action.SEE_WARD.value)
    with unit_of_work() as uow:
        found = []
        for share in uow.case_shares.seen_by(actor.member_id or 0, now):
            if share.ward_id not in mine or share.place_id != place_id:
                continue
            if not shows_to(uow, actor, share.member_id):
                continue  # they were hidden since, or keep this councillor away
            need, member = uow.needs.by_id(share.need_id), uow.homes.member(share.member_id)
            uow.sights.log(
                actor, member.id, ("name", "words"), place_id=share.place_id, why="councillor",
                now=now, subject_ref=need.ref,
            )  # fmt: skip
            found.append(SharedCaseView(
                need.ref, member.shown_name, need.category, _words(need),
                need.windows, need.needed_by, need.state, uow.homes.ward_name(share.ward_id),
                need.posted_at, share.until_at,
            ))  # fmt: skip
        uow.commit()
    return tuple(found)


def close_over(*, actor: Actor, now: datetime, limit: int = 100) -> int:
    """End what councillors may see no more: its time is over, or one of the two has left the ward;
    how many. Call it until it gives 0. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with unit_of_work() as uow:
        over = uow.case_shares.over(now, limit)
        for share in over:
            because = "over" if share.until_at <= now else "not-their-ward"
            end_share(uow, actor, share, because, OVER, now)
        uow.commit()
    return len(over)


def _case(uow: UnitOfWork, actor: Actor, need_ref: str) -> tuple[Member, Need, int]:
    """A need of the actor's own, and the ward where they live."""
    member = own(uow, actor, Action.SEE_OWN)
    need = uow.needs.by_ref(place_of(actor), need_ref)
    if need.organisation_id is not None or need.asker_id != member.id:
        require(actor, Action.CHANGE_NEED, of_need(need))
        raise NotFound("need_unknown")
    cell = uow.homes.cell_of(member.id)
    if cell is None:
        raise Invalid("councillor", "no_home")
    return member, need, cell.ward_id


def _words(need: Need) -> str | None:
    """What was asked for, in the asker's words; None where a number or an address stands in it."""
    tells = any(one.code in TELLS_WHERE for one in findings_in(need.words))
    return None if tells else need.words


def _of_ward(uow: UnitOfWork, member: Member, ward_id: int, now: datetime) -> list[Councillor]:
    found = uow.case_shares.councillors(member.place_id, ward_id, now)
    return [one for one in found if one.member_id != member.id]
