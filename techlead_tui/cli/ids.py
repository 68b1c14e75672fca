"""The short IDs that the shell shows. Imports nothing: on the path of `techlead sessions`."""

from __future__ import annotations

from datetime import datetime

from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.span import Span
from techlead_tui.core.text import is_own
from techlead_tui.core.text import short_id as short_id
from techlead_tui.core.week import Block
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


def shown_id(block: Block, this: IsoWeek) -> str:
    """Return what to type for a block: a box of the present week needs no date."""
    short = short_id(block.uid)
    name, at, _ = block.uid.partition("@")
    if at and IsoWeek.of(block.day) == this and block.source == "theme" and not is_own(name):
        return name
    return short
