"""The lines that `techlead now` answers from, made from a snapshot and kept in the cache."""

from __future__ import annotations

import json
from datetime import datetime

from techlead_tui.cli.json_shapes import Keys, block_json
from techlead_tui.cli.kept import NOW_CACHE as KEPT
from techlead_tui.cli.kept import Line, save
from techlead_tui.cli.sources import files_of
from techlead_tui.config.local_time import Clock
from techlead_tui.config.paths import Folders
from techlead_tui.core.balance import focus_minutes, percent, planned
from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.core.week import Block
from techlead_tui.core.words.units import DAY_NAMES
from techlead_tui.planner.reader import Reader

NOW: Keys = {
    "block": "the block that is on, the shortest where several are; or null",
    "ends": "when it ends, or null",
    "left_minutes": "what is left of it, or null",
    "next": "the block that starts next, within this week and the next one; or null",
    "session": "the running session, or null",
    "meetings_percent": "the week's planned share of communication",
    "focus_minutes": "the week's planned focus time",
}


def present(folders: Folders, clock: Clock) -> tuple[list[Line], list[str]]:
    """The lines of this week and the next, and what the store had to say. DataError."""
    reader = Reader(folders, clock)
    stamp = reader.stamp()  # before anything is read: what changes meanwhile then shows
    key = IsoWeek.of(reader.today())
    after = key.shift(1)
    snapshot = reader.snapshot(key, after)
    week = snapshot.week(key)
    begin, end = (at(found.monday, 0, reader.zone) for found in (key, after))
    share = percent(planned(week)["communication"], week)
    lines = [["week", str(key), _seconds(begin), _seconds(end), str(share), str(focus_minutes(week))]]
    lines += [_line(block) for block in (*week.live, *snapshot.week(after).live)]
    if not reader.notices:
        files = files_of(reader, {snapshot.theme_id(key), snapshot.theme_id(after)})
        save(folders, KEPT, stamp, files, lines)
    return lines, reader.notices


def _line(block: Block) -> Line:
    return [
        "block",
        _seconds(block.start),
        _seconds(block.end),
        DAY_NAMES[block.day.weekday()],
        f"{block.start:%H:%M}",
        f"{block.end:%H:%M}",
        block.end.isoformat(),
        block.kind,
        block.type or "",
        block.summary,
        block.box or "",
        block.uid,
        json.dumps(block_json(block)),
    ]


def _seconds(moment: datetime) -> str:
    return str(int(moment.timestamp()))
