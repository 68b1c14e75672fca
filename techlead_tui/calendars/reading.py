"""Read the occurrences of calendars by icalendar and recurring-ical-events, whatever is wrong in them.

What one broken line would lose is salvaged, each series is read by itself and within a time limit, and every
problem is counted with an example.
"""

import re
import warnings
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from techlead_tui.calendars.components import DayRange, Events, EventSeries
from techlead_tui.calendars.limits import Late, time_limit
from techlead_tui.calendars.values import (
    address_of,
    date_of,
    decoded,
    is_leave,
    is_room,
    name_of,
    never_comes,
    number_of,
    plain_rule,
    title_in,
    values_of,
)
from techlead_tui.calendars.zones import zone_named
from techlead_tui.core.occurrence import BUSY, MEETING, OWN, Occurrence
from techlead_tui.core.one_line import one_line

STEPS = 60_000  # that a series may take up to the last day that is read
OFTEN = 48  # times a day that are no meeting any more
SECONDS = 3.0  # for one series
MOST = 2000  # occurrences of one series
LONGEST = timedelta(days=366)
TITLE = 300  # characters of a title
NAMES = 30  # people whose names are kept
YEARS = range(1900, 2200)
PERIOD = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86400, "WEEKLY": 604800}  # seconds
TIMED = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
KEPT = frozenset((
    *TIMED, "SEQUENCE",
    "BEGIN", "END", "UID", "SUMMARY", "DURATION", "RRULE", "ORGANIZER", "ATTENDEE", "STATUS", "CLASS",
    "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS",
))  # fmt: skip
BUSY_TITLES = ("", "busy", "free/busy", "not available", "unavailable", "beschäftigt", "gebucht", "occupé")
OURS = "@techlead-tui"  # ending of the ids of what this program publishes
_TZID = re.compile(r';TZID=("[^"]*"|[^:;]*)', re.IGNORECASE)
_VALUE = re.compile(r";VALUE=(DATE-TIME|DATE|PERIOD)", re.IGNORECASE)
_BARE = re.compile(r"^\d{8}(T\d{6}Z?)?$")


class ProblemCount(NamedTuple):
    """Count what is wrong in the same way."""

    what: str
    times: int
    example: str  # the title of one such event, or what stands there


class Read(NamedTuple):
    """Hold what a calendar says for a span of days."""

    occurrences: tuple[Occurrence, ...]  # by start
    problems: tuple[ProblemCount, ...]
    left_out: dict[str, int]  # events that take no time: declined, free, cancelled, all-day, published
    events: int  # in the whole calendar
    is_calendar: bool


