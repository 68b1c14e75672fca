"""How one moves about in the week and from week to week; the weeks beside the one shown are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from textual.timer import Timer

from techlead_tui.core.calendar import IsoWeek, minute_of
from techlead_tui.core.week import Block
from techlead_tui.errors import UserError
from techlead_tui.render.viewport import DAY, STEP, ZOOMS, following, frame
from techlead_tui.render.week_page import shown_violation
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.screens.week.view import WeekView
from techlead_tui.tui.style import Looks
from techlead_tui.tui.week_data import Loaded, Shelf, fixes_of

PAGE = 8  # steps of a page key
FIXES = 0.15  # seconds that the cursor rests on what is wrong until its fixes are looked for


class WeekMotion(WeekView):
    _finding: Timer | None = None

    def __init__(self, desk: Desk, looks: Looks, loaded: Loaded, size: tuple[int, int]) -> None:
        super().__init__(desk, looks, loaded, size)
        self._shelf = Shelf()

    def on_mount(self) -> None:
        self.look_for_fixes()

    # in the week shown

    def go(
        self, day: date, cursor: int, picked: str | None = None, said: tuple[str, str] | None = None
    ) -> None:
        """Puts the cursor on a time of the week shown; scrolls as far as needed. `said` is as for `say`."""
        self._said = said
        view = self.view
        cursor = max(0, min(DAY - STEP, cursor - cursor % STEP))
        days = view.days if day in view.days else self._opened(day, cursor).days
        rows = frame(*self._room).grid_height
        first = following(view.first, view.zoom, rows, cursor)
        self.view = view._replace(days=days, first=first, cursor_day=day, cursor=cursor, picked=picked)
        if not self.grid.move_cursor(self.view):
            self.grid.show(self.scene, self.view, frame(*self._room))
        self.follow()

    def follow(self) -> None:
        """Panel and line show the block under the cursor; most steps stay on the same one."""
        if self.here != self._shown:
            self.paint_around()
            self.look_for_fixes()
        elif self._said is not None or self._said_shown:
            self._said_shown = self._said is not None
            self._paint_foot()

    # from week to week

    async def show_week(self, key: IsoWeek, day: date | None = None, cursor: int | None = None) -> None:
        """Loads and shows a week; the cursor keeps its weekday and time unless told."""
        try:
            loaded = await self.desk.ask(lambda planner: self._shelf.load(planner, key))
        except UserError as error:
            self.say(error_text(error), "refuse")
            return
        self._turn_to(loaded, day, cursor)

    async def page_to(self, key: IsoWeek, day: date | None = None) -> None:
        """Shows a week that was paged to; what was said before is gone."""
        self._said = None
        await self.show_week(key, day)

    def _turn_to(self, loaded: Loaded, day: date | None, cursor: int | None) -> None:
        self.loaded = loaded
        key, old = self.scene.week.key, self.view
        if day is None:
            day = key.day(old.cursor_day.isoweekday())
        if cursor is None:
            cursor = old.cursor
        ghost = old.ghost if IsoWeek.of(old.cursor_day) == key else None
        fresh = self._opened(day, cursor, old.first)
        self.view = fresh._replace(ghost=ghost, picked=old.picked if day == old.cursor_day else None)
        self.paint()
        self.look_for_fixes()

    def look_for_fixes(self) -> None:
        """The fixes of what is wrong under the cursor, once it rests there; no key waits for them."""
        if self._finding is not None:
            self._finding.stop()
            self._finding = None
        shown = shown_violation(self.scene, self.view)
        if shown is not None and shown.at_cursor and not shown.violation.fixes:
            self._finding = self.set_timer(FIXES, self._find_fixes)

    async def fixes_found(self) -> None:
        """Looks for them now where a look is due: a key may come before the cursor has rested."""
        if self._finding is not None:
            self._finding.stop()
            await self._find_fixes()

    async def _find_fixes(self) -> None:
        loaded, shown = self.loaded, shown_violation(self.scene, self.view)
        if shown is None:
            return
        wrong, key = shown.violation, self.scene.week.key
        try:
            fixes = await self.desk.ask(lambda planner: fixes_of(planner, key, wrong))
        except UserError:
            return
        self._finding = None
        if self.loaded is loaded and fixes:
            known = tuple(v._replace(fixes=fixes) if v.key == wrong.key else v for v in self.scene.violations)
            self.loaded = loaded._replace(scene=self.scene._replace(violations=known))
            self.paint_around()

    async def settings_changed(self) -> None:
        """The week as the settings now want it; weeks at hand may be of another week theme."""
        settings = self.desk.planner.settings
        self._shelf = Shelf()
        self._days = settings.days
        self._zoom = settings.zoom or None
        await self.reload()

    async def reload(self) -> None:
        """The same week as it now is."""
        await self.show_week(self.scene.week.key)

    async def _step_day(self, days: int) -> None:
        day = self.view.cursor_day + timedelta(days=days)
        key = IsoWeek.of(day)
        shown = self.scene.week.key
        visible = self._week_days()
        if key == shown and day in visible:
            self.go(day, self.view.cursor)
        elif days > 0:
            await self.page_to(shown.shift(1), shown.shift(1).monday)
        else:
            before = shown.shift(-1)
            await self.page_to(before, before.day(len(visible) if len(visible) < 7 else 7))

    def _week_days(self) -> tuple[date, ...]:
        """The days that the cursor can reach in this week, also where one at a time is shown."""
        if len(self.view.days) > 1:
            return self.view.days
        week = self.scene.week
        used = {block.day for block in week.live} | {day.date for day in week.days if day.theme is not None}
        return tuple(day.date for day in week.days[:5]) + tuple(
            day.date for day in week.days[5:] if self._days == 7 or day.date in used
        )

    async def action_left(self) -> None:
        await self._step_day(-1)

    async def action_right(self) -> None:
        await self._step_day(1)

    async def action_up(self) -> None:
        await self._step(-STEP)

    async def action_down(self) -> None:
        await self._step(STEP)

    async def _step(self, minutes: int) -> None:
        if frame(*self._room).listed and abs(minutes) == STEP:
            self._step_block(1 if minutes > 0 else -1)
        else:
            self.go(self.view.cursor_day, self.view.cursor + minutes)

    async def action_page_up(self) -> None:  # type: ignore[override]
        await self._step(-PAGE * STEP)

    async def action_page_down(self) -> None:  # type: ignore[override]
        await self._step(PAGE * STEP)

    def action_next_block(self) -> None:
        self._step_block(1)

    def action_previous_block(self) -> None:
        self._step_block(-1)

    def _step_block(self, step: int) -> None:
        """To the start of the next or last block; several at one time are picked in turn."""
        blocks = list(self._stops())
        if not blocks:
            return
        here = self.here
        at = (self.view.cursor_day, self.view.cursor)
        if here in blocks:
            index = blocks.index(here) + step
        else:
            later = [i for i, b in enumerate(blocks) if (b.day, minute_of(b.start)) > at]
            index = later[0] if later else len(blocks)
            index -= step < 0
        if 0 <= index < len(blocks):
            block = blocks[index]
            self.go(block.day, minute_of(block.start), block.uid)

    def _stops(self) -> Iterator[Block]:
        days = self._week_days()
        return (block for block in self.scene.week.blocks if block.day in days)

    async def action_previous_week(self) -> None:
        await self.page_to(self.scene.week.key.shift(-1))

    async def action_next_week(self) -> None:
        await self.page_to(self.scene.week.key.shift(1))

    async def action_today(self) -> None:
        now = self.desk.planner.now()
        minute = minute_of(now)
        await self.show_week(IsoWeek.of(now.date()), now.date(), minute - minute % STEP)

    # looking

    def action_zoom(self) -> None:
        self.use_zoom(ZOOMS[(ZOOMS.index(self.view.zoom) + 1) % len(ZOOMS)])

    def use_zoom(self, zoom: int) -> None:
        """So many minutes a row from now on."""
        self._zoom = zoom
        self.view = self._opened(self.view.cursor_day, self.view.cursor)._replace(
            ghost=self.view.ghost, picked=self.view.picked
        )
        self.paint()
        self.say(f"{zoom} minutes a row")

    def action_weekend(self) -> None:
        """Five days, seven, one."""
        self._days = {5: 7, 7: 1}.get(self._days, 5)
        self.view = self._opened(self.view.cursor_day, self.view.cursor)._replace(
            ghost=self.view.ghost, picked=self.view.picked
        )
        self.paint()
