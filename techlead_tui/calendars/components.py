"""Split iCalendar bytes into events without reading them, and leave out those of other times.

A large calendar is mostly past: to look at a few bytes of an event is a hundred times cheaper than to parse
it. What cannot be told from these bytes is kept.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

MARGIN = timedelta(days=2)  # zones, and ends that are not in the day
LONG = timedelta(days=62)  # of an event that tells a length instead of an end
_START = re.compile(rb"\nDTSTART[^:\n]*:(\d{8})")
_END = re.compile(rb"\nDTEND[^:\n]*:(\d{8})")
_UNTIL = re.compile(rb"\nRRULE[^\n]*UNTIL=(\d{8})")
_RECURRENCE = re.compile(rb"\nRECURRENCE-ID([^:\n]*):(\d{8})")
_UID = re.compile(rb"\nUID[^:\n]*:([^\n]*)")
_TZID = re.compile(rb"\nTZID[^:\n]*:([^\n]*)")
_WORDS = re.compile(rb"\n(BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE|VALARM)[ \t]*(?=\n)", re.IGNORECASE)
_COMES_AGAIN = (b"\nRRULE", b"\nRDATE", b"\nRECURRENCE-ID")


def plain(data: bytes) -> bytes:
    """Return the unfolded lines of a calendar, each after a line feed, whatever their ends and encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in data:
        data = data.replace(b"\0", b"")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # a fold may cut a character in two, so bytes are joined before they become text
    data = b"\n" + data.replace(b"\n ", b"").replace(b"\n\t", b"") + b"\n"
    if data.count(b"\nBEGIN:V") != data.upper().count(b"\nBEGIN:V") or b"\nBEGIN:VEVENT " in data:
        data = _WORDS.sub(lambda found: found.group().upper().rstrip(), data)
    return data


class DayRange(NamedTuple):
    """Name the days that are read, the last one included."""

    first: date
    last: date


class EventSeries:
    """Gather the master of a series, in each version that was sent, and what replaces some occurrences."""

    def __init__(self) -> None:
        self.masters: list[bytes] = []
        self.others: list[bytes] = []


class Events:
    """Gather the events of one calendar, of as many files as it has, that may touch a span of days."""

    def __init__(self, span: DayRange) -> None:
        self.single: list[tuple[bytes, bytes]] = []  # each with the zone of its calendar, or b""
        self.series: dict[bytes, EventSeries] = {}
        self.homes: dict[bytes, bytes] = {}  # of series
        self.zones: dict[str, bytes] = {}  # definitions by TZID
        self.seen = 0  # events, those of other times included
        self.cut_off = 0  # events without an end
        self.calendars = 0
        self._first = (span.first - MARGIN).strftime("%Y%m%d").encode()
        self._last = (span.last + MARGIN).strftime("%Y%m%d").encode()
        self._long = (span.first - LONG).strftime("%Y%m%d").encode()

    def add(self, data: bytes) -> bool:
        """Take the events of a file; False where it is no calendar."""
        data = plain(data)
        starts = [found.end() for found in re.finditer(rb"\nBEGIN:VCALENDAR(?=\n)", data)]
        if not starts and b"\nBEGIN:VEVENT\n" in data:
            starts = [0]  # a file that has lost its head
        for at, end in zip(starts, [*starts[1:], len(data)], strict=bool(starts)):
            self.calendars += 1
            home = _home(data, at, end)
            self._zones(data, at, end)
            for event in self._split(data, at, end):
                self._take(event, home)
        return bool(starts)

    def _split(self, data: bytes, at: int, end: int) -> Iterator[bytes]:
        begin, close = b"\nBEGIN:VEVENT\n", b"\nEND:VEVENT\n"
        at = data.find(begin, at, end)
        while at >= 0:
            after = data.find(begin, at + 1, end)
            ends = data.find(close, at, end)
            if ends < 0 or 0 <= after < ends:
                self.cut_off += 1
                ends = after if after >= 0 else end - 1
                tail = data.find(b"\nEND:VCALENDAR", at, ends)
                ends = tail if tail >= 0 else ends
            self.seen += 1
            yield data[at:ends] + close
            at = after

    def _zones(self, data: bytes, at: int, end: int) -> None:
        begin, close = b"\nBEGIN:VTIMEZONE\n", b"\nEND:VTIMEZONE\n"
        at = data.find(begin, at, end)
        while at >= 0:
            ends = data.find(close, at, end)
            if ends < 0:
                return
            zone = data[at : ends + len(close)]
            named = _TZID.search(zone)
            if named is not None:
                self.zones.setdefault(named.group(1).decode("utf-8", "replace").strip(), zone)
            at = data.find(begin, ends, end)

    def _take(self, event: bytes, home: bytes) -> None:
        begin = _START.search(event)
        start = begin.group(1) if begin is not None else None
        if not any(name in event for name in _COMES_AGAIN):
            if start is None or self._touches(event, start):
                self.single.append((event, home))
            return
        named = _UID.search(event)
        uid = named.group(1).strip() if named is not None else b""
        replaces = _RECURRENCE.search(event)
        if b"\nRECURRENCE-ID" in event:
            if replaces is None or b"RANGE" in replaces.group(1) or start is None:
                near = True
            else:
                near = self._first <= replaces.group(2) <= self._last or self._touches(event, start)
            if near:
                self.series.setdefault(uid, EventSeries()).others.append(event)
                self.homes.setdefault(uid, home)
            return
        until = _UNTIL.search(event)
        over = until is not None and until.group(1) < self._long and b"\nRDATE" not in event
        if over or (start is not None and start > self._last):
            return
        uid = uid or b"#%d" % self.seen  # without a name each stands for itself
        self.series.setdefault(uid, EventSeries()).masters.append(event)
        self.homes.setdefault(uid, home)

    def _touches(self, event: bytes, start: bytes) -> bool:
        if start > self._last:
            return False
        if start >= self._first:
            return True
        ends = _END.search(event)
        if ends is not None:
            return ends.group(1) >= self._first
        return b"\nDURATION" in event and start >= self._long


def _home(data: bytes, at: int, end: int) -> bytes:
    """Return the zone of a calendar's own, X-WR-TIMEZONE; it stands before the events, or behind them."""
    found = data.find(b"\nX-WR-TIMEZONE", at, min(end, at + 4000))
    if found < 0:
        found = data.rfind(b"\nX-WR-TIMEZONE", max(at, end - 4000), end)
    if found < 0:
        return b""
    line = data[found + 1 : data.find(b"\n", found + 1)]
    return line.partition(b":")[2].strip()
