"""Say what an edit did, in a sentence, and where the cursor goes after it."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.calendar import IsoWeek, minute_of
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import AddBlock, Edit, EditBlock, FinishBlock, MoveBlock
from techlead_tui.core.lengths import short_length
from techlead_tui.core.records import Change
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.text import times, titled
from techlead_tui.core.week import Block, Week
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import NoBlockError, UserError
from techlead_tui.render.text import cut, inert
from techlead_tui.render.viewport import lifted
from techlead_tui.tui.decision_text import TITLE, act_text, error_text, focus_text, verdict_text
from techlead_tui.tui.move import ghost_of, ways_of
from techlead_tui.tui.planner_thread import gone
from techlead_tui.tui.screens.week.painting import rows_above_refusal
from techlead_tui.tui.screens.week.ports import WeekPorts
from techlead_tui.tui.screens.week.state import carried, refuse

UNDO = "u takes it back"


class Editing:
    """Write edits, take them back, and show on the week what they did."""

    def __init__(self, week: WeekPorts) -> None:
        self._week = week

    async def apply(self, edit: Edit, words: Sequence[str] | None = None) -> Decision | None:
        """Write an edit unless the week refuses it; then its answer is waited for. None for trouble."""
        try:
            decision = await self.write([edit], words)
        except UserError as error:
            if isinstance(error, NoBlockError):
                self._week.forget()
                await self._week.reload()
            self._week.warn(error_text(error))
            return None
        await self.show(decision)
        return decision

    async def write(self, edits: Sequence[Edit], words: Sequence[str] | None = None) -> Decision:
        """Write edits that are one wish unless the week refuses one, and show nothing. UserError."""
        edit = edits[-1]
        call = list(words if words is not None else words_of(edit, self._week.scene.week.types))
        move, block = carried(self._week.interaction), self._week.scene.week.block(edit.uid)
        about = move.block.summary if move is not None else block.summary if block is not None else ""
        return await self._week.desk.ask(lambda planner: planner.apply_all(edits, call)[-1], about)

    async def show(self, decision: Decision) -> None:
        """Show what an edit did, or wait for an answer to its refusal."""
        if decision.refused:
            await self._show_refused(decision)
            return
        here = self._week.here
        self._week.forget()
        if here is not None and here.uid == decision.edit.uid:  # what lies under it stays under it
            self._week.view = self._week.view._replace(picked=here.uid)
        await self.show_result(decision)

    async def _show_refused(self, decision: Decision) -> None:
        """Wait for an answer, and show where the block would stand and where the ways out lead."""
        week, edit = self._week, decision.edit
        waiting, before = refuse(week.interaction, decision), week.view
        block = week.scene.week.block(edit.uid)
        ghost = ghost_of(edit, block, focus_text(decision.focus_delta_minutes), False)
        if ghost is not None and IsoWeek.of(ghost.day) != week.scene.week.key:
            await week.show_week(IsoWeek.of(ghost.day), ghost.day, ghost.start)
            waiting = waiting._replace(back=before)
        week.enter(waiting)
        if ghost is not None:
            view = lifted(week.view, ghost, rows_above_refusal(decision, *week.navigation.size))
            week.view = view._replace(ways=ways_of(decision.violations[0].fixes))
        week.paint()

    async def show_result(self, decision: Decision) -> None:
        """Show the week after an edit: the cursor is on what was made or moved, and a sentence tells it."""
        before, block = self._week.scene.week, made_or_moved(decision)
        if block is None or not block.live:
            await self._week.reload()
        else:
            if IsoWeek.of(block.day) == before.key:
                await self._week.reload()
            else:
                await self._week.show_week(IsoWeek.of(block.day), block.day, minute_of(block.start))
            here = self._week.here
            if here is None or here.uid != block.uid:
                self._week.go_to(block)
        said = result_text(decision, before)
        if said is not None:
            self._week.say(*said)

    async def toggle_done(self) -> None:
        """Mark the block under the cursor done, or planned again."""
        block = self._week.here
        if block is None:
            self._week.say("no block here")
            return
        status = "planned" if block.status == "done" else "done"
        decision = await self.apply(FinishBlock(block.uid, block.day, status))
        if decision is not None:
            said = "done" if status == "done" else "planned again"
            self._week.say(f"{short_title(block)}: {said}", "good")

    async def turn(self, turn: str) -> None:
        self._week.forget()
        try:
            if turn == "undo":
                entry = await self._week.desk.ask(lambda planner: planner.undo())
            else:
                entry = await self._week.desk.ask(lambda planner: planner.redo())
        except UserError as error:
            self._week.warn(error_text(error))
            return
        await self._show_turned(entry.changes)
        # boxes have their names from the week theme, and not from what is stored
        names = {block.uid: block.summary for block in self._week.scene.week.blocks}
        said = [f"{'undone' if turn == 'undo' else 'redone'}: {act_text(entry.words, entry.changes, names)}"]
        moved = entry.words[1:2] if entry.words[:1] == ["move"] else []
        block = self._week.scene.week.block(moved[0]) if moved else None
        if block is not None:
            said.append(f"now {_when(block)}")
        self._week.say(" · ".join(said), "accent")

    async def _show_turned(self, changes: Sequence[Change]) -> None:
        """Show the week as it now is; another one where all that came back stands there."""
        back = [change for change in changes if change.after and change.bucket != OPEN]
        weeks = [IsoWeek.parse(change.bucket) for change in back]
        if not weeks or self._week.scene.week.key in weeks:
            await self._week.reload()
        else:
            await self._week.show_week(weeks[0])
        block = self._week.scene.week.block(back[0].uid) if back else None
        if block is not None and block != self._week.here:
            self._week.go_to(block)

    async def changed_elsewhere(self) -> None:
        """Show what another process has committed; what is carried is dropped where it is not what it was."""
        await self._week.reload()
        move = carried(self._week.interaction)
        if move is None or move.copied:
            return
        block, key = move.block, IsoWeek.of(move.block.day)
        try:
            found = await self._week.desk.ask(
                lambda planner: planner.snapshot(key).week(key).block(block.uid)
            )
        except UserError:
            return  # said by the reload
        if carried(self._week.interaction) is None:
            return
        if found is None:
            self._week.forget()
            self._week.paint()
            self._week.say(error_text(gone(block.summary)), "warn")
        elif found.span != block.span:
            self._week.forget()
            self._week.paint()
            self._week.say(f"{short_title(block)} was changed elsewhere and is put down", "warn")


def short_title(block: Block) -> str:
    """Return a block's title as it stands in a sentence."""
    return cut(inert(block.summary), TITLE)


