"""Ask the four questions of a first run, each with an answer to begin with, and show the week they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Input

from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.week import Week
from techlead_tui.errors import UserError, WordsError
from techlead_tui.render.first_run import below_rows, head_rows, rows_each
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.first_run_model import (
    CALENDAR,
    HOURS,
    WEEK,
    WHO,
    Answers,
    keep,
    problem,
    questions,
)
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.choice_fields import ChoiceField
from techlead_tui.tui.widgets.fields import FormField, TextField
from techlead_tui.tui.widgets.form_rows import FormRows
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView

NOT_UNDERSTOOD = "not understood yet; esc brings back what was there"


class FirstRunScreen(Screen[bool]):
    """Close with True once the answers are kept."""

    CSS_PATH = "first_run.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("first")

    def __init__(self, desk: Desk, looks: Looks, answers: Answers) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.answers = answers
        self.fields: Sequence[FormField[Any]] = ()
        self._opened_with = answers
        self._themes: list[WeekTheme] = [answers.theme]
        self._said = ("", "hint")
        self._week: Week | None = None
        self._made_for: Answers | None = None

    def compose(self) -> ComposeResult:
        who, hours, theme, calendar = questions(self.answers)
        titles = [(self.answers.theme.id, theme.value)]
        self.fields = (
            TextField("who", who.label, who.value, example=who.example, note_below=2),
            TextField("hours", hours.label, hours.value, example=hours.example, note_below=2),
            ChoiceField("theme", theme.label, titles, self.answers.theme.id, note_below=2),
            TextField("calendar", calendar.label, example=calendar.example, note_below=2),
        )
        yield RowsView(self.looks, id="head")
        self.lines = FormRows(self.looks, self.fields, page=True)
        yield self.lines
        yield RowsView(self.looks, id="below")
        yield KeyBar(self.looks, id="keys")

    async def on_mount(self) -> None:
        self.fields[0].take_focus()
        try:
            self._themes = await self.desk.ask(
                lambda planner: planner.library.usable_themes(first=planner.settings.week_theme)
            )
        except UserError as error:
            self._say(error_text(error))
        else:
            self._theme_field.offer([(theme.id, theme.title) for theme in self._themes])

    @property
    def _theme_field(self) -> ChoiceField:
        field = self.fields[WEEK]
        assert isinstance(field, ChoiceField)
        return field

    @property
    def at(self) -> int:
        """Return the number of the question that is being answered, from 0."""
        return self.fields.index(self.lines.front)

    # painting

    def action_interrupt(self) -> None:
        self._say("ctrl+q leaves, and nothing is written; esc leaves the question as it was")

    def on_resize(self, _event: Resize) -> None:
        self._paint()

    def _paint(self) -> None:
        width, height = self.size
        if not width or not self.is_attached:
            return
        rows, front = height - 1, self.at
        for field, row in zip(self.fields, questions(self.answers), strict=True):
            field.rows = rows_each(rows)
            field.set_note(row.note, row.ink)
        self.lines.fit_into(rows)
        self.lines.paint(width - 1)
        head = head_rows(front, len(self.fields), width, rows)
        left = max(0, rows - len(head) - len(self.fields) * rows_each(rows))
        wrong = problem(self.answers, front)
        said = self._said if self._said[0] or wrong is None else (wrong.hint, "hint")
        top, below = self.query_one("#head", RowsView), self.query_one("#below", RowsView)
        top.styles.height, below.styles.height = len(head), left
        top.show_rows(head)
        below.show_rows(below_rows(self._made(), said, width, left))
        mode = "first-theme" if front == WEEK else "first"
        self.query_one(KeyBar).show(mode, self.desk.planner.settings.keys, width)

    def _made(self) -> Week | None:
        """Return the week of the answers; the last one that made sense while they do not."""
        if self._made_for != self.answers:
            try:
                self._week = self.answers.week(self.desk.planner)
                self._made_for = self.answers
            except WordsError:
                pass
        return self._week

    def _say(self, text: str, ink: str = "warn") -> None:
        self._said = (text, ink)
        self._paint()

    def show_waiting(self, text: str) -> None:
        """Say what is waited for; "" when it is over."""
        self._say(text)

    # going from one to the next

    def on_form_rows_field_left(self, event: FormRows.FieldLeft) -> None:
        """Go back to an answer that makes no sense, when the mouse leaves it."""
        event.stop()
        self._said = ("", "hint")
        self._paint()
        number = self.fields.index(event.field)
        if number != self.at and self.is_active and problem(self.answers, number) is not None:
            event.field.take_focus()
            self.call_after_refresh(self._say, NOT_UNDERSTOOD)

    def _understood(self) -> bool:
        """Return whether the answer in front makes sense; say so if it does not."""
        if problem(self.answers, self.at) is None:
            return True
        self._say(NOT_UNDERSTOOD)
        return False

    async def action_next(self) -> None:
        if not self._understood():
            return
        if self.at == HOURS:
            self._suggest()
        if self.at < CALENDAR:
            self.fields[self.at + 1].take_focus()
        else:
            await self._finish()

    def action_back(self) -> None:
        if self.at > 0 and self._understood():
            self.fields[self.at - 1].take_focus()

    async def action_skip(self) -> None:
        """Leave the question as it was before anything was written."""
        old, at = self._opened_with, self.at
        if at == WEEK:
            self._answer(self.answers.choose(old.theme))
        elif at == HOURS:
            self._answer(self.answers._replace(hours_touched=False).choose(self.answers.theme))
        else:
            name = self.fields[at].field
            self._answer(self.answers.put(name, getattr(old, name)))
        await self.action_next()

    def _answer(self, answers: Answers) -> None:
        """Take other answers, and show them in the fields."""
        self.answers = answers
        for field in self.fields:
            if isinstance(field, TextField) and field.value != getattr(answers, field.field):
                field.put(getattr(answers, field.field))
        self._theme_field.put(answers.theme.id)
        self._paint()

    def _suggest(self) -> None:
        """Choose a week theme made for just these days, where there is one."""
        if self.answers.fits or self.answers.theme != self._opened_with.theme:
            return
        days = set(self.answers.time().days)
        if {day.weekday for day in self.answers.theme.days} == days:
            return
        for theme in self._themes:
            if {day.weekday for day in theme.days} == days:
                self._answer(self.answers.choose(theme))
                return

    async def _finish(self) -> None:
        wrong = next((n for n in (WHO, HOURS) if problem(self.answers, n) is not None), None)
        if wrong is not None:
            self.fields[wrong].take_focus()
            return
        answers = self.answers
        try:
            await self.desk.ask(lambda planner: keep(planner, answers))
        except UserError as error:
            self._say(f"{error_text(error)} · ctrl+q leaves")
            return
        if self.is_active:
            self.dismiss(True)

    # the answers

    def on_form_field_changed(self, event: FormField.Changed) -> None:
        event.stop()
        name, value = event.field.field, event.field.value
        if name == "theme":
            theme = next((one for one in self._themes if one.id == value), self.answers.theme)
            self._answer(self.answers.choose(theme))
        elif getattr(self.answers, name) != value:
            self._said = ("", "hint")
            self.answers = self.answers.put(name, value)
            self._paint()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.action_next()

    def action_turn(self) -> None:
        self._turn(1)

    def action_turn_back(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.at == WEEK:
            self._theme_field.turn(step)

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        self.app.call_later(self._act, event.action_id.partition(".")[2])

    async def _act(self, action: str) -> None:
        if self.is_active:  # and not closed by what came in one go with this
            await self.run_action(action)
