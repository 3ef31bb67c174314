"""When a reminder is due, over every change of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.reminders import SHORTLY_BEFORE, remind_at

ZONES = ("Europe/London", "Pacific/Auckland", "America/St_Johns")
MINUTES = st.integers(0, 2 * 366 * 24 * 60)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@given(start=MINUTES, ahead=st.integers(-60, 20 * 24 * 60), zone=st.sampled_from(ZONES))
def test_it_is_the_evening_before_or_shortly_before_and_never_past(
    start: int, ahead: int, zone: str
) -> None:
    visit = FIRST + timedelta(minutes=start)
    now = visit - timedelta(minutes=ahead)
    at = remind_at(visit, now, zone)
    if at is None:
        assert visit - now <= SHORTLY_BEFORE
        return
    assert now < at < visit
    local = at.astimezone(ZoneInfo(zone))
    evening = (local.hour, local.minute) == (17, 0)
    day_before = local.date() == visit.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    assert (evening and day_before) or at == visit - SHORTLY_BEFORE


def test_it_keeps_the_places_clocks_when_they_change() -> None:
    """The clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October."""
    for visit, five in (
        (datetime(2026, 3, 29, 9, tzinfo=UTC), datetime(2026, 3, 28, 17, tzinfo=UTC)),
        (datetime(2026, 3, 30, 9, tzinfo=UTC), datetime(2026, 3, 29, 16, tzinfo=UTC)),
        (datetime(2026, 10, 25, 9, tzinfo=UTC), datetime(2026, 10, 24, 16, tzinfo=UTC)),
        (datetime(2026, 10, 26, 9, tzinfo=UTC), datetime(2026, 10, 25, 17, tzinfo=UTC)),
    ):
        assert remind_at(visit, visit - timedelta(days=3), "Europe/London") == five
