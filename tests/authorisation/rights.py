"""What members agree to, complain of and may ask about: each owner has theirs."""

from datetime import timedelta

from enabler.domain.complaints import clock_of
from enabler.domain.consents import ACCESS, COUNCILLOR, ON_A_PAGE, newest
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services import _links, looked
from enabler.services.complaints import OF_A_COMPLAINT
from enabler.services.ports import Secrets
from tests.authorisation.people import FROM_ELSEWHERE, Principal
from tests.authorisation.whose import NO_THING, Owner, Refs
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member

KINDS = ("complaint", "answered complaint", "case share", "councillor", "look")
_SAID = "Of {}, the stairs are afraid"
_LONG = timedelta(days=80)
_LOOKS = ("custodian", "safeguarding-lead")
"""Who at the desk has said why they look: what they see then is what is tried."""


def rights(
    owners: list[Owner], refs: Refs, principals: dict[str, Principal],
    places: tuple[BuiltPlace, BuiltPlace], secrets: Secrets,
) -> Refs:  # fmt: skip
    """All of it; ``refs`` are those of the other things."""
    elected = {place.id: another_elected(place) for place in places}
    found: Refs = {}
    with unit_of_work() as uow:
        for owner in owners:
            vera = elected[owner.asker.place.id]
            found |= rights_of(uow, owner, refs["need", owner.name], principals, vera)
        _agreed_elsewhere(uow, principals)
        uow.commit()
    return found | _link(found, secrets) | _looks(owners, secrets)


def another_elected(place: BuiltPlace) -> BuiltMember:
    """Somebody who was elected for the ward in which everybody lives."""
    return a_member(
        place, "Vera Elected", at=(1500, 300), credentials=(), roles=(Role.COUNCILLOR,),
        ward_id=place.ward_ids[0], address="2 Town Hall Yard",
    )  # fmt: skip


def rights_of(
    uow: UnitOfWork, owner: Owner, need: str, principals: dict[str, Principal], elected: BuiltMember
) -> Refs:
    """Of an owner: complaints, a consent, what a councillor may see of them, a look."""
    member, place_id = owner.asker, owner.asker.place.id
    uow.consents.give(place_id, member.id, newest(ACCESS), ON_A_PAGE, now=NOW)
    uow.sights.log(Actor.operator("tester"), member.id, ("name",), place_id=place_id,
                   why="looked-up", now=NOW)  # fmt: skip
    for name in _LOOKS:
        viewer = principals[name].member
        if viewer is not None and viewer.id != member.id:
            uow.looks.begin(place_id, viewer.id, member.id, reason="asked", words=None, now=NOW,
                            until=NOW + _LONG)  # fmt: skip
    special = {"ward": "councillor", "beyond": "councillor-east"}.get(owner.name)
    sees = principals[special].member if special else None
    found = {
        "complaint": _complaint(uow, owner),
        "answered complaint": _complaint(uow, owner, done=True),
        "case share": _share(uow, owner, need, sees or elected), "councillor": elected.ref,
    }  # fmt: skip
    return {(kind, owner.name): ref for kind, ref in found.items()}


def _complaint(uow: UnitOfWork, owner: Owner, *, done: bool = False) -> str:
    place_id = owner.asker.place.id
    clock = clock_of(NOW, "Europe/London")
    answered = {
        "state": "answered", "outcome": "right", "answer": "You are right.", "answered_at": NOW,
        "tell_next_at": None,
    }  # fmt: skip
    return uow.complaints.add(
        **{
            "place_id": place_id, "ref": uow.refs.new(place_id, "complaint"), "how": "page",
            "words": _SAID.format(owner.name), "by_member_id": owner.asker.id,
            "kept_from": [owner.asker.id], "made_at": NOW, "answer_by": clock.answer_by,
            "due_at": clock.due_at, "tell_next_at": clock.alarm_at, "state": "open",
        } | (answered if done else {})
    ).ref  # fmt: skip


def _share(uow: UnitOfWork, owner: Owner, need: str, councillor: BuiltMember) -> str:
    member, place_id = owner.asker, owner.asker.place.id
    share = uow.case_shares.add(
        place_id=place_id, ref=uow.refs.new(place_id, "case-share"), member_id=member.id,
        need_id=uow.needs.by_ref(place_id, need).id, councillor_id=councillor.id,
        ward_id=member.place.ward_at(member.east), given_at=NOW, until_at=NOW + _LONG,
    )  # fmt: skip
    uow.consents.give(place_id, member.id, newest(COUNCILLOR), ON_A_PAGE, now=NOW, about=share.ref,
                      until=NOW + _LONG)  # fmt: skip
    return share.ref


def _agreed_elsewhere(uow: UnitOfWork, principals: dict[str, Principal]) -> None:
    """Whoever lives in the other place has agreed to something there."""
    member = principals[FROM_ELSEWHERE].member
    if member is not None:
        uow.consents.give(member.place.id, member.id, newest(ACCESS), ON_A_PAGE, now=NOW)


def _link(refs: Refs, secrets: Secrets) -> Refs:
    """The link of a stranger's complaint."""
    token = _links.sign(secrets, OF_A_COMPLAINT, refs["complaint", "ward"])
    return {("complaint link", NO_THING): token}


def _looks(owners: list[Owner], secrets: Secrets) -> Refs:
    """The mark by which a member names the look of whoever runs the computer."""
    found: Refs = {}
    for owner in owners:
        days = looked.show(actor=owner.asker.actor, secrets=secrets, now=NOW).days
        found["look", owner.name] = next(one.mark for one in days if one.who == "operator")
    return found
