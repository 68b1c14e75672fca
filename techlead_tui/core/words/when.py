"""What the pieces of a WHEN mean: a day and a span of it, seen from now or from the week on the screen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from techlead_tui.core.edits import Repeat
from techlead_tui.core.localtime import DAY, NoSuchTimeError, at, clock, into, minute_of
from techlead_tui.core.words.clocktime import check_range
from techlead_tui.core.words.days import day_of, in_reach, misspelt_day, read_day
from techlead_tui.core.words.reading import Context
from techlead_tui.core.words.scan import Found, find_when
from techlead_tui.core.words.tokens import Token, from_line
from techlead_tui.errors import WordsError


class Slot(NamedTuple):
    """A day and a span of it, in minutes since midnight."""

    day: date
    start: int
    end: int


def slot_of(found: Found, rest: list[Token], context: Context) -> Slot:
    """The day and span that a WHEN ahead means; `rest` are the other words, for errors and to find out
    whether one of them was meant as the day. WordsError when something is missing or cannot be."""
    if found.ago is not None:
        day, start = _back(found.ago, context)
    else:
        if found.start is None and context.start is None:
            raise _no_time(rest)
        begin = context.start if found.start is None else found.start
        assert begin is not None
        start = begin
        if found.day is None and context.day is None:
            _no_hidden_day(rest)
        day = _day_ahead(found, start, context)
    end = found.end
    if end is None:
        minutes = found.length or context.length
        if minutes is None:
            later = clock(min(start + 60, DAY))
            raise WordsError(
                f"when does it end? only {clock(start)} was understood",
                f"say its end or a length: {clock(start)}-{later} or {clock(start)} 45m",
                found.word,
                found.position,
            )
        end = start + minutes
    check_range(start, end, found.word, found.position)
    exists(day, start, context, found.word, found.position)
    exists(day, end, context, found.word, found.position)
    return Slot(day, start, end)


def last_of(found: Found, context: Context) -> tuple[date, int | None]:
    """The day and start that a WHEN in the past means (`log --at`); no start where none was named."""
    if found.ago is not None:
        return _back(found.ago, context)
    start = found.start
    if found.day is None:
        day = context.day or context.today
        if context.day is None and start is not None and start > context.minute:
            day -= timedelta(days=1)
        return day, start
    day = day_of(found.day, context.today, back=True, shown=context.shown)
    again = found.day.weekday is not None and found.day.weeks is None and context.shown is None
    if again and day == context.today and start is not None and start > context.minute:
        day -= timedelta(days=7)
    return in_reach(day), start


def exists(day: date, minute: int, context: Context, word: str = "", position: int = -1) -> None:
    """WordsError when the clocks skip that time (a DST gap)."""
    try:
        at(day, minute, context.zone, strict=True)
    except NoSuchTimeError as gap:
        raise WordsError(
            str(gap), "take a time before or after the change of the clocks", word, position
        ) from None


def _back(minutes: int, context: Context) -> tuple[date, int]:
    then = into(context.now - timedelta(minutes=minutes), context.zone)
    return then.date(), minute_of(then)


def _day_ahead(found: Found, start: int, context: Context) -> date:
    over = (start if found.end is None else found.end) <= context.minute
    today = context.today
    if found.day is None:
        if context.day is not None:
            return context.day
        return today + timedelta(days=1) if over else today
    day = day_of(found.day, today, shown=context.shown)
    if (
        day == today
        and over
        and found.day.weekday is not None
        and found.day.weeks is None
        and context.shown is None
    ):
        day += timedelta(days=7)
    return in_reach(day)


def _no_time(rest: list[Token]) -> WordsError:
    """Which word kept the time from being found: one that is quoted, a day that is misspelt, else none."""
    for token in rest:
        if token.literal and _says_when(token.text):
            return WordsError(
                f"“{token.text[:60]}” stands in quotes, and what is quoted is text",
                "leave the day and the time out of the quotes: wed 14-16 'connection pool' +code",
                token.text,
                token.position,
            )
    for token in rest:
        if not token.literal and (near := misspelt_day(token.text)) and read_day(token.text) is None:
            return WordsError(
                f"“{token.text}” is not understood", f"did you mean {near}?", token.text, token.position
            )
    hint = "the day and the time stand first or last: wed 14-16 connection pool +code"
    if rest and not rest[0].literal:
        first = rest[0]
        return WordsError(
            f"no time was understood; the first unknown word is “{first.text[:60]}”",
            hint,
            first.text,
            first.position,
        )
    return WordsError("no time was understood", hint)


def _says_when(text: str) -> bool:
    try:
        return find_when(from_line(text), bare=True)[0].start is not None
    except WordsError:
        return False


def _no_hidden_day(rest: list[Token]) -> None:
    """WordsError when a word of the text may have been meant as the day, and no day was understood."""
    for token in rest:
        if token.literal:
            continue
        if read_day(token.text) is not None:
            raise WordsError(
                f"is “{token.text}” the day, or part of the text?",
                f"put the day first, {token.text} 14-16 …, or name another one: today 14-16 …",
                token.text,
                token.position,
            )
    for token in [token for token in (*rest[:1], *rest[-1:]) if not token.literal]:
        if near := misspelt_day(token.text):
            raise WordsError(
                f"is “{token.text}” a day, or part of the text?",
                f"did you mean {near}? otherwise name the day: today 14-16 …",
                token.text,
                token.position,
            )


def repeat_of(found: Found) -> Repeat | None:
    return None if found.weeks is None else Repeat(found.weeks, found.until, found.nth)
