"""A whole week screen as rows: what the first frame writes and what the widgets show part by part."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek, minute_of
from techlead_tui.core.items.waiting import NOTHING, Waiting
from techlead_tui.core.text import titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Session, Week
from techlead_tui.render import symbols
from techlead_tui.render.agenda import agenda
from techlead_tui.render.footer import Key, Spots, here_line, key_bar, violation_line
from techlead_tui.render.grid import Sheet
from techlead_tui.render.header import bands, day_names, header
from techlead_tui.render.lanes import block_under
from techlead_tui.render.metrics import Figures
from techlead_tui.render.sidebar import card, card_rows, panel
from techlead_tui.render.text import Row, Run, exactly
from techlead_tui.render.viewport import (
    STEP,
    Viewport,
    days_shown,
    following,
    frame,
    natural_first,
    natural_zoom,
)


class Scene(NamedTuple):
    """All that the screen shows, apart from how large it is."""

    week: Week
    figures: Figures
    violations: tuple[Violation, ...]
    now: datetime
    current: Week | None  # the week of now, when another is shown
    waiting: Waiting = NOTHING
    demo: bool = False  # a demonstration, and nobody's own week


def opening_view(
    week: Week,
    now: datetime,
    width: int,
    height: int,
    *,
    wanted_days: int = 5,
    zoom: int | None = None,
    cursor_day: date | None = None,
    cursor: int | None = None,
    first: int | None = None,
) -> Viewport:
    """The view that fits a size best; the cursor stands where work goes on, unless a place is given."""
    place = goes_on(week, now) or (week.key.monday, None)
    day = place[0] if cursor_day is None else cursor_day
    part = frame(width, height)
    days = days_shown(week, wanted_days, width, day)
    if day not in days:
        day = days[-1] if day > days[-1] else days[0]
    if cursor is None:
        cursor = place[1] if day == place[0] else None
    if cursor is None:
        theme = week.day(day).theme
        cursor = theme.opens if theme else 9 * 60
    zoom = zoom or natural_zoom(week, days, part.grid_height)
    if first is None:
        first = natural_first(week, days, zoom, part.grid_height)
    first -= first % zoom
    return Viewport(zoom, days, following(first, zoom, part.grid_height, cursor), day, cursor)


def goes_on(week: Week, now: datetime) -> tuple[date, int] | None:
    """Return the day and minute at which work goes on: now, or when the working hours next begin.

    None where no working hours are left in the week; the start of its first day for a week to come.
    """
    minute = minute_of(now)
    for day in week.days:
        if day.theme is None or day.date < now.date():
            continue
        if day.date > now.date():
            if day.kind != "leave":
                return day.date, day.theme.opens
        elif minute < day.theme.closes:
            return day.date, max(minute - minute % STEP, day.theme.opens)
    return None


def is_over(week: Week, now: datetime) -> bool:
    """Tell whether it is the week of now, and its last working hours are over."""
    works = any(day.theme is not None for day in week.days)
    return works and IsoWeek.of(now.date()) == week.key and goes_on(week, now) is None


def flagged(violations: Sequence[Violation]) -> dict[str, str]:
    """Blocks to mark, with the severity: of refusals and warnings, not of notes."""
    found = [v for v in reversed(violations) if v.severity in ("refuse", "warn")]
    return {uid: violation.severity for violation in found for uid in violation.subjects}


class Shown(NamedTuple):
    """The violation that the bottom line shows."""

    violation: Violation
    at: int  # which one it is, from 1
    of: int  # so many in the week


def walked(scene: Scene) -> list[Violation]:
    """Return the warnings in the order in which one walks through them: of each place the most severe.

    Notes, and what else is wrong with the same blocks, are for `lint`.
    """
    out: dict[tuple[str, ...], Violation] = {}
    for violation in scene.violations:
        if violation.severity in ("refuse", "warn") and violation.subjects:
            out.setdefault(violation.subjects, violation)
    return list(out.values())


def shown_violation(scene: Scene, view: Viewport) -> Shown | None:
    """Return what is wrong with the block under the cursor; None where nothing is."""
    found = walked(scene)
    here = block_here(scene, view)
    for at, violation in enumerate(found, 1):
        if here is not None and here.uid in violation.subjects:
            return Shown(violation, at, len(found))
    return None


def block_here(scene: Scene, view: Viewport) -> Block | None:
    """The block that is being moved, else the one under the cursor."""
    if view.ghost is not None and view.ghost.uid is not None:
        return scene.week.block(view.ghost.uid)
    return block_under(scene.week, view.cursor_day, view.cursor, view.picked)


def session_here(scene: Scene, view: Viewport) -> Session | None:
    """Return the session under the cursor: the last one that begins no later than the cursor's step ends."""
    day, cursor, found = view.cursor_day, view.cursor, None
    for session in scene.week.sessions_on(day):
        first, last = session.span.on(day) or (0, 0)
        if first < cursor + STEP and cursor < max(last, first + 1):
            found = session
    return found


