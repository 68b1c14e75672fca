"""A screen on a store of its own, at a moment of its own."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import textual.app
import textual.pilot
from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.strip import Strip

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import DARK, Palette
from techlead_tui.tui.app import TechleadApp
from techlead_tui.tui.screens.week.screen import WeekScreen
from techlead_tui.tui.textual_workarounds import is_idle
from techlead_tui.tui.week_data import load_now
from tests.core.weeks import W48, ZONE, moment

PATIENCE = 30.0  # seconds of the processor, so that a busy machine hangs no test
NAP = 0.001  # seconds
FEW = 20  # turns of the event loop


def calm(app: App[Any]) -> bool:
    """Tell whether no message waits anywhere or is being handled."""
    return all(map(is_idle, (app, *app._registry)))


async def handled(min_sleep: float = 0, max_sleep: float = PATIENCE) -> None:  # noqa: ARG001
    """Until every message is handled. Textual's own sleeps, and looks how busy the processor is."""
    last, turns = process_time() + max_sleep, 0
    await asyncio.sleep(0)
    while not calm(active_app.get()) and process_time() < last:
        turns += 1
        await asyncio.sleep(0 if turns < FEW else NAP)  # the planner's thread needs the processor too


textual.app.wait_for_idle = textual.pilot.wait_for_idle = handled

_parsed: dict[tuple[tuple[str, str], ...], Any] = defaultdict(dict)  # by the colours that rules may name


def parsed_once(sheet: Stylesheet, *parts: Any, **named: Any) -> Any:
    """Return the rules of a style sheet, which are the same in every app of a process."""
    known = _parsed[tuple(sheet._variables.items())]
    key = (*parts, *named.items())
    if key not in known:
        known[key] = parse_rules(sheet, *parts, **named)
    return known[key]


parse_rules, Stylesheet._parse_rules = Stylesheet._parse_rules, parsed_once  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _unwritten(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what Textual draws for the terminal: a headless driver throws it away, and it is half of the
    cost of a large screen. `Opened.text` draws all that is there, whenever a test looks.

    A test marked `written` has it drawn."""

    def nothing(compositor: Compositor, *_: object, **__: object) -> None:
        compositor._dirty_regions.clear()

    if request.node.get_closest_marker("written") is None:
        monkeypatch.setattr(Compositor, "render_update", nothing)


class Opened:
    """Hold what a test has in its hands: keys in, the snapshot and the screen's text out."""

    def __init__(self, pilot: Pilot[None], planner: Planner, clock: StillClock) -> None:
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

        line = self.app.focused if isinstance(self.app.focused, Input) else self.app.screen.query_one(Input)
        line.value = text
        await self.settle()

    async def settle(self) -> None:
        """Until nothing is under way: no key, no message, no question to the planner, no timer for one.

        Of a program that has ended, nothing is painted any more. The time that it takes is the machine's
        business, so only a test that hangs ever ends here.
        """
        last, still = process_time() + PATIENCE, 0
        while (
            still < 3 and not self.app._exit
        ):  # a timer that has just gone off may not have asked its question yet
            await asyncio.sleep(0 if still else NAP)
            if self.app._exception is not None:
                raise self.app._exception
            self.app.screen._on_timer_update()  # paints now, and not at the next sixtieth of a second
            under_way = self._under_way()
            still = 0 if under_way else still + 1
            assert process_time() < last, f"the screen does not come to rest: {under_way}"

    def _under_way(self) -> str:
        """Return what is still to be waited for; empty when nothing is."""
        app = self.app
        busy = {
            "the size": app.screen._compositor.size != app.size,
            "a paint": app.screen._dirty_widgets
            # Textual forgets a widget beneath a dialog only together with a region that is to be painted
            or any(seen._compositor._dirty_regions for seen in app._background_screens),
            "the planner": app.desk.waiting,
            "keys": len(app.typeahead),
            "messages": not calm(app),
            "a timer": self._timers(),
        }
        return ", ".join(name for name, wait in busy.items() if wait)

    def _timers(self) -> bool:
        """Tell whether a timer is still to go off once: words to be weighed, fixes to be found."""
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
        render_line = grid.render_line

        def noted(y: int) -> Strip:
            painted.add(y)
            return render_line(y)

        grid.render_line = noted  # type: ignore[method-assign]
        return painted

    def strips(self) -> list[Strip]:
        """The whole screen as Textual would paint it, with what is seen through a dialog."""
        visible_screen_stack.set(self.app._background_screens)
        return self.app.screen._compositor.render_strips(self.app.size)

    def text(self) -> str:
        """Return what stands on the screen."""
        width, height = self.app.size
        lines = self.strips()
        assert (len(lines), lines[0].cell_length) == (height, width)
        return "\n".join(strip.text for strip in lines)


Opener = Callable[..., AbstractAsyncContextManager[Opened]]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """Opens the week screen: `async with opened(size=(80, 24)) as screen`."""

    @asynccontextmanager
    async def open_it(
        size: tuple[int, int] = (120, 40),
        now: datetime | None = None,
        palette: Palette = DARK,
        zone: tzinfo | None = ZONE,  # None is the system's
    ) -> AsyncIterator[Opened]:
        clock = StillClock(now or moment("tue 11:37"))
        folders = Folders.under(str(tmp_path))
        planner = Planner(folders, clock, "tui", zone)
        loaded = load_now(planner)
        app = TechleadApp(planner, loaded, palette, size=size, beat=None)
        async with app.run_test(size=size) as pilot:
            screen = Opened(pilot, planner, clock)
            await screen.settle()
            yield screen

    return open_it


@pytest.fixture
def no_clipboard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Leave the terminal as the only way, so that no test touches a clipboard."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("SSH_TTY", "/dev/pts/9")
