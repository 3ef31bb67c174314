"""Local weeks as moments: right on both nights on which the clocks change, in any zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.bank_holidays import bank_holidays, country_of, is_bank_holiday
from enabler.domain.recurrence import days_of, moment_of, stretch_on, whole_days
from enabler.domain.windows import Weekly

LONDON = ZoneInfo("Europe/London")
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
LORD_HOWE, ST_JOHNS = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/St_Johns")
NIGHTS = st.sampled_from([
    (LONDON, FORWARD), (LONDON, BACK), (LORD_HOWE, date(2026, 10, 4)),
    (LORD_HOWE, date(2026, 4, 5)), (ST_JOHNS, date(2026, 3, 8)), (ST_JOHNS, date(2026, 11, 1)),
])  # fmt: skip
"""Zones with their nights of changing clocks: half an hour in one of them."""
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
ZONES = st.sampled_from([LONDON, LORD_HOWE, ST_JOHNS])
ZONED = st.one_of(NIGHTS, st.tuples(ZONES, DAYS))
MINUTES = st.one_of(st.integers(0, 240), st.integers(0, 1440))


@st.composite
def weeklies(draw: st.DrawFn, weekday: int | None = None) -> Weekly:
    start = draw(st.one_of(st.integers(0, 240), st.integers(0, 1439)))
    day = draw(st.integers(0, 6)) if weekday is None else weekday
    return Weekly(day, start, draw(st.integers(start + 1, 1440)))


def real_moments(day: date, minute: int, zone: ZoneInfo) -> list[datetime]:
    """All moments at which the clocks of the zone show this, found by looking at each."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    around = [wall.replace(tzinfo=UTC) + timedelta(minutes=at) for at in range(-900, 901, 15)]
    near = {moment.astimezone(zone).utcoffset() for moment in around}
    offsets = sorted(offset for offset in near if offset is not None)
    candidates = [(wall - offset).replace(tzinfo=UTC) for offset in offsets]
    shown = [one for one in candidates if one.astimezone(zone).replace(tzinfo=None) == wall]
    return sorted(shown)


@given(ZONED, MINUTES)
def test_a_time_is_the_first_moment_that_shows_it_or_later_by_the_gap(
    zoned: tuple[ZoneInfo, date], minute: int
) -> None:
    zone, day = zoned
    moment, real = moment_of(day, minute, zone), real_moments(day, minute, zone)
    if real:
        assert moment == real[0]
        return
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    before = (moment - timedelta(hours=3)).astimezone(zone).utcoffset()
    after = (moment + timedelta(hours=3)).astimezone(zone).utcoffset()
    assert before is not None
    assert after is not None
    assert moment.astimezone(zone).replace(tzinfo=None) - wall == after - before > timedelta(0)


@given(ZONED, weeklies())
def test_a_stretch_is_never_empty_and_never_far_from_its_length(
    zoned: tuple[ZoneInfo, date], weekly: Weekly
) -> None:
    zone, day = zoned
    stretch = stretch_on(day, weekly, zone)
    meant = timedelta(minutes=weekly.end_minute - weekly.start_minute)
    assert timedelta(0) < stretch.end - stretch.start
    assert abs(stretch.end - stretch.start - meant) <= timedelta(hours=1)


def test_the_nights_of_london() -> None:
    def at(day: date, hour: int, minute: int = 0) -> str:
        return f"{moment_of(day, 60 * hour + minute, LONDON):%H:%M}"

    assert (at(FORWARD, 0, 59), at(FORWARD, 1, 30), at(FORWARD, 2)) == ("00:59", "01:30", "01:00")
    assert moment_of(FORWARD, 90, LONDON).astimezone(LONDON).hour == 2
    assert (at(BACK, 0, 30), at(BACK, 1, 30), at(BACK, 2)) == ("23:30", "00:30", "02:00")
    assert stretch_on(FORWARD, Weekly(6, 90, 120), LONDON).minutes == 30
    assert stretch_on(BACK, Weekly(6, 30, 150), LONDON).minutes == 180


@given(st.lists(weeklies(), min_size=1, max_size=7, unique_by=lambda one: one.weekday),
       st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400))  # fmt: skip
def test_the_days_are_those_of_the_week_each_once_in_order(
    weekly: list[Weekly], first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    found = list(days_of(weekly, first, last))
    expected = [
        day for n in range(length + 1)
        if (day := first + timedelta(days=n)).weekday() in {one.weekday for one in weekly}
    ]  # fmt: skip
    assert [day for day, _ in found] == expected
    assert all(day.weekday() == one.weekday for day, one in found)


@given(ZONED, st.integers(0, 30))
def test_whole_days_follow_each_other_without_a_gap(
    zoned: tuple[ZoneInfo, date], more: int
) -> None:
    zone, day = zoned
    last = day + timedelta(days=more)
    assert whole_days(day, last, zone).end == whole_days(
        last + timedelta(days=1), last + timedelta(days=1), zone
    ).start  # fmt: skip


def test_bank_holidays_are_those_of_the_country() -> None:
    assert is_bank_holiday("ENG", date(2026, 4, 6))  # Easter Monday
    assert not is_bank_holiday("SCT", date(2026, 4, 6))
    assert is_bank_holiday("SCT", date(2026, 11, 30))  # St Andrew
    assert is_bank_holiday("ENG", date(2026, 12, 28))  # for Boxing Day, a Saturday
    assert bank_holidays("WLS", date(2026, 12, 20), date(2027, 1, 2)) == [
        date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28), date(2027, 1, 1),
    ]  # fmt: skip


def test_a_place_has_those_of_its_council_unless_it_says_otherwise() -> None:
    codes = ("E06000023", "W06000011", "S12000036", "N09000003", None)
    assert [country_of(code) for code in codes] == ["ENG", "WLS", "SCT", "NIR", "ENG"]
    assert country_of("E06000023", "WLS") == "WLS"