def made_or_moved(decision: Decision) -> Block | None:
    """Return the block that an edit has made, moved or changed, as it now is; None where it is gone."""
    day = decision.edit.day_after
    return decision.after.week(IsoWeek.of(day)).block(decision.uid) if day is not None else None


def result_text(decision: Decision, before: Week) -> tuple[str, str] | None:
    """Return a sentence about an edit that was saved, and its ink; `before` is the week as it was shown.

    None where there is nothing to say beyond what the caller says.
    """
    ink = "warn" if decision.violations else "good"
    gained = focus_text(decision.focus_delta_minutes)
    if decision.overridden:
        return " · ".join(filter(None, ("kept, with your reason", gained, UNDO))), "hint"
    block, edit = made_or_moved(decision), decision.edit
    parts = []
    if block is not None and isinstance(edit, AddBlock):
        parts.append(f"planned: {short_title(block)}, {_when(block)}")
    elif block is not None and (isinstance(edit, MoveBlock) or getattr(edit, "to", None) is not None):
        old = before.block(edit.uid)
        if old is not None and old.start == block.start:
            parts.append(f"{short_title(block)}: now {_times(block)}, {short_length(block.planned_minutes)}")
        else:
            parts.append(f"{short_title(block)} moved to {_when(block)}")
        parts[-1] += ", so from now on" if getattr(edit, "onward", False) else ""
    elif block is not None and isinstance(edit, EditBlock) and edit.onward:
        parts.append(f"{short_title(block)} changed from now on")
    if decision.violations or decision.notes:
        parts.append(
            verdict_text(
                False,
                decision.violations,
                decision.focus_delta_minutes,
                decision.notes,
                titled(block) if block is not None else "",
            )
        )
    elif gained:
        parts.append(gained)
    # what the week says comes last, as it goes first where there is no room: the block's mark tells it too
    return (" · ".join((*parts[:1], UNDO, *parts[1:])), ink) if parts else None


def _when(block: Block) -> str:
    return f"{block.start:%a} {_times(block)}"


def _times(block: Block) -> str:
    return times(block.span)
