"""Take a meeting request: a pasted invitation, or a line of words, with its verdict meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.message import Message

from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.words.when import ReadingContext
from techlead_tui.errors import FieldError, UserError, WordsError
from techlead_tui.planner.invitations import ReadRequest, from_calendar, from_line_of_words, is_calendar
from techlead_tui.planner.items import moment_of
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Row, exactly, inert, wrap
from techlead_tui.tui.dialogs.form import FormDialog, verdict_rows
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.fields import FormField, TextField

KIND = kind_of("request")
PASTED = "the invitation that was pasted"


class InvitationField(TextField):
    """Hand on a pasted invitation whole; a line takes its first line alone."""

    class Pasted(Message):
        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def pasted(self, text: str) -> bool:
        if is_calendar(text):
            self.tell(self.Pasted(text))
        return is_calendar(text)


class InviteForm(FormDialog):
    """Save the request that the line, or what was pasted, asks for."""

    heading = "A meeting request"
    mode = "form-plain"
    verdict_height = 9

    def __init__(self, desk: Desk, looks: Looks, pasted: str = "") -> None:
        super().__init__(desk, looks)
        self._pasted = pasted
        self._read: ReadRequest | None = None  # of what was pasted
        self._card: tuple[str, ...] = ()

    def fields(self) -> Sequence[FormField[Any]]:
        words = "" if is_calendar(self._pasted) else self._pasted
        example = "paste it, or: wed 14-15 billing review +architecture-review @ana"
        self.line = InvitationField("words", "invitation", words, example=example)
        return [self.line]

    async def open(self) -> None:
        if is_calendar(self._pasted):
            await self._take(self._pasted)
        await super().open()

    async def on_invitation_field_pasted(self, event: InvitationField.Pasted) -> None:
        event.stop()
        await self._take(event.text)
        await self._weigh()

    async def _take(self, text: str) -> None:
        try:
            self._read = await self.desk.ask(
                lambda planner: from_calendar(planner, text.encode(), PASTED, {})
            )
        except UserError as error:
            self._read, self._unread = None, FieldError("words", error.message, error.hint)

    _unread: FieldError | None = None

    def edits(self) -> list[Edit]:
        read = self._request()
        return [read.edit] if read is not None else []

    def _request(self) -> ReadRequest | None:
        """Return what the line asks for, or else what was pasted; None for neither. FieldError."""
        text = self.line.text
        if not text:
            if self._read is None and self._unread is not None:
                raise self._unread
            return self._read
        planner = self.desk.planner
        context = ReadingContext(planner.now(), planner.zone, planner.library.types())
        try:
            return from_line_of_words(text, context)
        except WordsError as error:
            raise FieldError("words", error.message, error.hint) from None

    async def _weigh(self) -> None:
        self._card = ()
        try:
            read = self._request()
            if read is not None:
                head, *card = await self.desk.ask(lambda planner: card_of(planner, read.edit))
                self._card = (head, *read.notes, *card)
        except UserError:
            pass  # is said by what follows
        await super()._weigh()

    def plain_verdict(self, decision: Decision | None, cells: int, rows: int) -> Sequence[Row]:
        about: Sequence[str] = self._card
        if decision is None:
            about = ["It is weighed against the week; nothing is planned, and nothing is sent."]
        elif decision.refused:
            return verdict_rows(decision, cells, rows)
        parts = [part for line in about for part in wrap(inert(line), max(8, cells - 2), rows)]
        inks = ["strong", *["hint"] * len(parts)] if decision is not None else ["hint"] * len(parts)
        return [
            exactly([("  ", "ink/bar"), (part, f"{ink}/bar")], cells, "ink/bar")
            for part, ink in zip(parts[:rows], inks, strict=False)
        ]


def card_of(planner: Planner, edit: Edit) -> tuple[str, ...]:
    """Return the verdict card of a request as an edit would leave it. UserError."""
    decision = planner.preview(edit)
    item = Item(KIND, decision.after.table(OPEN, KIND.table)[decision.uid])
    moment = moment_of(planner, [item])
    columns = {column.title: column.text(item, moment) for column in KIND.columns}
    return (f"{item.summary} · {columns['when']}", *KIND.card(item, moment))
