"""Keep what `techlead now` answers from, until the plan or a file that it comes from changes.

A status bar asks every few seconds: an answer from the cache takes no snapshot. Moments are absolute, in
seconds since 1970, so that it holds while time goes on.
"""

from __future__ import annotations

import json
import os
from typing import Any

from techlead_tui import __version__, fs
from techlead_tui.config import local_time
from techlead_tui.config.paths import Folders, make_folder

FORMAT = 4
Answer = dict[str, Any]  # week, begin, end, meetings_percent, focus_minutes, blocks


def load(folders: Folders, stamp: tuple[int, ...]) -> Answer | None:
    """Return what was saved, if nothing has changed since; `stamp` is the store's now."""
    try:
        saved = json.loads(fs.read_file(_path(folders)) or b"")
        whole = saved["made_by"] == _made_by() and saved["stamp"] == list(stamp)
        answer: Answer = saved["answer"]
        return answer if whole and all(_state(path) == state for path, state in saved["files"]) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def save(folders: Folders, stamp: tuple[int, ...], files: list[str], answer: Answer) -> None:
    """Save an answer; `stamp` is the store's from before it was made, `files` are what else it comes from.

    Where the cache cannot be written, the next answer takes as long again.
    """
    from techlead_tui.config.files import replace

    found = [[path, _state(path)] for path in files]
    whole = {"made_by": _made_by(), "stamp": stamp, "files": found, "answer": answer}
    target = _path(folders)
    try:
        make_folder(folders.cache)
        replace(target, json.dumps(whole).encode(), durable=False)
    except OSError:
        return


def make(folders: Folders, clock: local_time.Clock) -> tuple[Answer, list[str]]:
    """Make, save and return the answer for this week and the next, with what the store says. DataError."""
    from techlead_tui.cli.json_shapes import block_json
    from techlead_tui.core.balance import focus_minutes, percent, planned_inside
    from techlead_tui.core.calendar import IsoWeek, at
    from techlead_tui.core.week import Block
    from techlead_tui.planner.reader import Reader

    reader = Reader(folders, clock)
    stamp = reader.stamp()  # before anything is read: what changes meanwhile then shows
    key = IsoWeek.of(reader.today())
    after = key.shift(1)
    snapshot = reader.snapshot(key, after)
    week = snapshot.week(key)
    over = [one for one in week.reaching if isinstance(one, Block) and one.live]
    begin, end = (int(at(found.monday, 0, reader.zone).timestamp()) for found in (key, after))
    answer = {
        "week": str(key),
        "begin": begin,
        "end": end,
        "meetings_percent": percent(planned_inside(week)["communication"], week),
        "focus_minutes": focus_minutes(week),
        "blocks": [
            {
                "begin": int(block.start.timestamp()),
                "end": int(block.held.end.timestamp()),
                "day": f"{block.day:%a}",
                "json": block_json(block),
            }
            for block in (*over, *week.live, *snapshot.week(after).live)
        ],
    }
    if not reader.notices:
        themes = sorted({snapshot.theme_id(key), snapshot.theme_id(after)})
        save(folders, stamp, reader.files_of(themes), answer)
    return answer, reader.notices


def _path(folders: Folders) -> str:
    return os.path.join(folders.cache, "now.json")


def _made_by() -> list[object]:
    return [FORMAT, __version__, local_time.zone_name()]


def _state(path: str) -> list[int] | None:
    """Return a file's identity, time and size; None for one that is not there, which may come."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_ino, found.st_mtime_ns, found.st_size]
