"""Run the line of words at the bottom: what is typed is weighed while typing, and written on Enter."""

from __future__ import annotations

from functools import partial

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.running import StartSession
from techlead_tui.errors import NoBlockError, UserError
from techlead_tui.render.viewport import FOOT_ROWS, Ghost, bare, frame, lifted
from techlead_tui.tui.decision_text import error_text, logged_text
from techlead_tui.tui.quick_line_jobs import GoLine, LineJob, LogLine
from techlead_tui.tui.screens.week.editing import Editing
from techlead_tui.tui.screens.week.ports import WeekPorts
from techlead_tui.tui.screens.week.state import Typing, carried, leave_words, refusal_of, type_words
from techlead_tui.tui.textual_workarounds import begin
from techlead_tui.tui.widgets.quick_line import ROWS, QuickLine, Said


class Words:
    """Open the line for a job, and close it once its edit is on its way."""

    def __init__(self, week: WeekPorts, editing: Editing) -> None:
        self._week = week
        self._editing = editing
        self._unsaved: str | None = None  # words that were entered, while the line says why they wait
        self._covered = ""  # trouble that the line hides from one who cannot have read it

    def show_waiting(self, text: str) -> None:
        """Say over the words what their change waits for; "" when it is over."""
        if self._week.line is not None:
            self._week.line.show_said(Said("", text, "warn") if text else None)

    @property
    def _job(self) -> LineJob | None:
        now = self._week.interaction
        return now.job if isinstance(now, Typing) else None

    async def ask(self, job: LineJob) -> None:
        """Open the line, with the focus in it."""
        await self.close()
        self._unsaved = None
        self._covered = self._week.unread
        week = self._week
        week.enter(type_words(week.interaction, job))
        await week.open_line(
            QuickLine(week.looks, job.prompt, job.example, job.text, job.chips(), job.complete)
        )
        if job.bare:
            self.typed("")

    async def close(self) -> None:
        """Close the line; a refusal beneath it is waiting again."""
        self._week.enter(leave_words(self._week.interaction))
        self._show_ghost(None)
        await self._week.close_line()

    async def leave(self) -> None:
        """Close the line without a word, and go back to where one was before it."""
        back = self._job.back if self._job is not None else None
        await self.close()
        if back is not None:
            await self._week.show_week(IsoWeek.of(back.cursor_day), back.cursor_day, back.cursor)
            self._week.look(back._replace(ghost=None))
        self._uncover()

    def _uncover(self) -> None:
        """Say once more what the line hid."""
        if self._covered:
            self._week.warn(self._covered)

    def typed(self, text: str) -> None:
        """Weigh the words; no letter waits for it."""
        if text != self._unsaved:
            self._unsaved = None
        if self._job is not None:
            begin(self._week.app, partial(self._weigh, self._job, text), "line")

    async def _weigh(self, job: LineJob, text: str) -> None:
        try:
            said = await self._week.desk.ask(lambda planner: job.weigh(planner, text))
        except UserError as error:
            self._tell(error)
            return
        if self._week.line is not None and self._job is job and text != self._unsaved:
            self._week.line.show_said(said)
            self._show_ghost(said.ghost if said is not None else None)
            self._week.line.show_chips(job.chips())  # what the words mean may bring another one

    def _show_ghost(self, ghost: Ghost | None) -> None:
        """Show where the block of the words would stand, above the line; that of a refusal stays."""
        week = self._week
        if refusal_of(week.interaction) is not None or carried(week.interaction) is not None:
            return
        view = bare(week.view)
        if ghost is not None and IsoWeek.of(ghost.day) == week.scene.week.key:
            view = lifted(week.view, ghost, frame(*week.navigation.size).grid_height - ROWS + FOOT_ROWS)
        if view != week.view:
            week.look(view)

    def _tell(self, error: UserError) -> None:
        if self._week.line is not None:
            self._week.line.show_said(Said("", error.message, "warn", error.hint))

    def turn(self, key: str) -> None:
        """Take the next value of a chip."""
        if self._job is not None and self._week.line is not None:
            self._job.turn(key)
            self._week.line.show_chips(self._job.chips())
            self._week.line.weigh_again()

    async def take(self, text: str) -> None:
        """Write what the words want; the line stays open while they make no sense or cannot be saved."""
        job = self._job
        if job is None:
            return
        if not text.strip() and not job.bare:
            await self.leave()
            return
        try:
            if isinstance(job, GoLine):
                goal = await self._week.desk.ask(lambda planner: job.goal(planner, text))
                await self.close()
                await self._week.page_to(*goal)
                return
            edits = await self._week.desk.ask(lambda planner: job.edits(planner, text))
            decision = await self._editing.write(edits)
        except NoBlockError as error:
            await self.close()
            self._week.forget()
            await self._week.reload()
            self._week.warn(error_text(error))
            return
        except UserError as error:  # the words stay, for another try
            self._unsaved = text
            self._tell(error)
            return
        await self.close()
        await self._editing.show(decision)
        if isinstance(job, LogLine):
            self._week.say(logged_text(edits), "good")
        elif isinstance(decision.edit, StartSession):
            self._week.say(f"started: {decision.edit.summary or 'a session'} · S ends it", "good")
        self._uncover()
