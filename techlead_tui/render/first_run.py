"""Draw the first run: four questions, and the week that their answers make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from techlead_tui.core.week import Week
from techlead_tui.render.footer import Key, key_bar
from techlead_tui.render.form_rows import FormRow, form_rows
from techlead_tui.render.grid import Sheet
from techlead_tui.render.header import bands, day_names
from techlead_tui.render.text import Row, cut, exactly, inert, row_width
from techlead_tui.render.viewport import Frame, Viewport, days_shown, natural_first, natural_zoom

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # no day of it is today
NARROWEST = 50  # cells below which days cannot stand beside each other


def week_preview(week: Week, cells: int, rows: int) -> list[Row]:
    """Return at most `rows` rows of the week, as high as its working day; none without room for it."""
    height = rows - 2
    if cells < NARROWEST or height < 4:
        return []
    days = days_shown(week, 5, max(cells, 80), week.key.monday)
    zoom = natural_zoom(week, days, height)
    height = min(height, _rows_of(week, zoom))
    first = natural_first(week, days, zoom, height)
    view = Viewport(zoom, days, first, days[0], first)
    sheet = Sheet(week, view, Frame(cells, rows, cells, height, 0, False), NEVER, {})
    return [day_names(sheet), bands(sheet), *(sheet.row(y) for y in range(height))]


def _rows_of(week: Week, zoom: int) -> int:
    themes = [day.theme for day in week.days if day.theme is not None]
    first, last = min(theme.opens for theme in themes), max(theme.closes for theme in themes)
    return -(-(last - first + first % zoom) // zoom)


ROOMY = 34  # rows from which on there is a blank line between questions
TIGHT = 14  # rows below which notes are left out


def rows_each(rows: int) -> int:
    """Return the rows of one question."""
    return 3 if rows >= ROOMY else 2 if rows >= TIGHT else 1


def head_rows(front: int, count: int, cells: int, rows: int) -> list[Row]:
    """Return the title, which of how many questions is in front, and how to leave."""
    steps = f"{front + 1} of {count} · ctrl+q leaves "
    head = [(" techlead", "accent/bar"), ("  four questions, then your week", "strong/bar")]
    gap = max(1, cells - row_width(head) - len(steps))
    out = [exactly([*head, (" " * gap, "ink/bar"), (steps, "hint/bar")], cells, "ink/bar")]
    return [*out, exactly((), cells, "ink")] if rows >= TIGHT else out


def below_rows(week: Week | None, said: tuple[str, str], cells: int, rows: int) -> list[Row]:
    """Return a sentence (text and ink) and the week, in exactly `rows` rows."""
    blank = exactly((), cells, "ink")
    out = [exactly([(f" {cut(inert(said[0]), cells - 2)}", said[1])], cells, "ink")]
    left = rows - 1
    preview = week_preview(week, cells, left) if week is not None else []
    if left - len(preview) > 1 and preview:
        out.append(blank)
    out += preview
    return [*out, *[blank] * (rows - len(out))][: max(0, rows)]


def first_frame(
    entries: Sequence[FormRow], week: Week, keys: Sequence[Key], cells: int, rows: int
) -> list[Row]:
    """Return the whole screen as it opens."""
    out = head_rows(0, len(entries), cells, rows - 1)
    out += form_rows(entries, 0, cells, rows_each(rows - 1))
    out += below_rows(week, ("", "hint"), cells, rows - 1 - len(out))
    return [*out[: rows - 1], key_bar(keys, cells)[0]]
