"""A WEEK as typed: `2026-W48`, this, next, last, `+2`, `-1`, or a day in it."""

from datetime import date, timedelta
from typing import NamedTuple

from techlead_tui.core.calendar import DAY, IsoWeek, clock
from techlead_tui.core.lengths import short_length
from techlead_tui.core.words.args import nearest
from techlead_tui.errors import WordsError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = {"tues": 2, "weds": 3, "thur": 4, "thurs": 4}
NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST, LAST = 1970, 2100  # years that a plan or a log can be about
DAY_HINT = "a day is mon to sun, today, tomorrow or a date like 2026-11-24"


class DayWord(NamedTuple):
    """A day as typed: a weekday (1 to 7) of the week that is `weeks` away or of none in particular, a
    number of days from today, or a date."""

    weekday: int | None = None
    weeks: int | None = None
    offset: int | None = None
    exact: date | None = None


def weekday(word: str) -> int | None:
    """1 for `mon` or `monday` to 7; None for any other word."""
    word = word.lower()
    if word in SHORT:
        return SHORT[word]
    for number, name in enumerate(WEEKDAYS, 1):
        if word in (name, name[:3]):
            return number
    return None


EACH_DAY = {"day": (1, 2, 3, 4, 5, 6, 7), "weekday": (1, 2, 3, 4, 5)}


def read_weekdays(word: str) -> tuple[int, ...]:
    """Return the weekdays of `tue,thu`, `mon-fri` or `tue`, Monday first; none for any other word."""
    found: set[int] = set()
    for part in word.split(","):
        first, *rest = [weekday(name) for dash in DASHES for name in part.split(dash) if dash in part] or [
            weekday(part)
        ]
        if first is None or len(rest) > 1 or None in rest:
            return ()
        last = rest[0] if rest else first
        assert last is not None
        found |= {(first + n - 1) % 7 + 1 for n in range((last - first) % 7 + 1)}
    return tuple(sorted(found))


def says_day(word: str) -> bool:
    """Tell whether a word means days alone: `wed`, `tue,thu`, `tomorrow`. A text may begin with `Monday`."""
    short = len(word) <= len("mon") or not word.isalpha()
    return word.lower() in NEAR or (short and bool(read_weekdays(word)))


def read_day(word: str) -> DayWord | None:
    """A day; None when the word is none. WordsError for a date that the calendar has not."""
    lower = word.lower()
    if lower in NEAR:
        return DayWord(offset=NEAR[lower])
    number = weekday(lower)
    if number is not None:
        return DayWord(weekday=number)
    return None if (day := read_date(word)) is None else DayWord(exact=day)


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
        raise WordsError(f"{day} is out of range", f"years run from {FIRST} to {LAST}", word)
    return day


def day_of(word: DayWord, today: date, *, back: bool = False, shown: IsoWeek | None = None) -> date:
    """The date meant: a weekday is the next one from today on, the last one when `back`, and the one of the
    week `shown` where there is one."""
    if word.exact is not None:
        return word.exact
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
    """Return the day that a word which is nearly one was probably meant to be."""
    lower = word.lower()
    if not lower.isascii() or len(lower) < 3 or len(lower) > 12:
        return None
    if len(lower) >= 5:
        return nearest(lower, (*WEEKDAYS, *NEAR), 0.8)
    for name in WEEKDAYS:
        if lower[0] == name[0] and _one_letter_off(lower, name[:3]):
            return name[:3]
    return None


def _one_letter_off(word: str, short: str) -> bool:
    """Tell whether a word of three or four letters has one too many, a wrong one, or two swapped."""
    if len(word) > len(short):
        return any(word[:at] + word[at + 1 :] == short for at in range(len(word)))
    wrong = sum(a != b for a, b in zip(word, short, strict=True))
    return wrong == 1 or (wrong == 2 and sorted(word) == sorted(short))


DASHES = "-–—"
TIME_HINT = "hours are 24-hour: 9, 9:40, 14-16 or 9:30-11"


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
            raise WordsError(f"“{text}” is not a time of day", TIME_HINT, text)
        return None
    value = int(hour) * 60 + int(minute)
    if int(minute) > 59 or value > DAY:
        if not colon and value > DAY:
            return None  # `add wed 14 90 days`: a bare number, not a time that cannot be
        raise WordsError(f"“{text}” is not a time of day", TIME_HINT, text)
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
            raise WordsError(f"“{text}” is not a range of times", TIME_HINT, text)
        return None
    return start, end


