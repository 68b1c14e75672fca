"""Days and times as they are typed into the fields of a form."""

from __future__ import annotations

from datetime import date

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.words.clocktime import HINT, read_time
from techlead_tui.core.words.days import HINT as DAY_HINT
from techlead_tui.core.words.days import day_of, in_reach, read_day
from techlead_tui.core.words.length import length, read_length
from techlead_tui.errors import FieldError, WordsError


def day_in(field: str, text: str, today: date, shown: IsoWeek) -> date:
    """A weekday of the week shown, today, tomorrow, or a date. FieldError."""
    try:
        word = read_day(text)
        if word is None:
            raise FieldError(field, f"“{text[:40]}” is no day" if text else "which day?", DAY_HINT)
        return in_reach(day_of(word, today, shown=shown), text)
    except WordsError as error:
        raise FieldError(field, error.message, error.hint) from None


def time_in(field: str, text: str) -> int:
    """Minutes since midnight. FieldError."""
    try:
        minute = read_time(text)
    except WordsError as error:
        raise FieldError(field, error.message, error.hint) from None
    if minute is None:
        raise FieldError(field, f"“{text[:40]}” is no time of day" if text else "at what time?", HINT)
    return minute


def end_in(field: str, text: str, start: int) -> int:
    """An end, or a length: `15:30`, `45m`, `+45m`. Minutes since midnight. FieldError."""
    try:
        minutes = read_length(text.lstrip("+"))
    except WordsError as error:
        raise FieldError(field, error.message, error.hint) from None
    return start + minutes if minutes is not None else time_in(field, text)


def length_in(field: str, text: str) -> int:
    """Minutes. FieldError."""
    try:
        return length(text)
    except WordsError as error:
        raise FieldError(field, error.message, error.hint) from None
