"""Weeks, months and quarters hold the days that people expect."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.period import Period
from techlead_tui.core.words.units import read_period
from techlead_tui.errors import WordsError

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "name", "first", "last"),
    [
        ("2026-11", "2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-12", "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2024-2", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q4", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-q1", "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-W53", "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("last", "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
    ],
)
def test_a_period_is_named_as_people_name_it(text: str, name: str, first: date, last: date) -> None:
    assert read_period(text, TODAY) == Period(name, first, last)


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026-Q5", "2026-Q0", "0000-01", "9999-12", "1969-Q4", "x"]
)
def test_what_is_no_period_is_named(text: str) -> None:
    with pytest.raises(WordsError) as wrong:
        read_period(text, TODAY)
    assert wrong.value.word == text


@given(st.integers(1971, 2099), st.integers(1, 12))
def test_the_weeks_of_a_month_hold_each_of_its_days_and_none_is_idle(year: int, month: int) -> None:
    period = read_period(f"{year}-{month:02}", TODAY)
    days = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
    assert {day.month for day in days} == {month}
    assert (period.last + timedelta(days=1)).month != month
    assert list(period.weeks) == sorted({IsoWeek.of(day) for day in days})
    assert all(period.holds(day) for day in days)
