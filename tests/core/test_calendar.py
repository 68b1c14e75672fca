"""Series against dateutil's own reading of the same rule (RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.calendar import (
    IsoWeek,
    NoSuchTimeError,
    at,
    clock,
    into,
    minute_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_a_nine_o_clock_box_stays_at_nine_across_a_change_of_the_clocks() -> None:
    friday, monday = at(date(2026, 3, 27), 540, BERLIN), at(date(2026, 3, 30), 540, BERLIN)
    assert (friday.hour, monday.hour) == (9, 9)
    assert monday - friday == timedelta(days=3, hours=-1)


def test_a_skipped_time_is_an_error_when_strict_and_the_jump_otherwise() -> None:
    with pytest.raises(NoSuchTimeError, match="02:30"):
        at(SPRING, 150, BERLIN, strict=True)
    assert at(SPRING, 150, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert at(AUTUMN, 150, BERLIN).utcoffset() == timedelta(hours=2)


def test_minutes_over_a_gap_are_the_minutes_that_passed() -> None:
    assert at(SPRING, 240, BERLIN) - at(SPRING, 60, BERLIN) == timedelta(hours=2)


def test_the_end_of_a_day_is_the_next_midnight() -> None:
    end = at(date(2026, 11, 24), 1440, BERLIN)
    assert (end.date(), minute_of(end)) == (date(2026, 11, 25), 0)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Berlin", SPRING),
        ("Europe/Berlin", AUTUMN),
        ("America/Sao_Paulo", date(2018, 11, 4)),  # midnight is skipped
        ("America/Havana", date(2026, 11, 1)),  # an hour past midnight comes twice
        ("America/Asuncion", date(2023, 3, 26)),  # the hour before midnight comes twice
        ("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour
        ("Pacific/Apia", date(2011, 12, 30)),  # the whole day is skipped
    ],
)
def test_the_days_around_a_change_of_the_clocks_are_right_to_the_quarter(zone: str, day: date) -> None:
    here = ZoneInfo(zone)
    for near in (day + timedelta(days=days) for days in (-2, -1, 0, 1, 2)):
        for minute in range(0, 1441, 15):
            wall = datetime.combine(near, time()) + timedelta(minutes=minute)
            moment = wall.replace(tzinfo=here).astimezone(UTC)
            assert at(near, minute, here) == moment
            assert at(near, minute, here).utcoffset() == moment.astimezone(here).utcoffset()


@given(
    st.dates(date(1975, 1, 1), date(2100, 1, 1)),
    st.integers(0, 1439),
    st.sampled_from(["UTC", "Asia/Kolkata"]),
)
def test_the_wall_clock_reads_what_was_asked(day: date, minute: int, zone: str) -> None:
    moment = at(day, minute, ZoneInfo(zone), strict=True)
    assert (moment.date(), minute_of(moment)) == (day, minute)
    assert into(into(moment, UTC), ZoneInfo(zone)) == moment


def test_minutes_are_written_as_a_clock_shows_them() -> None:
    assert [clock(minute) for minute in (0, 545, 870, 1440)] == ["00:00", "09:05", "14:30", "24:00"]


days = st.dates(min_value=date(1971, 1, 1), max_value=date(2200, 1, 1))


@given(days)
def test_a_day_lies_in_its_own_week(day: date) -> None:
    week = IsoWeek.of(day)
    assert week.day(day.isoweekday()) == day
    assert IsoWeek.parse(str(week)) == week


@given(days, st.integers(-600, 600))
def test_shifting_there_and_back_is_no_shift(day: date, weeks: int) -> None:
    week = IsoWeek.of(day)
    assert week.shift(weeks).shift(-weeks) == week
    assert (week.shift(weeks).monday - week.monday).days == 7 * weeks


@given(days, days)
def test_texts_of_weeks_sort_as_the_weeks_do(one: date, other: date) -> None:
    first, second = IsoWeek.of(one), IsoWeek.of(other)
    assert (first < second) == (str(first) < str(second))


def test_a_long_year_has_a_week_53_and_never_a_week_54() -> None:
    assert str(IsoWeek.parse("2026-W53").monday) == "2026-12-28"
    for text in ("2026-W54", "2025-W53", "2026-W00"):
        with pytest.raises(ValueError, match="not an ISO week"):
            IsoWeek.parse(text)


@pytest.mark.parametrize("text", ["2026W48", "2026-48", "26-W48", "2026-W4", "２０２６-W48", "", "2026-W4x"])
def test_anything_else_is_no_week(text: str) -> None:
    with pytest.raises(ValueError, match="not an ISO week"):
        IsoWeek.parse(text)
