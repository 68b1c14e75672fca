"""The week laid out as a grid: days beside each other, hours down, blocks as high as they are long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from techlead_tui.core.balance import deep_spans
from techlead_tui.core.calendar import clock, minute_of
from techlead_tui.core.span import subtract
from techlead_tui.core.week import Week
from techlead_tui.render import symbols
from techlead_tui.render.day_column import GUTTER, Cells, DayColumn, DayDrawing, Hours, columns_of
from techlead_tui.render.lanes import LaneBlock
from techlead_tui.render.text import (
    Row,
    Run,
    exactly,
    fit,
    ground_of,
    inert,
    ink_of,
    on,
    splice,
    tidy,
    width,
    wrap,
)
from techlead_tui.render.viewport import DAY, STEP, Frame, Ghost, Viewport

NOTHING_ASKED: Mapping[str, Sequence[str]] = {}
UNRULED = str.maketrans(symbols.NOW_ELSEWHERE, " ")  # today the line of now goes on through the cursor


class Sheet:
    """One week at one size: rows of runs without the cursor, and what stands where.

    Made anew when the week, the size, the minute or a ghost changes; a cursor that moves asks for two rows.
    """

    def __init__(
        self,
        week: Week,
        view: Viewport,
        part: Frame,
        now: datetime,
        wrong: Mapping[str, str],
        asked: Mapping[str, Sequence[str]] = NOTHING_ASKED,
    ) -> None:
        self.week = week
        self.view = view
        self.height = part.grid_height
        self.width = part.grid_width
        self.now = now
        self._asked = asked  # questions by the window in which they wait
        self.columns = columns_of(week, view.days, part.grid_width)
        end = self.columns[-1].x + self.columns[-1].width
        self._exact = end in (self.width, self.width - 1)  # else too narrow for its columns
        self._hours = Hours(view.first, view.zoom, self.height)
        drawings = self._drawings(wrong)
        self.places = [drawing.places for drawing in drawings]
        self._bare: list[Cells] = [drawing.rows for drawing in drawings]  # without ghost and line of now
        self._cells = [list(rows) for rows in self._bare]
        self._draw_over(range(len(self.columns)))

    def move_ghost(self, view: Viewport) -> set[int]:
        """Take the ghost of the same block, or the cursor, elsewhere; return the rows that may differ."""
        old, self.view = self.view, view
        days = {ghost.day for ghost in (old.ghost, view.ghost) if ghost is not None}
        days |= {way.day for way in view.ways}
        touched = [index for index, column in enumerate(self.columns) if column.day.date in days]
        for index in touched:
            self._cells[index] = list(self._bare[index])
        self._draw_over(touched)
        rows = {self.row_of(old.cursor), self.row_of(view.cursor)}
        for ghost in (old.ghost, view.ghost):
            if ghost is not None:
                for column in self.columns:
                    part = ghost.on(column.day.date)
                    rows.update(self._rows_of(*part) if part is not None else ())
        return {y for y in rows if 0 <= y < self.height}

    def _draw_over(self, indexes: Iterable[int]) -> None:
        """The line of now and, above it, the ghost, over fresh columns."""
        now = self._now_row()
        ghost = self.view.ghost
        for index in indexes:
            column, cells = self.columns[index], self._cells[index]
            if now is not None:
                today = column.day.date == self.now.date()
                sign = symbols.NOW if today else symbols.NOW_ELSEWHERE
                cells[now] = _ruled(cells[now], sign, "now" if today else "faint")
            if ghost is not None and (part := ghost.on(column.day.date)) is not None:
                self._draw_ghost(ghost, part, column, cells)
            for way in self.view.ways:
                y = self.row_of(way.start)
                if way.day == column.day.date and 0 <= y < self.height:
                    sign = f" {way.number} "
                    cells[y] = splice(cells[y], column.width - len(sign), [(sign, "strong/ghost")])

    # what stands where

    def minute(self, y: int) -> int:
        """The minute that a row begins at."""
        return self._hours.minute(y)

    def row_of(self, minute: int) -> int:
        """The row that shows a minute; may be outside."""
        return self._hours.row_of(minute)

    def hit(self, x: int, y: int) -> tuple[date, int] | None:
        """The day and minute under a cell, or None beside the grid and after midnight."""
        minute = self.minute(y)
        if not 0 <= minute < DAY:
            return None
        for column in self.columns:
            if column.x <= x < column.x + column.width:
                return column.day.date, minute
        return None

    def nearest(self, x: int, y: int) -> tuple[date, int]:
        """The day and minute nearest to a cell, which may lie outside the grid."""
        day = self.columns[0].day.date
        for column in self.columns:
            if column.x <= x:
                day = column.day.date
        return day, max(0, min(DAY - self.view.zoom, self.minute(y)))

    def block_at(self, x: int, y: int) -> LaneBlock | None:
        """The topmost block under a cell."""
        for column, found in zip(self.columns, self.places, strict=True):
            if column.x <= x < column.x + column.width:
                inside = x - column.x
                for place in reversed(found):
                    if place.top <= y < place.bottom and place.x <= inside < place.x + place.width:
                        return place
        return None

    def hidden(self, index: int) -> tuple[int, int]:
        """Return how many blocks and sessions apart from them lie wholly above and below what is shown."""
        found = [(place.top, place.bottom) for place in self.places[index] if place.block.live]
        day = self.columns[index].day.date
        for session in self.week.sessions_on(day):
            start, end = session.span.on(day) or (0, 0)
            top, bottom = self.row_of(start), self.row_of(max(start, end - 1)) + 1
            if not any(first < bottom and top < last for first, last in found):
                found.append((top, bottom))
        return sum(bottom <= 0 for _, bottom in found), sum(top >= self.height for top, _ in found)

    # rows

    def row(self, y: int, cursor_day: date | None = None, cursor: int = -1) -> Row:
        """One row, with the cursor where it is in it."""
        here = cursor_day is not None and self.row_of(cursor) == y
        out: list[Run] = self._gutter(y, cursor if here else None)
        for column, cells in zip(self.columns, self._cells, strict=True):
            runs = cells[y]
            if here and column.day.date == cursor_day and not self._on_ghost(cursor_day, cursor):
                runs = _under_cursor(runs)
            out += runs
            if column.x + column.width < self.width:
                out.append((symbols.RULE, "rule"))
        return tidy(out) if self._exact else exactly(out, self.width, "ink")

    def _on_ghost(self, day: date, cursor: int) -> bool:
        ghost = self.view.ghost
        return ghost is not None and (ghost.day, ghost.start - ghost.start % STEP) == (day, cursor)

    def _gutter(self, y: int, cursor: int | None) -> list[Run]:
        minute = self.minute(y)
        now_here = self._now_row() == y
        if cursor is not None:
            return [(f" {clock(cursor)}▸", "accent"), (symbols.RULE, "rule")]
        if now_here:
            return [(f" {clock(minute_of(self.now))}", "now"), (symbols.NOW, "now"), (symbols.RULE, "rule")]
        if minute >= DAY:
            return [(" " * GUTTER, "time"), (symbols.RULE, "rule")]
        hour = minute % 60 == 0
        text = clock(minute) if hour else "" if self.view.zoom < 60 else clock(minute)
        return [(f" {text}".ljust(GUTTER), "time" if hour else "faint"), (symbols.RULE, "rule")]

    # columns

    def _drawings(self, wrong: Mapping[str, str]) -> list[DayDrawing]:
        week, ghost = self.week, self.view.ghost
        leaving = ghost.uid if ghost is not None else None
        bridges = _bridges(week)
        out = []
        for column in self.columns:
            day = column.day.date
            blocks, sessions = week.blocks_on(day), week.sessions_on(day)
            gaps = [(start, end) for on_day, start, end in bridges if on_day == day]
            out.append(DayDrawing(column, blocks, sessions, self._hours, wrong, gaps, leaving, self._asked))
        return out

    def _rows_of(self, start: int, end: int) -> range:
        top = self.row_of(start)
        return range(top, max(top + 1, -((self.view.first - end) // self.view.zoom)))

    def _draw_ghost(
        self, ghost: Ghost, part: tuple[int, int], column: DayColumn, cells: list[list[Run]]
    ) -> None:
        """Draw a part of the ghost, in minutes of the column's day."""
        ground = "ghost" if ghost.allowed else "ghost.bad"
        rows = self._rows_of(*part)
        sign = "" if ghost.allowed else f"{symbols.WRONG} "
        title = f"{sign}{inert(ghost.title)}"
        span = f"{clock(ghost.start)}–{clock(ghost.end)}"
        lines = [title, span, *wrap(ghost.note, column.width - 2, len(rows) - 2)]
        if len(rows) == 1:
            lines = [f"{clock(ghost.start)} {title}"]
        elif len(rows) == 2:
            said = (f"{span} {ghost.note}", span, f"to {clock(ghost.end)}")
            lines = [title, next((text for text in said if width(text) <= column.width - 2), said[-1])]
        for y in rows:
            if 0 <= y < self.height:
                text = lines[y - rows.start] if y - rows.start < len(lines) else ""
                body = fit(f" {text}", column.width - 1)
                cells[y] = [("▐", f"accent/{ground}"), (body, f"strong/{ground}")]

    # the time that it is

    def _now_row(self) -> int | None:
        y = self.row_of(minute_of(self.now))
        shown = any(column.day.date == self.now.date() for column in self.columns)
        return y if shown and 0 <= y < self.height else None


