"""Hold what every command runs with. Imports nothing dear: on the path of `techlead log`."""

from __future__ import annotations

import os
from _collections_abc import Callable

from techlead_tui.config.local_time import Clock
from techlead_tui.config.paths import Folders


class Context:
    """One call of the program: where its files are, its clock, and what opens the screen.

    `open_screen` is None where there is no terminal for one.
    """

    def __init__(self, folders: Folders, clock: Clock, open_screen: Callable[..., int] | None = None) -> None:
        self.folders = folders
        self.clock = clock
        self.open_screen = open_screen
        self.origin = "hook" if os.environ.get("TECHLEAD_HOOK") else "cli"  # of what is written, in history
