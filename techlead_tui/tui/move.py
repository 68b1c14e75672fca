"""A block on its way: where it would be put down, as a ghost and as the edit that puts it there."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from techlead_tui.core.calendar import minute_of
from techlead_tui.core.edits import AddBlock, MoveBlock
from techlead_tui.core.week import Block
from techlead_tui.render.lanes import minutes_of
from techlead_tui.render.viewport import DAY, STEP, Ghost


class Move(NamedTuple):
    block: Block
    day: date
    start: int  # minutes since midnight
    end: int

    @property
    def copied(self) -> bool:
        """The block itself stays where it is."""
        return False

    @classmethod
    def of(cls, block: Block) -> Move:
        start, end = minutes_of(block, block.day)
        return cls(block, block.day, start, end)

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def idle(self) -> bool:
        """It stands where it stood."""
        same = (self.day, self.start) == (self.block.day, minute_of(self.block.start))
        return same and self.length == self.block.planned_minutes

    def to(self, day: date, start: int) -> Move:
        start = max(0, min(DAY - self.length, start))
        return self._replace(day=day, start=start, end=start + self.length)

    def resized(self, minutes: int) -> Move:
        end = max(self.start + STEP, min(DAY, self.end + minutes))
        return self._replace(end=end)

    def edit(self) -> MoveBlock | AddBlock:
        end = None if self.length == self.block.planned_minutes else self.end
        return MoveBlock(self.block.uid, self.block.day, self.day, self.start, end)

    def ghost(self, note: str, allowed: bool) -> Ghost:
        return Ghost(self.block.uid, self.day, self.start, self.end, self.block.summary, note, allowed)


class Copy(Move):
    """Carry a copy: what is put down is a block of its own, and the first one stays."""

    @property
    def copied(self) -> bool:
        return True

    @property
    def idle(self) -> bool:
        return False

    def edit(self) -> AddBlock:
        b = self.block
        return AddBlock(
            b.summary, self.day, self.start, self.end, b.kind, b.type, b.people, b.optional, b.doc
        )

    def ghost(self, note: str, allowed: bool) -> Ghost:
        return super().ghost(note, allowed)._replace(uid=None)


def comes_again(block: Block, today: date) -> bool:
    """Tell whether a block is of a series of one's own that can still change from this one on."""
    return block.recurring and block.source == "own" and block.uid.partition("@")[2] >= today.isoformat()
