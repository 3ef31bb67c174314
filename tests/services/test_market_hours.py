"""A place's hours for everybody: sums of many people, and nothing that tells of a few."""

from datetime import datetime, timedelta
from random import Random

from enabler.domain.permissions import Actor
from enabler.persistence.tables.hours import AccountOwnerRow, HelpHoursRow
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import market_hours
from enabler.services.market_hours import _hidden
from enabler.services.views.hours import MarketHoursView
from enabler.timebank.circulation import Helped, Share, sums_of
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.deeds import accept, earn, post
from tests.services.test_giving_hours import a_pot, give

LAST_MONTH = NOW - timedelta(days=20)


def settled(
    uow: UnitOfWork, match_id: int, asker: BuiltMember, helper: BuiltMember, minutes: int,
    category: str = "shopping", at: datetime = LAST_MONTH,
) -> None:  # fmt: skip
    """A help as the time bank keeps it once its hours have moved."""
    place = asker.place
    uow.session.merge(HelpHoursRow(
        match_id=match_id, place_id=place.id, earns="hours", category=category,
        ward_id=place.ward_at(asker.east), expected=minutes, state="settled", minutes=minutes,
        payer_id=uow.purses.for_member(place.id, asker.id, -300).number,
        helper_id=uow.purses.for_member(place.id, helper.id, 0).number,
        opened_at=at, settled_at=at,
    ))  # fmt: skip


def market(place: BuiltPlace, now: datetime = NOW) -> MarketHoursView:
    actor = Actor.anonymous(place.id)
    return market_hours.show(actor=actor, place_id=place.id, now=now)


def peopled(place: BuiltPlace, pairs: int, *, at: datetime = LAST_MONTH) -> None:
    """So many askers and helpers, an hour and a half each."""
    for number in range(pairs):
        asker = a_member(place, f"Ann {number}", at=(500, 500))
        helper = a_helper(place, f"Ben {number}", at=(500, 500))
        post(asker)
        ref = accept(helper).ref
        with unit_of_work() as uow:
            settled(uow, uow.matches.by_ref(place.id, ref).id, asker, helper, 90, at=at)
            uow.commit()


def test_what_many_gave_is_told_in_whole_hours(place: BuiltPlace) -> None:
    peopled(place, 5)
    seen = market(place)
    assert (seen.minutes, seen.helpers, seen.askers, seen.both) == (420, 5, 5, None)
    assert (seen.categories, seen.gini) == ((("shopping", 420),), 500)
    assert [minutes for _, minutes in seen.given] == [420]
    assert len(seen.months) == 12
    assert seen.months[-1] == ((2026, 2), 420)


def test_what_a_few_gave_is_hidden(place: BuiltPlace) -> None:
    peopled(place, 4)
    seen = market(place)
    assert (seen.minutes, seen.helpers, seen.gini, seen.turnover) == (None, None, None, None)
    assert (seen.categories, seen.months[-1][1]) == ((("shopping", None),), None)


def test_what_happened_this_month_is_not_watched(place: BuiltPlace) -> None:
    peopled(place, 5, at=NOW - timedelta(days=1))
    assert market(place).minutes is None
    assert market(place, NOW + timedelta(days=31)).minutes == 420


def test_whoever_also_gave_for_nothing_counts_once(place: BuiltPlace) -> None:
    asker = a_member(place, "Ann", at=(500, 500))
    helper = a_helper(place, "Ben", "shopping", "transport", at=(500, 500))
    other = a_member(place, "Cara", at=(500, 500))
    for who, category in ((asker, "shopping"), (asker, "transport"), (other, "shopping")):
        post(who, category)
        ref = accept(helper).ref
        with unit_of_work() as uow:
            match_id = uow.matches.by_ref(place.id, ref).id
            settled(uow, match_id, who, helper, 90, category)
            uow.flush()
            if (who, category) != (asker, "shopping"):  # a gift, in which no account has a part
                gift = {"earns": "gift", "helper_id": None, "payer_id": None}
                uow.session.query(HelpHoursRow).filter_by(match_id=match_id).update(gift)
            if who is other:
                uow.session.query(AccountOwnerRow).filter_by(member_id=other.id).delete()
            uow.commit()
    with reading() as uow:
        found = uow.market_hours.sums(place.id, (LAST_MONTH, NOW))
    assert (found.amounts, found.askers, found.both) == (((270, 1),), 2, 0)
    assert found.given_by_ward == {str(place.ward_at(500)): Share(270, 1)}


def test_the_database_adds_up_what_the_rows_add_up_to(place: BuiltPlace) -> None:
    people = [a_member(place, f"Ann {nth}", at=(500 + nth % 2 * 1000, 500)) for nth in range(4)]
    matches = [_a_match(place, people[0]) for _ in range(6)]
    starts = [NOW - timedelta(days=days) for days in (90, 60, 30, 0)]
    for seed in range(5):
        random, expected = Random(seed), []
        with unit_of_work() as uow:
            for match_id in matches:
                asker, helper = random.sample(people, 2)
                days, minutes = random.randrange(100), random.choice((0, 15, 90))
                kind = random.choice(("shopping", "meals"))
                at = NOW - timedelta(days=days, seconds=1)
                settled(uow, match_id, asker, helper, minutes, kind, at)
                if days < 90:
                    wards = (str(place.ward_at(each.east)) for each in (helper, asker))
                    month = 2 - days // 30
                    expected.append(Helped(minutes, helper.id, asker.id, kind, *wards, month))
            uow.session.flush()
            assert uow.market_hours.sums(place.id, starts) == sums_of(expected)


def _a_match(place: BuiltPlace, asker: BuiltMember) -> int:
    helper = a_helper(place, "Ben", at=(500, 500))
    post(asker)
    ref = accept(helper).ref
    with reading() as uow:
        return uow.matches.by_ref(place.id, ref).id


def test_what_is_hidden_cannot_be_worked_out_from_the_rest() -> None:
    few, more, most = Share(60, 1), Share(600, 8), Share(900, 9)
    assert _hidden({"a": few, "b": more, "c": most}) == {"a": None, "b": None, "c": 900}
    assert _hidden({"b": more, "c": most}) == {"b": 600, "c": 900}


def test_a_pot_says_for_what_it_is_enough(place: BuiltPlace) -> None:
    with unit_of_work() as uow:
        ref = a_pot(uow, place, kind="community")
        uow.commit()
    giver = a_member(place, "Ann")
    earn(giver, 200)
    give(giver, ref, 200)
    (pot,) = market(place).pots
    assert (pot.pot.kind, pot.minutes) == ("community", 180)
    assert pot.enough_for["shopping"] >= 1
    with reading() as uow:
        assert uow.market_hours.lying(place.id) == (200, 1)
