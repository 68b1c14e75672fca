"""Write what is published as iCalendar, and read back what has become of it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from techlead_tui import __version__
from techlead_tui.calendars.reading import OURS
from techlead_tui.core.one_line import one_line

PRODUCT = f"-//techlead-tui//{__version__}//EN"


class PublishedEvent(NamedTuple):
    """Hold a published event. Times are UTC."""

    uid: str
    start: datetime
    end: datetime
    summary: str  # one line
    sequence: int = 0
    stamp: datetime = datetime(2000, 1, 1, tzinfo=UTC)  # when it was changed last

    @property
    def told(self) -> tuple[datetime, datetime, str]:
        """Return what others see of it."""
        return (self.start, self.end, self.summary)


def event_id(box: str) -> str:
    """Return the id under which a box of a day is published: always the same."""
    from uuid import NAMESPACE_URL, uuid5  # dear, and only publishing needs it

    return f"{uuid5(NAMESPACE_URL, f'techlead-tui:{box}')}{OURS}"


def calendar_text(events: Iterable[PublishedEvent]) -> bytes:
    """Return a calendar of single events: times in UTC, busy, without a method."""
    from icalendar import Calendar
    from icalendar import Event as Component

    calendar: Any = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    for one in events:
        event: Any = Component()
        event.add("UID", one.uid)
        event.add("DTSTAMP", one.stamp.astimezone(UTC))
        event.add("DTSTART", one.start.astimezone(UTC))
        event.add("DTEND", one.end.astimezone(UTC))
        event.add("SUMMARY", one.summary)
        event.add("SEQUENCE", one.sequence)
        event.add("TRANSP", "OPAQUE")
        event.add("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY")
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def published(data: bytes) -> tuple[list[PublishedEvent], int]:
    """Return the events of ours in a file, and how many others it holds."""
    from icalendar import Calendar

    try:
        calendars: Any = Calendar.from_ical(data, multiple=True)
    except Exception:  # whatever it is, it is not ours
        return [], int(bool(data.strip()))
    ours: list[PublishedEvent] = []
    others = 0
    for component in (event for calendar in calendars for event in calendar.walk()):
        if component.name in ("VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM"):
            continue
        uid = str(component.get("UID") or "")
        try:
            start, end = (component[key].dt for key in ("DTSTART", "DTEND"))
        except Exception:  # without an end, or with one that is none
            start = end = None
        if component.name != "VEVENT" or not uid.endswith(OURS) or start is None:
            others += 1
            continue
        summary = str(component.get("SUMMARY") or "")
        ours.append(PublishedEvent(uid, _utc(start), _utc(end), summary))
    return ours, others


def title_line(text: str) -> str:
    """Return a title as one line; a calendar shows that the time is taken where nothing is left of it."""
    return one_line(text) or "Busy"


def _utc(value: date) -> datetime:
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return (value if value.tzinfo is not None else value.replace(tzinfo=UTC)).astimezone(UTC)
