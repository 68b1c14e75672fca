"""Read when somebody works, in one line: `mon-fri 9-17, lunch 12-13`."""

from typing import NamedTuple

from techlead_tui.core.calendar import DAY, clock
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.words.units import DASHES, WEEKDAYS, read_range, weekday
from techlead_tui.errors import WordsError

EXAMPLE = "mon-fri 9-17, lunch 12-13"
SHORTEST = 60  # minutes of a working day


class WorkingTime(NamedTuple):
    """Working days in the order of the working week (1 Monday to 7 Sunday); minutes since midnight."""

    days: tuple[int, ...]
    opens: int
    closes: int
    lunch: tuple[int, int] | None


def read_working_time(text: str, usual: WorkingTime) -> WorkingTime:
    """Read days and hours; what a line does not say is as usual. WordsError."""
    days: list[int] = []
    hours: tuple[int, int] | None = None
    lunch = usual.lunch
    words = text.replace(",", " ").replace(";", " ").split()
    at = 0
    while at < len(words):
        word = words[at].lower()
        at += 1
        if word in ("lunch", "no"):
            after = words[at].lower() if at < len(words) else ""
            at += 1
            if word == "no" and after == "lunch":
                lunch = None
                continue
            lunch = read_range(after) if word == "lunch" else None
            if lunch is None:
                raise WordsError(f"“{word} {after}” is not understood", "lunch 12-13, or: no lunch", word)
        elif (found := read_range(word)) is not None:
            if hours is not None:
                raise WordsError("only one range of hours is possible", f"write it as {EXAMPLE}", word)
            hours = found
        else:
            days += [day for day in _days(word) if day not in days]
    opens, closes = hours or (usual.opens, usual.closes)
    return _checked(WorkingTime(tuple(days) or usual.days, opens, closes, lunch), lunch == usual.lunch)


def _days(word: str) -> list[int]:
    for dash in DASHES:
        first, found, last = word.partition(dash)
        if found:
            break
    start, end = weekday(first), weekday(last) if found else weekday(first)
    if start is None or end is None:
        raise WordsError(f"“{word}” is not understood", f"days and hours, as in {EXAMPLE}", word)
    return [(start - 1 + step) % 7 + 1 for step in range((end - start) % 7 + 1)]


def _checked(time: WorkingTime, lunch_is_usual: bool) -> WorkingTime:
    if time.closes > DAY - 1 or time.closes - time.opens < SHORTEST:
        raise WordsError(
            f"{clock(time.opens)}–{clock(time.closes)} is not a working day",
            "hours are 24-hour and within one day: 9-17",
        )
    if time.lunch is None:
        return time
    start, end = time.lunch
    if start >= end:
        raise WordsError(f"lunch {clock(start)}–{clock(end)} takes no time", "lunch 12-13, or: no lunch")
    if not time.opens < start < end < time.closes:
        if lunch_is_usual:  # nobody asked for it
            return time._replace(lunch=None)
        raise WordsError(
            f"lunch {clock(start)}–{clock(end)} is outside {clock(time.opens)}–{clock(time.closes)}",
            "a lunch within the day, or: no lunch",
        )
    return time


def working_time_of(theme: WeekTheme) -> WorkingTime:
    """Return when a week theme works; where its days differ, as most of them do."""
    frames = [(day.opens, day.closes, day.lunch) for day in theme.days]
    opens, closes, lunch = max(frames, key=frames.count)
    return WorkingTime(tuple(day.weekday for day in theme.days), opens, closes, lunch)


def working_time_words(time: WorkingTime) -> str:
    """The line that reads as this working time."""
    names = [WEEKDAYS[day - 1][:3] for day in time.days]
    steps = [(after - before) % 7 for before, after in zip(time.days, time.days[1:], strict=False)]
    days = f"{names[0]}-{names[-1]}" if len(names) > 2 and set(steps) == {1} else " ".join(names)
    lunch = f"lunch {_range(*time.lunch)}" if time.lunch else "no lunch"
    return f"{days} {_range(time.opens, time.closes)}, {lunch}"


def _range(start: int, end: int) -> str:
    return "-".join(str(m // 60) if m % 60 == 0 else f"{m // 60}:{m % 60:02}" for m in (start, end))
