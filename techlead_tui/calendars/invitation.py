"""Read an invitation from an iCalendar file (RFC 5545) by the icalendar package, imported here alone."""

import re
import warnings
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from techlead_tui.calendars.zones import zone_named
from techlead_tui.core.calendar import into
from techlead_tui.core.words.units import FIRST, LAST
from techlead_tui.errors import UserError

LARGEST = 10_000_000  # bytes
PEOPLE = 200  # of whom no more are read
AHEAD = timedelta(days=3 * 366)  # in which a series is looked for
KEPT = (
    "BEGIN", "END", "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "ORGANIZER", "ATTENDEE",
    "RECURRENCE-ID", "SEQUENCE", "STATUS", "METHOD", "X-WR-TIMEZONE", "TZID", "TZOFFSETFROM",
    "TZOFFSETTO", "TZNAME", "RDATE",
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9-]+")
OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")  # nobody meets like that, and counting it takes for ever


class Invitation(NamedTuple):
    """Hold what an invitation says. Times are aware, in the user's zone."""

    uid: str
    summary: str
    start: datetime
    end: datetime
    organizer: str | None
    attendees: tuple[str, ...]
    rule: str | None  # the RRULE as it stands
    notes: tuple[str, ...]  # what was assumed
    address: str = ""  # of the organizer
    sequence: str = ""  # its version


def read_invitation(data: bytes, name: str, now: datetime, zone: tzinfo) -> Invitation:
    """Return the first event, of a series its next occurrence. UserError names the file and the line."""
    if len(data) >= LARGEST:
        raise UserError(
            f"{name} is too large: {len(data) // 1_000_000} MB", "an invitation has at most 10 MB"
        )
    lines = _lines(data)
    if not any(text.upper().startswith("BEGIN:VCALENDAR") for _, text in lines[:20]):
        first = lines[0][1][:40] if lines else ""
        raise UserError(
            f"{name} is not a calendar" + (f": line 1 is “{first}”" if first else ": it is empty"),
            "an invitation begins with BEGIN:VCALENDAR; words need no file: techlead invite tue 14-15 WHAT",
        )
    events, zones, defaults = _components(lines)
    if not events:
        raise UserError(f"{name} has no event", "an invitation holds a VEVENT")
    event = next((one for one in events if not _line(one, "RECURRENCE-ID")), events[0])
    at = event[0][0]
    parsed = _parsed(event, zones, name, at)
    notes: list[str] = []
    uids = {_value(one, "UID") for one in events}
    if len(uids) > 1:
        notes.append(f"{name} has {len(uids)} events; the first is read")
    if str(parsed.get("STATUS", "")).upper() == "CANCELLED" or defaults.get("METHOD", "").upper() == "CANCEL":
        raise UserError(f"{name}, line {at}: the meeting is cancelled", "there is nothing to answer")
    begin = _date(parsed, "DTSTART", name, event)
    if begin is None:
        raise UserError(f"{name}, line {at}: the event has no time", "it needs a DTSTART")
    home = zone_named(defaults.get("X-WR-TIMEZONE", "")) or zone
    start = _moment(begin, parsed["DTSTART"], home, zone, notes)
    last = _date(parsed, "DTEND", name, event)
    if last is not None:
        end = _moment(last, parsed["DTEND"], home, zone, notes)
    else:
        whole = not isinstance(begin, datetime)
        try:
            length = getattr(parsed.get("DURATION"), "dt", None)
        except ValueError:
            length = None
        usual = timedelta(days=1) if whole else timedelta(minutes=30)
        end = start + (length if isinstance(length, timedelta) else usual)
    if end <= start or end - start > timedelta(days=366):
        number = _line(event, "DTEND") or _line(event, "DURATION") or at
        raise UserError(
            f"{name}, line {number}: it ends before it starts, or after more than a year", "ask for a new one"
        )
    rule = _value(event, "RRULE") or None
    if rule is not None:
        rule = _until(rule, start)
        start, end = _next(rule, start, end, now, notes)
    return Invitation(
        _value(event, "UID") or "",
        str(parsed.get("SUMMARY") or "").strip() or "No title",
        into(start, zone),
        into(end, zone),
        _person(parsed.get("ORGANIZER")),
        _people(parsed.get("ATTENDEE")),
        rule,
        tuple(dict.fromkeys(notes)),
        _address(parsed.get("ORGANIZER")),
        (_value(event, "SEQUENCE") or "")[:9],
    )


def _lines(data: bytes) -> list[tuple[int, str]]:
    """Return the unfolded lines, each with its number, whatever their ends and encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    out: list[tuple[int, bytearray]] = []
    for number, line in enumerate(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
        if line[:1] in (b" ", b"\t") and out:
            out[-1][1].extend(line[1:])  # a fold may cut a character in two
        elif line.strip():
            out.append((number, bytearray(line)))
    return [(number, _text(bytes(line))) for number, line in out]


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


Lines = list[tuple[int, str]]


def _components(lines: Lines) -> tuple[list[Lines], list[str], dict[str, str]]:
    """Return the events and the time zones, without what is not read, and the calendar's own values."""
    events: list[Lines] = []
    zones: list[str] = []
    defaults: dict[str, str] = {}
    inside: list[str] = []
    for number, text in lines:
        found = _NAME.match(text)
        name = found.group().upper() if found else ""
        if name == "BEGIN":
            inside.append(text.partition(":")[2].strip().upper())
            if inside[-1] == "VEVENT" and inside[:-1] == ["VCALENDAR"]:
                events.append([])
        if name not in KEPT:
            continue
        if "VEVENT" in inside and inside[-1] == "VEVENT" and events:
            events[-1].append((number, text))
        elif "VTIMEZONE" in inside:
            zones.append(text)
        elif inside == ["VCALENDAR"]:
            defaults[name] = text.partition(":")[2].strip()
        if name == "END" and inside:
            inside.pop()
    return events, zones, defaults


