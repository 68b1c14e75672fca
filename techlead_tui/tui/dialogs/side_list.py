"""A list at the edge of the week, filled by what is typed, so that the week stays in sight beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click, Resize
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input

from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Row, cut, exactly, fit, inert, width
from techlead_tui.render.viewport import frame
from techlead_tui.tui import actions
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.fields import RowInput
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView

PAUSE = 0.08  # seconds after the last letter until the list is filled
LOW = 11  # rows of a list at the bottom
PAGE = 8  # items that a page key passes
NARROW = 56  # cells below which an item takes two lines
SLIM = 34  # and three


class Item(NamedTuple):
    """A line of the list."""

    when: str
    title: str
    detail: str
    ink: str = "hint"  # of the detail
    sign: str = " "


class DockDialog(ModalScreen[object]):
    """Closes with what was taken, or None. The subclass says what items there are."""

    CSS_PATH = "dock.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(a.keys, a.method, a.text, show=False, id=a.id) for a in actions.of_screen("list")
    ]
    heading = ""
    example = ""
    order = ""  # in which the items stand

    def __init__(self, desk: Desk, looks: Looks, text: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.at = 0
        self.items: Sequence[Item] = ()
        self.said: tuple[str, str] = ("", "hint")
        self._text = text
        self._filled: str | None = None  # the words that the items are for
        self._pause: Timer | None = None
        self._first = 0

    # what the list is about

    def find(self, planner: Planner, text: str) -> Sequence[Item]:
        """The items for some words, in the planner's thread. WordsError says what is wrong with them."""
        raise NotImplementedError

    def nothing(self, text: str) -> str:
        """What is said where there is no item."""
        return "nothing found" if text.strip() else ""

    async def moved(self) -> None:
        """Another item is picked, or the list is another one."""

    def taken(self) -> object:
        """What the dialog closes with."""
        raise NotImplementedError

    # the list itself

    @property
    def low(self) -> int:
        """Rows that it takes from the bottom of the week; 0 where it stands beside the grid."""
        width_, height = self.app.size
        return 0 if frame(width_, height).panel_width else min(LOW, max(5, height // 2))

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield RowsView(self.looks, id="title")
            yield RowInput(self._text, self.example)
            yield RowsView(self.looks, id="said")
            yield RowsView(self.looks, id="list")
            yield KeyBar(self.looks, id="keys")

    async def on_mount(self) -> None:
        self.query_one(RowInput).focus()
        await self._fill(self._text)

    def on_resize(self, event: Resize) -> None:
        part = frame(event.size.width, event.size.height)
        box = self.query_one("#box")
        box.set_class(not self.low, "-wide")
        box.set_class(bool(self.low), "-low")
        if self.low:
            self.styles.align_vertical = "bottom"
            box.styles.width, box.styles.height = event.size.width, self.low
            box.styles.margin = 0
        else:
            self.styles.align_vertical = "top"
            box.styles.width, box.styles.height = part.panel_width, max(4, event.size.height - 1)
            box.styles.margin = (1, 0, 0, 0)
        self.call_after_refresh(self._paint)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        text = event.value
        if text != self._text:
            self._pause = self.set_timer(PAUSE, lambda: self._fill(text))

    async def _fill_now(self) -> None:
        """Where a key comes in one go with the words before it."""
        text = self.query_one(RowInput).value
        if text != self._filled:
            if self._pause is not None:
                self._pause.stop()
            await self._fill(text)

    async def _fill(self, text: str) -> None:
        self._text = text  # the words of the last question
        try:
            items = await self.desk.ask(lambda planner: self.find(planner, text))
            said = (self.order if items else self.nothing(text), "hint")
        except UserError as error:
            items, said = (), (error_text(error), "warn")
        if text != self._text or not self.is_attached:
            return
        self._filled = text
        self.items, self.said, self.at, self._first = items, said, 0, 0
        self._paint()
        await self.moved()

    def _paint(self) -> None:
        cells, height = self.query_one("#list").size
        if not cells:
            return
        count = f"{len(self.items)}" if self.items else ""
        title = [(fit(f" {self.heading}", cells - width(count) - 1), "accent/bar"), (count, "hint/bar")]
        self.query_one("#title", RowsView).show_rows([exactly(title, cells, "ink/bar")])
        text = cut(f" {inert(self.said[0])}", cells)
        self.query_one("#said", RowsView).show_rows(
            [exactly([(text, f"{self.said[1]}/bar")], cells, "ink/bar")]
        )
        each = self._each(cells)
        shown = max(1, height // each)
        self._first = max(self.at - shown + 1, min(self._first, self.at))
        rows: list[Row] = []
        for n, item in enumerate(self.items[self._first : self._first + shown], self._first):
            rows += self._rows_of(item, n == self.at, cells)
        blank = exactly((), cells, "ink/bar")
        self.query_one("#list", RowsView).show_rows([*rows, *[blank] * (height - len(rows))][:height])
        self.query_one(KeyBar).show("list", self.desk.planner.settings.keys, cells)

    @staticmethod
    def _each(cells: int) -> int:
        """Lines of an item."""
        return 1 if cells >= NARROW else 2 if cells >= SLIM else 3

    def _rows_of(self, item: Item, picked: bool, cells: int) -> list[Row]:
        ground = "input" if picked else "bar"
        mark = ("▸" if picked else " ", f"accent/{ground}")
        when = (f"{item.when}  ", f"{'strong' if picked else 'ink'}/{ground}")
        title, detail = inert(item.title), inert(item.detail)
        sign = (f"{item.sign} ", f"accent/{ground}")
        if cells >= NARROW:
            room = cells - 1 - width(when[0]) - 2 - width(detail) - 2
            named = (fit(title, max(8, room)), f"strong/{ground}")
            runs = [mark, when, sign, named, (f" {detail}", f"{item.ink}/{ground}")]
            return [exactly(runs, cells, f"ink/{ground}")]
        blank = (" ", f"ink/{ground}")
        ink = "strong" if picked else "ink"
        lines = [[mark, when]]
        if self._each(cells) == 3:
            lines += [[blank, sign, (cut(title, cells - 4), f"{ink}/{ground}")]]
            lines += [[blank, ("  ", f"ink/{ground}"), (cut(detail, cells - 4), f"{item.ink}/{ground}")]]
        else:
            room = cells - 4 - min(width(detail), cells // 2) - 3
            second = [(cut(title, max(8, room)), f"{ink}/{ground}"), (f" · {detail}", f"{item.ink}/{ground}")]
            lines += [[blank, sign, *second]]
        return [exactly(line, cells, f"ink/{ground}") for line in lines]

    async def _go(self, steps: int) -> None:
        await self._fill_now()
        await self._pick(self.at + steps)

    async def _pick(self, at: int) -> None:
        at = max(0, min(len(self.items) - 1, at))
        if self.items and at != self.at:
            self.at = at
            self._paint()
            await self.moved()

    async def action_up(self) -> None:
        await self._go(-1)

    async def action_down(self) -> None:
        await self._go(1)

    def action_page_up(self) -> None:
        self.call_later(self._go, -PAGE)

    def action_page_down(self) -> None:
        self.call_later(self._go, PAGE)

    def action_other(self) -> None:
        """Tab stays in the line."""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.call_later(self.action_take)

    async def action_take(self) -> None:
        await self._fill_now()
        if self.items:
            self.dismiss(self.taken())

    def action_leave(self) -> None:
        self.dismiss(None)

    async def on_click(self, event: Click) -> None:
        view = self.query_one("#list", RowsView)
        if event.widget is view:
            at = self._first + event.y // self._each(view.size.width)
            if at == self.at:
                await self.action_take()
            else:
                await self._pick(at)
        elif event.widget is self:
            self.action_leave()

    async def on_mouse_scroll_up(self) -> None:
        await self.action_up()

    async def on_mouse_scroll_down(self) -> None:
        await self.action_down()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action_id.partition(".")[2])
