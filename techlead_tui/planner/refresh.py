"""Read calendars, meet other machines and publish boxes in a process of its own: no key waits for it.

It tells on stdout how it goes, one JSON object a line: `{"done": 3, "count": 12, "name": "work"}`, and at
the end one with `news`, sentences, and `failed`, names of calendars.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

from techlead_tui.config.paths import Folders
from techlead_tui.planner.reader import Reader

MODULE = "techlead_tui.planner.refresh"


ALL, MACHINES, LEAVING = "all", "machines", "leaving"  # what is to be done; the last: behind one who leaves


def stamp(reader: Reader) -> tuple[object, ...]:
    """Return what changes with every commit here, and with every file of another machine; a few stats."""
    folder = reader.settings.machines.folder
    if not folder:
        return ()
    try:
        with os.scandir(os.path.join(reader.folders.config, os.path.expanduser(folder))) as entries:
            found = [(entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in entries]
    except OSError:
        found = []
    return (*reader.stamp(), *sorted(found))


def run(folders: Folders, what: str = ALL) -> Iterator[dict[str, Any]]:
    """Start it, and return what it tells until it ends; nothing where it does not start."""
    from techlead_tui.process import told_by  # dear, and nothing that waits for a first frame comes here

    return told_by(MODULE, folders.data, folders.config, folders.cache, what)


def main(data: str, config: str, cache: str, what: str = ALL) -> int:
    """Read every calendar once, bring the machines in step, and publish what is to be published."""
    import json

    from techlead_tui.process import detach, step_back

    if what == LEAVING and detach():
        return 0  # the caller goes its way
    step_back()
    from techlead_tui.config.local_time import Clock
    from techlead_tui.errors import UserError
    from techlead_tui.planner.calendars import sync
    from techlead_tui.planner.machines import failed_of, news_of, sync_machines
    from techlead_tui.planner.planner import Planner
    from techlead_tui.planner.publish import publish, step_text

    def tell(**what: object) -> None:
        print(json.dumps(what), flush=True)

    try:
        planner = Planner(Folders(data, config, cache), Clock.of_user(), "sync")
        if what != ALL:
            shared = sync_machines(planner)
            tell(news=news_of(shared), failed=failed_of(shared))
            return 0
        done = sync(planner, progress=lambda number, count, name: tell(done=number, count=count, name=name))
        shared = sync_machines(planner)
    except UserError as wrong:
        tell(news=[], failed=[wrong.message])
        return wrong.exit_code
    unpublished, made = [], None
    try:
        made = publish(planner)
    except UserError as wrong:  # what calendars have told once is not lost over it
        unpublished = [wrong.message]
    outside = [step for step in made.steps if step.what.endswith("_outside")] if made is not None else []
    news = [*done.told, *news_of(shared), *(step_text(step, planner) for step in outside)]
    failed = [state.source.name for state in done.states if state.error]
    tell(news=news, failed=[*failed, *failed_of(shared), *unpublished])
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
