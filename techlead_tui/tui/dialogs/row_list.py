"""Hold items and a cursor, and draw those that are in sight: the list of every dialog that has one."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from textual.events import Click, MouseMove
from textual.geometry import Size
from textual.message import Message

from techlead_tui.render.text import Row, Run, exactly, fit, inert, on
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.rows_view import RowsView, with_bar

MARK = 2  # cells in front of an item: of the cursor, or of one that is picked beside others
Lines = Sequence[Sequence[Run]]  # of one item, in inks without a ground


class Heading(NamedTuple):
    """Head a group of items; the cursor passes it."""

    text: str


def columns(cells: int, *parts: tuple[str, int, str] | tuple[str, int]) -> list[Run]:
    """Return texts side by side, each cut to its cells and in its ink; the one of 0 cells takes the rest."""
    last = len(parts) - 1
    room = cells - sum(size for _, size, *_ in parts) - 2 * last
    return [
        (f"{fit(inert(text), size or max(8, room))}{'  ' if at < last else ''}", ink[0] if ink else "ink")
        for at, (text, size, *ink) in enumerate(parts)
    ]


class RowList(RowsView):
    """Hold items and a cursor, and draw those that are in sight; thousands cost what a screenful costs."""

    class Moved(Message):
        """Tell that the cursor is on another item."""

    class Taken(Message):
        """Tell that the item under the cursor was clicked to be taken."""

    def __init__(
        self, looks: Looks, draw: Callable[[Any, int, bool], Lines], *, quick: bool = False, id: str = "list"
    ) -> None:
        """Take `draw`, which returns an item's lines for some cells, and whether it is under the cursor.

        `quick` as in a menu: the pointer moves the cursor, and one click takes.
        """
        super().__init__(looks, id=id)
        self.items: Sequence[Any] = ()
        self.marked: list[Any] = []
        self.at = -1  # -1 where there is nothing to be on
        self._draw = draw
        self._quick = quick
        self._first = 0  # the item at the top
        self._item_of: list[int] = []  # of each row in sight
        self._painted: tuple[int, int] = (0, 0)  # cells and rows
        self._drawn: dict[tuple[int, bool], list[Row]] = {}  # by an item, and whether it is under the cursor

    @property
    def item(self) -> Any:
        """Return the item under the cursor, or None."""
        return self.items[self.at] if self.at >= 0 else None

    def show(self, items: Sequence[Any], at: int = 0) -> None:
        """Take other items, with the cursor on one of them."""
        self.items, self.at, self._first = items, -1, 0
        self._set(at, 1)
        self.paint()
        self.post_message(self.Moved())

    def step(self, count: int) -> None:
        """Move the cursor by some items, as far as there are any."""
        self.go(self.at + count, 1 if count > 0 else -1)

    def page(self, count: int) -> None:
        self.step(count * max(1, len(set(self._item_of)) - 1))

    def go(self, at: int, way: int = 1) -> None:
        """Move the cursor to an item, or past a heading the way that is given."""
        if self._set(at, way):
            self.paint()
            self.post_message(self.Moved())

    def _set(self, at: int, way: int) -> bool:
        """Set the cursor on the nearest item; return whether that is another one."""
        old, last = self.at, len(self.items) - 1
        at = max(0, min(last, at))
        for step in (way, -way):
            found = at
            while 0 <= found <= last and isinstance(self.items[found], Heading):
                found += step
            if 0 <= found <= last:
                self.at = found
                return found != old
        return False

    def mark(self) -> None:
        """Pick the item under the cursor beside others, or no longer."""
        if self.item is not None:
            if self.item in self.marked:
                self.marked.remove(self.item)
            else:
                self.marked.append(self.item)
            self.paint()

    # painting

    def wanted(self, cells: int, most: int) -> int:
        """Return the rows that all items take, up to a number."""
        self._drawn.clear()
        rows = 0
        for n in range(len(self.items)):
            rows += len(self._rows(n, cells))
            if rows >= most:
                return most
        return rows

    def on_resize(self) -> None:
        if self.size != self._painted:
            self.paint()

    def paint(self, size: Size | None = None, *, anew: bool = False) -> None:
        """Draw what is in sight; `size` is the one that the list will have once the screen is laid out.

        The rows that were just counted for it are taken as they are, unless they are to be drawn `anew`.
        """
        if size is None or anew:
            self._drawn.clear()  # what is drawn may look otherwise now
        cells, height = self._painted = size or self.size
        if not cells:
            return
        self._first = self._top(cells, height)
        rows: list[Row] = []
        self._item_of = []
        for n in range(self._first, len(self.items)):
            if len(rows) >= height:
                break
            found = self._rows(n, cells)
            rows += found
            self._item_of += [n] * len(found)
        whole = self._first == 0 and len(self._item_of) <= height and self._all_shown
        rows += [exactly((), cells, "ink/bar")] * (height - len(rows))
        del rows[height:], self._item_of[height:]
        if not whole:
            last = self._item_of[-1] + 1 if self._item_of else 0
            rows = with_bar(rows, cells, self._first, last, len(self.items))
        self.show_rows(rows)

    @property
    def _all_shown(self) -> bool:
        return not self.items or (bool(self._item_of) and self._item_of[-1] == len(self.items) - 1)

    def _rows(self, n: int, cells: int) -> list[Row]:
        """Return the rows of an item, drawn once a paint."""
        key = n, n == self.at
        if key not in self._drawn:
            self._drawn[key] = self._draw_rows(n, cells)
        return self._drawn[key]

    def _draw_rows(self, n: int, cells: int) -> list[Row]:
        item = self.items[n]
        if isinstance(item, Heading):
            head = exactly([("  ", "ink/bar"), (inert(item.text), "accent/bar")], cells, "ink/bar")
            return [head] if n == 0 else [exactly((), cells, "ink/bar"), head]
        picked = n == self.at
        ground = "input" if picked else "bar"
        mark = "▸ " if picked else "• " if item in self.marked else "  "
        rows = []
        for line in self._draw(item, cells - MARK - 1, picked) or ((),):
            runs = [(text, on("strong" if picked and ink == "ink" else ink, ground)) for text, ink in line]
            rows.append(exactly([(mark, f"accent/{ground}"), *runs], cells, f"ink/{ground}"))
            mark = "  "
        return rows

    def _top(self, cells: int, height: int) -> int:
        """Return the item to begin with, so that the cursor is in sight and no row stays empty."""

        def lowest(last: int) -> int:
            """Return the first item from which another one is still whole in sight."""
            room = height - len(self._rows(last, cells))
            while last > 0 and (size := len(self._rows(last - 1, cells))) <= room:
                room -= size
                last -= 1
            return last

        if self.at < 0:
            return 0
        least = lowest(self.at)
        first = max(least, min(self._first, self.at, lowest(len(self.items) - 1)))
        while first > least and isinstance(self.items[first - 1], Heading):
            first -= 1
        return first

    # the mouse

    def under(self, y: int) -> int:
        """Return the item that a row shows, or -1."""
        n = self._item_of[y] if y < len(self._item_of) else -1
        return -1 if n < 0 or isinstance(self.items[n], Heading) else n

    def on_mouse_move(self, event: MouseMove) -> None:
        if self._quick and self.under(event.y) >= 0:
            self.go(self.under(event.y))

    def on_click(self, event: Click) -> None:
        found = self.under(event.y)
        if found < 0:
            return
        if found == self.at or self._quick:
            self.at = found
            self.post_message(self.Taken())
        else:
            self.go(found)
