"""A block on its way: where it would be put down, as a ghost and as the edit that puts it there."""

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from techlead_tui.core.calendar import NoSuchTimeError, stretch
from techlead_tui.core.edits import AddBlock, Edit, Fix, MoveBlock
from techlead_tui.core.span import Span, end_of
from techlead_tui.core.week import Block
from techlead_tui.render.viewport import DAY, STEP, Ghost, WayOut


class Move(NamedTuple):
    block: Block
    day: date
    start: int  # minutes since midnight
    length: int  # minutes that pass, which a change of the clocks leaves as they are
    zone: tzinfo

    @property
    def copied(self) -> bool:
        """The block itself stays where it is."""
        return False

    @classmethod
    def of(cls, block: Block, zone: tzinfo) -> "Move":
        return cls(block, block.day, block.span.start_minute, block.planned_minutes, zone)

    @property
    def end(self) -> int:
        """Return the end in minutes since midnight, above 1440 when it is on the next day."""
        try:
            return end_of(self.day, self.start, self.length, self.zone)
        except NoSuchTimeError:  # what is put down there is refused
            return self.start + self.length

    @property
    def idle(self) -> bool:
        """It stands where it stood."""
        same = (self.day, self.start) == (self.block.day, self.block.span.start_minute)
        return same and self.length == self.block.planned_minutes

    def to(self, day: date, start: int) -> "Move":
        """Take it to another time; only what crosses midnight already may cross it there."""
        last = DAY - STEP if self.block.span.crosses else DAY - self.length
        return self._replace(day=day, start=max(0, min(last, start)))

    def resized(self, minutes: int) -> "Move":
        last = max(DAY, self.block.span.end_minute)
        return self.between(self.start, max(self.start + STEP, min(last, self.end + minutes)))

    def between(self, start: int, end: int) -> "Move":
        """Let it take the time from `start` to `end` of its day."""
        span = Span(*stretch(self.day, start, end, self.zone))
        return self._replace(start=start, length=span.minutes)

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


def ghost_of(edit: Edit, block: Block | None, note: str, allowed: bool) -> Ghost | None:
    """Return where an edit puts a new block, or the block that it moves; None for any other edit."""
    if isinstance(edit, AddBlock):
        return Ghost(None, edit.day, edit.start, edit.end, edit.summary, note, allowed)
    if isinstance(edit, MoveBlock) and block is not None:
        end = edit.end or edit.start + block.planned_minutes
        return Ghost(block.uid, edit.to, edit.start, end, block.summary, note, allowed)
    return None


def ways_of(fixes: Sequence[Fix]) -> tuple[WayOut, ...]:
    """Return where fixes lead to that put a block somewhere, by their numbers."""
    return tuple(
        WayOut(number, edit.to if isinstance(edit, MoveBlock) else edit.day, edit.start)
        for number, edit in enumerate((fix.edit for fix in fixes), 1)
        if isinstance(edit, AddBlock | MoveBlock)
    )