def _parsed(event: Lines, zones: list[str], name: str, at: int) -> Any:
    from icalendar import Calendar

    ended = event if event[-1][1].upper().startswith("END") else [*event, (at, "END:VEVENT")]
    people = 0
    body = []
    for _, text in ended:
        people += text.upper().startswith("ATTENDEE")
        if (not text.upper().startswith(("RRULE", "STATUS")) and people <= PEOPLE) or text.upper().startswith(
            "STATUS"
        ):
            body.append(text)
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-", *zones, *body, "END:VCALENDAR"]
    for attempt in (whole, [line for line in whole if line not in zones]):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = Calendar.from_ical("\r\n".join(attempt) + "\r\n")
            return next(iter(found.walk("VEVENT")))
        except Exception:
            continue
    raise UserError(f"{name}, line {at}: the event cannot be read", "ask for a new one, or write it in words")


def _line(event: Lines, key: str) -> int:
    return next((number for number, text in event if _key(text) == key), 0)


def _value(event: Lines, key: str) -> str:
    return next((text.partition(":")[2].strip() for _, text in event if _key(text) == key), "")


def _key(text: str) -> str:
    found = _NAME.match(text)
    return found.group().upper() if found else ""


def _date(parsed: Any, key: str, name: str, event: Lines) -> date | datetime | None:
    value = parsed.get(key)
    if isinstance(value, list):
        value = value[0]
    try:
        found = getattr(value, "dt", None)
    except ValueError:  # a broken value says so only when it is asked
        found = None
    if found is None and _line(event, key):
        text = _value(event, key)[:40]
        raise UserError(
            f"{name}, line {_line(event, key)}: “{text}” is not a time", "a time is 20261124T140000Z"
        )
    if not isinstance(found, date):
        return None
    if not FIRST <= found.year <= LAST:
        raise UserError(
            f"{name}, line {_line(event, key)}: {found.isoformat()[:10]} is out of range",
            f"years run from {FIRST} to {LAST}",
        )
    return found


def _moment(value: date, prop: Any, home: tzinfo, zone: tzinfo, notes: list[str]) -> datetime:
    """Return an aware moment: a floating one, and one of an unknown zone, is on the user's clock."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), home)
    if value.tzinfo is not None:
        return value
    params = getattr(prop, "params", {})
    named = str(params.get("TZID", ""))
    if named:
        known = zone_named(named)
        if known is None:
            notes.append(f"the time zone “{named[:60]}” is not known: it is read as yours")
            return value.replace(tzinfo=zone)
        return value.replace(tzinfo=known)
    return value.replace(tzinfo=home)


def _until(rule: str, start: datetime) -> str:
    """Return a weekly rule with its last day in place of its count, which means nothing from a later day."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().rstrip(";").split(";"))
    count, every = parts.get("COUNT", ""), parts.get("INTERVAL", "1")
    if (
        parts.get("FREQ") != "WEEKLY"
        or "," in parts.get("BYDAY", "")
        or not (count.isdigit() and every.isdigit())
    ):
        return rule
    last = start.date() + timedelta(weeks=min(5000, (int(count) - 1) * int(every)))
    return ";".join(
        f"UNTIL={last:%Y%m%d}" if key == "COUNT" else f"{key}={value}" for key, value in parts.items()
    )


def _next(
    rule: str, start: datetime, end: datetime, now: datetime, notes: list[str]
) -> tuple[datetime, datetime]:
    """Return the first occurrence that is not over; the first of all where there is none, or no telling."""
    if end > now:
        return start, end
    from dateutil import rrule

    parts = dict(part.partition("=")[::2] for part in rule.upper().rstrip(";").split(";"))
    count, until = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    if parts.get("FREQ") in OFTEN or parts.get("INTERVAL") == "0" or "FREQ" not in parts:
        notes.append("its repetition is not understood: the first date is taken")
        return start, end
    wall = start.replace(tzinfo=None)
    far = (now.astimezone(UTC) + AHEAD).replace(tzinfo=None)
    last = far
    if until:
        try:
            whole = datetime.strptime(until[:15].rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in until else "%Y%m%d")
            last = min(far, whole if "T" in until else whole + timedelta(days=1))
        except ValueError:
            notes.append("the end of its repetition is not understood")
    try:
        text = ";".join(f"{key}={value}" for key, value in parts.items())
        made: Any = rrule.rrulestr(f"{text};UNTIL={last:%Y%m%dT%H%M%S}", dtstart=wall)
        for number, found in enumerate(made):
            if (count.isdigit() and number >= int(count)) or number > 20_000:
                break
            moment = found.replace(tzinfo=start.tzinfo)
            if moment + (end - start) > now:
                return moment, moment + (end - start)
    except (ValueError, OverflowError, TypeError):
        notes.append("its repetition is not understood: the first date is taken")
    return start, end


def _person(value: Any) -> str | None:
    """Return the name of somebody, else the part of the address before the @."""
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return None
    common = str(getattr(value, "params", {}).get("CN", "")).strip().strip('"')
    address = re.sub(r"(?i)^mailto:", "", str(value)).strip()
    found = common if common and "@" not in common else (common or address).partition("@")[0]
    return found[:200] or None


def _address(value: Any) -> str:
    """Return somebody's mail address, or "" where it is none."""
    found = value[0] if isinstance(value, list) and value else value
    address = re.sub(r"(?i)^mailto:", "", str(found or "")).strip()
    return address[:200] if "@" in address else ""


def _people(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value] if value is not None else []
    names = (_person(one) for one in values[:PEOPLE])
    return tuple(dict.fromkeys(name for name in names if name))
