"""Read the method's texts, each beside the user's own figure, and open what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Size

from techlead_tui.config.playbook_toml import load_example_week
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.figures import figures, figures_weeks
from techlead_tui.core.playbook import KINDS, TONES, Entry, body, read_through
from techlead_tui.core.week import Week
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Row, Run, exactly, fit, inert, wrap
from techlead_tui.render.trap import bare_week, trap_rows
from techlead_tui.tui.clipboard import copy_text
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import Dialog, bindings_of
from techlead_tui.tui.dialogs.list_dialog import AIRY, ListDialog
from techlead_tui.tui.dialogs.row_list import MARK, Heading, Lines
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.rows_view import RowsView

NARROW, WIDEST = 32, 64  # cells of the list
TEXT = 92  # cells of the text, where the screen has them
LINES = 3  # of a title at most
HANGING = 2  # cells by which the second line of a title stands in
PARTS = 10  # cells for the parts of the method
METHOD_FROM = 40  # cells of a line from which on it names the parts of the method
BESIDE_FROM = 72  # cells of a screen from which on the text stands beside the list
EDGE = 4  # cells of the box beside both
OF_ONE = frozenset(
    ("playbook.take", "playbook.copy", "playbook.tone", "playbook.more")
)  # actions that need an entry
REPLY = "reply:"  # before the id of a reply that was taken
OPENED_BY = {  # the action of the week that does what a command does
    "week": "today",
    "no": "say_no",
    "free": "free",
    "check": "friday",
    "update": "friday",
    "lint": "next_wrong",
    "log": "quick_log",
    "themes": "week_theme",
    "series": "items('series')",
}


class PlaybookDialog(ListDialog[str | None]):
    """Close with the action of the week that an entry is about, or with `reply:` and the id of a reply."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("playbook")
    heading = "Playbook"
    mode = "playbook list-filter list"
    never = frozenset(("list.take",))  # Enter opens
    loads = True
    air = 0

    def __init__(self, desk: Desk, looks: Looks, about: str = "", type_id: str | None = None) -> None:
        """Show all entries; of a rule or a part of the method those that say why, that of the block's type
        first."""
        super().__init__(desk, looks)
        self.tone = TONES[0]
        self._about, self._type = about, type_id
        if about:
            self.heading = "Playbook · why"
        self._figures: dict[str, str] = {}
        self._lines: list[Run] = []  # of the text
        self._top = 0  # the first of them that is in sight

    def load(self, planner: Planner) -> Sequence[Entry | Heading]:
        weeks = figures_weeks(IsoWeek.of(planner.today()))
        self._figures = figures(planner.snapshot(*weeks), weeks[-1], planner.now())
        items: list[Entry | Heading] = []
        kind = ""
        for entry in planner.playbook().values():
            if self._about and self._about not in (*entry.rules, *entry.method):
                continue
            if entry.kind != kind:
                items.append(Heading(KINDS[entry.kind].title))
                kind = entry.kind
            items.append(entry)
        return items

    def first(self) -> int:
        for at, one in enumerate(self.everything):
            if isinstance(one, Entry) and self._type in one.types:
                return at
        return 0

    def aside(self) -> str:
        count = sum(isinstance(item, Entry) for item in self.everything)
        return f"{self.tone} · {count} {'entry' if count == 1 else 'entries'}"

    def set_sizes(self, size: Size) -> None:
        """Give the list a third of the screen, and the text the rest."""
        room = max(1, size.width - EDGE)
        cells = max(NARROW, min(WIDEST, room // 3)) if size.width >= BESIDE_FROM else room
        self.wide = cells + EDGE
        self.card_cells = min(TEXT, size.width - self.wide) if size.width >= BESIDE_FROM else 0
        self.card_rows = 0 if self.card_cells else max(2, size.height // 2)
        super().set_sizes(size)

    def size_list(self, cells: int, room: int) -> int:
        spare = 2 if self.size.height >= AIRY else 0
        self._rows = max(1, room + spare)  # the text takes all there is
        self.list.styles.width, self.list.styles.height = cells, self._rows
        self.list.paint(Size(cells, self._rows), anew=True)
        return self._rows

    def draw(self, item: Entry, cells: int, _picked: bool) -> Lines:
        method = " ".join(item.method[:2]) if cells >= METHOD_FROM else ""
        room = cells - PARTS if method else cells
        first, *more = wrap(inert(item.title), room - HANGING, LINES) or [""]  # where there is no room at all
        below = [[(f"{'':{HANGING}}{part}", "ink")] for part in more]
        return [[(fit(first, room), "ink"), (f"  {method}", "hint")], *below]

    def words(self, item: Entry) -> str:
        return item.words()

    def resting(self) -> frozenset[str]:
        """Return what an entry has no use for: no longer text, no other tone."""
        entry: Entry | None = self.list.item
        if entry is None:
            return super().resting() | OF_ONE if self.loaded else super().resting()
        rest = frozenset() if KINDS[entry.kind].said else frozenset(("playbook.tone",))
        whole = len(self._lines) <= self.query_one("#card").size.height
        return super().resting() | (rest | {"playbook.more"} if whole else rest)

    def paint(self) -> None:
        """Take the lines of the entry first: the key bar offers more of them where there are more."""
        entry: Entry | None = self.list.item
        cells = (self.card_size or self.query_one("#card").size).width
        told = self._told(entry) if entry is not None else []
        told = [self.said, *told] if self.said[0] else told
        self._lines = [(line, ink) for text, ink in told for line in _wrapped(text, cells - MARK)]
        super().paint()

    def rows_of_card(self, cells: int, height: int) -> list[Row]:
        """Return the lines that have room, of the entry under the cursor."""
        if self.list.item is None:
            return super().rows_of_card(cells, height)
        self._top = max(0, min(self._top, len(self._lines) - height))
        shown = self._lines[self._top : self._top + height]
        if self._top + height < len(self._lines):
            shown[-1] = ("→ more", "key")
        return [exactly([("  ", "ink/bar"), (text, f"{ink}/bar")], cells, "ink/bar") for text, ink in shown]

    def _told(self, item: Entry) -> list[Run]:
        out: list[Run] = [(item.title, "strong")]
        if item.figure:
            out.append((f"yours: {self._figures[item.figure]}", "accent"))
        out.append(("", "ink"))
        for label, text in body(item, self.tone):
            read = read_through(text)
            out.append((f"{label}: {read}" if label and read else f"{label}:" if label else read, "ink"))
        return [*out, ("", "ink"), (" ".join(item.method), "hint")]

    async def moved(self) -> None:
        self._top = 0
        self.paint()

    # keys

    def action_more(self) -> None:
        self._scroll(self.query_one("#card").size.height - 2)

    def action_less(self) -> None:
        self._scroll(2 - self.query_one("#card").size.height)

    def _scroll(self, rows: int) -> None:
        self._top = max(0, self._top + rows)
        self.paint()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:  # type: ignore[override]
        if self.query_one("#card").region.contains(event.screen_x, event.screen_y):
            self._scroll(2)
        else:
            super().on_mouse_scroll_down()

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:  # type: ignore[override]
        if self.query_one("#card").region.contains(event.screen_x, event.screen_y):
            self._scroll(-2)
        else:
            super().on_mouse_scroll_up()

    def action_tone(self) -> None:
        self.tone = TONES[(TONES.index(self.tone) + 1) % len(TONES)]
        self.paint()

    async def action_copy(self) -> None:
        entry: Entry | None = self.list.item
        if entry is not None:
            self._top = 0
            self.say(await copy_text(self.app, _to_copy(entry, self.tone)))

    async def action_take(self) -> None:
        """Open what the entry is about."""
        entry: Entry | None = self.list.item
        if entry is None or not self.is_active:
            return
        if KINDS[entry.kind].said:
            self.dismiss(f"{REPLY}{entry.id}")
        elif entry.kind == "anti-pattern":
            await self.app.push_screen(TrapDialog(self.desk, self.looks, entry.fields["week"][0]))
        elif entry.opens in OPENED_BY and entry.kind != "template":
            self.dismiss(OPENED_BY[entry.opens])
        else:
            await self.action_copy()


def _wrapped(text: str, cells: int) -> list[str]:
    return [part for line in text.split("\n") for part in wrap(inert(line), max(1, cells), 50) or [""]]


def _to_copy(entry: Entry, tone: str) -> str:
    """Return an entry as text: a template as it is, anything else as it reads."""
    said = [f"{label}: {text}" if label and text else label or text for label, text in body(entry, tone)]
    text = "\n".join(read_through(part) for part in said)
    return text if entry.kind == "template" else f"{entry.title}\n\n{text}"


class TrapDialog(Dialog[None]):
    """Show the trapped week beside the designed one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("trap")
    heading = "The trap"
    mode = "trap"

    def __init__(self, desk: Desk, looks: Looks, week: str) -> None:
        super().__init__(desk, looks)
        self._week = week
        self._second = False
        self._weeks: tuple[Week, Week] | None = None
        self._trouble = ""

    def content(self) -> ComposeResult:
        yield RowsView(self.looks, id="weeks")

    async def on_mount(self) -> None:
        await self.load_early(self._open)

    async def _open(self) -> None:
        def read(planner: Planner) -> tuple[Week, Week]:
            key = IsoWeek.of(planner.today())
            snapshot = planner.snapshot(key)
            trapped = load_example_week(planner.folders.config, self._week, planner.library.types())
            return bare_week(snapshot, trapped, key), bare_week(snapshot, snapshot.theme_of(key), key)

        try:
            self._weeks = await self.desk.ask(read)
        except UserError as error:
            self._trouble = error_text(error)
        self.paint()

    def set_sizes(self, size: Size) -> None:
        self.box.styles.width, self.box.styles.height = size.width, size.height

    def paint(self) -> None:
        super().paint()
        view = self.query_one("#weeks", RowsView)
        cells, rows = view.size
        if not cells or not rows:
            return
        if self._weeks is None:
            view.show_rows([exactly([(inert(self._trouble), "warn")], cells, "ink")])
            return
        view.show_rows(trap_rows(*self._weeks, cells, rows, second=self._second))

    def action_other(self) -> None:
        """Show the other week, where one stands alone."""
        self._second = not self._second
        self.paint()
