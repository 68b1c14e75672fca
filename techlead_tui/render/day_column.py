"""One day drawn: its ground, its blocks as high as they are long, and the sessions in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from techlead_tui.core.calendar import clock, minute_of
from techlead_tui.core.text import times
from techlead_tui.core.week import Block, Day, Session, Week
from techlead_tui.render import symbols
from techlead_tui.render.lanes import LaneBlock, minutes_of, places
from techlead_tui.render.text import (
    Run,
    crop,
    cut,
    fit,
    ground_of,
    hyphened,
    inert,
    ink_of,
    on,
    splice,
    width,
    wrap,
)

GUTTER = 7  # cells left of the first rule
WORDS = 7  # cells of a line below which a title is not broken into more than two pieces
GLUE = "\ue000"  # in place of a blank at which no line is broken; nobody types it
AIRY = 16  # cells of a block that has room for a gap between its edge and its text

Cells = list[list[Run]]  # by row


class DayColumn(NamedTuple):
    day: Day
    x: int  # of its first cell
    width: int


def columns_of(week: Week, days: tuple[date, ...], cells: int) -> list[DayColumn]:
    """The columns of a grid that many cells wide; the first ones take what does not divide."""
    room = max(len(days), cells - GUTTER - 1 - (len(days) - 1))
    size, over = divmod(room, len(days))
    out: list[DayColumn] = []
    x = GUTTER + 1
    for index, day in enumerate(days):
        wide = size + (1 if index < over else 0)
        out.append(DayColumn(week.day(day), x, wide))
        x += wide + 1
    return out


class Hours(NamedTuple):
    """Know which minutes of a day the rows of a grid show."""

    first: int  # minute at the top
    zoom: int  # minutes a row
    rows: int

    def minute(self, y: int) -> int:
        return self.first + y * self.zoom

    def row_of(self, minute: int) -> int:
        """The row that shows a minute; may be outside."""
        return (minute - self.first) // self.zoom

    def rows_of(self, start: int, end: int) -> range:
        """Return the rows that the minutes [start, end) touch."""
        return range(max(0, self.row_of(start)), min(self.rows, -((self.first - end) // self.zoom)))


class DayDrawing:
    """The rows of one column, without ghost and line of now, and the places of the blocks in it."""

    def __init__(
        self,
        column: DayColumn,
        blocks: Sequence[Block],
        sessions: Iterable[Session],
        hours: Hours,
        wrong: Mapping[str, str],
        bridges: Iterable[tuple[int, int]] = (),
        leaving: str | None = None,
        asked: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`wrong` are blocks against the week, by severity; `bridges` minutes without a block that deep
        work runs through; `leaving` is the block that is being moved; `asked` are questions by window."""
        self._column = column
        self._hours = hours
        self._wrong = wrong
        self._leaving = leaving
        self._asked = asked or {}
        self.rows: Cells = [self._ground(y) for y in range(hours.rows)]
        for start, end in bridges:
            for y in hours.rows_of(start, end):
                edge: Run = (symbols.EDGE["hands_on"], "edge.hands_on/hands_on")
                self.rows[y] = [edge, (" " * (column.width - 1), "ink/hands_on")]
        self.places = places(blocks, column.day.date, column.width, hours.first, hours.zoom)
        for index, place in enumerate(self.places):
            self._draw_block(place, self.places[index + 1 :])
        held = {y for place in self.places for y in range(place.top, place.bottom)}
        held.update(y for start, end in bridges for y in hours.rows_of(start, end))
        self._open = set(range(hours.rows)) - held  # rows in which nothing was planned
        for session in sessions:
            self._draw_session(session)

    def _ground(self, y: int) -> list[Run]:
        minute, day, cells = self._hours.minute(y), self._column.day, self._column.width
        if day.theme is None or not day.theme.opens <= minute < day.theme.closes:
            return [(" " * cells, "ink/free")]
        if day.kind == "leave":
            text = f" {inert(day.name) or 'leave'}" if minute == day.theme.opens else ""
            return [(symbols.EMPTY, "edge.other/free"), (fit(text, cells - 1), "faint/free")]
        if day.theme.lunch and day.theme.lunch[0] <= minute < day.theme.lunch[1]:
            text = " lunch" if minute - self._hours.zoom < day.theme.lunch[0] else ""
            return [(fit(text, cells), "faint/lunch")]
        return [(" " * cells, f"ink/{symbols.tone_of(day.theme.tone)}")]

    def _draw_block(self, place: LaneBlock, later: Sequence[LaneBlock]) -> None:
        """A block; its text stands in the rows in which nothing drawn later covers it."""
        block, rows = place.block, self.rows
        top, bottom = max(0, place.top), min(len(rows), place.bottom)
        if bottom <= top:
            return
        skipped = not block.live
        head = bottom - place.top > 1  # the first row a shade lighter: blocks that touch stay apart
        leaving = self._leaving == block.uid
        ground = block.category
        edge = symbols.EDGE[block.category] if block.kind != "leave" else symbols.EMPTY
        if place.within == block.category:
            edge = symbols.EDGE_WITHIN
        if skipped or leaving:
            theme = self._column.day.theme
            ground = symbols.tone_of(theme.tone if theme else None)
            if ground_of(rows[top][-1][1]) == "hands_on":
                ground = "hands_on"  # deep work runs on through it
            edge, head = "╎", False
        covered: set[int] = set()
        for held in later:
            if place.x < held.x < place.x + place.width:
                covered.update(range(max(held.top, place.top), min(held.bottom, place.bottom)))
        free = [y for y in range(place.top, bottom) if y not in covered]
        wrong = self._wrong.get(block.uid)
        said = self._lines(place, len(free), wrong)
        lines = dict(zip(free, said, strict=False))
        for y in range(top, bottom):
            text, ink = lines.get(y, ("", "ink"))
            if skipped or leaving:
                ink = "skipped" if skipped else "faint"
            here = f"{ground}.head" if head and y == place.top else ground
            runs: list[Run] = [(edge, f"edge.{block.category}/{here}")]
            room = place.width - 1
            if place.more and y == top and room >= 3:
                tag = f"+{place.more}"
                runs.append((tag, f"warn/{here}"))
                room -= len(tag)
            if room > 0:
                gap = " " if place.width >= AIRY else ""
                runs.append((fit(gap + text, room), f"{ink}/{here}"))
            rows[y] = runs if place.width == self._column.width else splice(rows[y], place.x, runs)

    def _lines(self, place: LaneBlock, rows: int, wrong: str | None) -> list[tuple[str, str]]:
        if not rows:
            return []
        asked = self._asked.get(place.block.uid, ())
        return block_lines(place, rows, self._column.day.date, self._hours.zoom, wrong, asked)

    def _draw_session(self, session: Session) -> None:
        """A rail at the right edge for the time that was worked, its name in the first free row of it.

        Where nothing was planned it is drawn as a block is.
        """
        cells, rows = self._column.width, self.rows
        if cells < 6:
            return
        title = inert(session.summary)
        lines: list[str] | None = None
        start, end = session.span.on(self._column.day.date) or (0, 0)
        worked = self._hours.rows_of(start, max(start + 1, end))
        for y in worked:
            if y in self._open:
                head = ".head" if y == worked.start and len(worked) > 1 else ""
                ground = f"{session.category}{head}"
                edge: Run = (symbols.EDGE[session.category], f"edge.{session.category}/{ground}")
                rows[y] = [edge, (" " * (cells - 1), f"ink/{ground}")]
            last, style = rows[y][-1]
            if not last[-1:].isspace():
                continue  # a hard end that needs the last cell
            rows[y] = splice(rows[y], cells - 1, [(symbols.RAIL, on("session", ground_of(style)))])
            x = 0 if lines == [] else _blank_from(rows[y])
            room = cells - 1 - x
            if x and room >= 8:
                ground = ground_of(crop(rows[y], x, x + 1)[0][1])
                gap = " " if cells >= AIRY else ""
                if lines is None:
                    lines = symbols.session_lines(
                        session, title, room - len(gap), len(self._open & set(worked))
                    )
                rows[y] = splice(rows[y], x, [(fit(f"{gap}{lines.pop(0)}", room), on("session", ground))])
        self._open.difference_update(worked)


