"""Make iCalendar files for tests."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from techlead_tui.calendars.reading import Read, read

ZONE = ZoneInfo("Europe/Berlin")
ME = "me@example.org"
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)  # W48


def event(*lines: str, uid: str = "1", start: str = "DTSTART:20261124T100000Z", title: str = "Sync") -> str:
    """Return an event; it takes an hour unless its lines say otherwise."""
    text = "\n".join(lines)
    length = () if "DTEND" in text or "DURATION" in text or "VALUE=DATE:" in start else ("DURATION:PT1H",)
    head = (f"UID:{uid}", "DTSTAMP:20261101T000000Z", *((start,) if start else ()), f"SUMMARY:{title}")
    return "\n".join(("BEGIN:VEVENT", *head, *length, *lines, "END:VEVENT"))


def calendar(*parts: str, head: str = "") -> bytes:
    """Return a whole file, with the line ends that the standard wants."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tests",
        *([head] if head else []),
        *parts,
        "END:VCALENDAR",
    )
    return ("\n".join(lines) + "\n").replace("\n", "\r\n").encode()


def read_all(*files: bytes, first: date = FIRST, last: date = LAST, me: tuple[str, ...] = (ME,)) -> Read:
    return read(files, first, last, ZONE, me)


def starts(found: Read) -> list[str]:
    """Return when the occurrences start, on the clocks of the user."""
    return [f"{one.start.astimezone(ZONE):%a %H:%M}" for one in found.occurrences]


def problems(found: Read) -> list[str]:
    return [problem.what for problem in found.problems]
