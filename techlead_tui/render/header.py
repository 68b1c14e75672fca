"""The top of the week screen: which week, its figures, the days and what each is for (M4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from techlead_tui.core.items.waiting import NOTHING, Waiting
from techlead_tui.core.lengths import clock_length, hours, short_length
from techlead_tui.core.week import Week
from techlead_tui.render import symbols
from techlead_tui.render.day_column import GUTTER, DayColumn
from techlead_tui.render.footer import Spots
from techlead_tui.render.grid import Sheet
from techlead_tui.render.metrics import Figures
from techlead_tui.render.text import Row, Run, cut, exactly, inert, row_width, splice, width
from techlead_tui.render.viewport import PANEL_FROM

BAR = 10  # cells of a bar


def dates_text(first: date, last: date) -> str:
    """`23–27 Nov`, `30 Nov – 4 Dec`."""
    if first == last:
        return f"{first:%a} {first.day} {first:%b}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%b}"
    return f"{first.day} {first:%b} – {last.day} {last:%b}"


def bar(value: int, most: int, cells: int, ink: str, ground: str) -> list[Run]:
    """A bar filled to value of most; what is over stays full."""
    full = min(cells, round(cells * value / most)) if most > 0 else 0
    return [(symbols.FULL * full, f"{ink}/{ground}"), (symbols.EMPTY * (cells - full), f"bar.empty/{ground}")]


def header(
    week: Week,
    figures: Figures,
    cells: int,
    wrong: int = 0,
    waiting: Waiting = NOTHING,
    days: Sequence[date] = (),
    *,
    current: Week | None = None,
    demo: bool = False,
) -> Row:
    """Return week, dates and week theme, and at the right focus, communication and the number of warnings,
    as far as there is room. `days` are those shown, which may reach beyond the working days; `current` is
    the week of now, when another is shown."""
    working = [day.date for day in week.days if day.theme is not None] or [day.date for day in week.days]
    working = sorted({*working, *days})
    left: list[Run] = [
        (f" {'DEMO ' if demo else ''}W{week.key.number:02}", "accent/bar"),
        (f"  {dates_text(working[0], working[-1])} {working[-1].year}", "strong/bar"),
        (f"  {inert(week.theme.title)}", "hint/bar"),
    ]
    least: list[Run] = [left[0], (f"  {dates_text(working[0], working[-1])}", "strong/bar")]
    low, high = figures.focus_wanted
    enough = figures.focus >= low
    focus: list[Run] = [
        ("focus planned ", "hint/bar"),
        (hours(figures.focus), f"{'good' if enough else 'warn'}/bar"),
    ]
    target: list[Run] = [(f", target {low // 60}–{high // 60}", "hint/bar")]
    spent: list[Run] = [(", done ", "hint/bar"), (hours(figures.focus_done), "strong/bar")]
    share, limit = figures.percent("communication"), figures.communication_limit
    aim = figures.targets.get("communication")
    ink = "refuse" if share > limit else "ink"
    talk: list[Run] = [("  communication ", "hint/bar"), (f"{share}%", f"{ink}/bar")]
    bounds: list[Run] = [(f", aim {aim}, alarm {limit}" if aim else f", alarm {limit}", "hint/bar")]
    space: Run = (" ", "ink/bar")
    gauge = bar(figures.focus, high, BAR, "edge.hands_on", "bar")
    meter = bar(share, limit, BAR // 2, "refuse" if share > limit else "edge.communication", "bar")
    running = next((session for session in (current or week).sessions if session.running), None)
    flag: list[Run] = []
    if running is not None and cells < PANEL_FROM:  # else the panel tells it
        flag.append((f"  {symbols.RUNNING} {clock_length(running.minutes)}", "session/bar"))
    if wrong:
        flag.append((f"  {symbols.WRONG} {wrong}", "warn/bar"))
    if waiting.requests:
        flag.append((f"  {symbols.REQUESTS} {waiting.requests}", "accent/bar"))
    if waiting.due:
        flag.append((f"  {symbols.DUE} {len(waiting.due)}", "accent/bar"))
    hands_on: list[Run] = [
        ("hands-on ", "hint/bar"),
        (short_length(figures.done["hands_on"]), "strong/bar"),
        (f" of {short_length(figures.split['hands_on'])} done   ", "hint/bar"),
    ]
    for told, right in (
        (
            left,
            [
                *hands_on,
                *focus,
                *spent,
                *target,
                space,
                *gauge,
                space,
                *talk,
                *bounds,
                space,
                *meter,
                *flag,
                space,
            ],
        ),
        (left, [*focus, *spent, *target, space, *gauge, space, *talk, *bounds, space, *meter, *flag, space]),
        (left, [*focus, *spent, *target, *talk, *bounds, *flag, space]),
        (left[:2], [*focus, *spent, *target, *talk, *bounds, *flag, space]),
        (least, [*focus, *target, *talk, *bounds, *flag, space]),
        (left, [*focus, *target, *talk, *flag, space]),
        (least, [*focus, *target, *talk, *flag, space]),
        (left[:2], [*focus, *talk, *flag, space]),
        (least, [*focus, *talk, *flag, space]),
        (least, [*focus, *flag, space]),
        (left[:1], [*focus, *flag, space]),
    ):
        gap = cells - row_width(told) - row_width(right)
        if gap >= 2:
            return exactly([*told, (" " * gap, "ink/bar"), *right], cells, "ink/bar")
    return exactly(left, cells, "ink/bar")


def warning_spot(row: Row) -> Spots:
    """Return the cells of the header that count the warnings; a click there goes to the next one."""
    start = 0
    for text, _ in row:
        if symbols.WRONG in text:
            return ((start, start + width(text), "next_wrong"),)
        start += width(text)
    return ()


def _name(column: DayColumn, now: datetime) -> Run:
    """`● Tue 24` today, ` Mon 23` else."""
    day = column.day.date
    today = day == now.date()
    return (f"{'●' if today else ' '}{day:%a} {day.day}", "today" if today else "day")


def _title(column: DayColumn) -> str:
    day = column.day
    if day.kind != "normal":
        return inert(day.name).upper() or day.kind.upper()
    return inert(day.theme.title).upper() if day.theme else ""


def _tone(column: DayColumn) -> str:
    day = column.day
    if day.kind == "leave":
        return "calm"
    return symbols.tone_of(day.theme.tone if day.theme else None)


def _more(sheet: Sheet, index: int) -> str:
    above, below = sheet.hidden(index)
    return (f"▴{above}" if above else "") + (f"▾{below}" if below else "")


def day_names(sheet: Sheet) -> Row:
    """`Mon 23` over each column, today marked, with what is hidden above and below."""
    out: list[Run] = [(" " * GUTTER, "ink"), (" ", "rule")]
    for index, column in enumerate(sheet.columns):
        more = _more(sheet, index)
        name, ink = _name(column, sheet.now)
        name = cut(name, column.width)
        room = column.width - width(name) - (width(more) + 1 if more else 0)
        runs: list[Run] = [(name, ink)]
        if room > 0:
            runs.append((" " * room, "ink"))
        if more:
            runs.append((f" {more}", "faint"))
        out += exactly(runs, column.width, "ink")
        if column.x + column.width < sheet.width:
            out.append((" ", "rule"))
    return exactly(out, sheet.width, "ink")


def bands(sheet: Sheet) -> Row:
    """The band under each name: what the day is for, in the pattern and the colour of its theme."""
    out: list[Run] = [("─" * GUTTER + "┬", "rule")]
    for column in sheet.columns:
        tone = _tone(column)
        sign = symbols.BAND[tone] if tone != "free" else "─"
        text = cut(_title(column), column.width - 4)
        runs: list[Run] = [(sign * column.width, f"tone.{tone}")]
        if text:
            runs = splice(runs, 1, [(f" {text} ", f"tone.{tone}" if tone != "free" else "day")])
        out += runs
        if column.x + column.width < sheet.width:
            out.append(("┬", "rule"))
    return exactly(out, sheet.width, "ink")
