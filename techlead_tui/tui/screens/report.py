"""Show the plots of the report, one below the other."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.screen import Screen

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.report import Report
from techlead_tui.errors import UserError
from techlead_tui.planner.balances import quarter
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.report import report_of
from techlead_tui.render.footer import note_line
from techlead_tui.render.plots import report_rows
from techlead_tui.render.text import Row, exactly
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView

NOTCH = 3  # rows of a notch of the wheel


class ReportScreen(Screen[None]):
    """Show the quarter that ends with a week."""

    CSS_PATH = "retrospect.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("report")

    def __init__(self, desk: Desk, looks: Looks, key: IsoWeek) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.key = key
        self.report: Report | None = None
        self.first = 0  # row that stands on top
        self._said = ("reading …", "hint")

    def compose(self) -> ComposeResult:
        yield RowsView(self.looks, id="report")
        yield RowsView(self.looks, id="note")
        yield KeyBar(self.looks, id="keys")

    async def on_mount(self) -> None:
        self._paint()
        await self._load()

    def on_resize(self, _event: Resize) -> None:
        self._paint()

    async def _load(self) -> None:
        def read(planner: Planner) -> Report:
            return report_of(planner, quarter(self.key))

        try:
            self.report = await self.desk.search(read)
            self._said = ("techlead report --html FILE writes it as a page", "hint")
        except UserError as error:
            self._said = (error_text(error), "warn")
        self._paint()

    def _paint(self) -> None:
        cells, rows = self.size
        if not cells or not self.is_attached:
            return
        drawn: list[Row] = [] if self.report is None else report_rows(self.report, cells)
        room = max(1, rows - 2)
        self.first = max(0, min(self.first, len(drawn) - room))
        shown = drawn[self.first : self.first + room]
        blank = exactly((), cells, "ink")
        self.query_one("#report", RowsView).show_rows([*shown, *[blank] * (room - len(shown))])
        self.query_one("#note", RowsView).show_rows([note_line(self._said[0], cells, self._said[1])])
        self.query_one(KeyBar).show("report", self.desk.planner.settings.keys, cells)

    def _scroll(self, rows: int) -> None:
        self.first += rows
        self._paint()

    def action_up(self) -> None:
        self._scroll(-1)

    def action_down(self) -> None:
        self._scroll(1)

    def action_page_up(self) -> None:
        self._scroll(4 - self.size.height)

    def action_page_down(self) -> None:
        self._scroll(self.size.height - 4)

    async def action_before(self) -> None:
        """Show the quarter that ends a week before."""
        self.key = self.key.shift(-1)
        await self._load()

    async def action_after(self) -> None:
        """Show the quarter that ends a week later, this week at most."""
        this = IsoWeek.of(self.desk.planner.today())
        if self.key < this:
            self.key = self.key.shift(1)
            await self._load()

    def on_mouse_scroll_up(self) -> None:
        self._scroll(-NOTCH)

    def on_mouse_scroll_down(self) -> None:
        self._scroll(NOTCH)

    def action_leave(self) -> None:
        self.dismiss()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        if self.is_active:
            await self.run_action(event.action_id.partition(".")[2])
