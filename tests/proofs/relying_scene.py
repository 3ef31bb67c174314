"""An organisation here, somebody who goes for it, and what the place next door checked of them."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.consents import RELY, Shown
from enabler.domain.vocabulary import Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import consents, relying
from enabler.services._checks import held_for
from tests.builders import (
    LONG_AGO,
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_member,
    an_offer,
    an_organisation,
)
from tests.proofs.scene import BASE, DAY, K, a_holder, a_proof, carried
from tests.services.acting import acting
from tests.services.deeds import a_key

PHONE = "+447700900001"


@dataclass(frozen=True)
class Scene:
    """``hetty`` here and ``there`` are one person; ``check`` and ``proof`` are refs of there."""

    carers: BuiltOrganisation
    lead: BuiltMember
    hetty: BuiltMember
    there: BuiltMember
    check: str
    proof: str


def set_scene(place: BuiltPlace, other: BuiltPlace, kind: K = K.DBS_ADULTS) -> Scene:
    carers = an_organisation(place, credentials=[K.IDENTITY, K.DBS_BOTH, K.DRIVING])
    an_offer(carers, "cleaning")
    lead = acting(a_member(place, "Cora Lead"), carers, Role.ORGANISATION_COORDINATOR)
    hetty = a_member(place, "Hetty Hands", credentials=[K.IDENTITY], phone=False)
    hetty = acting(hetty, carers, Role.ORGANISATION_HELPER)
    there, check = a_holder(other, "Hetty  hands", kind)
    reached(hetty, PHONE)
    reached(there, PHONE)
    return Scene(carers, lead, hetty, there, check, a_proof(there, check, until=NOW + 20 * DAY))


def reached(member: BuiltMember, phone: str, verified_at: datetime | None = LONG_AGO) -> None:
    """They have shown that this number is theirs."""
    with unit_of_work() as uow:
        uow.session.query(ContactRow).filter_by(member_id=member.id, kind="phone").delete()
        uow.session.add(ContactRow(
            place_id=member.place.id, member_id=member.id, kind="phone", value=phone,
            verified_at=verified_at,
        ))  # fmt: skip
        uow.commit()


def asked(
    scene: Scene, *, by: BuiltMember | None = None, to: BuiltOrganisation | None = None,
    code: str | None = None, now: datetime = NOW,
) -> str:  # fmt: skip
    """The organisation asks, with the code that Hetty reads out; the ref of it."""
    shown = carried(scene.there, scene.proof, now)
    return relying.ask(
        actor=(by or scene.lead).actor, organisation_ref=(to or scene.carers).ref,
        token=shown.token or "", code=code or shown.code or "", secrets=wiring().secrets,
        base_url=BASE, key=a_key(), now=now,
    )  # fmt: skip


def answered(scene: Scene, ref: str, agrees: bool = True, now: datetime = NOW) -> None:
    relying.answer(actor=scene.hetty.actor, ref=ref, agrees=agrees, shown=Shown("cy", "rely"),
                   key=a_key(), now=now)  # fmt: skip


def relied(scene: Scene) -> str:
    """Asked, and agreed to."""
    ref = asked(scene)
    answered(scene, ref)
    return ref


def taken_back(scene: Scene, ref: str, now: datetime = NOW) -> bool:
    return consents.withdraw(
        actor=scene.hetty.actor, code=RELY, about=ref, key=a_key(), now=now
    )  # fmt: skip


def counts(
    scene: Scene, now: datetime = NOW, *, who: BuiltMember | None = None,
    to: BuiltOrganisation | None = None,
) -> bool:  # fmt: skip
    """Whether it counts for a visit of the organisation."""
    with reading() as uow:
        has = held_for(uow, (who or scene.hetty).id, (to or scene.carers).id, now)
    return K.DBS_ADULTS in has
