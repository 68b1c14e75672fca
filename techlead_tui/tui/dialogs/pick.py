"""One of a few things to choose, each with what it would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click, Resize
from textual.screen import ModalScreen

from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.cells import cut, fit, inert, width, wrap
from techlead_tui.render.runs import Row, exactly
from techlead_tui.tui import actions
from techlead_tui.tui.desk import Desk
from techlead_tui.tui.looks import Looks, is_native
from techlead_tui.tui.verdict import error_text
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView


class Option(NamedTuple):
    id: str
    title: str
    detail: str = ""  # a line or two below it
    effect: str = ""  # what it does to the week, at the right
    ink: str = "hint"  # of the effect
    current: bool = False  # as it is now


class Picked(NamedTuple):
    id: str
    way: str  # the way that was chosen, or ""


Ask = Callable[[Planner], Sequence[Option]]


class PickDialog(ModalScreen[Picked | None]):
    """`ask` runs in the planner's thread; `ways` are gone through with tab."""

    CSS_PATH = "pick.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(a.keys, a.method, a.text, show=False, id=a.id) for a in actions.of_screen("list")),
        Binding("k", "up", show=False),
        Binding("j", "down", show=False),
        *(Binding(str(digit), f"pick({digit})", show=False) for digit in range(1, 10)),
    ]

    def __init__(
        self,
        desk: Desk,
        looks: Looks,
        heading: str,
        options: Sequence[Option],
        *,
        ask: Ask | None = None,
        ways: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.heading = heading
        self.options = options
        self.at = next((n for n, option in enumerate(options) if option.current), 0)
        self._ask = ask
        self._ways = list(ways)
        self._way = 0
        self._tops: list[int] = []  # the option that each row belongs to

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="-framed" if is_native(self.looks.palette) else ""):
            yield RowsView(self.looks, id="title")
            yield RowsView(self.looks, id="list")
            yield KeyBar(self.looks, id="keys")

    async def on_mount(self) -> None:
        if self._ask is None:
            return
        try:
            self.options = await self.desk.ask(self._ask)
        except UserError as error:
            self.options = [option._replace(detail=error_text(error)) for option in self.options]
        self.at = next((n for n, option in enumerate(self.options) if option.current), 0)
        if self.is_attached:
            self.call_after_refresh(self._paint)

    def on_resize(self, _event: Resize) -> None:
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        cells, room = self.query_one("#title").size.width, max(1, self.size.height - 6)
        if not cells:
            return
        way = self._ways[self._way][1] if self._ways else ""
        heading = fit(inert(self.heading), max(0, cells - width(way) - 5))
        runs = [(heading, "accent/bar")]
        if way:
            runs += [("tab ", "key/bar"), (way, "strong/bar")]
        self.query_one("#title", RowsView).show_rows([exactly(runs, cells, "ink/bar")])
        rows: list[Row] = []
        self._tops = []
        roomy = sum(len(self._rows_of(n, option, cells)) for n, option in enumerate(self.options)) <= room
        for n, option in enumerate(self.options):
            found = self._rows_of(n, option, cells)
            kept = found if roomy or n == self.at else found[:1]
            rows += kept
            self._tops += [n] * len(kept)
        first = 0
        if len(rows) > room:  # the one that is picked stays in sight
            first = min(max(0, self._tops.index(self.at) - room // 2), len(rows) - room)
        self._tops = self._tops[first : first + room]
        view = self.query_one("#list", RowsView)
        view.styles.height = len(rows[first : first + room])
        view.show_rows(rows[first : first + room])
        mode = "list ways" if self._ways else "list"
        self.query_one(KeyBar).show(mode, self.desk.planner.settings.keys, cells)

    def _rows_of(self, n: int, option: Option, cells: int) -> list[Row]:
        picked = n == self.at
        ground = "input" if picked else "bar"
        mark = "▸" if picked else " "
        number = f"{n + 1}" if n < 9 else " "
        effect = cut(inert(option.effect), max(0, cells - 30))
        now = "  as it is" if option.current else ""
        room = cells - 5 - width(effect) - 1 - len(now)
        title = cut(inert(option.title), room)
        gap = " " * (room - width(title))
        out = [
            exactly(
                [
                    (f" {mark} ", f"accent/{ground}"),
                    (f"{number} ", f"key/{ground}"),
                    (title, f"strong/{ground}"),
                    (now, f"hint/{ground}"),
                    (gap, f"ink/{ground}"),
                    (effect, f"{option.ink}/{ground}"),
                ],
                cells,
                f"ink/{ground}",
            )
        ]
        for part in wrap(inert(option.detail), cells - 6, 2):
            out.append(exactly([(f"     {part}", f"hint/{ground}")], cells, f"ink/{ground}"))
        return out

    def action_up(self) -> None:
        self.at = max(0, self.at - 1)
        self._paint()

    def action_down(self) -> None:
        self.at = min(len(self.options) - 1, self.at + 1)
        self._paint()

    def action_page_up(self) -> None:
        self.at = 0
        self._paint()

    def action_page_down(self) -> None:
        self.at = len(self.options) - 1
        self._paint()

    def action_other(self) -> None:
        if self._ways:
            self._way = (self._way + 1) % len(self._ways)
            self._paint()

    def action_pick(self, number: int) -> None:
        if 1 <= number <= len(self.options):
            self.at = number - 1
            self.action_take()

    def action_take(self) -> None:
        if self.options:
            way = self._ways[self._way][0] if self._ways else ""
            self.dismiss(Picked(self.options[self.at].id, way))

    def action_leave(self) -> None:
        self.dismiss(None)

    def on_click(self, event: Click) -> None:
        if event.widget is self.query_one("#list") and event.y < len(self._tops):
            at = self._tops[event.y]
            if at == self.at:
                self.action_take()
            else:
                self.at = at
                self._paint()

    def on_mouse_scroll_up(self) -> None:
        self.action_up()

    def on_mouse_scroll_down(self) -> None:
        self.action_down()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action_id.partition(".")[2])
