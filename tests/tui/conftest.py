"""A screen on a store of its own, at a moment of its own."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
import textual._wait
from textual.pilot import Pilot

from techlead_tui.config.paths import Folders
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import Palette
from techlead_tui.render.palettes import DARK
from techlead_tui.render.runs import Run
from techlead_tui.tui.app import TechleadApp
from techlead_tui.tui.loaded import load
from techlead_tui.tui.screens.week import WeekScreen
from tests.core.weeks import W48, ZONE, moment

# the pilot sleeps at least this long after each key
textual._wait.SLEEP_GRANULARITY = 1 / 500
textual._wait.SLEEP_IDLE = 1 / 2000
textual._wait.wait_for_idle.__defaults__ = (1 / 500, 1)


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now


class Opened:
    """What a test holds in its hands: keys in, the snapshot and the screen's text out."""

    def __init__(self, pilot: Pilot[None], planner: Planner, clock: Clock) -> None:
        self.pilot = pilot
        self.planner = planner
        self.clock = clock
        assert isinstance(pilot.app, TechleadApp)
        self.app: TechleadApp = pilot.app

    @property
    def screen(self) -> WeekScreen:
        return self.app.week_screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Puts words into the line as a paste does, and waits until they are weighed."""
        from textual.widgets import Input

        self.app.screen.query_one(Input).value = text
        await self.settle()

    async def settle(self) -> None:
        """Until nothing is under way: no key, no question to the planner, no timer that was set for one."""
        calm = 0
        for _ in range(400):
            await self.pilot.pause()
            fits = self.app.screen._compositor.size == self.app.size
            calm = calm + 1 if fits and not self._under_way() else 0
            if calm == 3:  # a timer that has just gone off may not have asked its question yet
                return
        raise AssertionError("the screen does not come to rest")

    def _under_way(self) -> bool:
        return bool(self.app.desk.waiting or len(self.app.typeahead) or self._timers())

    def _timers(self) -> bool:
        """Whether a timer is still to go off once: words to be weighed, fixes to be found."""
        nodes = [self.app, self.app.screen, *self.app.screen.walk_children()]
        return any(
            timer._repeat == 0 and timer._task is not None and not timer._task.done()
            for node in nodes
            for timer in node._timers
        )

    def summaries(self, key: IsoWeek = W48) -> list[str]:
        """The own blocks of a week, as stored."""
        return [block.summary for block in self.week(key).blocks if block.source == "own"]

    def week(self, key: IsoWeek = W48):  # type: ignore[no-untyped-def]
        return self.planner.snapshot(key).week(key)

    def painted_lines(self) -> set[int]:
        """The lines of the grid that are written from now on; to be cleared at will."""
        painted: set[int] = set()
        grid = self.screen.grid
        stretch = grid.stretch

        def noted(y: int, start: int, stop: int) -> Sequence[Run]:
            painted.add(y)
            return stretch(y, start, stop)

        grid.stretch = noted  # type: ignore[method-assign]
        return painted

    def text(self) -> str:
        """What stands on the screen."""
        width, height = self.app.size
        lines = self.app.screen._compositor.render_strips(self.app.size)
        assert (len(lines), lines[0].cell_length) == (height, width)
        return "\n".join(strip.text for strip in lines)


Opener = Callable[..., AbstractAsyncContextManager[Opened]]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """Opens the week screen: `async with opened(size=(80, 24)) as screen`."""

    @asynccontextmanager
    async def open_it(
        size: tuple[int, int] = (120, 40), now: datetime | None = None, palette: Palette = DARK
    ) -> AsyncIterator[Opened]:
        clock = Clock(now or moment("tue 11:37"))
        folders = Folders.under(str(tmp_path))
        planner = Planner(folders, "tui", now=lambda: clock.now, zone=ZONE)
        loaded = load(planner, IsoWeek.of(clock.now.date()))
        app = TechleadApp(planner, loaded, palette, size=size, beat=None)
        async with app.run_test(size=size) as pilot:
            screen = Opened(pilot, planner, clock)
            await screen.settle()
            yield screen

    return open_it
