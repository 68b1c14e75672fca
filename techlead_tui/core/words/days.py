"""Words for days: weekdays, today and its neighbours, dates; and dates as people read them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.errors import WordsError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = {"tues": 2, "weds": 3, "thur": 4, "thurs": 4}
NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST, LAST = 1900, 2999  # years that a plan or a log can be about
HINT = "a day is mon to sun, today, tomorrow or a date like 2026-11-24"


class DayWord(NamedTuple):
    """A day as typed: a weekday (1 to 7) of the week that is `weeks` away or of none in particular, a
    number of days from today, or a date."""

    weekday: int | None = None
    weeks: int | None = None
    offset: int | None = None
    date: date | None = None


def weekday(word: str) -> int | None:
    """1 for `mon` or `monday` to 7; None for any other word."""
    word = word.lower()
    if word in SHORT:
        return SHORT[word]
    for number, name in enumerate(WEEKDAYS, 1):
        if word in (name, name[:3]):
            return number
    return None


def read_day(word: str) -> DayWord | None:
    """A day; None when the word is none. WordsError for a date that the calendar has not."""
    lower = word.lower()
    if lower in NEAR:
        return DayWord(offset=NEAR[lower])
    number = weekday(lower)
    if number is not None:
        return DayWord(weekday=number)
    return None if (day := read_date(word)) is None else DayWord(date=day)


def read_date(word: str) -> date | None:
    """`2026-11-24`; None when the word has not that form, WordsError when there is no such day."""
    parts = word.split("-")
    if (
        len(parts) != 3
        or not word.isascii()
        or not all(part.isdigit() for part in parts)
        or len(parts[0]) != 4
    ):
        return None
    try:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except (ValueError, OverflowError):
        raise WordsError(
            f"there is no day {word[:60]}", "dates read year-month-day: 2026-11-24", word
        ) from None
    return in_reach(day, word)


def in_reach(day: date, word: str = "") -> date:
    """The day itself; WordsError when no plan can be about it."""
    if not FIRST <= day.year <= LAST:
        raise WordsError(f"{day} is out of reach", f"years run from {FIRST} to {LAST}", word)
    return day


def day_of(word: DayWord, today: date, *, back: bool = False, shown: IsoWeek | None = None) -> date:
    """The date meant: a weekday is the next one from today on, the last one when `back`, and the one of the
    week `shown` where there is one."""
    if word.date is not None:
        return word.date
    if word.offset is not None:
        return today + timedelta(days=word.offset)
    assert word.weekday is not None
    if word.weeks is not None:
        return IsoWeek.of(today).shift(word.weeks).day(word.weekday)
    if shown is not None:
        return shown.day(word.weekday)
    if back:
        return today - timedelta(days=(today.isoweekday() - word.weekday) % 7)
    return today + timedelta(days=(word.weekday - today.isoweekday()) % 7)


def full_date(day: date) -> str:
    """`Tue 24 Nov 2026`, the same in every locale."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def misspelt_day(word: str) -> str | None:
    """What a word that is nearly a day was probably meant to be."""
    from techlead_tui.core.words.near import distance

    lower = word.lower()
    if not lower.isascii() or len(lower) < 3 or len(lower) > 12:
        return None
    for name in (*WEEKDAYS, *NEAR):
        if len(lower) >= 5 and distance(lower, name) <= 2:
            return name
    for name in WEEKDAYS:
        if lower[0] == name[0] and len(lower) <= 4 and distance(lower, name[:3]) == 1:
            return name[:3]
    return None
