"""Ask about a session that is in the way, or that has probably been forgotten."""

from __future__ import annotations

import shlex
import sys
from datetime import datetime

from techlead_tui.cli.context import Context
from techlead_tui.cli.output import is_terminal, visible
from techlead_tui.cli.session_edit import ended
from techlead_tui.config.local_time import here, seconds
from techlead_tui.core.lengths import short_length
from techlead_tui.core.records import Record
from techlead_tui.core.running import RunningError, StopSession
from techlead_tui.core.text import day_text
from techlead_tui.errors import UserError
from techlead_tui.planner.reader import Reader
from techlead_tui.planner.running import Overdue, overdue_now

Choice = tuple[str, str, datetime | None]  # key, text, end; without an end it is dropped
DROP: Choice = ("d", "drop it: nothing is logged", None)


def when_ended(
    context: Context, record: Record, pause: bool, result: str | None, as_json: bool
) -> StopSession:
    """Return the edit that ends a session when the user says so. UserError where nobody can be asked."""
    found = overdue_now(Reader(context.folders, context.clock), record)
    if found is None:  # its block was made longer meanwhile
        return ended(record, context.clock.moment(), pause=pause, result=result)
    choices = ends_of(found)
    if not asks(as_json):
        raise UserError(said_of(found), "say when it ended:\n" + "\n".join(_calls(choices)))
    end = choose(f"{said_of(found)}. When did it end?", choices, UserError("it is still running"))
    if end is None:
        return ended(record, context.clock.moment(), drop=True)
    return ended(record, int(end.timestamp()), pause=pause, result=result)


def end_first(context: Context, running: RunningError, start: str, as_json: bool) -> StopSession:
    """Return the edit that ends the session in the way of one that begins at `start`.

    RunningError where nobody can be asked, or where it is to go on.
    """
    running = RunningError(here(running.record))  # by the clocks of the place where it is told
    record, begun = running.record, datetime.fromisoformat(start)
    found = overdue_now(Reader(context.folders, context.clock), record)
    ends: list[Choice] = [("e", f"end it at {begun:%H:%M}", begun), DROP]
    if found is not None:
        ends = [choice for choice in ends_of(found) if choice[2] is None or choice[2] <= begun]
        running.hint = "; ".join(_calls(ends))
    if not asks(as_json) or begun.timestamp() <= seconds(str(record["start"])):
        raise running
    end = choose(f"{running.message}. Start the other one, and", ends, running)
    if end is None:
        return ended(record, context.clock.moment(), drop=True)
    return ended(record, int(end.timestamp()))


def _calls(choices: list[Choice]) -> list[str]:
    """Return the calls that end a session at these moments, or drop it."""
    return [
        "techlead stop --drop"
        if end is None
        else shlex.join(("techlead", "stop", "--at", f"{end:%Y-%m-%d %H:%M}"))
        for _, _, end in choices
    ]


def said_of(found: Overdue) -> str:
    """`pool fix has been running since Tue 24 Nov 9:15; Deep work ended at 12:00`."""
    what = f"“{found.record['summary']}”" if found.record["summary"] else "a session"
    minutes = int((found.now - found.start).total_seconds()) // 60
    since = f"{day_text(found.start.date())} {found.start:%H:%M}"
    said = f"{what} has been running since {since}, {short_length(minutes)}"
    if found.block_end is not None:
        said += f"; its block{f', {found.block},' if found.block else ''} ended at {found.block_end:%H:%M}"
    return said


def ends_of(found: Overdue) -> list[Choice]:
    """Return the moments at which it may have ended, with a key each, and that it is dropped."""
    out: list[Choice] = []
    for key, (what, end) in zip("bwcn", found.ends, strict=True):
        if end is not None:
            day = "" if end.date() == found.now.date() else f"{day_text(end.date())} "
            out.append((key, f"{day}{end:%H:%M}, {what}", end))
    return [*out, DROP]


def asks(as_json: bool) -> bool:
    """Tell whether there is somebody to ask."""
    try:
        return not as_json and is_terminal() and sys.stdin is not None and sys.stdin.isatty()
    except ValueError:  # closed
        return False


def choose(question: str, choices: list[Choice], otherwise: UserError) -> datetime | None:
    """Ask once, and return the end that was chosen; any other answer raises `otherwise`."""
    lines = [visible(question), *(f"  {key}  {text}" for key, text, _ in choices)]
    lines.append(f"[{'/'.join(key for key, _, _ in choices)}, anything else leaves it running] ")
    sys.stderr.write("\n".join(lines))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")  # ctrl+d ends no line
    answer = line.strip().lower()
    for key, _, end in choices:
        if answer == key:
            return end
    raise otherwise
