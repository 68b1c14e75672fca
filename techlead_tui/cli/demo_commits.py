"""The commits of the demonstration: told by a command, as a forge's own tool would."""

from __future__ import annotations

import json
import os
import sys
from binascii import crc32
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from techlead_tui.config.files import read_text, write_text
from techlead_tui.config.paths import Folders, make_folder, settings_path
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.week import Session
from techlead_tui.evidence.cache import folder_of
from techlead_tui.evidence.command import SourceCommand, keep, read
from techlead_tui.planner.reader import Reader

NAME = "demo"
PRINT = "import sys; sys.stdout.write(open(sys.argv[1], encoding='utf-8').read())"
PACE = 50  # minutes of a session for each commit
EVERY = 4  # each so many commits is made with an assistant


def write_commits(folders: Folders, reader: Reader, weeks: Iterable[IsoWeek], now: datetime) -> None:
    """Write what the sessions of these weeks came to, into the settings as a command, and into the cache."""
    path = os.path.join(folders.config, "commits.jsonl")
    lines = [
        json.dumps(line)
        for week in weeks
        for session in reader.snapshot(week).week(week).sessions
        for line in _lines(session)
    ]
    write_text(path, "\n".join(lines) + "\n")
    command = SourceCommand(NAME, (sys.executable, "-S", "-c", PRINT, path))
    settings = settings_path(folders.config)
    words = json.dumps(list(command.args))  # as TOML writes them too
    write_text(settings, f'{read_text(settings)}\n[[evidence.command]]\nname = "{NAME}"\ncommand = {words}\n')
    folder, moment = folder_of(folders.cache), int(now.timestamp())
    make_folder(folder)
    keep(command, read("\n".join(lines).encode(), NAME, moment), folder, moment)


def _lines(session: Session) -> Iterator[dict[str, object]]:
    """Yield the commits of a session: a review has none, and a spike throws most of its code away."""
    if session.repo is None or session.pattern is None or session.summary.startswith("review"):
        return
    count = 1 if session.pattern == "spike" else max(1, session.minutes // PACE)
    for number in range(1, count + 1):
        seed = crc32(f"{session.summary} {session.start.date()} {number}".encode())
        at = session.start + timedelta(minutes=session.minutes * number // count - 3)
        line: dict[str, object] = {
            "at": at.isoformat(),
            "kind": "commit",
            "title": session.summary if number == count else f"{session.summary}, part {number}",
            "url": None,
            "repo": session.repo,
            "lines_added": 12 + seed % 61,
            "lines_removed": seed // 61 % 38,
        }
        if session.pattern == "pair":
            name = session.summary.partition("with ")[2].split(" ")[0] or "Ana"
            line["co_authors"] = [f"{name} <{name.lower()}@example.org>"]
        elif seed % EVERY == 0:
            line["co_authors"] = ["Claude <noreply@anthropic.com>"]
        yield line
