"""What a form looks like and how one moves about in it; what it does stands in form.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Resize
from textual.screen import ModalScreen

from techlead_tui.core.decide import Decision
from techlead_tui.errors import UserError
from techlead_tui.render.cells import cut, inert, width, wrap
from techlead_tui.render.runs import Row, Run, exactly
from techlead_tui.tui import actions
from techlead_tui.tui.desk import Desk
from techlead_tui.tui.dialogs.field import Field
from techlead_tui.tui.dialogs.ruling import Ruling, ruling
from techlead_tui.tui.dialogs.text_field import TextField
from techlead_tui.tui.dialogs.turn_field import Turner, TurnField
from techlead_tui.tui.looks import Looks, is_native
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView

RULING = 6  # rows for what the week says
TALL = 34  # rows of a screen that has room for more


class FormScreen(ModalScreen[Decision | None]):
    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(a.keys, a.method, a.text, show=False, id=a.id) for a in actions.of_screen("form")),
        *(Binding(str(digit), f"fix({digit})", show=False) for digit in range(1, 10)),
    ]
    heading = ""
    mode = "form"  # what its key bar offers
    ruling_rows = RULING

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.decision: Decision | None = None  # the last verdict
        self.refused: Decision | None = None  # waits for a fix, a reason or another try
        self._unclear: UserError | None = None

    # what it shows

    def fields(self) -> Sequence[Field]:
        raise NotImplementedError

    def aside(self) -> str:
        """What stands at the right of the heading."""
        return ""

    def plain_ruling(self, decision: Decision | None, cells: int, rows: int) -> list[Row]:
        """What the week says while nothing is to be answered; None where nothing is changed."""
        return ruling(decision, cells, rows)

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="-framed" if is_native(self.looks.palette) else ""):
            yield RowsView(self.looks, id="title")
            with VerticalScroll(id="fields", can_focus=False):
                yield from self.fields()
                yield TextField(self.looks, "reason", "because", example="the reason, for next Friday")
            yield Ruling(self.looks, id="verdict")
            yield KeyBar(self.looks, id="keys")

    def field(self, name: str) -> Field:
        return self.query_one(f"#field-{name}", Field)

    def text(self, name: str) -> str:
        """A field's value without blanks around it."""
        return self.field(name).value.strip()

    def on_resize(self, event: Resize) -> None:
        height = event.size.height
        wanted = self.ruling_rows + (3 if height >= TALL and self.ruling_rows == RULING else 0)
        self._rows = max(2, min(wanted, height - 10))
        self.query_one("#fields").styles.max_height = max(1, height - self._rows - 5)
        self.query_one("#verdict").styles.height = self._rows
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        cells = self.query_one("#title").size.width
        if not cells:
            return
        aside = cut(inert(self.aside()), max(0, cells // 2))
        room = cells - width(aside) - 1
        runs: list[Run] = [(cut(inert(self.heading), room), "accent/bar")]
        gap = cells - width(runs[0][0]) - width(aside)
        runs += [(" " * max(1, gap), "ink/bar"), (aside, "hint/bar")]
        self.query_one("#title", RowsView).show_rows([exactly(runs, cells, "ink/bar")])
        mode = self.mode
        if self.refused is not None:
            mode = "form-because" if self.query_one("#field-reason").display else "form-refused"
        elif self.decision is not None and self.decision.refused:
            mode = "form-against"
        self.query_one(KeyBar).show(mode, self.desk.planner.settings.keys, cells)
        self.query_one("#verdict", RowsView).show_rows(self._ruling(cells))

    def _ruling(self, cells: int) -> list[Row]:
        rows = self._rows
        if self._unclear is not None:
            unclear = ((self._unclear.message, "strong"), (self._unclear.hint, "hint"))
            lines = [(part, ink) for text, ink in unclear for part in wrap(inert(text), cells - 2, rows)]
            said = [
                exactly([("  " if at else "⚠ ", "warn/bar"), (part, f"{ink}/bar")], cells, "ink/bar")
                for at, (part, ink) in enumerate(lines)
            ]
        elif self.refused is not None:
            said = ruling(self.refused, cells, rows, asked=not self.query_one("#field-reason").display)
        else:
            said = self.plain_ruling(self.decision, cells, rows)
        blank = exactly((), cells, "ink/bar")
        return [*said, *[blank] * (rows - len(said))][:rows]

    # moving about

    def action_next(self) -> None:
        self.focus_next()

    def action_previous(self) -> None:
        self.focus_previous()

    def _turner(self) -> TurnField | None:
        if not isinstance(self.focused, Turner):
            return None
        return next((field for field in self.query(TurnField) if self.focused in field.query(Turner)), None)

    def action_turn(self) -> None:
        field = self._turner()
        if field is not None:
            field.turn(1)

    def action_turn_back(self) -> None:
        field = self._turner()
        if field is not None:
            field.turn(-1)

    def action_choices(self) -> None:
        """By the key a field opens them itself; a click in the key bar comes here."""
        for field in self.query(TextField):
            if field.entry.has_focus:
                field.action_choices()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action_id.partition(".")[2])
