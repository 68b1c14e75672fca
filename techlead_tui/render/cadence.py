"""Draw the coding cadence: the heat map, sessions beside commits, the patterns and where the lead stands."""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from techlead_tui.core.balance import ANTI_SPLIT, Balance, formula, share
from techlead_tui.core.cadence import MIX, Cadence, DayCell
from techlead_tui.core.drift import THRESHOLDS, TITLES, Drift
from techlead_tui.core.items.campaign import reviewed_text
from techlead_tui.core.lengths import hours, length, short_length
from techlead_tui.core.patterns import Patterns
from techlead_tui.core.report import LINES_TEXT
from techlead_tui.core.session import CATEGORIES
from techlead_tui.core.text import day_text, number_of, when
from techlead_tui.render.header import dates_text
from techlead_tui.render.text import Row, Run, cut, exactly, fit, inert, width, wrap

PANES = ("sessions", "balance", "drift")  # what stands on the left below the heat map
SHADES = ((0, "·"), (1, "░"), (60, "▒"), (120, "▓"), (240, "█"))  # from so many minutes on
AWAY = {"leave": "–", "on-call": "~", "free": " "}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EDGE = 5  # cells before the heat map
MAP_FROM = 17  # rows from which on the heat map leaves room for what stands below
TWO_FROM = 76  # cells from which on two columns stand beside each other
THREE_FROM = 150  # cells from which on all panes are in view
RIGHT = 44  # cells of the right one, at most
WIDEST = 90  # cells of a session's line
NAMES = {"hands_on": "hands-on", "showing_up": "showing up"}


class CadenceScene(NamedTuple):
    """Hold what the screen shows; what is None is still being read."""

    cadence: Cadence
    patterns: Patterns | None = None
    drift: Drift | None = None
    balances: Sequence[tuple[str, Balance]] = ()
    progress: str = ""  # how far a scan is
    pane: str = "sessions"
    first: int = 0  # line of the left column that stands on top


def cadence_rows(scene: CadenceScene, cells: int, rows: int) -> list[Row]:
    """Return exactly `rows` rows."""
    out = [_title(scene, cells), _last(scene, cells)]
    out += _heat(scene.cadence, cells) if rows >= MAP_FROM else []
    room = rows - len(out) - 1
    if room >= 3:
        out += [exactly([("─" * cells, "rule")], cells, "ink"), *_below(scene, cells, room)]
    return [*out, *[exactly((), cells, "ink")] * (rows - len(out))][:rows]


def panes_in_view(pane: str, cells: int) -> tuple[str, ...]:
    """Return the panes that are shown: the one turned to, and where there is room the others beside it."""
    return (pane,) if cells < THREE_FROM else (pane, *(one for one in PANES if one != pane))


def pane_lines(scene: CadenceScene, cells: int) -> int:
    """Return how many lines can be scrolled through: of the left column, or of both below each other."""
    lines = len(_left(scene, cells, _left_cells(cells)))
    return lines if cells >= TWO_FROM else lines + 1 + len(_right(scene, cells - 1))


def _title(scene: CadenceScene, cells: int) -> Row:
    week = scene.cadence.weeks[-1]
    days = [cell.day for cell in week.days if cell.kind != "free"] or [cell.day for cell in week.days]
    runs: list[Run] = [
        (" Cadence", "accent/bar"),
        (f"  W{week.key.number:02}  {dates_text(days[0], days[-1])} {days[-1].year}", "strong/bar"),
        (f"   {length(scene.cadence.minutes)} hands-on this week", "ink/bar"),
    ]
    if scene.cadence.known:
        runs.append((f" · {number_of(scene.cadence.commits, 'commit')}", "ink/bar"))
    if scene.progress:
        runs.append((f"   {scene.progress}", "hint/bar"))
    return exactly(runs, cells, "ink/bar")


def _last(scene: CadenceScene, cells: int) -> Row:
    found = scene.cadence
    if not found.known:
        unknown = "commits are not known: say in the settings (,) where your code is"
        text = "reading commits …" if scene.progress else unknown
        return exactly([(cut(f" {text}", cells), "hint")], cells, "ink")
    if found.last is None:
        return exactly([(" no own commit in 26 weeks", "hint")], cells, "ink")
    head = f" last own commit {day_text(found.last.day)} {found.last.at:%H:%M} · {inert(found.last.repo)}"
    return exactly([(cut(f"{head} · {inert(found.last.summary)}", cells), "detail")], cells, "ink")


