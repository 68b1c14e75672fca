"""The first run's screen as rows: four questions, and the week that their answers make."""

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
    """At most `rows` rows of the week, as high as its working day; none where there is no room for it."""
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
    """Rows of one question."""
    return 3 if rows >= ROOMY else 2 if rows >= TIGHT else 1


def row_of(number: int, rows: int) -> int:
    """The row in which a question's line stands."""
    return (2 if rows >= TIGHT else 1) + number * rows_each(rows)


def welcome_rows(
    entries: Sequence[FormRow],
    front: int,
    week: Week | None,
    said: tuple[str, str],
    cells: int,
    rows: int,
) -> list[Row]:
    """Exactly `rows` rows, without the key bar; `said` is a sentence and its ink."""
    steps = f"{front + 1} of {len(entries)} "
    head = [(" techlead", "accent/bar"), ("  four questions, then your week", "strong/bar")]
    gap = max(1, cells - row_width(head) - len(steps))
    out = [exactly([*head, (" " * gap, "ink/bar"), (steps, "hint/bar")], cells, "ink/bar")]
    blank = exactly((), cells, "ink")
    if rows >= TIGHT:
        out.append(blank)
    out += form_rows(entries, front, cells, rows_each(rows))
    out.append(exactly([(f" {cut(inert(said[0]), cells - 2)}", said[1])], cells, "ink"))
    left = rows - len(out)
    preview = week_preview(week, cells, left) if week is not None else []
    if left - len(preview) > 1 and preview:
        out.append(blank)
    out += preview
    return [*out, *[blank] * (rows - len(out))][:rows]


def first_frame(
    entries: Sequence[FormRow], week: Week, keys: Sequence[Key], cells: int, rows: int
) -> list[Row]:
    """The whole screen as it opens."""
    above = welcome_rows(entries, 0, week, ("", "hint"), cells, rows - 1)
    return [*above, key_bar(keys, cells)[0]][:rows]
