"""A place's front page: what is near, and what was done this month without singling anybody out."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import front as service
from enabler.services.views.near import FrontView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, a_need, a_place
from tests.services.deeds import accept, asks_of, post


def front(place: BuiltPlace, who: BuiltMember | None = None, **said: Any) -> FrontView:
    actor = who.actor if who else Actor.anonymous(place.id)
    return service.front(actor=actor, place_id=place.id, now=NOW, **said)


def visits(place: BuiltPlace, helpers: int, *, minutes: int = 60) -> None:
    """Each of so many people helps somebody once."""
    for number in range(helpers):
        helper = a_helper(place, f"Hal {number}", "shopping", at=(100, 100))
        post(a_member(place, at=(100, 100)))
        accept(helper, asks_of(helper)[0].ref)
        with unit_of_work() as uow:
            mine = MatchRow.helper_id == helper.id
            done = update(MatchRow).where(mine, MatchRow.state == MatchState.ACCEPTED)
            uow.session.execute(
                done.values(state=MatchState.DONE, done_at=NOW - timedelta(days=1), minutes=minutes)
            )
            uow.commit()


def done(view: FrontView) -> tuple[int | None, int | None, int | None]:
    return view.visits, view.hours, view.helpers


def test_it_shows_some_of_what_is_near(place: BuiltPlace) -> None:
    for metres in (100, 1100, 2100, 3100):
        for north in (100, 1100):
            a_need(a_member(place, at=(metres, north)))
    view = front(place, a_member(place, at=(3500, 500)))
    assert (view.found, len(view.spots), view.nearest_first) == (8, 4, True)
    assert view.spots[0].code == "W1-8"
    typed = front(place, postcode=place.postcode_at(100, 1100))
    assert typed.spots[0].code == "W0-5"
    assert not front(place).nearest_first


def test_nothing_done_is_nothing_and_little_is_a_few(place: BuiltPlace) -> None:
    assert done(front(place)) == (0, 0, 0)
    visits(place, 4)
    assert done(front(place)) == (None, None, None)
    visits(place, 1)
    assert done(front(place)) == (5, 5, 5)


def test_few_hours_are_a_few(place: BuiltPlace) -> None:
    visits(place, 5, minutes=30)
    assert done(front(place)) == (5, None, 5)


def test_what_was_done_in_another_place_is_not_counted(place: BuiltPlace) -> None:
    there = a_place("farby", west=450_000)
    visits(place, 5)
    visits(there, 6)
    assert done(front(place)) == (5, 5, 5)
    assert done(front(there)) == (6, 6, 6)


def test_what_was_done_before_the_month_is_not_counted(place: BuiltPlace) -> None:
    visits(place, 5)
    with unit_of_work() as uow:
        uow.session.execute(update(MatchRow).values(done_at=NOW.replace(day=1) - timedelta(days=1)))
        uow.commit()
    assert done(front(place)) == (0, 0, 0)


def test_whoever_looks_at_another_place_stands_nowhere_in_it(
    place: BuiltPlace, noise: BuiltPlace
) -> None:
    assert front(place, a_member(place)).nearest_first
    assert not front(place, a_member(noise)).nearest_first
