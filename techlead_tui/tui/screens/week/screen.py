"""The home screen: the week, and what its keys do to the block under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key

from techlead_tui.core.calendar import IsoWeek, clock, minute_of
from techlead_tui.core.edits import Edit, FinishBlock
from techlead_tui.core.records import Change
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.text import place as place_text
from techlead_tui.core.text import told
from techlead_tui.errors import UserError
from techlead_tui.render.text import cut, inert
from techlead_tui.render.viewport import STEP, Ghost, frame
from techlead_tui.tui import actions
from techlead_tui.tui.decision_text import error_text, focus_text, verdict_text
from techlead_tui.tui.move import Move
from techlead_tui.tui.planner_thread import gone
from techlead_tui.tui.screens.week.pointer import WeekMouse
from techlead_tui.tui.week_data import weigh
from techlead_tui.tui.widgets.key_bar import KeyBar

CARRYING = ("move", "place", "longer", "shorter", "menu", "override")
ELSEWHERE = ("next_block", "previous_block", "next_wrong", "previous_wrong", "find")  # to other blocks
RESTING = {
    "fix",
    *ELSEWHERE,
    *(
        action.method
        for action in actions.of_screen("week")
        if action.group in ("Plan", "Work", "The week") and action.method not in CARRYING
    ),
}


class WeekScreen(WeekMouse):
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(a.keys, a.method, a.text, show=False, id=a.id, priority=True)
            for a in actions.of_screen("week")
        ),
        *(Binding(str(digit), f"fix({digit})", show=False, priority=True) for digit in range(1, 10)),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would drop what is carried, or was refused, rests: Enter or escape come first."""
        if action == "fix" and self.refused is not None:
            return super().check_action(action, parameters)
        if (self.moving is not None or self.refused is not None) and action in RESTING:
            return False
        if self.refused is not None and self.moving is None and action in ("move", "longer", "shorter"):
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: Key) -> None:
        """A key that rests, or that there is none for, while a block is carried."""
        if self.moving is not None and self.refused is None and event.key not in self.active_bindings:
            self.say("⏎ puts it down first, esc takes it back", "warn")

    # single blocks

    async def action_done(self) -> None:
        block = self.here
        if block is None:
            self.say("no block here")
            return
        status = "planned" if block.status == "done" else "done"
        decision = await self.apply(FinishBlock(block.uid, block.day, status))
        if decision is not None:
            self.say(f"{block.summary}: {status}", "good")

    async def action_undo(self) -> None:
        await self._turn("undo")

    async def action_redo(self) -> None:
        await self._turn("redo")

    async def _turn(self, turn: str) -> None:
        self.forget()
        try:
            if turn == "undo":
                entry = await self.desk.ask(lambda planner: planner.undo())
            else:
                entry = await self.desk.ask(lambda planner: planner.redo())
        except UserError as error:
            self.say(error_text(error))
            return
        await self._show_turned(entry.changes)
        # boxes have their names from the week theme, and not from what is stored
        names = {block.uid: block.summary for block in self.scene.week.blocks}
        what = " ".join(names.get(word, word) for word in told(entry.words, entry.changes))
        self.say(f"{'taken back' if turn == 'undo' else 'done again'}: {what}", "accent")

    async def _show_turned(self, changes: Sequence[Change]) -> None:
        """The week as it now is; another one where all that came back stands there."""
        back = [change for change in changes if change.after and change.bucket != OPEN]
        weeks = [IsoWeek.parse(change.bucket) for change in back]
        if not weeks or self.scene.week.key in weeks:
            await self.reload()
            return
        await self.show_week(weeks[0])
        block = self.scene.week.block(back[0].uid)
        if block is not None:
            self.go(block.day, minute_of(block.start), block.uid)

    # moving a block

    def forget(self) -> None:
        self.moving = None
        super().forget()

    async def action_place(self) -> None:
        """Enter: puts a carried block down, else answers what the week says."""
        if self.moving is None or self.refused is not None:
            if not await self.answer() and self.here is not None:
                await self.action_edit()
        elif self.moving.idle:
            await self.action_cancel()
        else:
            await self.apply(self.moving.edit())

    async def action_cancel(self) -> None:
        """Drops what is under way; from a block that was carried the cursor goes back to where it stands."""
        move = self.moving
        await super().action_cancel()
        if move is not None:
            block = move.block
            if IsoWeek.of(block.day) != self.scene.week.key:
                await self.show_week(IsoWeek.of(block.day), block.day, minute_of(block.start))
            self.go(block.day, minute_of(block.start), block.uid)

    async def action_move(self) -> None:
        block = self.here
        if self.moving is not None:
            return
        if block is None:
            self.say("no block here to move")
        elif block.status == "done":
            self.say(f"{block.summary} is done and stays where it was")
        else:
            await self._carry(Move.of(block))

    async def _carry(self, move: Move) -> None:
        """Shows the block where it would be put down, and what the week says to that, in one paint."""
        self.moving = move
        self.refused = None
        self.set_mode("move")
        if move.idle:
            ghost, said = move.ghost(f"from {move.block.start:%a %H:%M}", True), None
        else:
            ghost, said = await self._weigh(move)
        if frame(*self._room).listed:  # nothing else tells where it would be
            place = f"{move.day:%a} {clock(move.start)}–{clock(move.end)}"
            said = (
                (f"{place} · {said[0]}", said[1]) if said is not None else (f"carried from {place}", "hint")
            )
        self.view = self.view._replace(ghost=ghost)
        self.go(move.day, move.start, move.block.uid, said)

    async def _weigh(self, move: Move) -> tuple[Ghost, tuple[str, str]]:
        """The ghost with what putting it down there does to the focus time; a sentence and its ink."""
        snapshot = self.loaded.snapshot
        try:
            said = await self.desk.ask(
                lambda planner: weigh(planner, snapshot, move.edit()), move.block.summary
            )
        except UserError as error:
            return move.ghost("", False), (error_text(error), "warn")
        note = focus_text(said.focus_minutes) or "focus as before"
        about = place_text(move.block.summary, move.day, move.start, move.end)
        text = verdict_text(said.refused, said.violations, said.focus_minutes, said.notes, about)
        ink = "refuse" if said.refused else "warn" if said.violations else "good"
        return move.ghost(note, not said.refused), (text, ink)

    def title_of(self, edit: Edit) -> str:
        return self.moving.block.summary if self.moving is not None else super().title_of(edit)

    async def clock_turned(self, now: datetime) -> None:
        """Another minute: the cursor goes along to a new day, unless the user is busy or looks elsewhere."""
        before, key = self.scene.now, self.scene.week.key
        this, busy = IsoWeek.of(now.date()), self.line is not None or not self.is_current
        watched = self.view.cursor_day == before.date() or this != key
        rolled = now.date() != before.date() and key == IsoWeek.of(before.date())
        if rolled and watched and self.mode == "look" and not busy:
            await self.action_today()
        else:
            await self.reload()

    async def changed_elsewhere(self) -> None:
        """Another process has committed: what is carried is put back where it is not what it was."""
        await self.reload()
        move = self.moving
        if move is None or move.copied:
            return
        block, key = move.block, IsoWeek.of(move.block.day)
        try:
            found = await self.desk.ask(lambda planner: planner.snapshot(key).week(key).block(block.uid))
        except UserError:
            return  # said by the reload
        if self.moving is None or (found is not None and Move.of(found)[1:] == Move.of(block)[1:]):
            return
        self.forget()
        self.paint()
        if found is None:
            self.say(error_text(gone(block.summary)), "warn")
        else:
            self.say(f"{cut(inert(block.summary), 40)} was changed elsewhere and is put down", "warn")

    async def _step(self, minutes: int) -> None:
        if self.moving is None:
            await super()._step(minutes)
        else:
            await self._carry(self.moving.to(self.moving.day, self.moving.start + minutes))

    async def _step_day(self, days: int) -> None:
        await super()._step_day(days)
        await self._carry_along()

    async def page_to(self, key: IsoWeek, day: date | None = None) -> None:
        await super().page_to(key, day)
        await self._carry_along()

    async def action_today(self) -> None:
        await super().action_today()
        if self.moving is not None:
            await self._carry(self.moving.to(self.view.cursor_day, self.view.cursor))

    async def _carry_along(self) -> None:
        """What is carried comes to the day that the cursor has come to."""
        if self.moving is not None and self.moving.day != self.view.cursor_day:
            await self._carry(self.moving.to(self.view.cursor_day, self.moving.start))

    async def action_longer(self) -> None:
        await self._resize(STEP)

    async def action_shorter(self) -> None:
        await self._resize(-STEP)

    async def _resize(self, minutes: int) -> None:
        """Of a block that is carried, the ghost; else the block itself, at once: no mode to forget about."""
        if self.moving is not None:
            await self._carry(self.moving.resized(minutes))
            return
        block = self.here
        if block is None:
            self.say("no block here")
            return
        move = Move.of(block).resized(minutes)
        if not move.idle:
            await self.apply(move.edit())

    # the rest

    async def action_friday(self) -> None:
        from techlead_tui.tui.screens.friday import FridayScreen

        screen = FridayScreen(self.desk, self.looks, self.scene.week.key)
        await self.app.push_screen(screen, self._back_from_friday)

    async def _back_from_friday(self, _result: None) -> None:
        await self.reload()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        room, _, method = event.action_id.partition(".")
        await self.run_action(f"{'app.' if room == 'app' else ''}{method}")
