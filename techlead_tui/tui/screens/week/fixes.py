"""Find and take the fixes of what the week refuses or warns about."""

from __future__ import annotations

from textual.timer import Timer

from techlead_tui.core.edits import Fix
from techlead_tui.errors import UserError
from techlead_tui.render.week_page import shown_violation, walked
from techlead_tui.tui.screens.week.navigation import warned_blocks
from techlead_tui.tui.screens.week.ports import WeekPorts
from techlead_tui.tui.screens.week.state import refusal_of
from techlead_tui.tui.weighing import fixes_of

REST = 0.15  # seconds that the cursor rests on what is wrong until its fixes are looked for


class Fixes:
    """Look for fixes once the cursor rests on a block with a warning; no key waits for them."""

    def __init__(self, week: WeekPorts) -> None:
        self._week = week
        self._resting: Timer | None = None

    def look(self) -> None:
        """Look for the fixes of what is wrong under the cursor, once it rests there."""
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        shown = shown_violation(self._week.scene, self._week.view)
        if shown is not None and not shown.violation.fixes:
            self._resting = self._week.set_timer(REST, self._find)

    async def take(self, number: int, *, silent: bool = False) -> bool:
        """Apply a fix of the refusal, else of the block under the cursor; tell whether there was one."""
        fixes = await self._offered()
        if not 1 <= number <= len(fixes):
            if refusal_of(self._week.interaction) is None and not silent:
                self._week.say(f"there is no fix {number} here")
            return False
        fix = fixes[number - 1]
        self._week.forget()
        await self._week.apply(fix.edit, fix.words)
        return True

    async def _offered(self) -> tuple[Fix, ...]:
        refused = refusal_of(self._week.interaction)
        if refused is not None:
            return refused.violations[0].fixes
        if self._resting is not None:  # a key may come before the cursor has rested
            self._resting.stop()
            await self._find()
        shown = shown_violation(self._week.scene, self._week.view)
        return shown.violation.fixes if shown is not None else ()

    async def _find(self) -> None:
        week = self._week
        loaded, shown = week.loaded, shown_violation(week.scene, week.view)
        self._resting = None
        if shown is None:
            return
        wrong, key = shown.violation, week.scene.week.key
        try:
            fixes = await week.desk.search(lambda planner: fixes_of(planner, key, wrong))
        except UserError:
            return
        if week.loaded is loaded and fixes:
            known = tuple(v._replace(fixes=fixes) if v.key == wrong.key else v for v in week.scene.violations)
            week.loaded = loaded._replace(scene=week.scene._replace(violations=known))
            week.paint_around()

    def walk(self, step: int) -> None:
        """Go to the next block with a warning, or the one before, round and round."""
        week = self._week
        if not walked(week.scene):
            week.say("nothing is wrong in this week", "good")
            return
        block = next(warned_blocks(week.scene, week.here, step), None)
        if block is not None:
            week.go_to(block)
