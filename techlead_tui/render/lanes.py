"""Blocks given their place in a day's column: rows from the time, lanes where they overlap."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from techlead_tui.core.week import Block, Week

NARROWEST = 4  # cells of a lane; more blocks than lanes share the last one


class LaneBlock(NamedTuple):
    """Say where a block is drawn: cells from the column's left edge, rows from the grid's top."""

    block: Block
    x: int
    width: int
    top: int
    bottom: int  # the row after its last
    more: int = 0  # blocks that found no lane and stand behind this one
    within: str | None = None  # category of the box that it is drawn in


def minutes_of(block: Block, day: date) -> tuple[int, int]:
    """A block's minutes on the wall clock of a day that it takes time of."""
    start, end = block.span.on(day) or (0, 0)
    return start, max(end, start + 1)


def places(blocks: Sequence[Block], day: date, width: int, first: int, zoom: int) -> list[LaneBlock]:
    """Every block of a day in drawing order: containers before what they hold, skipped ones at the bottom."""
    live = [block for block in blocks if block.live]
    by_uid = {block.uid: block for block in live}
    within: dict[str, list[Block]] = {}
    outer: list[Block] = []
    for block in live:
        holder = _holder(block, live, by_uid)
        if holder is None:
            outer.append(block)
        else:
            within.setdefault(holder.uid, []).append(block)
    out = [
        LaneBlock(block, 0, width, *rows)
        for block in blocks
        if not block.live
        for rows in [_rows(minutes_of(block, day), first, zoom)]
    ]
    for place in _lanes(outer, day, 0, width, first, zoom):
        out.append(place)
        held = within.get(place.block.uid)
        if held and _fills(held, place.block):
            out += _lanes(held, day, place.x, place.width, first, zoom)
        elif held:
            inset = 2 if place.width >= 8 else 1
            inner = _lanes(held, day, place.x + inset, max(1, place.width - inset), first, zoom)
            out += [found._replace(within=place.block.category) for found in inner]
    return out


def _holder(block: Block, live: Sequence[Block], by_uid: dict[str, Block]) -> Block | None:
    """The box that a block is drawn in: its container, or a longer theme box of deep work around it."""
    if block.box is not None and block.box in by_uid:
        holder = by_uid[block.box]
        return holder if holder.box is None else None
    for other in live:
        if (
            other.source == "theme"
            and other.box is None
            and other.uid != block.uid
            and other.kind in ("deep_work", "leave")
            and block.source != "theme"
            and other.span.contains(block.span)
        ):
            return other
    return None


def _fills(held: Sequence[Block], holder: Block) -> bool:
    """One block that takes the whole box for what the box is for: it is drawn in the box's place."""
    return len(held) == 1 and (held[0].span, held[0].category) == (holder.span, holder.category)


def _rows(minutes: tuple[int, int], first: int, zoom: int) -> tuple[int, int]:
    start, end = minutes
    return (start - first) // zoom, -((first - end) // zoom)


def _lanes(blocks: Sequence[Block], day: date, x: int, width: int, first: int, zoom: int) -> list[LaneBlock]:
    """Blocks side by side where their times overlap; those that merely share a row share it out."""
    spans = {block.uid: minutes_of(block, day) for block in blocks}
    order = sorted(blocks, key=lambda block: (spans[block.uid][0], -spans[block.uid][1], block.uid))
    rows = _apart(order, spans, first, zoom)
    out: list[LaneBlock] = []
    cluster: list[Block] = []
    reach = -(1 << 30)
    for block in order:
        top, bottom = rows[block.uid]
        if cluster and top >= reach:
            out += _side_by_side(cluster, rows, x, width)
            cluster = []
            reach = bottom
        cluster.append(block)
        reach = max(reach, bottom)
    return out + _side_by_side(cluster, rows, x, width)


def _apart(
    order: Sequence[Block], spans: dict[str, tuple[int, int]], first: int, zoom: int
) -> dict[str, tuple[int, int]]:
    """Rows of each block; two that follow each other within one row part where one has rows to spare."""
    rows = {block.uid: _rows(spans[block.uid], first, zoom) for block in order}
    for before, after in pairwise(order):
        if spans[before.uid][1] > spans[after.uid][0]:
            continue
        top, bottom = rows[before.uid]
        below, last = rows[after.uid]
        if below < bottom:
            if bottom - top > 1:
                rows[before.uid] = (top, bottom - 1)
            elif last - below > 1:
                rows[after.uid] = (below + 1, last)
    return rows


def _side_by_side(
    cluster: Sequence[Block], rows: dict[str, tuple[int, int]], x: int, width: int
) -> list[LaneBlock]:
    if not cluster:
        return []
    most = max(1, width // NARROWEST)
    ends: list[int] = []  # the row after the last, of each lane
    lane_of: dict[str, int] = {}
    behind: dict[int, int] = {}
    shown: list[Block] = []
    for block in cluster:
        top, bottom = rows[block.uid]
        lane = next((index for index, end in enumerate(ends) if end <= top), None)
        if lane is None and len(ends) < most:
            lane = len(ends)
            ends.append(bottom)
        elif lane is None:
            behind[most - 1] = behind.get(most - 1, 0) + 1
            continue
        else:
            ends[lane] = bottom
        lane_of[block.uid] = lane
        shown.append(block)
    count = len(ends)
    edges = [x + width * index // count for index in range(count + 1)]
    out: list[LaneBlock] = []
    for block in shown:
        lane = lane_of[block.uid]
        more = behind.pop(lane, 0) if lane == most - 1 else 0
        out.append(LaneBlock(block, edges[lane], edges[lane + 1] - edges[lane], *rows[block.uid], more))
    return out


def block_under(week: Week, day: date, minute: int, picked: str | None = None) -> Block | None:
    """The block at a time: the picked one, else the shortest live one, else one that was skipped."""
    found = []
    for block in week.blocks_on(day):
        start, end = minutes_of(block, day)
        if start <= minute < end:
            found.append(block)
    for block in found:
        if block.uid == picked:
            return block
    return min(found, key=lambda block: (not block.live, block.planned_minutes, block.uid), default=None)
