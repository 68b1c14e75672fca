"""Run the user's commands at the moments that have come since the last look, each once.

The open screen and a timer may both look: who holds the lock claims what is due, and only then runs it. What
was seen last is this machine's own, so it stands in the cache; without it the next look finds nothing.

As a program it does so once, and tells on stdout what failed, one JSON text a line.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from techlead_tui import fs
from techlead_tui.config.paths import Folders, make_folder
from techlead_tui.core.due import Due, NewChange, Ticked, due, example, next_due, weeks_of
from techlead_tui.core.hook import Hook
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.errors import DataError, not_saved
from techlead_tui.planner.quick_tick import is_quiet, note_quiet
from techlead_tui.planner.reader import Reader
from techlead_tui.store import lock

LOOKED = 50  # changes that are looked through for new ones
Run = Callable[[Hook, dict[str, Any]], str | None]


class Ran(NamedTuple):
    """Tell of one command that was run."""

    hook: Hook
    due: Due
    told: dict[str, Any]  # what it was given
    error: str | None


def run_plainly(hook: Hook, told: dict[str, Any]) -> str | None:
    """Run a command with the variables that this process has."""
    from techlead_tui.hooks.commands import run_hook  # dear, and mostly nothing is due

    return run_hook(hook, told, os.environ)


def is_due(reader: Reader) -> bool:
    """Tell whether there is anything to be done, which `tick` then does; nothing is written. DataError."""
    if not reader.settings.hooks or is_quiet(reader.folders, reader.clock):
        return False
    last, _ = _load(_path(reader))
    return last is None or bool(_look(reader, last).due)


def tick(reader: Reader, run: Run = run_plainly) -> list[Ran]:
    """Run what is due and return what was run. DataError: then nothing was run."""
    if not reader.settings.hooks:
        return []
    with _locked(reader):
        last, failed = _load(_path(reader))
        look = _look(reader, last)
        _save(_path(reader), look.seen, failed)
        _note_quiet(reader, look)
    ran = _run(reader, look.due, run)
    if ran:
        with _locked(reader):
            last, failed = _load(_path(reader))
            for one in ran:
                failed.pop(_name(one.hook), None)
                if one.error is not None:
                    failed[_name(one.hook)] = [reader.now().isoformat(timespec="minutes"), one.error]
            _save(_path(reader), last or look.seen, failed)
    return ran


def attempt(reader: Reader, event: str, run: Run = run_plainly) -> list[Ran]:
    """Run the commands of an event at once, as if it were due. DataError."""
    now = reader.now()
    return _run(reader, [example(reader.snapshot(*weeks_of(now)), event, now)], run)


def problems(reader: Reader) -> list[str]:
    """Return what is wrong with the commands: programs that are not there, and what failed last."""
    from techlead_tui.hooks.commands import is_there

    _, failed = _load(_path(reader))
    out = []
    for number, hook in enumerate(reader.settings.hooks, 1):
        where = f"hooks[{number}].command"
        if not is_there(hook.command, os.environ):
            out.append(f"{where}: there is no program “{hook.command[0]}”")
        elif _name(hook) in failed:
            when, error = failed[_name(hook)]
            out.append(f"{where}: failed at {hook.on}, {when[:16].replace('T', ' ')}: {error}")
    return out


class Glance(NamedTuple):
    """Hold what one look at the week found."""

    stamp: tuple[int, ...]  # of the store, before it was read
    snapshot: Snapshot
    now: datetime
    due: list[Due]  # of that for which there is a command
    seen: Ticked


def _look(reader: Reader, last: Ticked | None) -> Glance:
    stamp, now = reader.stamp(), reader.now()
    wanted = {hook.on for hook in reader.settings.hooks}
    snapshot = reader.snapshot(*weeks_of(now))
    written = _written(reader) if "commit" in wanted and last and snapshot.seq != last.seq else []
    found, seen = due(snapshot, written, last, now)
    return Glance(stamp, snapshot, now, [one for one in found if one.event in wanted], seen)


def _note_quiet(reader: Reader, look: Glance) -> None:
    """Note down until when nobody need look again. DataError."""
    if reader.notices:
        return  # each call is to say them
    themes = sorted({look.snapshot.theme_id(week) for week in weeks_of(look.now)})
    begin, until = int(look.now.timestamp()), int(next_due(look.snapshot, look.now).timestamp())
    try:
        note_quiet(reader.folders, look.stamp, reader.files_of(themes), begin, until)
    except OSError as wrong:
        raise not_saved(wrong) from None


def _written(reader: Reader) -> list[NewChange]:
    return [
        NewChange(one.seq, datetime.fromisoformat(one.at), tuple(one.words), one.origin)
        for one in reader.history(LOOKED)
    ]


def _run(reader: Reader, found: Sequence[Due], run: Run) -> list[Ran]:
    ran = []
    for one in found:
        for hook in reader.settings.hooks:
            if hook.on == one.event:
                told = one.json(reader.now())
                ran.append(Ran(hook, one, told, run(hook, told)))
    return ran


# what was seen


def _path(reader: Reader) -> str:
    return os.path.join(reader.folders.cache, "hooks", "ticked.json")


def _name(hook: Hook) -> str:
    """Return what tells a hook from others."""
    return json.dumps([hook.on, *hook.command])


@contextmanager
def _locked(reader: Reader) -> Iterator[None]:
    """Hold the lock between all that look. DataError."""
    path = _path(reader)
    try:
        make_folder(os.path.dirname(path))
        fd = fs.open_file(f"{path}.lock", fs.APPEND)
    except OSError as wrong:
        raise not_saved(wrong) from None
    try:
        lock.acquire(fd, True, lock.WaitCount())
        yield
    finally:
        fs.close(fd)


def _load(path: str) -> tuple[Ticked | None, dict[str, list[str]]]:
    """Return what was seen last, None where nobody knows, and what failed last."""
    try:
        said = json.loads(fs.read_file(path) or b"")
        until, seq, focus = said["until"], said["seq"], said["focus_until"]
        begun = None if focus is None else datetime.fromisoformat(focus)
        last = Ticked(datetime.fromisoformat(until), int(seq), begun)
        if any(one is not None and one.tzinfo is None for one in (last.until, begun)):
            return None, {}
        return last, {str(name): [str(when), str(why)] for name, (when, why) in said["failed"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None, {}


def _save(path: str, seen: Ticked, failed: dict[str, list[str]]) -> None:
    focus = None if seen.focus_until is None else seen.focus_until.isoformat()
    said = {"until": seen.until.isoformat(), "seq": seen.seq, "focus_until": focus, "failed": failed}
    try:
        fs.replace_unlocked(path, json.dumps(said).encode(), durable=False)
    except OSError as wrong:
        raise not_saved(wrong) from None


# a process of its own, for the open screen

MODULE = "techlead_tui.planner.tick"


def run_apart(folders: Folders, ahead: int) -> Iterator[str]:
    """Do it in a process that outlives this one, and return what failed. `ahead` is of the clock."""
    from techlead_tui.process import told_by  # dear, and nothing that waits for a first frame comes here

    return told_by(MODULE, folders.data, folders.config, folders.cache, str(ahead))


def main(data: str, config: str, cache: str, ahead: str) -> int:
    """Do what is due once."""
    from techlead_tui.config.local_time import Clock

    try:
        ran = tick(Reader(Folders(data, config, cache), Clock(int(ahead))))
    except DataError as wrong:
        print(json.dumps(wrong.message), flush=True)
        return wrong.exit_code
    for one in ran:
        if one.error is not None:
            print(json.dumps(one.error), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
