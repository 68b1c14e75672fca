"""Fill in days, times of day and lengths of time."""

from __future__ import annotations

from datetime import date

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.words.args import length, read_length
from techlead_tui.core.words.units import (
    DAY_HINT,
    TIME_HINT,
    day_of,
    full_date,
    in_reach,
    read_day,
    read_time,
)
from techlead_tui.errors import FieldError, WordsError
from techlead_tui.tui.widgets.fields import LineField


class DateField(LineField[date]):
    """Hold a day: a weekday of the week `shown`, today, tomorrow or a date."""

    noted = True

    def __init__(
        self, name: str, label: str, value: str = "", *, today: date, shown: IsoWeek, example: str = "wed"
    ) -> None:
        super().__init__(name, label, value, example=example)
        self._today = today
        self._shown = shown

    def parse(self, text: str) -> date:
        word = read_day(text)
        if word is None:
            raise WordsError(f"“{text[:40]}” is not a day" if text else "which day?", DAY_HINT)
        return in_reach(day_of(word, self._today, shown=self._shown), text)

    def meaning(self) -> tuple[str, str]:
        try:
            return full_date(self.read()), "hint"
        except FieldError:
            return "", "hint"


class TimeField(LineField[int]):
    """Hold a time of day, in minutes since midnight."""

    noted = True

    def parse(self, text: str) -> int:
        minute = read_time(text)
        if minute is None:
            raise WordsError(f"“{text[:40]}” is not a time of day" if text else "at what time?", TIME_HINT)
        return minute


class EndField(TimeField):
    """Hold an end as a time of day or as a length: `15:30`, `45m`, `+45m`."""

    def read_after(self, start: int) -> int:
        """Return minutes since midnight, for a start. FieldError."""
        try:
            minutes = read_length(self.text.lstrip("+"))
        except WordsError as error:
            raise FieldError(self.field, error.message, error.hint) from None
        return start + minutes if minutes is not None else self.read()


class LengthField(LineField[int]):
    """Hold a length of time, in minutes."""

    noted = True

    def parse(self, text: str) -> int:
        return length(text)
