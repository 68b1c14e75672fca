"""Partial updates that write the cells that changed and no others, straight from the rows that they show.

Textual's own render every line of each widget in sight, cut them up at every edge, and write from the first
cell of a widget on; in a grid as wide as the screen that is most of what a key costs.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate
from textual.geometry import Region

from techlead_tui.render.ansi import Painter
from techlead_tui.render.runs import Run
from techlead_tui.tui.widgets.rows_view import RowsView

Stretch = tuple[int, int, Sequence[Run]]  # cell and line on the screen, and what is there from now on


class RowsUpdate(CompositorUpdate):
    def __init__(self, painter: Painter, stretches: Sequence[Stretch]) -> None:
        self.painter = painter
        self.stretches = stretches

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        return self.painter.stretches((f"\x1b[{y + 1};{x + 1}H", runs) for x, y, runs in self.stretches)


class RowsCompositor(Compositor):
    def render_partial_update(self) -> RowsUpdate | ChopsUpdate | None:  # type: ignore[override]
        """Textual's own update, as soon as anything but rows is to be painted."""
        found: list[Stretch] = []
        painter = None
        for region in sorted(self._dirty_regions, key=_by_lines):
            held = self._held(region)
            if held is None:
                return super().render_partial_update()
            view, x, y = held
            painter = view.looks.painter
            start, stop = region.x - x, region.right - x
            found += [(region.x, line, view.stretch(line - y, start, stop)) for line in region.line_range]
        self._dirty_regions.clear()
        return RowsUpdate(painter, found) if painter is not None else None

    def _held(self, region: Region) -> tuple[RowsView, int, int] | None:
        """The view that alone shows all of a region, and where its first cell is."""
        for widget, (whole, clip) in self.visible_widgets.items():  # the foremost first
            area = whole.intersection(clip)
            if area.overlaps(region):
                if isinstance(widget, RowsView) and area.contains_region(region):
                    return widget, whole.x, whole.y
                return None
        return None


def _by_lines(region: Region) -> tuple[int, int]:
    return region.y, region.x
