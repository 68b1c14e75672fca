"""A session as JSON and as text, from its record. Imports nothing dear."""

from __future__ import annotations

from techlead_tui.cli.output import sentence, visible
from techlead_tui.config.local_time import DAY, here, iso, local
from techlead_tui.config.local_time import seconds as seconds
from techlead_tui.core.lengths import clock_length
from techlead_tui.core.records import Record
from techlead_tui.core.running import paused

SESSION: dict[str, str] = {
    "uid": "its id",
    "summary": "what was done, as it was written",
    "pattern": "lead, spike, refactor, pair, review or null",
    "category": "what it counts as",
    "start": "when it started",
    "end": "when it ended; null while it is running",
    "minutes": "its length; of a running one as far as it counts now",
    "repo": "the repository, or null",
    "branch": "the branch, or null",
    "result": "what came of it, or null",
    "source": "where it comes from: own",
    "status": "done, running or paused",
    "block": "of a running one: uid of the block that it is for, or null",
    "block_ends": "of a running one: when that block ends, or null",
    "note": "what was noted about it, or null",
}


def session_json(record: Record) -> dict[str, object]:
    """Return a session by the local clocks, wherever it was logged."""
    start, end = seconds(str(record["start"])), seconds(str(record["end"]))
    known = {"minutes": (end - start) // 60, "status": "done", "block": None, "block_ends": None}
    known |= {"start": local(str(record["start"]), start), "end": local(str(record["end"]), end)}
    return {key: known[key] if key in known else record.get(key) for key in SESSION}


def shown_json(record: Record, moment: int) -> dict[str, object]:
    """A session that is over, or under way, as it is at a moment."""
    return running_json(record, moment) if "until" in record else session_json(record)


def running_json(record: Record, moment: int) -> dict[str, object]:
    """The session under way, or the one that pauses, as it is at a moment."""
    record = here(record)
    until = str(record["paused"]) if paused(record) else iso(counted_until(record, moment))
    known = {
        "end": record["paused"],
        "source": "own",
        "status": "paused" if paused(record) else "running",
        "block_ends": record["until"] if record["block"] is not None else None,
    }
    return session_json({**record, "end": until, "source": "own"}) | known | {"block": record["block"]}


def counted_until(record: Record, moment: int) -> int:
    """Return up to when a session under way counts: as core/week.py's running_session, without datetime."""
    since, until = seconds(str(record["start"])), seconds(str(record["until"]))
    ahead = offset_of(str(record["start"]))
    if (moment + ahead) // DAY != (since + ahead) // DAY:
        moment = min(moment, until)
    return max(since, moment - moment % 60)


def offset_of(text: str) -> int:
    """Return how far the clocks of an ISO 8601 time with offset are ahead of UTC, in seconds."""
    return seconds(text[:19]) - seconds(text)


def what_and_where(record: Record) -> str:
    """` pool fix (spike, billing, fix/pool)`; empty for a session that says nothing."""
    summary = visible(str(record["summary"]))
    what = f" {sentence(summary)}" if summary else ""
    marks = [str(record[name]) for name in ("pattern", "repo", "branch") if record[name]]
    return what + (f" ({visible(', '.join(marks))})" if marks else "")


def elapsed(record: Record, moment: int) -> str:
    """`0:55`: how long the session under way has been running, or the last stretch of one that pauses did."""
    end = seconds(str(record["paused"])) if paused(record) else moment
    return clock_length(max(0, end - seconds(str(record["start"]))) // 60)
