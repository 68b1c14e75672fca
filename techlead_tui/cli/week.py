"""`techlead week` and `techlead today`: blocks and sessions, day by day."""

from __future__ import annotations

from datetime import date, datetime

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import block_json, read_json
from techlead_tui.cli.output import columns, put_json
from techlead_tui.cli.rows import show
from techlead_tui.cli.session_json import shown_json
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.weeks import WEEK_HELP, week_asked
from techlead_tui.core.balance import (
    actual,
    counted_from,
    given_back,
    logged_in,
    percents,
    planned,
    recurring_meetings,
)
from techlead_tui.core.calendar import DAY, IsoWeek
from techlead_tui.core.ids import short_id
from techlead_tui.core.lengths import length
from techlead_tui.core.records import Record
from techlead_tui.core.rules import violations
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import Span, total
from techlead_tui.core.text import day_text as short_date
from techlead_tui.core.text import shown_id, times
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Day, Session, Week
from techlead_tui.core.words.args import Option
from techlead_tui.render import symbols
from techlead_tui.render.metrics import Figures, figures_of
from techlead_tui.render.text import Row, Run, cut, inert, width, wrap


def week_text(week: Week, now: datetime) -> list[Row]:
    found = violations(week, now)
    rows = [_headline(week), *_figures(week, now)]
    for day in week.days:
        items = _items(week, day.date, found, now)
        if day.theme is not None or items:
            rows += [(), _day_name(day, now), *items]
    return [*rows, *_broken(found)]


def day_text(week: Week, day: date, now: datetime) -> list[Row]:
    found = violations(week, now)
    items = _items(week, day, found, now)
    rows = [_day_name(week.day(day), now), *items]
    if not items:
        rows.append((("  nothing planned", "hint"),))
    return rows


