"""Write times, spans and titles as people read them: `Tue 24 Nov 14:30–15:00`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from techlead_tui.core.calendar import DAY, IsoWeek, clock, minute_of
from techlead_tui.core.ids import is_own, short_id
from techlead_tui.core.records import Change
from techlead_tui.core.span import Span
from techlead_tui.core.week import Block

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

KIND_NOUNS = {
    "deep_work": "deep work",
    "meeting": "a meeting",
    "window": "a window for questions",
    "async": "async work",
    "planning": "planning",
    "leave": "leave",
}


def day_text(day: date) -> str:
    """`Tue 24 Nov`, in English whatever the locale."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def times(span: Span) -> str:
    """`14:30–15:00`."""
    return f"{clock(span.start_minute)}–{clock(span.end_minute)}"


def when(span: Span) -> str:
    """`Tue 24 Nov 14:30–15:00`; over several days `Tue 24 Nov 14:30 – Thu 26 Nov 10:00`, or days alone."""
    if not takes_days(span):
        return f"{day_text(span.start.date())} {times(span)}"
    if takes_whole_days(span):
        return days_text(span)
    start, end = clock(minute_of(span.start)), clock(minute_of(span.end))
    return f"{day_text(span.start.date())} {start} – {day_text(span.end.date())} {end}"


def days_text(span: Span) -> str:
    """`Wed 25 Nov`; over several days `Wed 25 – Fri 27 Nov`, or `Mon 30 Nov – Wed 2 Dec`."""
    first, last = span.start.date(), last_day(span)
    if first == last:
        return day_text(first)
    begin = day_text(first)
    return f"{begin if first.month != last.month else begin[:-4]} – {day_text(last)}"


def with_days(title: str, span: Span) -> str:
    """Return what something is called in an answer: over several days, with its days."""
    return f"{title} ({days_text(span)})" if takes_days(span) else title


def last_day(span: Span) -> date:
    """Return the last day that a span takes something of: midnight ends the day before."""
    return (span.end - timedelta(minutes=1)).date()


def takes_days(span: Span) -> bool:
    """Tell whether a span is over several days; one that is over a night alone is not."""
    return span.minutes >= DAY and last_day(span) > span.start.date()


def takes_whole_days(span: Span) -> bool:
    """Tell whether a span goes from one midnight to another."""
    return span.end.date() > span.start.date() and not (minute_of(span.start) or minute_of(span.end))


LONGEST = 200  # letters of a title within a sentence


def titled(block: Block) -> str:
    """Return `Budget sync, Tue 24 Nov 14:30–15:00`; a title that fills a screen is cut."""
    return f"{_brief(block.summary)}, {when(block.span)}"


def place(summary: str, day: date, start: int, end: int) -> str:
    """Return the title and time of a block that is only wanted, as `titled` does of one that is there."""
    return f"{_brief(summary)}, {day_text(day)} {clock(start)}–{clock(end)}"


def _brief(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"


def listed(names: Sequence[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def number_of(number: int, one: str, many: str = "") -> str:
    """Return `no meetings`, `1 meeting`, `2 meetings`; `many` where an s does not do."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def told(words: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """A call of the history as people know it: what it is about by its summary, not by its uid."""
    names: dict[str, str] = {}
    for change in changes:
        record = change.after or change.before or {}
        if record.get("summary"):
            names[change.uid] = str(record["summary"])
    out = [names.get(word, word) for word in words]
    title = next(iter(names.values()), "")
    if words[:1] in (["start"], ["stop"]) and title and title not in " ".join(words):
        out.insert(1, title)  # what ran is not among the words
    return out


def shown_id(block: Block, this: IsoWeek) -> str:
    """Return what to type for a block: a box of the present week needs no date."""
    short = short_id(block.uid)
    name, at, _ = block.uid.partition("@")
    if at and IsoWeek.of(block.day) == this and block.source == "theme" and not is_own(name):
        return name
    return short
