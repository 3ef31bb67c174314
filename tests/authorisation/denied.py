"""Somebody of everybody's who waits to be looked at, one who was removed, a message and a text that
wait."""

from datetime import timedelta

from enabler.domain.members import NewMember
from enabler.domain.vocabulary import MemberState
from enabler.persistence.unit_of_work import UnitOfWork
from tests.authorisation.whose import Owner, Refs
from tests.builders import NOW

YEAR = timedelta(days=366)


def denied(uow: UnitOfWork, owner: Owner, match_ref: str) -> Refs:
    """An account that waits for the lead, a denial, what was written in a match, and what they
    texted."""
    place_id = owner.asker.place.id
    waits, gone = (_somebody(uow, place_id, state) for state in ("held", "suspended"))
    ref = uow.refs.new(place_id, "denial")
    denial_id = uow.denials.add(
        place_id=place_id, ref=ref, member_id=gone[0], reason="theft", by_name="lead", at=NOW,
        until_at=NOW + 6 * YEAR, marks=[("phone", f"digest-{ref}")],
    )  # fmt: skip
    uow.denials.add_match(place_id, waits[0], denial_id, ["phone"], NOW)
    match = uow.matches.by_ref(None, match_ref)
    message = uow.held_messages.add(
        place_id=place_id, ref=uow.refs.new(place_id, "message"), match_id=match.id,
        by_member_id=owner.helper.id, side="helper", words="It is a fine day.", holds=[], at=NOW,
    )  # fmt: skip
    kinds = {
        "waiting member": waits[1], "denial": ref, "waiting message": message.ref,
        "text aside": _text(uow, owner),
    }  # fmt: skip
    return {(kind, owner.name): each for kind, each in kinds.items()}


def _text(uow: UnitOfWork, owner: Owner) -> str:
    place_id = owner.asker.place.id
    number = uow.contacts.of(owner.asker.id)["phone"].value
    phone, ref = uow.phones.of(place_id, number, NOW), uow.refs.new(place_id, "text")
    uow.inbound.keep(
        phone, provider_ref=ref, body="Is it the blue one?", received_at=NOW, ref=ref,
        set_aside_at=NOW, answered_at=NOW, came_of="answered",
    )  # fmt: skip
    return ref


def _somebody(uow: UnitOfWork, place_id: int, state: str) -> tuple[int, str]:
    new = NewMember(
        place_id=place_id, ref=uow.refs.new(place_id, "member"), name="Nobody Inparticular",
        shown_name="Nobody", adult=True, language="en", home_id=None,
    )  # fmt: skip
    member = uow.members.add(new, now=NOW)
    uow.members.change(member.id, state=MemberState(state))
    return member.id, member.ref
