"""`techlead log`: a session of work in one line.

The plain call, which ended now, imports nothing dear; `--at` takes a snapshot, because a day alone
means after that day's last session.
"""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.context import Context
from techlead_tui.cli.output import put, put_json, tell, tell_notes
from techlead_tui.cli.session_edit import save, told_overlaps
from techlead_tui.cli.session_json import session_json, what_and_where
from techlead_tui.config import local_time
from techlead_tui.core.lengths import short_length
from techlead_tui.core.records import Record
from techlead_tui.core.session import LogSession
from techlead_tui.core.words.log import OPTIONS, LogWords, read_log
from techlead_tui.evidence.checkout import checkout, learn
from techlead_tui.planner.quick_log import QuickLog

COMMAND = Command(
    "log",
    "LENGTH [WHAT...]",
    "Logs a coding session.",
    OPTIONS,
    (
        "A LENGTH is 45m, 1h30, 1.5h or 90. Without --at the session ended now. With a day but no time",
        "it began after that day's last session, else at 9:00. The repository and the branch are those of",
        "the folder that you are in. Quoted text is kept as it is. Everything after -- is text.",
    ),
    (
        "techlead log 45m pool fix",
        "techlead log 1h30 'measure the cold start' -p spike",
        "techlead log 2h parser rewrite -p lead --at 'yesterday 14:00'",
        "techlead log 25m pairing with Ana +pair --at -25m",
    ),
)


def run(_name: str, args: list[str], context: Context) -> int:
    """Save the session. WordsError, DataError."""
    words = read_log(args)
    if words is None:
        from techlead_tui.cli.help import print_help

        print_help([COMMAND])
        return 0
    here = None  # the repository that one is in
    if words.repo is None or words.branch is None:
        here, branch = repo, branch = checkout()
        own = words.repo in (None, repo)
        words.repo = repo if words.repo is None else words.repo
        words.branch = words.branch if words.branch is not None or not own else branch
    quick = QuickLog(context.folders, context.clock, context.origin)
    if words.at is None:
        session, note = ended_at(context.clock.moment(), words), _unread(words.summary)
    else:
        from techlead_tui.cli.logged_at import session_at
        from techlead_tui.planner.reader import Reader

        session, note = session_at(words, Reader(context.folders, context.clock))
    try:
        uid = save(context, quick, session, ["log", *args])
    finally:
        tell_notes(quick.notices)
    if here is not None and here == words.repo:
        learn(context.folders.data)
    if note:
        tell(f"note: {note}")
    record = session.changes(uid)[0].after or {}
    _answer(words, record, quick, context.clock.moment())
    return 0


def ended_at(moment: int, words: LogWords) -> LogSession:
    """Return the session that the words log, up to the minute of the moment."""
    end = moment - moment % 60
    start = end - words.minutes * 60
    return LogSession(
        summary=words.summary,
        start=local_time.iso(start),
        end=local_time.iso(end),
        week=local_time.week(start),
        zone=local_time.zone_name(),
        pattern=words.pattern,
        category=words.category,
        repo=words.repo or None,
        branch=words.branch or None,
        result=words.result or None,
        note=words.note or None,
    )


DAYS = ("yesterday", "mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _unread(summary: str) -> str:
    """Return a note about a day at either end of the text, which may have been meant as the time."""
    words = summary.lower().split()
    day = next((word for word in (*words[-1:], *words[:1]) if word in DAYS), "")
    return day and f"“{day}” is part of the text; --at {day} says when it was"


def _answer(words: LogWords, record: Record, quick: QuickLog, moment: int) -> None:
    if words.json:
        session = session_json(record)
        put_json({"schema": 1, "ok": True, "session": session, **told_overlaps(quick, record, moment, True)})
        return
    start, end = str(record["start"]), str(record["end"])
    day = "" if words.at is None else f" {start[:10]}"
    span = _span(start, end, dated=bool(day))
    put(f"logged {short_length(words.minutes)}{what_and_where(record)},{day} {span}")
    told_overlaps(quick, record, moment, False)


def _span(start: str, end: str, *, dated: bool) -> str:
    """`14:00–14:45`, and what the clocks alone do not tell: a whole day, or a change of them in between."""
    begun = start[11:16]
    if start[:10] != end[:10] and start[11:16] <= end[11:16]:
        text = (
            f"{begun}–{end[11:16]} of the next day" if dated else f"{begun} of the day before to {end[11:16]}"
        )
    else:
        text = f"{begun}–{end[11:16]}"
    return text if start[19:] == end[19:] else f"{text}, the clocks change in between"