def grid_text(week: Week, now: datetime) -> list[Row]:
    """The grid of the screen, as wide as the terminal, half an hour a row."""
    from techlead_tui.render.grid import Sheet
    from techlead_tui.render.header import bands, day_names, header
    from techlead_tui.render.viewport import frame
    from techlead_tui.render.week_page import Scene, flagged, opening_view

    found = violations(week, now)
    figures = figures_of(week, now)
    cells = columns()
    scene = Scene(week, figures, found, now, None)
    view = opening_view(week, now, cells, 120, zoom=30)
    first, last = _hours(week)
    part = frame(cells, 120)._replace(grid_width=cells, grid_height=-(-(last - first) // 30))
    sheet = Sheet(week, view._replace(first=first), part, now, flagged(scene.violations))
    return [
        header(week, figures, cells),
        day_names(sheet),
        bands(sheet),
        *map(sheet.row, range(sheet.height)),
    ]


def _hours(week: Week) -> tuple[int, int]:
    """From the first thing of the week to its last, in whole hours."""
    starts = [day.theme.opens for day in week.days if day.theme]
    ends = [day.theme.closes for day in week.days if day.theme]
    for block in week.live:
        starts.append(block.start.hour * 60)
        ends.append(min(DAY, block.span.end_minute))
    return min(starts, default=540) // 60 * 60, -(-max(ends, default=1020) // 60) * 60


def _headline(week: Week) -> Row:
    working = [day.date for day in week.days if day.theme] or [week.days[0].date, week.days[6].date]
    dates = f"{short_date(working[0])} – {short_date(working[-1])} {working[-1].year}"
    return ((str(week.key), "accent"), (f"  {dates}  ", "strong"), (inert(week.theme.title), "hint"))


def _figures(week: Week, now: datetime) -> list[Row]:
    figures = figures_of(week, now)
    low, high = figures.focus_wanted
    talk = figures.percent("communication")
    over = talk > figures.communication_limit
    wanted = f", target {length(low)} to {length(high)}"
    target = figures.targets.get("communication")
    aim = f", aim {target}" if target else ""
    return [
        (
            ("focus planned ", "detail"),
            (length(figures.focus), "good" if figures.focus >= low else "warn"),
            (", done ", "detail"),
            (length(figures.focus_done), "strong"),
            (wanted, "detail"),
        ),
        (
            ("communication planned ", "detail"),
            (f"{talk} %", "refuse" if over else "strong"),
            (f"{aim}, alarm above {figures.communication_limit}", "detail"),
            ("   logged ", "detail"),
            (length(figures.logged), "strong"),
        ),
        (),
        *_balance(figures),
        *_counted_from(week, now),
    ]


def _counted_from(week: Week, now: datetime) -> list[Row]:
    """Say from when on a week counts that began before the program's first use."""
    since = counted_from(week, now)
    if since is None or not week.working or since >= week.working[-1].end:
        return []
    return [((f"  done counts from {short_date(since.date())} {since:%H:%M} on, the first use", "hint"),)]


def _balance(figures: Figures) -> list[Row]:
    """Return what is planned, wanted and done of each category inside the hours (M1), and what is outside."""
    out: list[Row] = [((f"{'':14}{'planned':>13}{'share':>8}{'wanted':>8}{'done':>14}", "faint"),)]
    for category, name in symbols.NAMES.items():
        share = figures.percent(category)
        over = category == "communication" and share > figures.communication_limit
        out.append(
            (
                (f"  {symbols.EDGE[category]}", f"edge.{category}"),
                (f"{name:<13}", "ink"),
                (f"{length(figures.split[category]):>11}", "strong"),
                (f"{share:>6} %", "refuse" if over else "strong"),
                (f"{figures.targets.get(category, 0):>6} %", "hint"),
                (f"{length(figures.done[category]):>14}", "strong"),
            )
        )
    if any(figures.outside):
        planned, done = map(length, figures.outside)
        out.append(((f"{'  outside':14}{planned:>13}{'':16}{done:>14}", "detail"),))
    return out


def _day_name(day: Day, now: datetime) -> Row:
    today = day.date == now.date()
    runs: list[Run] = [(short_date(day.date), "today" if today else "day")]
    if day.theme is not None:
        runs.append((f"  {inert(day.theme.title)}", f"tone.{symbols.tone_of(day.theme.tone)}"))
    if day.kind != "normal":
        runs.append((f"  {day.kind}{f', {inert(day.name)}' if day.name else ''}", "warn"))
    if today:
        runs.append(("  today", "accent"))
    return tuple(runs)


def _items(week: Week, day: date, found: tuple[Violation, ...], now: datetime) -> list[Row]:
    """Blocks and sessions of a day in order of time, also what began on the day before; ids end at the right
    edge."""
    this = IsoWeek.of(now.date())
    wrong = {uid for one in found if one.severity in ("refuse", "warn") for uid in one.subjects}
    cells = columns()
    blocks, sessions = week.blocks_on(day), week.sessions_on(day)
    items = [(block.start, 0, _block(block, day, block.uid in wrong, this, now, cells)) for block in blocks]
    items += [(session.start, 1, _session(session, day, cells)) for session in sessions]
    return [row for _, _, row in sorted(items, key=lambda item: item[:2])]


def _since(span: Span, day: date) -> str:
    """Return when something began that comes over from the day before, for the list of a day."""
    return "" if span.start.date() == day else f" since {span.start:%a}"


def _block(block: Block, day: date, wrong: bool, this: IsoWeek, now: datetime, cells: int) -> Row:
    ink = "skipped" if not block.live else "done" if block.status == "done" else "title"
    details = _since(block.span, day) + "".join(f" @{inert(name)}" for name in block.people)
    if block.hard_end:
        details += f" {symbols.HARD_END}{block.hard_end:%H:%M}"
    if block.type:
        details += f" +{block.type}"
    if block.unknown_zone:
        details += f" (planned in {inert(block.unknown_zone)}, whose clocks are not known here)"
    title = (
        f"{symbols.signs(block, wrong)}{inert(block.summary) or 'untitled'}{'?' if block.optional else ''}"
    )
    live = block.live and block.span.holds(now)
    return _line(
        (times(block.span), "now" if live else "time"),
        (symbols.EDGE[block.category], f"edge.{block.category}"),
        (title, "refuse" if wrong else ink),
        details,
        shown_id(block, this),
        cells,
    )


def _session(session: Session, day: date, cells: int) -> Row:
    marked = [mark for mark in (session.pattern, session.repo) if mark]
    details = _since(session.span, day) + (f" ({inert(', '.join(marked))})" if marked else "")
    title = inert(session.summary) or "session"
    span = f"{times(session.span)[:6]}now  " if session.running else times(session.span)
    sign = symbols.RUNNING if session.running else symbols.SESSION
    return _line((span, "session"), (sign, "session"), (title, "ink"), details, short_id(session.uid), cells)


def _line(when: Run, edge: Run, title: Run, details: str, uid: str, cells: int) -> Row:
    """`  14:00–15:00 ▌Budget sync +status                    3f9c1b2a`"""
    room = max(20, cells - width(when[0]) - 4)
    end = f"  {uid}"
    text_room = room - width(end)
    if text_room < 16:  # too narrow for ids beside the text: they are what the list is for
        text_room = 16
    shown = cut(details, max(0, text_room - min(width(title[0]), 24)))
    text = cut(title[0], text_room - width(shown))
    gap = " " * max(0, text_room - width(text) - width(shown))
    return (
        ("  ", "ink"),
        when,
        (" ", "ink"),
        edge,
        (text, title[1]),
        (shown, "detail"),
        (gap, "ink"),
        (end, "faint"),
    )


def _broken(found: tuple[Violation, ...]) -> list[Row]:
    """Return the rows of all warnings; notes are for `techlead lint`."""
    rows: list[Row] = []
    for violation in found:
        if violation.severity in ("refuse", "warn"):
            ink = "refuse" if violation.severity == "refuse" else "warn"
            message = f"{inert(violation.message)} ({violation.rule})"
            for number, part in enumerate(wrap(message, columns() - 2, len(message))):
                rows.append(((f"{symbols.WRONG} " if number == 0 else "  ", ink), (part, "ink")))
    return [(), *rows, (("techlead lint suggests fixes", "hint"),)] if rows else []


GRID = Option(("--grid",), "draw the week as a grid")
COMMANDS = {
    "week": Command(
        "week",
        "[WEEK]",
        "Shows a week: its blocks with their ids, sessions, and figures.",
        (GRID,),
        (*WEEK_HELP, "⚠ breaks a rule, ✎ overrides one, ⇥ must end then, ? is optional."),
        ("techlead week", "techlead week next --grid", "techlead week 2026-W48 --json"),
    ),
    "today": Command("today", "", "Shows today.", (), (), ("techlead today", "techlead today --json")),
}


def run(name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMANDS[name], args, 1 if name == "week" else 0)
    if call is None:
        return 0
    key = week_asked(call, shell)
    reader = shell.reader
    snapshot = reader.snapshot(key)
    week, now = snapshot.week(key), shell.now()
    if call.has("json"):
        moment = shell.clock.moment()
        shown = week.sessions_on(shell.today) if name == "today" else week.sessions
        sessions = [shown_json(_stored(snapshot, session), moment) for session in shown]
        put_json({**_plan(week, now, shell.today if name == "today" else None), "sessions": sessions})
        return 0

    if name == "today":
        show(day_text(week, shell.today, now))
    elif call.has("grid"):
        show(grid_text(week, now), full=True)
    else:
        show(week_text(week, now))
    return 0


def _stored(snapshot: Snapshot, session: Session) -> Record:
    running = snapshot.open_session
    if running is not None and running["uid"] == session.uid:
        return running
    bucket = snapshot.bucket_of("sessions", session.uid, IsoWeek.of(session.start.date()))
    return snapshot.records(bucket, "sessions")[session.uid]


def _plan(week: Week, now: datetime, only: date | None = None) -> dict[str, object]:
    """A week without its sessions; of its blocks and days those of one date."""
    blocks = week.blocks if only is None else week.blocks_on(only)
    out = read_json(week.key, "blocks", [block_json(block) for block in blocks])
    if only is not None:
        out["date"] = only.isoformat()
    out["days"] = [
        {
            "date": day.date.isoformat(),
            "kind": day.kind,
            "name": day.name or None,
            "title": day.theme.title if day.theme else None,
        }
        for day in week.days
        if only in (None, day.date)
    ]
    figures = figures_of(week, now)
    out["theme"] = week.theme.id
    out["focus_minutes"] = figures.focus
    out["focus_done_minutes"] = figures.focus_done
    out["focus_wanted_minutes"] = list(figures.focus_wanted)
    out["deep_work_minutes"] = figures.deep
    out["given_back"] = [
        {"start": gap.start.isoformat(), "end": gap.end.isoformat()} for gap in given_back(week)
    ]
    out["working_minutes"] = figures.working
    out["planned_minutes"] = planned(week)
    out["planned_inside_minutes"] = figures.split
    out["done_minutes"] = actual(week, now)
    out["done_inside_minutes"] = figures.done
    since = counted_from(week, now)
    out["counted_from"] = None if since is None else since.isoformat()
    out["logged_minutes"] = figures.logged
    out["logged_in_minutes"] = logged_in(week, now, week.live)
    out["percent"] = percents(figures.split, week)
    out["done_percent"] = percents(figures.done, week)
    out["wanted_percent"] = {category: figures.targets.get(category, 0) for category in symbols.NAMES}
    out["unanswered_minutes"] = total(block.span for block in week.live if block.unanswered)
    out["recurring_meetings"] = len(recurring_meetings(week))
    return out
