"""Answer the Friday check: one key a question, Enter accepts every suggestion that is left (M16)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.screen import Screen

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AnswerCheck
from techlead_tui.core.selfcheck import BACK, Check, check
from techlead_tui.core.week import Week
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.footer import note_line
from techlead_tui.render.friday import friday_rows
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import Choices, RowsView


class FridayScreen(Screen[None]):
    """Show the five questions of a week, and keep each answer at once."""

    CSS_PATH = "friday.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("friday")

    def __init__(self, desk: Desk, looks: Looks, key: IsoWeek) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.key = key
        self.at = 0
        self.check: Check | None = None
        self._week: Week | None = None
        self._trouble = ""

    def compose(self) -> ComposeResult:
        yield Choices(self.looks, id="questions")
        yield RowsView(self.looks, id="note")
        yield KeyBar(self.looks, id="keys")

    def on_mount(self) -> None:
        self.app.call_later(self._open)

    async def _open(self) -> None:
        await self._load()
        if not self.is_attached:
            return
        if self.check is not None:
            opens = [n for n, question in enumerate(self.check.questions) if question.answer is None]
            self.at = opens[0] if opens else 0
        self._paint()

    def on_resize(self, _event: Resize) -> None:
        self._paint()

    async def _load(self) -> None:
        key = self.key

        def read(planner: Planner) -> tuple[Week, Check]:
            snapshot = planner.snapshot(*(key.shift(-weeks) for weeks in range(BACK + 1)))
            return snapshot.week(key), check(snapshot, key, planner.now())

        try:
            self._week, self.check = await self.desk.ask(read)
        except UserError as error:
            self._trouble = error_text(error)

    def _paint(self) -> None:
        width, height = self.size
        if not width or not self.is_attached:
            return
        if self.check is not None and self._week is not None:
            rows, numbers = friday_rows(self.check, self._week, self.at, width, max(1, height - 2))
            spots = {y: ((0, width, f"front({n})"),) for y, n in enumerate(numbers) if n >= 0}
            self.query_one("#questions", Choices).offer(rows, spots)
        self.query_one("#note", RowsView).show_rows([note_line(self._trouble, width, "warn")])
        self.query_one(KeyBar).show("friday", self.desk.planner.settings.keys, width)

    def show_waiting(self, text: str) -> None:
        """Say what is waited for; "" when it is over."""
        self._trouble = text
        self._paint()

    async def _answer(self, answers: dict[str, bool | None]) -> bool:
        """Keep answers; tell whether they could be kept."""
        if not answers:
            return True
        edit = AnswerCheck(self.key, answers)
        words = list(words_of(edit))
        try:
            await self.desk.ask(lambda planner: planner.apply(edit, words))
            self._trouble = ""
        except UserError as error:
            self._trouble = error_text(error)
            self._paint()
            return False
        await self._load()
        self._paint()
        return True

    async def _answer_front(self, answer: bool | None) -> None:
        if self.check is None:
            return
        kept = await self._answer({self.check.questions[self.at].id: answer})
        if kept and answer is not None:
            questions = self.check.questions
            ahead = [*range(self.at + 1, len(questions)), *range(self.at)]
            self.at = next((at for at in ahead if questions[at].answer is None), self.at)
            self._paint()

    async def action_yes(self) -> None:
        await self._answer_front(True)

    async def action_no(self) -> None:
        await self._answer_front(False)

    async def action_open_again(self) -> None:
        await self._answer_front(None)

    async def action_confirm(self) -> None:
        """Accept the suggestions of all open questions; with none left go back."""
        if self.check is None:
            return
        left = {
            question.id: question.suggested
            for question in self.check.questions
            if question.answer is None and question.suggested is not None
        }
        if left:
            await self._answer(dict(left))
            opens = [n for n, question in enumerate(self.check.questions) if question.answer is None]
            self.at = opens[0] if opens else self.at
            self._paint()
        elif self.check.verdict != "open":
            await self.action_leave()

    def action_up(self) -> None:
        self.at = max(0, self.at - 1)
        self._paint()

    def action_down(self) -> None:
        if self.check is not None:
            self.at = min(len(self.check.questions) - 1, self.at + 1)
            self._paint()

    def action_front(self, number: int) -> None:
        """Go to a question that was clicked."""
        self.at = number
        self._paint()

    def on_mouse_scroll_up(self) -> None:
        self.action_up()

    def on_mouse_scroll_down(self) -> None:
        self.action_down()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.app.call_later(self._act, event.action)

    async def action_leave(self) -> None:
        self.dismiss()

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        self.app.call_later(self._act, event.action_id.partition(".")[2])

    async def _act(self, action: str) -> None:
        if self.is_active:  # and not closed by what came in one go with this
            await self.run_action(action)
