"""Partial updates that write the cells that changed and no others.

Textual's own start each at the first cell of the widget that it lies in; in a grid as wide as the screen
that is most of what a key writes.
"""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor


class NarrowUpdate(ChopsUpdate):
    def render_segments(self, console: Console) -> str:
        out: list[str] = []
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                start, stop = max(x, first), min(end, last)
                if strip is None or start >= stop:
                    continue
                out.append(Control.move_to(start, y).segment.text)
                whole = start == x and stop == end
                out.append((strip if whole else strip.crop(start - x, stop - x)).render(console))
        return "".join(out)


class NarrowCompositor(Compositor):
    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)
