"""A form over the week: fields, and under them what the week says to what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Click, Resize
from textual.message import Message
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import AddBlock, Edit, MoveBlock, with_reason
from techlead_tui.core.words.args import length, read_length
from techlead_tui.core.words.units import DAY_HINT, TIME_HINT, day_of, in_reach, read_day, read_time
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import FieldError, UserError, WordsError
from techlead_tui.planner.planner import Planner
from techlead_tui.render import symbols
from techlead_tui.render.footer import refusal
from techlead_tui.render.text import Row, Run, cut, exactly, inert, width, wrap
from techlead_tui.tui import actions
from techlead_tui.tui.decision_text import focus_text
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks, is_native
from techlead_tui.tui.widgets.fields import Field, TextField, Turner, TurnField
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView


def day_in(field: str, text: str, today: date, shown: IsoWeek) -> date:
    """A weekday of the week shown, today, tomorrow, or a date. FieldError."""
    try:
        word = read_day(text)
        if word is None:
            raise FieldError(field, f"“{text[:40]}” is no day" if text else "which day?", DAY_HINT)
        return in_reach(day_of(word, today, shown=shown), text)
    except WordsError as error:
        raise FieldError(field, error.message, error.hint) from None


def time_in(field: str, text: str) -> int:
    """Minutes since midnight. FieldError."""
    try:
        minute = read_time(text)
    except WordsError as error:
        raise FieldError(field, error.message, error.hint) from None
    if minute is None:
        raise FieldError(field, f"“{text[:40]}” is no time of day" if text else "at what time?", TIME_HINT)
    return minute


def end_in(field: str, text: str, start: int) -> int:
    """An end, or a length: `15:30`, `45m`, `+45m`. Minutes since midnight. FieldError."""
    try:
        minutes = read_length(text.lstrip("+"))
    except WordsError as error:
        raise FieldError(field, error.message, error.hint) from None
    return start + minutes if minutes is not None else time_in(field, text)


def length_in(field: str, text: str) -> int:
    """Minutes. FieldError."""
    try:
        return length(text)
    except WordsError as error:
        raise FieldError(field, error.message, error.hint) from None


def ruling(decision: Decision | None, cells: int, rows: int, *, asked: bool = False) -> list[Row]:
    """The verdict, why, and what would fit instead; at most `rows` rows. `asked` where a digit takes one."""

    def line(*runs: Run) -> Row:
        return exactly([(text, f"{ink}/bar") for text, ink in runs], cells, "ink/bar")

    if decision is None:
        return [line(("  nothing is changed", "hint"))]
    focus = focus_text(decision.focus_delta_minutes)
    if not decision.violations:
        said = " · ".join(["fits the week", *map(inert, decision.notes)])
        return [line((f"{symbols.DONE} {cut(said, cells - 14)}", "good"), (f"   {focus}", "strong"))]
    head = "refused: " if decision.refused else ""
    return refusal(decision.violations, cells, rows, head=head, focus=focus, asked=asked)[:rows]


class Ruling(RowsView, can_focus=True):
    """What the week says; has the focus while a refusal is to be answered. A fix can also be clicked."""

    class Fixed(Message):
        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def on_click(self, event: Click) -> None:
        row = self.rows[event.y] if event.y < len(self.rows) else ()
        number = row[0][0].strip("⏎ ") if row and row[0][1] == "key/bar" else ""
        if number.isdigit():
            self.post_message(self.Fixed(int(number)))


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