def _heat(found: Cadence, cells: int) -> list[Row]:
    """Return weeks as columns and days as rows: shades are hours, digits are commits."""
    count = len(found.weeks)
    step = next((step for step in (6, 4, 3) if cells >= EDGE + step * count), 2)
    weeks = found.weeks[-max(1, (cells - EDGE) // step) :]
    shade = {6: 4, 4: 2, 3: 1, 2: 1}[step]
    months, before = "", 0
    for at, week in enumerate(weeks):
        month = week.days[3].day.month
        if month != before and width(months) <= at * step:
            months = fit(months, at * step) + MONTHS[month - 1]
        before = month
    out = [exactly([(" " * EDGE, "ink"), (months, "hint")], cells, "ink")]
    today = found.now.date()
    for weekday in range(7):
        column = [week.days[weekday] for week in weeks]
        if weekday > 4 and not any(cell.minutes or cell.commits or cell.kind != "free" for cell in column):
            continue
        runs: list[Run] = [(f" {DAYS[weekday]} ", "today" if today.weekday() == weekday else "hint")]
        for cell in column:
            runs += _cell(cell, shade, step, today)
        out.append(exactly(runs, cells, "ink"))
    legend: list[Run] = [(" " * EDGE, "ink")]
    for least, sign in SHADES[1:]:
        legend += [(sign, "session"), (f" {hours(least) if least > 1 else 'some'}  ", "hint")]
    legend += [("3", "good"), (" commits that day  ", "hint"), ("–", "faint"), (" leave  ", "hint")]
    legend += [("~", "faint"), (" on call", "hint")]
    out.append(exactly(legend, cells, "ink"))
    return out


def _cell(cell: DayCell, shade: int, step: int, today: date) -> list[Run]:
    gap = " " * (step - shade - 1)
    if cell.day > today:
        return [(" " * step, "ink")]
    sign = next(sign for least, sign in reversed(SHADES) if cell.minutes >= least)
    ink = "session" if cell.minutes else "faint"
    if not cell.minutes and cell.kind in AWAY:
        sign = AWAY[cell.kind]
    commits = " " if not cell.commits else str(cell.commits) if cell.commits < 10 else "+"
    ground = "/bar" if cell.day == today else ""
    text = sign * shade if cell.minutes else fit(sign, shade)
    return [(text, ink + ground), (commits, "good" + ground), (gap, "ink")]


def _left_cells(cells: int) -> int:
    return cells if cells < TWO_FROM else cells - min(RIGHT, cells * 2 // 5) - 2


def _below(scene: CadenceScene, cells: int, rows: int) -> list[Row]:
    left_cells = _left_cells(cells)
    left = _left(scene, cells, left_cells, rows)
    first = max(0, min(scene.first, len(left) - rows))
    right = _beside(scene, cells - left_cells - 3, rows) if left_cells < cells else []
    if not right:
        both = [*left, [], *_right(scene, cells - 1)]
        first = max(0, min(scene.first, len(both) - rows))
        return [exactly(line, cells, "ink") for line in both[first : first + rows]]
    out = []
    shown = left[first : first + rows]
    if first + rows < len(left) and shown:
        shown[-1] = [(f" ↓ {len(left) - first - rows + 1} more", "hint")]
    for n in range(rows):
        line = exactly(shown[n] if n < len(shown) else [], left_cells, "ink")
        beside = right[n] if n < len(right) else []
        out.append(exactly([*line, ("│ ", "rule"), *beside], cells, "ink"))
    return out


Line = list[Run]


def _beside(scene: CadenceScene, cells: int, rows: int) -> list[Line]:
    lines = _right(scene, cells)
    return _airy(lines, rows) if len(lines) <= rows else _right(scene, cells, brief=True)


def _airy(lines: list[Line], rows: int) -> list[Line]:
    """Return the lines with a blank one before each heading, where there is room."""
    heads = [n for n, line in enumerate(lines) if n and line and line[0][0].isupper()]
    if len(lines) + len(heads) > rows:
        return lines
    return [part for n, line in enumerate(lines) for part in (([], line) if n in heads else (line,))]


def _left(scene: CadenceScene, cells: int, left_cells: int, least: int = 0) -> list[Line]:
    """Return the pane that was turned to, and on a wide screen the others below each other beside it, in at
    least so many lines."""
    pane, *others = panes_in_view(scene.pane, cells)
    if not others:
        return _pane(scene, pane, left_cells)
    half, blank = left_cells // 2, Line()
    front = _pane(scene, pane, half)
    beside = [line for name in others for line in (*_pane(scene, name, left_cells - half - 3), [])]
    return [
        [*exactly(one, half, "ink"), ("│ ", "rule"), *other]
        for one, other, _ in zip_longest(front, beside, [blank] * least, fillvalue=blank)
    ]


def _pane(scene: CadenceScene, pane: str, cells: int) -> list[Line]:
    match pane:
        case "balance":
            return _balance(scene, cells)
        case "drift":
            return _drift(scene, cells)
    return _sessions(scene, cells)


def _sessions(scene: CadenceScene, cells: int) -> list[Line]:
    found, cells = scene.cadence, min(cells, WIDEST)
    out: list[Line] = [[(" THIS WEEK", "faint"), ("  sessions beside commits", "hint")]]
    day = None
    for row in found.beside:
        start = row.session.start if row.session else row.commits[0].at
        name = day_text(start.date())[:3] if start.date() != day else ""
        day = start.date()
        lead: Line = [(f" {name:<4}", "strong")]
        if row.session is None:
            commit = row.commits[0]
            text = f"{commit.at:%H:%M}  {inert(commit.summary)}"
            out.append([*lead, ("  + ", "good"), (cut(text, cells - 22), "ink"), (" not logged", "hint")])
            continue
        marks = " ".join(filter(None, (row.session.pattern, short_length(row.session.minutes))))
        title = inert(row.session.summary) or "session"
        room = cells - 15 - width(marks)
        line: Line = [*lead, (f"▸ {start:%H:%M} ", "session"), (fit(title, max(8, room)), "ink")]
        out.append([*line, (f" {marks}", "hint")])
        for commit in row.commits:
            text = f"{commit.at:%H:%M}  {inert(commit.summary)}"
            out.append([("       + ", "good"), (cut(text, cells - 10), "detail")])
        if not row.commits and found.known:
            kind = "no commit: reading and debugging are work too"
            out.append([(" " * 9, "ink"), (cut(kind, cells - 10), "hint")])
    if not found.beside:
        out.append([(" nothing logged yet: L logs a session", "hint")])
    if found.known:
        out.append([])
        out += [
            [(f" {line}", "hint")]
            for line in wrap(f"{found.lines} lines this week. {LINES_TEXT}", cells - 2, 3)
        ]
    return out


def _balance(scene: CadenceScene, cells: int) -> list[Line]:
    if not scene.balances:
        return [[(" reading …", "hint")]]
    shown = scene.balances if cells >= 20 + 16 * len(scene.balances) else scene.balances[:1]
    out: list[Line] = [[(f"{' BALANCE':<22}", "faint"), *((f"{name:>14}", "hint") for name, _ in shown)]]
    out.append([(f"{'':<14}{'wanted':>8}", "hint"), *((f"{'plan':>8}{'done':>6}", "hint") for _ in shown)])
    first = shown[0][1]
    for name in CATEGORIES:
        shares = [(one.planned_percent[name], one.actual_percent[name]) for _, one in shown]
        out.append(_shares(name, share(first.wanted[name], first.working), shares, f"edge.{name}"))
    out += [[], [(f"{'':<14}{'lost week':>8}", "hint")]]
    for name, lost in ANTI_SPLIT.items():
        shares = [
            (share(one.anti_planned[name], one.working), share(one.anti_actual[name], one.counted))
            for _, one in shown
        ]
        out.append(_shares(name, lost, shares, "ink"))
    for name, one in shown:
        if one.alarm:
            text = f" {name}: communication {one.communication} %, above {one.limit} % is an alarm"
            out.append([(cut(text, cells), "warn")])
    out += [[], [(" how it is worked out, this week", "faint")]]
    for sentence in formula(first):
        out += [[(f" {line}", "hint")] for line in wrap(sentence, cells - 2, 4)]
    return out


def _shares(name: str, wanted: int, shares: Sequence[tuple[int, int]], ink: str) -> Line:
    line: Line = [(f" {NAMES.get(name, name):<13}", ink), (f"{f'{wanted} %':>8}", "hint")]
    return [*line, *((f"{f'{plan} %':>8}{f'{done} %':>6}", "ink") for plan, done in shares)]


def _drift(scene: CadenceScene, cells: int) -> list[Line]:
    found = scene.drift
    if found is None:
        return [[(" reading …", "hint")]]
    head = "unknown" if found.stage is None else f"stage {found.stage} of 4"
    out: list[Line] = [[(" DRIFT", "faint"), (f"  {head}", _stage_ink(found.stage))]]
    out += [[(f" {line}", "ink")] for line in wrap(TITLES[found.stage], cells - 2, 2)]
    for sentence in found.evidence:
        lines = wrap(inert(sentence), cells - 4, 3)
        out += [[(" · " if n == 0 else "   ", "hint"), (line, "ink")] for n, line in enumerate(lines)]
    if found.back:
        out.append([(" what leads back, ⏎ does the first", "faint")])
        for number, fix in enumerate(found.back, 1):
            out.append([(f" {number} ", "key"), (cut(inert(fix.title), cells - 4), "ink")])
    weeks = " ".join("·" if stage is None else str(stage) for _, stage in found.history)
    out.append([(" weeks  ", "faint"), (weeks or "…", "ink"), ("  · unknown", "hint")])
    out += [[], *([(f" {line}", "hint")] for line in wrap(THRESHOLDS, cells - 2, 8))]
    return out


def _stage_ink(stage: int | None) -> str:
    return "hint" if stage is None else "good" if stage == 0 else "warn" if stage < 3 else "refuse"


def _right(scene: CadenceScene, cells: int, *, brief: bool = False) -> list[Line]:
    """Return the stage and what is under way; a line each where it is to be brief."""
    out: list[Line] = []

    def say(text: str, ink: str = "ink", lines: int = 2) -> None:
        out.extend([(line, ink)] for line in wrap(inert(text), cells, 1 if brief else lines))

    def head(name: str, text: str, ink: str = "faint") -> None:
        out.append([(name, ink), (cut(f"  {inert(text)}", cells - width(name)), "hint")])

    found = scene.drift
    if found is not None:
        said = TITLES[found.stage] if not found.stage else f"stage {found.stage}, {TITLES[found.stage]}"
        say(f"drift: {said}", _stage_ink(found.stage))
        if found.back:
            say(f"⏎ {found.back[0].title}", "accent")
    out += _mix(scene.cadence, cells, brief)
    patterns = scene.patterns
    if patterns is None:
        return out
    led, moment = patterns.campaign, patterns.pairing.moment
    if led.item is not None:
        head("CAMPAIGN", f"week {led.week} of 2")
        say(led.item.summary, "strong", 1)
        if brief:
            share_of = "" if led.percent is None else f"{led.percent} % yours · "
            say(f"{share_of}{reviewed_text(led.item)}")
        else:
            say(led.share_text)
            say(f"pull requests: {reviewed_text(led.item)}", "hint", 1)
    for spike in patterns.spikes[: 1 if brief else 2]:
        owed = spike in patterns.owed
        name = "FINDINGS OWED" if owed else "SPIKE"
        until = "" if owed else f"until {day_text(spike.day('until') or moment.today)}"
        head(name, spike.summary if brief else until, "warn" if owed else "faint")
        if not brief:
            say(spike.summary, "ink", 1)
    for one in patterns.refactorings[:1]:
        head("REFACTORING", one.summary if brief else "")
        if not brief:
            say(one.summary, "ink", 1)
            say(f"before: {one.get('before') or 'not written down'}", "hint", 1)
    pairing = patterns.pairing
    if pairing.queue or pairing.block is not None:
        head("PAIRING", when(pairing.block.span) if pairing.block is not None else "no office hours planned")
        for number, waiting in enumerate(pairing.queue[:4], 1):
            drives = "you drive" if waiting.get("drives") == "me" else "drives"
            tail = f" @{inert(str(waiting.get('who')))} {drives}"
            title = cut(inert(waiting.summary), max(4, cells - 2 - width(tail)))
            out.append([(f"{number} ", "hint"), (title, "ink"), (tail, "hint")])
    return out


def _mix(found: Cadence, cells: int, brief: bool) -> list[Line]:
    whole = sum(found.mix.values())
    head: Line = [(f"PATTERNS, {MIX} weeks", "faint")]
    ranked = [one for one in sorted(found.mix.items(), key=lambda one: -one[1]) if one[1]]
    if not whole:
        return [[*head, ("  nothing logged", "hint")]]
    if brief:
        said = " ".join(f"{name or 'none'} {share(minutes, whole)}%" for name, minutes in ranked)
        return [[(cut(said, cells), "ink")]]
    out: list[Line] = [head]
    room = max(4, cells - 20)
    for name, minutes in ranked:
        bar = "█" * max(1, minutes * room // whole)
        percent = f"{share(minutes, whole):>3} % "
        out.append([(f"{name or 'no pattern':<11}", "ink"), (percent, "hint"), (bar, "session")])
    return out