def check_range(start: int, end: int, word: str, position: int = -1, *, crosses: bool = False) -> None:
    """WordsError unless the range takes some time, and lies in one day if it may not cross midnight."""
    if start >= DAY:
        raise WordsError("nothing starts at 24:00", "write 0:00 of the next day", word, position)
    if end > DAY and not crosses:
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


NAMES = {"this": 0, "next": 1, "last": -1}
WEEK_HINT = "a week is 48, 2026-W48, this, next, last, +2, -1 or a date in it"


def read_week(text: str, today: date, *, back: bool = False) -> IsoWeek:
    """Return the week meant, seen from `today`; of a weekday the last one when `back`. WordsError."""
    word = text.strip().lower()
    if word in NAMES:
        return _shift(today, NAMES[word], text)
    if word[:1] in ("+", "-") and word[1:].isdigit() and word.isascii():
        return _shift(today, int(word[:6]), text)
    year, dash, number = word.partition("-w")
    bare = word.removeprefix("w")
    if bare.isdigit() and bare.isascii() and len(bare) <= 2:
        year, dash, number = str(IsoWeek.of(today).year), "-w", bare
    if dash and year.isdigit() and number.isdigit() and word.isascii():
        try:
            week = IsoWeek.parse(f"{year}-W{number.zfill(2)}")
        except ValueError:
            raise WordsError(f"there is no week {text[:60]}", _last(year), text) from None
        return _reach(week, text)
    day = read_day(word)
    if day is None:
        near = nearest(word, ("this", "next", "last", "all"))
        raise WordsError(f"“{text[:60]}” is not a week", f"did you mean {near}?" if near else WEEK_HINT, text)
    return IsoWeek.of(day_of(day, today, back=back))


MOST_WEEKS = 600  # of a span
SPAN_HINT = "2026-W40..2026-W48, a week, a month as 2026-11, a quarter as 2026-Q4"


def read_weeks(text: str, today: date) -> list[IsoWeek]:
    """Return the weeks of a WEEK, a RANGE (`W40..W48`), a MONTH or a QUARTER, in order. WordsError.

    They are looked back upon: a weekday is the last one.
    A week belongs to the month, and the quarter, in which its Thursday lies (ISO 8601).
    """
    word = text.strip().lower()
    if ".." in word:
        begin, _, end = word.partition("..")
        first, last = (read_week(one.strip(".") or "this", today, back=True) for one in (begin, end))
        if last < first:
            raise WordsError(f"{text[:60]} ends before it begins", SPAN_HINT, text)
    else:
        year, _, part = word.partition("-")
        quarter = part[:1] == "q" and part[1:] in ("1", "2", "3", "4")
        month = len(part) == 2 and part.isdigit() and part.isascii() and 1 <= int(part) <= 12
        if not (len(year) == 4 and year.isdigit() and year.isascii() and (quarter or month)):
            return [read_week(text, today, back=True)]
        months = (3 * int(part[1]) - 2, 3) if quarter else (int(part), 1)
        if not FIRST <= int(year) <= LAST:
            raise WordsError(f"{text[:60]} is out of range", f"years run from {FIRST} to {LAST}", text)
        after = months[0] - 1 + months[1]
        end_day = date(int(year) + after // 12, after % 12 + 1, 1)
        first = IsoWeek.of(date(int(year), months[0], 1) + timedelta(days=3))
        last = IsoWeek.of(end_day + timedelta(days=3)).shift(-1)
    count = (last.monday - first.monday).days // 7 + 1
    if count > MOST_WEEKS:
        raise WordsError(f"{text[:60]} is {count} weeks long", f"at most {MOST_WEEKS}", text)
    return [first.shift(n) for n in range(count)]


def _shift(today: date, weeks: int, text: str) -> IsoWeek:
    try:
        return _reach(IsoWeek.of(today).shift(weeks), text)
    except (ValueError, OverflowError):
        raise WordsError(f"{text[:60]} is out of range", WEEK_HINT, text) from None


def _reach(week: IsoWeek, text: str) -> IsoWeek:
    if not FIRST <= week.year <= LAST:
        raise WordsError(f"{text[:60]} is out of range", f"years run from {FIRST} to {LAST}", text)
    return week


def _last(year: str) -> str:
    if len(year) != 4 or not FIRST <= int(year) <= LAST:
        return WEEK_HINT
    return f"the last week of {year} is {IsoWeek.of(date(int(year), 12, 28))}"


def or_all(hint: str) -> str:
    """The hint of a wrong WEEK where `all` would do as well."""
    return hint.replace(" or a date in it", ", a date in it or all")
