"""Put the occurrences of calendars on the week as blocks: what they are, how long, and how they are named."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, cast

from techlead_tui.core.calendar import DAY, IsoWeek, at, into
from techlead_tui.core.occurrence import MEETING, Calendar, Occurrence
from techlead_tui.core.records import Record, block_record
from techlead_tui.core.span import Span
from techlead_tui.core.theme import Types
from techlead_tui.core.week import Block, Day, block_of

PREFIX = "cal-"  # of the ids of what calendars say
CORRECTIONS = "meetings"  # the table of what the user said of a series: type, kind and category
WHOLE_DAY = timedelta(hours=20)  # what is longer takes the working hours of its days
PEOPLE = 10  # whose names a block shows
OWN = ("status", "doc", "override")  # what an exception of one of them may say
EDITABLE = ("type", "kind", "category", "doc", "override")  # of what a calendar says, by the user


@lru_cache(2048)
def series_id(event: str) -> str:
    """Return the name that an event has here, one for all occurrences of a series."""
    raw = event.encode("utf-8", "surrogatepass")
    return f"{PREFIX}{crc32(raw):08x}{crc32(raw[::-1]) & 0xFF:02x}"


def is_of_calendar(uid: str) -> bool:
    """Tell whether an id is of something that a calendar says."""
    return uid.startswith(PREFIX)


def calendar_blocks(
    calendar: Calendar,
    days: Sequence[Day],
    zone: tzinfo,
    types: Types,
    corrections: Mapping[str, Record],
    exceptions: Mapping[str, Record],
    *,
    recurring: bool = False,
) -> list[Block]:
    """Return what the calendars say of a week's days; with `recurring` only meetings that come again."""
    found = calendar.weeks.get(str(IsoWeek.of(days[0].date)), ())
    if not found:
        return []
    bounds = [at(day.date, 0, zone) for day in days] + [at(days[-1].date, DAY, zone)]
    out: dict[str, Block] = {}
    for one in found:
        if recurring and not (one.recurring and one.meaning == MEETING):
            continue
        name = series_id(one.uid)
        about = _about(one, calendar, types, corrections.get(name))
        for span in _spans(one, about["kind"], days, bounds, zone):
            uid = f"{name}@{span.start.date()}"
            if uid in out:  # comes more than once on a day
                uid = f"{PREFIX}{span.start:%H%M}-{name.removeprefix(PREFIX)}@{span.start.date()}"
            record = block_record(
                uid=uid, summary=one.summary, start=0, end=0, zone=None, people=_people(one), **about
            )
            if uid in exceptions:
                record |= {key: exceptions[uid][key] for key in OWN if key in exceptions[uid]}
            block = block_of(record, span.start, span.end, types)
            out[uid] = block._replace(source="calendar", recurring=one.recurring, occurrence=one)
    return list(out.values())


def _people(one: Occurrence) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (one.organizer, *one.people) if name))[:PEOPLE]


def _about(one: Occurrence, calendar: Calendar, types: Types, said: Record | None) -> dict[str, Any]:
    """Return kind, type and category: as the user said, else as the rules guess, else as it looks."""
    about: dict[str, Any] = {
        "kind": "meeting" if one.meaning == MEETING else "async",
        "type": None,
        "category": None,
    }
    if one.away:
        about["kind"] = "leave"
    rule = calendar.guess(one)
    if rule is not None and rule.type in types:
        about |= {"type": rule.type, "kind": types[str(rule.type)].kind}
    elif rule is not None and rule.kind is not None:
        about["kind"] = rule.kind
    if said is not None:
        about |= {key: said[key] for key in about if key in said}
        if about["type"] is not None and about["type"] not in types:
            about["type"] = None  # of a file that is no longer there
    return about


def _spans(
    one: Occurrence, kind: str, days: Sequence[Day], bounds: Sequence[datetime], zone: tzinfo
) -> Iterator[Span]:
    """Yield the time that it takes on each of the days: of whole days their working hours."""
    start, end = into(one.start, zone), into(one.end, zone)
    whole = one.all_day or end - start >= WHOLE_DAY
    for day, midnight, after in zip(days, bounds, bounds[1:], strict=False):
        if end <= midnight or start >= after:
            continue
        if not whole:
            yield Span(max(start, midnight), min(end, after))
        elif day.hours is not None and (span := _inside(day.hours, start, end)) is not None:
            if kind == "leave" and day.kind == "leave":
                continue
            yield span


def _inside(hours: Span, start: datetime, end: datetime) -> Span | None:
    first, last = max(hours.start, start), min(hours.end, end)
    return Span(first, last) if first < last else None


def correction(uid: str, fields: Mapping[str, object], before: Record | None, types: Types) -> Record:
    """Return the record of what the user says of a series: a type brings its kind along."""
    said = {key: fields[key] for key in ("type", "kind", "category") if key in fields}
    if said.get("type") is not None and "kind" not in said:
        said["kind"] = types[str(said["type"])].kind
    return {**(before or {}), "uid": uid, **said}


def without(calendar: Calendar, name: str, weeks: Iterable[IsoWeek]) -> Calendar:
    """Return what the calendars say of some weeks without the event of this name."""
    kept = {
        str(week): [one for one in calendar.weeks.get(str(week), ()) if series_id(one.uid) != name]
        for week in weeks
    }
    return calendar._replace(weeks=kept)


def occurrence_record(one: Occurrence) -> Record:
    """Return the record that keeps an occurrence of a week that is over."""
    return {
        "uid": f"{series_id(one.uid)}-{int(one.start.timestamp()) // 60}",
        "source": one.source,
        "row": one.row(),
    }


def kept_occurrences(records: Mapping[str, Record]) -> tuple[Occurrence, ...]:
    """Return the occurrences that a week has kept, by start."""
    found = [Occurrence.of_row(cast("list[Any]", one["row"]), str(one["source"])) for one in records.values()]
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.uid)))


def day_of(uid: str) -> date:
    """Return the day that the id of an occurrence names."""
    return date.fromisoformat(uid.rpartition("@")[2])
