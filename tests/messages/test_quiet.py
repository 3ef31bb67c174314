"""Quiet hours, also on both days of the changing clocks, and which messages keep them."""

from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.messages import House, Receiver, may_go_at, wait_after
from enabler.domain.quiet import QuietHours, first_allowed, local_day
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import Channel, Priority

LONDON = "Europe/London"
NIGHT = QuietHours(20 * 60, 8 * 60)
HOUSE = House(1, "t", "T", LONDON, ("en",), None, None, False, Ruleset(1, 1))


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestQuietHours:
    @pytest.mark.parametrize(
        ("now", "end"),
        [
            ("2026-11-24 19:59", None),
            ("2026-11-24 20:00", "2026-11-25 08:00"),
            ("2026-11-25 00:00", "2026-11-25 08:00"),
            ("2026-11-25 07:59", "2026-11-25 08:00"),
            ("2026-11-25 08:00", None),
            ("2026-07-01 19:00", "2026-07-02 07:00"),  # eight in the evening of summer time
            ("2026-07-01 06:59", "2026-07-01 07:00"),
            ("2026-10-24 22:00", "2026-10-25 08:00"),  # the long night
            ("2026-03-28 22:00", "2026-03-29 07:00"),  # the short night
        ],
    )
    def test_end_at_the_local_hour(self, now: str, end: str | None) -> None:
        assert NIGHT.over(utc(now), LONDON) == (None if end is None else utc(end))

    def test_that_end_in_the_hour_that_comes_twice_end_in_the_future(self) -> None:
        quiet = QuietHours(0, 90)
        second_time = utc("2026-10-25 01:10")  # 01:10 by the clock, for the second time
        assert quiet.over(second_time, LONDON) == utc("2026-10-25 01:30")

    def test_that_end_in_the_hour_that_is_skipped_end(self) -> None:
        quiet = QuietHours(0, 90)
        end = quiet.over(utc("2026-03-29 00:30"), LONDON)
        assert end is not None
        assert utc("2026-03-29 01:00") <= end <= utc("2026-03-29 02:00")

    def test_of_equal_ends_are_none(self) -> None:
        assert QuietHours(480, 480).over(utc("2026-11-24 08:00"), LONDON) is None

    def test_of_place_and_member_both_hold(self) -> None:
        own = QuietHours(8 * 60, 10 * 60)
        assert first_allowed(utc("2026-11-24 21:00"), LONDON, NIGHT, own) == utc("2026-11-25 10:00")

    def test_that_leave_nothing_put_it_off_for_ever(self) -> None:
        day = QuietHours(8 * 60, 20 * 60)
        now = utc("2026-11-24 12:00")
        assert first_allowed(now, LONDON, NIGHT, day) > now

    @pytest.mark.parametrize(
        ("day", "hours"), [("2026-10-25", 25), ("2026-03-29", 23), ("2026-11-24", 24)]
    )
    def test_days_are_the_local_ones(self, day: str, hours: int) -> None:
        begins, ends = local_day(utc(f"{day} 12:00"), LONDON)
        assert ends - begins == timedelta(hours=hours)


def goes(
    now: datetime, *, priority: Priority = Priority.MATCH, template: str = "filled",
    channel: Channel = Channel.TEXT, queued_at: datetime | None = None, night_asks: bool = False,
    own: QuietHours | None = None,
) -> datetime:  # fmt: skip
    """When the message may go that is looked at now."""
    receiver = Receiver(1, "R", "en", "+447700900100", None, quiet=own, night_asks=night_asks)
    return may_go_at(
        now, channel=channel, template=template, priority=priority,
        queued_at=queued_at or now, receiver=receiver, house=HOUSE,
    )  # fmt: skip


class TestAMessageAtNight:
    NOW = utc("2026-11-24 23:00")
    MORNING = utc("2026-11-25 08:00")

    @pytest.mark.parametrize("priority", [Priority.MATCH, Priority.REMINDER, Priority.BULLETIN])
    def test_waits_for_the_morning(self, priority: Priority) -> None:
        assert goes(self.NOW, priority=priority) == self.MORNING

    @pytest.mark.parametrize("priority", [Priority.CODE, Priority.SAFETY, Priority.ANSWER])
    def test_goes_when_law_12_says_so(self, priority: Priority) -> None:
        assert goes(self.NOW, priority=priority) == self.NOW

    def test_that_answers_something_old_waits(self) -> None:
        late = self.NOW - timedelta(minutes=11)
        assert goes(self.NOW, priority=Priority.ANSWER, queued_at=late) == self.MORNING

    def test_that_asks_goes_to_whoever_opted_in(self) -> None:
        assert goes(self.NOW, template="ask") == self.MORNING
        assert goes(self.NOW, template="ask", night_asks=True) == self.NOW
        assert goes(self.NOW, template="filled", night_asks=True) == self.MORNING

    def test_that_asks_at_night_keeps_ones_own_hours(self) -> None:
        own = QuietHours(22 * 60, 6 * 60)
        expected = utc("2026-11-25 06:00")
        assert goes(self.NOW, template="ask", night_asks=True, own=own) == expected

    def test_that_is_a_mail_wakes_nobody(self) -> None:
        assert goes(self.NOW, channel=Channel.MAIL) == self.NOW


class TestWaitingBetweenTries:
    def test_grows_to_an_hour(self) -> None:
        waits = [wait_after(tries, 7).total_seconds() for tries in range(1, 8)]
        for wait, least in zip(waits, (15, 60, 300, 900, 3600, 3600, 3600), strict=True):
            assert least <= wait <= least * 1.2

    def test_spreads_rows_that_failed_together(self) -> None:
        assert len({wait_after(5, identity) for identity in range(50)}) > 40
