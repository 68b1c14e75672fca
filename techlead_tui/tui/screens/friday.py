"""Go through Friday: the five questions, the direction, the status update, the next week (M9, M16)."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AnswerCheck, WriteUpdate
from techlead_tui.core.friday import CHECK, METHOD, TRAP, Carried
from techlead_tui.core.period import Period
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.trial import verdict_edits
from techlead_tui.core.update import STATES, Update
from techlead_tui.core.update_text import Outline, markdown, slack
from techlead_tui.errors import UserError
from techlead_tui.planner.friday import Direction, carried_over, direction_of, looked_back
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.retrospect import Retrospect
from techlead_tui.planner.selfcheck import Questions, answered, questions_of
from techlead_tui.planner.update import post_edits, update_of, update_outline
from techlead_tui.render.footer import Spots
from techlead_tui.render.friday import (
    Part,
    beginning_row,
    carried_parts,
    direction_parts,
    question_parts,
    update_parts,
    week_rows,
)
from techlead_tui.render.text import Row
from techlead_tui.tui.clipboard import copy_text
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.screens.friday_step import FridayStep
from techlead_tui.tui.style import Looks
from techlead_tui.tui.textual_workarounds import outside


class FridayScreen(FridayStep):
    """Show the five questions of a week, and keep each answer at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("friday")
    room = "friday"
    step = 0
    about = CHECK
    _drawn: tuple[tuple[int, int], Sequence[Row]] = ((0, 0), ())
    found: Questions | None = None

    async def read(self) -> None:
        key, known = self.key, self.desk.witness.known
        self.found = await self.desk.ask(lambda planner: questions_of(planner, key, known=known))
        self.count = len(self.found.check.questions)
        self._to_open(0)

    def parts(self, cells: int) -> Sequence[Part]:
        assert self.found is not None
        _, check, past = self.found
        return question_parts(check, past, self.at, cells, self.size.height - 3, self._week_rows)

    def _week_rows(self, cells: int, rows: int) -> Sequence[Row]:
        """Return the week, which is drawn once for a size: no answer changes it."""
        assert self.found is not None
        if self._drawn[0] != (cells, rows):
            self._drawn = (cells, rows), week_rows(self.found.week, self.desk.planner.now(), cells, rows)
        return self._drawn[1]

    async def applied(self, after: Snapshot) -> None:
        assert self.found is not None  # an answer changes nothing of what the records say
        self.found = answered(self.found, after)

    def _to_open(self, since: int) -> None:
        """Put the cursor on the next question without an answer, from `since` on and round."""
        assert self.found is not None
        questions = self.found.check.questions
        ahead = [*range(since, len(questions)), *range(since)]
        self.at = next((at for at in ahead if questions[at].answer is None), self.at)

    async def _answer(self, answers: dict[str, bool | None]) -> bool:
        """Keep answers; tell whether they could be kept."""
        return await self.apply([AnswerCheck(self.key, answers)])

    async def _answer_front(self, answer: bool | None) -> None:
        if self.found is None:
            return
        at = self.at
        kept = await self._answer({self.found.check.questions[at].id: answer})
        if kept and answer is not None:
            self._to_open(at + 1)
        self.paint()

    async def action_yes(self) -> None:
        await self._answer_front(True)

    async def action_no(self) -> None:
        await self._answer_front(False)

    async def action_open_again(self) -> None:
        await self._answer_front(None)

    async def action_confirm(self) -> None:
        """Accept the suggestions of all open questions; with none left go on."""
        if self.found is None:
            return
        left: dict[str, bool | None] = {
            question.id: question.suggested
            for question in self.found.check.questions
            if question.answer is None and question.suggested is not None
        }
        if left:
            await self._answer(left)
            self._to_open(0)
            self.paint()
        elif self.found.check.verdict != "open":
            await self.action_next_step()
        else:
            self._to_open(self.at)
            self.said = ("the evidence does not tell: press y or n", "hint")
            self.paint()


JUDGES = ("direction.keep", "direction.adjust", "direction.drop")


