"""What changes the week: edits and their verdicts, the line of words, refusals and their fixes."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widgets import Input

from techlead_tui.core.calendar import IsoWeek, minute_of
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit, Fix
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import NoBlockError, UserError
from techlead_tui.render.footer import keys_of_refusal, refusal, refusal_spots
from techlead_tui.render.week_page import shown_violation, walked
from techlead_tui.tui import actions
from techlead_tui.tui.decision_text import error_text, focus_text, verdict_text
from techlead_tui.tui.quick_line_jobs import AddLine, LineJob, LogLine, ReasonLine
from techlead_tui.tui.screens.week.navigation import WeekMotion
from techlead_tui.tui.style import is_native
from techlead_tui.tui.widgets.quick_line import QuickLine, Said
from techlead_tui.tui.widgets.rows_view import Choices

WEEK_METHODS = frozenset(("fix", *(action.method for action in actions.of_screen("week"))))


class WeekEdits(WeekMotion):
    refused: Decision | None = None  # waits for a fix, a reason or escape
    _job: LineJob | None = None  # what the line of words is about

    # applying edits

    async def apply(self, edit: Edit, words: Sequence[str] | None = None) -> Decision | None:
        """Writes an edit unless the week refuses it; then its answer is waited for. None for trouble."""
        types = self.scene.week.types
        call = list(words if words is not None else words_of(edit, types))
        try:
            decision = await self.desk.ask(lambda planner: planner.apply(edit, call), self.title_of(edit))
        except UserError as error:
            if isinstance(error, NoBlockError):
                self.forget()
                await self.reload()
            self.say(error_text(error), "warn")
            return None
        if decision.refused:
            self._wait_for(decision)
            return decision
        here = self.here
        self.forget()
        if here is not None and here.uid == edit.uid:  # what lies under it stays under it
            self.view = self.view._replace(picked=here.uid)
        await self._show_result(decision)
        return decision

    def title_of(self, edit: Edit) -> str:
        """What the user calls the block that an edit is about; "" for a new one."""
        block = self.scene.week.block(edit.uid)
        return block.summary if block is not None else ""

    async def _show_result(self, decision: Decision) -> None:
        self._said = None  # what was said of it while it was only wanted
        day = decision.edit.day_after
        shown = self.scene.week.key
        if day is not None and (IsoWeek.of(day) != shown or day != self.view.cursor_day):
            week = decision.after.week(IsoWeek.of(day))
            block = week.block(decision.uid)
            minute = minute_of(block.start) if block is not None else self.view.cursor
            await self.show_week(IsoWeek.of(day), day, minute)
        else:
            await self.reload()
        text = verdict_text(False, decision.violations, decision.focus_delta_minutes, decision.notes)
        if decision.overridden:
            text = f"kept, with your reason · {focus_text(decision.focus_delta_minutes)}".rstrip(" ·")
        elif decision.violations or decision.focus_delta_minutes or decision.notes:
            text = f"done · {text}"
        else:
            return
        self.say(text, "warn" if decision.violations else "hint")

    def _wait_for(self, decision: Decision) -> None:
        self.refused = decision
        self.mode = "pending"
        self._said = None
        self.paint_keys()
        self.paint_around()

    def forget(self) -> None:
        """Nothing is under way any more."""
        self.refused = None
        self.set_mode("look")
        if self.view.ghost is not None:
            self.view = self.view._replace(ghost=None)

    def set_mode(self, mode: str) -> None:
        if self.mode != mode:
            self.mode = mode
            self.paint_keys()

    def paint_keys(self) -> None:
        super().paint_keys()
        self._paint_refusal()

    def _paint_refusal(self) -> None:
        """What the week refused, over the bottom of the grid until it is answered."""
        view = self.query_one("#refusal", Choices)
        if self.refused is None or self._job is not None:
            view.display = False
            return
        edit = self.refused.edit
        width, height = self._room
        found, can_keep = self.refused.violations, edit.refusable
        most = max(3, height // 2)
        rows = refusal(found, width, most, last=keys_of_refusal(width, can_keep))
        if is_native(self.looks.palette):  # no ground of its own sets it off
            rows = [(("─" * width, "rule"),), *rows]
        view.styles.height = len(rows)
        view.offer(rows, refusal_spots(found, len(rows), width, most, overridable=can_keep))
        view.display = True

    # the line of words

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed the week's own keys rest: arrows and tab belong to the line."""
        if self._job is not None and action in WEEK_METHODS:
            return False
        return super().check_action(action, parameters)

    async def _ask(self, job: LineJob) -> None:
        await self._close_line()
        self._job = job
        self._paint_refusal()
        line = QuickLine(self.looks, job.prompt, job.example, job.text, job.chips())
        await self.mount(line)
        self.set_focus(line.query_one(Input))
        if isinstance(job, ReasonLine):
            self.post_message(QuickLine.Typed(""))

    async def _close_line(self) -> None:
        self._job = None
        self._paint_refusal()
        for line in self.query(QuickLine):
            await line.remove()

    @property
    def line(self) -> QuickLine | None:
        found = self.query(QuickLine)
        return found.first() if found else None

    def on_quick_line_typed(self, event: QuickLine.Typed) -> None:
        if self._job is not None:  # no letter waits for it
            self.run_worker(self._weigh_words(self._job, event.text), group="line", exclusive=True)

    async def _weigh_words(self, job: LineJob, text: str) -> None:
        try:
            said = await self.desk.ask(lambda planner: job.weigh(planner, text))
        except UserError as error:
            self._say_in_line(error)
            return
        if self.line is not None and self._job is job:
            self.line.show_said(said)

    def _say_in_line(self, error: UserError) -> None:
        if self.line is not None:
            self.line.show_said(Said("", error.message, "warn", error.hint))

    async def on_quick_line_chip_turned(self, event: QuickLine.ChipTurned) -> None:
        if self._job is not None and self.line is not None:
            self._job.turn(event.key)
            self.line.show_chips(self._job.chips())
            self.line.weigh_again()

    async def on_quick_line_left(self) -> None:
        await self._close_line()

    async def on_quick_line_entered(self, event: QuickLine.Entered) -> None:
        job = self._job
        if job is None:
            return
        if not event.text.strip() and not isinstance(job, ReasonLine):
            await self._close_line()
            return
        try:
            edit = await self.desk.ask(lambda planner: job.edit(planner, event.text))
        except UserError as error:
            self._say_in_line(error)
            return
        await self._close_line()
        decision = await self.apply(edit)
        if isinstance(job, LogLine) and decision is not None:
            self.say(f"logged: {event.text.strip()}", "good")

    async def action_quick_add(self) -> None:
        await self._ask(AddLine(self.scene, self.view))

    async def action_quick_log(self) -> None:
        repo, branch = self.app.place()  # type: ignore[attr-defined]
        await self._ask(LogLine(self.scene, self.here, self.desk.planner.now(), repo, branch))

    # refusals and fixes

    async def _fixes(self) -> tuple[Fix, ...]:
        if self.refused is not None:
            return self.refused.violations[0].fixes
        await self.fixes_found()
        shown = shown_violation(self.scene, self.view)
        return shown.violation.fixes if shown is not None and shown.at_cursor else ()

    async def action_fix(self, number: int) -> None:
        fixes = await self._fixes()
        if not 1 <= number <= len(fixes):
            if self.refused is None:
                self.say(f"there is no way out {number} here")
            return
        fix = fixes[number - 1]
        self.forget()
        await self.apply(fix.edit, fix.words)

    async def answer(self) -> bool:
        """Applies the first fix that is offered, else goes to what is wrong; False where there is neither."""
        if await self._fixes():
            await self.action_fix(1)
            return True
        shown = shown_violation(self.scene, self.view)
        if shown is not None and not shown.at_cursor:
            block = self.scene.week.block(shown.violation.subjects[0])
            if block is not None:
                self.go(block.day, minute_of(block.start), block.uid)
                return True
        return self.refused is not None

    def action_next_wrong(self) -> None:
        self._walk(1)

    def action_previous_wrong(self) -> None:
        self._walk(-1)

    def _walk(self, step: int) -> None:
        """To the next block that something is wrong with, round and round."""
        if self.refused is not None or self.view.ghost is not None:
            return
        shown, found = shown_violation(self.scene, self.view), walked(self.scene)
        if shown is None:
            self.say("nothing is wrong in this week", "good")
            return
        at = shown.at - 1 if shown.at_cursor else -1 if step > 0 else 0
        for steps in range(1, len(found) + 1):  # several may be about the same block
            block = self.scene.week.block(found[(at + step * steps) % len(found)].subjects[0])
            if block is not None and block != self.here:
                self.go(block.day, minute_of(block.start), block.uid)
                return

    async def action_override(self) -> None:
        if self.refused is not None and self.refused.edit.refusable:
            await self._ask(ReasonLine(self.refused))

    async def action_cancel(self) -> None:
        self._said = None
        self.forget()
        self.paint()
