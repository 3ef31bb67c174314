"""Pots: opened once for whose they are, changed, closed when empty; what is in them, from whom."""

from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import hours_proposals, pots
from enabler.services.views.hours_desk import KeptPotView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_organisation,
)
from tests.services.deeds import a_key, accept, post
from tests.services.test_help_hours import confirm, done, in_order, settled
from tests.services.test_hours_proposals import moved

DAY = timedelta(days=1)


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def opened(who: BuiltMember, kind: str, of: str | None = None, **more: Any) -> KeptPotView:
    said = {"name": None, "about": None, "pays": True, "key": a_key(), "now": NOW} | more
    return pots.open_pot(actor=who.actor, kind=kind, of=of, **said)


def a_closed_pot(place: BuiltPlace) -> str:
    """The ref of a fund that was opened and closed again."""
    keeper = a_custodian(place, "Kit Keeper")
    ref = opened(keeper, "fund", an_organisation(place, "Old Shop").ref).pot.ref or ""
    pots.close(actor=keeper.actor, ref=ref, key=a_key(), now=NOW)
    return ref


def give(giver: BuiltMember, pot: KeptPotView, minutes: int) -> None:
    with unit_of_work() as uow:
        account = uow.purses.pot(giver.place.id, pot.pot.ref or "").account
    moved(giver.place, giver, account, minutes)


def granted(place: BuiltPlace, pot: KeptPotView, minutes: int) -> None:
    asked = hours_proposals.ask_grant(
        actor=a_custodian(place, "Gil One").actor, to=pot.pot.ref or "", minutes=minutes,
        words="To begin with.", key=a_key(), now=NOW,
    )  # fmt: skip
    hours_proposals.decide(
        actor=a_custodian(place, "Gus Two").actor, ref=asked.ref, allowing=True, words="Yes.",
        key=a_key(), now=NOW,
    )  # fmt: skip


def test_a_place_has_one_for_everybody_one_for_each_ward_and_funds(
    place: BuiltPlace, noise: BuiltPlace, carol: BuiltMember
) -> None:
    opened(a_custodian(noise), "community")
    group = an_organisation(place, "Corner Café")
    can = pots.can_open(actor=carol.actor, now=NOW)
    assert (can.community, can.wards) == (True, (("W1", "East End"), ("W0", "West End")))
    made = [opened(carol, "community"), opened(carol, "ward", "W1"),
            opened(carol, "fund", group.ref.lower(), about="For our street.")]  # fmt: skip
    assert [(one.pot.kind, one.pot.name) for one in made] == [
        ("community", None), ("ward", "East End"), ("fund", "Corner Café"),
    ]  # fmt: skip
    can = pots.can_open(actor=carol.actor, now=NOW)
    assert (can.community, can.wards) == (False, (("W0", "West End"),))
    assert len(pots.show_all(actor=carol.actor, now=NOW)) == 3
    for kind, of in (("community", None), ("ward", "W1")):
        with pytest.raises(Invalid) as wrong:
            opened(carol, kind, of, now=NOW + DAY)
        assert (wrong.value.field, wrong.value.code) == ("whose", "pot_there_already")


@pytest.mark.parametrize(("kind", "field"), [("ward", "whose"), ("fund", "organisation")])
def test_whose_it_is_must_be_here(
    noise: BuiltPlace, carol: BuiltMember, kind: str, field: str
) -> None:
    for of in ("W9", an_organisation(noise).ref, None):
        with pytest.raises(Invalid) as wrong:
            opened(carol, kind, of)
        assert wrong.value.field == field


def test_what_is_in_it_and_who_put_it_there(place: BuiltPlace, carol: BuiltMember) -> None:
    pot = opened(carol, "community")
    for giver, minutes in ((a_member(place), 30), (a_member(place), 60)):
        give(giver, pot, minutes)
    granted(place, pot, 600)
    asker, helper = a_member(place, "Ann Long"), a_helper(place, "Ben Near")
    post(asker, duration_minutes=60)
    match = accept(helper).ref
    done(helper, match, 400)
    confirm(asker, match)
    shown = pots.show(actor=carol.actor, ref=pot.pot.ref or "", now=NOW)
    assert [(one.side.kind, one.minutes, one.people) for one in shown.came] == [
        ("issue", 600, 1), ("member", 90, 2),
    ]  # fmt: skip
    assert (shown.posted, shown.available, shown.paid_this_month) == (585, 585, 105)
    assert pots.show_all(actor=carol.actor, now=NOW + 40 * DAY)[0].paid_this_month == 0
    in_order()


def test_it_is_called_otherwise_and_pays_no_more(place: BuiltPlace, carol: BuiltMember) -> None:
    pot = opened(carol, "community")
    granted(place, pot, 600)
    ref = pot.pot.ref or ""
    changed = pots.change(
        actor=carol.actor, ref=ref, name="The big pot", about=None, pays=False, key=a_key(),
        now=NOW,
    )  # fmt: skip
    assert (changed.pot.name, changed.pays) == ("The big pot", False)
    asker, helper = a_member(place, "Ann Long"), a_helper(place, "Ben Near")
    post(asker)
    match = accept(helper).ref
    done(helper, match, 400)
    confirm(asker, match)
    assert settled(match).unpaid == 105


def test_it_is_closed_only_when_it_is_empty_and_of_an_organisation(
    place: BuiltPlace, carol: BuiltMember
) -> None:
    fund = opened(carol, "fund", an_organisation(place).ref)
    community = opened(carol, "community")
    give(a_member(place), fund, 30)

    def close(pot: KeptPotView) -> KeptPotView:
        return pots.close(actor=carol.actor, ref=pot.pot.ref or "", key=a_key(), now=NOW)

    for pot, code in ((fund, "account_not_empty"), (community, "pot_stays")):
        with pytest.raises(WrongMoment) as wrong:
            close(pot)
        assert wrong.value.code == code
    empty = opened(carol, "fund", an_organisation(place, "Elm Choir").ref)
    assert (close(empty).closed, close(empty).pays) == (True, False)
    with pytest.raises(WrongMoment):
        pots.change(actor=carol.actor, ref=empty.pot.ref or "", name=None, about=None, pays=True,
                    key=a_key(), now=NOW)  # fmt: skip
    with pytest.raises(WrongMoment):
        give(a_member(place), empty, 30)


def test_they_are_the_custodians_of_the_place(
    place: BuiltPlace, noise: BuiltPlace, carol: BuiltMember
) -> None:
    pot = opened(carol, "community")
    with pytest.raises(NotFound):
        pots.show(actor=a_custodian(noise).actor, ref=pot.pot.ref or "", now=NOW)
    for role in (Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR, Role.COUNCILLOR):
        other = a_member(place, "Otto Other", roles=(role,))
        for deed in (lambda who: opened(who, "ward", "W1"),
                     lambda who: pots.show_all(actor=who.actor, now=NOW)):  # fmt: skip
            with pytest.raises(NotAllowed):
                deed(other)


def test_two_who_open_the_same_one_make_one(place: BuiltPlace, carol: BuiltMember) -> None:
    key, group = a_key(), an_organisation(place)
    refs = {opened(carol, "fund", group.ref, key=key).pot.ref for _ in range(2)}
    refs |= {opened(carol, "fund", group.ref).pot.ref}  # the same form in another window
    assert len(refs) == 1
    with unit_of_work() as uow:
        assert len(uow.purses.pots(place.id)) == 1
