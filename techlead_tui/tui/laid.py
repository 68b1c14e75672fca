"""A week laid out ahead of the key that asks for it: everything but the cursor. Touches no widget, so any
thread may."""

from __future__ import annotations

from typing import NamedTuple

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.render.head import bands, day_names, header
from techlead_tui.render.runs import Row
from techlead_tui.render.scene import Scene, flagged, panel_rows, walked
from techlead_tui.render.sheet import Sheet
from techlead_tui.render.view import Frame, View
from techlead_tui.tui.loaded import Loaded


class Around(NamedTuple):
    """What stands around the grid and is the same wherever the cursor is."""

    scene: Scene
    part: Frame
    head: Row
    panel: list[Row]  # above the card

    def fits(self, scene: Scene, part: Frame) -> bool:
        return self.scene is scene and self.part == part


class Laid(NamedTuple):
    around: Around
    sheet: Sheet
    rows: list[Row]  # of the grid, with the names of the days


def around(scene: Scene, part: Frame) -> Around:
    head = header(scene.week, scene.figures, part.width, len(walked(scene)))
    beside = panel_rows(scene, part.panel_width, part.height - 3) if part.panel_width else []
    return Around(scene, part, head, beside)


def grid_rows(scene: Scene, view: View, part: Frame) -> tuple[Sheet, list[Row]]:
    sheet = Sheet(scene.week, view, part, scene.now, flagged(scene.violations))
    return sheet, [day_names(sheet), bands(sheet), *(sheet.row(y) for y in range(part.grid_height))]


def lay(scene: Scene, view: View, part: Frame) -> Laid:
    return Laid(around(scene, part), *grid_rows(scene, view, part))


class Ahead:
    """The week shown and those beside it, as they would be shown."""

    def __init__(self) -> None:
        self._held: dict[IsoWeek, tuple[Loaded, Laid | None]] = {}

    def keep(self, loaded: Loaded, laid: Laid | None) -> None:
        self._held[loaded.scene.week.key] = (loaded, laid)

    def forget_but(self, key: IsoWeek) -> None:
        """All but a week and its neighbours."""
        near = (key.shift(-1), key, key.shift(1))
        self._held = {week: held for week, held in self._held.items() if week in near}

    def loaded(self, key: IsoWeek, shown: Loaded) -> Loaded | None:
        """A week that is at hand and as new as the one shown."""
        found, _ = self._held.get(key, (None, None))
        return found if found is not None and found.as_new_as(shown) else None

    def laid(self, scene: Scene, part: Frame) -> Laid | None:
        _, laid = self._held.get(scene.week.key, (None, None))
        return laid if laid is not None and laid.around.fits(scene, part) else None