def block_lines(
    place: LaneBlock,
    rows: int,
    day: date,
    zoom: int,
    wrong: str | None,
    asked: Sequence[str] = (),
) -> list[tuple[str, str]]:
    """Return the lines of text in a block, each with its ink: title, hard end, people.

    `wrong` is the severity of what is against it.
    """
    block = place.block
    room = place.width - 1 - (place.width > 10) - (place.width >= AIRY)
    start, _ = minutes_of(block, day)
    lead = symbols.signs(block, wrong is not None)
    if asked:
        lead = f"{symbols.ASKED}{len(asked)} {lead}"
    if start % zoom and room > 12:
        lead = f"{clock(start)} {lead}"
    text = f"{lead}{inert(block.summary) or 'untitled'}{'?' if block.optional else ''}"
    ink = "done" if block.status == "done" else "title"
    if ink == "title" and block.source == "theme" and block.kind == "deep_work":
        ink = "ink"  # the ground of the week; what was planned into it stands out
    if wrong is not None:
        ink = wrong
    hard = f"{symbols.HARD_END}{clock(minute_of(block.hard_end))}" if block.hard_end else ""
    edge = room + (place.width > 10)  # a hard end may stand in the last cell
    if rows == 1:
        if hard and edge >= width(hard) + 4:
            return [(_ended(text, hard, edge), ink)]
        return [(cut(text, room), ink)]
    if room < min(edge, width(text)) and any(width(word) == edge for word in text.split()):
        room = edge  # better than to break the word
    lines = wrap(_glued(lead, text, room), room, rows if room >= WORDS else 2)
    out = [(line.replace(GLUE, " "), ink) for line in lines]
    details = []
    if hard:
        if len(out) == rows or (len(out) > 1 and width(out[-1][0]) + 1 + width(hard) <= edge):
            out[-1] = (_ended(out[-1][0], hard, edge), ink)
        else:
            details.append(hard)
    details += [f"{symbols.ASKED} {inert(question)}" for question in asked]
    if block.people:
        details.append(" ".join(f"@{inert(name)}" for name in block.people))
    if block.source != "theme" and rows - len(out) > len(details) and not block.recurring:
        whole = times(block.span)  # also on the second day of one that crosses midnight
        when = next((when for when in (whole, f"to {whole[-5:]}") if len(when) <= room), None)
        details[:0] = [when] if when else []
    return [*out, *((cut(text, room), "detail") for text in details)][:rows]


def _glued(lead: str, text: str, cells: int) -> str:
    """Return a text, hyphened for lines of so many cells, whose signs stay beside its first word."""
    first, blank, rest = text.removeprefix(lead).partition(" ")
    head = hyphened(first, cells - width(lead))
    return f"{lead.replace(' ', GLUE)}{head}{blank}{hyphened(rest, cells)}"


def _ended(text: str, hard: str, cells: int) -> str:
    """A line of a title with the hard end, which is the last to go."""
    return f"{cut(text, cells - width(hard) - 1)} {hard}".lstrip()


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
