"""Hold all that is known at one moment, and compile it to weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any, NamedTuple, cast

from techlead_tui.core.calendar import IsoWeek, at, into
from techlead_tui.core.records import Change, Record, block_record
from techlead_tui.core.series import comings, weekdays_of
from techlead_tui.core.span import Span
from techlead_tui.core.theme import Box, Types, WeekTheme, from_data
from techlead_tui.core.week import Block, Day, Week, block_of, fills, session_of

RECURRING_WEEKS = 4  # in which a series of meetings counts as on the calendar
OPEN = "open"  # the bucket of what belongs to no week
Tables = Mapping[str, Mapping[str, Record]]


class _Snapshot(NamedTuple):
    seq: int  # of the last transaction that it shows
    zone: tzinfo
    types: Types
    themes: Mapping[str, WeekTheme]  # every one that a loaded week may need
    default_theme: str
    buckets: Mapping[str, Tables]  # "open" and loaded weeks: table, uid, record
    this: IsoWeek | None = None  # the week that it is now: those before it are over


class Snapshot(_Snapshot):
    """Hold what is stored at one moment. Immutable; two edits may be tried on the same one.

    What was compiled of it is kept in it: a preview asks for the same few weeks many times.
    """

    @cached_property
    def _weeks(self) -> dict[IsoWeek, Week]:
        return {}

    @cached_property
    def _plain(self) -> dict[IsoWeek, tuple[WeekTheme, tuple[Block, ...]]]:
        return {}

    @property
    def zone_name(self) -> str | None:
        """Return the IANA name of the user's zone, or None for a fixed offset."""
        return getattr(self.zone, "key", None)

    def table(self, bucket: str, table: str) -> Mapping[str, Record]:
        """The records of a loaded bucket's table; KeyError when the bucket is not loaded."""
        return self.buckets[bucket].get(table, {})

    def with_changes(self, changes: Iterable[Change]) -> Snapshot:
        """The snapshot as it would be after these changes; buckets not loaded are made of them alone."""
        buckets = {bucket: dict(tables) for bucket, tables in self.buckets.items()}
        for change in changes:
            tables = buckets.setdefault(change.bucket, {})
            records = dict(tables.get(change.table, {}))
            if change.after is None:
                records.pop(change.uid, None)
            else:
                records[change.uid] = change.after
            tables[change.table] = records
        after = self._replace(buckets=buckets)
        after.__dict__["_plain"] = self._plain  # the theme's boxes are the same whatever is stored
        return after

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
        days = tuple(self._day(theme, key.day(weekday)) for weekday in range(1, 8))
        boxes = self._boxes(theme, key, days)
        blocks = boxes + self._occurrences(theme, key, days)
        blocks += [self._own(theme, record) for record in self.table(bucket, "blocks").values()]
        blocks = [self._contained(block, boxes) for block in blocks]
        sessions = [session_of(record) for record in self.table(bucket, "sessions").values()]
        answers = self.table(bucket, "checks").get("check", {}).get("answers", {})
        return Week(
            key=key,
            theme=theme,
            types=self.types,
            zone=self.zone,
            days=days,
            blocks=tuple(sorted(blocks, key=lambda block: (block.start, -block.planned_minutes, block.uid))),
            sessions=tuple(sorted(sessions, key=lambda session: (session.start, session.uid))),
            answers=cast("Mapping[str, bool]", answers),
            frozen=self.this is not None and key < self.this,
            recurring=self._recurring(theme, key),
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
        plain.sort(key=lambda block: block.uid)
        return (*plain, *sorted(out, key=lambda block: block.uid))

    def day_kind(self, theme: WeekTheme, day: date) -> tuple[str, str]:
        """Return what kind of day it is, and its name; of a week not loaded, by the theme alone."""
        text = day.isoformat()
        own = self.buckets.get(str(IsoWeek.of(day)), {}).get("days", {}).get(text)
        if own is not None:
            return str(own["kind"]), str(own.get("name") or "")
        holiday = next((name for date_, name in theme.holidays if date_ == text), None)
        return ("normal", "") if holiday is None else ("leave", holiday)

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
        known = self._plain.get(key)
        if known is not None and known[0] is theme:
            return known[1]
        bare = self._replace(buckets={str(key): {}})
        blocks = tuple(
            bare._occurrence(theme, key, box, key.day(box.weekday), None, "theme") for box in theme.boxes
        )
        self._plain[key] = (theme, blocks)
        return blocks

    def _occurrences(self, theme: WeekTheme, key: IsoWeek, days: tuple[Day, ...]) -> list[Block]:
        out = []
        for record in self.table(OPEN, "series").values():
            for day, series in comings(record, key):
                if days[day.isoweekday() - 1].kind != "leave":
                    out.append(self._occurrence(theme, key, _box_of(series, day), day, series, "own"))
        return out

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
        exception = cast("dict[str, Any]", self.buckets.get(str(key), {}).get("exceptions", {}).get(uid, {}))
        block = self._own(theme, {**plain, **exception})
        # only another time than the box's own counts as moved, not a time spelled out that is the same
        moved = any(exception.get(name, plain[name]) != plain[name] for name in ("day", "start", "end"))
        in_place = source == "theme" and (
            not moved
            or (
                exception.get("day", plain["day"]) == plain["day"]
                and exception.get("start", box.start) >= box.start
                and exception.get("end", box.end) <= box.end
            )
        )
        return block._replace(fixed=box.fixed, recurring=True, source=source, moved=moved, in_place=in_place)

    def _own(self, theme: WeekTheme, stored: Record) -> Block:
        record = cast("Mapping[str, Any]", stored)
        zone = self._zone(record["zone"])
        day = date.fromisoformat(record["day"])
        start, end = at(day, record["start"], zone), at(day, record["end"], zone)
        if zone is not self.zone:
            start, end = into(start, self.zone), into(end, self.zone)
            if IsoWeek.of(start.date()) != IsoWeek.of(day):
                # records are found by their week: what would slip out of it keeps the time it was planned at
                start, end = at(day, record["start"], self.zone), at(day, record["end"], self.zone)
        block = block_of(stored, start, end, self.types)
        return block._replace(hard_end=_hard_end(theme, block.type, start, end))

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

    def _zone(self, name: str | None) -> tzinfo:
        if name is None or name == self.zone_name:
            return self.zone
        if name == "UTC":
            return UTC
        from zoneinfo import ZoneInfo  # dear, and needed only for what was planned in another zone

        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            return self.zone


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


def _hard_end(theme: WeekTheme, type_id: str | None, start: datetime, end: datetime) -> datetime | None:
    """When the limit of its type (M10) ends a block inside its slot."""
    limits = [
        table[type_id]
        for table in (theme.limits.meeting, theme.limits.weekly)
        if type_id and type_id in table
    ]
    if not limits:
        return None
    hard = start + timedelta(minutes=min(limits))
    return hard if hard < end else None
