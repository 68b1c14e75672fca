"""What a screen shows of a week, read from the planner in one go."""

from __future__ import annotations

from typing import NamedTuple

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.rules import violations
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.planner.planner import Planner
from techlead_tui.render.figures import figures_of
from techlead_tui.render.scene import Scene


class Loaded(NamedTuple):
    snapshot: Snapshot
    scene: Scene


def load(planner: Planner, key: IsoWeek) -> Loaded:
    """Runs in the planner's thread, and once before Textual is there. StoreError, FileError."""
    now = planner.now()
    this = IsoWeek.of(now.date())
    snapshot = planner.snapshot(*dict.fromkeys((key, this)))
    week = snapshot.week(key)
    current = snapshot.week(this) if key != this else None
    return Loaded(snapshot, Scene(week, figures_of(week), violations(week, now), now, current))
