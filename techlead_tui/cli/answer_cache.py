"""Keep what `techlead now` answers from, until the plan or a file that it comes from changes.

A status bar asks every few seconds: an answer from the cache takes no snapshot. Moments are absolute, in
seconds since 1970, so that it holds while time goes on. `log`, `start` and `stop` change nothing of the plan,
so they carry the answer along; what is planned for a moment they read here too. Imports nothing dear.
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

    Answer = dict[str, Any]  # week, begin, end, meetings_percent, focus_minutes, blocks, running

FORMAT = 5
Stamp = tuple[int, ...]


class _Saved:
    """The lines of the file: who made it, the store's stamp, the session under way, the plan, the answer."""

    __slots__ = ("answer", "head", "plan", "running", "stamp")

    def __init__(self, head: str, stamp: str, running: str, plan: str, answer: str) -> None:
        self.head = head
        self.stamp = stamp
        self.running = running
        self.plan = plan
        self.answer = answer

    def lines(self) -> bytes:
        return "\n".join((self.head, self.stamp, self.running, self.plan, self.answer)).encode()


def load(folders: Folders, stamp: Stamp) -> Answer | None:
    """Return what was saved, if nothing has changed since; `stamp` is the store's now."""
    try:
        saved = _saved(folders, stamp)
        if saved is None or _spots(saved) is None:
            return None
        answer: Answer = decode(saved.answer)  # type: ignore[assignment]
        answer["running"] = decode(saved.running)
        return answer
    except (ValueError, LookupError, TypeError):
        return None


def spots(folders: Folders, clock: local_time.Clock, stamp: Stamp) -> list[Spot]:
    """Return the time at a keyboard that is planned for this week and the next. DataError."""
    try:
        saved = _saved(folders, stamp)
        found = None if saved is None else _spots(saved)
    except (ValueError, LookupError, TypeError):
        found = None
    if found is not None and found[0] <= clock.moment() < found[1]:
        return found[2]
    return make(folders, clock)[2]


def carry(folders: Folders, before: Stamp, after: Stamp, running: Record | None) -> None:
    """Keep the answer beyond a commit that changed only what was logged, and what is running."""
    try:
        saved = _saved(folders, before)
    except ValueError:
        return
    if saved is not None:
        saved.stamp, saved.running = encode(after), encode(running)
        _write(folders, saved)


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
    spots = spots_of(snapshot, key, after)
    if not reader.notices:
        themes = sorted({snapshot.theme_id(key), snapshot.theme_id(after)})
        files = [[path, _state(path)] for path in reader.files_of(themes)]
        plan = encode([files, begin, end, spots])
        _write(
            folders,
            _Saved(_made_by(), encode(stamp), encode(snapshot.open_session), plan, encode(answer)),
        )
    return {**answer, "running": snapshot.open_session}, reader.notices, spots


def _saved(folders: Folders, stamp: Stamp) -> _Saved | None:
    """Return the lines that were saved, if they are ours and the store is as it was. ValueError."""
    try:
        text = (fs.read_file(_path(folders)) or b"").decode()
    except OSError:
        return None
    lines = text.split("\n")
    if len(lines) != 5 or lines[0] != _made_by() or lines[1] != encode(stamp):
        return None
    return _Saved(*lines)


def _spots(saved: _Saved) -> tuple[int, int, list[Spot]] | None:
    """Return what is planned, and from when to when; None where a file has changed. ValueError, TypeError."""
    plan: tuple[list[list[object]], int, int, list[Spot]] = decode(saved.plan)  # type: ignore[assignment]
    files, begin, end, spots = plan
    if any(_state(str(path)) != state for path, state in files):
        return None
    return begin, end, spots


def _write(folders: Folders, saved: _Saved) -> None:
    """Write the cache; where that cannot be, the next answer takes as long again."""
    try:
        make_folder(folders.cache)
        fs.replace_file(_path(folders), saved.lines(), ending=f".{os.getpid()}.tmp", durable=False)
    except OSError:
        return


def _path(folders: Folders) -> str:
    return os.path.join(folders.cache, "now.json")


def _made_by() -> str:
    return encode([FORMAT, __version__, local_time.zone_name()])


def _state(path: str) -> list[int] | None:
    """Return a file's identity, time and size; None for one that is not there, which may come."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_ino, found.st_mtime_ns, found.st_size]
