"""`techlead sessions`: the log of the coding cadence (M14)."""

from __future__ import annotations

from techlead_tui.cli.asking import asked
from techlead_tui.cli.command import Command
from techlead_tui.cli.nouns import read_json, session_json
from techlead_tui.cli.output import columns, put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.weeks import WEEK_HELP, weeks_asked

COMMAND = Command(
    "sessions",
    "[WEEK|all]",
    "Lists the logged coding sessions.",
    (),
    (*WEEK_HELP, "all lists every one there is."),
    ("techlead sessions", "techlead sessions last", "techlead sessions all --json"),
)


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args, 1)
    if call is None:
        return 0
    reader = shell.reader
    key = weeks_asked(call, shell)
    weeks = reader.all_weeks() if key is None else [key]
    snapshot = reader.snapshot(*weeks)
    records = [record for week in weeks for record in snapshot.table(str(week), "sessions").values()]
    found = sorted(map(session_json, records), key=lambda session: (session["start"][:10], session["start"]))
    if call.has("json"):
        put_json(read_json(key, "sessions", found))
        return 0
    from techlead_tui.cli.places import short_id
    from techlead_tui.core.phrases import length
    from techlead_tui.render.cells import cut, width

    if not found:
        put("no sessions yet: techlead log 45m what you did")
        return 0
    for session in found:
        start, end = session["start"], session["end"]
        marked = [mark for mark in (session["pattern"], session["repo"]) if mark]
        details = f"  ({visible(', '.join(marked))})" if marked else ""
        head = f"{start[:10]}  {start[11:16]}–{end[11:16]}  {length(session['minutes']):>10}  "
        tail = f"{details}  {short_id(session['uid'])}"
        put(head + cut(visible(session["summary"]) or "–", max(16, columns() - width(head + tail))) + tail)
    put(f"{len(found)} sessions, {length(sum(session['minutes'] for session in found))}")
    return 0
