"""The lines that `techlead now` answers from, made from a snapshot and kept in the cache."""

from __future__ import annotations

import json
import os
from datetime import datetime

from techlead_tui.cli.nouns import Keys, block_json
from techlead_tui.cli.now import FORMAT, Line, cache_file, file_line, kept, made_for
from techlead_tui.config.files import replace
from techlead_tui.config.library import SHIPPED_TYPES
from techlead_tui.config.paths import Folders, make_folder
from techlead_tui.config.settings import settings_path
from techlead_tui.core.block import Block
from techlead_tui.core.focus import focus_minutes
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.localtime import at
from techlead_tui.core.split import percent, planned
from techlead_tui.core.words.days import DAY_NAMES
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


def present(folders: Folders) -> tuple[list[Line], list[str]]:
    """The lines of this week and the next, and what the store had to say. StoreError, ConfigError."""
    reader = Reader(folders)
    stamp = reader.store.stamp()  # before anything is read: what changes meanwhile then shows
    key = IsoWeek.of(reader.today())
    after = key.shift(1)
    snapshot = reader.snapshot(key, after)
    files = [file_line(path) for path in _files(reader, {snapshot.theme_id(key), snapshot.theme_id(after)})]
    week = snapshot.week(key)
    begin, end = (at(found.monday, 0, reader.zone) for found in (key, after))
    share = percent(planned(week)["communication"], week)
    lines = [["week", str(key), _seconds(begin), _seconds(end), str(share), str(focus_minutes(week))]]
    lines += [_line(block) for block in (*week.live, *snapshot.week(after).live)]
    if not reader.notices:
        _keep(folders, [[FORMAT, *made_for(), *map(str, stamp)], *files, *lines, ["end"]])
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


def _files(reader: Reader, themes: set[str]) -> list[str]:
    """All that the lines are made from beside the data; files that are not there may come."""
    config = reader.folders.config
    own = [os.path.join(config, "themes", f"{theme}.toml") for theme in sorted(themes)]
    used = [reader.library.path_of(theme) for theme in sorted(themes)]
    types = os.path.join(config, "playbook", "types.toml")
    return list(dict.fromkeys([settings_path(config), types, SHIPPED_TYPES, *own, *used]))


def _keep(folders: Folders, lines: list[Line]) -> None:
    """Writes the cache; where it cannot be written, the next answer takes as long again."""
    text = "\n".join("\t".join(kept(field) for field in line) for line in lines)
    target = cache_file(folders)
    try:
        make_folder(folders.cache)
        replace(target, f"{target}.{os.getpid()}.tmp", text.encode(), durable=False)
    except (OSError, UnicodeEncodeError):
        return
