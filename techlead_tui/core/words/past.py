"""Read when something was: `log --at`, and ISO times."""

from __future__ import annotations

from datetime import date, datetime

from techlead_tui.core.calendar import DAY, into
from techlead_tui.core.words.args import from_line
from techlead_tui.core.words.scan import WhenPieces
from techlead_tui.core.words.units import in_reach
from techlead_tui.core.words.when import ReadingContext, exists, find_when, last_of
from techlead_tui.errors import WordsError


def read_past(text: str, context: ReadingContext) -> tuple[date, int | None]:
    """The day and start (minutes since midnight) of `log --at`: the last such time; None for a day alone."""
    found = _only(text)
    if found.end is not None or found.length is not None or found.weeks is not None:
        raise WordsError(f"“{text[:60]}” is more than a start", "say when it started: --at 'tue 14:00'", text)
    day, start = last_of(found, context)
    if start is not None:
        if start >= DAY:
            raise WordsError(f"“{text[:60]}” is not a start", "24:00 is 0:00 of the next day", text)
        exists(day, start, context, text)
    return day, start


def read_instant(text: str, context: ReadingContext) -> datetime | None:
    """An ISO 8601 time with an offset (`2026-11-24T14:00:00+01:00`), on the user's clock, else None."""
    if len(text) < 16 or text[10:11].upper() != "T":
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    in_reach(moment.date(), text)
    here = into(moment, context.zone)
    in_reach(here.date(), text)
    return here


def read_start(text: str, context: ReadingContext) -> tuple[date, datetime | None]:
    """The day, and the aware start where a time was named: `read_past`, or an ISO time with an offset."""
    moment = read_instant(text, context)
    if moment is not None:
        return moment.date(), moment
    day, start = read_past(text, context)
    return day, None if start is None else context.moment(day, start)


def _only(text: str) -> WhenPieces:
    found, rest = find_when(from_line(text), bare=True)
    if rest:
        word = rest[0]
        raise WordsError(
            f"“{word.text[:60]}” is not a time",
            "a time is 9:40, tue 14:00, fri, 2026-11-24 10:00 or -25m",
            word.text,
            word.position,
        )
    return found
