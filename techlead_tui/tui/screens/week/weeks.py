"""Load the week that is to be shown, show it, and load the one behind it ahead."""

from __future__ import annotations

from datetime import date, datetime

from textual.timer import Timer

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.errors import UserError
from techlead_tui.render.viewport import bare
from techlead_tui.render.week_page import Scene, is_over
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.screens.week.ports import WeekPorts
from techlead_tui.tui.textual_workarounds import begin
from techlead_tui.tui.week_data import Shelf

REST = 0.05  # seconds without another week until the one behind it is loaded


def ahead(scene: Scene) -> str:
    """Say that the next week is shown because the one of now is over; "" where it is not."""
    current = scene.current
    if current is None or current.key.shift(1) != scene.week.key or not is_over(current, scene.now):
        return ""
    name = f"W{current.key.number:02}"
    return f"{name} is over: this is the next week · [ goes back · f checks {name}"


class Weeks:
    """Keep the weeks that were shown, as long as nothing is written."""

    def __init__(self, week: WeekPorts) -> None:
        self._week = week
        self._shelf = Shelf()
        self._direction = 1  # in which the user turns the weeks
        self._resting: Timer | None = None

    async def show(self, key: IsoWeek, day: date | None, cursor: int | None) -> None:
        """Show a week; the cursor keeps its weekday and time unless told."""
        week = self._week
        if key != (shown := week.scene.week.key):
            self._direction = 1 if key > shown else -1
        try:
            week.loaded = await week.desk.ask(lambda planner: self._shelf.load(planner, key))
        except UserError as error:
            week.say(error_text(error), "refuse")
            return
        old = week.view
        day = key.day(old.cursor_day.isoweekday()) if day is None else day
        kept = old if IsoWeek.of(old.cursor_day) == key else bare(old)
        picked = old.picked if day == old.cursor_day else None
        minute = old.cursor if cursor is None else cursor
        view = week.navigation.opened(week.scene, day, minute, old.first if cursor is None else None)
        above = kept.lifted if view.first == kept.first else None
        week.look(view._replace(ghost=kept.ghost, ways=kept.ways, picked=picked, lifted=above))
        week.look_for_fixes()
        self.load_ahead()

    async def show_now(self) -> None:
        """Show where work goes on: now, or when it next begins."""
        week, old = self._week, self._week.view
        try:
            week.loaded = await week.desk.ask(self._shelf.load_now)
        except UserError as error:
            week.say(error_text(error), "refuse")
            return
        week.look(week.navigation.opened(week.scene)._replace(ghost=old.ghost))
        if said := ahead(week.scene):
            week.say(said)
        week.look_for_fixes()
        self.load_ahead()

    def load_ahead(self) -> None:
        """Load the week that comes next in the same direction once nothing else is asked for."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self._week.set_timer(REST, self._load_ahead)

    async def _load_ahead(self) -> None:
        begin(self._week.app, self._load_both, "ahead")  # keys do not wait for it

    async def _load_both(self) -> None:
        shown = self._week.scene.week.key
        keys = (shown, shown.shift(self._direction))  # the one shown as well, for the way back
        await self._week.desk.prepare(lambda planner: [self._shelf.load(planner, key) for key in keys])

    def use_settings(self) -> None:
        """Take days and zoom from the settings; weeks at hand may be of another week theme."""
        settings = self._week.desk.planner.settings
        self._shelf = Shelf()
        self._week.navigation.days = settings.days
        self._week.navigation.zoom = settings.zoom or None

    def follows(self, now: datetime) -> bool:
        """Tell whether the cursor goes along to the new day that has begun."""
        before, key = self._week.scene.now, self._week.scene.week.key
        watched = self._week.view.cursor_day == before.date() or IsoWeek.of(now.date()) != key
        return watched and now.date() != before.date() and key == IsoWeek.of(before.date())
