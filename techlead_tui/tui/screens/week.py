"""The home screen: the week, and what its keys do to the block under the cursor."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer

from techlead_tui.core.edits import FinishBlock, RemoveBlock
from techlead_tui.render.view import STEP
from techlead_tui.tui import actions
from techlead_tui.tui.desk import Trouble
from techlead_tui.tui.loaded import weigh
from techlead_tui.tui.moving import Move
from techlead_tui.tui.screens.week_edits import WeekEdits
from techlead_tui.tui.verdict import focus_text, verdict_text
from techlead_tui.tui.widgets.key_bar import KeyBar

WEIGHED = 0.06  # seconds that a moved block rests until it is weighed


class WeekScreen(WeekEdits):
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(a.keys, a.method, a.text, show=False, id=a.id)
            for a in actions.of_screen("week")
            if a.id != "week.fix"
        ),
        *(Binding(str(digit), f"fix({digit})", show=False) for digit in range(1, 10)),
    ]

    moving: Move | None = None
    _weighing: Timer | None = None

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

    async def action_delete(self) -> None:
        block = self.here
        if block is None:
            self.say("no block here")
            return
        if not block.live:
            await self.apply(FinishBlock(block.uid, block.day, "planned"))
            return
        decision = await self.apply(RemoveBlock(block.uid, block.day))
        if decision is not None:
            gone = "skipped" if block.recurring else "deleted"
            gained = focus_text(decision.focus_delta_minutes)
            self.say(f"{block.summary} {gone}{f' · {gained}' if gained else ''} · u brings it back", "accent")

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
        except Trouble as trouble:
            self.say(str(trouble))
            return
        await self.reload()
        self.say(f"{'taken back' if turn == 'undo' else 'done again'}: {' '.join(entry.words)}", "accent")

    # moving a block

    def forget(self) -> None:
        self.moving = None
        if self._weighing is not None:
            self._weighing.stop()
        super().forget()

    async def action_place(self) -> None:
        """Enter: puts a carried block down, else answers what the week says."""
        if self.moving is None or self.refused is not None:
            await self.answer()
        elif self.moving.idle:
            await self.action_cancel()
        else:
            await self.apply(self.moving.edit())

    def action_move(self) -> None:
        block = self.here
        if self.moving is not None:
            return
        if block is None:
            self.say("no block here to move")
        elif block.status == "done":
            self.say(f"{block.summary} is done and stays where it was")
        else:
            self._carry(Move.of(block), f"from {block.start:%a %H:%M}")

    def _carry(self, move: Move, note: str = "", allowed: bool = True) -> None:
        """Shows the block where it would be put down, and has that weighed once it rests."""
        self.moving = move
        self.refused = None
        self.set_mode("move")
        self.view = self.view._replace(ghost=move.ghost(note, allowed))
        if self._weighing is not None:
            self._weighing.stop()
        self.go(move.day, move.start, move.block.uid)
        self._weighing = self.set_timer(WEIGHED, self._weigh_move)

    async def _weigh_move(self) -> None:
        move = self.moving
        if move is None or move.idle:
            return
        try:
            snapshot = self.loaded.snapshot
            said = await self.desk.ask(lambda planner: weigh(planner, snapshot, move.edit()))
        except Trouble as trouble:
            self.say(str(trouble), "warn")
            return
        if self.moving != move or self.refused is not None:
            return
        note = focus_text(said.focus_minutes) or "focus as before"
        self.view = self.view._replace(ghost=move.ghost(note, not said.refused))
        self.grid.move_cursor(self.view)
        text = verdict_text(said.refused, said.violations, said.focus_minutes, said.notes)
        self.say(text, "refuse" if said.refused else "warn" if said.violations else "good")

    def _step(self, minutes: int) -> None:
        if self.moving is None:
            super()._step(minutes)
        else:
            self._carry(self.moving.to(self.moving.day, self.moving.start + minutes), *self._kept())

    async def _step_day(self, days: int) -> None:
        await super()._step_day(days)
        if self.moving is not None:
            self._carry(self.moving.to(self.view.cursor_day, self.moving.start), *self._kept())

    def _kept(self) -> tuple[str, bool]:
        ghost = self.view.ghost
        return (ghost.note, ghost.allowed) if ghost is not None else ("", True)

    async def action_longer(self) -> None:
        await self._resize(STEP)

    async def action_shorter(self) -> None:
        await self._resize(-STEP)

    async def _resize(self, minutes: int) -> None:
        if self.moving is None:
            self.action_move()
        if self.moving is not None:
            self._carry(self.moving.resized(minutes), *self._kept())

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
