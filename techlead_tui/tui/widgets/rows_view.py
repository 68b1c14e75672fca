"""A widget that shows rows of styled runs and repaints only those that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from textual.events import Click
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from techlead_tui.render.footer import Spots
from techlead_tui.render.text import Row, Run, row_width, width
from techlead_tui.tui.style import Looks

NEAR = 4  # equal cells between two stretches that are cheaper written than jumped over


class RowsView(Widget):
    """Rows come from render, one for each line; a row is its own signature."""

    ALLOW_SELECT = False  # a drag would start a selection and repaint everything

    def __init__(self, looks: Looks, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.looks = looks
        self.rows: list[Row] = []

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

    def render_line(self, y: int) -> Strip:
        if not 0 <= y < len(self.rows):
            return Strip.blank(self.size.width, self.looks.style("ink"))
        return self.looks.strip(self.rows[y])


def changed(old: Row, new: Row) -> list[tuple[int, int]]:
    """The stretches of cells [start, stop) in which two rows of one width differ, to whole runs."""
    before = set(spans(old))
    out: list[tuple[int, int]] = []
    for span in spans(new):
        if span not in before:
            start, stop, _ = span
            if out and start - out[-1][1] <= NEAR:
                out[-1] = (out[-1][0], stop)
            else:
                out.append((start, stop))
    return out or [(0, row_width(new))]


@lru_cache(1024)
def spans(row: Row) -> tuple[tuple[int, int, Run], ...]:
    """First cell, end and run of each of a row's runs."""
    out = []
    x = 0
    for run in row:
        end = x + width(run[0])
        out.append((x, end, run))
        x = end
    return tuple(out)


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


class Choices(RowsView):
    class Chosen(Message):
        """Something that is offered was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action  # as `run_action` takes it

    _spots: Mapping[int, Spots] = {}

    def offer(self, rows: Sequence[Row], spots: Mapping[int, Spots]) -> None:
        """Takes new rows, and for some of them the cells that can be clicked."""
        self._spots = spots
        self.show_rows(rows)

    def on_click(self, event: Click) -> None:
        for start, stop, action in self._spots.get(event.y, ()):
            if start <= event.x < stop:
                self.post_message(self.Chosen(action))
