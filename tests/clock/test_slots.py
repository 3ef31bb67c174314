"""Slots: one for each stretch, one for each local day, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from enabler.domain.slots import slot_of_day, slot_of_stretch

LONDON = "Europe/London"
NIGHT = time(3, 30)


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestASlotOfAStretch:
    @pytest.mark.parametrize(
        ("now", "seconds", "slot"),
        [
            ("2026-11-24 12:00:04", 5, "2026-11-24T12:00:00Z"),
            ("2026-11-24 12:00:05", 5, "2026-11-24T12:00:05Z"),
            ("2026-11-24 12:09:59", 600, "2026-11-24T12:00:00Z"),
        ],
    )
    def test_is_named_by_its_beginning(self, now: str, seconds: int, slot: str) -> None:
        assert slot_of_stretch(utc(now), seconds) == slot


class TestASlotOfADay:
    @pytest.mark.parametrize(
        ("now", "slot"),
        [
            ("2026-11-24 03:29", "2026-11-23"),
            ("2026-11-24 03:30", "2026-11-24"),
            ("2026-07-01 02:30", "2026-07-01"),  # half past three in summer
            ("2026-07-01 02:29", "2026-06-30"),
            ("2026-11-25 01:00", "2026-11-24"),  # woken late: still yesterday's
        ],
    )
    def test_begins_at_its_local_hour(self, now: str, slot: str) -> None:
        assert slot_of_day(utc(now), NIGHT, LONDON) == slot

    @pytest.mark.parametrize("around", [date(2026, 3, 29), date(2026, 10, 25)])
    def test_is_one_a_day_when_the_clocks_change(self, around: date) -> None:
        start = utc(f"{around - timedelta(days=1)} 00:00")
        slots = [
            slot_of_day(start + timedelta(minutes=minute), NIGHT, LONDON)
            for minute in range(3 * 24 * 60)
        ]
        changes = [new for old, new in pairwise(slots) if new != old]
        expected = [(around + timedelta(days=days)).isoformat() for days in (-1, 0, 1)]
        assert changes == expected  # each once, in order, none skipped

    def test_is_refused_in_the_hour_that_comes_twice(self) -> None:
        with pytest.raises(ValueError, match="between one and two"):
            slot_of_day(utc("2026-11-24 12:00"), time(1, 30), LONDON)
