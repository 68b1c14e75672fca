"""The planner of a call that writes; apart, because a call that reads need not load what decides."""

from __future__ import annotations

from techlead_tui.cli.shell import Shell
from techlead_tui.planner.planner import Planner


def planner_of(shell: Shell) -> Planner:
    """The one planner of a call. DataError when the settings cannot be read."""
    if not isinstance(shell.opened, Planner):
        shell.opened = Planner(shell.folders, shell.clock, "cli", shell.zone)
    return shell.opened
