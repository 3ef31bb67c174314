"""Rules tried on what was posted before, as posting itself asks; and rules of an area."""

import time
from datetime import timedelta
from typing import Any

import pytest
from shapely import MultiPolygon, box
from sqlalchemy import insert

from enabler.domain.errors import Invalid
from enabler.domain.judging import Outcome
from enabler.domain.risk import Rule
from enabler.domain.ruleset_keys import path_of_rule
from enabler.domain.vocabulary import CredentialKind, NeedState, NextStep, OfferState
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import moderation, needs, offers, rulesets
from enabler.services.views.rules import DraftView, TrialView
from tests.builders import (
    CHECKED,
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.deeds import a_key, post
from tests.services.rules import approved, begun, decided, edited, placed, proposed

DAY = timedelta(days=1)
LAST_WEEK = NOW - 7 * DAY


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


@pytest.fixture
def dan(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place, "Dan Desk")


def offer(giver: BuiltMember, *kinds: str, now: Any = LAST_WEEK, **more: Any) -> str:
    """Offer help by the service; the ref."""
    draft = offers.OfferDraft(categories=kinds, words="Gladly.", any_time=True, **more)
    return offers.post(actor=giver.actor, draft=draft, key=a_key(), now=now).ref


def tried(who: BuiltMember, draft: DraftView) -> TrialView:
    return rulesets.trial(actor=who.actor, ref=draft.ref, now=NOW)


def told(trial: TrialView) -> set[tuple[str, str, str, bool, int]]:
    """Kind, category, what would become of it, whether it went so, how many."""
    return {
        (one.kind, one.category, one.verdict.outcome.value, one.differs, one.count)
        for one in trial.sorts
    }


class TestATrial:
    def test_says_what_would_have_become_of_needs(
        self, place: BuiltPlace, noise: BuiltPlace, carol: BuiltMember
    ) -> None:
        asker = a_member(place, "Ann Long", at=(600, 600))
        hedges = [post(asker, "gardening", now=LAST_WEEK + nth * DAY).ref for nth in range(3)]
        post(asker, "childcare", now=LAST_WEEK)
        post(asker, "pet-care", now=LAST_WEEK)
        post(asker, "gardening", now=NOW - 91 * DAY)
        draft = edited(carol, begun(carol), {
            "categories_held.gardening": True, "categories_held.childcare": False,
            "categories_off.pet-care": True,
        })  # fmt: skip
        trial = tried(carol, draft)
        assert (trial.needs, trial.days) == (5, 90)
        assert told(trial) == {
            ("need", "gardening", "held", True, 3), ("need", "childcare", "open", True, 1),
            ("need", "pet-care", "refused", True, 1),
        }  # fmt: skip
        (sort,) = [one for one in trial.sorts if one.category == "gardening"]
        assert sort.refs == tuple(reversed(hedges))

    def test_that_changes_nothing_differs_from_nothing(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        """What was held and let through afterwards was held all the same."""
        asker = a_member(place, "Ann Long", at=(600, 600))
        held = post(asker, "childcare", now=LAST_WEEK).ref
        moderation.approve(actor=dan.actor, ref=held, key=a_key(), now=LAST_WEEK + DAY)
        post(asker, "shopping", now=LAST_WEEK)
        first = offer(asker, "shopping")
        moderation.approve(actor=dan.actor, ref=first, key=a_key(), now=LAST_WEEK + DAY)
        offer(asker, "gardening", now=LAST_WEEK + 2 * DAY)
        trial = tried(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        assert not any(one.differs for one in trial.sorts)
        assert told(trial) == {
            ("need", "childcare", "held", False, 1), ("need", "shopping", "open", False, 1),
            ("offer", "shopping", "held", False, 1), ("offer", "gardening", "open", False, 1),
        }  # fmt: skip

    def test_says_what_would_have_become_of_offers(
        self, place: BuiltPlace, carol: BuiltMember
    ) -> None:
        helper, shop = a_helper(place, "Ben Near"), an_organisation(place)
        offer(helper, "gardening", "shopping")
        offer(a_member(place, "Cleo New"), "phone-chat")
        offer(shop.owner, "meals", organisation_ref=shop.ref)
        trial = tried(carol, edited(carol, begun(carol), {
            "categories_off.shopping": True, "hold_first_offers": False,
            "hold_organisation_offers": False,
        }))  # fmt: skip
        assert told(trial) >= {
            ("offer", "shopping", "refused", True, 1), ("offer", "phone-chat", "open", True, 1),
            ("offer", "meals", "open", True, 1),
        }  # fmt: skip

    def test_names_offers_whose_givers_lack_a_check(
        self, place: BuiltPlace, noise: BuiltPlace, carol: BuiltMember
    ) -> None:
        lacks = a_member(place, "Ben Near", credentials=(CredentialKind.IDENTITY,))
        has = a_member(
            place, "Bea", credentials=(CredentialKind.IDENTITY, CredentialKind.INSURANCE)
        )
        ref = an_offer(lacks, "gardening")
        an_offer(has, "gardening")
        an_offer(a_member(noise, "Nan Noise"), "gardening")
        trial = tried(
            carol, edited(carol, begun(carol), {"category_credentials.gardening": ["insurance"]})
        )
        (loss,) = trial.losses
        assert (loss.category, loss.missing, loss.count, loss.refs) == (
            "gardening", ("insurance",), 1, (ref,),
        )  # fmt: skip

    def test_names_offers_of_whoever_is_new_or_lacks_what_a_rule_asks(
        self, place: BuiltPlace, carol: BuiltMember
    ) -> None:
        new = an_offer(a_member(place, "Ben Near"), "gardening", "cleaning")
        seen = (*CHECKED, CredentialKind.REFERENCE)
        an_offer(a_member(place, "Bea", credentials=seen), "gardening")
        an_offer(an_organisation(place), "gardening")
        trial = tried(carol, edited(carol, begun(carol), {"first_helps": 3}))
        found = {one.category: (one.missing, one.refs) for one in trial.losses}
        assert found["cleaning"] == (("first-helps",), (new,))
        rule = Rule(settings=frozenset({"home"}), credentials=frozenset({"insurance"}))
        draft = edited(carol, begun(carol, "Insured"), {path_of_rule(rule): True})
        assert [
            one.missing for one in tried(carol, draft).losses if one.category == "cleaning"
        ] == [("insurance",)]

    def test_keeps_held_whose_asker_nobody_has_proved(
        self, place: BuiltPlace, carol: BuiltMember
    ) -> None:
        """No rules can let that through."""
        asker = a_member(place, "Ann Long", at=(600, 600))
        with unit_of_work() as uow:
            uow.session.query(ContactRow).filter_by(member_id=asker.id).update(
                {"verified_at": None}
            )
            uow.commit()
        held = post(asker, "cleaning", now=LAST_WEEK)
        assert held.held_because == "asker_unverified"
        trial = tried(carol, edited(carol, begun(carol), {"quiet_from": 1260}))
        assert told(trial) == {("need", "cleaning", "held", False, 1)}

    def test_is_what_then_happens(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        """The very same needs and offers, posted again once the rules are in force."""
        asker = a_member(place, "Ann Long", at=(600, 600))
        kinds = ("gardening", "shopping", "childcare", "pet-care")
        for kind in kinds:
            post(asker, kind, now=LAST_WEEK)
        values = {
            "categories_held.gardening": True, "categories_off.pet-care": True,
            "categories_held.childcare": False,
        }  # fmt: skip
        draft = edited(carol, begun(carol), values)
        expected = {one.category: one.verdict for one in tried(carol, draft).sorts}
        decided(dan, proposed(carol, draft).ref)
        for kind in kinds:
            if expected[kind].outcome is Outcome.REFUSED:
                with pytest.raises(Invalid) as wrong:
                    post(asker, kind, now=NOW)
                assert wrong.value.code == expected[kind].why
            else:
                assert post(asker, kind, now=NOW).state.value == expected[kind].outcome.value

    def test_of_twenty_thousand_needs_takes_less_than_two_seconds(
        self, place: BuiltPlace, carol: BuiltMember
    ) -> None:
        asker = a_member(place, "Ann Long", at=(600, 600))
        known = post(asker, now=LAST_WEEK)
        _many_like(place, known.ref, 20_000)
        draft = edited(carol, begun(carol), {"categories_held.shopping": True})
        begun_at = time.perf_counter()
        trial = tried(carol, draft)
        assert time.perf_counter() - begun_at < 2
        assert trial.needs == 20_001
        assert told(trial) == {("need", "shopping", "held", True, 20_001)}


def _many_like(place: BuiltPlace, ref: str, count: int) -> None:
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place.id, ref)
        rows = [
            {
                "place_id": place.id, "ref": f"Z{nth}", "asker_id": need.asker_id,
                "posted_by": need.asker_id, "category": need.category, "words": "Milk.",
                "postcode": "BS1 1AA", "address": "1 Mill Lane", "easting": 1, "northing": 1,
                "cell_id": need.cell.cell_id, "ward_id": need.cell.ward_id,
                "duration_minutes": 30, "ruleset_id": need.ruleset_id, "state": NeedState.OPEN,
                "next_step": NextStep.ASK_MORE, "next_step_at": NOW, "posted_at": LAST_WEEK,
                "needed_by": NOW,
            }
            for nth in range(count)
        ]  # fmt: skip
        uow.session.execute(insert(NeedRow), rows)
        uow.commit()


class TestAnArea:
    def test_is_tried_on_the_needs_in_it(self, place: BuiltPlace, carol: BuiltMember) -> None:
        post(a_member(place, "Ann West", at=(600, 600)), "gardening", now=LAST_WEEK)
        post(a_member(place, "Eve East", at=(3600, 600)), "gardening", now=LAST_WEEK)
        offer(a_member(place, "Ben Near"), "gardening")
        draft = edited(carol, begun(carol), {"categories_held.gardening": True})
        trial = tried(carol, placed(carol, draft, wards=("W0",)))
        assert (trial.needs, trial.needs_covered, trial.offers) == (2, 1, 0)
        assert told(trial) == {("need", "gardening", "held", True, 1)}

    def test_holds_in_its_wards_and_not_beyond(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        west, east = (
            a_member(place, "Ann West", at=(600, 600)), a_member(place, "Eve East", at=(3600, 600)),
        )  # fmt: skip
        done = approved(
            carol, dan, {"categories_off.gardening": True, "categories_held.shopping": True},
            wards=("W0",), until_at=NOW + DAY,
        )  # fmt: skip
        assert (done.covers, done.wards) == (True, ("West End",))
        with pytest.raises(Invalid) as wrong:
            post(west, "gardening")
        assert wrong.value.code == "category_off"
        assert post(east, "gardening").state is NeedState.OPEN
        assert post(west, "shopping").state is NeedState.HELD
        assert post(west, "gardening", now=NOW + DAY).state is NeedState.OPEN

    def test_is_asked_again_when_a_need_moves_or_changes_its_kind(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        west = a_member(place, "Ann West", at=(600, 600))
        approved(carol, dan, {"categories_held.gardening": True}, wards=("W0",))
        need = post(west, "shopping")
        drafted = needs.NeedDraft(category="gardening", words="The hedge, please.")
        changed = needs.change(
            actor=west.actor, ref=need.ref, draft=drafted, version=1, key=a_key(), now=NOW
        )
        assert changed.state is NeedState.HELD

    def test_can_be_drawn_inside_the_place(self, place: BuiltPlace, carol: BuiltMember) -> None:
        inside = MultiPolygon([box(place.west, place.south, place.west + 1000, place.south + 1000)])
        draft = placed(carol, begun(carol), drawn=inside)
        assert (draft.covers, draft.wards) == (True, ())
        found = rulesets.area(actor=carol.actor, ref=draft.ref)
        assert found is not None
        assert len(found.outline[0]) == 5
        again = placed(carol, draft, keep_drawn=True, name="Flood")
        assert (again.name, again.covers) == ("Flood", True)
        assert not placed(carol, again).covers

    @pytest.mark.parametrize(("corner", "code"), [
        ((-5000, 0, -4000, 1000), "rules_area_outside"), ((0, 0, 9000, 1000), "rules_area_outside"),
        ((1, 1, 9, 9), "rules_area_without_homes"),
    ])  # fmt: skip
    def test_that_is_elsewhere_or_empty_is_refused(
        self, place: BuiltPlace, carol: BuiltMember, corner: tuple[int, ...], code: str
    ) -> None:
        west, south, east, north = corner
        shape = MultiPolygon([box(
            place.west + west, place.south + south, place.west + east, place.south + north
        )])  # fmt: skip
        with pytest.raises(Invalid) as wrong:
            placed(carol, begun(carol), drawn=shape)
        assert (wrong.value.field, wrong.value.code) == ("area", code)


class TestTheTime:
    @pytest.mark.parametrize(("when", "field"), [
        ({"from_at": NOW}, "from"), ({"from_at": NOW + 400 * DAY}, "from"),
        ({"until_at": NOW}, "until"),
        ({"from_at": NOW + 2 * DAY, "until_at": NOW + DAY}, "until"),
        ({"wards": ("W9",)}, "wards"), ({"name": " "}, "name"),
    ])  # fmt: skip
    def test_must_make_sense(self, carol: BuiltMember, when: dict[str, Any], field: str) -> None:
        with pytest.raises(Invalid) as wrong:
            placed(carol, begun(carol), **when)
        assert wrong.value.field == field

    def test_that_passed_before_the_approval_is_the_approval(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        draft = edited(carol, begun(carol), {"quiet_from": 1260})
        waits = proposed(carol, placed(carol, draft, from_at=NOW + DAY))
        decided(dan, waits.ref, now=NOW + 2 * DAY)
        with reading() as uow:
            assert (
                uow.rulesets.in_force(place.id, NOW + 2 * DAY - timedelta(seconds=1)).version == 1
            )
            assert uow.rulesets.in_force(place.id, NOW + 2 * DAY).version == 2

    def test_of_rules_for_a_while_ends_and_the_others_hold_again(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
    ) -> None:
        approved(carol, dan, {"asks_per_day": 1}, until_at=NOW + DAY)
        approved(carol, dan, {"asks_per_day": 2}, from_at=NOW + 3 * DAY)
        approved(carol, dan, {"asks_per_day": 4}, from_at=NOW + 2 * DAY)
        with reading() as uow:
            at = [uow.rulesets.in_force(place.id, NOW + nth * DAY).version for nth in range(4)]
        assert at == [2, 1, 4, 3]
        desk = rulesets.desk(actor=carol.actor, now=NOW)
        assert [(one.number, one.state) for one in desk.in_force] == [
            (2, "in-force"), (1, "beneath"),
        ]  # fmt: skip
        assert [one.number for one in desk.to_come] == [4, 3]


def test_a_first_offer_is_one_before_which_none_was_open(
    place: BuiltPlace, carol: BuiltMember, dan: BuiltMember
) -> None:
    giver = a_member(place, "Ben Near")
    first = offer(giver, "gardening")
    second = offer(giver, "shopping", now=LAST_WEEK + DAY)
    moderation.approve(actor=dan.actor, ref=first, key=a_key(), now=LAST_WEEK + 2 * DAY)
    third = offer(giver, "meals", now=LAST_WEEK + 3 * DAY)
    with reading() as uow:
        states = [uow.offers.by_ref(place.id, ref).state for ref in (first, second, third)]
        known = {one.ref: (one.facts.known, one.was_held)
                 for one in uow.rule_trials.offers(place.id, LAST_WEEK - DAY)}  # fmt: skip
    assert states == [OfferState.OPEN, OfferState.HELD, OfferState.OPEN]
    assert known == {first: (False, True), second: (False, True), third: (True, False)}
