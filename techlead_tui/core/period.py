"""A stretch of days that is looked back on: a week, a month or a quarter."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})-q(\d)")


class Period(NamedTuple):
    """Hold the days from `first` to `last`, both in it, under the name that a user gives them."""

    name: str  # 2026-W48, 2026-11 or 2026-Q4
    first: date
    last: date

    @classmethod
    def of_week(cls, week: IsoWeek) -> Period:
        return cls(str(week), week.monday, week.day(7))

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """Return the month or quarter that a text names, None for another text. ValueError."""
        word = text.strip().lower()
        if found := _MONTH.fullmatch(word):
            return cls._months(int(found[1]), int(found[2]), 1, f"{found[1]}-{int(found[2]):02}")
        if found := _QUARTER.fullmatch(word):
            year, quarter = int(found[1]), int(found[2])
            if not 1 <= quarter <= 4:
                raise ValueError(f"a year has no quarter {quarter}")
            return cls._months(year, 3 * quarter - 2, 3, f"{year}-Q{quarter}")
        return None

    @classmethod
    def _months(cls, year: int, month: int, count: int, name: str) -> Period:
        after = month - 1 + count
        last = date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
        return cls(name, date(year, month, 1), last)

    @property
    def is_week(self) -> bool:
        return "-W" in self.name

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """Return the weeks that have a day in it, in order."""
        out = [IsoWeek.of(self.first)]
        while out[-1].day(7) < self.last:
            out.append(out[-1].shift(1))
        return tuple(out)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last
