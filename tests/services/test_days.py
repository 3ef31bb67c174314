"""Law 3 by the day: an offer says yes to as much as it can do on a local day, and no more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from enabler.domain.errors import Invalid, LimitReached
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState
from enabler.domain.windows import Weekly, Window
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import matches, offers, rounds
from enabler.services.offers import OfferDraft
from tests.builders import (
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
from tests.services.deeds import a_key, accept, asks_of, post
from tests.services.test_storms import at_once, yes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def place(context: Flask) -> BuiltPlace:
    """A place in which nobody is asked too often."""
    return a_place(policy={"waves": [20], "asks_per_day": 1000, "asks_per_week": 1000})


def on(day: int, hours: int = 3) -> tuple[Window, ...]:
    """A stretch of so many hours, so many days from now at noon."""
    start = NOW + day * DAY + 2 * HOUR
    return (Window(start, start + hours * HOUR),)


def limited(place: BuiltPlace, per_day: int, *, capacity: int = 50, **offer: object) -> BuiltMember:
    """Somebody who does so much on a day."""
    helper = a_member(place, "Hal Near", at=(700, 700))
    an_offer(helper, capacity=capacity, capacity_per_day=per_day, **offer)  # type: ignore[arg-type]
    return helper


def askers(place: BuiltPlace, count: int) -> list[BuiltMember]:
    """So many people who ask."""
    return [a_member(place, f"Ann {n}", at=(300 + 20 * n, 500)) for n in range(count)]


def days_of(helper: BuiltMember) -> list[date | None]:
    """On which days the helper's matches use room."""
    with reading() as uow:
        return [match.on_day for match in uow.matches.of_helper(helper.id, ())
                if match.state in (MatchState.ACCEPTED, MatchState.ARRANGED)]  # fmt: skip


def test_a_yes_takes_the_room_of_one_day(place: BuiltPlace) -> None:
    helper = limited(place, 2)
    first, second, third, other = askers(place, 4)
    for asker in (first, second, third):
        post(asker, windows=on(1))
    refs = [ask.ref for ask in asks_of(helper)]
    accept(helper, refs[0])
    accept(helper, refs[1])
    with pytest.raises(LimitReached, match="offer_day_full"):
        accept(helper, refs[2])
    post(other, windows=on(2))
    accept(helper, next(ask.ref for ask in asks_of(helper) if ask.ref not in refs))
    assert sorted(map(str, days_of(helper))) == ["2026-03-11", "2026-03-11", "2026-03-12"]


def test_twenty_at_once_find_the_room_there_is(context: Flask, place: BuiltPlace) -> None:
    helper = limited(place, 3)
    for asker in askers(place, 20):
        post(asker, windows=on(1))
    refs = [ask.ref for ask in asks_of(helper)]
    assert len(refs) == 20

    told = at_once(context, [yes(helper, ref) for ref in refs])

    assert told == {"done": 3, "offer_day_full": 17}
    with reading() as uow:
        assert uow.laws.days_overfilled() == 0


def test_what_has_no_room_left_on_any_day_is_not_asked(place: BuiltPlace) -> None:
    helper, spare = limited(place, 1), a_helper(place, "Spare", at=(2500, 2500))
    first, second, third = askers(place, 3)
    post(first, windows=on(1))
    accept(helper)
    post(second, windows=on(1))
    assert asks_of(helper) == []
    assert len(asks_of(spare)) == 1
    post(third, windows=(Window(NOW + DAY, NOW + 3 * DAY),))  # two days: the other has room
    accept(helper)
    assert days_of(helper) == [date(2026, 3, 12), date(2026, 3, 11)]


def test_a_day_on_which_it_is_closed_has_no_room_to_take(place: BuiltPlace) -> None:
    thursday = Weekly(3, 600, 1200)
    helper = limited(place, 1, weekly=(thursday,))
    post(askers(place, 1)[0], windows=(Window(NOW + HOUR, NOW + 4 * DAY),))
    accept(helper)
    assert days_of(helper) == [date(2026, 3, 12)]


def test_the_day_of_the_visit_is_the_one_that_counts(place: BuiltPlace) -> None:
    helper = limited(place, 1)
    one, other = askers(place, 2)
    post(one, windows=on(1))
    first = accept(helper).ref
    post(other, windows=on(2))
    second = accept(helper).ref
    start = NOW + DAY + 4 * HOUR

    def agree(ref: str, begin: datetime) -> None:
        matches.arrange(
            actor=helper.actor, match_ref=ref, start=begin, end=begin + HOUR, key=a_key(), now=NOW
        )

    with pytest.raises(Invalid) as full:
        agree(second, start)
    assert (full.value.field, full.value.code) == ("start", "offer_day_full_then")
    agree(first, start)
    agree(first, start + 3 * DAY)
    agree(second, start)
    assert set(days_of(helper)) == {date(2026, 3, 14), date(2026, 3, 11)}


def test_what_is_given_back_leaves_room(place: BuiltPlace) -> None:
    helper = limited(place, 1)
    one, other = askers(place, 2)
    post(one, windows=on(1))
    ref = accept(helper).ref
    matches.release(actor=helper.actor, match_ref=ref, key=a_key(), now=NOW)
    post(other, windows=on(1))
    accept(helper)
    assert days_of(helper) == [date(2026, 3, 11)]


def test_days_are_those_of_the_place(place: BuiltPlace) -> None:
    """In summer a London day begins at 23:00 UTC: two evenings that share a UTC day are two."""
    helper = limited(place, 1)
    june = datetime(2026, 6, 9, 10, tzinfo=UTC)
    late = Window(june.replace(hour=22), june.replace(hour=22, minute=50))
    early = Window(june.replace(hour=23, minute=10), june.replace(hour=23, minute=59))
    for asker, window in zip(askers(place, 2), (late, early), strict=True):
        post(asker, windows=(window,), now=june)
        accept(helper, now=june)
    assert set(days_of(helper)) == {date(2026, 6, 9), date(2026, 6, 10)}


def test_a_round_asks_no_more_than_the_day_has_room(place: BuiltPlace) -> None:
    pantry = an_organisation(place)
    an_offer(pantry, capacity=50, capacity_per_day=2)
    for asker in askers(place, 6):
        a_need(asker, windows=on(1), next_step_at=NOW + HOUR)
    for _ in range(2):
        rounds.run_round(actor=Actor.operator("a test"), place_slug=place.slug, now=NOW)
    assert len(asks_of(pantry.owner)) == 2


def test_what_was_kept_past_its_day_is_counted(place: BuiltPlace) -> None:
    helper = limited(place, 1)
    post(askers(place, 1)[0], windows=on(1))
    accept(helper)
    with unit_of_work() as uow:
        assert uow.laws.days_overfilled() == 0
        uow.session.query(OfferRow).update({"capacity_per_day": 0})
        assert uow.laws.days_overfilled() == 1


def test_a_limit_by_the_day_is_at_most_that_of_the_week(place: BuiltPlace) -> None:
    giver = a_member(place)
    for per_day, fits in ((3, True), (4, False), (0, False)):
        draft = OfferDraft(
            ("shopping",), "Glad to.", any_time=True, capacity=3, capacity_per_day=per_day
        )
        if fits:
            posted = offers.post(actor=giver.actor, draft=draft, key=a_key(), now=NOW)
            assert posted.capacity_per_day == per_day
            continue
        with pytest.raises(Invalid) as refused:
            offers.post(actor=giver.actor, draft=draft, key=a_key(), now=NOW)
        assert refused.value.code == "capacity_per_day_out_of_range"
