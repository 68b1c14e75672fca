"""A WEEK as typed: `2026-W48`, this, next, last, `+2`, `-1`, or a day in it."""

from __future__ import annotations

from datetime import date

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.words.days import FIRST, LAST, day_of, read_day
from techlead_tui.core.words.near import nearest
from techlead_tui.errors import WordsError

NAMES = {"this": 0, "next": 1, "last": -1}
HINT = "a week is 2026-W48, this, next, last, +2, -1 or a date in it"


def read_week(text: str, today: date) -> IsoWeek:
    """The week meant, seen from `today`; WordsError when there is none."""
    word = text.strip().lower()
    if word in NAMES:
        return _shift(today, NAMES[word], text)
    if word[:1] in ("+", "-") and word[1:].isdigit() and word.isascii():
        return _shift(today, int(word[:6]), text)
    year, dash, number = word.partition("-w")
    if dash and year.isdigit() and number.isdigit() and word.isascii():
        try:
            week = IsoWeek.parse(f"{year}-W{number.zfill(2)}")
        except ValueError:
            raise WordsError(f"there is no week {text[:60]}", _last(year), text) from None
        return _reach(week, text)
    day = read_day(word)
    if day is None:
        near = nearest(word, ("this", "next", "last", "all"))
        raise WordsError(f"“{text[:60]}” is no week", f"did you mean {near}?" if near else HINT, text)
    return IsoWeek.of(day_of(day, today))


def _shift(today: date, weeks: int, text: str) -> IsoWeek:
    try:
        return _reach(IsoWeek.of(today).shift(weeks), text)
    except (ValueError, OverflowError):
        raise WordsError(f"{text[:60]} is out of reach", HINT, text) from None


def _reach(week: IsoWeek, text: str) -> IsoWeek:
    if not FIRST <= week.year <= LAST:
        raise WordsError(f"{text[:60]} is out of reach", f"years run from {FIRST} to {LAST}", text)
    return week


def _last(year: str) -> str:
    if len(year) != 4 or not FIRST <= int(year) <= LAST:
        return HINT
    return f"the last week of {year} is {IsoWeek.of(date(int(year), 12, 28))}"
