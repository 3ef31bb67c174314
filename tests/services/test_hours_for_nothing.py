"""Whoever wants hours for nothing, keeps what they owe, or decides alone of their own, does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import hours_desk, hours_events, leaving
from enabler.services._hours_letters import event_as_a_whole
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.acting import acting, told
from tests.services.deeds import a_key, accept, earn, post
from tests.services.noting import SATURDAY, broken_laws, give_to, help_noted, noted, stands
from tests.services.test_help_hours import a_pot, confirm, done, rules_say, settled
from tests.services.test_hours_disputed import decide, not_so, take_back
from tests.services.test_hours_proposals import decide as allow
from tests.services.test_hours_proposals import gave, grant, undo


@pytest.fixture
def pantry(place: BuiltPlace) -> BuiltOrganisation:
    made = an_organisation(place)
    give_to(place, made, 3000)
    return made


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Long", at=(600, 600))


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def also_for(custodian: BuiltMember, pantry: BuiltOrganisation) -> BuiltMember:
    """The custodian, who acts for the organisation as well."""
    found = acting(custodian, pantry, Role.ORGANISATION_COORDINATOR)
    return replace(found, actor=replace(found.actor, second_factor=True))


@pytest.mark.parametrize("who", ["custodian", "lead"])
def test_whoever_was_taught_does_not_take_back_what_they_owe_for_it(
    place: BuiltPlace, pantry: BuiltOrganisation, ann: BuiltMember, carol: BuiltMember, who: str
) -> None:
    owing = carol if who == "custodian" else pantry.owner
    writer = a_custodian(place, "Dan Desk")
    event = noted(writer, owing, way="one-to-many", one=ann.ref, organisation_ref=pantry.ref)
    assert hours_events.show(actor=owing.actor, ref=event.ref, now=NOW).may == {"dispute"}
    with pytest.raises(NotAllowed):
        take_back(owing, event.ref)
    cora = acting(a_member(place, "Cora Lead"), pantry, Role.ORGANISATION_COORDINATOR)
    with pytest.raises(NotAllowed):  # a friend who leads it does not either
        take_back(cora, event.ref)
    assert stands(owing) == (0, 120)
    take_back(writer, event.ref)
    assert stands(owing) == (0, 0)


def test_a_custodian_who_acts_for_an_organisation_does_not_decide_what_it_owes(
    pantry: BuiltOrganisation, ann: BuiltMember, carol: BuiltMember
) -> None:
    both = also_for(carol, pantry)
    event = noted(pantry.owner, ann, organisation_ref=pantry.ref)
    not_so(ann, event.ref)
    assert hours_events.show(actor=both.actor, ref=event.ref, now=NOW).may == {"take-back"}
    with pytest.raises(NotAllowed) as refused:
        decide(both, event.ref, 1)
    assert refused.value.code == "party_to_it"


def test_a_day_has_no_more_hours_for_being_written_down_in_parts(
    place: BuiltPlace, pantry: BuiltOrganisation, ann: BuiltMember, carol: BuiltMember
) -> None:
    mine = {"organisation_ref": pantry.ref}
    noted(pantry.owner, ann, minutes=400, **mine)
    for writer in (pantry.owner, carol):
        with pytest.raises(Invalid) as refused:
            noted(writer, ann, minutes=81, words="More", **mine)
        assert (refused.value.field, refused.value.code) == ("people", "person_day_is_full")
        assert (refused.value.facts["ref"], refused.value.facts["left"]) == (ann.ref, 80)
    noted(pantry.owner, ann, minutes=80, words="The rest", **mine)
    noted(pantry.owner, ann, minutes=480, on_day=SATURDAY.replace(day=6), **mine)
    assert stands(pantry) == (3000, 400 + 80 + 480)


def test_an_organisation_is_not_told_how_full_a_day_was_elsewhere(
    place: BuiltPlace, pantry: BuiltOrganisation, ann: BuiltMember
) -> None:
    kettle = an_organisation(place, "Copper Kettle")
    noted(kettle.owner, ann, minutes=480, organisation_ref=kettle.ref)
    assert noted(pantry.owner, ann, minutes=480, organisation_ref=pantry.ref).sides


def test_help_is_credited_within_the_day_on_which_an_afternoon_was_written_down(
    pantry: BuiltOrganisation, ann: BuiltMember, place: BuiltPlace
) -> None:
    hal = a_helper(place, "Hal Near")
    noted(pantry.owner, hal, organisation_ref=pantry.ref, minutes=450, on_day=NOW.date())
    post(ann, duration_minutes=60)
    ref = accept(hal).ref
    done(hal, ref, 60)
    confirm(ann, ref)
    assert (settled(ref).minutes, stands(ann)) == (30, (-30, 0))


def test_nobody_gives_an_organisations_hours_behind_its_back(
    place: BuiltPlace, pantry: BuiltOrganisation, ann: BuiltMember, carol: BuiltMember
) -> None:
    cora = acting(a_member(place, "Cora Lead"), pantry, Role.ORGANISATION_COORDINATOR)
    mine = {"organisation_ref": pantry.ref}
    noted(pantry.owner, ann, minutes=60, **mine)
    assert (told(cora), told(pantry.owner)) == ([], [])
    noted(carol, ann, minutes=60, words="By the council", **mine)
    assert (told(cora), told(pantry.owner)) == (["hours_noted_of"], ["hours_noted_of"])
    event = noted(pantry.owner, ann, pantry.owner, minutes=60, words="By oneself", **mine)
    assert (told(cora), told(pantry.owner)) == (["hours_noted_of"] * 2, ["hours_noted_of"])
    with unit_of_work() as uow:
        about = event_as_a_whole(uow, place.id, event.ref, NOW)
    assert (about.organisation, about.minutes, about.state) == ("Elmford Pantry", 120, "open")
    assert about.answerers == {cora.id, pantry.owner.id}
    take_back(cora, event.ref)
    with unit_of_work() as uow:
        gone = event_as_a_whole(uow, place.id, event.ref, NOW)
    assert gone.state == "over"


def test_whoever_leads_what_helps_them_brings_it_no_hours(
    place: BuiltPlace, pantry: BuiltOrganisation
) -> None:
    a_pot(place, 1000)
    an_offer(pantry, "shopping", reach=9000)
    cora = acting(a_member(place, "Cora Lead"), pantry, Role.ORGANISATION_COORDINATOR)
    hetty = acting(a_member(place, "Hetty Hands"), pantry, Role.ORGANISATION_HELPER)
    earned = {}
    for asker in (pantry.owner, hetty):
        post(asker)
        ref = accept(cora).ref
        done(asker, ref, 480)
        earned[asker.id] = settled(ref).earns
    assert earned == {pantry.owner.id: "gift", hetty.id: "hours"}
    assert stands(pantry.owner) == (0, 0)


def test_two_who_draw_on_a_pot_together_are_looked_at_and_then_let_be(
    place: BuiltPlace, ann: BuiltMember, carol: BuiltMember
) -> None:
    rules_say(place, hours_from_pots=300)
    pot, hal = a_pot(place, 6000), a_helper(place, "Hal Near")
    paid = []
    for nth in range(4):
        at = NOW + timedelta(days=nth)
        post(ann, now=at, words=f"Please bring me these {nth} things.")
        ref = accept(hal, now=at).ref
        done(hal, ref, 390, at)
        confirm(ann, ref, at)
        paid.append((settled(ref).state, settled(ref).by_pot))
        if settled(ref).state == "looked-at":
            (flag,) = hours_desk.desk(actor=carol.actor, now=at).flags
            assert (flag.kind, flag.minutes, flag.people) == ("burst", 90 + 390, 2)
            hours_desk.settle(
                actor=carol.actor, ref=flag.ref, choice="counts", words="I know both.",
                key=a_key(), now=at,
            )  # fmt: skip
    assert paid == [("settled", 90), ("looked-at", 0), ("settled", 390), ("settled", 390)]
    with reading() as uow:
        assert uow.ledger.account(pot).posted == 6000 - 90 - 3 * 390
    assert broken_laws() == {}


def test_a_pot_is_not_emptied_without_the_other_custodians_hearing_of_it(
    place: BuiltPlace, noise: BuiltPlace, pantry: BuiltOrganisation, ann: BuiltMember,
    carol: BuiltMember,
) -> None:  # fmt: skip
    a_pot(place, 1000)
    dan, eve, nell = (
        a_custodian(where, name)
        for where, name in ((place, "Dan Desk"), (place, "Eve Desk"), (noise, "Nell Desk"))
    )
    noted(carol, ann, organisation_ref=pantry.ref)
    help_noted(carol, ann, a_member(place, "Ben Near"))
    assert told(dan) == []
    noted(carol, ann, eve, minutes=60, words="By the community")
    help_noted(carol, dan, a_member(place, "Una New", phone=False, mail=False))
    assert [told(each) for each in (carol, dan, nell)] == [
        [], ["hours_noted_staff", "hours_noted_in"], []
    ]  # fmt: skip
    assert told(eve) == ["hours_noted_in", "hours_noted_staff"]


def test_the_rest_of_a_help_that_was_undone_is_not_paid_from_a_pot(
    place: BuiltPlace, ann: BuiltMember, carol: BuiltMember
) -> None:
    hal, dan = a_helper(place, "Hal Near"), a_custodian(place, "Dan Desk")
    post(ann)
    ref = accept(hal).ref
    done(hal, ref, 360)
    confirm(ann, ref)
    a_pot(place, 600)
    (flag,) = hours_desk.desk(actor=carol.actor, now=NOW).flags

    def payable() -> bool:
        return bool(hours_desk.flag(actor=carol.actor, ref=flag.ref, now=NOW).pots)

    assert payable()
    with reading() as uow:
        first = next(each.seq for each in uow.ledger.of_group(f"match:{ref}") if each.moved)
    allow(dan, undo(carol, first).ref)
    assert not payable()


def test_nothing_is_proposed_for_an_account_that_its_owner_has_left(
    place: BuiltPlace, ann: BuiltMember, carol: BuiltMember
) -> None:
    number = gave(ann, carol, 60)
    earn(ann, 60)
    leaving.leave(actor=ann.actor, to=None, key=a_key(), now=NOW)
    with pytest.raises(Invalid) as nobody:
        grant(a_custodian(place, "Dan Desk"), ann.ref)
    with pytest.raises(WrongMoment) as over:
        undo(a_custodian(place, "Eve Desk"), number)
    assert (nobody.value.code, over.value.code) == ("grant_receiver_unknown", "account_closed")
