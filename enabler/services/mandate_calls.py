"""Somebody rings and says who shall act for them no more: people at the desk end it by their word.

The supporter hears nothing, as of every end. The member is told in their own way, without a name:
whoever else reads their messages learns of nobody by it.
"""

from datetime import datetime
from typing import Any

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.looks import checked_reason
from enabler.domain.mandates import Ended, Mandate
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Priority
from enabler.domain.words import checked_words
from enabler.persistence.told_looks import OF_A_REMOVAL
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._acting import is_of_it
from enabler.services._hidden import require_known
from enabler.services._looking import look_up, require_reason
from enabler.services._mandate_views import supporter_view
from enabler.services._mandates import end as end_mandate
from enabler.services._mandates import take_back_asks
from enabler.services._once import once
from enabler.services._tell import tell
from enabler.services.views.mandates import CallerGaveView

__all__ = ["end", "find", "show"]

LONGEST = 500


def find(*, actor: Actor, typed: str, reason: str, words: str | None = None, now: datetime) -> str:
    """The ref of whoever has this number or reference; ``reason`` is why the actor looks them up,
    and holds for half an hour. Nothing of them is shown by it.

    Raises NotAllowed, Invalid("who", person_unknown), Invalid("reason" or "words").
    """
    why = checked_reason(reason, words)
    with unit_of_work() as uow:
        require(actor, Action.RECORD_MANDATE, Subject(actor.place_id))
        found = look_up(uow, actor, typed, why, now)
        uow.commit()
    return found.ref


def show(*, actor: Actor, ref: str, now: datetime) -> CallerGaveView:
    """Who may act for the caller now, and what they have to know so that they are who they say.
    It is a sight that the caller reads of, and no supporter does.

    Raises NotFound, NotAllowed (own_case), WrongMoment("look_reason_missing").
    """
    with unit_of_work() as uow:
        require(actor, Action.RECORD_MANDATE, Subject(actor.place_id))
        member, given = _given(uow, actor, ref, now)
        phone = uow.contacts.of(member.id).get("phone")
        uow.sights.log(
            actor, member.id, ("name", "phone", "supporters"), place_id=member.place_id, now=now,
            why="looked-up", subject_ref=member.ref,
        )  # fmt: skip
        view = CallerGaveView(
            ref=member.ref, name=member.name,
            phone_end=None if phone is None else PhoneNumber.parse(phone.value).national[-3:],
            given=tuple(supporter_view(uow, actor, one, now, why=OF_A_REMOVAL) for one in given),
        )  # fmt: skip
        uow.commit()
    return view


def end(
    *, actor: Actor, ref: str, which: tuple[str, ...], words: str, key: str, now: datetime
) -> None:
    """The caller said so: of these nobody acts for them any more, from their next page on. Where
    that is all of them, nothing that was agreed to before begins either.

    ``words``: how the actor knows who it was. Raises NotFound, NotAllowed (own_case),
    Invalid("which", choose_one), Invalid("words", code), WrongMoment("look_reason_missing"),
    KeyReused.
    """
    said = checked_words("words", words, most=LONGEST)
    with unit_of_work() as uow:
        require(actor, Action.RECORD_MANDATE, Subject(actor.place_id))
        member, given = _given(uow, actor, ref, now)

        def act() -> dict[str, Any]:
            uow.contacts.hold(member.id)
            chosen = [one for one in given if one.ref in which]
            if not chosen:
                raise Invalid("which", "choose_one")
            for one in chosen:
                end_mandate(uow, actor, one, Ended.WORD, now)
            if len(chosen) == len(given):
                take_back_asks(uow, actor, member.id, now)
            _record(uow, actor, member, chosen, said, now)
            return {"ended": len(chosen)}

        once(
            uow, "mandate_calls.end", actor=actor, key=key, now=now, act=act,
            arguments={"member": member.ref, "which": sorted(which)},
        )  # fmt: skip
        uow.commit()


def _given(uow: UnitOfWork, actor: Actor, ref: str, now: datetime) -> tuple[Member, list[Mandate]]:
    """The caller and the mandates that they gave. Nobody answers their own call, nor that of
    somebody for whom they act or who acts for them."""
    member = require_known(uow, actor, uow.homes.member_by_ref(actor.place_id, ref))
    given = uow.mandates.open_of(member.id, now)
    acts_for_actor = any(
        one.supporter_id == member.id for one in uow.mandates.open_of(actor.member_id or 0, now)
    )
    if (
        actor.member_id is None or member.id == actor.member_id or acts_for_actor
        or any(is_of_it(one, actor) for one in given)
    ):  # fmt: skip
        raise NotAllowed("own_case")
    require_reason(uow, actor, member, now)
    return member, given


def _record(
    uow: UnitOfWork, actor: Actor, member: Member, ended: list[Mandate], said: str, now: datetime
) -> None:
    """How they were known, in the words of whoever heard them; and the member is told."""
    for one in ended:
        uow.audit.record(
            actor, "mandate.word-taken", place_id=member.place_id, now=now,
            subject=("mandate", one.id, one.ref), values={"words": (None, said)},
            whose=actor.member_id,
        )  # fmt: skip
    tell(
        uow, place_id=member.place_id, member_id=member.id, template="mandate_word",
        parameters={"mandate": ended[0].ref}, priority=Priority.MATCH, now=now,
        dedupe_key=f"mandate_word:{ended[0].ref}",
    )  # fmt: skip
