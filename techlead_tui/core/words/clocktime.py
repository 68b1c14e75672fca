"""Times of day and ranges of them: `9`, `9:40`, `14-16`, `9:30–11`."""

from __future__ import annotations

from techlead_tui.core.lengths import short_length
from techlead_tui.core.localtime import DAY, clock
from techlead_tui.errors import WordsError

DASHES = "-–—"
HINT = "hours are 24-hour: 9, 9:40, 14-16 or 9:30-11"


def read_time(text: str) -> int | None:
    """Minutes since midnight, 0 to 1440, of `9` or `9:40`; None when the text has not the form of a time of
    day, WordsError when it has and is none (25:00) or when it counts to twelve (2pm)."""
    if not text.isascii():
        return None
    hour, colon, minute = text.partition(":")
    if not hour.isdigit() or len(hour) > 2:
        _twelve(text)
        return None
    if not colon:
        minute = "00"
    elif not (minute.isdigit() and len(minute) == 2):
        _twelve(text)
        if minute.isdigit() or not minute:
            raise WordsError(f"“{text}” is no time of day", HINT, text)
        return None
    value = int(hour) * 60 + int(minute)
    if int(minute) > 59 or value > DAY:
        if not colon and value > DAY:
            return None  # `add wed 14 90 days`: a bare number, not a time that cannot be
        raise WordsError(f"“{text}” is no time of day", HINT, text)
    return value


def read_range(text: str) -> tuple[int, int] | None:
    """Start and end of `14-16` or `14:00–15:30`; None when the text has not that form."""
    for dash in DASHES:
        left, found, right = text.partition(dash)
        if found:
            break
    else:
        return None
    if not left[:1].isdigit() or not right[:1].isdigit() or any(dash in right for dash in DASHES):
        return None
    start, end = read_time(left), read_time(right)
    if start is None or end is None:
        if left.isdigit() and right.isdigit():
            raise WordsError(f"“{text}” is no range of times", HINT, text)
        return None
    return start, end


def check_range(start: int, end: int, word: str, position: int = -1) -> None:
    """WordsError unless the range lies in one day and takes some time."""
    if start >= DAY:
        raise WordsError("24:00 ends a day, it starts none", "write 0:00 of the next day", word, position)
    if end > DAY:
        raise WordsError(
            f"{clock(start)} and {short_length(end - start)} run past midnight",
            "a block stays within one day: plan two",
            word,
            position,
        )
    if end == start:
        raise WordsError(
            f"{clock(start)}–{clock(end)} takes no time", "say when it ends: 14-15", word, position
        )
    if end < start:
        raise WordsError(
            f"{clock(start)}–{clock(end)} ends before it starts",
            "a block stays within one day; hours are 24-hour, so two to three in the afternoon is 14-15",
            word,
            position,
        )


def _twelve(text: str) -> None:
    """Refuses `2pm`, saying what it is called here."""
    lower = text.lower()
    if lower[-2:] not in ("am", "pm"):
        return
    hour, colon, minute = lower[:-2].partition(":")
    if not hour.isdigit() or not 1 <= int(hour[:4]) <= 12 or (colon and not minute.isdigit()):
        return
    value = int(hour) % 12 + (12 if lower.endswith("pm") else 0)
    raise WordsError(f"“{text}” is not understood", f"hours are 24-hour: {value}:{minute or '00'}", text)
