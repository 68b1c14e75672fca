"""A day as a plain list: for screens too narrow for a grid, and for the shell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from techlead_tui.core.calendar import clock, minute_of
from techlead_tui.core.text import times
from techlead_tui.core.week import Block, Week
from techlead_tui.render import symbols
from techlead_tui.render.lanes import block_under
from techlead_tui.render.text import Row, Run, cut, exactly, inert, width


def blocks_of(week: Week, day: date, here: Block | None) -> list[Block]:
    """Return the blocks of a day; a box that something fills only where the cursor has picked it."""
    found = week.blocks_on(day)
    filled = {block.box: block.span for block in found if block.live and block.box is not None}
    return [block for block in found if block is here or filled.get(block.uid) != block.span]


def agenda_row(block: Block, cells: int, wrong: str | None, now: datetime, *, marked: bool = False) -> Row:
    """`09:00 ▌EM 1:1 ⇥09:30`; the end too where there is room."""
    ground = "cursor" if marked else "page"

    def style(ink: str) -> str:
        return "cursor/cursor" if marked else f"{ink}/{ground}"

    when = f" {times(block.span) if cells >= 30 else clock(minute_of(block.start))}"
    ink = "done" if block.status == "done" else "skipped" if not block.live else "title"
    if wrong is not None:
        ink = wrong
    hard = f" {symbols.HARD_END}{clock(minute_of(block.hard_end))}" if block.hard_end and cells >= 24 else ""
    title = f"{symbols.signs(block, wrong is not None)}{inert(block.summary)}{'?' if block.optional else ''}"
    room = cells - width(when) - 3 - width(hard)
    runs: list[Run] = [
        (when, style("now" if block.span.holds(now) else "time")),
        (" ", style("ink")),
        (symbols.EDGE[block.category], f"edge.{block.category}/page"),
        (" " + cut(title, room), style(ink)),
        (hard, style("detail")),
    ]
    return exactly(runs, cells, style("ink"))


def listed(week: Week, day: date, cursor: int, picked: str | None, rows: int) -> list[Block]:
    """The blocks of a day that fit that many rows, scrolled so that the one under the cursor shows."""
    here = block_under(week, day, cursor, picked)
    found = blocks_of(week, day, here)
    index = found.index(here) if here in found else 0
    first = max(0, min(index - rows // 2, len(found) - rows))
    return found[first : first + rows]


def agenda(
    week: Week,
    day: date,
    cursor: int,
    picked: str | None,
    now: datetime,
    wrong: Mapping[str, str],
    cells: int,
    rows: int,
) -> list[Row]:
    """The rows of `listed`, one a block."""
    here = block_under(week, day, cursor, picked)
    out = [
        agenda_row(block, cells, wrong.get(block.uid), now, marked=block is here)
        for block in listed(week, day, cursor, picked, rows)
    ]
    if not out:
        out.append(exactly([(" nothing planned", "hint")], cells, "ink"))
    out += [exactly((), cells, "ink")] * (rows - len(out))
    return out
