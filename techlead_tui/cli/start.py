"""`techlead start`: a session begins. One record holds it; no daemon runs.

The plain call imports nothing dear; `--at` and `--block` read the week for their words.
"""

from __future__ import annotations

from techlead_tui.cli.answer_cache import spots
from techlead_tui.cli.command import Command
from techlead_tui.cli.context import Context
from techlead_tui.cli.output import put, put_json, tell, tell_notes
from techlead_tui.cli.session_edit import save
from techlead_tui.cli.session_json import running_json, what_and_where
from techlead_tui.config import local_time
from techlead_tui.core.records import Record
from techlead_tui.core.running import (
    LONG,
    NotRunningError,
    RunningError,
    Spot,
    StartSession,
    block_at,
    paused,
)
from techlead_tui.core.words.args import read_options
from techlead_tui.core.words.timing import NONE, START, StartWords, infer, start_of
from techlead_tui.errors import WordsError
from techlead_tui.evidence.checkout import checkout, learn
from techlead_tui.evidence.reflog import root
from techlead_tui.planner.quick_log import QuickLog

FARTHEST = 12 * 3600  # seconds that a session may have begun ago

COMMAND = Command(
    "start",
    "[WHAT...]",
    "Starts a coding session; stop ends it.",
    START,
    (
        "It is there after a reboot, sleep and a lost terminal. What is not said comes from the folder that",
        "you are in (repository, branch), from the block that is on, and from the last session in that",
        "repository (pattern, what). While one runs, start asks whether to end it. --resume goes on after a",
        "break.",
    ),
    (
        "techlead start pool fix",
        "techlead start 'measure the cold start' -p spike --at 25m ago",
        "techlead start --resume",
    ),
)


def run(_name: str, args: list[str], context: Context) -> int:
    """Start the session. WordsError, RunningError, DataError."""
    call = read_options(args, START)
    if call.has("help"):
        from techlead_tui.cli.help import print_help

        print_help([COMMAND])
        return 0
    words = start_of(call)
    quick = QuickLog(context.folders, context.clock, context.origin)
    try:
        edit, inferred = _resumed(words, context, quick) if words.resume else _begun(words, context, quick)
        try:
            uid = save(context, quick, edit, ["start", *args])
        except RunningError as running:
            from techlead_tui.cli.overdue import end_first

            edit.instead = end_first(context, running, edit.start, words.json)
            uid = save(context, quick, edit, ["start", *args])
    finally:
        tell_notes(quick.notices)
    if edit.instead is not None and not edit.instead.drop:
        tell(f"note: ended what was running, at {edit.instead.end[11:16]}")
    if "repo" in inferred:
        learn(context.folders.data)
    _answer(context, words, edit.record(uid), inferred)
    return 0


def _begun(words: StartWords, context: Context, quick: QuickLog) -> tuple[StartSession, list[str]]:
    """Return the session that the words begin, and the names of what was not said."""
    moment = context.clock.moment()
    begin = _moment(words, context)
    repo, branch = checkout()
    spot = None
    if words.block is None:
        spot = block_at(spots(context.folders, context.clock, quick.stamp()), begin)
    elif words.block != NONE:
        spot = _named(words.block, context)
        if spot[1] <= begin:
            hint = "name one that is on or to come, or --block none"
            raise WordsError(f"{words.block[:60]} is over by then", hint, words.block)
    inferred = infer(words, spot, _last(quick, moment), repo, branch)
    return _session(words, begin, spot), inferred


def _resumed(words: StartWords, context: Context, quick: QuickLog) -> tuple[StartSession, list[str]]:
    """Return what pauses, else the last session, begun anew. NotRunningError."""
    begin = _moment(words, context)
    before = quick.open_session()
    if before is not None and not paused(before):
        raise RunningError(local_time.here(before))
    before = before or _last(quick, begin)
    if before is None:
        raise NotRunningError
    for name in ("summary", "pattern", "category", "repo", "branch"):
        setattr(words, name, before.get(name))
    words.result = None  # it is said at the end of each stretch
    spot = block_at(spots(context.folders, context.clock, quick.stamp()), begin)
    return _session(words, begin, spot), ["block"] if spot is not None else []


def _session(words: StartWords, begin: int, spot: Spot | None) -> StartSession:
    """Return the session that begins at a moment, in a block or in none."""
    return StartSession.said(
        words,
        start=local_time.iso(begin),
        week=local_time.week(begin),
        zone=local_time.zone_name(),
        until=local_time.iso(spot[1] if spot is not None else begin + LONG),
        spot=spot,
        folder=root(),
    )


def _moment(words: StartWords, context: Context) -> int:
    """Return when it began: now, to the minute, or as `--at` says. WordsError for a time to come."""
    moment = context.clock.moment()
    if words.at is None:
        return moment - moment % 60
    from techlead_tui.cli.logged_at import moment_said

    return moment_said(words.at, context, "--at 25m ago, or --at 9:40", FARTHEST)


def _named(text: str, context: Context) -> Spot:
    """Return the block that an ID names. UserError."""
    from techlead_tui.planner.reader import Reader
    from techlead_tui.planner.running import spot_of

    reader = Reader(context.folders, context.clock)
    found = reader.locate(text)
    block = reader.snapshot(found.week).week(found.week).block(found.uid)
    if block is None:
        raise WordsError(f"{text[:60]} is not a block", "techlead week shows the IDs", text)
    return spot_of(block)


def _last(quick: QuickLog, moment: int) -> Record | None:
    """Return the session that ended last, in this week or in the one before."""
    for week in (local_time.week(moment), local_time.week(moment - 7 * local_time.DAY)):
        found = quick.sessions(week)
        if found:
            return max(found, key=lambda record: local_time.seconds(str(record["end"])))
    return None


def _answer(context: Context, words: StartWords, record: Record, inferred: list[str]) -> None:
    if words.json:
        session = running_json(record, context.clock.moment())
        put_json({"schema": 1, "ok": True, "session": session, "inferred": inferred})
        return
    record = local_time.here(record)
    verb = "going on with" if words.resume else "started"
    day = "" if words.at is None else f" {str(record['start'])[:10]}"
    put(f"{verb}{what_and_where(record)},{day} {str(record['start'])[11:16]}")
    if record["block"] is not None:
        until = str(record["until"])[11:16]
        tell(f"note: its block ends at {until}; --block none takes it out of any")
    if "pattern" in inferred and record["pattern"]:
        tell(f"note: {record['pattern']} is what the week or your last session says; -p none leaves it out")