def _bridges(week: Week) -> list[tuple[date, int, int]]:
    """The minutes [start, end) of the gaps that moved or skipped boxes left and that deep work runs
    through."""
    if not any(block.source == "theme" and (block.moved or not block.live) for block in week.blocks):
        return []
    gaps = subtract(deep_spans(week), [block.span for block in week.live])
    return [(gap.start.date(), minute_of(gap.start), minute_of(gap.start) + gap.minutes) for gap in gaps]


def _ruled(runs: list[Run], sign: str, ink: str) -> list[Run]:
    """A line drawn through the cells that nothing is written in."""
    out: list[Run] = []
    for text, style in runs:
        written = text.rstrip(" ")
        gap = len(text) - len(written)
        if ink_of(style).startswith("edge") or gap == 0:
            out.append((text, style))
            continue
        if written:
            out.append((written + " ", style))
            gap -= 1
        out.append((sign * gap, on(ink, ground_of(style))))
    return out


def _under_cursor(runs: list[Run]) -> list[Run]:
    """A column's row with the cursor on it: edges, and the gap between two of them, stay as they are, so
    that one sees what the cursor stands on."""
    edges = [ink_of(style).startswith("edge") for _, style in runs]
    out: list[Run] = []
    for at, (text, style) in enumerate(runs):
        gap = len(text) == 1 and 0 < at < len(runs) - 1 and edges[at - 1] and edges[at + 1]
        out.append((text, style) if edges[at] or gap else (text.translate(UNRULED), "cursor/cursor"))
    return out
