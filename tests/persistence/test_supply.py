"""Open offers as the engine is told of them: every fact, by either way of reading."""

from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.demands import FIRST_HELPS
from enabler.domain.vocabulary import MatchState, MemberState
from enabler.domain.weeks import week_of
from enabler.domain.windows import Weekly, Window
from enabler.matching import Offer
from enabler.persistence import columns, spatial
from enabler.persistence.givers import PRIOR_ASKS, PRIOR_YES
from enabler.persistence.matches import organisation_key
from enabler.persistence.reach import reach_box
from enabler.persistence.supply import Terms
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import (
    CHECKED,
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    a_need,
    a_place,
    an_offer,
    an_organisation,
)

DAY = timedelta(days=1)
TERMS = Terms(NOW, week_of(NOW, "Europe/London"), asks_per_day=3, asks_per_week=7)
CHECKS = frozenset(kind.value for kind in CHECKED)


@pytest.fixture
def place(app: Flask):
    """A place, with another as noise, in the app's context."""
    with app.app_context():
        a_helper(a_place("noiseham", area="NE"), "Noel")
        yield a_place()


def all_of(place: BuiltPlace) -> list[Offer]:
    with reading() as uow:
        return uow.supply.all([place.id], TERMS)


def a_match(need_ref: str, offer_ref: str, helper: BuiltMember | None, state: MatchState,
            **columns: object) -> None:  # fmt: skip
    """A match of the two, asked an hour ago."""
    with unit_of_work() as uow:
        need, offer = uow.needs.by_ref(None, need_ref), uow.offers.by_ref(None, offer_ref)
        uow.matches.add(
            reasons=[], place_id=need.place_id, ref=uow.refs.new(need.place_id, "match"),
            need_id=need.id, offer_id=offer.id, helper_id=None if helper is None else helper.id,
            state=state, score=500, distance_metres=100, proposed_at=NOW,
            **{"asked_at": NOW - timedelta(hours=1), "answer_by": NOW + DAY} | columns,
        )  # fmt: skip
        uow.commit()


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    """Somebody with everything that can be known of a helper."""
    helper = a_member(place, "Hal", languages=["en", "cy"], asks_per_week=5)
    ref = an_offer(
        helper, "shopping", "gardening", capacity=9, languages=["fr"], meets=["same-sex"],
        weekly=[Weekly(3, 600, 720), Weekly(1, 540, 1020)],
        away=[Window(NOW - 9 * DAY, NOW - DAY), Window(NOW + DAY, NOW + 2 * DAY)],
    )  # fmt: skip
    asker = a_member(place, "Ann")
    done = {"slot": 1, "asked_at": NOW - 9 * DAY, "answered_at": NOW - 8 * DAY}
    a_match(a_need(asker), ref, helper, MatchState.CONFIRMED, **done)
    live = {"slot": 1, "answered_at": NOW - timedelta(minutes=5)}
    a_match(a_need(asker), ref, helper, MatchState.ACCEPTED, **live)
    a_match(a_need(asker), ref, helper, MatchState.ASKED)
    a_match(a_need(asker), ref, helper, MatchState.DECLINED, asked_at=NOW - 40 * DAY)
    return helper


