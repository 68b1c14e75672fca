"""Answers kept in the cache, and whether they still hold: a status bar asks every few seconds.

What is kept are lines of fields; they hold while the program, the zone, the plans and the files that they
were made from are as they were. Logged sessions change no plan. Nothing dear is imported.
"""

from __future__ import annotations

import os

from techlead_tui import __version__
from techlead_tui.config import local_time
from techlead_tui.config.paths import Folders, make_folder
from techlead_tui.planner.quick_log import QuickLog

Line = list[str]
FORMAT = "techlead answer 1"
END = ["end"]
NOW_CACHE, WEEK_CACHE = "now", "week"  # what is kept: the present week for `now`, the week asked for last


def load(quick: QuickLog, name: str) -> list[Line] | None:
    """The lines kept under a name, if they still hold."""
    try:
        with open(_path(quick.folders, name), "rb") as file:
            text = file.read().decode()
        head, *rest, last = [[plain(field) for field in line.split("\t")] for line in text.split("\n")]
        if head[:3] != _made_by() or last != END:
            return None
        files = [line for line in rest if line[0] == "file"]
        if any(line != _file(line[1]) for line in files) or not _plans_hold(quick, head[3:]):
            return None
        return rest[len(files) :]
    except (OSError, ValueError, IndexError):
        return None


def save(folders: Folders, name: str, stamp: tuple[int, ...], files: list[str], lines: list[Line]) -> None:
    """Keeps lines; `stamp` is the store's from before they were made, `files` what else they come from.

    Where the cache cannot be written, the next answer takes as long again.
    """
    from techlead_tui.config.files import replace

    whole = [[*_made_by(), *map(str, stamp)], *map(_file, files), *lines, END]
    text = "\n".join("\t".join(field_of(text) for text in line) for line in whole)
    target = _path(folders, name)
    try:
        make_folder(folders.cache)
        replace(target, f"{target}.{os.getpid()}.tmp", text.encode(), durable=False)
    except (OSError, UnicodeEncodeError):
        return


def _path(folders: Folders, name: str) -> str:
    return os.path.join(folders.cache, f"{name}.txt")


def _made_by() -> Line:
    return [FORMAT, __version__, local_time.zone_name()]


def _file(path: str) -> Line:
    """A file as the cache remembers it; one that is not there may come."""
    try:
        found = os.stat(path)
    except OSError:
        return ["file", path, "none"]
    return ["file", path, str(found.st_ino), str(found.st_mtime_ns), str(found.st_size)]


def _plans_hold(quick: QuickLog, stamp: Line) -> bool:
    return quick.plans_hold(tuple(map(int, stamp)))


def field_of(text: str) -> str:
    """A text as a field of a line."""
    if "\\" in text or "\t" in text or "\n" in text:
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return text


def plain(field: str) -> str:
    """The text of a field."""
    if "\\" not in field:
        return field
    parts = field.split("\\\\")
    return "\\".join(part.replace("\\t", "\t").replace("\\n", "\n") for part in parts)
