"""Show a list with a cursor in a dialog: by arrows, j and k, wheel and mouse, with a filter and a card.

A list screen says which items there are, how one is drawn and what its keys do:

    class DelegationList(ListDialog[None]):
        BINDINGS = bindings_of("delegations")      # a, x, r, f: rows of the table of actions
        heading = "Delegations"
        mode = "list delegations"                  # what its key bar offers
        empty = "Nothing is delegated. a hands something over."
        several, card_rows, card_cells = True, 4, 36

        def load(self, planner):                   # in the planner's thread
            return planner.delegations()

        def draw(self, item, cells, picked):
            return [columns(cells, (item.title, 0), (item.owner, 10), (item.due, 12))]

        def card(self, item):
            return [(item.promise, "strong"), (f"asked on {item.asked}", "hint")]

        async def action_done(self):
            await self.apply([TurnItem(item.id, "done") for item in self.chosen])
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.widgets import Input

from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit
from techlead_tui.core.violation import Violation
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.footer import key_rows
from techlead_tui.render.text import Row, Run, exactly, inert, wrap
from techlead_tui.tui import actions
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import BESIDE, Dialog, bindings_of, calls_of
from techlead_tui.tui.dialogs.row_list import MARK, Heading, Lines, RowList
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.textual_workarounds import Group
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.row_input import RowInput
from techlead_tui.tui.widgets.rows_view import RowsView

R = TypeVar("R")
SPARE = 1  # row more for a card of which a line may be wrapped, where the screen has it
WRAPPED = 5  # rows of a card from which on they may be
BELOW = 3  # more rows for a card beside a list than below it
AIRY = 16  # rows of a screen from which on there is air around the list
TALL = 30  # rows of a screen from which on there is air above the names of columns, too
OF_ITEMS = frozenset(("list.take", "list.mark", "list.filter"))  # they mean nothing in an empty list
FILTER_EXAMPLE = "words to look for"
FILTERED_OUT = "nothing matches these words"


def said_of(decision: Decision, said: str = "") -> str:
    """Return what is told of a decision: what was done, and its notes; of no change that there is none."""
    return "\n".join(filter(None, (said, *decision.notes))) if decision.changes else "that changes nothing"


class ListDialog(Dialog[R]):
    """Show a `RowList` with its keys. The subclass says which items there are and how one is drawn."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list")
    empty = "nothing here"
    wide = 80  # cells of the box, where the screen has them
    quick: ClassVar[bool] = False  # as in a menu
    several: ClassVar[bool] = False  # space picks items beside each other
    filters: ClassVar[bool] = True  # `/` opens a line that narrows the list
    loads = False  # `load` is asked when the list opens
    loaded = False  # whether that was answered
    notch = 1  # items that a notch of the wheel passes
    air = 1  # rows above and below the list
    gap = 2  # rows of the screen around the box, where there is air
    card_rows = 0  # rows of the card below the list
    most_key_rows: ClassVar[int] = 1
    never: ClassVar[frozenset[str]] = frozenset()  # ids of actions of its rooms that mean nothing here
    card_cells = 0  # cells of a card beside it, on a screen that has room for both

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__(desk, looks)
        self.everything: Sequence[Any] = ()  # all items, whatever the filter says
        self.said: tuple[str, str] = ("", "hint")  # a sentence in place of the card, and its ink
        self._result: tuple[str, str] = ("", "hint")  # said once the list shows what was done
        self._over_card = False  # whether that stands over the card, for it is about the same item
        self.refused: Violation | None = None  # why the last wish was not done
        self.filtering = False
        self._line: RowInput | None = None  # in which the words to look for are typed, once it was opened
        self._rows = 1  # of the list
        self._card_top = 0  # rows above the card
        self._list_cells = 0
        self._head_rows = 1  # of the title, with the names of the columns
        self.card_size = Size(0, 0)
        self.list = RowList(looks, self.draw, quick=self.quick)

    def resting(self) -> frozenset[str]:
        return self.never | OF_ITEMS if self.loaded and not self.everything else self.never

    # what the list is about

    def opening(self) -> Sequence[Any]:
        """Return the items to open with."""
        return ()

    def load(self, planner: Planner) -> Sequence[Any]:
        """Return the items, in the planner's thread. UserError."""
        raise NotImplementedError

    def draw(self, item: Any, cells: int, picked: bool) -> Lines:
        raise NotImplementedError

    def names(self, _cells: int) -> Sequence[Run]:
        """Return the names of the columns, where there are any."""
        return ()

    def words(self, item: Any) -> str:
        """Return the text in which the filter looks."""
        return " ".join(text for line in self.draw(item, 400, False) for text, _ in line)

    def card(self, _item: Any) -> Sequence[Run]:
        """Return what is said about the item under the cursor, a sentence a line."""
        return ()

    def nothing(self) -> Run:
        """Return the sentence that stands for a list without items, and its ink."""
        return (FILTERED_OUT if self.everything else self.empty), "hint"

    def first(self) -> int:
        """Return the item to begin with."""
        return 0

    @property
    def chosen(self) -> list[Any]:
        """Return the items that were picked by space, else the one under the cursor."""
        return list(self.list.marked) or ([] if self.list.item is None else [self.list.item])

    # the box

    def content(self) -> ComposeResult:
        if self.filtering:
            yield self._new_line()
        with Group(id="middle"):
            yield self.list
            yield RowsView(self.looks, id="card")

    def _new_line(self) -> RowInput:
        self._line = RowInput("", FILTER_EXAMPLE, id="words")
        return self._line

    async def on_mount(self) -> None:
        await self.open()

    async def open(self) -> None:
        """Fill the list for the first time."""
        self.fill(self.opening())
        if self._line is not None:
            self._line.focus()
        if self.loads:
            await self.load_early(self.reload)

    async def reload(self) -> None:
        """Ask for the items again; the cursor stays at its place in the list."""
        try:
            items = await self.desk.search(self.load)
        except UserError as error:
            self.loaded = True
            self.say(error_text(error), "warn")
            return
        self.loaded = True
        if self.is_attached:
            self.fill(items, self.place(items))

    def place(self, _items: Sequence[Any]) -> int | None:
        """Return where the cursor goes among items that were asked for again; None for the first one."""
        return self.list.at if self.everything else None

    def fill(self, items: Sequence[Any], at: int | None = None) -> None:
        """Show other items."""
        self.everything = items
        self.list.marked = [item for item in self.list.marked if item in items]
        self._narrow(self.first() if at is None else at)
        if self.arranged:
            self.set_sizes(self.size or self.app.size)
            self.call_after_refresh(self.paint)

    async def apply(self, edits: Sequence[Edit], said: str = "") -> None:
        """Apply edits as one wish, and show the list as it is then, or why it is not done.

        `said` is what was done, in place of the card until the cursor moves.
        """
        decision = await self.carry_out(edits)
        if decision is not None:
            await self.show_result(said_of(decision, said))

    async def carry_out(self, edits: Sequence[Edit]) -> Decision | None:
        """Apply edits as one wish; when it is not done say why, and return None."""
        try:
            words = calls_of(edits, self.desk.planner)
            decision = await self.desk.ask(lambda planner: planner.apply_together(list(edits), words))
        except UserError as error:
            self.say(error_text(error), "warn")
            return None
        if decision.refused:
            self.refused = decision.violations[0]
            self.say(f"refused: {self.refused.message}", "warn")
            return None
        self.list.marked = []
        return decision

    async def show_result(self, said: str, *, over_card: bool = False) -> None:
        """Show the list as it is now, and say what was done, in place of the card or over it."""
        self._result, self._over_card = (said, "accent"), over_card
        await self.reload()

    def say(self, text: str, ink: str = "hint") -> None:
        self.said, self._over_card = (text, ink), False
        self.paint()

    def set_sizes(self, size: Size) -> None:
        beside = self.card_cells if self.card_cells and size.width >= self.wide + self.card_cells else 0
        cells = max(1, min(self.wide, size.width) - BESIDE)
        air = self.air if size.height >= AIRY else 0
        named = bool(self.everything and size.height >= AIRY and self.names(cells))
        lead = air if not named or size.height >= TALL else 0  # rows between the title and what follows
        around = (
            (4 if self.framed else 3)
            + air
            + lead
            + named
            + self.filtering
            + (self.gap if size.height >= AIRY else 0)
        )
        around += self._size_keys(cells + beside, size) - 1
        card = 0 if beside or not self.card_rows else self.card_rows + air
        rows = self.size_list(cells, size.height - around - card)
        if card and self.card_rows >= WRAPPED:
            card += max(0, min(SPARE, size.height - around - card - rows))
        self.cells = cells + beside
        self.box.styles.width = self.cells + BESIDE
        middle, view = self.query_one("#middle"), self.query_one("#card")
        middle.styles.layout = "horizontal" if beside else "vertical"
        middle.styles.margin = (0 if named else lead, 0, air, 0)
        self._list_cells, self._head_rows = cells, 1 + lead + 1 if named else 1
        self.query_one("#title").styles.height = self._head_rows
        tall = max(rows, min(self.card_rows + BELOW, size.height - around))  # a short list has a whole card
        self.card_size = Size(beside or cells, tall if beside else card)
        view.styles.width, view.styles.height = self.card_size
        self._card_top = 0 if beside else air

    def _size_keys(self, cells: int, size: Size) -> int:
        """Give the key bar the rows that its keys take, where the screen has them; return their number."""
        most = self.most_key_rows if size.height >= AIRY else 1
        keys = [
            key for key in actions.bar(self.mode, self.desk.planner.settings.keys) if key[2] not in self.never
        ]
        self.key_rows = len(key_rows(keys, cells, most))
        self.query_one(KeyBar).styles.height = self.key_rows
        return self.key_rows

    def size_list(self, cells: int, room: int) -> int:
        """Give the list as many rows as all items take, within a room; return their number."""
        room = max(1, room)
        if len(self.list.items) == len(self.everything):  # a filter does not make the box jump
            self._rows = max(1, self.list.wanted(cells, room))
        self._rows = min(self._rows, room)
        self.list.styles.width, self.list.styles.height = cells, self._rows
        self.list.paint(Size(cells, self._rows))  # it has its rows when it is painted for the first time
        return self._rows

    def paint(self) -> None:
        super().paint()
        view = self.query_one("#card", RowsView)
        cells, height = self.card_size or view.size
        if cells and height:
            rows = self.rows_of_card(cells, height)
            view.show_rows([*rows, *[exactly((), cells, "ink/bar")] * (height - len(rows))][:height])

    def rows_of_card(self, cells: int, height: int) -> list[Row]:
        """Return what is said, or about the item under the cursor; what has no room is left out."""
        text, ink = self.said
        if not text and not self.list.items:
            text, ink = self.nothing()
        first, *more = text.split("\n")
        about: Sequence[Run] = [(first, ink), *((line, "ink") for line in more)] if text else ()
        if self.list.item is not None and (not text or self._over_card):
            about = [*about, *self.card(self.list.item)]
        rows = [
            exactly([("  ", "ink/bar"), (part, f"{ink}/bar")], cells, "ink/bar")
            for text, ink in about
            for part in wrap(inert(text), cells - MARK, height)
        ]
        return [*[exactly((), cells, "ink/bar")] * self._card_top, *rows]

    def title_rows(self, cells: int) -> list[Row]:
        """Return the title, and under it what the columns are called."""
        rows = super().title_rows(cells)
        if self._head_rows > 1:
            blank = exactly((), cells, "ink/bar")
            names = [
                (" " * MARK, "ink/bar"),
                *((text, "detail/bar") for text, _ in self.names(self._list_cells)),
            ]
            rows += [*[blank] * (self._head_rows - 2), exactly(names, cells, "ink/bar")]
        return rows

    # keys

    async def action_up(self) -> None:
        self._hand_back()
        self.list.step(-1)

    async def action_down(self) -> None:
        self._hand_back()
        self.list.step(1)

    def action_page_up(self) -> None:
        self.list.page(-1)

    def action_page_down(self) -> None:
        self.list.page(1)

    def action_home(self) -> None:
        self.list.go(0)

    def action_end(self) -> None:
        self.list.go(len(self.list.items) - 1, -1)

    def action_mark(self) -> None:
        if self.several:
            self.list.mark()
            self.list.step(1)

    async def action_other(self) -> None:
        """Turn the switch, where a list has one."""

    async def action_take(self) -> None:
        """Do what Enter does with the item under the cursor."""

    async def action_leave(self) -> None:
        """Close the filter first, then the dialog."""
        if self.filtering:
            await self._filter(False)
        else:
            self.dismiss(None)

    # the filter

    async def action_filter(self) -> None:
        if self.filters:
            await self._filter(True)

    async def _filter(self, wanted: bool) -> None:
        self.filtering = wanted
        if self._line is None:  # few lists are ever narrowed
            await self.box.mount(self._new_line(), before="#middle")
        assert self._line is not None
        self._line.display = wanted
        self.set_sizes(self.size)
        if wanted:
            self._line.focus()
        else:
            self._line.value = ""
            self.set_focus(None)
            self._narrow()

    def _hand_back(self) -> None:
        """Make letters keys again once the cursor has been moved."""
        if self.filtering and self.filters:
            self.set_focus(None)

    def _narrow(self, at: int = 0) -> None:
        words = self._line.value.casefold().split() if self.filtering and self._line is not None else []
        if not words:
            self.list.show(self.everything, at)
            return
        found = [
            item
            for item in self.everything
            if not isinstance(item, Heading) and all(word in self.words(item).casefold() for word in words)
        ]
        self.list.show(found)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.filtering:
            self._narrow()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.act_soon("take")

    # the list's own messages, and the wheel

    async def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        if (
            self.list.item is not None or self._result[0]
        ):  # what is said of a list that cannot be loaded stays
            self.said, self._result = self._result, ("", "hint")
            self._over_card = self._over_card and bool(self.said[0])
        self.paint()
        await self.moved()

    async def moved(self) -> None:
        """Follow the cursor, where something else shows what it is on."""

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        event.stop()
        if self.is_active:
            await self.action_take()

    def on_mouse_scroll_up(self) -> None:
        self.list.step(-self.notch)

    def on_mouse_scroll_down(self) -> None:
        self.list.step(self.notch)