@pytest.mark.parametrize("in_bulk", [False, True])
class TestSupply:
    def test_tells_every_fact_of_a_helper(
        self, place: BuiltPlace, helper: BuiltMember, in_bulk: bool,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        if in_bulk:
            monkeypatch.setattr(columns, "BULK_FROM", 0)
        (told,) = all_of(place)
        with reading() as uow:
            asker = uow.session.query(MemberRow.id).filter_by(shown_name="Ann").scalar()
        assert told == Offer(
            id=told.id, easting=place.west + 480, northing=place.south + 510,
            categories=frozenset({"shopping", "gardening"}), reach_metres=3000,
            weekly=((1, 540, 1020), (3, 600, 720)), away=((NOW + DAY, NOW + 2 * DAY),),
            capacity=9 - 1 - 1, credentials=CHECKS, languages=frozenset({"en", "cy", "fr"}),
            member=helper.id, household=helper.home_id, place=place.id, recent_asks=3,
            recent_helps=1, acceptance=(2 + PRIOR_YES) / (3 + PRIOR_ASKS), asks_left=1,
            meets=frozenset({"same-sex"}), helped={asker: 1},
        )  # fmt: skip

    def test_tells_of_organisations_and_of_nobody_who_is_suspended(
        self, place: BuiltPlace, in_bulk: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if in_bulk:
            monkeypatch.setattr(columns, "BULK_FROM", 0)
        pantry = an_organisation(place)
        an_offer(pantry, "meals")
        a_helper(place, "Gone", state=MemberState.SUSPENDED)
        (told,) = all_of(place)
        assert told == Offer(
            id=told.id, easting=place.west + 600, northing=place.south + 600,
            categories=frozenset({"meals"}), reach_metres=3000, capacity=5,
            credentials=CHECKS | {FIRST_HELPS},
            place=place.id, organisation=organisation_key(pantry.id),
        )  # fmt: skip


@pytest.mark.parametrize("in_bulk", [False, True])
def test_only_what_somebody_owes_is_told(
    place: BuiltPlace, in_bulk: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if in_bulk:
        monkeypatch.setattr(columns, "BULK_FROM", 0)
    owes, owed, new = (a_helper(place, name) for name in ("Olga", "Otto", "Nia"))
    with unit_of_work() as uow:
        one = uow.purses.for_member(place.id, owes.id, -300).number
        other = uow.purses.for_member(place.id, owed.id, -300).number
        uow.ledger.post(Transfer("help", place.id, one, other, 45, Reason.HELP), NOW)
        uow.commit()
    told = {offer.member: offer.balance_minutes for offer in all_of(place)}
    assert told == {owes.id: -45, owed.id: None, new.id: None}


SAID = (
    ("yes", MatchState.DONE, {"slot": 1, "answered_at": NOW}),
    ("released", MatchState.RELEASED, {"answered_at": NOW, "ended_because": "released_by_helper"}),
    ("too late", MatchState.LAPSED, {"answered_at": NOW, "ended_because": "filled"}),
    ("called off", MatchState.WITHDRAWN, {"answered_at": NOW, "ended_because": "need_withdrawn"}),
    ("no", MatchState.DECLINED, {"answered_at": NOW}),
    ("silent", MatchState.LAPSED, {"ended_because": "no_answer"}),
    ("filled", MatchState.LAPSED, {"ended_because": "filled"}),
    ("taken back", MatchState.WITHDRAWN, {"ended_because": "need_withdrawn"}),
    ("closed", MatchState.WITHDRAWN, {"ended_because": "need_closed"}),
    ("check", MatchState.WITHDRAWN, {"ended_because": "credential_ended"}),
    ("out", MatchState.ASKED, {}),
)
"""What came of an ask, with its state and columns."""
YESES, NOES = {"yes", "released", "too late", "called off"}, {"no", "silent"}


@pytest.mark.parametrize("in_bulk", [False, True])
def test_only_a_no_and_silence_are_noes_and_what_was_cut_short_is_nothing(
    place: BuiltPlace, in_bulk: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if in_bulk:
        monkeypatch.setattr(columns, "BULK_FROM", 0)
    asker, who = a_member(place, "Ann"), {}
    for came, state, said in SAID:
        who[came] = a_member(place, came.title())
        a_match(a_need(asker), an_offer(who[came]), who[came], state, **said)
    with reading() as uow:
        loads = uow.supply.loads([one.id for one in who.values()], NOW)
    chance = {came: loads[one.id].acceptance for came, one in who.items()}
    assert {came for came in chance if chance[came] == (1 + PRIOR_YES) / (1 + PRIOR_ASKS)} == YESES
    assert {came for came in chance if chance[came] == PRIOR_YES / (1 + PRIOR_ASKS)} == NOES
    assert {chance[came] for came in chance.keys() - YESES - NOES} == {PRIOR_YES / PRIOR_ASKS}


def test_what_is_near_is_told_alike(place: BuiltPlace, helper: BuiltMember) -> None:
    """For one need an ask that waits takes no room: several are asked, and the first yes wins."""
    an_offer(helper, "meals")
    a_helper(place, "Far", at=(3500, 3500), reach=500)
    with reading() as uow:
        cell = uow.homes.cell(place.cell_at(500, 500))
        near = uow.supply.near(cell, "shopping", [place.id], TERMS)
        shopping = uow.supply.of_category("shopping", [place.id], TERMS)
        everyone = uow.supply.all([place.id], TERMS)
        matches = uow.session.query(MatchRow).count()
    assert (len(near), len(shopping), len(everyone), matches) == (1, 2, 3, 4)
    assert near[0] == shopping[0]
    assert (near[0].capacity, everyone[0].capacity) == (8, 7)


def test_two_categories_that_share_a_sheet_are_not_taken_for_each_other(place: BuiltPlace) -> None:
    """A place adds its own, and there are only so many sheets."""
    sheets: dict[float, str] = {}
    for name in (f"own-{number}" for number in range(200)):
        west = spatial.from_column(reach_box(0, 0, 10, name)).bounds[0]
        if west in sheets:
            break
        sheets[west] = name
    other = sheets[west]
    helper = a_member(place)
    an_offer(helper, other)
    wanted = an_offer(helper, name)
    with reading() as uow:
        cell = uow.homes.cell(place.cell_at(500, 500))
        near = uow.supply.near(cell, name, [place.id], TERMS)
        assert [offer.id for offer in near] == [uow.offers.by_ref(place.id, wanted).id]


def test_as_many_offers_as_a_statement_would_not_hold_ids(place: BuiltPlace) -> None:
    with reading() as uow:
        assert uow.needs.by_ids(range(70_000)) == {}
        assert uow.supply.loads(range(70_000), NOW) == {}
