"""Free time for a block: the places that cost least focus time and that no rule refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from techlead_tui.core.block import Block, block_of
from techlead_tui.core.edits import AddBlock
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.judge import judge
from techlead_tui.core.localtime import DAY
from techlead_tui.core.records import block_record
from techlead_tui.core.rooms import Place, places
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import Span
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week
from techlead_tui.errors import UserError

NEW = "free"  # uid of the block that is tried; never stored


class Slot(NamedTuple):
    start: datetime
    end: datetime
    where: str  # the box that it lies in, or ""
    focus_cost_minutes: int
    warnings: tuple[Violation, ...]  # what would be said about it

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def free(
    snapshot: Snapshot,
    keys: Iterable[IsoWeek],
    minutes: int,
    now: datetime,
    *,
    kind: str = "meeting",
    type_id: str | None = None,
    most: int = 10,
) -> tuple[Slot, ...]:
    """Slots of `minutes` in the given weeks from `now` on: the least focus cost first, then the soonest.

    KeyError for a week that is not loaded.
    """
    found: list[Place] = []
    for key in keys:
        week = snapshot.week(key)
        block = _block(week, minutes, now, kind, type_id)
        found += [
            place
            for place in places(week, block, DAY)
            if place.span.start >= now and place.span.minutes == minutes
        ]
    found.sort(key=lambda place: (place.loss_minutes, place.span.start))
    out: list[Slot] = []
    for slot in _accepted(snapshot, found, now):
        out.append(slot)
        if len(out) == most:
            break
    return tuple(out)


def _accepted(snapshot: Snapshot, found: list[Place], now: datetime) -> Iterator[Slot]:
    seen: set[datetime] = set()
    for place in found:
        block, span = place.block, place.span
        if span.start in seen:
            continue
        seen.add(span.start)
        edit = AddBlock("", span.start.date(), span.start_minute, span.end_minute, block.kind, block.type)
        try:
            introduced = judge(snapshot, edit, now, NEW).introduced
        except UserError:
            continue
        if not any(violation.severity == "refuse" for violation in introduced):
            yield Slot(span.start, span.end, place.where, place.loss_minutes, introduced)


def _block(week: Week, minutes: int, now: datetime, kind: str, type_id: str | None) -> Block:
    record = block_record(uid=NEW, summary="", kind=kind, type=type_id, start=0, end=minutes, zone=None)
    return block_of(record, now, now + timedelta(minutes=minutes), week.types)
