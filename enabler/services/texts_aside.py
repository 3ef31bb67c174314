"""What somebody texted and nobody but people can answer: read at the desk, and done with."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import NotAllowed, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.inbound import InboundText
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._hidden import require_known
from enabler.services._once import once
from enabler.services._subjects import place_of
from enabler.services.views.texts import TextAsideView

_AROUND = timedelta(days=1)
"""What was said in several texts is read as a whole: of the day before, and what came since."""
_MOST_BESIDE = 20


def show(*, actor: Actor, ref: str, now: datetime) -> TextAsideView:
    """One of them, with whose it is where a member here has the number: a sight.

    Raises NotFound (also of somebody hidden), NotAllowed (also of one's own).
    """
    with unit_of_work() as uow:
        text = uow.inbound.by_ref(place_of(actor), ref)
        require(actor, Action.MODERATE, Subject(text.place_id))
        member = _whose(uow, actor, text)
        phone = uow.phones.by_id(text.phone_id)
        if member is not None:
            uow.sights.log(
                actor, member.id, ("words", "name", "phone"), place_id=text.place_id,
                why="moderation", now=now, subject_ref=text.ref,
            )  # fmt: skip
        view = TextAsideView(
            ref=text.ref or ref, words=text.body, number=phone.number, at=text.received_at,
            member_ref=None if member is None else member.ref,
            name=None if member is None else member.name,
            language=phone.language if member is None else member.language,
            looked=text.looked_at is not None,
            beside=tuple(
                (each.received_at, each.body)
                for each in uow.inbound.beside(text, text.received_at - _AROUND, _MOST_BESIDE)
            ),
        )  # fmt: skip
        uow.commit()
    return view


def looked(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """The actor has looked at it, and done what it asks for.

    Raises NotFound (also of somebody hidden), NotAllowed (also of one's own), WrongMoment,
    KeyReused.
    """
    with unit_of_work() as uow:
        text = uow.inbound.by_ref(place_of(actor), ref)
        require(actor, Action.MODERATE, Subject(text.place_id))
        _whose(uow, actor, text)

        def act() -> dict[str, Any]:
            if not uow.inbound.looked(text.id, now):
                raise WrongMoment("text_looked_at_already")
            uow.desk.let_go(text.place_id, "text", text.ref or ref)
            uow.audit.record(
                actor, "text.looked-at", place_id=text.place_id, now=now,
                subject=("text", text.id, text.ref), whose=text.member_id,
            )  # fmt: skip
            return {"ref": text.ref}

        once(
            uow, "texts_aside.looked", actor=actor, key=key, now=now, act=act,
            arguments={"ref": text.ref},
        )  # fmt: skip
        uow.commit()


def _whose(uow: UnitOfWork, actor: Actor, text: InboundText) -> Member | None:
    if text.set_aside_at is None:
        raise NotFound("text_unknown")
    if text.member_id is None:
        return None
    member = require_known(uow, actor, uow.homes.member(text.member_id))
    if member.id == actor.member_id:
        raise NotAllowed("own_case")
    return member
