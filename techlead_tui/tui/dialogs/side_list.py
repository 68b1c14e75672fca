"""Show a list at the edge of the week, filled by what is typed, so that the week stays in sight beside it."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.geometry import Size
from textual.timer import Timer
from textual.widgets import Input

from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Run, cut, fit, inert, width
from techlead_tui.render.viewport import frame
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.list_dialog import ListDialog
from techlead_tui.tui.dialogs.row_list import Lines
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.textual_workarounds import Group
from techlead_tui.tui.widgets.row_input import RowInput
from techlead_tui.tui.widgets.rows_view import RowsView

PAUSE = 0.08  # seconds after the last letter until the list is filled
LOW = 11  # rows of a list at the bottom
AROUND = 4  # rows of the box around the list
NARROW = 56  # cells below which an item takes two lines
SLIM = 34  # and three


class SideItem(NamedTuple):
    """Hold a line of the list, and what it stands for."""

    when: str
    title: str
    detail: str
    value: object
    sign: str = " "


class SideList(ListDialog[object]):
    """Close with the value of the item that was taken. The subclass says what words find."""

    example = ""
    order = ""  # in which the items stand
    filters = False  # the line of words is the question itself

    def __init__(self, desk: Desk, looks: Looks, text: str = "") -> None:
        super().__init__(desk, looks)
        self._text = text
        self._asked: str | None = None  # the words that the items are for
        self._pause: Timer | None = None
        self._nothing: Run = ("", "hint")

    def find(self, planner: Planner, text: str) -> Sequence[SideItem]:
        """Return the items for some words, in the planner's thread. WordsError."""
        raise NotImplementedError

    def not_found(self, text: str) -> str:
        """Return the sentence for words that find nothing."""
        return "nothing found" if text.strip() else ""

    # the list at its edge

    @property
    def low(self) -> int:
        """Return the rows that it takes from the bottom of the week; 0 where it stands beside the grid."""
        cells, height = self.app.size
        return 0 if frame(cells, height).panel_width else min(LOW, max(5, height // 2))

    def box_classes(self) -> list[str]:
        return [*super().box_classes(), "-low" if self.low else "-wide"]

    def content(self) -> ComposeResult:
        yield RowInput(self._text, self.example, id="words")
        yield RowsView(self.looks, id="card")
        with Group(id="middle"):
            yield self.list

    async def open(self) -> None:
        self.query_one(RowInput).focus()
        await self.load_early(self._ask, self._text)

    def set_sizes(self, size: Size) -> None:
        box, low = self.box, self.low
        box.set_class(not low, "-wide")
        box.set_class(bool(low), "-low")
        self.styles.align_vertical = "bottom" if low else "top"
        cells = size.width if low else frame(size.width, size.height).panel_width
        rows = low or max(4, size.height - 1)
        box.styles.width, box.styles.height = cells, rows
        if not self.framed:
            self.cells = cells - (not low)
            self.card_size = Size(self.cells, 1)
            self.list.paint(Size(self.cells, rows - AROUND - bool(low)), anew=True)

    def aside(self) -> str:
        return f"{len(self.everything)}" if self.everything else ""

    def card(self, _item: SideItem) -> Sequence[Run]:
        return [(self.order, "hint")]

    def nothing(self) -> Run:
        return self._nothing

    def draw(self, item: SideItem, cells: int, _picked: bool) -> Lines:
        title, detail = inert(item.title), inert(item.detail)
        when, sign = (f"{item.when}  ", "ink"), (f"{item.sign} ", "accent")
        if cells >= NARROW:
            room = cells - width(when[0]) - 2 - width(detail) - 2
            return [[when, sign, (fit(title, max(8, room)), "strong"), (f" {detail}", "hint")]]
        if cells < SLIM:
            return [[when], [sign, (cut(title, cells - 2), "ink")], [(f"  {cut(detail, cells - 2)}", "hint")]]
        room = cells - 2 - min(width(detail), cells // 2) - 3
        return [[when], [sign, (cut(title, max(8, room)), "ink"), (f" · {detail}", "hint")]]

    # the question

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        text = event.value
        if text != self._text:
            self._pause = self.set_timer(PAUSE, lambda: self._ask(text))

    async def _ask_now(self) -> None:
        """Ask for the words that came in one go with the key behind them."""
        text = self.query_one(RowInput).value
        if text != self._asked:
            if self._pause is not None:
                self._pause.stop()
            await self._ask(text)

    async def _ask(self, text: str) -> None:
        self._text = text  # the words of the last question
        try:
            items = await self.desk.search(lambda planner: self.find(planner, text))
            nothing = (self.not_found(text), "hint")
        except UserError as error:
            items, nothing = (), (error_text(error), "warn")
        if text != self._text or not self.is_attached:
            return
        self._asked, self._nothing = text, nothing
        self.everything = items
        self.list.show(items)

    # keys that come in one go with the words are about what the words find

    async def _after_words(self, count: int) -> None:
        await self._ask_now()
        self.list.step(count)

    async def action_up(self) -> None:
        await self._after_words(-1)

    async def action_down(self) -> None:
        await self._after_words(1)

    async def action_take(self) -> None:
        await self._ask_now()
        if self.list.item is not None:
            self.dismiss(self.list.item.value)
