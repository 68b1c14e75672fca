"""Weeks to try things on: the shipped maker week of W48 2026, empty or with blocks of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from techlead_tui.config.catalog import SHIPPED_TYPES, shipped_themes
from techlead_tui.config.theme_toml import parse_theme, parse_types
from techlead_tui.core.apply import effect
from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.core.edits import AddBlock, Edit
from techlead_tui.core.judge import judge
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.theme import BlockType, WeekTheme
from techlead_tui.core.week import Week

ZONE = ZoneInfo("Europe/Berlin")
W48 = IsoWeek(2026, 48)
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=UTC)  # before the week begins


@cache
def types() -> dict[str, BlockType]:
    return parse_types(Path(SHIPPED_TYPES).read_text(encoding="utf-8"), file=SHIPPED_TYPES, base={})


@cache
def theme(theme_id: str = "maker-week") -> WeekTheme:
    path = Path(shipped_themes()) / f"{theme_id}.toml"
    return parse_theme(path.read_text(encoding="utf-8"), theme_id=theme_id, file=str(path), types=types())


def empty(
    key: IsoWeek = W48, zone: tzinfo = ZONE, week_theme: WeekTheme | None = None, after: int = 5
) -> Snapshot:
    """A store without a record, with a week and the ones after it loaded."""
    return _with_theme(key, zone, week_theme, after) if week_theme else _shared(key, zone, after)


def _with_theme(key: IsoWeek, zone: tzinfo, used: WeekTheme, after: int) -> Snapshot:
    buckets: dict[str, Mapping[str, Mapping[str, Record]]] = {OPEN: {}}
    for weeks in range(after):
        buckets[str(key.shift(weeks))] = {}
    return Snapshot(0, zone, types(), {used.id: used}, used.id, buckets)


@cache  # with what it has made of the theme, for all tests of a process
def _shared(key: IsoWeek, zone: tzinfo, after: int) -> Snapshot:
    return _with_theme(key, zone, theme(), after)


def minute(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes or 0)


def day(name: str, key: IsoWeek = W48) -> date:
    return key.day(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(name) + 1)


def moment(when: str, key: IsoWeek = W48, zone: tzinfo = ZONE) -> datetime:
    """`tue 11:30` of a week."""
    name, clock = when.split()
    return at(day(name, key), minute(clock), zone)


def add(when: str, type_id: str | None = None, *, summary: str = "Budget sync", **fields: object) -> AddBlock:
    """`tue 14:30-15:00` of W48 as an edit; the kind is that of the type, a meeting without one."""
    name, _, span = when.partition(" ")
    start, _, end = span.partition("-")
    kind = str(fields.pop("kind", types()[type_id].kind if type_id else "meeting"))
    plain = AddBlock(summary, day(name), minute(start), minute(end), kind, type_id)
    return plain._replace(**fields)  # type: ignore[arg-type]


_UIDS = count(1)


def after(snapshot: Snapshot, *edits: Edit, now: datetime = SUNDAY) -> Snapshot:
    """The snapshot after edits, whatever the rules say: they are asked only what a reason answers."""
    for edit in edits:
        uid = f"b{next(_UIDS):04}"
        if edit.override:
            snapshot = judge(snapshot, edit, now, uid).after
        else:
            snapshot = snapshot.with_changes(effect(snapshot, edit, now, uid)[0])
    return snapshot


def week_with(*edits: Edit, snapshot: Snapshot | None = None, now: datetime = SUNDAY) -> Week:
    """W48 after edits."""
    return after(snapshot or empty(), *edits, now=now).week(W48)
