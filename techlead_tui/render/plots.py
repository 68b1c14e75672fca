"""Describe the plots of a report once, and draw them as rows of characters that are one cell wide.

The same plots are drawn as SVG by `render/report_page.py`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from techlead_tui.core.report import LINES, LINES_TEXT, Report
from techlead_tui.core.selfcheck import DECENT, QUESTIONS
from techlead_tui.core.session import CATEGORIES
from techlead_tui.render.symbols import EDGE
from techlead_tui.render.text import Row, Run, cut, exactly, fit, inert, width

EIGHTHS = " ▁▂▃▄▅▆▇█"
LEFT = 7  # cells of the axis
ROWS, STACKED = 6, 10  # of bars
NAMES = {"hands_on": "hands-on"}
Values = tuple[float | None, ...]


class PlotSeries(NamedTuple):
    name: str
    values: Values  # one a week; None where it is not known
    ink: str
    mark: str  # the sign that fills a stacked bar; "" for a bar, "┄" for a level over the bars


class Plot(NamedTuple):
    """Hold one plot: bars beside each other or on top of each other, and lines across."""

    id: str
    title: str
    unit: str
    weeks: tuple[str, ...]  # names under the bars
    series: tuple[PlotSeries, ...]
    stacked: bool = False
    lines: tuple[tuple[str, float], ...] = ()  # names and heights
    top: float = 0  # the least height of the axis
    note: str = ""

    @property
    def highest(self) -> float:
        """Return the height of the axis: of the highest bar, or of a line above it."""
        if self.stacked:
            heights = [sum(value or 0 for value in values) for values in zip(*_all(self), strict=True)]
        else:
            heights = [value or 0 for values in _all(self) for value in values]
        most = max([self.top, 1, *heights, *(height for _, height in self.lines)])
        return 2 * -(-most // 2) if self.unit else most  # so that the half of hours is a whole number


def _all(plot: Plot) -> list[Values]:
    return [series.values for series in plot.series]


def plots(found: Report) -> tuple[Plot, ...]:
    """Return the plots of a report: what is not known is a gap, never a zero."""
    weeks = tuple(f"W{week.key.number:02}" for week in found.weeks)
    known = [week if week.known else None for week in found.weeks]

    def hours(name: str) -> Values:
        return tuple(None if week is None else round(getattr(week, name) / 60, 1) for week in known)

    def counts(name: str) -> Values:
        return tuple(None if week is None else getattr(week, name) for week in known)

    wanted = next((week.focus_wanted for week in reversed(found.weeks)), (0, 0))
    split = tuple(
        PlotSeries(
            NAMES.get(name, name),
            tuple(None if week is None else week.shares[name] for week in known),
            f"edge.{name}",
            EDGE[name],
        )
        for name in CATEGORIES
    )
    out = [
        Plot(
            "balance",
            "Balance",
            "%",
            weeks,
            split,
            True,
            (),
            100,
            "of the working time",
        ),
        Plot(
            "focus",
            "Focus time",
            "h",
            weeks,
            (
                PlotSeries("done", hours("focus_done"), "edge.hands_on", ""),
                PlotSeries("planned", hours("focus_planned"), "accent", "┄"),
            ),
            False,
            (("wanted", wanted[0] / 60),),
            wanted[1] / 60,
            "stretches of two hours and more",
        ),
        Plot(
            "cadence",
            "Coding cadence",
            "h",
            weeks,
            (PlotSeries("logged, hands-on", hours("coded"), "session", ""),),
            False,
            (("wanted", wanted[0] / 60),),
            wanted[1] / 60,
        ),
    ]
    if found.git:
        shipped = (PlotSeries("shipped commits", tuple(week.commits for week in found.weeks), "good", ""),)
        out.append(Plot("commits", "Shipped commits", "", weeks, shipped, False, (), 5))
        lines = (PlotSeries("lines changed", tuple(week.lines for week in found.weeks), "faint", ""),)
        out.append(Plot("lines", "Lines", "", weeks, lines, False, (), LINES[1], LINES_TEXT))
    return (
        *out,
        Plot(
            "meetings",
            "Meetings",
            "h",
            weeks,
            (PlotSeries("in meetings", hours("meeting_minutes"), "edge.communication", ""),),
            False,
            (),
            5,
        ),
        Plot(
            "overrides",
            "Overrides",
            "",
            weeks,
            (PlotSeries("refusals overridden", counts("overrides"), "warn", ""),),
            False,
            (),
            3,
        ),
        Plot(
            "friday",
            "Friday check",
            "",
            weeks,
            (PlotSeries("good answers", counts("score"), "good", ""),),
            False,
            (("decent", DECENT),),
            len(QUESTIONS),
            "a gap is a Friday without answers",
        ),
    )


def report_rows(found: Report, cells: int) -> list[Row]:
    """Return a heading, the plots below each other, and the meetings that take most time."""
    first, last = found.weeks[0].key, found.weeks[-1].key
    head: list[Run] = [(" Report", "accent/bar"), (f"  {first} to {last}", "strong/bar")]
    out = [exactly(head, cells, "ink/bar")]
    since = found.balance.since
    if since is not None:
        text = f" counting began on {since:%Y-%m-%d %H:%M}; nothing before it counts"
        out.append(exactly([(cut(text, cells), "hint")], cells, "ink"))
    blank = exactly((), cells, "ink")
    for plot in plots(found):
        out += [blank, *plot_rows(plot, cells)]
    if found.dear:
        out += [blank, exactly([(" Where the meeting time goes", "strong")], cells, "ink")]
    for one in found.dear:
        text = f"{one.minutes / 60:>7.1f} h  {one.times:>3} ×  "
        title = cut(inert(one.summary), max(0, cells - width(text)))
        out.append(exactly([(text, "hint"), (title, "ink")], cells, "ink"))
    return out


def plot_rows(plot: Plot, cells: int) -> list[Row]:
    """Return a plot as a heading, rows of bars, and the weeks below."""
    height = STACKED if plot.stacked else ROWS
    room = max(4, cells - LEFT - 1)
    plot = thinned(plot, room)
    count = len(plot.weeks)
    step = max(1, min(6, room // max(1, count)))
    bar = max(1, step - 1)
    top = plot.highest
    out = [_heading(plot, cells)]
    for row in range(height, 0, -1):
        low, high = (row - 1) * top / height, row * top / height
        runs: list[Run] = [(f"{_scale(plot, top, row, height):>{LEFT - 1}}", "hint"), ("│", "rule")]
        for at in range(count):
            runs.append(_cell(plot, at, low, high, bar))
            runs.append((" " * (step - bar), "ink"))
        out.append(exactly(runs, cells, "ink"))
    out.append(exactly([(" " * (LEFT - 1) + "└" + "─" * (step * count), "rule")], cells, "ink"))
    out.append(exactly([(" " * LEFT, "ink"), (_week_names(plot.weeks, step), "hint")], cells, "ink"))
    return out


def thinned(plot: Plot, most: int) -> Plot:
    """Return a plot with so many bars at most: where there are more weeks, a bar is the mean of several."""
    count = -(-len(plot.weeks) // most)
    if count <= 1:
        return plot

    def mean(values: Sequence[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return sum(known) / len(known) if known else None

    parts = range(0, len(plot.weeks), count)
    series = tuple(
        one._replace(values=tuple(mean(one.values[at : at + count]) for at in parts)) for one in plot.series
    )
    note = f"{plot.note}; " if plot.note else ""
    weeks = tuple(plot.weeks[at] for at in parts)
    return plot._replace(weeks=weeks, series=series, note=f"{note}each bar is the mean of {count} weeks")


def _heading(plot: Plot, cells: int) -> Row:
    runs: list[Run] = [(f" {plot.title}", "strong")]
    for series in plot.series:
        runs += [("   ", "ink"), (series.mark or "█", series.ink), (f" {series.name}", "hint")]
    for name, height in plot.lines:
        runs.append((f"   ┈ {name} {number_text(height)} {plot.unit}".rstrip(), "hint"))
    if plot.note:
        runs.append((f"   {plot.note}", "detail"))
    used = 0
    for n, (text, ink) in enumerate(runs):
        if used + width(text) > cells:
            return exactly([*runs[:n], (cut(text, cells - used), ink)], cells, "ink")
        used += width(text)
    return exactly(runs, cells, "ink")


def _scale(plot: Plot, top: float, row: int, height: int) -> str:
    if row == height:
        return f"{number_text(top)} {plot.unit}".strip()
    half = top * row / height
    return number_text(half) if row == (height + 1) // 2 and half == int(half) else ""


def number_text(value: float) -> str:
    """Return a figure with one digit after the point, where that is not zero."""
    return f"{value:.1f}".removesuffix(".0")


def _cell(plot: Plot, at: int, low: float, high: float, bar: int) -> Run:
    """Return what stands in one row of a week's bar."""
    if plot.stacked:
        middle, height = (low + high) / 2, 0.0
        for series in plot.series:
            height += series.values[at] or 0
            if middle < height:
                return (series.mark * bar, series.ink)
        return (" " * bar, "ink")
    bars = [series for series in plot.series if not series.mark]
    levels = [series for series in plot.series if series.mark]
    value = bars[0].values[at] if bars else None
    if value is None and all(series.values[at] is None for series in plot.series):
        return (fit("·" if low == 0 else "", bar), "faint")
    part = 0.0 if value is None else max(0.0, min(1.0, (value - low) / (high - low)))
    sign = EIGHTHS[round(part * 8)]
    if sign == " " and low == 0 and value:
        sign = EIGHTHS[1]
    if sign != " ":
        return (sign * bar, bars[0].ink)
    for series in levels:
        level = series.values[at]
        if level is not None and low < level <= high:
            return (series.mark * bar, series.ink)
    if any(low < height <= high for _, height in plot.lines):
        return ("┈" * bar, "rule")
    return (" " * bar, "ink")


def _week_names(weeks: Sequence[str], step: int) -> str:
    every = max(1, -(-5 // step))
    out = ""
    for at, name in enumerate(weeks):
        if at % every == 0:
            out = fit(out, at * step) + name
    return out
