"""Draw a report as one HTML page that needs nothing from outside: plots as SVG with a table behind each.

Dark and light by what the browser prefers, fit for print. Every text that comes from elsewhere is escaped.
No library draws the SVG: docs/explanation/dependencies.md says which were tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from techlead_tui.core.lengths import hours
from techlead_tui.core.report import Report, averaged, score_text
from techlead_tui.core.text import number_of
from techlead_tui.render.palette import DARK, LIGHT, Palette
from techlead_tui.render.plots import Plot, PlotSeries, number_text, plots
from techlead_tui.render.text import inert

WIDE, HIGH, LEFT, BELOW, ABOVE = 640, 190, 44, 22, 10  # of a plot, in units of its view
INKS = (
    "ink",
    "strong",
    "hint",
    "rule",
    "accent",
    "session",
    "good",
    "warn",
    "faint",
    "edge.hands_on",
    "edge.mentorship",
    "edge.communication",
    "edge.other",
)
HATCHED = {"edge.mentorship": 45, "edge.communication": 135, "edge.other": 0}  # angles: no colour needed
STYLE = """
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 44rem; padding: 2rem 1.25rem 4rem; font: 16px/1.5 system-ui, sans-serif;
  background: var(--page); color: var(--ink) }
h1, h2 { color: var(--strong); line-height: 1.2; margin: 0 0 .25rem }
h1 { font-size: 1.6rem }
h2 { font-size: 1.1rem; margin-top: 2.5rem }
p { margin: .25rem 0 }
section + p { margin-top: 1.5rem }
.hint { color: var(--hint) }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .75rem;
  margin: 1.5rem 0 }
.facts div { border: 1px solid var(--rule); border-radius: .5rem; padding: .6rem .8rem }
.facts b { display: block; font-size: 1.35rem; font-weight: 600; color: var(--strong) }
.facts span { color: var(--hint); font-size: .85rem }
figure { margin: .5rem 0 0 }
svg { display: block; width: 100%; height: auto }
svg text { font: 11px system-ui, sans-serif; fill: var(--hint) }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .85rem; color: var(--hint) }
.legend svg { display: inline-block; width: 1em; height: 1em; vertical-align: -.1em; margin-right: .35em }
details { margin: .25rem 0 0; font-size: .9rem }
summary { cursor: pointer; color: var(--accent) }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .85rem;
  font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: .15rem .5rem; border-bottom: 1px solid var(--rule);
  overflow-wrap: anywhere }
