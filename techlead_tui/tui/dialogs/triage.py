"""List the meeting requests, each with its verdict card; 1 to 4 say which criteria hold (M3)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Click, Paste

from techlead_tui.core.edits import Edit, EditItem, TurnItem
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item, Transition
from techlead_tui.core.placement import FreeSlot
from techlead_tui.core.requests import card_of, reply_of
from techlead_tui.core.text import when
from techlead_tui.core.triage import CRITERIA, cost_text
from techlead_tui.errors import UserError
from techlead_tui.planner.invitations import is_calendar
from techlead_tui.planner.replies import subject_of_request
from techlead_tui.render.text import Run, plain
from techlead_tui.tui.clipboard import copy_text
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.choice import PickDialog, PickedOption, PickOption
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.dialogs.items import ItemListDialog
from techlead_tui.tui.dialogs.say_no import ReplyOutcome, SayNoDialog, no_preview
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.rows_view import RowsView

MARKS = "□■"  # of a criterion that does not hold, and of one that does
SHORT = ("decision", "unblocks", "direction", "explain")  # what the criteria are called beside their keys


class TriageDialog(ItemListDialog):
    """Show the card of the request under the cursor: verdict, cost, slots, and which criteria hold."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(one for room in ("triage", "items", "requests") for one in bindings_of(room))
    ]
    kind = kind_of("request")
    of_one = ItemListDialog.of_one | {f"triage.{name}" for name in ("say_no", *CRITERIA)}
    card_rows = 9
    card_cells = 70

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__(desk, looks)
        self.mode = self.mode.replace("requests items", "requests triage items", 1)

    def card(self, item: Item) -> Sequence[Run]:
        head, *lines = super().card(item)
        if not item.is_open:
            return [head, *lines]
        held = item.get("criteria") or ()
        marks = (
            f"{number}{MARKS[name in held]} {short}"
            for number, (name, short) in enumerate(zip(CRITERIA, SHORT, strict=True), 1)
        )
        return [head, ("  ".join(marks), "accent"), *lines]

    async def action_add(self) -> None:
        await self.invite("")

    async def on_paste(self, event: Paste) -> None:
        """Take what is pasted as an invitation."""
        if self.is_active and not self.filtering and event.text.strip():
            event.stop()
            await self.invite(event.text if is_calendar(event.text) else event.text.strip().splitlines()[0])

    async def invite(self, text: str) -> None:
        """Ask for a request, with what was pasted already in the form."""
        from techlead_tui.tui.dialogs.invite import InviteForm

        await self.app.push_screen(InviteForm(self.desk, self.looks, text), self._back)

    async def on_click(self, event: Click) -> None:
        """Take a criterion where it stands in the card, too."""
        card = self.query_one("#card", RowsView)
        if event.widget is card and event.y < len(card.rows):
            said = plain(card.rows[event.y])
            for name, short in zip(CRITERIA, SHORT, strict=True):
                at = said.find(f" {short}") - 2  # of its number
                if at >= 0 and said[at + 1] in MARKS and at <= event.x <= at + 2 + len(short):
                    self.act_soon(f"criterion({name!r})")
        await super().on_click(event)

    async def action_turn(self, name: str) -> None:
        """Answer the requests; what is proposed, or does not fit, takes one of the slots that cost least."""
        items = self.chosen
        turn = self.kind.transition(name)
        if turn is None or len(items) != 1 or items[0].status not in turn.before or self.found is None:
            await super().action_turn(name)
            return
        slots = card_of(items[0], self.found.moment).slots if name in ("propose", "accept") else ()
        if name == "propose" and len(slots) > 1:
            await self._pick_slot(turn, items[0], slots, "Propose")
        elif name == "accept" and await self.turn(turn, items) is None and slots and self.refused:
            why = self.refused.beside(self.refused.about)
            await self._pick_slot(turn, items[0], slots, f"It does not fit there: {why}")
        elif name != "accept":
            await super().action_turn(name)

    async def _pick_slot(self, turn: Transition, item: Item, slots: Sequence[FreeSlot], heading: str) -> None:
        """Answer at the slot that is picked by Enter, digit or click."""
        starts = [slot.start.isoformat() for slot in slots]

        async def picked(found: PickedOption | None) -> None:
            if found is not None:
                await self.turn(turn, [item], {"at": found.id})

        options = [
            PickOption(start, when(slot.span), f"in {slot.where}" if slot.where else "", cost_text(slot))
            for start, slot in zip(starts, slots, strict=True)
        ]
        await self.app.push_screen(PickDialog(self.desk, self.looks, heading, options), picked)

    async def action_say_no(self) -> None:
        """Write a reply about the request under the cursor; Enter declines it, too."""
        item: Item | None = self.list.item
        if item is None or self.found is None:
            return
        turn = self.kind.transition("decline")
        assert turn is not None
        along: list[Edit] = []
        if item.status in turn.before:
            along = list(edits_of(item, TurnItem(item.kind.id, item.uid, turn.name, {}), self.found.moment))

        async def answered(said: object) -> None:
            if isinstance(said, ReplyOutcome):
                declined = any(isinstance(one.edit, TurnItem) for one in said.decisions)
                done = (f"{item.summary}: declined" if declined else "", said.text, "u takes it back")
                await self.show_result(" · ".join(filter(None, done)))

        subject = subject_of_request(item, self.found.moment)
        dialog = SayNoDialog(self.desk, self.looks, subject, no_preview, along=along)
        await self.app.push_screen(dialog, answered)

    async def action_criterion(self, name: str) -> None:
        """Say that a criterion holds for the requests that are picked, or take that back."""
        items = [item for item in self.chosen if item.is_open]
        edits = []
        for item in items:
            held = set(item.get("criteria") or ()) ^ {name}
            criteria = [one for one in CRITERIA if one in held]
            edits.append(EditItem(item.kind.id, item.uid, {"criteria": criteria}, None, item.bucket))
        if edits:
            await self.apply(edits)

    async def action_draft(self) -> None:
        """Write the answers to the requests that are picked as files to send, and say where they are."""
        items = self.chosen
        if not items:
            return
        from techlead_tui.planner.drafts import write_drafts  # dear, and few answers are mails

        folder = os.path.join(self.desk.planner.folders.data, "drafts")
        try:
            for item in items:
                path, _ = await self.desk.ask(lambda planner, item=item: write_drafts(planner, item, folder))  # type: ignore[misc]
        except UserError as error:
            self.say(error_text(error), "warn")
            return
        self.say(f"written, to be sent by you: {path}", "accent")

    async def action_copy(self) -> None:
        """Copy the replies to the requests that are picked, or to the one under the cursor."""
        items = self.chosen
        if items and self.found is not None:
            moment = self.found.moment
            text = "\n\n".join(reply_of(item, moment) for item in items)
            self.say(f"{await copy_text(self.app, text)}\n{text}", "accent")
