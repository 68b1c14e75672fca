"""The week as one widget on the Line API: names, bands and hours; below 40 columns a list."""

from __future__ import annotations

from datetime import date

from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message

from techlead_tui.render.agenda import agenda
from techlead_tui.render.head import bands, day_names
from techlead_tui.render.lanes import Place
from techlead_tui.render.scene import Scene, flagged, list_head
from techlead_tui.render.sheet import Sheet
from techlead_tui.render.view import HEAD_ROWS, Frame, View
from techlead_tui.tui.widgets.rows_view import RowsView

NOTCH = 2  # rows that one notch of the wheel scrolls
HEAD = HEAD_ROWS - 1  # the header above is a widget of its own


class WeekGrid(RowsView):
    """Shows a scene in a view. A cursor that moves without scrolling repaints two lines."""

    class Picked(Message):
        """A cell was clicked; `uid` is the block that stands there."""

        def __init__(self, day: date, minute: int, uid: str | None) -> None:
            super().__init__()
            self.day = day
            self.minute = minute
            self.uid = uid

    class Scrolled(Message):
        """The wheel was turned by so many rows; later is positive."""

        def __init__(self, rows: int) -> None:
            super().__init__()
            self.rows = rows

    sheet: Sheet | None = None
    _view: View | None = None

    def show(self, scene: Scene, view: View, part: Frame) -> None:
        """Lays everything out anew; repaints the rows that come out different."""
        self._view = view
        wrong = flagged(scene.violations)
        if part.listed:
            self.sheet = None
            rows = list_head(scene, view, part.width)
            rows += agenda(
                scene.week,
                view.cursor_day,
                view.cursor,
                view.picked,
                scene.now,
                wrong,
                part.width,
                part.grid_height,
            )
            self.show_rows(rows)
            return
        self.sheet = sheet = Sheet(scene.week, view, part, scene.now, wrong)
        rows = [day_names(sheet), bands(sheet)]
        rows += [sheet.row(y, view.cursor_day, view.cursor) for y in range(part.grid_height)]
        self.show_rows(rows)

    def move_cursor(self, view: View) -> bool:
        """Moves the cursor, and a block that it carries, alone: True when the layout shown still holds."""
        sheet, old = self.sheet, self._view
        if sheet is None or old is None:
            return False
        carried = old.ghost.uid if old.ghost is not None else ""
        carries = view.ghost.uid if view.ghost is not None else ""
        kept = (old.zoom, old.days, old.first, carried) == (view.zoom, view.days, view.first, carries)
        if not kept:
            return False
        self._view = view
        for y in sorted(sheet.move_ghost(view)):
            self.show_row(HEAD + y, sheet.row(y, view.cursor_day, view.cursor))
        return True

    def on_click(self, event: Click) -> None:
        found = self.hit(event.x, event.y)
        if found is not None:
            place = self.place_at(event.x, event.y)
            self.post_message(self.Picked(*found, place.block.uid if place is not None else None))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.post_message(self.Scrolled(NOTCH))

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.post_message(self.Scrolled(-NOTCH))

    def hit(self, x: int, y: int) -> tuple[date, int] | None:
        """The day and minute under a cell of the widget."""
        return self.sheet.hit(x, y - HEAD) if self.sheet is not None and y >= HEAD else None

    def place_at(self, x: int, y: int) -> Place | None:
        return self.sheet.block_at(x, y - HEAD) if self.sheet is not None and y >= HEAD else None
