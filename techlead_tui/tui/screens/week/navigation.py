"""Move the cursor within a week and from week to week: views in, views out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from techlead_tui.core.calendar import minute_of
from techlead_tui.core.week import Block
from techlead_tui.render.lanes import minutes_of
from techlead_tui.render.viewport import DAY, STEP, ZOOMS, Viewport, frame, settled, used_days
from techlead_tui.render.week_page import Scene, block_here, opening_view, walked

PAGE = 8  # steps of a page key
DAYS = {5: 7, 7: 1}  # how many days are shown after so many


class Navigation:
    """Know how much of a week is wanted on the screen, and where a step of the cursor leads.

    `size` is the screen's, in cells; `days` 5, 7 or 1; `zoom` the minutes of a row, None for whatever shows
    the whole day.
    """

    def __init__(self, size: tuple[int, int], days: int, zoom: int | None) -> None:
        self.size = size
        self.days = days
        self.zoom = zoom

    def opened(
        self, scene: Scene, day: date | None = None, cursor: int | None = None, first: int | None = None
    ) -> Viewport:
        """Return the view of a week that fits the screen best, with the cursor at a minute of a day."""
        return opening_view(
            scene.week,
            scene.now,
            *self.size,
            wanted_days=self.days,
            zoom=self.zoom,
            cursor_day=day,
            cursor=cursor,
            first=first,
        )

    def reopened(self, scene: Scene, view: Viewport) -> Viewport:
        """Return the same view for another size, zoom or number of days."""
        fresh = self.opened(scene, view.cursor_day, view.cursor)
        return fresh._replace(ghost=view.ghost, ways=view.ways, picked=view.picked)

    def moved(
        self, scene: Scene, view: Viewport, day: date, cursor: int, picked: str | None = None
    ) -> Viewport:
        """Return the view with the cursor at a minute of a day of its week, scrolled as far as needed."""
        cursor = max(0, min(DAY - STEP, cursor - cursor % STEP))
        days = view.days if day in view.days else self.opened(scene, day, cursor).days
        view = view._replace(days=days)
        first = settled(scene.week, view, frame(*self.size).grid_height, cursor)
        before = view.lifted if first == view.first else None
        return view._replace(first=first, cursor_day=day, cursor=cursor, picked=picked, lifted=before)

    def scrolled(self, view: Viewport, steps: int) -> Viewport:
        """Return the view so many rows further; the cursor goes only as far as it must to stay in it."""
        rows = frame(*self.size).grid_height
        last = max(0, -(-DAY // view.zoom) * view.zoom - rows * view.zoom)
        first = max(0, min(last, view.first + steps * view.zoom))
        if view.ghost is not None:
            return view._replace(first=first, lifted=None)
        lowest = first + (rows - 2) * view.zoom
        cursor = max(first + view.zoom, min(lowest, view.cursor)) if rows > 4 else first
        return view._replace(first=first, cursor=cursor)

    def reachable_days(self, scene: Scene, view: Viewport) -> tuple[date, ...]:
        """Return the days that the cursor can reach in the week, also where one at a time is shown."""
        if len(view.days) > 1:
            return view.days
        week = scene.week
        used = used_days(week)
        return tuple(day.date for day in week.days[:5]) + tuple(
            day.date for day in week.days[5:] if self.days == 7 or day.date in used
        )

    def block_beside(self, scene: Scene, view: Viewport, step: int) -> Block | None:
        """Return the next block, or the last; several at one time come in turn. None at the week's end."""
        days = self.reachable_days(scene, view)
        blocks = [block for block in scene.week.blocks if block.day in days]
        here = block_here(scene, view)
        if here in blocks:
            index = blocks.index(here) + step
        else:
            at = (view.cursor_day, view.cursor)
            later = (i for i, b in enumerate(blocks) if (b.day, minute_of(b.start)) > at)
            index = next(later, len(blocks)) - (step < 0)
        return blocks[index] if 0 <= index < len(blocks) else None

    def next_zoom(self, view: Viewport) -> int:
        """Return the minutes of a row that come after the present ones, round and round."""
        return ZOOMS[(ZOOMS.index(view.zoom) + 1) % len(ZOOMS)]

    def zoom_beside(self, view: Viewport, steps: int) -> int | None:
        """Return a finer or coarser zoom; None at either end."""
        index = ZOOMS.index(view.zoom) + steps
        return ZOOMS[index] if 0 <= index < len(ZOOMS) else None


def blocks_at(scene: Scene, day: date, minute: int) -> list[Block]:
    """Return all blocks that stand at a minute of a day, also what is skipped and lies under the rest."""
    spans = ((block, minutes_of(block, day)) for block in scene.week.blocks_on(day))
    return [block for block, (start, end) in spans if start <= minute < end]


def warned_blocks(scene: Scene, here: Block | None, step: int) -> Iterator[Block]:
    """Give the other blocks with a warning, beginning after the one under the cursor, round and round."""
    found = [scene.week.block(violation.subjects[0]) for violation in walked(scene)]
    blocks = [block for block in found if block is not None]
    at = next((i for i, block in enumerate(blocks) if block == here), -1 if step > 0 else 0)
    for steps in range(1, len(blocks) + 1):  # several may be about the same block
        block = blocks[(at + step * steps) % len(blocks)]
        if block != here:
            yield block
