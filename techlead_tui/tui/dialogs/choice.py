"""The week themes there are, and what each would make of a week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click, Resize
from textual.screen import ModalScreen

from techlead_tui.core.balance import focus_minutes
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import SetDay, UseTheme
from techlead_tui.core.lengths import hours
from techlead_tui.core.rules import violations
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.metrics import figures_of
from techlead_tui.render.text import Row, cut, exactly, fit, inert, width, wrap
from techlead_tui.tui import actions
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks, is_native
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView


class PickOption(NamedTuple):
    id: str
    title: str
    detail: str = ""  # a line or two below it
    effect: str = ""  # what it does to the week, at the right
    ink: str = "hint"  # of the effect
    current: bool = False  # as it is now


class Picked(NamedTuple):
    id: str
    way: str  # the way that was chosen, or ""


Ask = Callable[[Planner], Sequence[PickOption]]


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
        options: Sequence[PickOption],
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

    def _rows_of(self, n: int, option: PickOption, cells: int) -> list[Row]:
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


TITLES = {
    "normal": ("Normal", "The day as the week theme has it."),
    "leave": ("Leave", "No boxes that day, and the week's targets shrink with it."),
    "on-call": ("On call", "Urgent unblocking is what the day is for, deep work gives way."),
}


def effects(day: date, options: Sequence[PickOption]) -> Ask:
    def ask(planner: Planner) -> list[PickOption]:
        key = IsoWeek.of(day)
        before = focus_minutes(planner.snapshot(key).week(key))
        out = []
        for option in options:
            if not option.current:
                week = planner.preview(SetDay(day, option.id)).after.week(key)
                option = option._replace(effect=change("focus", before, focus_minutes(week)), ink="strong")
            out.append(option)
        return out

    return ask


def change(name: str, before: int, after: int) -> str:
    """`focus 22 h → 18 h`."""
    if before == after:
        return f"{name} {hours(after)}, as now"
    return f"{name} {hours(before)} → {hours(after)}"


WAYS = (("from", "from this week on"), ("only", "this week alone"))


def themes_with_effects(key: IsoWeek) -> Ask:
    def ask(planner: Planner) -> list[PickOption]:
        snapshot = planner.snapshot(key)
        week, now = snapshot.week(key), planner.now()
        before, known = figures_of(week, now), {one.key for one in violations(week, now)}
        out = []
        for name in planner.library.theme_ids():
            theme = planner.library.theme(name)
            if name == week.theme.id:
                out.append(
                    PickOption(name, theme.title, theme.description, _focus(before.focus), current=True)
                )
                continue
            after = planner.preview(UseTheme(name, key, only=True)).after.week(key)
            figures = figures_of(after, now)
            new = [one for one in violations(after, now) if one.severity != "note" and one.key not in known]
            effect = change("focus", before.focus, figures.focus)
            talk = f"Communication {figures.percent('communication')} %"
            wrong = f", {len(new)} new {'warning' if len(new) == 1 else 'warnings'}" if new else ""
            ink = (
                "good" if figures.focus > before.focus else "warn" if figures.focus < before.focus else "hint"
            )
            out.append(PickOption(name, theme.title, f"{talk}{wrong}. {theme.description}", effect, ink))
        return out

    return ask


def _focus(minutes: int) -> str:
    return change("focus", minutes, minutes)
