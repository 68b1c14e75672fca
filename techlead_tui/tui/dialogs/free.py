"""List free time of a length where it costs least focus, and show each slot on the week."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek, clock, minute_of
from techlead_tui.core.lengths import short_length
from techlead_tui.core.placement import FreeSlot, free
from techlead_tui.core.week import Block
from techlead_tui.core.words.args import from_line
from techlead_tui.errors import WordsError
from techlead_tui.planner.free import find_free, read_wish
from techlead_tui.planner.planner import Planner
from techlead_tui.render import symbols
from techlead_tui.render.viewport import Ghost
from techlead_tui.tui.dialogs.side_list import SideItem, SideList
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks

WEEKS = 3  # looked at, from the block's own on


def next_room(planner: Planner, block: Block) -> tuple[date, int]:
    """Return day and start of the place that costs least focus, in the first week after the block with one.

    Its own place where no week has one. DataError.
    """
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


MOST = 20
LENGTH = "30m"

Preview = Callable[[Ghost | None, int], Awaitable[None]]  # a ghost on the grid; rows hidden at the bottom


class Room(NamedTuple):
    """Hold a place where something may be planned."""

    day: date
    start: int  # minutes since midnight
    end: int
    tags: str  # "+code " for what it was looked for

    @property
    def words(self) -> str:
        """Return the beginning of a line that plans something here, in the week of its day."""
        return f"{self.day:%a} {clock(self.start)}-{clock(self.end)} {self.tags}".lower()


class FreeDialog(SideList):
    """Close with the Room that was taken."""

    heading = "free time for"
    order = "least costly first"
    example = "30m, 1h30 +code"

    def __init__(self, desk: Desk, looks: Looks, preview: Preview) -> None:
        super().__init__(desk, looks, LENGTH)
        self._preview = preview

    def find(self, planner: Planner, text: str) -> Sequence[SideItem]:
        words = text.split(maxsplit=1)
        if not words:
            return ()
        tags = from_line(words[1] if len(words) > 1 else "")
        wish, rest = read_wish(words[0], tags, planner.library.types())
        if rest:
            raise WordsError(f"“{rest[0].text[:30]}” is one word too many", "1h30 +code")
        return [_item(slot, wish.tags) for slot in find_free(planner, wish, MOST)]

    def not_found(self, text: str) -> str:
        return "no room in five weeks" if text.strip() else "how long?"

    async def moved(self) -> None:
        """Show the slot as a ghost on the week."""
        item = self.list.item
        if item is None:
            await self._preview(None, self.low)
            return
        room: Room = item.value
        note = item.detail or ("warned" if item.sign == symbols.WRONG else "")
        ghost = Ghost(None, room.day, room.start, room.end, f"free: {item.title}", note, True)
        await self._preview(ghost, self.low)


def _item(slot: FreeSlot, tags: str) -> SideItem:
    cost = slot.focus_cost_minutes
    room = Room(slot.span.start.date(), slot.span.start_minute, slot.span.end_minute, tags)
    return SideItem(
        f"{slot.start:%a} {slot.start.day:>2} {slot.start:%b} {clock(minute_of(slot.start))}",
        f"{'−' if cost > 0 else '+'}{short_length(abs(cost))} focus" if cost else "no focus lost",
        slot.where,
        room,
        symbols.WRONG if slot.warnings else " ",
    )
