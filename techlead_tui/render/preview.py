"""A week theme as a small week: what one would get, before one takes it."""

from __future__ import annotations

from datetime import UTC, datetime

from techlead_tui.core.week import Week
from techlead_tui.render.head import bands, day_names
from techlead_tui.render.runs import Row
from techlead_tui.render.sheet import Sheet
from techlead_tui.render.view import Frame, View, days_shown, natural_first, natural_zoom

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
    view = View(zoom, days, first, days[0], first)
    sheet = Sheet(week, view, Frame(cells, rows, cells, height, 0, False), NEVER, {})
    return [day_names(sheet), bands(sheet), *(sheet.row(y) for y in range(height))]


def _rows_of(week: Week, zoom: int) -> int:
    themes = [day.theme for day in week.days if day.theme is not None]
    first, last = min(theme.opens for theme in themes), max(theme.closes for theme in themes)
    return -(-(last - first + first % zoom) // zoom)
