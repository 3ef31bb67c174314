"""How often somebody may ask: counted by address and in all, and forgotten with the minute."""

from datetime import UTC, datetime, timedelta

from enabler.doors.pace import Pace

NOW = datetime(2026, 3, 10, 9, 0, 30, tzinfo=UTC)


def test_each_address_has_its_own_count() -> None:
    pace = Pace(most=2, of_all=9)
    assert [pace.has_room("one", NOW) for _ in range(3)] == [True, True, False]
    assert pace.has_room("two", NOW)


def test_together_there_is_a_limit_too() -> None:
    pace = Pace(most=9, of_all=3)
    assert [pace.has_room(str(nth), NOW) for nth in range(4)] == [True, True, True, False]


def test_the_next_minute_begins_anew() -> None:
    pace = Pace(most=1)
    assert pace.has_room("one", NOW)
    assert not pace.has_room("one", NOW + timedelta(seconds=29))
    assert pace.has_room("one", NOW + timedelta(seconds=30))
