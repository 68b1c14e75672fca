"""Keep what `techlead now` answers from, until the plan or a file that it comes from changes.

A status bar asks every few seconds: an answer from the cache takes no snapshot. Moments are absolute, in
seconds since 1970, so that it holds while time goes on. Each block is a line that begins with its times, so
that of hundreds of meetings only those are decoded that are told.

`log`, `start` and `stop` change nothing of the plan, so they carry the answer along: a small file beside it
tells for which stamp of the store it holds. What is planned for a moment they read here too. Imports nothing
dear.
"""

from __future__ import annotations

import os

from techlead_tui import __version__, fs
from techlead_tui.config import local_time
from techlead_tui.config.paths import Folders, make_folder
from techlead_tui.core.json_text import decode, encode
from techlead_tui.core.records import Record
from techlead_tui.core.running import Spot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Answer = dict[str, Any]  # week, begin, end, meetings_percent, focus_minutes, blocks (lines), running
    Entry = dict[str, Any]  # a block: begin and end in seconds since 1970, day, json

FORMAT = 6
Stamp = tuple[int, ...]


def load(folders: Folders, stamp: Stamp) -> Answer | None:
    """Return what was saved, if nothing has changed since; `stamp` is the store's now."""
    try:
        answer, running = _saved(folders, stamp)
        _spots(answer)
        found: Answer = decode(answer[2])  # type: ignore[assignment]
        return {**found, "running": decode(running), "blocks": answer[3:]}
    except (OSError, ValueError, LookupError, TypeError):
        return None


def chosen(found: Answer, moment: int) -> tuple[Entry | None, Entry | None]:
    """Return the block that is on, the shortest of several, and the one that starts next: one's own before a
    box of the week theme."""
    now = f"{moment:010x}"
    on = [line for line in found["blocks"] if line[:10] <= now < line[10:20]]
    ahead = [line for line in found["blocks"] if line[:10] > now]
    here = min(on, key=lambda line: (int(line[10:20], 16) - int(line[:10], 16), line[21:]), default=None)
    following = min(ahead, key=lambda line: (line[:10], line[20]), default=None)
    return _entry(here), _entry(following)


def _line(begin: int, end: int, day: str, block: dict[str, Any]) -> str:
    """Return the line of a block: when it begins and ends, whether it is a box of the theme, its id, the day
    and the JSON."""
    theme = int(block["source"] == "theme")
    return f"{begin:010x}{end:010x}{theme}{block['uid']}\t{day}\t{encode(block)}"


def _entry(line: str | None) -> Entry | None:
    if line is None:
        return None
    head, day, block = line.split("\t", 2)
    return {"begin": int(head[:10], 16), "end": int(head[10:20], 16), "day": day, "json": decode(block)}


def spots(folders: Folders, clock: local_time.Clock, stamp: Stamp) -> list[Spot]:
    """Return the time at a keyboard that is planned for this week and the next. DataError."""
    try:
        found = _spots(_saved(folders, stamp)[0])
    except (OSError, ValueError, LookupError, TypeError):
        found = None
    if found is not None and found[0] <= clock.moment() < found[1]:
        return found[2]
    return make(folders, clock)[2]


def carry(folders: Folders, before: Stamp, after: Stamp, running: Record | None) -> None:
    """Keep the answer beyond a commit that changed only what was logged, and what is running."""
    try:
        made, _ = _carried(folders, before)
    except (OSError, ValueError):
        return
    _write(folders, "now", [made, encode(after), encode(running)])


def make(folders: Folders, clock: local_time.Clock) -> tuple[Answer, list[str], list[Spot]]:
    """Make, save and return the answer for this week and the next, with what the store says. DataError."""
    from techlead_tui.cli.json_shapes import block_json
    from techlead_tui.core.balance import focus_minutes, percent, planned_inside
    from techlead_tui.core.calendar import IsoWeek, at
    from techlead_tui.core.week import Block
    from techlead_tui.planner.reader import Reader
    from techlead_tui.planner.running import spots_of

    reader = Reader(folders, clock)
    stamp = reader.stamp()  # before anything is read: what changes meanwhile then shows
    key = IsoWeek.of(reader.today())
    after = key.shift(1)
    snapshot = reader.snapshot(key, after)
    week = snapshot.week(key)
    over = [one for one in week.reaching if isinstance(one, Block) and one.live]
    following = snapshot.week(after).live
    first = min((block.start for block in following), default=None)  # all that can be next before it begins
    begin, end = (int(at(found.monday, 0, reader.zone).timestamp()) for found in (key, after))
    answer = {
        "week": str(key),
        "begin": begin,
        "end": end,
        "meetings_percent": percent(planned_inside(week)["communication"], week),
        "focus_minutes": focus_minutes(week),
    }
    blocks = [
        _line(
            int(block.start.timestamp()),
            int(block.held.end.timestamp()),
            f"{block.day:%a}",
            block_json(block),
        )
        for block in (*over, *week.live, *(block for block in following if block.start == first))
    ]
    spots = spots_of(snapshot, key, after)
    if not reader.notices:
        themes = sorted({snapshot.theme_id(key), snapshot.theme_id(after)})
        files = [[path, _state(path)] for path in reader.files_of(themes)]
        plan = encode([files, begin, end, spots])
        made = encode([*_made_by(), *stamp])
        _write(folders, "answer", [made, plan, encode(answer), *blocks])
        _write(folders, "now", [made, encode(stamp), encode(snapshot.open_session)])
    return {**answer, "running": snapshot.open_session, "blocks": blocks}, reader.notices, spots


def _carried(folders: Folders, stamp: Stamp) -> tuple[str, str]:
    """Return which answer holds for a stamp, and the session under way. OSError, ValueError for none."""
    made, held, running = _read(folders, "now")
    if held != encode(stamp) or not made.startswith(encode(_made_by())[:-1]):
        raise ValueError(held)
    return made, running


def _saved(folders: Folders, stamp: Stamp) -> tuple[list[str], str]:
    """Return the lines of the answer for a stamp, and the session under way. OSError, ValueError for none."""
    made, running = _carried(folders, stamp)
    answer = _read(folders, "answer")
    if answer[0] != made:
        raise ValueError(answer[0])
    return answer, running


def _spots(answer: list[str]) -> tuple[int, int, list[Spot]]:
    """Return what is planned, and from when to when. ValueError where a file has changed, LookupError,
    TypeError."""
    plan: tuple[list[list[object]], int, int, list[Spot]] = decode(answer[1])  # type: ignore[assignment]
    files, begin, end, spots = plan
    if any(_state(str(path)) != state for path, state in files):
        raise ValueError(files)
    return begin, end, spots


def _read(folders: Folders, name: str) -> list[str]:
    return (fs.read_file(_path(folders, name)) or b"").decode().split("\n")


def _write(folders: Folders, name: str, lines: list[str]) -> None:
    """Write a file of the cache; where that cannot be, the next answer takes as long again."""
    data = "\n".join(lines).encode()
    try:
        make_folder(folders.cache)
        fs.replace_unlocked(_path(folders, name), data, durable=False)
    except OSError:
        return


def _path(folders: Folders, name: str) -> str:
    return os.path.join(folders.cache, f"{name}.json")


def _made_by() -> list[object]:
    return [FORMAT, __version__, local_time.zone_name()]


def _state(path: str) -> list[int] | None:
    """Return a file's identity, time and size; None for one that is not there, which may come."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_ino, found.st_mtime_ns, found.st_size]