class CalendarReader:
    """Read the files of one calendar: `add` each, then `finish`."""

    def __init__(self, first: date, last: date, zone: tzinfo, me: Iterable[str] = ()) -> None:
        self._zone = zone
        self._me = frozenset(address.casefold() for address in me)
        self._span = DayRange(first, last)
        self._events = Events(self._span)
        self._begin = datetime.combine(first, time(), zone)
        self._end = datetime.combine(last + timedelta(days=1), time(), zone)
        self._problems: dict[str, tuple[int, str]] = {}
        self._left_out: dict[str, int] = {}
        self._found: dict[tuple[str, datetime], Occurrence] = {}
        self._zones: dict[str, tzinfo | None] = {}
        self._files = 0
        self.bad_files = 0

    def add(self, data: bytes, name: str = "") -> bool:
        """Take a file; False where it is no calendar, which is counted where there are several files."""
        self._files += 1
        good = self._events.add(data)
        if not good and name:
            self._problem("is in a file that is no calendar", name)
        return good

    def problem(self, what: str, example: str) -> None:
        """Count what is wrong with a file that was not even read."""
        self._problem(what, example)

    def finish(self) -> Read:
        """Read all that was added."""
        events = self._events
        if events.cut_off:
            self._problems["is cut off: its end is missing"] = (events.cut_off, "")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._singles(events.single)
            for uid, series in events.series.items():
                self._series(series, events.homes.get(uid, b""))
        found = sorted(self._found.values(), key=lambda one: (one.start, one.end, one.uid))
        problems = tuple(ProblemCount(what, *told) for what, told in sorted(self._problems.items()))
        return Read(tuple(found), problems, self._left_out, events.seen, events.calendars > 0)

    # single events

    def _singles(self, found: Sequence[tuple[bytes, bytes]]) -> None:
        texts = [self._text(raw, home) for raw, home in found]
        parsed = self._parsed(texts)
        if parsed is None or len(parsed) != len(texts):
            parsed = [one for text in texts for one in self._alone(text)]
        for event in parsed:
            self._single(event)

    def _single(self, event: Any) -> None:
        start, end = self._times(event)
        if start is not None and end is not None:
            self._keep(event, start, end, recurring=False)

    def _alone(self, text: str) -> list[Any]:
        parsed = self._parsed([text])
        if parsed is not None:
            return parsed[:1]
        # one line spoils it: what the week needs is tried line by line
        good: list[str] = []
        for line in text.split("\n"):
            if line.startswith(("BEGIN:", "END:")):
                continue
            if self._parsed(["\n".join(("BEGIN:VEVENT", line, "END:VEVENT"))]) is not None:
                good.append(line)
        self._problem("has lines that cannot be read", title_in(text))
        return (self._parsed(["\n".join(("BEGIN:VEVENT", *good, "END:VEVENT"))]) or [])[:1]

    def _parsed(self, texts: Sequence[str], head: str = "") -> list[Any] | None:
        from icalendar import Calendar

        zones = self._definitions(texts)
        body = "\n".join(
            ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-", *([head] if head else []), *zones, *texts)
        )
        try:
            found = Calendar.from_ical(body.replace("\n", "\r\n") + "\r\nEND:VCALENDAR\r\n")
        except Exception:
            return None
        calendar: Any = found
        return list(calendar.walk("VEVENT"))

    def _definitions(self, texts: Sequence[str]) -> list[str]:
        """Return the definitions of the zones that only the calendar itself knows, where they are used."""
        named = {name.strip('"') for text in texts for name in _TZID.findall(text)}
        own = sorted(name for name in named if self._known(name) is None and name in self._events.zones)
        return [self._events.zones[name].decode("utf-8", "replace").strip("\n") for name in own]

    # series

    def _series(self, series: EventSeries, home: bytes) -> None:
        if not series.masters:
            for raw in series.others:  # the master is over, or was never sent
                lines = [
                    line for line in self._text(raw, home).split("\n") if not line.startswith("RECURRENCE-ID")
                ]
                for event in self._alone("\n".join(lines)):
                    self._keep_one(event)
            return
        masters = [self._text(raw, home) for raw in series.masters]
        master = masters[-1]
        wrong = next(filter(None, map(self._endless, masters)), "")
        if wrong:
            self._problem(wrong, title_in(master))
            lines = [line for line in master.split("\n") if not line.startswith(("RRULE", "RDATE", "EXDATE"))]
            for event in self._alone("\n".join(lines)):
                self._single(event)
            return
        events = self._alone(master)
        if not events or self._times(events[0])[0] is None:
            return
        others = [self._dated(self._text(raw, home), master) for raw in series.others]
        others = [text for text in others if all(self._times(one)[0] for one in self._alone(text))]
        head = (
            f"X-WR-TIMEZONE:{home.decode()}" if home and self._known(home.decode("utf-8", "replace")) else ""
        )
        try:
            found = self._expanded([*masters, *others], head)
        except Late:
            self._problem("repeats in a way that takes too long to count", title_in(master))
            self._single(events[0])
            return
        except Exception:
            self._problem("repeats in a way that is not understood", title_in(master))
            self._single(events[0])
            return
        if len(found) > MOST:
            self._problem(f"repeats more than {MOST} times in these weeks", title_in(master))
        for event in found[:MOST]:
            start, end = self._times(event)
            if start is not None and end is not None:
                self._keep(event, start, end, recurring=True)

    def _expanded(self, texts: Sequence[str], head: str) -> list[Any]:
        import recurring_ical_events
        from icalendar import Calendar

        body = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-", head, *self._definitions(texts), *texts)
        whole = "\r\n".join("\n".join(filter(None, body)).split("\n"))
        calendar: Any = Calendar.from_ical(f"{whole}\r\nEND:VCALENDAR\r\n")
        with time_limit(SECONDS):
            return list(recurring_ical_events.of(calendar).between(self._begin, self._end))

    def _endless(self, master: str) -> str:
        """Return what is wrong with a rule that would be counted for too long, or ""."""
        rule = next((line for line in master.split("\n") if line.startswith("RRULE")), "")
        if not rule:
            return ""
        parts = dict(part.partition("=")[::2] for part in rule.partition(":")[2].upper().split(";"))
        every, often = parts.get("INTERVAL", "1"), parts.get("FREQ", "")
        if not every.isdigit() or int(every[:9]) == 0:
            return "repeats after no time at all"
        if never_comes(parts):
            return "repeats on a day that never comes"
        start = re.search(r"\nDTSTART[^:\n]*:(\d{8})", master)
        begun = date_of(start.group(1)) if start is not None else None
        days = max(1, (self._span.last - (begun or self._span.first)).days)
        each = 1
        for key in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            each *= max(1, len(parts.get(key, "").split(",")))
        period = PERIOD.get(often, 2_419_200) * int(every[:9])
        per_day = each * 86400 // min(period, 86400)
        too_often = per_day > OFTEN or days * 86400 // period * each > STEPS
        return "repeats too often for a meeting" if too_often else ""

    def _dated(self, text: str, master: str) -> str:
        """Return an occurrence with the series' own time in a RECURRENCE-ID that names only the day."""
        line = next((one for one in text.split("\n") if one.startswith("RECURRENCE-ID")), "")
        start = next((one for one in master.split("\n") if one.startswith("DTSTART")), "")
        value, of = line.partition(":")[2], start.partition(":")[2]
        if len(value) != 8 or len(of) < 15:
            return text
        return text.replace(line, f"RECURRENCE-ID{start.partition(':')[0][7:]}:{value}{of[8:]}")

    # lines

    def _text(self, raw: bytes, home: bytes) -> str:
        """Return the lines of an event that are read, with times that icalendar understands."""
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = "\n".join(decoded(line) for line in raw.split(b"\n"))
        out: list[str] = []
        inside = 0
        people = 0
        timed = "\nDTSTART;VALUE=DATE:" not in text and not re.search(r"\nDTSTART[^:\n]*:\d{8}(\n|$)", text)
        own = home.decode("utf-8", "replace")
        for line in text.split("\n"):
            if line.startswith("BEGIN:"):
                inside += 1
            if inside == 1 and line:
                name = re.split("[;:]", line, maxsplit=1)[0].upper()
                if name == "ATTENDEE":
                    people += 1
                if name in KEPT and (people <= NAMES * 2 or name != "ATTENDEE" or self._is_me(line)):
                    rest = line[len(name) :]
                    if name in TIMED:
                        rest = self._timed(rest, own)
                    elif name == "RRULE":
                        rest = plain_rule(rest, timed)
                    out.append(name + rest)
            if line.startswith("END:"):
                inside -= 1
        if not out or out[-1] != "END:VEVENT":
            out.append("END:VEVENT")
        return "\n".join(out)

    def _timed(self, rest: str, home: str) -> str:
        """Return the parameters and value of a time with a zone that is known, or with none."""
        if ";TZID=" not in rest and ";tzid=" not in rest:
            if home and "T" in rest and not rest.endswith("Z") and "VALUE=DATE:" not in rest:
                key = getattr(self._known(home), "key", None)
                return f";TZID={key}{rest}" if key else rest
            return rest
        found = _TZID.search(rest)
        if found is None:
            return rest
        bare = rest[: found.start()] + rest[found.end() :]
        if rest.endswith("Z"):
            return bare  # RFC 5545: UTC wins
        name = found.group(1).strip('"')
        zone = self._known(name)
        if zone is not None:
            return f";TZID={getattr(zone, 'key', name)}{bare}"
        if name in self._events.zones:
            return rest
        self._problem(f"is in a time zone that is not known, “{name[:60]}”, and is read as yours", "")
        return bare

    def _known(self, name: str) -> tzinfo | None:
        if name not in self._zones:
            self._zones[name] = zone_named(name)
        return self._zones[name]

    # values

    def _times(self, event: Any) -> tuple[datetime | date | None, datetime | date | None]:
        """Return start and end as they stand, None where there is none or it makes no sense."""
        title = str(event.get("SUMMARY") or "")[:80]
        start = self._value(event, "DTSTART")
        if start is None:
            self._problem("has no start that can be read", title)
            return None, None
        end = self._value(event, "DTEND")
        if end is None:
            if "DTEND" in event:
                self._problem("has an end that cannot be read", title)
            whole = not isinstance(start, datetime)
            usual = timedelta(days=1) if whole else timedelta()
            length = self._value(event, "DURATION")
            try:
                end = start + (length if isinstance(length, timedelta) else usual)
            except OverflowError:
                end = start
        if not (start.year in YEARS and end.year in YEARS):
            self._problem("is at an impossible time", title)
            return None, None
        length = self._aware(end) - self._aware(start)
        if length > LONGEST:
            self._problem("takes more than a year", title)
            return None, None
        if length < timedelta():
            self._problem("ends before it starts, and is read as half an hour", title)
            end = start + (timedelta(minutes=30) if isinstance(start, datetime) else timedelta(days=1))
        return start, end

    def _value(self, event: Any, key: str) -> Any:
        try:
            value = event.get(key)
            value = value[0] if isinstance(value, list) else value
            return getattr(value, "dt", None)
        except Exception:  # a broken value says so only when it is asked
            return None

    def _aware(self, value: date) -> datetime:
        if not isinstance(value, datetime):
            return datetime.combine(value, time(), self._zone).astimezone(UTC)
        return (value if value.tzinfo is not None else value.replace(tzinfo=self._zone)).astimezone(UTC)

    def _keep_one(self, event: Any) -> None:
        start, end = self._times(event)
        if start is not None and end is not None:
            self._keep(event, start, end, recurring=True)

    def _keep(self, event: Any, start: date, end: date, *, recurring: bool) -> None:
        """Keep an occurrence that takes time in the days that are read."""
        begin, until = (self._aware(one).replace(second=0, microsecond=0) for one in (start, end))
        if begin >= self._end or max(until, begin + timedelta(minutes=1)) <= self._begin:
            return
        uid = str(event.get("UID") or "")[:300]
        title = one_line(str(event.get("SUMMARY") or ""))[:TITLE]
        all_day = not isinstance(start, datetime)
        organizer = values_of(event, "ORGANIZER")[:1]
        people = values_of(event, "ATTENDEE")
        mine = [one for one in people if address_of(one) in self._me]
        answer = str(getattr(mine[0], "params", {}).get("PARTSTAT", "")).upper() if mine else ""
        others = [one for one in people if address_of(one) not in self._me and not is_room(one)]
        asks = bool(organizer) and address_of(organizer[0]) not in self._me
        status = str(event.get("STATUS") or "").upper()
        shown = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS") or "").upper()
        free = str(event.get("TRANSP") or "").upper() == "TRANSPARENT" or shown == "FREE"
        meeting = bool(others) or asks
        away = shown == "OOF"
        why = (
            "without a length" if until <= begin
            else "published" if uid.endswith(OURS)
            else "cancelled" if status == "CANCELLED"
            else "declined" if answer == "DECLINED"
            else "free" if free and not away
            else "all-day" if all_day and not meeting and not away and not is_leave(title)
            else ""
        )  # fmt: skip
        if why:
            self._left_out[why] = self._left_out.get(why, 0) + 1
            return
        private = str(event.get("CLASS") or "").upper() in ("PRIVATE", "CONFIDENTIAL")
        told = ""
        if meeting:
            unsure = answer == "TENTATIVE" or status == "TENTATIVE" or shown == "TENTATIVE"
            open_ = answer in ("NEEDS-ACTION", "DELEGATED") and asks
            told = "tentative" if unsure else "unanswered" if open_ else "accepted"
        unknown = not meeting and title.casefold() in BUSY_TITLES
        found = Occurrence(
            uid=uid or f"{title}-{begin:%Y%m%dT%H%M}",
            start=begin,
            end=until,
            summary="Private" if private else title or "Busy",
            meaning=MEETING if meeting else BUSY if unknown else OWN,
            answer=told,
            all_day=all_day,
            recurring=recurring,
            private=private,
            away=away or (all_day and not meeting),
            organizer="" if private or not asks else name_of(organizer[0]),
            address="" if private or not asks else address_of(organizer[0]),
            sequence=number_of(event.get("SEQUENCE")),
            people=() if private else tuple(dict.fromkeys(filter(None, map(name_of, others[:NAMES])))),
            taking_part=len(others) + 1 + (asks and address_of(organizer[0]) not in map(address_of, others)),
        )
        self._found.setdefault((found.uid, found.start), found)

    def _is_me(self, line: str) -> bool:
        text = line.casefold()
        return any(address in text for address in self._me)

    def _problem(self, what: str, example: str) -> None:
        count, first = self._problems.get(what, (0, ""))
        self._problems[what] = (count + 1, first or one_line(example)[:80])


def read(data: Iterable[bytes], first: date, last: date, zone: tzinfo, me: Iterable[str] = ()) -> Read:
    """Return what the files of a calendar say for the days from `first` to `last`."""
    reading = CalendarReader(first, last, zone, me)
    for one in data:
        reading.add(one)
    return reading.finish()
