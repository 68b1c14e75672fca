"""Free time for a block: the places that cost least focus time and that no rule refuses."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from techlead_tui.core.balance import deep_spans, focus_minutes
from techlead_tui.core.calendar import DAY, IsoWeek, at
from techlead_tui.core.edits import AddBlock
from techlead_tui.core.judge import judge
from techlead_tui.core.records import block_record
from techlead_tui.core.rules.day_theme import allowed
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import Span, intersect, subtract, union
from techlead_tui.core.theme import category_of
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Week, block_of, called_out, fills
from techlead_tui.errors import UserError

SHORTEST = 15  # minutes: less is no room


OWN, OPTIONAL, OTHER, WRITTEN = range(4)  # where there is room for a meeting, the first choice first (M5)


class Placement(NamedTuple):
    """The block as it would stand somewhere, and the focus time that it would take there."""

    block: Block
    where: str  # the box that takes it, or ""
    rank: int  # OWN, OPTIONAL, OTHER or WRITTEN
    loss_minutes: int  # below 0 it wins some

    @property
    def span(self) -> Span:
        return self.block.span


def next_quarter(now: datetime) -> datetime:
    """The first quarter of an hour that has not passed."""
    begun = timedelta(minutes=now.minute % SHORTEST, seconds=now.second, microseconds=now.microsecond)
    return now - begun + timedelta(minutes=SHORTEST) if begun else now


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
    """Minutes of focus time that a block takes in a week that it was lifted from; below 0 it wins some."""
    return focus_minutes(bare) - focus_minutes(put(bare, block))


def focus_taken(week: Week, deep: Iterable[Span], span: Span) -> int:
    """Return the minutes of focus time that a span takes from the stretches of deep work of a week."""
    least = week.theme.limits.focus_minutes
    lost = 0
    for stretch in deep:
        if stretch.start < span.end and span.start < stretch.end:
            left = (Span(stretch.start, span.start), Span(span.end, stretch.end))
            lost += stretch.minutes if stretch.minutes >= least else 0
            lost -= sum(part.minutes for part in left if part.minutes >= least)
    return lost


def places(bare: Week, block: Block, limit: int, since: datetime) -> Iterator[Placement]:
    """Yield where `block` could stand from `since` on in a week that it was lifted from.

    It stands in boxes or in free time, shortened to `limit` minutes, but in a box of its own type, where
    the slot is the limit. Most places will do; the rules have the last word. Best first is the caller's
    business.
    """
    taken = _taken(bare, since)
    whole, deep = focus_minutes(bare), deep_spans(bare)
    plain = block.source != "theme" and block.kind not in ("deep_work", "leave")  # it only takes time
    boxes = [box for box in bare.live if box.source == "theme" and box.uid != block.uid]
    moved = [box for box in boxes if box.optional and not box.in_place]
    within = [(box.span, _taken(lifted(bare, box.uid), since)) for box in moved]
    if block.kind == "deep_work" and block.source != "theme" and not _tied(bare, block):
        found = chain(
            _in_boxes(bare, block, limit, moved, taken, within), _in_stretches(bare, block, limit, taken)
        )
    else:
        boxes = [box for box in boxes if box.in_place or box.optional]
        found = chain(
            _in_boxes(bare, block, limit, boxes, taken, within), _in_gaps(bare, block, limit, taken)
        )
        if block.kind != "deep_work":
            found = chain(found, _across(bare, block, limit, taken))
    for box, rank, minutes, starts in found:
        least: int | None = None
        for start in starts:  # after the first only what costs less
            one = _at(block, start, minutes)._replace(box=None if box is None else box.uid)
            costs = focus_taken(bare, deep, one.span) if plain else whole - focus_minutes(put(bare, one))
            if least is None or costs < least:
                least = costs
                yield Placement(one, "" if box is None else box.summary, rank, costs)


def in_writing(bare: Week, block: Block, since: datetime) -> Iterator[Placement]:
    """Async boxes that could take what the block is about as a note, shortened to what is free."""
    note = block._replace(kind="async", category=category_of("async", block.type, bare.types))
    taken = _taken(bare, since)
    for box in bare.live:
        if box.source != "theme" or box.kind != "async" or not box.in_place:
            continue
        for room in subtract([box.span], taken):
            if room.minutes >= SHORTEST:
                found = _at(note, room.start, min(block.planned_minutes, room.minutes))._replace(box=box.uid)
                yield Placement(found, box.summary, WRITTEN, 0)


def trades(bare: Week, block: Block, since: datetime) -> Iterator[Placement]:
    """Yield where a box of the theme could stand in its own day: at the edges of the deep work left without
    it, and deep work in what is free."""
    if block.kind == "deep_work":
        yield from (place for place in places(bare, block, DAY, since) if place.block.day == block.day)
        return
    whole = focus_minutes(bare)
    for span in subtract(deep_spans(bare), _past(bare, since)):
        if span.start.date() == block.day and span.minutes >= block.planned_minutes:
            late = span.end - timedelta(minutes=block.planned_minutes)
            for start in (span.start, late) if late > span.start else (span.start,):
                found = _at(block, start, block.planned_minutes)
                yield Placement(found, "", OTHER, whole - focus_minutes(put(bare, found)))


def _at(block: Block, start: datetime, minutes: int) -> Block:
    return block._replace(
        start=start,
        end=start + timedelta(minutes=minutes),
        hard_end=None,
        box=None,
        moved=block.source == "theme" or block.moved,
        in_place=False,
    )


def _taken(week: Week, since: datetime) -> list[Span]:
    """The time that stands for something of one's own, lunch, and what is past."""
    spans = [block.span for block in week.live if not block.in_place]
    lunches = [day.lunch for day in week.days if day.lunch is not None]
    return union([*spans, *lunches, *_past(week, since)])


