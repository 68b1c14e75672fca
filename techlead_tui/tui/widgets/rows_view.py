"""Show rows of styled runs, and repaint only those that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.events import Click
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from techlead_tui.render.footer import Spots
from techlead_tui.render.text import Row
from techlead_tui.tui.style import Looks

NEAR = 4  # equal cells between two stretches that are cheaper written than jumped over


class RowsView(Widget):
    """Show rows that render made, one for each line; a row is its own signature."""

    ALLOW_SELECT = False  # a drag would start a selection and repaint everything

    def __init__(self, looks: Looks, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.looks = looks
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Take new rows, and repaint those that differ from what is shown."""
        old, self.rows = self.rows, list(rows)
        both = min(len(old), len(self.rows))
        changed = [y for y in range(both) if old[y] is not self.rows[y] and old[y] != self.rows[y]]
        changed += range(both, max(len(old), len(self.rows)))
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def show_row(self, y: int, row: Row) -> None:
        """Take one new row."""
        if 0 <= y < len(self.rows) and self.rows[y] != row:
            self.rows[y] = row
            self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        if not 0 <= y < len(self.rows):
            return Strip.blank(self.size.width, self.looks.style("ink"))
        return self.looks.strip(self.rows[y])


class Choices(RowsView):
    """Show rows of which some cells can be clicked."""

    class Chosen(Message):
        """Tell what was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action  # as `run_action` takes it

    _spots: Mapping[int, Spots] = {}

    def offer(self, rows: Sequence[Row], spots: Mapping[int, Spots]) -> None:
        """Take new rows, and for some of them the cells that can be clicked."""
        self._spots = spots
        self.show_rows(rows)

    def on_click(self, event: Click) -> None:
        for start, stop, action in self._spots.get(event.y, ()):
            if start <= event.x < stop:
                self.post_message(self.Chosen(action))
