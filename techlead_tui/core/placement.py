"""Free time for a block: the places that cost least focus time and that no rule refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from techlead_tui.core.balance import deep_spans, focus_minutes
from techlead_tui.core.calendar import DAY, IsoWeek
from techlead_tui.core.edits import AddBlock, Violation
from techlead_tui.core.judge import judge
from techlead_tui.core.records import block_record
from techlead_tui.core.rules.day_theme import allowed
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import Span, subtract
from techlead_tui.core.theme import category_of
from techlead_tui.core.week import Block, Week, at_home, block_of, fills
from techlead_tui.errors import UserError

SHORTEST = 15  # minutes: less is no room


class Placement(NamedTuple):
    """The block as it would stand somewhere, and the focus time that it would take there."""

    block: Block
    where: str  # the box that takes it, or ""
    loss_minutes: int

    @property
    def span(self) -> Span:
        return self.block.span


def lifted(week: Week, uid: str) -> Week:
    """The week with a block taken out; a box leaves its gap to the deep work around it."""
    return week._replace(
        blocks=tuple(
            block._replace(status="skipped") if block.source == "theme" and block.uid == uid else block
            for block in week.blocks
            if block.uid != uid or block.source == "theme"
        )
    )


def put(week: Week, block: Block) -> Week:
    """The week with a block standing in it, in place of the one of its uid; in no order."""
    return week._replace(blocks=(*(other for other in week.blocks if other.uid != block.uid), block))


def loss(bare: Week, block: Block) -> int:
    """Minutes of focus time that a block takes in a week that it was lifted from; never below 0."""
    return max(0, focus_minutes(bare) - focus_minutes(put(bare, block)))


def places(bare: Week, block: Block, limit: int) -> Iterator[Placement]:
    """Yield where `block` could stand in a week that it was lifted from: in boxes, or in free time.

    It is shortened to `limit` minutes, but in a box of its own type, where the slot is the limit. Most
    places will do; the rules have the last word. Best first is the caller's business.
    """
    whole = focus_minutes(bare)
    for where, found in chain(_in_boxes(bare, block, limit), _in_gaps(bare, block, limit)):
        yield Placement(found, where, max(0, whole - focus_minutes(put(bare, found))))


def in_writing(bare: Week, block: Block) -> Iterator[Placement]:
    """Async boxes that could take what the block is about as a note, shortened to what is free."""
    note = block._replace(kind="async", category=category_of("async", block.type, bare.types))
    for box in bare.live:
        if box.source != "theme" or box.kind != "async":
            continue
        for room in subtract([box.span], _taken(bare)):
            if room.minutes >= SHORTEST:
                found = _at(note, room.start, min(block.planned_minutes, room.minutes))._replace(box=box.uid)
                yield Placement(found, box.summary, 0)


def trades(bare: Week, block: Block) -> Iterator[Placement]:
    """Yield where a block could stand in its own day: at the edges of the deep work left without it."""
    whole = focus_minutes(bare)
    for span in deep_spans(bare):
        if span.start.date() == block.day and span.minutes >= block.planned_minutes:
            late = span.end - timedelta(minutes=block.planned_minutes)
            for start in (span.start, late) if late > span.start else (span.start,):
                found = _at(block, start, block.planned_minutes)
                yield Placement(found, "", whole - focus_minutes(put(bare, found)))


def _at(block: Block, start: datetime, minutes: int) -> Block:
    return block._replace(
        start=start,
        end=start + timedelta(minutes=minutes),
        hard_end=None,
        box=None,
        moved=block.source == "theme" or block.moved,
    )


def _taken(week: Week) -> list[Span]:
    """The time that stands for something of one's own, and lunch."""
    spans = [block.span for block in week.live if not at_home(block)]
    return spans + [day.lunch for day in week.days if day.lunch is not None]


def _tied(bare: Week, block: Block) -> bool:
    """Tell whether the week has boxes for a block of this type, so that it fits nowhere else."""
    return block.type is not None and any(
        box.source == "theme" and box.type == block.type and box.kind == block.kind for box in bare.live
    )


def _named(bare: Week, block: Block, day: date) -> bool:
    theme = bare.day(day).theme
    return theme is not None and block.type in theme.allows


def _in_boxes(bare: Week, block: Block, limit: int) -> Iterator[tuple[str, Block]]:
    taken = _taken(bare)
    tied = _tied(bare, block)
    for box in bare.live:
        if box.source != "theme" or box.uid == block.uid:
            continue
        if not fills(block._replace(start=box.start, end=box.end), box):
            continue
        if tied and box.type != block.type and not _named(bare, block, box.day):
            continue
        own = not box.optional and box.type is not None and box.type == block.type
        for room in subtract([box.span], taken):
            size = min(block.planned_minutes, room.minutes if own else limit)
            if not max(SHORTEST, min(block.planned_minutes, limit) // 2) <= size <= room.minutes:
                continue
            yield box.summary, _at(block, room.start, size)._replace(box=box.uid)
            if box.kind == "deep_work" and block.kind != "deep_work" and size < room.minutes:
                late = _at(block, room.end - timedelta(minutes=size), size)
                yield box.summary, late._replace(box=box.uid)


def _in_gaps(bare: Week, block: Block, limit: int) -> Iterator[tuple[str, Block]]:
    minutes = min(block.planned_minutes, limit)
    standing = [other.span for other in bare.live]
    tied = _tied(bare, block)
    for day in bare.days:
        if tied and not _named(bare, block, day.date):
            continue
        if day.theme is None or not (block.kind == "deep_work" or allowed(day.theme, block, bare)):
            continue
        for room in subtract(day.working, standing):
            if room.minutes >= minutes:
                yield "", _at(block, room.start, minutes)


NEW = "free"  # uid of the block that is tried; never stored


class FreeSlot(NamedTuple):
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
) -> tuple[FreeSlot, ...]:
    """Slots of `minutes` in the given weeks from `now` on: the least focus cost first, then the soonest.

    KeyError for a week that is not loaded.
    """
    found: list[Placement] = []
    for key in keys:
        week = snapshot.week(key)
        block = _block(week, minutes, now, kind, type_id)
        found += [
            place
            for place in places(week, block, DAY)
            if place.span.start >= now and place.span.minutes == minutes
        ]
    found.sort(key=lambda place: (place.loss_minutes, place.span.start))
    out: list[FreeSlot] = []
    for slot in _accepted(snapshot, found, now):
        out.append(slot)
        if len(out) == most:
            break
    return tuple(out)


def _accepted(snapshot: Snapshot, found: list[Placement], now: datetime) -> Iterator[FreeSlot]:
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
            yield FreeSlot(span.start, span.end, place.where, place.loss_minutes, introduced)


def _block(week: Week, minutes: int, now: datetime, kind: str, type_id: str | None) -> Block:
    record = block_record(uid=NEW, summary="", kind=kind, type=type_id, start=0, end=minutes, zone=None)
    return block_of(record, now, now + timedelta(minutes=minutes), week.types)