def side_panel(scene: Scene, view: Viewport, cells: int, rows: int) -> list[Row]:
    """The panel with its card, as high as it is."""
    return [*panel_rows(scene, cells, rows), *panel_card(scene, view, cells, rows)]


def panel_rows(scene: Scene, cells: int, rows: int, commits: str = "") -> list[Row]:
    """Draw the panel above the card; it is the same wherever the cursor is. `commits` tells of today's."""
    card_height = card_rows(rows)
    left = rows - card_height - (1 if card_height else 0)  # a blank one between them
    out = panel(
        scene.week,
        scene.figures,
        scene.now,
        scene.violations,
        cells - 1,
        left,
        scene.current,
        scene.waiting,
        commits,
    )
    return [_beside(row, cells) for row in (*out, *[()] * (rows - card_height - left))]


def panel_card(scene: Scene, view: Viewport, cells: int, rows: int) -> list[Row]:
    here: Block | Session | None = block_here(scene, view) or session_here(scene, view)
    return [
        _beside(row, cells)
        for row in card(here, scene.violations, cells - 1, card_rows(rows), scene.waiting, scene.week.types)
    ]


def _beside(row: Row, cells: int) -> Row:
    return exactly([("│", "rule"), *row], cells, "ink/panel")


def list_head(scene: Scene, view: Viewport, width: int) -> list[Row]:
    """Name and rule of the day above a plain list."""
    day = scene.week.day(view.cursor_day)
    today = day.date == scene.now.date()
    name: list[Run] = [(f" {day.date:%a} {day.date.day} {day.date:%b}", "today" if today else "day")]
    if day.theme is not None:
        name.append((f" {day.theme.title.upper()}", f"tone.{symbols.tone_of(day.theme.tone)}"))
    return [exactly(name, width, "ink"), exactly([("─" * width, "rule")], width, "ink")]


def head_row(scene: Scene, view: Viewport, width: int) -> Row:
    """Return the first row: week, figures, and how much there is to see to."""
    count, current = len(walked(scene)), scene.current
    return header(
        scene.week, scene.figures, width, count, scene.waiting, view.days, current=current, demo=scene.demo
    )


def scene_rows(scene: Scene, view: Viewport, keys: Sequence[Key], width: int, height: int) -> list[Row]:
    """Exactly `height` rows of `width` cells."""
    part = frame(width, height)
    wrong = flagged(scene.violations)
    out = [head_row(scene, view, width)]
    if part.listed:
        out += list_head(scene, view, width)
        out += agenda(
            scene.week, view.cursor_day, view.cursor, view.picked, scene.now, wrong, width, part.grid_height
        )
    else:
        sheet = Sheet(scene.week, view, part, scene.now, wrong, scene.waiting.questions)
        left = [day_names(sheet), bands(sheet)]
        left += [sheet.row(y, view.cursor_day, view.cursor) for y in range(part.grid_height)]
        if part.panel_width:
            beside = side_panel(scene, view, part.panel_width, len(left))
            left = [exactly([*row, *side], width, "ink") for row, side in zip(left, beside, strict=True)]
        out += left
    out.append(foot_row(scene, view, width)[0])
    out.append(key_bar(keys, width)[0])
    return out[:height]


def foot_row(scene: Scene, view: Viewport, width: int) -> tuple[Row, Spots]:
    """The violation line with what clicks on it do; with nothing wrong, the block under the cursor."""
    shown, here = shown_violation(scene, view), block_here(scene, view)
    if shown is not None:
        about = titled(here) if here is not None else ""
        return violation_line(shown.violation, shown.at, shown.of, width, about)
    return here_line(here or session_here(scene, view), width, scene.week.types), ()
