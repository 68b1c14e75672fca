"""`techlead week` and `techlead today`: blocks and sessions, day by day."""

from __future__ import annotations

from datetime import date

from techlead_tui.cli.asking import asked
from techlead_tui.cli.command import Command
from techlead_tui.cli.kept import WEEK, save
from techlead_tui.cli.nouns import block_json, read_json
from techlead_tui.cli.output import put_json
from techlead_tui.cli.session_json import seconds, session_json
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.sources import files_of
from techlead_tui.cli.weeks import WEEK_HELP, week_asked
from techlead_tui.core.focus import focus_minutes
from techlead_tui.core.json_text import encode
from techlead_tui.core.records import Record
from techlead_tui.core.split import percents, planned
from techlead_tui.core.week import Week
from techlead_tui.core.words.options import Option

GRID = Option(("--grid",), "draw the week as a grid")
COMMANDS = {
    "week": Command(
        "week",
        "[WEEK]",
        "Shows a week: its blocks with their ids, sessions, and figures.",
        (GRID,),
        (*WEEK_HELP, "⚠ breaks a rule, ✎ is kept against one, ⇥ is a hard end, a ? is optional."),
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
    stamp = reader.store.stamp()  # before anything is read: what changes meanwhile then shows
    snapshot = reader.snapshot(key)
    week = snapshot.week(key)
    if call.has("json"):
        records = snapshot.table(str(key), "sessions").values()
        sessions = [session_json(record) for record in sorted(records, key=_start)]
        if name == "today":
            day = shell.today.isoformat()
            today = [session for session in sessions if str(session["start"])[:10] == day]
            put_json({**_plan(week, shell.today), "sessions": today})
            return 0
        plan = _plan(week)
        put_json({**plan, "sessions": sessions})
        if not reader.notices:
            files = files_of(reader, [snapshot.theme_id(key)])
            save(shell.folders, WEEK, stamp, files, [["week", str(key), encode(plan)]])
        return 0
    from techlead_tui.cli.week_text import day_text, grid_text, show, week_text

    now = shell.now()
    if name == "today":
        show(day_text(week, shell.today, now))
    elif call.has("grid"):
        show(grid_text(week, now), full=True)
    else:
        show(week_text(week, now))
    return 0


def _start(record: Record) -> int:
    return seconds(str(record["start"]))


def _plan(week: Week, only: date | None = None) -> dict[str, object]:
    """A week without its sessions; of its blocks and days those of one date."""
    out = read_json(
        week.key, "blocks", [block_json(block) for block in week.blocks if only in (None, block.day)]
    )
    if only is not None:
        out["date"] = only.isoformat()
    out["days"] = [
        {
            "date": day.date.isoformat(),
            "kind": day.kind,
            "title": day.theme.title if day.theme else None,
        }
        for day in week.days
        if only in (None, day.date)
    ]
    minutes = planned(week)
    out["theme"] = week.theme.id
    out["focus_minutes"] = focus_minutes(week)
    out["working_minutes"] = week.working_minutes
    out["planned_minutes"] = minutes
    out["percent"] = percents(minutes, week)
    return out
