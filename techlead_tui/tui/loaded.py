"""What a screen shows of a week, read from the planner in one go."""

from __future__ import annotations

from typing import NamedTuple

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.lint import lint
from techlead_tui.core.rules import violations
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.planner.planner import FIXES_REACH, Planner
from techlead_tui.render.figures import figures_of
from techlead_tui.render.scene import Scene


class Loaded(NamedTuple):
    snapshot: Snapshot
    scene: Scene


def with_fixes(planner: Planner, loaded: Loaded) -> Loaded:
    """The same with the fixes of what is wrong; dearer than `load`, so it comes after the paint."""
    scene = loaded.scene
    if not any(v.severity in ("refuse", "warn") and v.subjects for v in scene.violations):
        return loaded
    key = scene.week.key
    snapshot = planner.snapshot(*(key.shift(weeks) for weeks in range(FIXES_REACH + 1)))
    found = {(f.rule, f.subjects): f.fixes for f in lint(snapshot, key, planner.now())}
    mended = tuple(v._replace(fixes=found.get((v.rule, v.subjects), ())) for v in scene.violations)
    return loaded._replace(scene=scene._replace(violations=mended))


def load(planner: Planner, key: IsoWeek) -> Loaded:
    """Runs in the planner's thread, and once before Textual is there. StoreError, FileError."""
    now = planner.now()
    this = IsoWeek.of(now.date())
    snapshot = planner.snapshot(*dict.fromkeys((key, this)))
    week = snapshot.week(key)
    current = snapshot.week(this) if key != this else None
    return Loaded(snapshot, Scene(week, figures_of(week), violations(week, now), now, current))
