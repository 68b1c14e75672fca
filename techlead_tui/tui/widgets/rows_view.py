"""A widget that shows rows of styled runs and repaints only those that changed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from techlead_tui.render.cells import width
from techlead_tui.render.runs import Row, Run, crop, row_width
from techlead_tui.tui.looks import Looks

NEAR = 4  # equal cells between two stretches that are cheaper written than jumped over


class RowsView(Widget):
    """Rows come from render, one for each line; a row is its own signature."""

    ALLOW_SELECT = False  # a drag would start a selection and repaint everything

    def __init__(self, looks: Looks, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.looks = looks
        self.rows: list[Row] = []
        self._strips: dict[Row, Strip] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Takes new rows; repaints the cells that differ from what is shown."""
        old, self.rows = self.rows, list(rows)
        cells = self.size.width
        regions: list[Region] = []
        for y in range(max(len(old), len(self.rows))):
            if y >= len(old) or y >= len(self.rows):
                regions.append(Region(0, y, cells, 1))
            elif old[y] is not self.rows[y] and old[y] != self.rows[y]:
                regions += [Region(x, y, end - x, 1) for x, end in changed(old[y], self.rows[y])]
        if regions:
            self.refresh(*_joined(regions))

    def show_row(self, y: int, row: Row) -> None:
        """Takes one new row."""
        if 0 <= y < len(self.rows) and self.rows[y] != row:
            stretches = changed(self.rows[y], row)
            self.rows[y] = row
            self.refresh(*(Region(x, y, end - x, 1) for x, end in stretches))

    def repaint(self) -> None:
        """Shows the same rows in the colours that the looks now have."""
        self._strips.clear()
        self.refresh()

    def stretch(self, y: int, start: int, stop: int) -> Sequence[Run]:
        """The cells [start, stop) of a row; for the compositor, which writes them as they are."""
        row = self.rows[y] if 0 <= y < len(self.rows) else ()
        runs = crop(row, start, stop)
        missing = stop - start - row_width(runs)
        return [*runs, (" " * missing, "ink")] if missing > 0 else runs

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


def changed(old: Row, new: Row) -> list[tuple[int, int]]:
    """The stretches of cells [start, stop) in which two rows of one width differ, to whole runs."""
    x = 0
    before = set()
    for run in old:
        before.add((x, run))
        x += width(run[0])
    out: list[tuple[int, int]] = []
    x = 0
    for run in new:
        end = x + width(run[0])
        if (x, run) not in before:
            if out and x - out[-1][1] <= NEAR:
                out[-1] = (out[-1][0], end)
            else:
                out.append((x, end))
        x = end
    return out or [(0, x)]


def _joined(regions: list[Region]) -> list[Region]:
    """Regions of the same columns below each other as one."""
    out: list[Region] = []
    for region in regions:
        last = out[-1] if out else None
        if last is not None and (last.x, last.width, last.bottom) == (region.x, region.width, region.y):
            out[-1] = Region(last.x, last.y, last.width, last.height + 1)
        else:
            out.append(region)
    return out
