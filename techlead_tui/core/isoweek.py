"""ISO 8601 weeks: 2026-W48, its days and its neighbours."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple


class IsoWeek(NamedTuple):
    """A week from Monday to Sunday; sorts in time. Its text, `2026-W48`, is also its bucket in the store."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> IsoWeek:
        """The week that holds `day`."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> IsoWeek:
        """`2026-W48`; ValueError for any other text and for a week that the year does not have."""
        year, dash, number = text.partition("-W")
        if not (dash and len(year) == 4 and len(number) == 2 and (year + number).isascii()):
            raise ValueError(f"not an ISO week: {text}")
        try:
            return cls.of(date.fromisocalendar(int(year), int(number), 1))
        except ValueError:
            raise ValueError(f"not an ISO week: {text}") from None

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    def day(self, weekday: int) -> date:
        """The date of a weekday, 1 for Monday to 7 for Sunday."""
        return self.monday + timedelta(days=weekday - 1)

    def shift(self, weeks: int) -> IsoWeek:
        return IsoWeek.of(self.monday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"
