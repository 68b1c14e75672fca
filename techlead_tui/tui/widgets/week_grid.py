"""The week as one widget on the Line API: names, bands and hours; below 40 columns a list."""

from __future__ import annotations

from datetime import date

from textual.events import (
    Click,
    MouseDown,
    MouseEvent,
    MouseMove,
    MouseScrollDown,
    MouseScrollLeft,
    MouseScrollRight,
    MouseScrollUp,
    MouseUp,
)
from textual.message import Message

from techlead_tui.core.calendar import minute_of
from techlead_tui.core.week import Block
from techlead_tui.render.agenda import agenda, listed
from techlead_tui.render.grid import Sheet
from techlead_tui.render.header import bands, day_names
from techlead_tui.render.lanes import LaneBlock
from techlead_tui.render.viewport import HEAD_ROWS, Frame, Viewport
from techlead_tui.render.week_page import Scene, flagged, list_head
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.rows_view import RowsView

NOTCH = 2  # rows that one notch of the wheel scrolls
HEAD = HEAD_ROWS - 1  # the header above is a widget of its own
CORNER = 2  # cells at both ends of a block's first row by which its start is drawn
LEFT_BUTTON, RIGHT_BUTTON = 1, 3


class WeekGrid(RowsView):
    """Shows a scene in a view. A cursor that moves without scrolling repaints two lines.

    Tells what the mouse does in days and minutes; what it means is the screen's business.
    """

    class Picked(Message):
        """A cell was clicked; `uid` is the block that stands there."""

        def __init__(self, day: date, minute: int, uid: str | None, *, twice: bool = False) -> None:
            super().__init__()
            self.day = day
            self.minute = minute
            self.uid = uid
            self.twice = twice

    class Asked(Message):
        """A cell was clicked with the right button; `uid` is as for `Picked`, `spot` a cell of the screen."""

        def __init__(self, day: date, minute: int, uid: str | None, spot: tuple[int, int]) -> None:
            super().__init__()
            self.day = day
            self.minute = minute
            self.uid = uid
            self.spot = spot

    class DayPicked(Message):
        """The name of a day was clicked."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Grabbed(Message):
        """A drag begins: of a block by its `body`, `top` or `bottom`, or over an `empty` stretch."""

        def __init__(self, day: date, minute: int, uid: str | None, part: str) -> None:
            super().__init__()
            self.day = day
            self.minute = minute
            self.uid = uid
            self.part = part

    class Dragged(Message):
        """The drag has come to a row; it covers the minutes from `minute` on, a row's worth."""

        def __init__(self, day: date, minute: int) -> None:
            super().__init__()
            self.day = day
            self.minute = minute

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, WeekGrid.Dragged)  # only where it is now counts

    class Dropped(Message):
        """The button is up again after a drag."""

    class Turned(Message):
        """The wheel was turned: by rows, by weeks with shift, by zooms with ctrl; later is positive."""

        def __init__(self, by: str, steps: int) -> None:
            super().__init__()
            self.by = by
            self.steps = steps

    def __init__(self, looks: Looks, *, id: str | None = None) -> None:
        super().__init__(looks, id=id)
        self.sheet: Sheet | None = None
        self._view: Viewport | None = None
        self._listed: list[Block] = []  # the blocks of the plain list, from its first row on
        self._down: WeekGrid.Grabbed | None = None  # what a drag would take, while the button is down
        self._at: tuple[date, int] | None = None  # where the drag under way has come to
        self._clicked_with = 0  # the button of the click before
        self._dropped = False  # the click that the end of a drag brings with it is none

    def show(self, scene: Scene, view: Viewport, part: Frame) -> None:
        """Lays everything out anew; repaints the rows that come out different."""
        self._view = view
        if part.listed:
            wrong = flagged(scene.violations)
            self.sheet = None
            where = (scene.week, view.cursor_day, view.cursor, view.picked)
            self._listed = listed(*where, part.grid_height)
            rows = list_head(scene, view, part.width)
            rows += agenda(*where, scene.now, wrong, part.width, part.grid_height)
            self.show_rows(rows)
            return
        sheet = self.sheet = Sheet(
            scene.week, view, part, scene.now, flagged(scene.violations), scene.waiting.questions
        )
        rows = [day_names(sheet), bands(sheet)]
        rows += [sheet.row(y, view.cursor_day, view.cursor) for y in range(part.grid_height)]
        self.show_rows(rows)

    def move_cursor(self, view: Viewport) -> bool:
        """Moves the cursor, and a block that it carries, alone: True when the layout shown still holds."""
        sheet, old = self.sheet, self._view
        if sheet is None or old is None:
            return False
        carried = old.ghost.uid if old.ghost is not None else ""
        carries = view.ghost.uid if view.ghost is not None else ""
        kept = (old.zoom, old.days, old.first, old.ways, carried) == (
            *(view.zoom, view.days, view.first, view.ways),
            carries,
        )
        if not kept:
            return False
        self._view = view
        for y in sorted(sheet.move_ghost(view)):
            self.show_row(HEAD + y, sheet.row(y, view.cursor_day, view.cursor))
        return True

    # the mouse

    def on_mouse_down(self, event: MouseDown) -> None:
        self._down = self._at = None
        self._dropped = False
        if event.button == LEFT_BUTTON and self.sheet is not None:
            self._down = self._under(self.sheet, event)

    def on_mouse_move(self, event: MouseMove) -> None:
        sheet, down = self.sheet, self._down
        if sheet is None or down is None:
            return
        if not event.button:  # it went up where nobody saw it
            self._let_go()
            return
        at = sheet.nearest(event.x, event.y - HEAD)
        if at == (self._at or (down.day, down.minute)):
            return
        if self._at is None:
            self.capture_mouse()
            self.post_message(down)
        self._at = at
        self.post_message(self.Dragged(*at))

    def on_mouse_up(self, _event: MouseUp) -> None:
        self._let_go()

    def _let_go(self) -> None:
        dragged = self._at is not None
        self._down = self._at = None
        if dragged:
            self._dropped = True
            self.release_mouse()
            self.post_message(self.Dropped())

    def on_click(self, event: Click) -> None:
        twice = event.chain == 2 and self._clicked_with == event.button
        self._clicked_with = event.button
        if event.button == RIGHT_BUTTON:
            found = self._at_cell(event.x, event.y)
            if found is not None:
                self.post_message(self.Asked(*found, (event.screen_x, event.screen_y)))
            return
        if event.button != LEFT_BUTTON or self._dropped:
            return
        if event.y < HEAD:
            if self.sheet is not None:
                for column in self.sheet.columns:
                    if column.x <= event.x < column.x + column.width:
                        self.post_message(self.DayPicked(column.day.date))
            return
        found = self._at_cell(event.x, event.y)
        if found is not None:
            self.post_message(self.Picked(*found, twice=twice))

    def _at_cell(self, x: int, y: int) -> tuple[date, int, str | None] | None:
        """Day, minute and the block that stands there; below the name of a day, its first row shown."""
        if self.sheet is None:
            if not 0 <= y - HEAD < len(self._listed):
                return None
            block = self._listed[y - HEAD]
            return block.day, minute_of(block.start), block.uid
        found = self.hit(x, max(HEAD, y))
        if found is None:
            return None
        place = self.place_at(x, y)
        return *found, place.block.uid if place is not None else None

    def spot(self, view: Viewport) -> tuple[int, int]:
        """The cell of the screen that the cursor is on, for what opens beside it."""
        x, y = 2, HEAD
        if self.sheet is not None:
            y += max(0, self.sheet.row_of(view.cursor))
            x = next((c.x + 2 for c in self.sheet.columns if c.day.date == view.cursor_day), x)
        else:
            uids = [block.uid for block in self._listed]
            y += uids.index(view.picked) if view.picked in uids else 0
        return self.region.x + x, self.region.y + y

    def _under(self, sheet: Sheet, event: MouseEvent) -> Grabbed | None:
        found = self.hit(event.x, event.y)
        if found is None:
            return None
        place = self.place_at(event.x, event.y)
        if place is None or event.ctrl:
            return self.Grabbed(*found, None, "empty")
        return self.Grabbed(*found, place.block.uid, _part(sheet, place, event.x, event.y - HEAD))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._turn(event, 1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._turn(event, -1)

    def on_mouse_scroll_right(self, event: MouseScrollRight) -> None:
        event.stop()
        self.post_message(self.Turned("weeks", 1))

    def on_mouse_scroll_left(self, event: MouseScrollLeft) -> None:
        event.stop()
        self.post_message(self.Turned("weeks", -1))

    def _turn(self, event: MouseEvent, step: int) -> None:
        event.stop()
        if event.shift:
            self.post_message(self.Turned("weeks", step))
        elif event.ctrl:
            self.post_message(self.Turned("zoom", step))
        else:
            self.post_message(self.Turned("rows", NOTCH * step))

    def hit(self, x: int, y: int) -> tuple[date, int] | None:
        """The day and minute under a cell of the widget."""
        return self.sheet.hit(x, y - HEAD) if self.sheet is not None and y >= HEAD else None

    def place_at(self, x: int, y: int) -> LaneBlock | None:
        return self.sheet.block_at(x, y - HEAD) if self.sheet is not None and y >= HEAD else None


def _part(sheet: Sheet, place: LaneBlock, x: int, y: int) -> str:
    """By what a block is taken: its last row is its end, the corners of its first one are its start."""
    rows = place.bottom - place.top
    if rows > 1 and y == place.bottom - 1:
        return "bottom"
    left = next(column.x for column in reversed(sheet.columns) if column.x <= x) + place.x
    if rows > 1 and y == place.top and not CORNER <= x - left < place.width - CORNER:
        return "top"
    return "body"
