"""The first run: four questions with answers that already stand there, and the week that comes of them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.screen import Screen
from textual.widgets import Input

from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.week import Week
from techlead_tui.errors import UserError, WordsError
from techlead_tui.render.first_run import row_of, rows_each, welcome_rows
from techlead_tui.render.form_rows import VALUE
from techlead_tui.tui import actions
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.first_run_model import CALENDAR, HOURS, WEEK, WHO, Answers, keep, problem, questions
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView

FIELDS = {WHO: "who", HOURS: "hours", CALENDAR: "calendar"}  # the answers that are written


class Questions(RowsView):
    """The page; a click on a question goes there, on the week theme to the next one."""

    def on_click(self, event: Click) -> None:
        screen = self.screen
        assert isinstance(screen, FirstRunScreen)
        screen.clicked(event.x, event.y)


class FirstRunScreen(Screen[bool]):
    """Closes with True once the answers are kept, with False when they are not to be."""

    CSS_PATH = "first_run.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(a.keys, a.method, a.text, show=False, id=a.id) for a in actions.of_screen("first")
    ]

    def __init__(self, desk: Desk, looks: Looks, answers: Answers) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.answers = answers
        self.at = 0
        self._opened_with = answers
        self._themes: list[WeekTheme] = [answers.theme]
        self._said = ("", "hint")
        self._week: Week | None = None
        self._made_for: Answers | None = None

    def compose(self) -> ComposeResult:
        yield Questions(self.looks, id="page")
        yield KeyBar(self.looks, id="keys")
        yield Input(self.answers.who, select_on_focus=False, compact=True, id="entry")

    async def on_mount(self) -> None:
        self._front(0)
        try:
            self._themes = await self.desk.ask(
                lambda planner: planner.library.usable_themes(first=planner.settings.week_theme)
            )
        except UserError as error:
            self._say(error_text(error))

    def on_resize(self, _event: Resize) -> None:
        self._paint()

    # painting

    def _paint(self) -> None:
        width, height = self.size
        if not width or not self.is_attached:
            return
        rows = welcome_rows(questions(self.answers), self.at, self._made(), self._said, width, height - 1)
        self.query_one("#page", RowsView).show_rows(rows)
        mode = "first-theme" if self.at == WEEK else "first"
        self.query_one(KeyBar).show(mode, self.desk.planner.settings.keys, width)
        entry = self.query_one("#entry", Input)
        entry.styles.offset = (VALUE - 1, row_of(self.at, height - 1))
        entry.styles.width = max(4, width - VALUE - 1)

    def _made(self) -> Week | None:
        """The week of the answers; the last one that made sense while they do not."""
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

    # going from one to the next

    def _front(self, number: int) -> None:
        self.at = number
        self._said = ("", "hint")
        entry = self.query_one("#entry", Input)
        entry.display = number in FIELDS
        if number in FIELDS:
            entry.value = getattr(self.answers, FIELDS[number])
            entry.placeholder = questions(self.answers)[number].example
            entry.cursor_position = len(entry.value)
            entry.focus()
        else:
            self.set_focus(None)
        self._paint()

    def clicked(self, x: int, y: int) -> None:
        each = rows_each(self.size.height - 1)
        number = (y - row_of(0, self.size.height - 1)) // each
        if not 0 <= number < len(questions(self.answers)):
            return
        if number != self.at:
            if self._understood():
                self._front(number)
        elif number == WEEK:
            self._turn(-1 if x <= VALUE - 1 else 1)

    def _understood(self) -> bool:
        """Whether the answer in front makes sense; says what is wrong with it."""
        found = problem(self.answers, self.at)
        if found is not None:
            self._say("this line is not understood yet; esc brings back what stood there")
        return found is None

    async def action_next(self) -> None:
        if not self._understood():
            return
        if self.at == HOURS:
            self._suggest()
        if self.at < CALENDAR:
            self._front(self.at + 1)
        else:
            await self._finish()

    def action_back(self) -> None:
        if self.at > 0 and self._understood():
            self._front(self.at - 1)

    async def action_skip(self) -> None:
        """Leaves the question as it was before anything was written."""
        old = self._opened_with
        if self.at == WEEK:
            self.answers = self.answers.choose(old.theme)
        elif self.at == HOURS:
            self.answers = self.answers._replace(hours_touched=False).choose(self.answers.theme)
        else:
            field = FIELDS[self.at]
            self.answers = self.answers.put(field, getattr(old, field))
        await self.action_next()

    def _suggest(self) -> None:
        """A week theme made for just these days, where there is one."""
        if self.answers.fits or self.answers.theme != self._opened_with.theme:
            return
        days = set(self.answers.time().days)
        if {day.weekday for day in self.answers.theme.days} == days:
            return
        for theme in self._themes:
            if {day.weekday for day in theme.days} == days:
                self.answers = self.answers.choose(theme)
                return

    async def _finish(self) -> None:
        wrong = next((n for n in (WHO, HOURS) if problem(self.answers, n) is not None), None)
        if wrong is not None:
            self._front(wrong)
            return
        answers = self.answers
        try:
            await self.desk.ask(lambda planner: keep(planner, answers))
        except UserError as error:
            self._say(f"{error_text(error)} · ctrl+q leaves")
            return
        self.dismiss(True)

    # the answers

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.at not in FIELDS:
            return
        field = FIELDS[self.at]
        if getattr(self.answers, field) == event.value:
            return
        self.answers = self.answers.put(field, event.value)
        self._said = ("", "hint")
        self._paint()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.action_next()

    def action_turn(self) -> None:
        self._turn(1)

    def action_turn_back(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.at != WEEK:
            return
        ids = [theme.id for theme in self._themes]
        index = ids.index(self.answers.theme.id) if self.answers.theme.id in ids else 0
        self.answers = self.answers.choose(self._themes[(index + step) % len(ids)])
        self._paint()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action_id.partition(".")[2])
