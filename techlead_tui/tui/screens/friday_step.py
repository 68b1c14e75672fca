"""Show one step of Friday, as all of them do: its parts, what was said, the way to the other steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import Edit
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.errors import UserError
from techlead_tui.render.footer import Spots, note_line
from techlead_tui.render.friday import STEPS, Part, scrolled, title_row
from techlead_tui.render.text import Row
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import calls_of
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import Choices, RowsView


class FridayStep(Screen[int | None]):
    """Show one step of Friday; closes with the step to go on with, or with None to go back to the week."""

    CSS_PATH = "friday.tcss"
    room: ClassVar[str]  # of its actions, and the mode of its key bar
    step: ClassVar[int]
    without: tuple[str, ...] = ()  # actions that there is nothing to do for

    def __init__(self, desk: Desk, looks: Looks, key: IsoWeek) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.key = key
        self.at = 0
        self.count = 0  # of items that the cursor walks over
        self.said: tuple[str, str] = ("", "hint")  # a note with its ink
        self._read = False

    def compose(self) -> ComposeResult:
        yield Choices(self.looks, id="questions")
        yield RowsView(self.looks, id="note")
        yield KeyBar(self.looks, id="keys")

    def on_mount(self) -> None:
        self.app.call_later(self.load)  # in the queue of the keys: those that come meanwhile wait for it

    def on_resize(self, _event: Resize) -> None:
        self.paint()

    async def load(self) -> None:
        """Read what the step shows, and paint it."""
        try:
            await self.read()
            self._read = True
        except UserError as error:
            self.said = (error_text(error), "warn")
        self.at = max(0, min(self.at, self.count - 1))
        self.paint()

    async def read(self) -> None:
        """Ask the planner for what the step shows. UserError."""
        raise NotImplementedError

    def parts(self, cells: int) -> Sequence[Part]:
        """Return what the step shows, once it was read."""
        raise NotImplementedError

    def paint(self) -> None:
        width, height = self.size
        if not width or not self.is_attached:
            return
        room = max(1, height - 3)
        parts = self.parts(width) if self._read else []
        rows, items = scrolled(parts, self.at, width, room)
        title, spots = self.head(width)
        places: dict[int, Spots] = {0: spots}
        places |= {y + 1: ((0, width, f"front({n})"),) for y, n in enumerate(items) if n >= 0}
        self.query_one("#questions", Choices).offer([title, *rows], places)
        self.query_one("#note", RowsView).show_rows([note_line(self.said[0], width, self.said[1])])
        keys = self.desk.planner.settings.keys
        self.query_one(KeyBar).show(self.room, keys, width, without=self.without)

    def head(self, cells: int) -> tuple[Row, Spots]:
        """Return the first row, and where it can be clicked."""
        return title_row(self.key, self.step, cells)

    async def apply(self, edits: Sequence[Edit], said: str = "") -> bool:
        """Apply edits as one step of undo, and show what came of it."""
        try:
            decisions = await self.desk.ask(
                lambda planner: planner.apply_all(edits, calls_of(edits, planner))
            )
        except UserError as error:
            self.said = (error_text(error), "warn")
        else:
            refused = next((one for one in decisions if one.refused), None)
            if refused is None:
                self.said = (said, "good")
            else:
                self.said = (refused.violations[0].message, "refuse")
            await self.applied(decisions[-1].after)
            return refused is None
        self.paint()
        return False

    async def applied(self, after: Snapshot) -> None:  # noqa: ARG002
        """Show what came of edits; `after` is how things stand then."""
        await self.load()

    # keys

    async def action_next_step(self) -> None:
        if self.step + 1 < len(STEPS):
            self.dismiss(self.step + 1)
        else:
            self.dismiss(None)

    def action_last_step(self) -> None:
        if self.step:
            self.dismiss(self.step - 1)

    def action_go(self, step: int) -> None:
        if step != self.step:
            self.dismiss(step)

    def action_up(self) -> None:
        self.at = max(0, self.at - 1)
        self.paint()

    def action_down(self) -> None:
        self.at = max(0, min(self.count - 1, self.at + 1))
        self.paint()

    async def action_front(self, number: int) -> None:
        """Go to what was clicked; a second click does what Enter does."""
        if number == self.at and self.step in (1, 3):
            await self.run_action("confirm")
        self.at = number
        self.paint()

    def on_mouse_scroll_up(self) -> None:
        self.action_up()

    def on_mouse_scroll_down(self) -> None:
        self.action_down()

    @property
    def about(self) -> str:
        """Return the rule, or the part of the method, that the playbook is opened at."""
        raise NotImplementedError

    async def action_why(self) -> None:
        """Read in the playbook what is behind that which is in front."""
        from techlead_tui.tui.dialogs.playbook import PlaybookDialog

        await self.app.push_screen(PlaybookDialog(self.desk, self.looks, self.about))

    def action_leave(self) -> None:
        self.dismiss(None)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.app.call_later(self._act, event.action)

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        self.app.call_later(self._act, event.action_id.partition(".")[2])

    async def _act(self, action: str) -> None:
        if self.is_active:  # and not closed by what came in one go with this
            await self.run_action(action)

    def show_waiting(self, text: str) -> None:
        """Say what is waited for; "" when it is over."""
        self.said = (text, "warn")
        self.paint()
