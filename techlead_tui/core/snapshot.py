"""Hold all that is known at one moment, and compile it to weeks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any, NamedTuple, cast

from techlead_tui.core.calendar import DAY, IsoWeek, at, into, named_zone, stretch
from techlead_tui.core.meetings import CORRECTIONS, calendar_blocks, kept_occurrences
from techlead_tui.core.occurrence import NONE, Calendar
from techlead_tui.core.records import OPEN as OPEN
from techlead_tui.core.records import Change, Record, block_record
from techlead_tui.core.running import paused, running_in
from techlead_tui.core.series import comings, weekdays_of
from techlead_tui.core.span import Span
from techlead_tui.core.theme import Box, Types, WeekTheme, from_data
from techlead_tui.core.week import Block, Day, Session, Week, block_of, fills, running_session, session_of

MOST_PLAIN = 100  # weeks of a theme that are kept from snapshot to snapshot
RECURRING_WEEKS = 4  # in which a series of meetings counts as on the calendar
Tables = Mapping[str, Mapping[str, Record]]


class _Snapshot(NamedTuple):
    seq: int  # of the last transaction that it shows
    zone: tzinfo
    types: Types
    themes: Mapping[str, WeekTheme]  # every one that a loaded week may need
    default_theme: str
    buckets: Mapping[str, Tables]  # "open" and loaded weeks: table, uid, record
    this: IsoWeek | None = None  # the week that it is now: those before it are over
    since: datetime | None = None  # the first use: nothing before it is taken as held
    now: datetime | None = None  # up to which a session under way counts
    beside: Mapping[str, Tables] = {}  # the weeks next to loaded ones: what of them is in those here
    calendar: Calendar = NONE  # what the user's calendars say, read-only


class Snapshot(_Snapshot):
    """Hold what is stored at one moment. Immutable; two edits may be tried on the same one.

    What was compiled of it is kept in it: a preview asks for the same few weeks many times.
    """

    @cached_property
    def _weeks(self) -> dict[IsoWeek, Week]:
        return {}

    @cached_property
    def _plain(self) -> dict[tuple[IsoWeek, str], tuple[WeekTheme, tuple[Block, ...]]]:
        return {}  # the boxes of a week theme in a week, with the theme that they are of

    @cached_property
    def _meetings(self) -> dict[tuple[IsoWeek, bool], tuple[tuple[object, ...], tuple[Block, ...]]]:
        return {}  # what the calendars say of a week, with what it was made of

    @cached_property
    def memory(self) -> dict[object, object]:
        """Return what was worked out of it that is dear, by a key that says what it is."""
        return {}

    @property
    def zone_name(self) -> str | None:
        """Return the IANA name of the user's zone, or None for a fixed offset."""
        return getattr(self.zone, "key", None)

    def table(self, bucket: str, table: str) -> Mapping[str, Record]:
        """The records of a loaded bucket's table; KeyError when the bucket is not loaded."""
        return self.buckets[bucket].get(table, {})

    def records(self, bucket: str, table: str) -> Mapping[str, Record]:
        """Return the records of a table in a bucket that is loaded, or beside one that is; else none."""
        found = self.buckets.get(bucket)
        return (self.beside.get(bucket, {}) if found is None else found).get(table, {})

    def bucket_of(self, table: str, uid: str, week: IsoWeek) -> str:
        """Return the bucket of the record that a block or session of a week is made from.

        It is that week's, or for what another zone's clocks put into a week beside it, that one.
        """
        _, marked, on = uid.partition("@")
        if marked:
            return str(IsoWeek.of(date.fromisoformat(on)))
        near = (str(week), str(week.shift(-1)), str(week.shift(1)))
        return next((bucket for bucket in near if uid in self.records(bucket, table)), near[0])

    def sharing(self, before: "Snapshot") -> "Snapshot":
        """Return the snapshot with what an earlier one has made of week themes, whatever is stored."""
        if before.zone is self.zone and before.types is self.types and len(before._plain) < MOST_PLAIN:
            self.__dict__["_plain"] = before._plain
        return self

    def with_changes(self, changes: Iterable[Change]) -> "Snapshot":
        """The snapshot as it would be after these changes; buckets not loaded are made of them alone."""
        buckets = {bucket: dict(tables) for bucket, tables in self.buckets.items()}
        beside = {bucket: dict(tables) for bucket, tables in self.beside.items()}
        for change in changes:
            aside = change.bucket in beside and change.bucket not in buckets
            tables = (beside if aside else buckets).setdefault(change.bucket, {})
            records = dict(tables.get(change.table, {}))
            if change.after is None:
                records.pop(change.uid, None)
            else:
                records[change.uid] = change.after
            tables[change.table] = records
        after = self._replace(buckets=buckets, beside=beside)
        after.__dict__["_plain"] = self._plain  # the theme's boxes are the same whatever is stored
        after.__dict__["_meetings"] = self._meetings
        return after

    @property
    def open_session(self) -> Record | None:
        """Return the record of the session under way, or of the one that pauses."""
        return running_in(cast("dict[str, dict[str, Record]]", self.buckets.get(OPEN, {})))

    @cached_property
    def running(self) -> Session | None:
        """Return the session under way, as it counts now; None for one that pauses."""
        record = self.open_session
        if record is None or paused(record) or self.now is None:
            return None
        start = into(datetime.fromisoformat(str(record["start"])), self.zone)
        one = running_session({**record, "start": start.isoformat()}, self.now)
        return one._replace(start=into(one.start, self.zone), end=into(one.end, self.zone))

    def session_records(self, key: IsoWeek) -> list[Record]:
        """Return the records of the sessions of a week, with that of the one under way last."""
        found = list(self.table(str(key), "sessions").values())
        record = self.open_session
        if record is not None and not paused(record) and record["week"] == str(key):
            found.append(record)
        return found

    def plan_of(self, key: IsoWeek) -> Mapping[str, Any] | None:
        """The record that keeps the theme of a week that is over, or None.

        What was kept of a week that is not over, by a clock that was ahead, does not count.
        """
        if self.this is not None and key >= self.this:
            return None
        text = str(key)
        for plan in self.table(OPEN, "plans").values():
            if str(plan["from"]) <= text <= str(plan["to"]):
                return plan
        return None

    def theme_id(self, key: IsoWeek) -> str:
        """Return the week theme of a week: its own, else the last one used from an earlier week on."""
        text, found, since = str(key), self.default_theme, ""
        for use in self.table(OPEN, "theme_uses").values():
            week = str(use["week"])
            if use["only"]:
                if week == text:
                    return str(use["theme"])
            elif since <= week <= text:
                found, since = str(use["theme"]), week
        return found

    def theme_of(self, key: IsoWeek) -> WeekTheme:
        plan = self.plan_of(key)
        return from_data(plan["theme"]) if plan else self.themes[self.theme_id(key)]

    def week(self, key: IsoWeek) -> Week:
        """The week compiled: theme boxes and series with their exceptions, own blocks, sessions."""
        if key not in self._weeks:
            self._weeks[key] = self._compile(key)
        return self._weeks[key]

    def _compile(self, key: IsoWeek) -> Week:
        theme = self.theme_of(key)
        bucket = str(key)
        days = self._days(theme, key)
        boxes = self._boxes(theme, key, days)
        found = boxes + self._occurrences(theme, key)
        found += [self._own(theme, record) for record in self.table(bucket, "blocks").values()]
        for near in (key.shift(-1), key.shift(1)):
            found += self._leaving(theme, near)
        taken = {(block.summary.casefold(), block.start, block.end) for block in found}
        found += [
            block
            for block in self._met(theme, key)
            if (block.summary.casefold(), block.start, block.end) not in taken  # planned here before
        ]
        first, last = days[0].date, days[6].date
        blocks = [self._contained(block, boxes) for block in found if first <= block.day <= last]
        logged = self._sessions(key)
        begun: list[Block | Session] = [*found, *logged]
        answers = self.table(bucket, "checks").get("check", {}).get("answers", {})
        return Week(
            key=key,
            theme=theme,
            types=self.types,
            zone=self.zone,
            days=days,
            blocks=tuple(sorted(blocks, key=lambda block: (block.start, -block.planned_minutes, block.uid))),
            sessions=tuple(one for one in logged if first <= one.start.date() <= last),
            answers=cast("Mapping[str, bool]", answers),
            frozen=self.this is not None and key < self.this,
            recurring=self._recurring(theme, key),
            since=self.since,
            reaching=tuple(
                one for one in begun if one.start.date() < first and one.span.on(first) is not None
            ),
        )

    def _recurring(self, theme: WeekTheme, key: IsoWeek) -> tuple[Block, ...]:
        """The series of meetings in a week and the three after it, by their first occurrence there.

        The theme's boxes come first, then the oldest; a series that is what a box is for is the box.
        """
        boxes = [box for box in theme.boxes if box.kind == "meeting"]
        plain = [block for block in self._plain_boxes(theme, key) if block.kind == "meeting"]
        out = []
        bare = self._replace(buckets={})
        for record in self.table(OPEN, "series").values():
            found = (
                coming for weeks in range(RECURRING_WEEKS) for coming in comings(record, key.shift(weeks))
            )
            for day, series in found:
                if series["kind"] == "meeting" and not _is_boxed(series, boxes):
                    out.append(bare._occurrence(theme, key, _box_of(series, day), day, series, "own"))
                    break
        out += self._recurring_met(theme, key, boxes)
        plain.sort(key=lambda block: block.uid)
        return (*plain, *sorted(out, key=lambda block: block.uid))

    def _met(self, theme: WeekTheme, key: IsoWeek, *, recurring: bool = False) -> Sequence[Block]:
        """Return what the calendars say of the week; of one that is over what was kept of it.

        With `recurring` only meetings that come again.
        """
        tables = self.buckets.get(str(key), {})
        kept, corrections = tables.get("occurrences"), self.buckets[OPEN].get(CORRECTIONS)
        calendar = self.calendar._replace(weeks={str(key): kept_occurrences(kept)}) if kept else self.calendar
        if calendar is NONE:
            return ()
        exceptions = tables.get("exceptions")
        made_of = (theme, kept, corrections, exceptions, None if recurring else tables.get("days"))
        known = self._meetings.get((key, recurring))
        if known is not None and all(one is other for one, other in zip(known[0], made_of, strict=True)):
            return known[1]
        days = self._days(theme, key)
        found = calendar_blocks(
            calendar, days, self.zone, self.types, corrections or {}, exceptions or {}, recurring=recurring
        )
        ends = [self._hard_end(theme, block.type, block.start, block.end) for block in found]
        blocks = tuple(
            block if end is None else block._replace(hard_end=end)
            for block, end in zip(found, ends, strict=True)
        )
        self._meetings[key, recurring] = (made_of, blocks)
        return blocks

    def _recurring_met(self, theme: WeekTheme, key: IsoWeek, boxes: list[Box]) -> list[Block]:
        """The series of meetings that the calendars have in a week and the three after it."""
        found: dict[str, Block] = {}
        for later in (key.shift(weeks) for weeks in range(RECURRING_WEEKS)):
            if self.calendar is NONE:
                break
            for block in self._met(theme, later, recurring=True):
                name, span = block.uid.partition("@")[0], block.span
                if name in found or block.kind != "meeting":
                    continue
                series = {
                    "weekday": block.day.isoweekday(),
                    "start": span.start_minute,
                    "end": span.end_minute,
                }
                if not _is_boxed({**series, "type": block.type}, boxes):
                    found[name] = block
        return list(found.values())

    def day_kind(self, theme: WeekTheme, day: date) -> tuple[str, str]:
        """Return what kind of day it is, and its name; of a week not loaded, by the theme alone."""
        text = day.isoformat()
        own = self.records(str(IsoWeek.of(day)), "days").get(text)
        if own is not None:
            return str(own["kind"]), str(own.get("name") or "")
        holiday = next((name for date_, name in theme.holidays if date_ == text), None)
        return ("normal", "") if holiday is None else ("leave", holiday)

    def _days(self, theme: WeekTheme, key: IsoWeek) -> tuple[Day, ...]:
        return tuple(self._day(theme, key.day(weekday)) for weekday in range(1, 8))

    def _day(self, theme: WeekTheme, day: date) -> Day:
        kind, name = self.day_kind(theme, day)
        plan = theme.day(day.isoweekday())
        if plan is None:
            return Day(day, None, kind, None, None, name)
        lunch = plan.lunch and Span(at(day, plan.lunch[0], self.zone), at(day, plan.lunch[1], self.zone))
        return Day(
            day,
            plan,
            kind,
            Span(at(day, plan.opens, self.zone), at(day, plan.closes, self.zone)),
            lunch,
            name,
        )

    def _boxes(self, theme: WeekTheme, key: IsoWeek, days: tuple[Day, ...]) -> list[Block]:
        exceptions = self.table(str(key), "exceptions")
        out = []
        for box, block in zip(theme.boxes, self._plain_boxes(theme, key), strict=True):
            day = days[box.weekday - 1]
            if day.kind == "leave":
                continue
            if block.uid in exceptions:
                block = self._occurrence(theme, key, box, day.date, None, "theme")
            out.append(block)
        return out

    def _plain_boxes(self, theme: WeekTheme, key: IsoWeek) -> tuple[Block, ...]:
        """The theme's boxes on the days of a week, as they are without any exception."""
        known = self._plain.get((key, theme.id))
        if known is not None and known[0] is theme:
            return known[1]
        bare = self._replace(buckets={str(key): {}})
        blocks = tuple(
            bare._occurrence(theme, key, box, key.day(box.weekday), None, "theme") for box in theme.boxes
        )
        self._plain[key, theme.id] = (theme, blocks)
        return blocks

    def _occurrences(self, theme: WeekTheme, key: IsoWeek) -> list[Block]:
        out = []
        for record in self.table(OPEN, "series").values():
            for day, series in comings(record, key):
                if not self._on_leave(theme, series, day):
                    out.append(self._occurrence(theme, key, _box_of(series, day), day, series, "own"))
        return out

    def _on_leave(self, theme: WeekTheme, series: Mapping[str, Any], day: date) -> bool:
        """Tell whether the day of an occurrence, by the clocks here, is a day of leave."""
        if may_leave(series, self.zone_name):
            day = into(at(day, series["start"], self._zone(series["zone"]) or self.zone), self.zone).date()
        return self.day_kind(theme, day)[0] == "leave"

    def _leaving(self, theme: WeekTheme, key: IsoWeek) -> Iterator[Block]:
        """Yield the blocks stored in a week that the clocks here may put into the week beside it."""
        bucket, here = str(key), self.zone_name

        def leaves(record: Mapping[str, Any]) -> bool:
            return may_leave(record, here)

        for record in self.records(bucket, "blocks").values():
            if leaves(record):
                yield self._own(theme, record)
        exceptions = self.records(bucket, "exceptions")
        for record in self.table(OPEN, "series").values():
            for day, series in comings(record, key):
                moved = exceptions.get(f"{series['uid']}@{day}", {})
                if (leaves(series) or leaves(moved)) and not self._on_leave(theme, series, day):
                    yield self._occurrence(theme, key, _box_of(series, day), day, series, "own")
        away = {uid.partition("@")[0] for uid, record in exceptions.items() if leaves(record)}
        boxes = self.theme_of(key).boxes if away - set(self.table(OPEN, "series")) else ()
        for box in boxes:
            if box.id in away:
                yield self._occurrence(theme, key, box, key.day(box.weekday), None, "theme")

    def _sessions(self, key: IsoWeek) -> list[Session]:
        """Return the sessions stored in a week and those beside it that the clocks here may put into it."""
        first, last = str(key.monday - timedelta(days=2)), str(key.monday + timedelta(days=8))
        out = []
        for week in (key.shift(-1), key, key.shift(1)):
            for record in self.records(str(week), "sessions").values():
                if first <= str(record["start"])[:10] <= last:
                    one = session_of(record)
                    out.append(one._replace(start=into(one.start, self.zone), end=into(one.end, self.zone)))
        out += [] if self.running is None else [self.running]
        return sorted(out, key=lambda session: (session.start, session.uid))

    def _occurrence(
        self,
        theme: WeekTheme,
        key: IsoWeek,
        box: Box,
        day: date,
        series: Mapping[str, Any] | None,
        source: str,
    ) -> Block:
        """A box or a series on one day, as its exception (RFC 5545, RECURRENCE-ID) leaves it."""
        uid = f"{box.id}@{day}"
        plain = block_record(
            uid=uid,
            summary=box.summary,
            kind=box.kind,
            type=box.type,
            category=series["category"] if series else None,
            start=box.start,
            end=box.end,
            zone=series["zone"] if series else None,
            optional=box.optional,
            people=series["people"] if series else (),
            doc=series["doc"] if series else None,
            override=series["override"] if series else None,
            note=series.get("note") if series else None,
        )
        plain |= {"day": day.isoformat(), "status": "planned"}
        exception = cast("dict[str, Any]", self.records(str(key), "exceptions").get(uid, {}))
        block = self._own(theme, {**plain, **exception})
        # only another time than the box's own counts as moved, not a time spelled out that is the same
        moved = any(exception.get(name, plain[name]) != plain[name] for name in ("day", "start", "end"))
        abroad = exception.get("zone") not in (None, self.zone_name)
        moved = moved or abroad
        in_place = source == "theme" and (
            not moved
            or (
                not abroad
                and exception.get("day", plain["day"]) == plain["day"]
                and exception.get("start", box.start) >= box.start
                and exception.get("end", box.end) <= box.end
            )
        )
        return block._replace(fixed=box.fixed, recurring=True, source=source, moved=moved, in_place=in_place)

    def _own(self, theme: WeekTheme, stored: Record) -> Block:
        record = cast("Mapping[str, Any]", stored)
        zone = self._zone(record["zone"])
        day = date.fromisoformat(record["day"])
        start, end = stretch(day, record["start"], record["end"], zone or self.zone)
        if zone is not self.zone:
            start, end = into(start, self.zone), into(end, self.zone)
        block = block_of(stored, start, end, self.types)
        hard = self._hard_end(theme, block.type, start, end)
        return block._replace(hard_end=hard, unknown_zone=record["zone"] if zone is None else None)

    def _contained(self, block: Block, boxes: list[Block]) -> Block:
        """The block with the smallest theme box that it fills named as its container."""
        if block.source == "theme" and not block.moved:
            return block
        start, end = block.start, block.end
        fits = [
            box
            for box in boxes
            if box.start <= start
            and end <= box.end
            and box.uid != block.uid
            and box.live
            and fills(block, box)
        ]
        if not fits:
            return block
        return block._replace(box=min(fits, key=lambda box: (not box.in_place, box.planned_minutes)).uid)

    def _zone(self, name: str | None) -> tzinfo | None:
        """Return the zone of a record; None for one that this machine does not know."""
        if name is None or name == self.zone_name:
            return self.zone
        return UTC if name == "UTC" else named_zone(name)

    def _hard_end(
        self, theme: WeekTheme, type_id: str | None, start: datetime, end: datetime
    ) -> datetime | None:
        """Return when the limit of its type (M10) ends a block inside its slot."""
        limits = [
            table[type_id]
            for table in (theme.limits.meeting, theme.limits.weekly)
            if type_id and type_id in table
        ]
        if not limits:
            return None
        hard = start + timedelta(minutes=min(limits))
        return into(hard, self.zone) if hard < end else None


def may_leave(record: Mapping[str, Any], zone_name: str | None) -> bool:
    """Tell whether a block may stand on another day than its record says, by the clocks of a zone."""
    return record.get("zone") not in (None, zone_name) or record.get("end", 0) > DAY


def _box_of(series: Mapping[str, Any], day: date) -> Box:
    """A series as the box that it is on one of its days."""
    return Box(
        id=series["uid"],
        weekday=day.isoweekday(),
        start=series["start"],
        end=series["end"],
        summary=series["summary"],
        kind=series["kind"],
        type=series["type"],
        optional=series["optional"],
        fixed=False,
    )


def _is_boxed(series: Mapping[str, Any], boxes: Iterable[Box]) -> bool:
    """Tell whether a series of meetings is what meeting boxes of the theme are for, on each of its days."""
    home = {
        box.weekday
        for box in boxes
        if box.start <= series["start"]
        and series["end"] <= box.end
        and not (box.optional and box.type is None)
        and box.type in (None, series["type"])
    }
    return home.issuperset(weekdays_of(series))
