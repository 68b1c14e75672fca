"""A widget that shows rows of styled runs and repaints only those that changed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from techlead_tui.render.runs import Row
from techlead_tui.tui.looks import Looks


class RowsView(Widget):
    """Rows come from render, one for each line; a row is its own signature."""

    ALLOW_SELECT = False  # a drag would start a selection and repaint everything

    def __init__(self, looks: Looks, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.looks = looks
        self.rows: list[Row] = []
        self._strips: dict[Row, Strip] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Takes new rows; refreshes the lines that differ from what is shown."""
        old, self.rows = self.rows, list(rows)
        self.refresh_lines([y for y, row in enumerate(self.rows) if y >= len(old) or old[y] != row])
        if len(self.rows) < len(old):
            self.refresh_lines(range(len(self.rows), len(old)))

    def show_row(self, y: int, row: Row) -> None:
        """Takes one new row."""
        if 0 <= y < len(self.rows) and self.rows[y] != row:
            self.rows[y] = row
            self.refresh_lines([y])

    def refresh_lines(self, lines: Sequence[int]) -> None:
        """Repaints lines, those beside each other as one region."""
        width = self.size.width
        start = None
        regions: list[Region] = []
        for y in lines:
            if start is None:
                start = last = y
            elif y == last + 1:
                last = y
            else:
                regions.append(Region(0, start, width, last - start + 1))
                start = last = y
        if start is not None:
            regions.append(Region(0, start, width, last - start + 1))
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        if not 0 <= y < len(self.rows):
            return Strip.blank(self.size.width, self.looks.style("ink"))
        row = self.rows[y]
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) > 512:
                self._strips.clear()
            strip = self._strips[row] = self.looks.strip(row)
        return strip