class DirectionScreen(FridayStep):
    """Show drift, the month in review, the trial of a week theme, and one change for the next week."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("direction")
    room = "direction"
    step = 1
    found: Direction | None = None
    read_from: Retrospect
    without: tuple[str, ...] = JUDGES

    async def read(self) -> None:
        key, known = self.key, self.desk.witness.known
        found, self.read_from = await self.desk.search(lambda planner: direction_of(planner, key, known))
        self.found, self.without = found, JUDGES if found.trial is None else ()

    async def load(self) -> None:
        """Show what there is to do first, then what past weeks tell."""
        await super().load()
        found, key, read_from = self.found, self.key, self.read_from
        if found is not None:
            self.found = await self.desk.search(lambda _: looked_back(found, key, read_from))
            self.paint()

    def parts(self, cells: int) -> Sequence[Part]:
        assert self.found is not None
        found, now = self.found, self.read_from.now
        parts, self.count = direction_parts(found.drift, found.change, found.review, found.trial, now, cells)
        return parts

    @property
    def about(self) -> str:
        change = self.found.change if self.found is not None else None
        return TRAP if change is None else change.about

    async def action_confirm(self) -> None:
        """Apply the suggested change; with none go on."""
        if self.found is None:
            return
        if self.found.change is None:
            await self.action_next_step()
            return
        fix = self.found.change.fix
        await self.apply([fix.edit], f"{fix.title}: done; undo takes it back")

    async def _judge(self, verdict: str) -> None:
        if self.found is None or self.found.trial is None:
            self.said = ("no week theme is being tried", "hint")
            self.paint()
            return
        await self.apply(verdict_edits(self.found.trial, verdict, self.read_from.now))

    async def action_keep(self) -> None:
        await self._judge("keep")

    async def action_adjust(self) -> None:
        await self._judge("adjust")

    async def action_drop(self) -> None:
        await self._judge("drop")


class UpdateScreen(FridayStep):
    """Show the status update, edit it, and copy it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("update")
    room = "update"
    step = 2
    about = METHOD["outcome"]
    update: Update | None = None
    outline: Outline

    async def read(self) -> None:
        period = Period.of([self.key])

        def ask(planner: Planner) -> tuple[Update, Outline]:
            return update_of(planner, period), update_outline(planner)

        self.update, self.outline = await self.desk.search(ask)
        self.count = len(self.text.rstrip("\n").split("\n"))

    @property
    def text(self) -> str:
        if self.update is None:
            return ""
        return self.update.text or markdown(self.update, self.outline)

    def parts(self, cells: int) -> Sequence[Part]:
        assert self.update is not None
        return update_parts(self.text, self.update.text is not None, cells)

    def action_up(self) -> None:
        self.at = max(0, self.at - 3)
        self.paint()

    def action_down(self) -> None:
        self.at = max(0, min(self.count - 1, self.at + 3))
        self.paint()

    async def action_confirm(self) -> None:
        await self.action_next_step()

    async def action_copy(self) -> None:
        self.said = (await copy_text(self.app, self.text), "good")
        self.paint()

    async def action_copy_slack(self) -> None:
        self.said = (await copy_text(self.app, slack(self.text)), "good")
        self.paint()

    async def action_colour(self) -> None:
        """Turn the colour: green, yellow, red."""
        if self.update is None or self.update.text is not None:
            self.said = ("the post is as you wrote it: e edits it", "hint")
            self.paint()
            return
        status = STATES[(STATES.index(self.update.status) + 1) % len(STATES)]
        await self.apply([WriteUpdate(self.key, {"status": status, "because": self.update.because or None})])

    async def action_fresh(self) -> None:
        """Forget what was written, and draft it anew."""
        await self.apply([WriteUpdate(self.key, {"text": None})], "drafted again")

    async def action_edit(self) -> None:
        """Write in the user's editor; what is written is kept."""
        from techlead_tui.hooks.editor import edit_text, editor_of

        update = self.update
        if update is None:
            return
        try:
            if not editor_of(os.environ):
                raise UserError("no editor is set", "set $VISUAL or $EDITOR")
            written = outside(self.app, lambda: edit_text(self.text, ".md", os.environ))
            if written is None:
                self.said = ("it was left as it is", "hint")
                self.paint()
                return
            edits = await self.desk.ask(lambda planner: post_edits(planner, update, written))
        except UserError as error:
            self.said = (error_text(error), "warn")
            self.paint()
            return
        await self.apply(edits, "kept")


class NextWeekScreen(FridayStep):
    """Show what goes on into the next week, each thing with one key."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("ahead")
    room = "ahead"
    step = 3

    def __init__(self, desk: Desk, looks: Looks, key: IsoWeek) -> None:
        super().__init__(desk, looks, key)
        self.carried: list[Carried] = []

    async def read(self) -> None:
        key = self.key
        self.carried = await self.desk.search(lambda planner: carried_over(planner, key.shift(1)))
        self.count = len(self.carried)

    def parts(self, cells: int) -> Sequence[Part]:
        return carried_parts(self.carried, self.at, cells)

    @property
    def about(self) -> str:
        return self.carried[self.at].about if self.carried else METHOD["leave"]

    async def action_confirm(self) -> None:
        """Do with the thing in front what is offered; with nothing left go back to the week."""
        if not self._read:
            return
        one = self.carried[self.at] if self.carried else None
        if one is None:
            self.action_leave()
        elif one.edit is not None:
            await self.apply([one.edit], f"{one.does}: done; undo takes it back")
        elif one.does:
            await self._open(one.kind)
        else:
            self.action_down()

    async def action_outcomes(self) -> None:
        await self._open("outcome")

    async def _open(self, kind: str) -> None:
        from techlead_tui.tui.dialogs.list_of_kind import dialog_of

        async def back(_result: None) -> None:
            await self.load()

        await self.app.push_screen(dialog_of(kind)(self.desk, self.looks), back)


class BeginningScreen(NextWeekScreen):
    """Show what a week begins with, on its first day."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("beginning")
    room = "beginning"

    async def read(self) -> None:
        key = self.key
        self.carried = await self.desk.search(lambda planner: carried_over(planner, key))
        self.count = len(self.carried)

    def head(self, cells: int) -> tuple[Row, Spots]:
        return beginning_row(self.key, cells), ()

    async def action_next_step(self) -> None:
        self.dismiss(None)

    def action_last_step(self) -> None:
        self.dismiss(None)


SCREENS: tuple[type[FridayStep], ...] = (FridayScreen, DirectionScreen, UpdateScreen, NextWeekScreen)


async def go_through(
    push: Callable[[FridayStep, Callable[[int | None], Awaitable[None]]], Awaitable[object]],
    desk: Desk,
    looks: Looks,
    key: IsoWeek,
    left: Callable[[], Awaitable[None]],
    step: int = 0,
) -> None:
    """Show a step of Friday and the ones that follow, until it is left."""

    async def back(wanted: int | None) -> None:
        if wanted is None:
            await left()
        else:
            await go_through(push, desk, looks, key, left, wanted)

    await push(SCREENS[step](desk, looks, key), back)
