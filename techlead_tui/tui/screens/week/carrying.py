"""Carry a block, or a copy of one, from its place to another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from techlead_tui.core.calendar import IsoWeek, clock, minute_of
from techlead_tui.core.edits import MoveBlock
from techlead_tui.core.text import place
from techlead_tui.core.week import Block
from techlead_tui.errors import UserError
from techlead_tui.render.viewport import Ghost, frame
from techlead_tui.tui.decision_text import error_text, focus_text, verdict_text
from techlead_tui.tui.move import Move, comes_again
from techlead_tui.tui.screens.week.editing import short_title
from techlead_tui.tui.screens.week.ports import WeekPorts
from techlead_tui.tui.screens.week.state import LOOK, Drag, Refused, carried, carry
from techlead_tui.tui.weighing import Weighed, weigh

HOW = "arrows move it · ⏎ puts it down · esc takes it back"


def stays(block: Block) -> str:
    """Return why a block cannot be moved, or ""."""
    if block.status == "done":
        return f"{short_title(block)} is done and stays where it was"
    if block.source == "calendar":
        return f"{short_title(block)} is from your calendar, and moves there · i proposes another time"
    return ""


class Carrying:
    """Show what is carried as a ghost, with what the week says to it there."""

    def __init__(self, week: WeekPorts, ask_which: Callable[[MoveBlock, Block], Awaitable[None]]) -> None:
        self._week = week
        self._ask_which = ask_which

    async def carry(self, move: Move) -> None:
        """Show a block where it would be put down, and what the week says to that, in one paint."""
        interaction = LOOK if isinstance(self._week.interaction, Refused) else self._week.interaction
        self._week.enter(carry(interaction, move))
        said: tuple[str, str] | None = None
        if move.idle:
            ghost = move.ghost(f"from {move.block.start:%a %H:%M}", True)
            said = None if isinstance(interaction, Drag) else (HOW, "hint")
        else:
            ghost, said = await self._weigh(move)
        if frame(*self._week.navigation.size).listed:  # nothing else tells where it would be
            at = f"{move.day:%a} {clock(move.start)}–{clock(move.end)}"
            text, ink = said or ("", "hint")
            said = (f"carried from {at} · {text}" if move.idle else f"{at} · {text}", ink)
        self._week.view = self._week.view._replace(ghost=ghost)
        self._week.go(move.day, move.start, move.block.uid, said)

    async def come_along(self) -> None:
        """Bring what is carried to the day that the cursor has come to."""
        move = carried(self._week.interaction)
        if move is not None and move.day != self._week.view.cursor_day:
            await self.carry(move.to(self._week.view.cursor_day, move.start))

    async def put_down(self) -> None:
        """Put down what is carried."""
        move = carried(self._week.interaction)
        if move is None or move.idle:
            await self.drop()
        elif isinstance(edit := move.edit(), MoveBlock) and comes_again(
            move.block, self._week.scene.now.date()
        ):
            await self._ask_which(edit, move.block)
        else:
            await self._week.apply(edit)

    async def drop(self) -> None:
        """Drop what is under way; from a block that was carried the cursor goes back to where it stands."""
        now, move = self._week.interaction, carried(self._week.interaction)
        back = now.back if isinstance(now, Refused) else None
        self._week.forget()
        self._week.paint()
        if back is not None and move is None:
            await self._week.show_week(IsoWeek.of(back.cursor_day), back.cursor_day, back.cursor)
        elif move is None:
            self._week.go(self._week.view.cursor_day, self._week.view.cursor, self._week.view.picked)
        else:
            block = move.block
            if IsoWeek.of(block.day) != self._week.scene.week.key:
                await self._week.show_week(IsoWeek.of(block.day), block.day, minute_of(block.start))
            self._week.go_to(block)

    async def pick_up(self) -> None:
        block = self._week.here
        if block is None:
            self._week.say("no block here to move")
        elif why := stays(block):
            self._week.say(why)
        else:
            await self.carry(Move.of(block, self._week.scene.week.zone))

    async def resize(self, minutes: int) -> None:
        """Resize the ghost of a block that is carried; else the block itself, at once."""
        held, block = carried(self._week.interaction), self._week.here
        if held is not None:
            await self.carry(held.resized(minutes))
        elif block is None:
            self._week.say("no block here")
        elif block.source == "calendar":
            self._week.say(stays(block))
        else:
            move = Move.of(block, self._week.scene.week.zone).resized(minutes)
            if not move.idle:
                await self._week.apply(move.edit())

    async def _weigh(self, move: Move) -> tuple[Ghost, tuple[str, str]]:
        snapshot = self._week.loaded.snapshot
        try:
            said = await self._week.desk.ask(
                lambda planner: weigh(planner, snapshot, move.edit()), move.block.summary
            )
        except UserError as error:
            return move.ghost("", False), (error_text(error), "warn")
        note = focus_text(said.focus_minutes) or "focus unchanged"
        return move.ghost(note, not said.refused), carried_text(move, said)


def carried_text(move: Move, said: Weighed) -> tuple[str, str]:
    """Return what the week says to a block that is carried, and its ink."""
    about = place(move.block.summary, move.day, move.start, move.end)
    text = verdict_text(said.refused, said.violations, said.focus_minutes, said.notes, about)
    return text, "refuse" if said.refused else "warn" if said.violations else "good"
