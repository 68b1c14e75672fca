"""Read calendars, meet other machines and publish boxes in a process of its own: no key waits for it.

It tells on stdout how it goes, one JSON object a line: `{"done": 3, "count": 12, "name": "work"}`, and at
the end one with `news`, sentences, and `failed`, names of calendars.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from techlead_tui.config.paths import Folders

MODULE = "techlead_tui.planner.refresh"


def run(folders: Folders) -> Iterator[dict[str, Any]]:
    """Start it, and yield what it tells until it ends; nothing where it does not start."""
    import subprocess  # dear, and nothing that waits for a first frame comes here

    # -P: a folder that the user happens to be in must not lend its modules
    call = [sys.executable, "-P", "-m", MODULE, folders.data, folders.config, folders.cache]
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            call, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, start_new_session=True
        )
    except OSError:
        return
    assert process.stdout is not None
    with process:
        for line in process.stdout:
            try:
                yield json.loads(line)
            except ValueError:
                continue


def main(data: str, config: str, cache: str) -> int:
    """Read every calendar once, bring the machines in step, and publish what is to be published."""
    from techlead_tui.config.local_time import Clock
    from techlead_tui.errors import UserError
    from techlead_tui.planner.calendars import sync
    from techlead_tui.planner.machines import news_of, sync_machines
    from techlead_tui.planner.planner import Planner
    from techlead_tui.planner.publish import publish, step_text

    if hasattr(os, "nice"):
        os.nice(19)

    def tell(**what: object) -> None:
        print(json.dumps(what), flush=True)

    try:
        planner = Planner(Folders(data, config, cache), Clock.of_user(), "sync")
        done = sync(planner, progress=lambda number, count, name: tell(done=number, count=count, name=name))
        shared = sync_machines(planner)
        made = publish(planner)
    except UserError as wrong:
        tell(news=[], failed=[wrong.message])
        return wrong.exit_code
    outside = [step for step in made.steps if step.what.endswith("_outside")] if made is not None else []
    news = [*done.told, *(news_of(shared) if shared else ()), *(step_text(step, planner) for step in outside)]
    failed = [state.source.name for state in done.states if state.error]
    tell(news=news, failed=[*failed, *([shared.folder] if shared and shared.error else ())])
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
