"""The week laid out as a grid: days beside each other, hours down, blocks as high as they are long."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from techlead_tui.core.block import Block, Session
from techlead_tui.core.focus import deep_spans
from techlead_tui.core.localtime import clock, minute_of
from techlead_tui.core.span import Span, subtract
from techlead_tui.core.week import Day, Week
from techlead_tui.render import marks
from techlead_tui.render.cells import cut, fit, inert, width, wrap
from techlead_tui.render.lanes import Place, minutes_of, places
from techlead_tui.render.runs import Row, Run, crop, exactly, ground_of, ink_of, on, splice, tidy
from techlead_tui.render.view import DAY, Frame, Ghost, View

GUTTER = 7  # cells left of the first rule
AIRY = 16  # cells of a block that has room for a gap between its edge and its text
UNRULED = str.maketrans(marks.NOW + marks.NOW_ELSEWHERE, "  ")  # the cursor hides the line of now


class Column(NamedTuple):
    day: Day
    x: int  # of its first cell
    width: int


class Sheet:
    """One week at one size: rows of runs without the cursor, and what stands where.

    Made anew when the week, the size, the minute or a ghost changes; a cursor that moves asks for two rows.
    """

    def __init__(self, week: Week, view: View, part: Frame, now: datetime, wrong: Mapping[str, str]) -> None:
        self.week = week
        self.view = view
        self.height = part.grid_height
        self.width = part.grid_width
        self.now = now
        self.columns = columns_of(week, view.days, part.grid_width)
        end = self.columns[-1].x + self.columns[-1].width
        self._exact = end in (self.width, self.width - 1)  # else too narrow for its columns
        self.places: list[list[Place]] = []
        self._wrong = wrong
        self._deep: list[Span] | None = None  # deep work where no block stands, once it is asked for
        self._bare: list[list[list[Run]]] = []  # column, row, runs: without ghost and line of now
        for column in self.columns:
            self._lay_out(column)
        self._cells = [list(rows) for rows in self._bare]
        self._draw_over(range(len(self.columns)))

    def shows(self, view: View) -> bool:
        """Whether it is what another view shows, apart from where its cursor is."""
        own = self.view
        return (own.zoom, own.days, own.first, own.ghost) == (view.zoom, view.days, view.first, view.ghost)

    def move_ghost(self, view: View) -> set[int]:
        """The same with the ghost of the same block, or the cursor, elsewhere; the rows that may differ."""
        old, self.view = self.view, view
        days = {ghost.day for ghost in (old.ghost, view.ghost) if ghost is not None}
        touched = [index for index, column in enumerate(self.columns) if column.day.date in days]
        for index in touched:
            self._cells[index] = list(self._bare[index])
        self._draw_over(touched)
        rows = {self.row_of(old.cursor), self.row_of(view.cursor)}
        for ghost in (old.ghost, view.ghost):
            if ghost is not None:
                rows.update(self._rows_of(ghost))
        return {y for y in rows if 0 <= y < self.height}

    def _draw_over(self, indexes: Iterable[int]) -> None:
        """The ghost and the line of now, over fresh columns."""
        now = self._now_row()
        ghost = self.view.ghost
        for index in indexes:
            column, cells = self.columns[index], self._cells[index]
            if ghost is not None and column.day.date == ghost.day:
                self._draw_ghost(ghost, column, cells)
            if now is not None:
                today = column.day.date == self.now.date()
                sign = marks.NOW if today else marks.NOW_ELSEWHERE
                cells[now] = _ruled(cells[now], sign, "now" if today else "faint")

    # what stands where

    def minute(self, y: int) -> int:
        """The minute that a row begins at."""
        return self.view.first + y * self.view.zoom

    def row_of(self, minute: int) -> int:
        """The row that shows a minute; may be outside."""
        return (minute - self.view.first) // self.view.zoom

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

    def block_at(self, x: int, y: int) -> Place | None:
        """The topmost block under a cell."""
        for column, found in zip(self.columns, self.places, strict=True):
            if column.x <= x < column.x + column.width:
                inside = x - column.x
                for place in reversed(found):
                    if place.top <= y < place.bottom and place.x <= inside < place.x + place.width:
                        return place
        return None

    def hidden(self, index: int) -> tuple[int, int]:
        """How many blocks of a column stand wholly above and below what is shown."""
        found = [place for place in self.places[index] if place.block.live]
        return sum(p.bottom <= 0 for p in found), sum(p.top >= self.height for p in found)

    # rows

    def row(self, y: int, cursor_day: date | None = None, cursor: int = -1) -> Row:
        """One row, with the cursor where it is in it."""
        here = cursor_day is not None and self.row_of(cursor) == y
        out: list[Run] = self._gutter(y, cursor if here else None)
        for column, cells in zip(self.columns, self._cells, strict=True):
            runs = cells[y]
            if here and column.day.date == cursor_day and self.view.ghost is None:
                runs = _under_cursor(runs)
            out += runs
            if column.x + column.width < self.width:
                out.append((marks.RULE, "rule"))
        return tidy(out) if self._exact else exactly(out, self.width, "ink")

    def _gutter(self, y: int, cursor: int | None) -> list[Run]:
        minute = self.minute(y)
        now_here = self._now_row() == y
        if cursor is not None:
            return [(f" {clock(cursor)}▸", "accent"), (marks.RULE, "rule")]
        if now_here:
            return [(f" {clock(minute_of(self.now))}", "now"), (marks.NOW, "now"), (marks.RULE, "rule")]
        if minute >= DAY:
            return [(" " * GUTTER, "time"), (marks.RULE, "rule")]
        hour = minute % 60 == 0
        text = clock(minute) if hour else "" if self.view.zoom < 60 else clock(minute)
        return [(f" {text}".ljust(GUTTER), "time" if hour else "faint"), (marks.RULE, "rule")]

    # columns

    def _lay_out(self, column: Column) -> None:
        day = column.day
        blocks = [block for block in self.week.blocks if block.day == day.date]
        rows = [self._ground(column, y) for y in range(self.height)]
        for start, end in self._bridges(day.date):
            for y in range(max(0, self.row_of(start)), min(self.height, self.row_of(end - 1) + 1)):
                rows[y] = [(marks.EDGE["hands_on"], "edge.hands_on/hands_on")]
                rows[y].append((" " * (column.width - 1), "ink/hands_on"))
        found = places(blocks, day.date, column.width, self.view.first, self.view.zoom)
        for index, place in enumerate(found):
            over = [held for held in found[index + 1 :] if place.x < held.x < place.x + place.width]
            covered = {
                y for held in over for y in range(max(held.top, place.top), min(held.bottom, place.bottom))
            }
            self._draw_block(rows, place, column, covered)
        for session in self.week.sessions:
            if session.start.date() == day.date:
                self._draw_session(rows, session, column)
        self._bare.append(rows)
        self.places.append(found)

    def _bridges(self, day: date) -> list[tuple[int, int]]:
        """The gaps that moved or skipped boxes left and that deep work runs through."""
        if self._deep is None:
            gone = any(b.source == "theme" and (b.moved or not b.live) for b in self.week.blocks)
            live = [block.span for block in self.week.live]
            self._deep = subtract(deep_spans(self.week), live) if gone else []
        return [
            (minute_of(span.start), minute_of(span.start) + span.minutes)
            for span in self._deep
            if span.start.date() == day
        ]

    def _ground(self, column: Column, y: int) -> list[Run]:
        minute, day = self.minute(y), column.day
        if day.theme is None or not day.theme.opens <= minute < day.theme.closes:
            return [(" " * column.width, "ink/free")]
        if day.kind == "leave":
            text = " leave" if minute == day.theme.opens else ""
            return [(marks.EMPTY, "edge.other/free"), (fit(text, column.width - 1), "faint/free")]
        if day.theme.lunch and day.theme.lunch[0] <= minute < day.theme.lunch[1]:
            text = " lunch" if minute - self.view.zoom < day.theme.lunch[0] else ""
            return [(fit(text, column.width), "faint/lunch")]
        return [(" " * column.width, f"ink/{marks.tone_of(day.theme.tone)}")]

    def _draw_block(
        self, rows: list[list[Run]], place: Place, column: Column, covered: Collection[int]
    ) -> None:
        """A block; its text stands in the rows that nothing in it covers."""
        block = place.block
        top, bottom = max(0, place.top), min(self.height, place.bottom)
        if bottom <= top:
            return
        skipped = not block.live
        head = bottom - place.top > 1  # the first row a shade lighter: blocks that touch stay apart
        leaving = self.view.ghost is not None and self.view.ghost.uid == block.uid
        ground = block.category
        edge = marks.EDGE[block.category] if block.kind != "leave" else marks.EMPTY
        if place.within == block.category:
            edge = marks.EDGE_WITHIN
        if skipped or leaving:
            theme = column.day.theme
            ground = marks.tone_of(theme.tone if theme else None)
            if ground_of(rows[top][-1][1]) == "hands_on":
                ground = "hands_on"  # deep work runs on through it
            edge, head = "╎", False
        free = [y for y in range(place.top, bottom) if y not in covered]
        lines = dict(zip(free, self._lines(place, len(free), column.day.date), strict=False)) if free else {}
        for y in range(top, bottom):
            text, ink = lines.get(y, ("", "ink"))
            if skipped or leaving:
                ink = "skipped" if skipped else "faint"
            here = f"{ground}.head" if head and y == place.top else ground
            runs: list[Run] = [(edge, f"edge.{block.category}/{here}")]
            room = place.width - 1
            if room > 0:
                gap = " " if place.width >= AIRY else ""
                runs.append((fit(gap + text, room), f"{ink}/{here}"))
            if place.more and y == top and room >= 3:
                tag = f"+{place.more}"
                runs = [*exactly(runs, place.width - len(tag), f"ink/{here}"), (tag, f"warn/{here}")]
            rows[y] = runs if place.width == column.width else splice(rows[y], place.x, runs)

    def _lines(self, place: Place, rows: int, day: date) -> list[tuple[str, str]]:
        """What is written in a block, line by line, with the ink: title, hard end, people."""
        block = place.block
        room = place.width - 1 - (place.width > 10) - (place.width >= AIRY)
        start, end = minutes_of(block, day)
        title = inert(block.summary) or "untitled"
        lead = marks.signs(block, block.uid in self._wrong)
        if start % self.view.zoom and room > 12:
            lead = f"{clock(start)} {lead}"
        text = f"{lead}{title}{'?' if block.optional else ''}"
        ink = "done" if block.status == "done" else "title"
        if ink == "title" and block.source == "theme" and block.kind == "deep_work":
            ink = "ink"  # the ground of the week; what was planned into it stands out
        if block.uid in self._wrong:
            ink = self._wrong[block.uid]
        hard = f"{marks.HARD_END}{clock(minute_of(block.hard_end))}" if block.hard_end else ""
        edge = room + (place.width > 10)  # a hard end may stand in the last cell
        if rows == 1:
            if hard and edge >= width(hard) + 4:
                return [(_ended(text, hard, edge), ink)]
            return [(cut(text, room), ink)]
        out = [(line, ink) for line in wrap(text, room, rows)]
        details = []
        if hard:
            if len(out) == rows or (len(out) > 1 and width(out[-1][0]) + 1 + width(hard) <= edge):
                out[-1] = (_ended(out[-1][0], hard, edge), ink)
            else:
                details.append(hard)
        if block.people:
            details.append(" ".join(f"@{inert(name)}" for name in block.people))
        if block.source != "theme" and rows - len(out) > len(details) and not block.recurring:
            details.insert(0, f"{clock(start)}–{clock(end)}")
        return [*out, *((cut(text, room), "detail") for text in details)][:rows]

    def _draw_session(self, rows: list[list[Run]], session: Session, column: Column) -> None:
        """A rail at the right edge for the time that was worked, its name in the first free row of it."""
        day = column.day.date
        start = minute_of(session.start)
        end = minute_of(session.end) if session.end.date() == day else DAY
        top = max(0, self.row_of(start))
        bottom = min(self.height, -((self.view.first - end) // self.view.zoom))
        if bottom <= top or column.width < 6:
            return
        title = inert(session.summary)
        written = False
        for y in range(top, bottom):
            rows[y] = splice(
                rows[y], column.width - 1, [(marks.RAIL, on("session", ground_of(rows[y][-1][1])))]
            )
            x = 0 if written else _blank_from(rows[y])
            if x and column.width - 1 - x >= 8:
                ground = ground_of(crop(rows[y], x, x + 1)[0][1])
                gap = " " if column.width >= AIRY else ""
                room = column.width - 1 - x
                label = marks.session_label(session, title, room - len(gap))
                text = fit(f"{gap}{label}", room)
                rows[y] = splice(rows[y], x, [(text, on("session", ground))])
                written = True

    def _rows_of(self, ghost: Ghost) -> range:
        top = self.row_of(ghost.start)
        return range(top, max(top + 1, -((self.view.first - ghost.end) // self.view.zoom)))

    def _draw_ghost(self, ghost: Ghost, column: Column, cells: list[list[Run]]) -> None:
        ground = "ghost" if ghost.allowed else "ghost.bad"
        rows = self._rows_of(ghost)
        sign = "" if ghost.allowed else f"{marks.WRONG} "
        title = f"{sign}{inert(ghost.title)}"
        span = f"{clock(ghost.start)}–{clock(ghost.end)}"
        lines = [title, span, ghost.note]
        if len(rows) == 1:
            lines = [f"{clock(ghost.start)} {title}"]
        elif len(rows) == 2:
            lines = [title, f"{span} {ghost.note}"]
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


def _ended(text: str, hard: str, cells: int) -> str:
    """A line of a title with the hard end, which is the last to go."""
    return f"{cut(text, cells - width(hard) - 1)} {hard}".lstrip()


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


def _blank_from(row: list[Run]) -> int:
    """The first cell after a row's edges, when nothing is written behind them; else 0."""
    at = x = 0
    for text, style in row[:-1]:
        at += width(text)
        if ink_of(style).startswith("edge"):
            x = at
        elif text.strip():
            return 0
    return x


def columns_of(week: Week, days: tuple[date, ...], cells: int) -> list[Column]:
    """The columns of a grid that many cells wide; the first ones take what does not divide."""
    room = max(len(days), cells - GUTTER - 1 - (len(days) - 1))
    size, over = divmod(room, len(days))
    out: list[Column] = []
    x = GUTTER + 1
    for index, day in enumerate(days):
        wide = size + (1 if index < over else 0)
        out.append(Column(week.day(day), x, wide))
        x += wide + 1
    return out


def block_under(week: Week, day: date, minute: int, picked: str | None = None) -> Block | None:
    """The block at a time: the picked one, else the shortest live one, else one that was skipped."""
    found = []
    for block in week.blocks:
        if block.day == day:
            start, end = minutes_of(block, day)
            if start <= minute < end:
                found.append(block)
    for block in found:
        if block.uid == picked:
            return block
    return min(found, key=lambda block: (not block.live, block.planned_minutes, block.uid), default=None)
