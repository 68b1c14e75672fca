"""The week on the screen and how one moves about in it; what changes it stands in week.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.screen import Screen
from textual.timer import Timer

from techlead_tui.core.block import Block
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.localtime import minute_of
from techlead_tui.planner.planner import Planner
from techlead_tui.render.foot import note_line
from techlead_tui.render.head import header
from techlead_tui.render.runs import Row
from techlead_tui.render.scene import (
    Scene,
    block_here,
    foot_row,
    opening_view,
    panel_card,
    panel_rows,
    shown_violation,
    walked,
)
from techlead_tui.render.view import DAY, STEP, ZOOMS, Frame, View, following, frame
from techlead_tui.tui import actions
from techlead_tui.tui.compositing import RowsCompositor
from techlead_tui.tui.desk import Desk, Trouble
from techlead_tui.tui.loaded import Loaded, Shelf, fixes_of
from techlead_tui.tui.looks import Looks
from techlead_tui.tui.widgets.choices import Choices
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView
from techlead_tui.tui.widgets.week_grid import Laid, WeekGrid, lay

PAGE = 8  # steps of a page key
FETCH = 0.04  # seconds after a week is shown until those beside it are fetched: its paint comes first
FIXES = 0.15  # seconds that the cursor rests on what is wrong until its fixes are looked for


class WeekView(Screen[None]):
    CSS_PATH = "week.tcss"
    mode = "look"  # what the key bar offers: look, move or pending

    def __init__(self, desk: Desk, looks: Looks, loaded: Loaded, size: tuple[int, int]) -> None:
        super().__init__()
        self._compositor = RowsCompositor()
        self.desk = desk
        self.looks = looks
        self.loaded = loaded
        self._zoom: int | None = desk.planner.settings.zoom or None  # None: whatever shows the day whole
        self._days = desk.planner.settings.days
        self._said: tuple[str, str] | None = None  # sentence and ink, until the next key
        self._shown: Block | None = None  # the block that panel and line tell about
        self._said_shown = False
        self._shelf = Shelf()
        self._finding: Timer | None = None
        self._fetching: Timer | None = None
        self._above: tuple[Scene, Frame, list[Row]] | None = None  # of the panel, what keys leave
        self._near: dict[IsoWeek, tuple[Loaded, Laid | None]] = {}  # the weeks beside the one shown
        self._room = size
        self.view = opening_view(
            loaded.scene.week, loaded.scene.now, *size, wanted_days=self._days, zoom=self._zoom
        )

    @property
    def scene(self) -> Scene:
        return self.loaded.scene

    @property
    def here(self) -> Block | None:
        """The block under the cursor."""
        return block_here(self.scene, self.view)

    def compose(self) -> ComposeResult:
        yield RowsView(self.looks, id="header")
        with Horizontal(id="body"):
            yield WeekGrid(self.looks, id="grid")
            yield RowsView(self.looks, id="panel")
        yield Choices(self.looks, id="foot")
        yield KeyBar(self.looks, id="keys")
        yield Choices(self.looks, id="refusal")

    def on_mount(self) -> None:
        self.header = self.query_one("#header", RowsView)
        self.grid = self.query_one(WeekGrid)
        self.panel = self.query_one("#panel", RowsView)
        self.foot = self.query_one("#foot", Choices)
        self.key_bar = self.query_one(KeyBar)
        self._fit()
        self.look_for_fixes()
        self._fetching = self.set_timer(FETCH, self._fetch_around)

    def on_resize(self, event: Resize) -> None:
        size = (event.size.width, event.size.height)
        if size != self._room and 0 not in size:
            self._room = size
            self._fit()

    def _fit(self) -> None:
        """Takes the size of the screen: parts, zoom and first row follow it."""
        part = frame(*self._room)
        self.panel.styles.width = part.panel_width
        self.panel.display = part.panel_width > 0
        view = self.view
        self.view = self._opened(view.cursor_day, view.cursor)._replace(ghost=view.ghost, picked=view.picked)
        self.paint()

    def _opened(self, day: date, cursor: int, first: int | None = None, scene: Scene | None = None) -> View:
        shown = scene or self.scene
        return opening_view(
            shown.week,
            shown.now,
            *self._room,
            wanted_days=self._days,
            zoom=self._zoom,
            cursor_day=day,
            cursor=cursor,
            first=first,
        )

    # painting

    def paint(self) -> None:
        """Shows everything as it now is; what is the same is not painted again."""
        width, _ = self._room
        wrong = len(walked(self.scene))
        self.header.show_rows([header(self.scene.week, self.scene.figures, width, wrong)])
        part = frame(*self._room)
        _, laid = self._near.get(self.scene.week.key, (None, None))
        if laid is not None and (laid.scene is not self.scene or laid.part != part):
            laid = None
        if laid is not None:
            self._above = (self.scene, part, laid.above)
        self.grid.show(self.scene, self.view, part, laid)
        self.paint_around()
        self.paint_keys()

    def paint_around(self) -> None:
        """Panel and bottom line, which follow the cursor."""
        self._shown = self.here
        self._said_shown = self._said is not None
        part = frame(*self._room)
        if part.panel_width:
            self.panel.show_rows(self._panel_rows(part))
        self._paint_foot()

    def _panel_rows(self, part: Frame) -> list[Row]:
        above = self._above
        cells, rows = part.panel_width, part.height - 3
        if above is None or above[0] is not self.scene or above[1] != part:
            above = self._above = (self.scene, part, panel_rows(self.scene, cells, rows))
        return [*above[2], *panel_card(self.scene, self.view, cells, rows)]

    def paint_keys(self) -> None:
        self.key_bar.show(actions.bar(self.mode, self.desk.planner.settings.keys), self._room[0])

    def _paint_foot(self) -> None:
        width = self._room[0]
        if self._said is not None:
            self.foot.offer([note_line(self._said[0], width, self._said[1])], {})
        else:
            row, spots = foot_row(self.scene, self.view, width)
            self.foot.offer([row], {0: spots})

    def say(self, text: str, ink: str = "hint") -> None:
        """A sentence in the bottom line until the next key."""
        self._said = (text, ink)
        self._paint_foot()

    def follow(self) -> None:
        """Panel and line show the block under the cursor; most steps stay on the same one."""
        if self.here != self._shown:
            self.paint_around()
            self.look_for_fixes()
        elif self._said is not None or self._said_shown:
            self._said_shown = self._said is not None
            self._paint_foot()

    # moving about

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

    async def show_week(self, key: IsoWeek, day: date | None = None, cursor: int | None = None) -> None:
        """Loads and shows a week; the cursor keeps its weekday and time unless told."""
        try:
            loaded = await self.desk.ask(lambda planner: self._shelf.load(planner, key))
        except Trouble as trouble:
            self.say(str(trouble), "refuse")
            return
        self._turn_to(loaded, day, cursor)

    async def page_to(self, key: IsoWeek, day: date | None = None) -> None:
        """The same for a week beside this one, which is at hand: what is older than what is shown is not
        used, and what others write meanwhile is noticed as it is for the week shown."""
        near = self._near.get(key)
        if near is not None and near[0].as_new_as(self.loaded):
            self._turn_to(near[0], day, None)
        else:
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
        if self._fetching is not None:
            self._fetching.stop()
        self._fetching = self.set_timer(FETCH, self._fetch_around)

    async def _fetch_around(self) -> None:
        """Has the weeks beside this one at hand, laid out as they would be shown."""
        key, part = self.scene.week.key, frame(*self._room)
        weekday, cursor, first = self.view.cursor_day.isoweekday(), self.view.cursor, self.view.first

        def fetch(planner: Planner) -> dict[IsoWeek, tuple[Loaded, Laid | None]]:
            found: dict[IsoWeek, tuple[Loaded, Laid | None]] = {}
            for other in (key.shift(1), key.shift(-1)):
                loaded = self._shelf.load(planner, other)
                view = self._opened(other.day(weekday), cursor, first, loaded.scene)
                found[other] = (loaded, None if part.listed else lay(loaded.scene, view, part))
            return found

        with suppress(Trouble):  # said when the week itself is asked for
            self._near = await self.desk.ask(fetch)

    def look_for_fixes(self) -> None:
        """The fixes of what is wrong under the cursor, once it rests there; no key waits for them."""
        if self._finding is not None:
            self._finding.stop()
        shown = shown_violation(self.scene, self.view)
        if shown is not None and shown.at_cursor and not shown.violation.fixes:
            self._finding = self.set_timer(FIXES, self._find_fixes)

    async def _find_fixes(self) -> None:
        loaded, shown = self.loaded, shown_violation(self.scene, self.view)
        if shown is None:
            return
        wrong, key = shown.violation, self.scene.week.key
        try:
            fixes = await self.desk.ask(lambda planner: fixes_of(planner, key, wrong))
        except Trouble:
            return
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
        if frame(*self._room).listed:
            self._step_block(1 if minutes > 0 else -1)
        else:
            self.go(self.view.cursor_day, self.view.cursor + minutes)

    def action_page_up(self) -> None:
        self.go(self.view.cursor_day, self.view.cursor - PAGE * STEP)

    def action_page_down(self) -> None:
        self.go(self.view.cursor_day, self.view.cursor + PAGE * STEP)

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
        self.view = self._opened(self.view.cursor_day, self.view.cursor)._replace(picked=self.view.picked)
        self.paint()
