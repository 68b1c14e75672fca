"""Series against dateutil's own reading of the same rule (RFC 5545)."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.recurrence import NTH, day_in, first_from

days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def series(
    first: date, weeks: int = 1, nth: int | None = None, until: date | None = None
) -> dict[str, object]:
    return {
        "weekday": first.isoweekday(),
        "from": first.isoformat(),
        "until": until.isoformat() if until else None,
        "weeks": weeks,
        "nth": nth,
    }


def found(record: dict[str, object], first: date, weeks: int) -> list[date]:
    start = IsoWeek.of(first)
    return [day for n in range(-3, weeks) if (day := day_in(record, start.shift(n))) is not None]


@given(days, st.integers(1, 8), st.none() | st.integers(0, 300))
def test_weeks_are_counted_as_an_rrule_counts_them(first: date, weeks: int, length: int | None) -> None:
    until = None if length is None else first + timedelta(days=length)
    rule = rrule.rrule(
        rrule.WEEKLY,
        interval=weeks,
        dtstart=datetime.combine(first, time()),
        until=datetime.combine(until or first + timedelta(weeks=60), time()),
    )
    last = IsoWeek.of(first).shift(59).day(7)
    wanted = [moment.date() for moment in rule if moment.date() <= last]
    assert found(series(first, weeks, until=until), first, 60) == wanted


@given(days, st.sampled_from(NTH))
def test_a_monthly_series_comes_once_in_every_month(day: date, nth: int) -> None:
    first = first_from(day, nth)
    assert first >= day
    assert first.weekday() == day.weekday()
    months = [(one.year, one.month) for one in found(series(first, nth=nth), first, 53)]
    assert len(months) == len(set(months))
    assert len(months) in (12, 13)


@pytest.mark.parametrize(
    ("nth", "wanted"), [(1, "2026-12-01"), (2, "2026-12-08"), (4, "2026-11-24"), (-1, "2026-11-24")]
)
def test_the_nth_tuesday_is_found_from_a_day_on(nth: int, wanted: str) -> None:
    assert first_from(date(2026, 11, 24), nth) == date.fromisoformat(wanted)


def test_a_series_stored_before_there_were_monthly_ones_is_weekly() -> None:
    record = series(date(2026, 11, 24))
    del record["nth"]
    assert len(found(record, date(2026, 11, 24), 4)) == 4
