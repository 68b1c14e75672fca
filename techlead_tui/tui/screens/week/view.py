"""The week on the screen, in the parts that it is painted in; how one moves about in it is week_motion's."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.screen import Screen

from techlead_tui.core.week import Block
from techlead_tui.render.footer import note_line
from techlead_tui.render.header import header
from techlead_tui.render.viewport import Viewport, frame
from techlead_tui.render.week_page import (
    Scene,
    block_here,
    foot_row,
    opening_view,
    panel_card,
    panel_rows,
    walked,
    worked_off,
)
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.week_data import Loaded
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import Choices, RowsView
from techlead_tui.tui.widgets.week_grid import WeekGrid

AFTER = "this week is worked off · ] shows the next one, to be planned"


class WeekView(Screen[None]):
    CSS_PATH = "screen.tcss"
    mode = "look"  # what the key bar offers: look, move or pending

    def __init__(self, desk: Desk, looks: Looks, loaded: Loaded, size: tuple[int, int]) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.loaded = loaded
        self._zoom: int | None = desk.planner.settings.zoom or None  # None: whatever shows the day whole
        self._days = desk.planner.settings.days
        # sentence and ink, until the next key
        self._said: tuple[str, str] | None = (AFTER, "hint") if worked_off(loaded.scene) else None
        self._shown: Block | None = None  # the block that panel and line tell about
        self._said_shown = False
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

    def _opened(
        self, day: date, cursor: int, first: int | None = None, scene: Scene | None = None
    ) -> Viewport:
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
        part = frame(*self._room)
        scene = self.scene
        self.header.show_rows([header(scene.week, scene.figures, part.width, len(walked(scene)))])
        self.grid.show(scene, self.view, part)
        self.paint_around()
        self.paint_keys()

    def paint_around(self) -> None:
        """Panel and bottom line, which follow the cursor."""
        self._shown = self.here
        self._said_shown = self._said is not None
        part = frame(*self._room)
        if part.panel_width:
            cells, rows = part.panel_width, part.height - 3
            card = panel_card(self.scene, self.view, cells, rows)
            self.panel.show_rows([*panel_rows(self.scene, cells, rows), *card])
        self._paint_foot()

    def paint_keys(self) -> None:
        self.key_bar.show(self.mode, self.desk.planner.settings.keys, self._room[0])

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
