"""Who acts for a member: seen, ended with one press, and how much is told of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.mandates import Ended, Hears, Mandate
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.told_looks import OF_A_REMOVAL
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._acting import may_use, require_neither
from enabler.services._mandate_views import supporter_view, supporters_view
from enabler.services._mandates import end as end_mandate
from enabler.services._mandates import take_back_asks
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._subjects import place_of
from enabler.services.views.mandates import SupportersView, SupporterView

__all__ = [
    "end",
    "end_all_of",
    "end_by_lead",
    "for_lead",
    "give_up",
    "hear",
    "mine",
    "show",
    "standing",
]


def mine(*, actor: Actor, now: datetime) -> SupportersView:
    """Who acts for the actor, who did, who asks to, and what was done for them; names are sights.

    Raises NotAllowed.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        view = supporters_view(uow, actor, member, now)
        uow.commit()
    return view


def standing(*, actor: Actor, now: datetime) -> tuple[SupporterView, ...]:
    """Who acts for the actor at this moment, and nothing of who did; names are sights.

    Raises NotAllowed.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        found = uow.mandates.open_of(member.id, now)
        view = tuple(supporter_view(uow, actor, one, now) for one in found)
        uow.commit()
    return view


def show(*, actor: Actor, ref: str, now: datetime) -> SupporterView:
    """One mandate that the actor gave. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        view = supporter_view(uow, actor, _given(uow, actor, member, ref), now)
        uow.commit()
    return view


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """The supporter acts for the actor no more, from their next page on. They are not told.

    What is over already stays so. Raises NotFound, NotAllowed, KeyReused.
    """

    def act(uow: UnitOfWork, mandate: Mandate) -> None:
        end_mandate(uow, actor, mandate, Ended.MEMBER, now)

    _change(actor, ref, "end", {}, key, now, act)


def end_all_of(*, actor: Actor, key: str, now: datetime) -> int:
    """Nobody acts for the actor any more, nor begins to by what they had agreed to before; how many
    did. One word by text is enough.

    Raises NotAllowed, KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)

        def act() -> dict[str, Any]:
            uow.contacts.hold(member.id)
            found = uow.mandates.open_of(member.id, now)
            for one in found:
                end_mandate(uow, actor, one, Ended.MEMBER, now)
            take_back_asks(uow, actor, member.id, now)
            return {"ended": len(found)}

        result = once(
            uow, "mandates.end_all_of", actor=actor, key=key, arguments={}, now=now, act=act
        )
        uow.commit()
    return int(result["ended"])


def hear(*, actor: Actor, ref: str, hears: str, key: str, now: datetime) -> None:
    """How much the actor wants to hear of what a supporter does: each thing, once a day, or what is
    big alone. Raises NotFound, NotAllowed, Invalid("hears", hears_unknown), KeyReused."""
    if hears not in {each.value for each in Hears}:
        raise Invalid("hears", "hears_unknown")

    def act(uow: UnitOfWork, mandate: Mandate) -> None:
        uow.mandates.hear(mandate.id, Hears(hears))
        uow.audit.record(
            actor, "mandate.heard", place_id=mandate.place_id, now=now, columns=("hears",),
            subject=("mandate", mandate.id, mandate.ref),
        )  # fmt: skip

    _change(actor, ref, "hear", {"hears": hears}, key, now, act)


def give_up(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """A supporter acts for somebody no more, by their own will. Raises NotFound, NotAllowed,
    KeyReused."""
    with unit_of_work() as uow:
        own(uow, actor, Action.CHANGE_OWN)
        mandate = uow.mandates.by_ref(place_of(actor), ref)
        member = uow.homes.member(mandate.member_id)
        over = mandate.ended_because is Ended.SUPPORTER
        if not over and not may_use(uow, mandate, member, actor, now):
            raise NotFound("mandate_unknown")

        def act() -> dict[str, Any]:
            end_mandate(uow, actor, mandate, Ended.SUPPORTER, now)
            return {"mandate": mandate.ref}

        once(
            uow, "mandates.give_up", actor=actor, key=key, now=now, act=act,
            arguments={"mandate": mandate.ref},
        )  # fmt: skip
        uow.commit()


def end_by_lead(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """A safeguarding lead ends a mandate; the supporter is not told. Raises NotFound, NotAllowed
    (also for one of its two: own_case), KeyReused."""
    with unit_of_work() as uow:
        mandate = uow.mandates.by_ref(place_of(actor), ref)
        require(actor, Action.END_MANDATE, Subject(mandate.place_id))
        require_neither(mandate, actor)

        def act() -> dict[str, Any]:
            end_mandate(uow, actor, mandate, Ended.LEAD, now)
            return {"mandate": mandate.ref}

        once(
            uow, "mandates.end_by_lead", actor=actor, key=key, now=now, act=act,
            arguments={"mandate": mandate.ref},
        )  # fmt: skip
        uow.commit()


def for_lead(*, actor: Actor, ref: str, now: datetime) -> SupporterView:
    """A mandate, for a safeguarding lead; the supporter's name is a sight that they do not read of,
    as they hear nothing of its end. Raises NotFound, NotAllowed (also for one of its two:
    own_case)."""
    with unit_of_work() as uow:
        mandate = uow.mandates.by_ref(place_of(actor), ref)
        require(actor, Action.END_MANDATE, Subject(mandate.place_id))
        require_neither(mandate, actor)
        view = supporter_view(uow, actor, mandate, now, why=OF_A_REMOVAL)
        uow.commit()
    return view


def _change(
    actor: Actor, ref: str, what: str, said: dict[str, Any], key: str, now: datetime,
    change: Callable[[UnitOfWork, Mandate], None],
) -> None:  # fmt: skip
    """What a member does to a mandate that they gave, once."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        mandate = _given(uow, actor, member, ref)

        def act() -> dict[str, Any]:
            uow.contacts.hold(member.id)
            change(uow, mandate)
            return {"mandate": mandate.ref}

        once(
            uow, f"mandates.{what}", actor=actor, key=key, now=now, act=act,
            arguments={"mandate": mandate.ref, **said},
        )  # fmt: skip
        uow.commit()


def _given(uow: UnitOfWork, actor: Actor, member: Member, ref: str) -> Mandate:
    mandate = uow.mandates.by_ref(place_of(actor), ref)
    if mandate.member_id != member.id:
        raise NotFound("mandate_unknown")
    return mandate
