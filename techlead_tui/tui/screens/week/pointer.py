"""Do by mouse what keys do: every job ends in the same edit."""

from __future__ import annotations

from datetime import date, datetime

from techlead_tui.core.calendar import IsoWeek, clock, minute_of
from techlead_tui.core.lengths import short_length
from techlead_tui.render.viewport import DAY, Ghost, frame
from techlead_tui.tui.move import Move
from techlead_tui.tui.quick_line_jobs import AddLine
from techlead_tui.tui.screens.week.carrying import stays
from techlead_tui.tui.screens.week.ports import WeekPorts
from techlead_tui.tui.screens.week.state import LOOK, Carry, Drag, Hold, Look, carried, dragged
from techlead_tui.tui.widgets.week_grid import WeekGrid

HOUR = 60


class Pointer:
    """Answer what the grid tells of the mouse. While words are typed or an answer is waited for it rests."""

    def __init__(self, week: WeekPorts) -> None:
        self._week = week

    @property
    def _rests(self) -> bool:
        return not isinstance(self._week.interaction, Look | Carry | Drag)

    def _passes(self, day: date) -> bool:
        """Tell whether the mouse means something now, and is still about the week that is shown."""
        return not self._rests and IsoWeek.of(day) == self._week.scene.week.key

    async def picked(self, event: WeekGrid.Picked) -> None:
        """Go to a cell; twice opens its block, or plans one; what is carried comes along and is put down."""
        week, move = self._week, carried(self._week.interaction)
        if not self._passes(event.day):
            return
        if move is not None:  # picked up by a key
            if event.twice:
                await week.put_down()
            else:
                await week.carry(move.to(event.day, event.minute))
            return
        week.go(event.day, event.minute, event.uid)
        if event.twice and event.uid is not None:
            await week.action_edit()
        elif event.twice:
            await self.plan(event.day, event.minute)

    def day_picked(self, event: WeekGrid.DayPicked) -> None:
        """Show the day alone, or the week again."""
        week = self._week
        if self._passes(event.day):
            alone = week.navigation.days == 1
            week.navigation.days = week.desk.planner.settings.days if alone else 1
            view = week.navigation.opened(week.scene, event.day, week.view.cursor)
            week.look(view._replace(ghost=week.view.ghost))

    async def asked(self, event: WeekGrid.Asked) -> None:
        """Open the menu of a cell."""
        week, move = self._week, carried(self._week.interaction)
        if not self._passes(event.day):
            return
        if move is None:
            week.go(event.day, event.minute, event.uid)
            await week.open_menu(event.spot, event.uid)
        else:
            if not self._on_ghost(event.day, event.minute):
                await week.carry(move.to(event.day, event.minute))
            await week.open_menu(event.spot, None)

    # dragging

    def _on_ghost(self, day: date, minute: int) -> bool:
        move, zoom = carried(self._week.interaction), self._week.view.zoom
        return move is not None and day == move.day and move.start - zoom < minute < move.end

    def grabbed(self, event: WeekGrid.Grabbed) -> None:
        """Begin a drag of a block, of what a key has picked up, or over free time."""
        week, move = self._week, carried(self._week.interaction)
        if not self._passes(event.day):
            return
        if move is not None:
            if self._on_ghost(event.day, event.minute):
                week.enter(Drag(Hold(move, "body", event.day, event.minute), move))
            return
        block = week.scene.week.block(event.uid) if event.uid is not None else None
        if event.uid is None:
            week.enter(Drag(Hold(None, "empty", event.day, event.minute)))
        elif block is not None:
            week.go(event.day, event.minute, block.uid)
            if why := stays(block):
                week.say(why)
            else:
                week.enter(
                    Drag(Hold(Move.of(block, week.scene.week.zone), event.part, event.day, event.minute))
                )

    async def dragged(self, event: WeekGrid.Dragged) -> None:
        """Show where the drag has come to."""
        drag = self._week.interaction
        if not isinstance(drag, Drag) or not self._passes(event.day):
            return
        move = dragged(drag.hold, event.day, event.minute)
        if move is None:
            self._span(drag.hold, event)
        elif move != drag.move:
            await self._week.carry(move)

    def _span(self, hold: Hold, event: WeekGrid.Dragged) -> None:
        """Show the ghost of a block to come, from where the drag began to where it is."""
        week = self._week
        start = min(hold.minute, event.minute)
        end = min(DAY, max(hold.minute, event.minute) + week.view.zoom)
        ghost = Ghost(None, hold.day, start, end, "new block", short_length(end - start), True)
        week.view = week.view._replace(ghost=ghost)
        week.go(hold.day, start, None, (f"{hold.day:%a} {clock(start)}–{clock(end % DAY)}", "hint"))

    async def dropped(self) -> None:
        """Put down what was dragged, or plan a block in the time that was spanned."""
        week, drag = self._week, self._week.interaction
        if not isinstance(drag, Drag):
            return
        if drag.move is not None:
            week.enter(Carry(drag.move))
            await week.put_down()
            return
        week.enter(LOOK)
        ghost = week.view.ghost
        week.view = week.view._replace(ghost=None)
        if ghost is not None and IsoWeek.of(ghost.day) == week.scene.week.key:
            await self.plan(ghost.day, ghost.start, ghost.end)

    async def plan(self, day: date, start: int, end: int | None = None) -> None:
        """Open the line of words with the time that a key or the mouse has shown."""
        week = self._week
        week.go(day, start)
        await week.ask_words(AddLine(week.scene, week.view, new_block_words(day, start, week.scene.now, end)))

    # the wheel

    async def turned(self, event: WeekGrid.Turned) -> None:
        """Scroll, zoom, or go to another week."""
        week = self._week
        if event.by == "weeks":
            if not isinstance(week.interaction, Drag):
                await week.page_to(week.scene.week.key.shift(event.steps))
        elif event.by == "zoom":
            zoom = week.navigation.zoom_beside(week.view, event.steps)
            if zoom is not None:
                week.use_zoom(zoom)
        elif frame(*week.navigation.size).listed:
            week.step_block(1 if event.steps > 0 else -1)
        else:
            view = week.navigation.scrolled(week.view, event.steps)
            if view.ghost is not None:
                week.look(view)
            else:
                week.view = view
                week.go(view.cursor_day, view.cursor, view.picked)


def new_block_words(day: date, start: int, now: datetime, end: int | None = None) -> str:
    """Return the beginning of a line that plans a block: an hour, or what is left of the day.

    A time of this week that is over is named by its date: its weekday would mean the next week's.
    """
    end = min(DAY, start + HOUR) if end is None else end
    over = (day, end) <= (now.date(), minute_of(now)) and IsoWeek.of(day) == IsoWeek.of(now.date())
    name = day.isoformat() if over else f"{day:%a}"
    return f"{name} {clock(start)}-{clock(end) if end < DAY else '24:00'} ".lower()
