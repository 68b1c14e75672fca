"""The next place where a copy of a block fits."""

from __future__ import annotations

from datetime import date

from techlead_tui.core.block import Block
from techlead_tui.core.free import free
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.localtime import minute_of
from techlead_tui.planner.planner import Planner

WEEKS = 3  # looked at, from the block's own on


def next_room(planner: Planner, block: Block) -> tuple[date, int]:
    """Day and start of the place that costs least focus in the first week that has one after the block;
    its own place where none does. DataError."""
    first = IsoWeek.of(block.day)
    weeks = [first.shift(n) for n in range(WEEKS)]
    snapshot = planner.snapshot(*weeks)
    since = max(planner.now(), block.end)
    for week in weeks:
        slots = free(
            snapshot, [week], block.planned_minutes, since, kind=block.kind, type_id=block.type, most=1
        )
        if slots:
            return slots[0].start.date(), minute_of(slots[0].start)
    return block.day, minute_of(block.start)
