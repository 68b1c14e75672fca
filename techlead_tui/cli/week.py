"""`techlead week` and `techlead today`: blocks and sessions, day by day."""

from __future__ import annotations

from techlead_tui.cli.asking import asked
from techlead_tui.cli.command import Command
from techlead_tui.cli.nouns import block_json, read_json, session_json
from techlead_tui.cli.output import put_json
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.weeks import WEEK_HELP, week_asked
from techlead_tui.core.focus import focus_minutes
from techlead_tui.core.snapshot import Snapshot
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
    snapshot = shell.reader.snapshot(key)
    week = snapshot.week(key)
    if call.has("json"):
        put_json(_json(week, snapshot, shell, today=name == "today"))
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


def _json(week: Week, snapshot: Snapshot, shell: Shell, *, today: bool) -> dict[str, object]:
    day = shell.today
    records = sorted(
        snapshot.table(str(week.key), "sessions").values(), key=lambda record: str(record["start"])
    )
    blocks = [block for block in week.blocks if not today or block.day == day]
    sessions = [record for record in records if not today or str(record["start"])[:10] == day.isoformat()]
    out = read_json(week.key, "blocks", [block_json(block) for block in blocks])
    out["sessions"] = [session_json(record) for record in sessions]
    if today:
        out["date"] = day.isoformat()
    out["days"] = [
        {
            "date": found.date.isoformat(),
            "kind": found.kind,
            "title": found.theme.title if found.theme else None,
        }
        for found in week.days
        if not today or found.date == day
    ]
    minutes = planned(week)
    out["theme"] = week.theme.id
    out["focus_minutes"] = focus_minutes(week)
    out["working_minutes"] = week.working_minutes
    out["planned_minutes"] = minutes
    out["percent"] = percents(minutes, week)
    return out
