"""Show rows of styled runs, and repaint only those that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from textual.events import Click
from textual.filter import LineFilter
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from techlead_tui.render.footer import Spots
from techlead_tui.render.text import Row, exactly, row_width, width
from techlead_tui.tui.style import Looks
from techlead_tui.tui.textual_workarounds import Unscrolled

NEAR = 4  # equal cells between two stretches that are cheaper written than jumped over


class RowsView(Unscrolled):
    """Show rows that render made, one for each line; a row is its own signature."""

    ALLOW_SELECT = False  # a drag would start a selection and repaint everything

    def __init__(self, looks: Looks, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.looks = looks
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Take new rows, and repaint the cells in which they differ from what is shown."""
        old, self.rows = self.rows, list(rows)
        both = min(len(old), len(self.rows))
        regions = [
            region
            for y in range(both)
            if old[y] is not self.rows[y] and old[y] != self.rows[y]
            for region in _differing(y, old[y], self.rows[y])
        ]
        regions += [Region(0, y, self.size.width, 1) for y in range(both, max(len(old), len(self.rows)))]
        if regions:
            self.refresh(*regions)

    def show_row(self, y: int, row: Row) -> None:
        """Take one new row."""
        if 0 <= y < len(self.rows) and self.rows[y] != row:
            old, self.rows[y] = self.rows[y], row
            self.refresh(*_differing(y, old, row))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filter of a palette without colours; all others are the terminal's own already."""
        return super().get_line_filters() if self.looks.palette.plain else ()

    def render_line(self, y: int) -> Strip:
        if not 0 <= y < len(self.rows):
            return Strip.blank(self.size.width, self.looks.style("ink"))
        return self.looks.strip(self.rows[y])


def with_bar(rows: Sequence[Row], cells: int, first: int, last: int, count: int) -> list[Row]:
    """Return rows with a scroll bar in the last cell: of `count` they show `first` to before `last`."""
    height = len(rows)
    top = first * height // count
    stop = max(top + 1, last * height // count)
    bars = (("▐", "accent/bar") if top <= y < stop else (" ", "ink/bar") for y in range(height))
    return [
        exactly([*exactly(row, cells - 1, "ink/bar"), bar], cells, "ink/bar")
        for row, bar in zip(rows, bars, strict=True)
    ]


def _differing(y: int, old: Row, new: Row) -> list[Region]:
    """Return the cells of a line in which two rows of one width differ, to whole runs."""
    before = set(_placed(old))
    out: list[Region] = []
    for start, text, ink in _placed(new):
        if (start, text, ink) not in before:
            end = start + width(text)
            if out and start - out[-1].right <= NEAR:
                start = out.pop().x
            out.append(Region(start, y, end - start, 1))
    return out or [Region(0, y, row_width(new), 1)]


def _placed(row: Row) -> list[tuple[int, str, str]]:
    """Return the first cell, the text and the ink of each run."""
    starts = accumulate((width(text) for text, _ in row), initial=0)
    return [(start, text, ink) for start, (text, ink) in zip(starts, row, strict=False)]


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
