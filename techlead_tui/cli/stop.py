"""`techlead stop`: the session under way ends, pauses or is dropped.

The plain call imports nothing dear, unless the session has probably been forgotten.
"""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.context import Context
from techlead_tui.cli.output import put, put_json, tell, tell_notes
from techlead_tui.cli.session_edit import ended, save, told_overlaps
from techlead_tui.cli.session_json import running_json, session_json, what_and_where
from techlead_tui.config import local_time
from techlead_tui.config.local_time import seconds
from techlead_tui.core.lengths import short_length
from techlead_tui.core.records import Record
from techlead_tui.core.running import NotRunningError, StopSession, overdue, paused
from techlead_tui.core.words.args import Call, read_options
from techlead_tui.core.words.timing import STOP, check_stop
from techlead_tui.errors import UserError, WordsError
from techlead_tui.planner.quick_log import QuickLog

COMMAND = Command(
    "stop",
    "",
    "Ends the running session and logs it.",
    STOP,
    (
        "A session whose block is over, or that runs for hours without one, has perhaps been forgotten:",
        "stop asks when it ended. Without a terminal it says so, leaves it running, and names the calls that",
        "end it.",
        "--pause logs what was done and keeps the rest for start --resume.",
    ),
    (
        "techlead stop",
        "techlead stop --result 'found the leak'",
        "techlead stop --at 12:00",
        "techlead stop --pause",
    ),
)


def run(_name: str, args: list[str], context: Context) -> int:
    """End the session. WordsError, NotRunningError, DataError; UserError where it may have been forgotten."""
    call = read_options(args, STOP)
    if call.has("help"):
        from techlead_tui.cli.help import print_help

        print_help([COMMAND])
        return 0
    check_stop(call)
    quick = QuickLog(context.folders, context.clock, context.origin)
    try:
        record = quick.open_session()
        if record is None:
            raise NotRunningError
        edit = _edit(call, record, context)
        save(context, quick, edit, ["stop", *args])
    finally:
        tell_notes(quick.notices)
    _answer(call, edit, record, quick)
    return 0


def _edit(call: Call, record: Record, context: Context) -> StopSession:
    moment, since = context.clock.moment(), seconds(str(record["start"]))
    result = call.value("result")
    at = call.value("at")
    if call.has("drop") or paused(record):
        if call.has("pause"):
            raise UserError("it is already paused", "techlead start --resume goes on; techlead stop ends it")
        return ended(record, moment, drop=call.has("drop"))
    begun = str(local_time.here(record)["start"])[:16].replace("T", " ")
    mend = f"techlead edit {record['uid']} --start TIME says when it began; techlead stop --drop forgets it"
    if at is not None and at.strip().lower() != "now":
        from techlead_tui.cli.logged_at import moment_said

        end = moment_said(at, context, "--at 12:00, or --at now")
        if end <= since:
            raise WordsError(f"it began at {begun}, which is not before {at[:60]}", mend, at)
        return ended(record, end, pause=call.has("pause"), result=result)
    if moment < since:
        raise UserError(f"it began at {begun}, and by this clock that is in the future", mend)
    if at is None and overdue(record, since, seconds(str(record["until"])), moment):
        from techlead_tui.cli.overdue import when_ended

        return when_ended(context, record, call.has("pause"), result, call.has("json"))
    return ended(record, moment, pause=call.has("pause"), result=result)


def _answer(call: Call, edit: StopSession, record: Record, quick: QuickLog) -> None:
    moment = quick.clock.moment()
    record = local_time.here(record)
    what = what_and_where(record)
    if edit.drop or paused(record):
        if call.has("json"):
            put_json({"schema": 1, "ok": True, "session": running_json(record, moment)})
        elif paused(record):
            put(f"over:{what or ' the session'} was logged when it paused, at {str(record['paused'])[11:16]}")
        else:
            put(f"dropped:{what or ' the session'}, nothing was logged")
        return
    logged = edit.logged(record)
    session = session_json(logged)
    if edit.pause:
        session["status"] = "paused"
    if call.has("json"):
        put_json({"schema": 1, "ok": True, "session": session, **told_overlaps(quick, logged, moment, True)})
        return
    minutes = int(str(session["minutes"]))
    span = f"{str(session['start'])[11:16]}–{edit.end[11:16]}"
    day = "" if edit.end[:10] == local_time.iso(moment)[:10] else f" {edit.end[:10]}"
    put(f"logged {short_length(minutes)}{what},{day} {span}")
    if edit.pause:
        tell("note: paused; techlead start --resume goes on")
    told_overlaps(quick, logged, moment, False)
