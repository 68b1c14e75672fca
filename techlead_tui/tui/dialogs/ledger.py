"""The series ledger: every recurring meeting with what it costs, and a decision about each (M16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, cast

from textual.binding import BindingType

from techlead_tui.core.edits import EditItem
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item
from techlead_tui.core.items.series import DECISIONS, RATES, occurrences
from techlead_tui.core.lengths import hours
from techlead_tui.core.series_gain import wins
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.replies import subject_of
from techlead_tui.render.text import Run
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.dialogs.items import ItemListDialog
from techlead_tui.tui.dialogs.say_no import ReplyOutcome, SayNoDialog, no_preview
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks

TRIAL = timedelta(weeks=2)


class LedgerDialog(ItemListDialog):
    """List the recurring meetings; one key each decides, and rates what they are worth and what they take."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(one for room in ("items", "series", "ledger") for one in bindings_of(room))
    ]
    kind = kind_of("series")
    of_one = ItemListDialog.of_one | {f"ledger.{name}" for name in ("value", "effort", "trial", "say_no")}
    several = False
    wide = 108
    card_rows = 6
    card_cells = 48
    never = frozenset(("list.take", "items.add", "items.other"))

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__(desk, looks)
        self.mode = self.mode.replace("series items list-several", "series ledger items")
        self._wins: dict[str, Mapping[str, Any]] = {}  # by the uid of a series, as measured

    def aside(self) -> str:
        return ""  # none of them is ever closed

    def load(self, planner: Planner) -> Sequence[Item]:
        self._wins = {}
        return super().load(planner)

    def card(self, item: Item) -> Sequence[Run]:
        head, *lines = super().card(item)
        won = self._wins.get(item.uid)
        if won is None:
            return [head, *lines]
        told = (f"{name} {hours(cast('int', won[name]['minutes']))}" for name in DECISIONS[1:])
        return [head, *lines[:-2], (f"wins in four weeks: {', '.join(told)}", "good"), lines[-1]]

    async def moved(self) -> None:
        """Measure what each decision about the series under the cursor would win."""
        item: Item | None = self.list.item
        if item is None or item.uid in self._wins or self.found is None:
            return
        moment = self.found.moment
        try:
            self._wins[item.uid] = await self.desk.search(lambda _: wins(item.uid, moment))
        except UserError:
            return  # it is said when a decision is made
        if self.is_attached:
            self.paint()

    # keys

    async def action_add(self) -> None:
        self.say("R on a block of the week makes it a series", "warn")

    async def action_value(self) -> None:
        await self._rate("value")

    async def action_effort(self) -> None:
        await self._rate("effort")

    async def _rate(self, name: str) -> None:
        """Take the next rate of 1, 2, 3 and none."""
        item: Item | None = self.list.item
        if item is not None:
            now = item.get(name) or 0
            rate = now + 1 if now < len(RATES) else None
            await self.apply([EditItem(item.kind.id, item.uid, {name: rate}, None, item.bucket)])

    async def action_trial(self) -> None:
        item, turn = self.list.item, self.kind.transition("drop")
        if item is not None and turn is not None:
            until = self.desk.planner.today() + TRIAL
            await self.turn(turn, [item], {"trial": until.isoformat()})

    async def action_say_no(self) -> None:
        """Write a reply about the next time that the meeting comes."""
        item: Item | None = self.list.item
        blocks = occurrences(self.found.moment).get(item.uid, ()) if item is not None and self.found else ()
        if not blocks:
            self.say("it does not take place in the next four weeks", "warn")
            return

        async def answered(said: object) -> None:
            if isinstance(said, ReplyOutcome):
                await self.show_result(f"{said.text} · u takes it back")

        dialog = SayNoDialog(self.desk, self.looks, subject_of(blocks[0]), no_preview)
        await self.app.push_screen(dialog, answered)