def _past(week: Week, since: datetime) -> list[Span]:
    begin = at(week.key.monday, 0, week.zone)
    return [Span(begin, since)] if begin < since else []


def _tied(bare: Week, block: Block) -> bool:
    """Tell whether the week has boxes for a block of this type, so that it fits nowhere else."""
    return block.type is not None and any(
        box.source == "theme" and box.type == block.type and box.kind == block.kind for box in bare.live
    )


def _named(bare: Week, block: Block, day: date) -> bool:
    theme = bare.day(day).theme
    return theme is not None and block.type in theme.allows


_Room = tuple[Block | None, int, int, list[datetime]]  # box, rank, minutes, starts to try


def _in_boxes(
    bare: Week,
    block: Block,
    limit: int,
    boxes: list[Block],
    taken: list[Span],
    within: list[tuple[Span, list[Span]]],
) -> Iterator[_Room]:
    """Yield the room of boxes; `within` has the optional ones that were moved, which take in what lies all in
    them, each with what else is taken there."""
    tied = _tied(bare, block)
    for box in boxes:
        if box.kind == "deep_work" and block.kind == "deep_work" and block.source == "theme":
            continue
        there = block._replace(start=box.start, end=box.end)
        called = box.kind == "deep_work" and called_out(bare, there)
        if not (fills(there, box) or called):
            continue
        if tied and box.type != block.type and not _named(bare, block, box.day):
            continue
        typed = box.type is not None and box.type == block.type
        rank = OWN if typed else OPTIONAL if box.optional else OTHER
        rooms = subtract([box.span], taken)
        for span, others in within:
            rooms += subtract(intersect([box.span], [span]), others)
        for room in rooms:
            size = min(block.planned_minutes, room.minutes if typed and not box.optional else limit)
            if max(SHORTEST, min(block.planned_minutes, limit) // 2) <= size <= room.minutes:
                yield box, rank, size, [room.start, room.end - timedelta(minutes=size)]


def _in_gaps(bare: Week, block: Block, limit: int, taken: list[Span]) -> Iterator[_Room]:
    size = min(block.planned_minutes, limit)
    standing = [*taken, *(other.span for other in bare.live)]
    tied = _tied(bare, block)
    for day in bare.days:
        if tied and not _named(bare, block, day.date):
            continue
        if day.theme is None or not (block.kind == "deep_work" or allowed(day.theme, block, bare)):
            continue
        for room in subtract(day.working, standing):
            if room.minutes >= max(size, SHORTEST):
                yield None, OTHER, size, [room.start, room.end - timedelta(minutes=size)]


def _in_stretches(bare: Week, block: Block, limit: int, taken: list[Span]) -> Iterator[_Room]:
    """Yield where deep work could stand in what is free, optional or for deep work: in the boxes one by one,
    and across their edges where that makes one long stretch of two."""
    size = min(block.planned_minutes, limit)
    length = timedelta(minutes=size)
    gives = [box for box in bare.live if box.in_place and (box.kind == "deep_work" or box.optional)]
    stands = [*taken, *(other.span for other in bare.live if other not in gives)]
    for day in bare.days:
        for room in subtract(day.working, stands):
            if size < SHORTEST or room.minutes < size:
                continue
            edges = sorted({room.start, room.end, *(edge for box in gives for edge in box.span)})
            last = room.end - length
            starts = [edge for edge in edges if room.start <= edge <= last]
            for start in starts:
                span = Span(start, start + length)
                box = next((box for box in gives if box.span.contains(span)), None)
                yield box, OPTIONAL if box is not None and box.optional else OTHER, size, [start]
            late = [edge - length for edge in edges if room.start < edge - length <= last]
            yield None, OTHER, size, [starts[0], *late]


def _across(bare: Week, block: Block, limit: int, taken: list[Span]) -> Iterator[_Room]:
    """Yield where anything else could stand across the edge of an optional box, which gives way to it."""
    size = min(block.planned_minutes, limit)
    length = timedelta(minutes=size)
    gives = [box for box in bare.live if box.in_place and box.optional]
    stands = [*taken, *(other.span for other in bare.live if other not in gives)]
    tied = _tied(bare, block)
    for day in bare.days:
        own = [box for box in gives if box.day == day.date]
        if not own or day.theme is None or not allowed(day.theme, block, bare):
            continue
        if size < SHORTEST or (tied and not _named(bare, block, day.date)):
            continue
        for room in subtract(day.working, stands):
            inner = [edge for box in own for edge in box.span if room.start < edge < room.end]
            edges = [room.start, *inner, room.end]
            for start in sorted({*edges, *(edge - length for edge in edges)}):
                inside = room.start <= start and start + length <= room.end
                if inside and any(start < edge < start + length for edge in inner):
                    yield None, OTHER, size, [start]


NEW = "free"  # uid of the block that is tried; never stored


class FreeSlot(NamedTuple):
    start: datetime
    end: datetime
    where: str  # the box that it lies in, or ""
    focus_cost_minutes: int  # below 0 it wins some
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
    weekday: int | None = None,
) -> tuple[FreeSlot, ...]:
    """Slots of `minutes` in the given weeks from the next quarter of an hour on: what wins most focus time
    or costs least first, then the soonest; with a `weekday` (1 to 7) on those days alone.

    KeyError for a week that is not loaded.
    """
    found: list[Placement] = []
    since = next_quarter(now)
    for key in keys:
        week = snapshot.week(key)
        block = _block(week, minutes, now, kind, type_id)
        found += [place for place in places(week, block, DAY, since) if place.span.minutes == minutes]
    if weekday is not None:
        found = [place for place in found if place.span.start.isoweekday() == weekday]
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
