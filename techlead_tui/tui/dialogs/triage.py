"""List the meeting requests, each with its verdict card; 1 to 4 say which criteria hold (M3)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from techlead_tui.core.edits import EditItem
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item
from techlead_tui.core.requests import reply_of
from techlead_tui.core.triage import CRITERIA
from techlead_tui.errors import UserError
from techlead_tui.render.text import Run
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.dialogs.items import ItemListDialog
from techlead_tui.tui.dialogs.say_no import copy_text
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks


class TriageDialog(ItemListDialog):
    """Show the card of the request under the cursor: verdict, cost, slots, and which criteria hold."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(one for room in ("triage", "items", "requests") for one in bindings_of(room))
    ]
    kind = kind_of("request")
    card_rows = 9

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__(desk, looks)
        self.mode = f"triage {self.mode}"

    def card(self, item: Item) -> Sequence[Run]:
        head, *lines = super().card(item)
        if not item.is_open:
            return [head, *lines]
        held = item.get("criteria") or ()
        marks = " ".join(f"{'■' if name in held else '□'}{number}" for number, name in enumerate(CRITERIA, 1))
        return [head, (f"criteria {marks}", "accent"), *lines]

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
            self.say(f"{await copy_text(self.app, text)} · {text}", "accent")
