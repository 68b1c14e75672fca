"""Fill in a form over the week: its fields, and under them what the week says to it.

A form lists its fields and says which edits they mean; completion, notes, verdict, refusal, reason and
saving follow:

    class DelegationForm(FormDialog):
        heading = "Delegate"

        def fields(self):
            today, shown = self.desk.planner.today(), self.shown
            self.what = TextField("what", "what", example="status tracking", needed="it needs a title")
            self.owner = PersonField("owner", "to", needed="who has it?")
            self.frees = LengthField("frees", "frees", "1h", example="2h a week")
            self.due = DateField("due", "follow up", "fri", today=today, shown=shown)
            return self.what, self.owner, self.frees, self.due

        def edits(self):
            return [AddItem(self.what.read(), self.owner.read(), self.frees.read(), self.due.read())]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit, with_reason
from techlead_tui.errors import FieldError, UserError
from techlead_tui.planner.recent_names import recent_names
from techlead_tui.render import symbols
from techlead_tui.render.footer import refusal
from techlead_tui.render.text import Row, Run, cut, exactly, inert, wrap
from techlead_tui.tui.decision_text import focus_text
from techlead_tui.tui.dialogs.dialog import BESIDE, Dialog, bindings_of, calls_of
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.choice_fields import ChoiceField
from techlead_tui.tui.widgets.fields import FormField, LineField, TextField
from techlead_tui.tui.widgets.form_rows import FormRows
from techlead_tui.tui.widgets.rows_view import RowsView

R = TypeVar("R")
WIDE = 80  # cells of the box, where the screen has them
VERDICT = 6  # rows for what the week says
TALL = 34  # rows of a screen that has room for more
PAUSE = 0.08  # seconds after the last change until the form is weighed


def verdict_rows(decision: Decision | None, cells: int, rows: int, *, asked: bool = False) -> list[Row]:
    """Return the verdict, why, and what would fit instead, in at most `rows` rows.

    `asked` where a digit takes a fix.
    """

    def line(*runs: Run) -> Row:
        return exactly([(text, f"{ink}/bar") for text, ink in runs], cells, "ink/bar")

    if decision is None:
        return [line(("  nothing has changed", "hint"))]
    focus = focus_text(decision.focus_delta_minutes)
    if not decision.violations:
        said = " · ".join(["fits the week", *map(inert, decision.notes)])
        return [line((f"{symbols.DONE} {cut(said, cells - 14)}", "good"), (f"   {focus}", "strong"))]
    head = "refused: " if decision.refused else ""
    return refusal(decision.violations, cells, rows, head=head, focus=focus, asked=asked)[:rows]


class Verdict(RowsView, can_focus=True):
    """Show what the week says; have the focus while a refusal is to be answered."""

    FOCUS_ON_CLICK = False  # else what was written in a line would be left there

    class Fixed(Message):
        """Tell that a fix was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def on_click(self, event: Click) -> None:
        row = self.rows[event.y] if event.y < len(self.rows) else ()
        number = row[0][0].strip("⏎ ") if row and row[0][1] == "key/bar" else ""
        if number.isdigit():
            self.post_message(self.Fixed(int(number)))