th:first-child, td:first-child, .text th, .text td { text-align: left }
.text td:first-child { white-space: nowrap }
th { color: var(--hint); font-weight: 500 }
@media print {
  body { max-width: none; padding: 0; font-size: 11pt }
  details { display: none }
  section, figure { break-inside: avoid }
}
"""


def page(found: Report, title: str) -> str:
    """Return the whole page."""
    weeks = (
        f"{found.weeks[0].key} to {found.weeks[-1].key}" if len(found.weeks) > 1 else str(found.weeks[0].key)
    )
    body = [
        f"<h1>{_text(title)}</h1>",
        f'<p class="hint">{weeks}, as of {found.now:%Y-%m-%d %H:%M}. Weeks that are over show what was done, '
        "the others what is planned.</p>",
        *_since(found),
        _facts(found),
        *(_section(plot) for plot in plots(found)),
        _dear(found),
        _kept(found),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_text(title)}, {weeks}</title>\n<style>{_colours()}{STYLE}</style>\n</head>\n<body>\n"
        f"{_patterns()}\n" + "\n".join(part for part in body if part) + "\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(inert(text))


def _colours() -> str:
    light, dark = (_variables(palette) for palette in (LIGHT, DARK))
    return (
        f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f"@media print {{ :root {{ {light} --page: #fff }} }}"
    )


def _variables(palette: Palette) -> str:
    inks = {name.replace(".", "-"): palette.inks[name] for name in INKS}
    return " ".join(
        f"--{name}: {colour};" for name, colour in {**inks, "page": palette.grounds["page"]}.items()
    )


def _patterns() -> str:
    """Return the hatchings by which the categories are told apart without colour."""
    lines = []
    for name, angle in HATCHED.items():
        ink = name.replace(".", "-")
        lines.append(
            f'<pattern id="{ink}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({angle})">'
            f'<rect width="6" height="6" fill="var(--{ink})" opacity=".45"/>'
            f'<rect width="3" height="6" fill="var(--{ink})"/></pattern>'
        )
    hidden = 'width="0" height="0" style="position:absolute" aria-hidden="true"'
    return f"<svg {hidden}><defs>{''.join(lines)}</defs></svg>"


def _fill(ink: str) -> str:
    name = ink.replace(".", "-")
    return f"url(#{name})" if ink in HATCHED else f"var(--{name})"


def _since(found: Report) -> list[str]:
    since = found.balance.since
    lines = []
    if since is not None:
        lines.append(f"Counting began on {since:%Y-%m-%d %H:%M}; nothing before it counts.")
    if not found.git:
        lines.append("No repository has been read, so commits are not known.")
    lines += [f"{name}: {error}" for name, error in found.sources]
    return [f'<p class="hint">{_text(line)}</p>' for line in lines]


def _facts(found: Report) -> str:
    weeks = [week for week in found.weeks if week.known and week.over]
    facts = []
    if weeks:
        facts.append(
            (hours(round(averaged([week.focus_done for week in weeks]) or 0)), "focus time a week, done")
        )
        facts.append((hours(round(averaged([week.coded for week in weeks]) or 0)), "hands-on a week, logged"))
        facts.append(
            (hours(round(averaged([week.meeting_minutes for week in weeks]) or 0)), "in meetings a week")
        )
    one = found.balance
    alarm = f", alarm above {one.limit} %"
    facts.append(
        (f"{one.communication} %", ("communication" if one.over else "communication, planned") + alarm)
    )
    kept = sum(week.overrides for week in found.weeks)
    facts.append((str(kept), "refusals overridden"))
    mean = averaged([week.score for week in found.weeks])
    if mean is not None:
        facts.append((f"{mean:.1f} of 5", "Friday check, on average"))
    cards = "".join(f"<div><b>{_text(value)}</b><span>{_text(name)}</span></div>" for value, name in facts)
    return f'<div class="facts">{cards}</div>'


def _section(plot: Plot) -> str:
    note = f'<p class="hint">{_text(plot.note)}</p>' if plot.note else ""
    legend = "".join(f"<span>{_sign(_swatch(series))}{_text(series.name)}</span>" for series in plot.series)
    legend += "".join(
        f"<span>{_sign(_line(0, 5, 10))}{_text(f'{name}: {number_text(height)} {plot.unit}')}</span>"
        for name, height in plot.lines
    )
    head = ["week", *(f"{series.name}, {plot.unit}" if plot.unit else series.name for series in plot.series)]
    rows = [
        [
            week,
            *(
                "–" if series.values[at] is None else number_text(series.values[at] or 0)
                for series in plot.series
            ),
        ]
        for at, week in enumerate(plot.weeks)
    ]
    return (
        f'<section id="{plot.id}"><h2>{_text(plot.title)}</h2>{note}<figure>{svg(plot)}'
        f'<figcaption class="legend">{legend}</figcaption></figure>'
        f"<details><summary>{_text(plot.title)} as a table</summary>{_table(head, rows)}</details></section>"
    )


def _sign(drawn: str) -> str:
    return f'<svg viewBox="0 0 10 10" aria-hidden="true">{drawn}</svg>'


def _swatch(series: PlotSeries) -> str:
    if series.mark == "┄":
        return _level(0, 5, 10, series.ink)
    return f'<rect width="10" height="10" fill="{_fill(series.ink)}"/>'


def _line(x: float, y: float, length: float) -> str:
    return f'<path d="M{x:g} {y:g}h{length:g}" stroke="var(--hint)" stroke-dasharray="2 3"/>'


def _level(x: float, y: float, length: float, ink: str) -> str:
    return f'<path d="M{x:g} {y:g}h{length:g}" stroke="var(--{ink.replace(".", "-")})" stroke-width="2"/>'


def svg(plot: Plot) -> str:
    """Return a plot as SVG: every bar tells its week and figure where the pointer stands."""
    top, inside = plot.highest, HIGH - BELOW - ABOVE
    step = (WIDE - LEFT) / max(1, len(plot.weeks))
    wide = max(0.5, step * 0.72)

    def y(value: float) -> float:
        return round(ABOVE + inside * (1 - value / top), 2)

    parts = []
    for part in (0, 0.5, 1) if top / 2 == int(top / 2) else (0, 1):
        parts.append(f'<path d="M{LEFT} {y(top * part):g}H{WIDE}" stroke="var(--rule)"/>')
        label = f"{number_text(top * part)} {plot.unit if part == 1 else ''}".strip()
        parts.append(f'<text x="{LEFT - 6}" y="{y(top * part) + 4:g}" text-anchor="end">{label}</text>')
    parts += [_line(LEFT, y(height), WIDE - LEFT) for _, height in plot.lines]
    every = max(1, -(-len(plot.weeks) // 16))
    for at, week in enumerate(plot.weeks):
        x = round(LEFT + at * step + (step - wide) / 2, 2)
        parts.append(f"<g><title>{_text(_told(plot, at))}</title>{_bars(plot, at, x, wide, y)}</g>")
        if at % every == 0:
            middle = round(x + wide / 2, 2)
            parts.append(f'<text x="{middle:g}" y="{HIGH - 6}" text-anchor="middle">{_text(week)}</text>')
    title = f"{plot.title}, {plot.weeks[0]} to {plot.weeks[-1]}" if plot.weeks else plot.title
    return f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img"><title>{_text(title)}</title>{"".join(parts)}</svg>'


def _bars(plot: Plot, at: int, x: float, wide: float, y: Callable[[float], float]) -> str:
    out, below = "", 0.0
    for series in plot.series:
        value = series.values[at]
        if value is None:
            continue
        if series.mark == "┄":
            out += _level(x, y(value), wide, series.ink)
            continue
        under = below if plot.stacked else 0.0
        height = y(under) - y(under + value)
        if height:
            out += (
                f'<rect x="{x:g}" y="{y(under + value):g}" width="{wide:g}" height="{height:.2f}" '
                f'fill="{_fill(series.ink)}"/>'
            )
        below += value
    if any(series.values[at] is not None for series in plot.series):
        return out
    return f'<text x="{x + wide / 2:g}" y="{y(0) - 4:g}" text-anchor="middle">·</text>'


def _told(plot: Plot, at: int) -> str:
    said = [
        f"{series.name} {'not known' if series.values[at] is None else number_text(series.values[at] or 0)}"
        f"{'' if series.values[at] is None or not plot.unit else f' {plot.unit}'}"
        for series in plot.series
    ]
    return f"{plot.weeks[at]}: {', '.join(said)}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    names = "".join(f'<th scope="col">{_text(name)}</th>' for name in head)
    lines = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table{kind}><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>"


def _dear(found: Report) -> str:
    if not found.dear:
        return ""
    rows = [(one.summary, str(one.times), hours(one.minutes)) for one in found.dear]
    table = _table(("meeting", "times", "hours"), rows)
    return f"<section><h2>Where the meeting time goes</h2>{table}</section>"


def _kept(found: Report) -> str:
    scores = [week for week in found.weeks if week.score is not None]
    said = f"Last Friday check: {score_text(scores[-1].score)} in {scores[-1].key}." if scores else ""
    last = f'<p class="hint">{said}</p>' if said else ""
    if not found.kept:
        return last
    rows = [(one.day, one.summary, ", ".join(one.rules), one.reason) for one in found.kept]
    table = _table(("day", "what", "rule", "reason"), rows, ' class="text"')
    return f"<section><h2>{_text(number_of(len(rows), 'refusal'))} overridden</h2>{table}</section>{last}"
