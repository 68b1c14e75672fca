"""Read the holidays of an iCalendar file: its events that take whole days."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from techlead_tui.errors import UserError

LARGEST = 10_000_000  # bytes
YEARS = 3  # of a holiday that comes again
LONGEST = 366  # days of one event


def read_holidays(data: bytes, name: str, today: date) -> tuple[tuple[date, str], ...]:
    """Return the days from today on that whole-day events take, and the name of each. UserError."""
    if len(data) >= LARGEST:
        raise UserError(f"{name} is too large: {len(data) // 1_000_000} MB", "a calendar has at most 10 MB")
    from icalendar import Calendar

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            calendars = Calendar.from_ical(data.removeprefix(b"\xef\xbb\xbf"), multiple=True)
            events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except Exception as wrong:
        raise UserError(f"{name} is not a calendar", "a calendar file begins with BEGIN:VCALENDAR") from wrong
    found: dict[date, str] = {}
    last = date(min(9999, today.year + YEARS), 12, 31)
    for event in events:
        for day in _days(event, today, last):
            found.setdefault(day, " ".join(str(event.get("SUMMARY") or "").split())[:100] or "Holiday")
    if not found:
        raise UserError(
            f"{name} has no holiday from {today} on", "a holiday is an event that takes whole days"
        )
    return tuple(sorted(found.items()))


def _days(event: Any, first: date, last: date) -> Iterator[date]:
    """Yield the days of an event from the first wanted on; what comes again is followed to the last."""
    if str(event.get("STATUS") or "").upper() == "CANCELLED":
        return
    begin, end = _value(event, "DTSTART"), _value(event, "DTEND")
    if begin is None:
        return
    length = min(LONGEST, max(1, (end - begin).days)) if end is not None else 1
    for start in _starts(event, begin, first - timedelta(days=length), last):
        for day in (start + timedelta(days=n) for n in range(length)):
            if day >= first:
                yield day


def _value(event: Any, key: str) -> date | None:
    """Return a whole day; None for a moment, and for what cannot be read."""
    try:
        value = event[key].dt
    except (KeyError, ValueError, AttributeError):
        return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _starts(event: Any, begin: date, first: date, last: date) -> Iterator[date]:
    """Yield when an event begins, each time; only what comes yearly is followed."""
    try:
        rule = event["RRULE"].to_ical().decode().upper()
    except (KeyError, ValueError, AttributeError):
        rule = ""
    if "FREQ=YEARLY" not in rule:
        yield begin
        return
    from dateutil import rrule

    start = datetime.combine(begin, time())
    try:
        parts = [part for part in rule.split(";") if not part.startswith("UNTIL")]
        until = next((part[6:14] for part in rule.split(";") if part.startswith("UNTIL=")), None)
        end = last if until is None else min(last, datetime.strptime(until, "%Y%m%d").date())
        ends = "" if "COUNT=" in rule else f";UNTIL={end:%Y%m%d}T000000"
        found: Any = rrule.rrulestr(";".join(parts) + ends, dtstart=start)
        after = datetime.combine(max(first, begin), time())
        days = [one.date() for one in found.between(after, datetime.combine(end, time()), inc=True)]
        yield from days or [begin]
    except (ValueError, TypeError, OverflowError):
        yield begin
