"""Actions to pick one from, by keys and by mouse; it runs on the screen beneath, as its key would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Click, MouseMove, Resize
from textual.geometry import Size
from textual.screen import ModalScreen, Screen

from techlead_tui.render.text import Row, Run, exactly
from techlead_tui.tui import actions
from techlead_tui.tui.style import Looks, is_native
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView

PAGE = 10  # lines that a page key passes
BESIDE = 4  # cells of the box that are no row: padding or frame, and the scroll bar


class ActionLine(NamedTuple):
    text: str
    keys: str = ""  # as people read them
    action: str = ""  # as `run_action` takes it; "" where there is nothing to run


class ActionList(ModalScreen[None]):
    """The subclass says which lines there are and how they look; lines without an action are only read."""

    CSS_PATH = "keys.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(a.keys, a.method, a.text, show=False, id=a.id)
            for a in actions.of_screen("list")
            if a.method != "other"
        ),
        Binding("k", "up", show=False),
        Binding("j", "down", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(self, looks: Looks, keys: Mapping[str, str]) -> None:
        """`keys` are the user's own."""
        super().__init__()
        self.looks = looks
        self.keys = keys
        self.at = -1  # the line that is picked; -1 where none can be
        self.lines: Sequence[ActionLine] = ()
        self._cells = 0
        self._room = 1  # rows of the list that are shown
        self._line_of: list[int] = []  # of each row

    # what the subclass says

    def lines_for(self, beneath: Screen[Any]) -> Sequence[ActionLine]:
        raise NotImplementedError

    def rows_of(self, line: ActionLine, cells: int, *, picked: bool) -> list[Row]:
        raise NotImplementedError

    def heading_runs(self) -> Sequence[Run]:
        raise NotImplementedError

    def cells_in(self, size: Size) -> int:
        """Cells of a row on a screen."""
        raise NotImplementedError

    def rows_in(self, size: Size) -> int:
        """Rows of the list that a screen has room for."""
        raise NotImplementedError

    def place(self, box: Vertical, size: Size, rows: int) -> None:
        """Where the box stands, so many rows high; in the middle unless a subclass knows better."""

    # the list

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="-framed" if self.framed else ""):
            yield RowsView(self.looks, id="title")
            with VerticalScroll(id="scroll", can_focus=False):
                yield RowsView(self.looks, id="list")
            yield KeyBar(self.looks, id="keys")

    @property
    def framed(self) -> bool:
        """No ground of its own sets it off."""
        return is_native(self.looks.palette)

    @property
    def above_and_below(self) -> int:
        """Rows of the box beside the list: title, keys, and a frame or a row of air."""
        return 4 if self.framed else 3

    @property
    def beneath(self) -> Screen[Any]:
        return self.app.screen_stack[-2]

    def on_mount(self) -> None:
        self.lines = self.lines_for(self.beneath)
        self.at = self._next(0, 1)
        self.view = self.query_one("#list", RowsView)
        self.roll = self.query_one("#scroll", VerticalScroll)

    def on_resize(self, event: Resize) -> None:
        cells = self._cells = max(1, self.cells_in(event.size))
        rows: list[Row] = []
        self._line_of = []
        for n, line in enumerate(self.lines):
            found = self.rows_of(line, cells, picked=n == self.at)
            rows += found
            self._line_of += [n] * len(found)
        shown = self._room = max(1, min(len(rows), self.rows_in(event.size)))
        self.view.styles.width, self.view.styles.height = cells, len(rows)
        self.roll.styles.height = shown
        box = self.query_one("#box", Vertical)
        box.styles.width = cells + BESIDE
        box.styles.height = shown + self.above_and_below
        self.place(box, event.size, shown + self.above_and_below)
        self.view.show_rows(rows)
        self.query_one("#title", RowsView).show_rows([exactly(self.heading_runs(), cells, "ink/bar")])
        self.query_one(KeyBar).show("list", self.keys, cells)
        self.call_after_refresh(self._show_picked)

    def _show_picked(self) -> None:
        """The list scrolls as far as it must; up to the very top for the first line."""
        if self.at < 0:
            return
        top, stop = self._rows(self.at), self._rows(self.at) + self._line_of.count(self.at)
        first = self._next(self.at - 1, -1) < 0 and stop <= self._room
        y = 0 if first else min(top, max(stop - self._room, int(self.roll.scroll_y)))
        self.roll.scroll_to(y=y, animate=False)

    def _rows(self, line: int) -> int:
        """The first row of a line."""
        return self._line_of.index(line)

    def _next(self, at: int, step: int) -> int:
        """The first line from there on that can be run, or -1."""
        while 0 <= at < len(self.lines):
            if self.lines[at].action:
                return at
            at += step
        return -1

    def _pick(self, at: int) -> None:
        old, self.at = self.at, at
        for n in {old, at} - {-1}:
            top = self._rows(n)
            for y, row in enumerate(self.rows_of(self.lines[n], self._cells, picked=n == at), top):
                self.view.show_row(y, row)

    def _step(self, step: int) -> None:
        """To the next line that can be run; beyond the last one the list scrolls on."""
        found = self._next(self.at + step, step) if self.at >= 0 else -1
        if found >= 0:
            self._pick(found)
            self._show_picked()
        else:
            self.roll.scroll_relative(y=step, animate=False)

    def action_up(self) -> None:
        self._step(-1)

    def action_down(self) -> None:
        self._step(1)

    def action_page_up(self) -> None:
        for _ in range(PAGE):
            self._step(-1)

    def action_page_down(self) -> None:
        for _ in range(PAGE):
            self._step(1)

    def action_take(self) -> None:
        if self.at >= 0:
            self._run(self.lines[self.at].action)

    def action_leave(self) -> None:
        self.dismiss()

    def _run(self, action: str) -> None:
        beneath = self.beneath
        self.dismiss()
        beneath.call_later(beneath.run_action, action)

    # the mouse

    def _under(self, y: int) -> int:
        """The line that can be run under a row of the list, or -1."""
        line = self._line_of[y] if y < len(self._line_of) else -1
        return line if line >= 0 and self.lines[line].action else -1

    def on_mouse_move(self, event: MouseMove) -> None:
        found = self._under(event.y) if event.widget is self.view else -1
        if found >= 0 and found != self.at:
            self._pick(found)

    def on_click(self, event: Click) -> None:
        if event.widget is self.view:
            found = self._under(event.y)
            if found >= 0:
                self._run(self.lines[found].action)
        elif event.widget is self:
            self.action_leave()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action_id.partition(".")[2])
