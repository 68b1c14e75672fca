"""Draw a trapped week beside the designed one, by the same grid, with the hours that differ (M2, M6)."""

from __future__ import annotations

from datetime import timedelta

from techlead_tui.core.balance import deep_spans, focus_minutes, meetings, percent, planned_inside
from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.core.lengths import hours
from techlead_tui.core.snapshot import OPEN, Snapshot, Tables
from techlead_tui.core.span import intersect, total
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.week import Week
from techlead_tui.render.grid import Sheet
from techlead_tui.render.header import bands, day_names
from techlead_tui.render.text import Row, Run, cut, exactly, inert, width
from techlead_tui.render.viewport import DAY_VIEW_BELOW, Frame, Viewport, natural_first, natural_zoom

BOTH_FROM = 112  # cells from which on the weeks stand beside each other
ABOVE = 3  # rows over a grid: its title, names and bands of the days
FIGURES = 4  # rows below


def bare_week(snapshot: Snapshot, theme: WeekTheme, key: IsoWeek) -> Week:
    """Return a week as its theme draws it, without anything that was planned."""
    buckets: dict[str, Tables] = {OPEN: {}, str(key): {}}
    alone = snapshot._replace(themes={theme.id: theme}, default_theme=theme.id, buckets=buckets, this=None)
    return alone.week(key)


def taken_minutes(trapped: Week, designed: Week) -> int:
    """Return the minutes of the designed week's deep work that meetings stand on in the trapped one."""
    return total(intersect((block.span for block in meetings(trapped)), deep_spans(designed)))


def trap_rows(trapped: Week, designed: Week, cells: int, rows: int, *, second: bool) -> list[Row]:
    """Return exactly `rows` rows; on a narrow screen one of the weeks alone, the designed one if `second`."""
    below = _figures(trapped, designed, cells)
    room = max(1, rows - len(below))
    if cells >= BOTH_FROM:
        half = cells // 2
        left = drawn_week(trapped, designed, half - 1, room, "accept everything")
        right = drawn_week(designed, None, cells - half - 1, room, designed.theme.title)
        middle: Run = ("  ", "ink")
        out = [exactly([*one, middle, *other], cells, "ink") for one, other in zip(left, right, strict=True)]
    elif second:
        out = drawn_week(designed, None, cells, room, f"{designed.theme.title} · tab shows the trap")
    else:
        out = drawn_week(trapped, designed, cells, room, "accept everything · tab shows your week")
    return [*out, *below][:rows]


def drawn_week(week: Week, against: Week | None, cells: int, rows: int, title: str) -> list[Row]:
    """Return the grid of a week under its title; what stands on deep work of another week is marked."""
    days = tuple(day.date for day in week.days[: 5 if cells >= DAY_VIEW_BELOW // 2 else 1])
    part = Frame(cells, rows, cells, max(1, rows - ABOVE), 0, False)
    zoom = natural_zoom(week, days, part.grid_height)
    first = natural_first(week, days, zoom, part.grid_height)
    view = Viewport(zoom, days, first, days[0], 0)
    deep = deep_spans(against) if against is not None else []
    wrong = {block.uid: "warn" for block in meetings(week) if intersect([block.span], deep)}
    before = at(week.key.monday - timedelta(days=7), 0, week.zone)  # no line of now
    sheet = Sheet(week, view, part, before, wrong)
    head = exactly([(cut(f" {inert(title)}", cells), "strong")], cells, "ink")
    out = [head, day_names(sheet), bands(sheet), *(sheet.row(y) for y in range(part.grid_height))]
    return [exactly(row, cells, "ink") for row in out][:rows]


def _figures(trapped: Week, designed: Week, cells: int) -> list[Row]:
    taken = taken_minutes(trapped, designed)
    split = (planned_inside(trapped), planned_inside(designed))
    columns = (
        ("", "trap", "yours"),
        ("focus time", hours(focus_minutes(trapped)), hours(focus_minutes(designed))),
        (
            "communication",
            f"{percent(split[0]['communication'], trapped)} %",
            f"{percent(split[1]['communication'], designed)} %",
        ),
    )
    lines = [
        [(f" {name:<15}", "hint"), (f"{one:>8}", "warn"), (f"{other:>8}", "good")]
        for name, one, other in columns
    ]
    said = f"   ⚠ {hours(taken)} of your deep work go to meetings"
    if width(said) + 31 <= cells:
        lines[1] = [*lines[1], (said, "warn")]
    else:
        lines.append([(cut(said, cells), "warn")])
    return [exactly((), cells, "ink"), *(exactly(line, cells, "ink") for line in lines)]
