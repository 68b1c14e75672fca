"""A form over the week: fields, and under them what the week says to what they hold."""

from __future__ import annotations

from collections.abc import Sequence

from textual.timer import Timer
from textual.widgets import Input

from techlead_tui.core.edits import AddBlock, Edit, MoveBlock, with_reason
from techlead_tui.core.words.spell import words_of
from techlead_tui.errors import FieldError, UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.tui.dialogs.field import Field
from techlead_tui.tui.dialogs.form_screen import FormScreen
from techlead_tui.tui.dialogs.ruling import Ruling

PAUSE = 0.08  # seconds after the last change until the form is weighed


class FormDialog(FormScreen):
    """Saves what is wanted and closes with the decision; None when nothing was wanted."""

    about = ""  # the title of the block, for others may take it out meanwhile
    _pause: Timer | None = None

    # what a form is about

    def edits(self) -> list[Edit]:
        """What the fields want, as one wish; nothing where nothing is changed. FieldError."""
        raise NotImplementedError

    def looked_at(self) -> None:
        """The fields have changed: their notes may."""

    def prepare(self, planner: Planner) -> None:
        """Runs once in the planner's thread, when the form opens."""

    def prepared(self) -> None:
        """The same, back in the form."""

    async def on_mount(self) -> None:
        self.field(next(iter(self.query(Field))).field).take_focus()
        self.looked_at()
        try:
            await self.desk.ask(self.prepare)
        except UserError as error:
            self._unclear = error
        self.prepared()
        await self._weigh()

    async def action_remove(self) -> None:
        """Forms of what can be taken out do so."""

    # weighing

    def on_field_changed(self, event: Field.Changed) -> None:
        event.stop()
        self.looked_at()
        self._unclear = None
        if self.refused is not None and not self.query_one("#field-reason").display:
            self._ask_again()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._weigh)

    async def _weigh(self) -> None:
        try:
            edits = self.edits()
        except FieldError as unclear:
            self._unclear, self.decision = unclear, None
            self._paint()
            return
        self._unclear = None
        try:
            found = (
                await self.desk.ask(lambda planner: planner.preview_together(edits), self.about)
                if edits
                else None
            )
        except UserError as error:
            self._unclear, self.decision = error, None
        else:
            self.decision = found
        if self.is_attached:
            self._paint()

    # saving

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.call_later(self.action_save)

    async def action_save(self) -> None:
        if self.refused is not None and isinstance(self.focused, Ruling):
            await self.action_fix(1)
            return
        try:
            edits = self.edits()
        except FieldError as unclear:
            self._unclear = unclear
            self._paint()
            self.field(unclear.field).take_focus()
            return
        if self.query_one("#field-reason").display and self.refused is not None:
            reason = self.text("reason")
            if not reason:
                self._unclear = FieldError(
                    "reason", "a reason is needed", "a few words that make sense on Friday"
                )
                self._paint()
                return
            edits = [with_reason(edit, reason) for edit in edits]
        await self._apply(edits)

    async def _apply(self, edits: list[Edit], words: Sequence[str] | None = None) -> None:
        if not edits:
            self.dismiss(None)
            return
        call = list(words or self.words(edits))
        try:
            decision = await self.desk.ask(lambda planner: planner.apply_together(edits, call), self.about)
        except UserError as error:
            self._unclear = error
            self._paint()
            return
        if decision.refused:
            self.decision = self.refused = decision
            self.query_one(Ruling).focus()
            self._paint()
            return
        self.dismiss(decision)

    def words(self, edits: Sequence[Edit]) -> tuple[str, ...]:
        """The call, or the calls, that history shows."""
        types = self.desk.planner.library.types()
        out: list[str] = []
        for edit in edits:
            out += ["&&", "techlead"] if out else []
            out += words_of(edit, types)
        return tuple(out)

    async def action_fix(self, number: int) -> None:
        """What the fix says in place of what was wanted, with the other fields as they are."""
        shown = self.refused or self.decision
        fixes = shown.violations[0].fixes if shown is not None and shown.violations else ()
        if not 1 <= number <= len(fixes):
            return
        edits, fix = self.edits(), fixes[number - 1].edit
        kept = edits[:-1] if isinstance(edits[-1], MoveBlock | AddBlock) else edits
        await self._apply([*kept, fix])

    async def on_ruling_fixed(self, event: Ruling.Fixed) -> None:
        await self.action_fix(event.number)

    async def action_override(self) -> None:
        """A line for the reason; there has to be something that it goes past."""
        if self._pause is not None and self.refused is None:  # what was just typed is weighed first
            self._pause.stop()
            await self._weigh()
        shown = self.refused or self.decision
        if shown is None or not shown.refused:
            return
        self.refused = shown
        self.query_one("#field-reason").display = True
        self.field("reason").take_focus()
        self._paint()

    def _ask_again(self) -> None:
        self.refused = None
        self.query_one("#field-reason").display = False

    def action_leave(self) -> None:
        """Back to the fields from a refusal, back to the week from the fields."""
        if self.refused is None:
            self.dismiss(None)
            return
        self._ask_again()
        self.field(next(iter(self.query(Field))).field).take_focus()
        self._paint()
