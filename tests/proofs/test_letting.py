"""What somebody lets others see: one thing, to one of them, until a day and not a second longer."""

from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.members import RoleRow
from enabler.persistence.tables.sight_grants import SightGrantRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import carrying, credentials, details, letting
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, an_organisation
from tests.proofs.scene import DAY, K, a_holder, refused, rows
from tests.services.deeds import a_key

UNTIL = NOW + 10 * DAY
SECOND = timedelta(seconds=1)


def let(owner: BuiltMember, what: str, to: str, until: Any = UNTIL) -> str:
    return letting.let_see(actor=owner.actor, what=what, to=to, until=until, key=a_key(), now=NOW)


@pytest.fixture
def owner(place: BuiltPlace) -> BuiltMember:
    member, _ = a_holder(place, "Olive Owner")
    details.need_access(
        actor=member.actor,
        needs=["step-free"],
        words="The bell is broken.",
        consented=True,
        key=a_key(),
        now=NOW,
    )
    return member


@pytest.fixture
def nurse(place: BuiltPlace) -> BuiltMember:
    """Somebody who works for the council."""
    return a_member(place, "Nan Nurse", roles=[Role.CALL_HANDLER])


def shown(viewer: BuiltMember, now: Any = NOW) -> tuple[Any, ...]:
    return letting.shown_to_me(actor=viewer.actor, now=now)


def test_what_helps_somebody_is_read_by_whom_they_named_until_the_second(
    owner: BuiltMember, nurse: BuiltMember, place: BuiltPlace
) -> None:
    let(owner, letting.WHAT_HELPS, nurse.ref)
    (one,) = shown(nurse, UNTIL - SECOND)
    assert (one.name, one.needs, one.words) == (
        "Olive Owner", ("step-free",), "The bell is broken.",
    )  # fmt: skip
    assert shown(nurse, UNTIL) == ()
    assert shown(a_member(place, roles=[Role.CALL_HANDLER])) == ()
    (sight,) = rows(SightRow, member_id=owner.id)
    assert (sight.viewer, sight.why, sight.what) == (nurse.ref, "let-see", "access-needs,name")


def test_one_press_ends_it(owner: BuiltMember, nurse: BuiltMember, place: BuiltPlace) -> None:
    ref = let(owner, letting.WHAT_HELPS, nurse.ref)
    for other in (nurse, a_member(place)):
        with pytest.raises(NotFound):
            letting.end(actor=other.actor, ref=ref, key=a_key(), now=NOW)
    letting.end(actor=owner.actor, ref=ref, key=a_key(), now=NOW)
    assert shown(nurse) == ()
    assert letting.mine(actor=owner.actor, now=NOW).given == ()
    again = let(owner, letting.WHAT_HELPS, nurse.ref)
    assert again != ref
    assert len(shown(nurse)) == 1


def test_a_check_is_seen_as_it_is_at_that_moment(place: BuiltPlace, nurse: BuiltMember) -> None:
    holder, check = a_holder(place)
    let(holder, check, nurse.ref)
    (one,) = shown(nurse)
    assert (one.check.kind, one.check.state) == (K.DBS_ENHANCED, "holds")
    credentials.revoke(
        actor=a_custodian(place).actor, ref=check, words="Mistaken.", key=a_key(), now=NOW
    )
    assert shown(nurse)[0].check.state == "revoked"


def test_an_organisation_reads_it_by_those_who_lead_it(
    place: BuiltPlace, owner: BuiltMember
) -> None:
    shop = an_organisation(place)
    let(owner, letting.WHAT_HELPS, shop.ref)
    (one,) = letting.shown_to_organisation(actor=shop.owner.actor, ref=shop.ref, now=NOW)
    assert one.words == "The bell is broken."
    with pytest.raises(NotAllowed):
        letting.shown_to_organisation(actor=owner.actor, ref=shop.ref, now=NOW)


def test_a_check_for_an_organisation_stands_with_the_other_shared_ones(place: BuiltPlace) -> None:
    shop = an_organisation(place)
    holder, check = a_holder(place)
    let(holder, check, shop.ref)
    (one,) = letting.mine(actor=holder.actor, now=NOW).given
    assert (one.of_check, one.kind) == (True, K.DBS_ENHANCED)
    seen = carrying.shown_to_organisation(actor=shop.owner.actor, ref=shop.ref, now=NOW)
    assert [each.name for each in seen] == ["Hal Holder"]
    carrying.end_leave(actor=holder.actor, ref=one.ref, key=a_key(), now=NOW)
    assert letting.mine(actor=holder.actor, now=NOW).given == ()


def test_whoever_acts_for_nobody_sees_nothing_any_more(
    owner: BuiltMember, nurse: BuiltMember
) -> None:
    let(owner, letting.WHAT_HELPS, nurse.ref)
    with unit_of_work() as uow:
        uow.session.query(RoleRow).filter_by(member_id=nurse.id).update({"until_at": NOW})
        uow.commit()
    assert shown(nurse) == ()


def test_it_is_ones_own_to_show_to_whom_that_may_be(
    place: BuiltPlace, noise: BuiltPlace, owner: BuiltMember, nurse: BuiltMember
) -> None:
    far = a_member(noise, roles=[Role.CALL_HANDLER])
    for nobody in (owner.ref, a_member(place).ref, far.ref, "ZZZZ", "not a ref"):
        with refused("shown_to_unknown", Invalid):
            let(owner, letting.WHAT_HELPS, nobody)
    for day in (NOW, NOW + 400 * DAY):
        with refused("leave_too_long", Invalid):
            let(owner, letting.WHAT_HELPS, nurse.ref, day)
    _, check = a_holder(place)
    with pytest.raises(NotFound):
        let(owner, check, nurse.ref)


def test_leave_is_forgotten_a_year_after_its_day(owner: BuiltMember, nurse: BuiltMember) -> None:
    let(owner, letting.WHAT_HELPS, nurse.ref)
    for day, left in ((UNTIL + 364 * DAY, 1), (UNTIL + 365 * DAY, 0)):
        with unit_of_work() as uow:
            uow.credentials.forget(day)
            uow.commit()
        assert len(rows(SightGrantRow)) == left
