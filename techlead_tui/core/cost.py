"""What a block costs in focus time."""

from __future__ import annotations

from techlead_tui.core.block import Block
from techlead_tui.core.boxes import home
from techlead_tui.core.focus import focus_minutes
from techlead_tui.core.week import Week


def without(week: Week, uid: str) -> Week:
    """The week if a block were not there: a moved box back in its place, any other skipped."""
    blocks = []
    for block in week.blocks:
        if block.uid == uid:
            place = home(week, block) if block.moved else None
            if place is not None:
                block = block._replace(start=place.start, end=place.end, moved=False, box=None)
            else:
                block = block._replace(status="skipped")
        blocks.append(block)
    return week._replace(blocks=tuple(blocks))


def focus_cost(week: Week, block: Block) -> int:
    """Minutes of focus time that the week would have more without this block of it; never below 0."""
    return max(0, focus_minutes(without(week, block.uid)) - focus_minutes(week))
