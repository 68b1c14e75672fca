"""Updates that write the cells that changed and no others, straight from the rows that they show.

Textual's own render every line of each widget in sight, cut them up at every edge, and write from the first
cell of a widget on; in a grid as wide as the screen that is most of what a key costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from rich.console import Console, RenderableType
from textual._compositor import Compositor, CompositorUpdate
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from techlead_tui.render.ansi import Painter
from techlead_tui.render.runs import Run
from techlead_tui.tui.widgets.rows_view import RowsView

Result = TypeVar("Result")
Stretch = tuple[int, int, Sequence[Run]]  # cell and line on the screen, and what is there from now on


class RowsUpdate(CompositorUpdate):
    def __init__(self, painter: Painter, stretches: Sequence[Stretch]) -> None:
        self.painter = painter
        self.stretches = stretches

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        return self.painter.stretches((f"\x1b[{y + 1};{x + 1}H", runs) for x, y, runs in self.stretches)


class ByRows(Screen[Result]):
    """A screen of views of rows, for the most part.

    Which widget has the focus is shown by the widget, and the screen is not painted anew for it. What changes
    under a screen that is seen through is written like what changes in it.
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._compositor: RowsCompositor = RowsCompositor()

    @property
    def seen_through(self) -> RowsCompositor | None:
        """The compositor of the screen that is seen through this one."""
        stack = self.app.screen_stack
        at = stack.index(self) if self in stack else 0
        below = stack[at - 1] if at else None
        return below._compositor if isinstance(below, ByRows) and not self.styles.background.a else None

    def shows_through(self, below: ByRows[Any]) -> bool:
        """Whether another screen is seen through this one, and both are laid out."""
        return self.seen_through is below._compositor and self._compositor.size == below._compositor.size

    def _compositor_refresh(self) -> None:
        top = self.app.screen
        if top is self:
            super()._compositor_refresh()
            return
        dirty = self._compositor._dirty_regions
        top._compositor.update_widgets(top._dirty_widgets)  # what is to be painted there anyway
        if dirty and isinstance(top, ByRows) and top.shows_through(self):
            top._set_dirty(*dirty)  # it keeps what is seen through it
            top._compositor._dirty_regions |= dirty
            top._compositor_refresh()
        elif dirty:
            top.refresh(*dirty)
        dirty.clear()
        self._dirty_widgets.clear()


class RowsCompositor(Compositor):
    def render_update(
        self, full: bool = False, screen_stack: list[Screen[object]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """Textual's own update, as soon as anything but rows is to be painted."""
        update = None if full else self._rows_update()
        if update is None:
            return super().render_update(full, screen_stack, simplify)
        return cast("RenderableType", update)  # the app takes it as one

    def _rows_update(self) -> RowsUpdate | None:
        found: list[Stretch] = []
        painter = None
        for y, start, stop in self._regions_to_spans(self._dirty_regions):
            x = start
            while x < stop:
                held = self._foremost(x, y)
                if held is None:
                    return None
                view, whole, end = held
                end = min(end, stop)
                painter = view.looks.painter
                found.append((x, y, view.stretch(y - whole.y, x - whole.x, end - whole.x)))
                x = end
        if painter is None:
            return None
        self._dirty_regions.clear()
        return RowsUpdate(painter, found)

    def _foremost(self, x: int, y: int) -> tuple[RowsView, Region, int] | None:
        """The view that is in front at a cell, where it stands, and the cell up to which it is in front;
        None where something else is in front, or nothing is there."""
        limit = self.size.width
        for widget, (whole, clip) in self.visible_widgets.items():  # the foremost first
            area = whole.intersection(clip)
            if area.y <= y < area.bottom:
                if area.x <= x < area.right:
                    if isinstance(widget, RowsView):
                        return widget, whole, min(area.right, limit)
                    beneath = widget.seen_through if isinstance(widget, ByRows) else None
                    found = beneath._foremost(x, y) if beneath is not None else None
                    return None if found is None else (found[0], found[1], min(found[2], limit))
                if x < area.x < limit:
                    limit = area.x
        return None
