"""The week by mouse: every job ends in the same edit as it does by keys."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from techlead_tui.core.calendar import clock
from techlead_tui.core.lengths import short_length
from techlead_tui.core.week import Block
from techlead_tui.render.lanes import minutes_of
from techlead_tui.render.viewport import DAY, STEP, ZOOMS, Ghost, frame
from techlead_tui.tui.move import Move
from techlead_tui.tui.quick_line_jobs import AddLine
from techlead_tui.tui.screens.week.dialogs import WeekDialogs
from techlead_tui.tui.widgets.rows_view import Choices
from techlead_tui.tui.widgets.week_grid import WeekGrid


class Hold(NamedTuple):
    """What the mouse drags, and by what."""

    move: Move | None  # None: it spans a new block
    part: str  # body, top, bottom or empty
    day: date  # where it was taken
    minute: int


class WeekMouse(WeekDialogs):
    moving: Move | None = None
    _held: Hold | None = None

    def forget(self) -> None:
        """Escape in the middle of a drag drops it as well: the button may stay down."""
        self._held = None
        super().forget()

    async def action_place(self) -> None:
        """The week screen puts down what is carried."""
        raise NotImplementedError

    # picking

    async def on_week_grid_picked(self, event: WeekGrid.Picked) -> None:
        if self.line is not None or self.refused is not None:
            return
        if self.moving is not None:  # picked up by a key
            if event.twice:
                await self.action_place()
            else:
                await self._carry(self.moving.to(event.day, event.minute))
            return
        self.go(event.day, event.minute, event.uid)
        if not event.twice:
            return
        if event.uid is not None:
            await self.action_edit()
        else:
            await self._plan(event.day, event.minute, event.minute + self._new_length(event.minute))

    def _new_length(self, start: int) -> int:
        """An hour, or what is left of the day."""
        return min(60, DAY - start)

    async def on_week_grid_day_picked(self, event: WeekGrid.DayPicked) -> None:
        """The day alone, or the week again."""
        if self.line is None and self.refused is None:
            self._days = 1 if self._days != 1 else self.desk.planner.settings.days
            self.view = self._opened(event.day, self.view.cursor)._replace(ghost=self.view.ghost)
            self.paint()

    async def _plan(self, day: date, start: int, end: int) -> None:
        """The line of words, with the time that the mouse has shown."""
        self.go(day, start)
        words = f"{day:%a} {clock(start)}-{clock(end) if end < DAY else '24:00'} ".lower()
        await self._ask(AddLine(self.scene, self.view, words))

    # the menu

    async def on_week_grid_asked(self, event: WeekGrid.Asked) -> None:
        if self.line is not None or self.refused is not None:
            return
        if self.moving is None:
            self.go(event.day, event.minute, event.uid)
            await self._open_menu(event.spot, event.uid)
        else:
            if not self._on_ghost(event.day, event.minute):
                await self._carry(self.moving.to(event.day, event.minute))
            await self._open_menu(event.spot, None)

    async def action_menu(self) -> None:
        if self.refused is None:
            here = self.here
            await self._open_menu(self.grid.spot(self.view), here.uid if here is not None else None)

    async def _open_menu(self, spot: tuple[int, int], uid: str | None) -> None:
        """What can be done with a block, with what is carried, or where nothing stands."""
        from techlead_tui.tui.dialogs.menu import CARRIED, EMPTY, SESSION, MenuDialog, of_block

        block = self.scene.week.block(uid) if uid is not None else None
        day, at = self.view.cursor_day, clock(self.view.cursor)
        if self.moving is not None:
            heading, entries = self.moving.block.summary, list(CARRIED)
        elif block is not None:
            heading, entries = block.summary, of_block(block)
        else:
            heading, entries = f"{day:%a} {day.day} {day:%b} {at}", list(EMPTY)
        others: list[Block] = []
        if self.moving is None:
            if self.session_here is not None:
                entries.append(SESSION)
            others = [other for other in self._blocks_here() if other != block]
        await self.app.push_screen(MenuDialog(self.desk, self.looks, heading, entries, others, spot))

    def _blocks_here(self) -> list[Block]:
        """All that stands under the cursor, also what is skipped and lies under the rest."""
        day, at = self.view.cursor_day, self.view.cursor
        spans = ((block, minutes_of(block, day)) for block in self.scene.week.blocks if block.day == day)
        return [block for block, (start, end) in spans if start <= at < end]

    async def action_menu_of(self, uid: str) -> None:
        """The menu of another block under the cursor; "" for that of the day and the week."""
        self.go(self.view.cursor_day, self.view.cursor, uid or self.view.picked)
        await self._open_menu(self.grid.spot(self.view), uid or None)

    # dragging

    def _on_ghost(self, day: date, minute: int) -> bool:
        """Whether a cell shows what is carried."""
        move, zoom = self.moving, self.view.zoom
        return move is not None and day == move.day and move.start - zoom < minute < move.end

    async def on_week_grid_grabbed(self, event: WeekGrid.Grabbed) -> None:
        if self.line is not None or self.refused is not None:
            return
        if self.moving is not None:  # picked up by a key: the mouse takes it from there
            if self._on_ghost(event.day, event.minute):
                self._held = Hold(self.moving, "body", event.day, event.minute)
            return
        if event.uid is None:
            self._held = Hold(None, "empty", event.day, event.minute)
            return
        block = self.scene.week.block(event.uid)
        if block is None:
            return
        self.go(event.day, event.minute, block.uid)
        if block.status == "done":
            self.say(f"{block.summary} is done and stays where it was")
            return
        self._held = Hold(Move.of(block), event.part, event.day, event.minute)

    async def on_week_grid_dragged(self, event: WeekGrid.Dragged) -> None:
        held = self._held
        if held is None:
            return
        if held.move is None:
            self._span(held, event)
        else:
            move = dragged(held.move, held.part, event.minute - held.minute, event.day)
            if move != self.moving:
                await self._carry(move)

    def _span(self, held: Hold, event: WeekGrid.Dragged) -> None:
        """The ghost of a block to come, from where the drag began to where it is."""
        start, end = min(held.minute, event.minute), max(held.minute, event.minute) + self.view.zoom
        end = min(DAY, end)
        ghost = Ghost(None, held.day, start, end, "new block", short_length(end - start), True)
        self.view = self.view._replace(ghost=ghost)
        self.go(held.day, start, None, (f"{held.day:%a} {clock(start)}–{clock(end % DAY)}", "hint"))

    async def on_week_grid_dropped(self) -> None:
        held, self._held = self._held, None
        if held is None:
            return
        if held.move is not None:
            if self.moving is not None:
                await self.action_place()
            return
        ghost = self.view.ghost
        self.view = self.view._replace(ghost=None)
        if ghost is not None:
            self.go(ghost.day, ghost.start)
            await self._plan(ghost.day, ghost.start, ghost.end)

    # the wheel

    async def on_week_grid_turned(self, event: WeekGrid.Turned) -> None:
        if event.by == "weeks":
            if self._held is None:
                await self.page_to(self.scene.week.key.shift(event.steps))
        elif event.by == "zoom":
            index = ZOOMS.index(self.view.zoom) + event.steps
            if 0 <= index < len(ZOOMS):
                self.use_zoom(ZOOMS[index])
        else:
            self._scroll(event.steps)

    def _scroll(self, steps: int) -> None:
        """The view goes, and the cursor only as far as it must to stay in it."""
        part = frame(*self._room)
        if part.listed:
            self._step_block(1 if steps > 0 else -1)
            return
        view, rows = self.view, part.grid_height
        last = max(0, -(-DAY // view.zoom) * view.zoom - rows * view.zoom)
        first = max(0, min(last, view.first + steps * view.zoom))
        lowest = first + (rows - 2) * view.zoom
        cursor = max(first + view.zoom, min(lowest, view.cursor)) if rows > 4 else first
        if view.ghost is not None:
            self.view = view._replace(first=first)
            self.grid.show(self.scene, self.view, part)
            return
        self.view = view._replace(first=first)
        self.go(view.cursor_day, cursor, view.picked)

    # what is said at the bottom

    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """A line that offers something does it by a click as by its key."""
        if self.line is None:
            await self.run_action(event.action)


def dragged(move: Move, part: str, minutes: int, day: date) -> Move:
    """Where a block is after a drag of so many minutes, by one of its parts; 15 minutes of it stay."""
    minutes -= minutes % STEP
    if part == "top":
        start = max(0, min(move.end - STEP, move.start + minutes))
        return move._replace(start=start)
    if part == "bottom":
        return move.resized(minutes)
    return move.to(day, move.start + minutes)
