"""A period is whole weeks, under the name that it was asked for by."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.period import Period
from techlead_tui.core.words.units import read_weeks

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "name", "first", "last"),
    [
        ("2026-11", "2026-11", date(2026, 11, 2), date(2026, 11, 29)),
        ("2026-q4", "2026-Q4", date(2026, 9, 28), date(2027, 1, 3)),
        ("2026-W53", "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("last", "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
    ],
)
def test_a_period_is_named_as_people_name_it(text: str, name: str, first: date, last: date) -> None:
    period = Period.of(read_weeks(text, TODAY), text)
    assert (period.name, period.first, period.last) == (name, first, last)


@given(st.integers(1971, 2099))
def test_the_months_and_the_quarters_of_a_year_hold_each_day_once(year: int) -> None:
    months = [Period.of(read_weeks(f"{year}-{month:02}", TODAY)) for month in range(1, 13)]
    quarters = [Period.of(read_weeks(f"{year}-Q{quarter}", TODAY)) for quarter in range(1, 5)]
    for periods in (months, quarters):
        for before, after in pairwise(periods):
            assert after.first == before.last + timedelta(days=1)
    assert (months[0].first, months[-1].last) == (quarters[0].first, quarters[-1].last)
    assert all(period.holds(period.first) and period.holds(period.last) for period in months)
