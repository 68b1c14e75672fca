"""A stretch of whole weeks that is looked back on: a week, a month, a quarter."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek


class Period(NamedTuple):
    """Hold weeks in their order, under the name that a user gives them: 2026-W48, 2026-11 or 2026-Q4."""

    name: str
    weeks: tuple[IsoWeek, ...]

    @classmethod
    def of(cls, weeks: Sequence[IsoWeek], name: str = "") -> "Period":
        return cls(name.strip().upper() if len(weeks) > 1 else str(weeks[0]), tuple(weeks))

    @property
    def first(self) -> date:
        return self.weeks[0].monday

    @property
    def last(self) -> date:
        return self.weeks[-1].day(7)

    @property
    def is_week(self) -> bool:
        return len(self.weeks) == 1

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last
