from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.isoweek import IsoWeek

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
