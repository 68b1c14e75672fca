"""List the items of a kind, with its transitions as keys: one list for all kinds."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import ClassVar

from textual.binding import BindingType

from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit, RemoveItem, TurnItem
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.fields import shown
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Column, Item, ItemKind, Transition
from techlead_tui.core.text import day_text
from techlead_tui.errors import UserError
from techlead_tui.planner.items import ItemList, item_named, items_of
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.replies import reply_of_turn
from techlead_tui.render.text import Run
from techlead_tui.tui.clipboard import copy_text
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.dialogs.list_dialog import ListDialog, said_of
from techlead_tui.tui.dialogs.row_list import MARK, Lines, columns
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.textual_workarounds import outside

NO_FIELDS: Mapping[str, object] = {}
ROOM = 30  # cells that the title keeps; where there are fewer, the last columns go


class ItemListDialog(ListDialog[None]):
    """List one kind: the open items, the soonest due first, and by Tab the closed ones after them."""

    kind: ClassVar[ItemKind]
    several = True
    never = frozenset(("list.take",))  # Enter edits, as e does, or opens the document
    loads = True
    wide = 100
    card_rows = 5
    card_cells = 44
    most_key_rows = 2
    of_one: ClassVar[frozenset[str]] = frozenset(
        ("documents.take", "items.edit", "items.copy")
    )  # actions that need an item

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__(desk, looks)
        self.heading = self.kind.title
        document = " documents" if self.kind.file else ""
        self.mode = f"{self.kind.plural} items{document} list-several list-filter list"
        self.empty = self.kind.empty
        self.with_closed = False
        self.found: ItemList | None = None
        self._footer = ""  # of the card
        self.about = ""  # the uid to which the cursor goes once the list shows it

    async def open(self) -> None:
        await super().open()
        if self.kind.key_adds and not self.about:
            await self.action_add()

    def aside(self) -> str:
        count = sum(item.is_open for item in self.everything)
        return f"{count} open" if count else ""

    def load(self, planner: Planner) -> Sequence[Item]:
        self.found = items_of(planner, self.kind, closed=self.with_closed)
        items = self.found.ordered()
        self._footer = self.kind.footer(items, self.found.moment)
        return items

    def place(self, items: Sequence[Item]) -> int | None:
        about, self.about = self.about, ""
        found = next((at for at, item in enumerate(items) if item.uid == about), None)
        return super().place(items) if found is None else found

    def resting(self) -> frozenset[str]:
        """Return the transitions that no item in question can take."""
        items = self.chosen
        rest = {
            f"{self.kind.plural}.{turn.name.replace('-', '_')}"
            for turn in self.kind.transitions
            if self.loaded and not any(item.status in turn.before for item in items)
        }
        return super().resting() | rest | (self.of_one if self.loaded and not items else frozenset())

    # drawing

    def draw(self, item: Item, cells: int, _picked: bool) -> Lines:
        assert self.found is not None
        moment = self.found.moment
        parts: list[tuple[str, int, str]] = []
        for column in self._columns(cells):
            ink = "hint" if not item.is_open else "ink" if column.ink is None else column.ink(item, moment)
            parts.append((column.text(item, moment), column.cells, ink))
        return [columns(cells, *parts)]

    def names(self, cells: int) -> Sequence[Run]:
        cells -= MARK + 1
        shown = self._columns(cells)
        return columns(cells, *((one.title, one.cells) for one in shown)) if len(shown) > 1 else ()

    def _columns(self, cells: int) -> Sequence[Column]:
        """Return the columns for which there is room."""
        kept = self.kind.columns
        while len(kept) > 1 and cells - sum(column.cells + 2 for column in kept if column.cells) < ROOM:
            kept = kept[:-1]
        return kept

    def words(self, item: Item) -> str:
        values = (shown(field, item.get(field.name)) for field in self.kind.fields)
        return " ".join((item.summary, item.status, *values))

    def card(self, item: Item) -> Sequence[Run]:
        assert self.found is not None
        moment = self.found.moment
        lines: list[Run] = [(item.summary, "strong")]
        lines += [(line, "ink") for line in self.kind.card(item, moment)]
        lines.append((f"written down {day_text(item.since(moment))}", "hint"))
        return [*lines, (self._footer, "accent")] if self._footer else lines

    # keys

    async def action_take(self) -> None:
        """Open the file of an item that has one, where an editor is set; else every field."""
        from techlead_tui.hooks.editor import edit_file, editor_of

        item: Item | None = self.list.item
        path = str(item.get(self.kind.file) or "") if item is not None and self.kind.file else ""
        try:
            if not path or not editor_of(os.environ):
                await self.action_edit()
                return
            outside(self.app, lambda: edit_file(path, os.environ))
        except UserError as error:
            self.say(error_text(error), "warn")
            return
        await self.show_result("it stands as its file says")

    async def action_add(self) -> None:
        from techlead_tui.tui.dialogs.item_form import ItemForm

        await self.app.push_screen(ItemForm(self.desk, self.looks, self.kind), self._back)

    async def action_edit(self) -> None:
        item: Item | None = self.list.item
        if item is not None:
            from techlead_tui.tui.dialogs.item_form import ItemForm

            await self.app.push_screen(ItemForm(self.desk, self.looks, self.kind, item), self._back)

    async def _back(self, decision: Decision | None) -> None:
        if decision is not None:
            self.about = decision.uid
            await self.show_result(said_of(decision, "saved · u takes it back"), over_card=True)

    async def action_copy(self) -> None:
        """Copy the items that are picked, or the one under the cursor, as text."""
        items = self.chosen
        if items and self.found is not None:
            moment = self.found.moment
            both = "\n\n".join("\n".join((item.summary, *self.kind.card(item, moment))) for item in items)
            self.say(f"{self._what(items)}: {await copy_text(self.app, both)}", "accent")

    async def action_turn(self, name: str) -> None:
        """Turn the items that are picked, or the one under the cursor."""
        turn, items = self.kind.transition(name), self.chosen
        if turn is None or not items:
            return
        fitting = [item for item in items if item.status in turn.before]
        if not fitting:
            self.say(f"{turn.label} is for what is {' or '.join(turn.before)}", "warn")
            return
        if turn.takes and self.found is not None:
            from techlead_tui.tui.dialogs.item_form import TurnForm

            async def answered(decision: Decision | None) -> None:
                if decision is not None:
                    await self._tell(decision, turn, fitting, form.given)

            form = TurnForm(self.desk, self.looks, self.kind, turn, fitting, self.found.moment)
            await self.app.push_screen(form, answered)
            return
        await self.turn(turn, fitting)

    async def turn(
        self, turn: Transition, items: Sequence[Item], fields: Mapping[str, object] = NO_FIELDS
    ) -> Decision | None:
        """Apply a transition to some items as one step of undo, and say what it did, or why it is not done.

        `fields` are values that it sets besides its own. Return the decision once it is done.
        """
        assert self.found is not None
        edits: list[Edit] = []
        for item in items:
            edit = TurnItem(item.kind.id, item.uid, turn.name, fields, item.bucket)
            edits += edits_of(item, edit, self.found.moment)
        decision = await self.carry_out(edits)
        if decision is not None:
            await self._tell(decision, turn, items, fields)
        return decision

    async def _tell(
        self,
        decision: Decision,
        turn: Transition,
        items: Sequence[Item],
        fields: Mapping[str, object] = NO_FIELDS,
    ) -> None:
        """Say what a transition did, and copy what it says to somebody."""
        said = said_of(decision, f"{turn.told(self._what(items), fields)} · u takes it back")
        try:
            text = await self.desk.ask(lambda planner: _replies(planner, items, turn))
        except UserError as error:
            said, text = f"{said} · {error_text(error)}", ""
        if text and decision.changes:
            said = f"{said} · {await copy_text(self.app, text)}\n{text}"
        await self.show_result(said)

    def _what(self, items: Sequence[Item]) -> str:
        return items[0].summary if len(items) == 1 else f"{len(items)} {self.kind.plural}"

    async def action_remove(self) -> None:
        items = self.chosen
        if items:
            edits = [RemoveItem(item.kind.id, item.uid, item.bucket) for item in items]
            await self.apply(edits, f"{self._what(items)}: taken out of the list · u brings it back")

    async def action_undo(self) -> None:
        try:
            await self.desk.ask(lambda planner: planner.undo())
        except UserError as error:
            self.say(error_text(error), "warn")
            return
        await self.show_result("the last change is taken back")

    async def action_other(self) -> None:
        self.with_closed = not self.with_closed
        await self.reload()
        said = "the closed ones too" if self.with_closed else "the open ones"
        if self.with_closed and all(item.is_open for item in self.everything):
            said = "none is closed yet"
        self._result = (said if self.everything else "", "accent")


def _replies(planner: Planner, items: Sequence[Item], turn: Transition) -> str:
    if not (turn.reply or turn.answers):
        return ""
    now = [item_named(planner, item.kind, item.uid) for item in items]
    return "\n\n".join(reply_of_turn(planner, item, turn) for item in now)


@cache
def list_of(name: str) -> type[ItemListDialog]:
    """Return the list dialog of a kind, with the keys of its transitions."""
    kind = kind_of(name)
    rooms = ("items", kind.plural, *(["documents"] if kind.file else []))
    bindings: list[BindingType] = [one for room in rooms for one in bindings_of(room)]
    return type(f"{kind.id.title()}List", (ItemListDialog,), {"BINDINGS": bindings, "kind": kind})
