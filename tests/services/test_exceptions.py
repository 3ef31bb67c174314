"""Days on which an offer does not hold: honoured by matching, past both changes of the clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.offer_exceptions import OfferException, stretches
from enabler.domain.vocabulary import ExceptionKind, MatchState, OfferState
from enabler.domain.windows import Weekly, Window
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import laws, matches, offers, resting
from enabler.services.views import OfferView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member, an_offer, an_organisation
from tests.services.deeds import a_key, accept, asks_of, post, the_ask

LONDON = ZoneInfo("Europe/London")
BANK = OfferException(ExceptionKind.BANK_HOLIDAYS)
LATER = NOW + timedelta(minutes=5)


def off(first: date, last: date | None = None) -> OfferException:
    return OfferException(ExceptionKind.DAYS, first, last or first)


def on(day: date) -> Window:
    """From nine to five on a day."""
    start = datetime.combine(day, time(9), LONDON).astimezone(UTC)
    return Window(start, start + timedelta(hours=8))


def change(giver: BuiltMember, ref: str, *, version: int | None = None, **said: Any) -> OfferView:
    before = offers.to_change(actor=giver.actor, ref=ref, now=NOW)
    return offers.change(
        actor=giver.actor, ref=ref, draft=replace(before.draft, **said),
        version=before.version if version is None else version, key=a_key(), now=LATER,
    )  # fmt: skip


def test_an_offer_is_its_givers_to_change(place: BuiltPlace) -> None:
    giver, other = a_member(place, "Gus"), a_member(place, "Gil")
    ref = an_offer(giver)
    before = offers.to_change(actor=giver.actor, ref=ref, now=NOW)
    with pytest.raises(NotAllowed):
        offers.change(
            actor=other.actor, ref=ref, draft=before.draft, version=before.version, key=a_key(),
            now=LATER,
        )  # fmt: skip


@pytest.fixture
def giver(place: BuiltPlace) -> BuiltMember:
    """Somebody who shops."""
    return a_member(place, "Gus")


class TestMatching:
    @pytest.mark.parametrize(
        ("exception", "day", "asked"),
        [
            (off(date(2026, 3, 29)), date(2026, 3, 29), 0),  # the clocks go forward that night
            (off(date(2026, 3, 29)), date(2026, 3, 30), 1),
            (off(date(2026, 10, 25)), date(2026, 10, 25), 0),  # and back
            (BANK, date(2026, 4, 6), 0),
            (BANK, date(2026, 4, 7), 1),
            (OfferException(ExceptionKind.SEASON, date(2026, 4, 1), None), date(2026, 3, 20), 0),
            (OfferException(ExceptionKind.SEASON, None, date(2026, 4, 1)), date(2026, 4, 2), 0),
            (OfferException(ExceptionKind.SEASON, None, date(2026, 4, 1)), date(2026, 4, 1), 1),
        ],
    )
    def test_honours_them(
        self, place: BuiltPlace, giver: BuiltMember, exception: OfferException, day: date,
        asked: int,
    ) -> None:  # fmt: skip
        change(giver, an_offer(giver), exceptions=(exception,))
        post(a_member(place, "Rosa"), windows=(on(day),))
        assert len(asks_of(giver)) == asked

    def test_honours_them_no_more_when_they_go(self, place: BuiltPlace, giver: BuiltMember) -> None:
        day, ref = date(2026, 3, 20), an_offer(giver)
        assert change(giver, ref, exceptions=(off(day), BANK)).exceptions
        assert change(giver, ref, exceptions=()).exceptions == ()
        post(a_member(place, "Rosa"), windows=(on(day),))
        assert the_ask(giver)

    def test_has_bank_holidays_ahead_years_later(
        self, place: BuiltPlace, giver: BuiltMember
    ) -> None:
        change(giver, an_offer(giver), exceptions=(BANK,))
        then = NOW + timedelta(days=700)
        assert [resting.make_exceptions(now=then) for _ in range(2)] == [1, 0]
        post(a_member(place, "Rosa"), now=then, windows=(on(date(2028, 5, 29)),))
        assert asks_of(giver, then) == []


_DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(st.lists(st.tuples(_DAYS, st.integers(0, 20)), max_size=5), _DAYS, st.integers(0, 23))
def test_a_moment_is_in_a_stretch_if_and_only_if_its_local_day_is(
    days: list[tuple[date, int]], day: date, hour: int
) -> None:
    exceptions = [off(first, first + timedelta(days=more)) for first, more in days]
    now = datetime(2025, 12, 31, 12, tzinfo=UTC)
    moment = datetime.combine(day, time(hour, 30), UTC)
    local = moment.astimezone(LONDON).date()
    found = stretches(exceptions, LONDON, "ENG", now)
    covered = any(one.first <= local <= one.last for one in exceptions)  # type: ignore[operator]
    assert any(gap.start <= moment < gap.end for gap in found) == covered


class TestAChange:
    def test_moves_the_box_by_which_the_offer_is_found(
        self, place: BuiltPlace, giver: BuiltMember
    ) -> None:
        ref = an_offer(giver, reach=1000)
        far = a_member(place, "Fay", at=(3500, 3500))
        post(far)
        assert asks_of(giver) == []
        change(giver, ref, reach_metres=8000)
        post(far, "gardening")
        change(giver, ref, categories=("gardening", "shopping"))
        post(far, words="Again.", now=LATER)
        assert [ask.category for ask in asks_of(giver)] == ["shopping"]

    def test_takes_back_asks_for_what_is_not_offered_and_keeps_promises(
        self, place: BuiltPlace, giver: BuiltMember
    ) -> None:
        ref = an_offer(giver, "shopping", "transport")
        post(a_member(place, "Rosa"))
        match = accept(giver).ref
        post(a_member(place, "Una", at=(1500, 700)), "transport")
        lift = the_ask(giver)
        change(giver, ref, categories=("gardening",))
        states = [
            matches.show(actor=giver.actor, ref=one, now=LATER).state for one in (match, lift)
        ]
        assert states == [MatchState.ACCEPTED, MatchState.WITHDRAWN]
        broken = [one.what for one in laws.check(now=LATER) if one.count]
        assert "matched_though_closed" not in broken
        assert "capacities_exceeded" not in broken

    def test_never_goes_under_what_was_promised_this_week(
        self, place: BuiltPlace, giver: BuiltMember
    ) -> None:
        ref = an_offer(giver, capacity=5)
        for n in range(2):
            post(a_member(place, f"Rosa {n}", at=(600 + n * 100, 900)))
        for ask in asks_of(giver):
            matches.accept(actor=giver.actor, match_ref=ask.ref, key=a_key(), now=NOW)
        with pytest.raises(Invalid) as wrong:
            change(giver, ref, capacity=1)
        assert (wrong.value.field, wrong.value.code) == ("capacity", "capacity_under_taken")
        assert change(giver, ref, capacity=2).capacity == 2

    def test_of_a_kind_that_is_looked_at_is_held(
        self, place: BuiltPlace, giver: BuiltMember
    ) -> None:
        ref = an_offer(giver, "shopping")
        post(a_member(place, "Rosa"))
        ask = the_ask(giver)
        assert change(giver, ref, categories=("childcare",)).state is OfferState.HELD
        assert matches.show(actor=giver.actor, ref=ask, now=LATER).state is MatchState.WITHDRAWN

    def test_of_the_hours_of_an_organisation_is_not_looked_at(self, place: BuiltPlace) -> None:
        cafe = an_organisation(place)
        ref = an_offer(cafe, "meals")
        hours = (Weekly(0, 540, 720), Weekly(0, 840, 1020))
        assert change(cafe.owner, ref, any_time=False, weekly=hours).state is OfferState.OPEN
        assert change(cafe.owner, ref, words="Soup.").state is OfferState.HELD

    def test_from_a_second_window_is_told_of_the_first(self, giver: BuiltMember) -> None:
        ref = an_offer(giver)
        change(giver, ref, words="One.")
        with pytest.raises(WrongMoment) as told:
            change(giver, ref, version=1, words="Two.")
        assert told.value.code == "changed_meanwhile"

    def test_is_its_givers_alone(self, place: BuiltPlace, giver: BuiltMember) -> None:
        ref = an_offer(giver)
        una = a_member(place, "Una")
        with pytest.raises(NotAllowed):
            change(una, ref, words="Mine.")
        with pytest.raises(NotAllowed):
            resting.still_right(actor=una.actor, ref=ref, key=a_key(), now=NOW)


class TestAPause:
    def test_until_a_day_is_over_by_itself_once(
        self, place: BuiltPlace, giver: BuiltMember
    ) -> None:
        ref = an_offer(giver)
        until = NOW + timedelta(days=3)
        offers.pause(actor=giver.actor, ref=ref, until=until, key=a_key(), now=NOW)
        assert resting.resume_due(now=until - timedelta(seconds=1)) == 0
        assert [resting.resume_due(now=until) for _ in range(2)] == [1, 0]
        shown = offers.show(actor=giver.actor, ref=ref, now=until)
        assert (shown.state, shown.paused_until) == (OfferState.OPEN, None)
        with reading() as uow:
            told = uow.session.query(OutboxRow).filter_by(template="offer_back").all()
            assert [row.member_id for row in told] == [giver.id]

    def test_without_a_day_waits_for_its_giver(self, giver: BuiltMember) -> None:
        ref = an_offer(giver)
        offers.pause(actor=giver.actor, ref=ref, key=a_key(), now=NOW)
        assert resting.resume_due(now=NOW + timedelta(days=400)) == 0
