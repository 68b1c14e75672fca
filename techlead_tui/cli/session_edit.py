"""Make and write the edits that start and stop a session. Imports nothing dear."""

from __future__ import annotations

from techlead_tui.cli.answer_cache import carry
from techlead_tui.cli.context import Context
from techlead_tui.config import local_time
from techlead_tui.config.local_time import seconds
from techlead_tui.core.records import Record
from techlead_tui.core.running import StartSession, StopSession
from techlead_tui.core.session import LogSession
from techlead_tui.planner.quick_log import QuickLog


def ended(
    record: Record, moment: int, *, pause: bool = False, drop: bool = False, result: str | None = None
) -> StopSession:
    """Return the edit that ends a session at a moment: to the minute, and after a minute at the least."""
    end = max(moment - moment % 60, seconds(str(record["start"])) + 60)
    return StopSession(
        end=local_time.iso(end),
        week=str(record["week"]),
        of=str(record["uid"]),
        pause=pause,
        drop=drop,
        result=result,
    )


def save(
    context: Context, quick: QuickLog, edit: LogSession | StartSession | StopSession, words: list[str]
) -> str:
    """Write the edit, and return the session's uid. RunningError, NotRunningError, DataError.

    `words` is the call that history shows, but for how it answers.
    """
    if "--json" in words and "--" not in words[: words.index("--json")]:
        words = [*words]
        words.remove("--json")
    uid = quick.log(edit, words)
    if uid is None:  # the first write of a week
        from techlead_tui.planner.planner import Planner

        return Planner(context.folders, context.clock).apply(edit, words).uid
    carry(context.folders, *quick.stamps, quick.running)
    return uid


def told_overlaps(quick: QuickLog, logged: Record, moment: int, as_json: bool) -> dict[str, object]:
    """Return `notes` and `fixes` about the sessions that one lies over; without JSON, tell them on stderr."""
    running = quick.running
    if not quick.beside and (
        running is None or seconds(str(running["start"])) >= seconds(str(logged["end"]))
    ):
        return {"notes": [], "fixes": []} if as_json else {}
    from techlead_tui.cli.overlap_notes import overlap_notes  # most sessions have their time for themselves

    return overlap_notes(quick, logged, moment, as_json)
