"""Pick one out of a few things, each with what it does to the week: kinds of a day, week themes."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from techlead_tui.core.apply import effect
from techlead_tui.core.balance import focus_minutes
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import Edit, SetDay, UseTheme
from techlead_tui.core.lengths import hours
from techlead_tui.core.rules import violations
from techlead_tui.core.snapshot import RECURRING_WEEKS, Snapshot
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.footer import Spots
from techlead_tui.render.metrics import figures_of
from techlead_tui.render.text import Run, cut, exactly, inert, row_width, width, wrap
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.list_dialog import ListDialog
from techlead_tui.tui.dialogs.row_list import Lines
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.rows_view import Choices


class PickOption(NamedTuple):
    """Describe one of the things to pick from."""

    id: str
    title: str
    detail: str = ""  # a line or two below it
    effect: str = ""  # on the week, at the right
    ink: str = "hint"  # of the effect
    current: bool = False  # as it is now


class PickedOption(NamedTuple):
    """Name the option that was picked, and the way that was switched to, or ""."""

    id: str
    way: str


Ask = Callable[[Planner], Sequence[PickOption]]


class PickDialog(ListDialog[PickedOption | None]):
    """Close with what was picked by Enter, digit or click.

    `ask` runs in the planner's thread and returns the options with their effects; `ways` (id and words)
    are the sides of a switch that tab and clicks turn.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(digit), f"pick({digit})", show=False) for digit in range(1, 10)
    ]
    filters = False

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
        super().__init__(desk, looks)
        self.heading = heading
        self._options = options
        self._ask = ask
        self.loads = ask is not None
        self._ways = list(ways)
        self._way = 0
        self._brief = False
        if ways:
            self.mode = "list ways"

    def content(self) -> ComposeResult:
        if self._ways:
            yield Choices(self.looks, id="ways")
        yield from super().content()

    def opening(self) -> Sequence[PickOption]:
        return self._options

    def load(self, planner: Planner) -> Sequence[PickOption]:
        assert self._ask is not None
        try:
            return self._ask(planner)
        except UserError as error:
            return [option._replace(detail=error_text(error)) for option in self._options]

    def fill(self, items: Sequence[PickOption], _at: int | None = None) -> None:
        current = next((n for n, option in enumerate(items) if option.current), 0)
        super().fill(items, current)

    def size_list(self, cells: int, room: int) -> int:
        """Leave the details to the option under the cursor where there is no room for all."""
        self._brief = False
        room = max(1, room - bool(self._ways))
        self._brief = self.list.wanted(cells, room + 1) > room
        return super().size_list(cells, room)

    def draw(self, item: PickOption, cells: int, picked: bool) -> Lines:
        number = self.everything.index(item) + 1
        effect = cut(inert(item.effect), max(0, cells - 30))
        now = "  as it is" if item.current else ""
        room = cells - 2 - width(effect) - 1 - len(now)
        title = cut(inert(item.title), room)
        first = [
            (f"{number} " if number < 10 else "  ", "key"),
            (title, "strong"),
            (now, "hint"),
            (" " * (room - width(title)), "ink"),
            (effect, item.ink),
        ]
        details = [] if self._brief and not picked else wrap(inert(item.detail), cells - 3, 2)
        return [first, *([(f"  {part}", "hint")] for part in details)]

    def paint(self) -> None:
        super().paint()
        if not self._ways:
            return
        view = self.query_one("#ways", Choices)
        runs: list[Run] = []
        spots: Spots = ()
        for n, (_, text) in enumerate(self._ways):
            on = n == self._way
            start = row_width(runs)
            runs.append((f"[{text}]" if on else f" {text} ", "strong/bar" if on else "hint/bar"))
            spots = (*spots, (start, row_width(runs), f"way({n})"))
            runs.append(("  ", "ink/bar"))
        view.offer([exactly(runs, view.size.width, "ink/bar")], {0: spots})

    def action_way(self, number: int) -> None:
        self._way = number
        self.paint()

    async def action_other(self) -> None:
        if self._ways:
            self.action_way((self._way + 1) % len(self._ways))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.act_soon(event.action)

    async def action_pick(self, number: int) -> None:
        if 1 <= number <= len(self.everything):
            self.list.go(number - 1)
            await self.action_take()

    async def action_take(self) -> None:
        if self.list.item is not None:
            self.dismiss(PickedOption(self.list.item.id, self._ways[self._way][0] if self._ways else ""))


TITLES = {
    "normal": ("Normal", "The day as the week theme has it."),
    "leave": ("Leave", "No boxes that day, and the week's targets shrink with it."),
    "on-call": ("On call", "The day is for urgent unblocking; deep work gives way."),
}


def _ahead(key: IsoWeek) -> list[IsoWeek]:
    """Return a week and those whose series of meetings count in it."""
    return [key.shift(n) for n in range(RECURRING_WEEKS)]


def _after(snapshot: Snapshot, edit: Edit, now: datetime) -> Snapshot:
    """Return what an edit leaves, of which no verdict and no fix is wanted. UserError."""
    changes, _, _ = effect(snapshot, edit, now, "")
    return snapshot.with_changes(changes)


def effects(day: date, options: Sequence[PickOption]) -> Ask:
    """Return the question for what each kind of the day would do to the week's focus."""

    def ask(planner: Planner) -> list[PickOption]:
        key = IsoWeek.of(day)
        snapshot, now = planner.snapshot(*_ahead(key)), planner.now()
        before = focus_minutes(snapshot.week(key))
        out = []
        for option in options:
            if not option.current:
                week = _after(snapshot, SetDay(day, option.id), now).week(key)
                option = option._replace(effect=change("focus", before, focus_minutes(week)), ink="strong")
            out.append(option)
        return out

    return ask


def change(name: str, before: int, after: int) -> str:
    """Return hours before and after: `focus 22 h → 18 h`."""
    if before == after:
        return f"{name} {hours(after)}, as now"
    return f"{name} {hours(before)} → {hours(after)}"


WAYS = (("only", "this week only"), ("from", "from this week on"))


def themes_with_effects(key: IsoWeek) -> Ask:
    """Return the question for all week themes, with what each would make of the week."""

    def ask(planner: Planner) -> list[PickOption]:
        snapshot = planner.snapshot(*_ahead(key))
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
            after = _after(snapshot, UseTheme(name, key, only=True), now).week(key)
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
