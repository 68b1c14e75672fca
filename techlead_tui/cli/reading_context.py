"""Say what the words of a call are read against: the present, the types, and where the IDs of it stand."""

from __future__ import annotations

from datetime import datetime

from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import into
from techlead_tui.core.span import Span
from techlead_tui.core.words.when import ReadingContext, Target
from techlead_tui.errors import UserError


def context_of(shell: Shell) -> ReadingContext:
    """Return what the words of a call are read against."""
    reader = shell.reader
    return ReadingContext(
        reader.now(), reader.zone, reader.library.types(), lambda text: place_of(shell, text)
    )


def place_of(shell: Shell, text: str) -> Target:
    """Return where the block or session of an ID stands. UserError when none does, or several do."""
    reader = shell.reader
    found = reader.locate(text)
    snapshot = reader.snapshot(found.week)
    if found.table == "sessions":
        records = snapshot.records(snapshot.bucket_of("sessions", found.uid, found.week), "sessions")
        record = records.get(found.uid)
        if record is not None:
            times = [datetime.fromisoformat(str(record[key])) for key in ("start", "end")]
        else:
            times = [snapshot.running.start, snapshot.running.end] if snapshot.running is not None else []
        if not times:
            raise UserError(f"the session {found.uid} is gone", "techlead sessions shows the ids")
        return Target("sessions", found.uid, found.week, Span(*(into(time, reader.zone) for time in times)))
    block = snapshot.week(found.week).block(found.uid)
    if block is None:
        raise UserError(f"{found.uid} is not in {found.week}", "techlead week shows the ids")
    return Target("blocks", found.uid, found.week, block.span)