class Form(Dialog[R]):
    """Show fields one below the other, with a few rows under them for what is to be said."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("form"),
        Binding("tab", "next", show=False),
        Binding("shift+tab", "previous", show=False),
    ]
    click_leaves = False  # what was written would be lost
    mode = "form"
    verdict_height = VERDICT

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__(desk, looks)
        self.all_fields: Sequence[FormField[Any]] = ()
        self._said_rows = 0  # for what is said

    def fields(self) -> Sequence[FormField[Any]]:
        """Make the fields, in order."""
        raise NotImplementedError

    def last_fields(self) -> Sequence[FormField[Any]]:
        """Return the fields that all forms of a kind end in."""
        return ()

    def resting(self) -> frozenset[str]:
        known = any(isinstance(field, LineField) and field.completes for field in self.all_fields)
        return frozenset() if known else frozenset(("form.choices",))

    def said(self, _cells: int, _rows: int) -> Sequence[Row]:
        """Return what is said under the fields."""
        return ()

    def looked_at(self) -> None:
        """Follow a change of the fields, in notes that more than one of them decides."""

    def content(self) -> ComposeResult:
        self.all_fields = [*self.fields(), *self.last_fields()]
        self.lines = FormRows(self.looks, self.all_fields, id="fields")
        yield self.lines
        yield Verdict(self.looks, id="verdict")

    async def on_mount(self) -> None:
        self.all_fields[0].take_focus()
        self.show_meanings()
        await self.load_early(self.open)

    async def open(self) -> None:
        """Ask the planner for what the form is to know."""

    def field(self, name: str) -> FormField[Any]:
        return next(field for field in self.all_fields if field.field == name)

    @property
    def front(self) -> FormField[Any] | None:
        """Return the field that has the focus."""
        return self.lines.active

    def show_meanings(self) -> None:
        """Say beside each field what it means."""
        for field in self.all_fields:
            field.set_note(*field.meaning())
        self.looked_at()

    def set_sizes(self, size: Size) -> None:
        self.cells = max(1, min(WIDE, size.width) - BESIDE)
        more = 3 if size.height >= TALL and self.verdict_height == VERDICT else 0
        rows = max(2, min(self.verdict_height + more, size.height - 10))
        self.lines.fit_into(max(1, size.height - rows - 5))
        self.query_one("#verdict").styles.height = self._said_rows = rows

    def paint(self) -> None:
        super().paint()
        self.lines.paint(self.cells)
        view = self.query_one(Verdict)
        cells, rows = self.cells, self._said_rows
        said = list(self.said(cells, rows))[:rows]
        view.show_rows([*said, *[exactly((), cells, "ink/bar")] * (rows - len(said))])

    # keys

    def action_next(self) -> None:
        self._step(1)

    def action_previous(self) -> None:
        self._step(-1)

    def _step(self, count: int) -> None:
        """Go to the next line, and from the last one to the first."""
        if self.front is None or not self.lines.step(count):
            self.lines.go_to(self.lines.shown[0 if count > 0 else -1])

    def action_turn(self) -> None:
        self._turn(1)

    def action_turn_back(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if isinstance(self.front, ChoiceField):
            self.front.turn(step)

    def action_choices(self) -> None:
        """List all completions, for a click in the key bar; the field itself binds the key."""
        self.lines.action_choices()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.act_soon("save")

    async def action_save(self) -> None:
        """Do what Enter does."""
        raise NotImplementedError

    async def action_remove(self) -> None:
        """Delete what the form is about, where that can be done."""

    async def action_why(self) -> None:
        """Read why it is refused, where a form can be refused."""

    async def action_override(self) -> None:
        """Keep what is refused, where a form can be refused."""


class FormDialog(Form[Decision | None]):
    """Weigh what the fields want on every change, save it as one wish and close with the decision.

    Closes with None when nothing was wanted. `about` is the title of the block, for others may delete it
    meanwhile.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(digit), f"fix({digit})", show=False) for digit in range(1, 10)
    ]
    about = ""

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__(desk, looks)
        self.decision: Decision | None = None  # the last verdict
        self.refused: Decision | None = None  # waits for a fix, a reason or another try
        self.giving_reason = False  # for what is refused
        self.reason = TextField("reason", "because", example="the reason, for next Friday")
        self.reason.display = False
        self._unclear: UserError | None = None
        self._pause: Timer | None = None

    def edits(self) -> list[Edit]:
        """Return what the fields want, as one wish; nothing where nothing is changed. FieldError."""
        raise NotImplementedError

    def plain_verdict(self, decision: Decision | None, cells: int, rows: int) -> Sequence[Row]:
        """Return what is said while nothing is to be answered; of None nothing is changed."""
        return verdict_rows(decision, cells, rows)

    async def open(self) -> None:
        try:
            names = await self.desk.search(recent_names)
            for field in self.all_fields:
                field.learn(names)
        except UserError as error:
            self._unclear = error
        await self._weigh()

    def last_fields(self) -> Sequence[FormField[Any]]:
        return [self.reason]

    # painting

    def paint(self) -> None:
        plain = type(self).mode
        against = self.decision is not None and self.decision.refused
        self.mode = (
            "form-because"
            if self.giving_reason
            else "form-refused"
            if self.refused is not None
            else "form-against"
            if against
            else plain
        )
        super().paint()

    def said(self, cells: int, rows: int) -> Sequence[Row]:
        if self._unclear is not None:
            unclear = ((self._unclear.message, "strong"), (self._unclear.hint, "hint"))
            lines = [(part, ink) for text, ink in unclear for part in wrap(inert(text), cells - 2, rows)]
            return [
                exactly([("  " if at else "⚠ ", "warn/bar"), (part, f"{ink}/bar")], cells, "ink/bar")
                for at, (part, ink) in enumerate(lines)
            ]
        if self.refused is not None:
            return verdict_rows(self.refused, cells, rows, asked=not self.giving_reason)
        return self.plain_verdict(self.decision, cells, rows)

    # weighing

    def on_form_field_changed(self, event: FormField.Changed) -> None:
        event.stop()
        self.show_meanings()
        self._unclear = None
        if not self.giving_reason:
            self.refused = None
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._weigh)

    async def _weigh(self) -> None:
        self._unclear = self.decision = None
        try:
            edits = self.edits()
            if edits:
                self.decision = await self.desk.ask(
                    lambda planner: planner.preview_together(edits), self.about
                )
        except UserError as error:
            self._unclear = error
        if self.is_attached:
            self.paint()

    # saving

    async def action_save(self) -> None:
        if self.refused is not None and isinstance(self.focused, Verdict):
            await self.action_fix(1)
            return
        if self._pause is not None:
            self._pause.stop()  # what it would say must not hide why nothing is saved
        try:
            edits = self.edits()
            if self.giving_reason:
                reason = self.reason.text
                if not reason:
                    hint = "a few words that make sense on Friday"
                    raise FieldError(self.reason.field, "a reason is needed", hint)
                edits = [with_reason(edit, reason) for edit in edits]
        except FieldError as unclear:
            self._unclear = unclear
            self.paint()
            self.field(unclear.field).take_focus()
            return
        await self.apply(edits)

    def calls(self, edits: Sequence[Edit]) -> list[str]:
        """Return the call that history shows."""
        return calls_of(edits, self.desk.planner)

    async def apply(self, edits: list[Edit]) -> None:
        """Save edits as one wish and close, or show why they are refused."""
        if not edits:
            self.dismiss(None)
            return
        calls = self.calls(edits)
        try:
            decision = await self.desk.ask(lambda planner: planner.apply_together(edits, calls), self.about)
        except UserError as error:
            self._unclear = error
            self.paint()
            return
        if decision.refused:
            self.decision = self.refused = decision
            self.query_one(Verdict).focus()
            self.paint()
            return
        self.dismiss(decision)

    async def action_fix(self, number: int) -> None:
        """Save what the fix says in place of what was wanted, with the other fields as they are."""
        shown = self.refused or self.decision
        fixes = shown.violations[0].fixes if shown is not None and shown.violations else ()
        if not 1 <= number <= len(fixes):
            return
        edits, fix = self.edits(), fixes[number - 1].edit
        await self.apply([*edits[:-1], fix])

    async def on_verdict_fixed(self, event: Verdict.Fixed) -> None:
        await self.action_fix(event.number)

    async def action_why(self) -> None:
        """Read in the playbook why it is refused."""
        from techlead_tui.tui.dialogs.playbook import PlaybookDialog

        if self.refused is not None:
            rule = self.refused.violations[0].rule
            await self.app.push_screen(PlaybookDialog(self.desk, self.looks, rule))

    async def action_override(self) -> None:
        """Ask for the reason, where there is something to override."""
        if self._pause is not None and self.refused is None:  # what was just typed is weighed first
            self._pause.stop()
            await self._weigh()
        shown = self.refused or self.decision
        if shown is not None and shown.refused:
            self._ask_reason(shown)
            self.reason.take_focus()

    async def action_leave(self) -> None:
        """Go back to the fields from a refusal, and to the week from the fields."""
        if self.refused is None:
            self.dismiss(None)
            return
        self._ask_reason(None)
        self.all_fields[0].take_focus()

    def _ask_reason(self, refused: Decision | None) -> None:
        """Ask why what is refused is to be kept; of None, no longer."""
        self.refused = refused
        self.giving_reason = self.reason.display = refused is not None
        self.set_sizes(self.app.size)
        self.paint()
