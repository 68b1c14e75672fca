"""`techlead report`: balance, focus, cadence, meetings, overrides and Friday scores over time."""

from __future__ import annotations

import os

from techlead_tui import fs
from techlead_tui.cli.balance import SPAN_HELP, balance_json
from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json, write_json
from techlead_tui.cli.output import columns, put, put_json, tell, visible
from techlead_tui.cli.rows import show
from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.lengths import hours
from techlead_tui.core.report import LINES_TEXT, Report, ReportWeek
from techlead_tui.core.words.args import Call, Option
from techlead_tui.core.words.units import read_weeks
from techlead_tui.errors import DataError, WordsError
from techlead_tui.planner.balances import quarter
from techlead_tui.planner.report import report_of
from techlead_tui.render.plots import plot_rows, plots
from techlead_tui.render.report_page import page

TITLE = "Am I still technical?"
COMMAND = Command(
    "report",
    "[WEEK|RANGE|MONTH|QUARTER|all]",
    "Plots balance, focus, cadence, meetings, overrides and Friday scores over time.",
    (
        Option(("--html",), "write it as one HTML page that needs nothing from outside", "FILE"),
        Option(("--redact",), "without names and titles, for showing it to others"),
    ),
    (
        *SPAN_HELP,
        "Without one it is the thirteen weeks up to this one. Weeks that are over show what was done, the",
        "others what is planned. " + LINES_TEXT[0].upper() + LINES_TEXT[1:] + ".",
    ),
    ("techlead report", "techlead report 2026-Q4 --html report.html --redact", "techlead report last --json"),
)
REPORT: Keys = {
    "from": "the first week",
    "to": "the last week",
    "balance": "the split of all the weeks, as `techlead balance` tells it",
    "weeks": "oldest first, each with `week`, `known` (not before the first use), `over`, "
    "`actual_percent` and `planned_percent` by category, `focus_planned_minutes`, `focus_done_minutes`, "
    "`focus_wanted_minutes` (from, to), `sessions`, `logged_minutes`, `hands_on_minutes`, "
    "`pattern_minutes`, `meetings`, `meeting_minutes`, `recurring_meetings`, `overrides`, `score` (or null), "
    "`commits` and `lines` (null where git is not known)",
    "meetings": "the titles that took most time, each with `summary`, `times` and `minutes`",
    "overrides": "each with `day`, `summary`, `rules` and `reason`",
    "sources": "repositories that could not be read, each with `name` and `error`",
    "html": "the path of the page, or null",
}


def run(_name: str, args: list[str], shell: Shell) -> int:
    """Print the report, or write the page. UserError."""
    call = asked(COMMAND, args, 1)
    if call is None:
        return 0
    weeks = _weeks(call, shell)
    path = call.value("html")
    if path is not None and not path.strip():
        raise WordsError("which file?", "techlead report --html report.html", "--html")
    found = report_of(shell.reader, weeks, redact=call.has("redact"))
    if path is not None:
        path = os.path.abspath(os.path.expanduser(path))
        _write(path, page(found, TITLE))
    if call.has("json"):
        value = report_json(found, path)
        put_json(write_json("report", value) if path else read_json(None, "report", value))
    elif path is not None:
        put(f"written: {visible(path)}")
    else:
        _print(found)
    return 0


def _weeks(call: Call, shell: Shell) -> list[IsoWeek]:
    if not call.words:
        return quarter(shell.this_week)
    if call.words[0].lower() != "all":
        return read_weeks(call.words[0], shell.today)
    last = shell.this_week
    first = min((week for week in shell.reader.all_weeks() if week <= last), default=last)
    return [first.shift(n) for n in range((last.monday - first.monday).days // 7 + 1)]


def _write(path: str, text: str) -> None:
    """Put the page in its place whole. DataError."""
    try:
        fs.replace_unlocked(path, text.encode())
    except OSError as wrong:
        raise DataError(f"{path}: {(wrong.strerror or str(wrong)).lower()}", "name another file") from None


def _print(found: Report) -> None:
    cells = min(columns(), 120)
    since = found.balance.since
    if since is not None:
        put(f"counting began on {since:%Y-%m-%d %H:%M}; nothing before it counts")
    for plot in plots(found):
        show([*plot_rows(plot, cells), ()])
    if not found.git:
        put("commits are not known: techlead repos add")
    for name, error in found.sources:
        tell(f"note: {visible(name)}: {visible(error)}")
    for one in found.dear:
        put(f"{hours(one.minutes):>8}  {one.times:>3} ×  {visible(one.summary)}")
    for kept in found.kept:
        put(f"{kept.day:>10}  ✎ {visible(kept.summary)}: {visible(kept.reason)} ({', '.join(kept.rules)})")


def week_json(week: ReportWeek) -> Json:
    return {
        "week": str(week.key),
        "known": week.known,
        "over": week.over,
        "planned_percent": week.balance.planned_percent,
        "actual_percent": week.balance.actual_percent,
        "focus_planned_minutes": week.focus_planned,
        "focus_done_minutes": week.focus_done,
        "focus_wanted_minutes": list(week.focus_wanted),
        "sessions": week.sessions,
        "logged_minutes": week.logged,
        "hands_on_minutes": week.coded,
        "pattern_minutes": dict(week.patterns),
        "meetings": week.meetings,
        "meeting_minutes": week.meeting_minutes,
        "recurring_meetings": week.recurring,
        "overrides": week.overrides,
        "score": week.score,
        "commits": week.commits,
        "lines": week.lines,
    }


def report_json(found: Report, path: str | None) -> Json:
    return {
        "from": str(found.weeks[0].key),
        "to": str(found.weeks[-1].key),
        "balance": balance_json(found.balance),
        "weeks": [week_json(week) for week in found.weeks],
        "meetings": [
            {"summary": one.summary, "times": one.times, "minutes": one.minutes} for one in found.dear
        ],
        "overrides": [
            {"day": one.day, "summary": one.summary, "rules": list(one.rules), "reason": one.reason}
            for one in found.kept
        ],
        "sources": [{"name": name, "error": error} for name, error in found.sources],
        "html": path,
    }
