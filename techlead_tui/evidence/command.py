"""Ask the user's own commands for events: each writes JSON lines, one event a line.

`{"at": "2026-11-24T10:00:00Z", "kind": "review", "title": "...", "url": "https://..."}`; a commit may name
its `repo`. Nothing of a line is ever run, and what is wrong with one is counted.
"""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from techlead_tui.core.attribution import TRAILER, divided, people_of
from techlead_tui.core.evidence import EVENT_KINDS
from techlead_tui.evidence import cache
from techlead_tui.evidence.cache import Row
from techlead_tui.evidence.git import LAST_MOMENT, inert
from techlead_tui.process import run

SECONDS = 20  # unless config.toml says otherwise
MOST = 4_000_000  # bytes of one answer
MOST_LINES = 10_000
AHEAD = 86400  # seconds in the future that an event may lie


class SourceCommand(NamedTuple):
    """A command as config.toml names it."""

    name: str
    args: tuple[str, ...]  # the program first; no shell reads them
    seconds: int = SECONDS


class Told(NamedTuple):
    rows: tuple[Row, ...]
    error: str | None = None
    note: str | None = None


def ask(command: SourceCommand, now: int, environ: Mapping[str, str]) -> Told:
    """Run a command and return its events; `now` is in seconds since 1970."""
    args = [os.path.expanduser(command.args[0]), *command.args[1:]]
    home = os.path.expanduser("~")  # wherever techlead was started
    done = run(args, environ, command.seconds, MOST, home if os.path.isdir(home) else None)
    if done.failure is not None:
        return Told((), f"{command.args[0]} {done.failure}")
    if done.code != 0:
        said = inert(next((line for line in done.err.splitlines() if line.strip()), ""), 160)
        return Told((), f"{command.args[0]} ended with {done.code}{': ' if said else ''}{said}")
    return read(done.out, command.name, now)


def read(out: bytes, name: str, now: int) -> Told:
    """Return the events of an answer; lines that are none are counted, the first one is named."""
    lines = [line for line in out.split(b"\n") if line.strip()]
    rows: list[Row] = []
    wrong: list[str] = []
    for number, line in enumerate(lines[:MOST_LINES], 1):
        try:
            rows.append(_event(json.loads(line), name, now))
        except (ValueError, RecursionError) as error:
            reason = str(error) if type(error) is ValueError else "it is not JSON"
            wrong.append(f"line {number}: {reason}")
    notes = []
    if wrong:
        notes.append(f"{len(wrong)} of {len(lines)} lines left out; {wrong[0]}")
    if len(lines) > MOST_LINES:
        notes.append(f"{len(lines) - MOST_LINES} lines after the first {MOST_LINES} were not read")
    if lines and not rows:
        return Told((), f"no line of it is an event; {wrong[0]}")
    return Told(tuple(rows), None, "; ".join(notes) or None)


def _event(data: Any, source: str, now: int) -> Row:
    """Return one event as the cache keeps it. ValueError says what is wrong."""
    if not isinstance(data, dict):
        raise ValueError("it is not a JSON object")
    at, kind, title, url = (data.get(key) for key in ("at", "kind", "title", "url"))
    if kind not in EVENT_KINDS:
        raise ValueError(f"kind is not one of {', '.join(EVENT_KINDS)}")
    if not isinstance(title, str) or not inert(title):
        raise ValueError("title is missing")
    if not (url is None or isinstance(url, str)):
        raise ValueError("url is not text")
    moment = _moment(at)
    if moment > now + AHEAD:
        raise ValueError("at lies in the future")
    address = url if url and url.startswith(("https://", "http://")) and url.isprintable() else None
    row: Row = {"moment": moment, "kind": kind, "title": inert(title), "url": address}
    if kind == "commit":
        repo = data.get("repo")
        row |= {
            "uid": f"{source}:{address or f'{moment}:{inert(title)}'}",
            "repo": inert(repo) if isinstance(repo, str) and inert(repo) else source,
            "summary": inert(title),
            "lines_added": _lines(data.get("lines_added")),
            "lines_removed": _lines(data.get("lines_removed")),
            "lines_left_out": None,
            "shipped": True,
            **_people(data.get("co_authors")),
        }
    return row


def _people(names: object) -> Row:
    """Return who wrote along, as `Ana <ana@example.org>` each."""
    said = [one for one in names if isinstance(one, str)] if isinstance(names, list) else []
    colleagues, assistants = divided(people_of("\n".join(f"{TRAILER} {one}" for one in said)), ())
    return {"colleagues": [list(one) for one in colleagues], "assistants": [list(one) for one in assistants]}


def _lines(value: object) -> int | None:
    return value if type(value) is int and 0 <= value < 10_000_000 else None


def _moment(at: object) -> int:
    try:
        found = datetime.fromisoformat(at) if isinstance(at, str) else None
        moment = int(found.timestamp()) if found is not None and found.tzinfo is not None else -1
    except (ValueError, OverflowError):
        moment = -1
    if not 0 <= moment < LAST_MOMENT:
        raise ValueError("at is not a time with an offset, such as 2026-11-24T10:00:00Z")
    return moment


def refresh(
    commands: Sequence[SourceCommand], folder: str, now: int, environ: Mapping[str, str], most_age: int = 0
) -> list[str]:
    """Ask the commands that were not asked within `most_age` seconds, and return the files of all.

    Of one that fails, what it told before stays. OSError where the cache cannot be written.
    """
    files = []
    for command in commands:
        path = cache.file_of(folder, "command", command.name)
        files.append(path)
        before = cache.load(path)
        last = before.head if before is not None else {}
        asked, args = last.get("asked"), "\0".join(command.args)
        if isinstance(asked, int) and 0 <= now - asked < most_age and last.get("tips") == args:
            continue
        keep(command, ask(command, now, environ), folder, now)
    return files


def keep(command: SourceCommand, told: Told, folder: str, now: int) -> None:
    """Save what a command told; what it told of earlier times stays, and all where it failed. OSError."""
    path = cache.file_of(folder, "command", command.name)
    before = cache.load(path)
    rows = list(told.rows)
    earliest = min((_at(row) for row in rows), default=None)
    for row in before.rows if before is not None else ():
        if told.error is not None or (earliest is not None and _at(row) < earliest):
            rows.append(row)
    last = before.head.get("scanned") if before is not None else None
    head: Row = {
        "kind": "command",
        "name": command.name,
        "path": "",
        "origin": "listed",
        "scanned": last if told.error is not None else now,
        "asked": now,
        "since": min((_at(row) for row in rows if row["kind"] == "commit"), default=None),
        "tips": "\0".join(command.args),
        "commits": len(rows),
        "error": told.error,
        "note": told.note,
    }
    cache.save(path, head, rows)


def _at(row: Row) -> int:
    moment = row["moment"]
    assert isinstance(moment, int)
    return moment
