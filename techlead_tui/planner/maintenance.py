"""Care for the store in a process of its own: folds, compacts, and backs up what has changed.

Apart from the screen because it reads the whole journal: in a thread it would slow the keys and double
the memory.
"""

from __future__ import annotations

import sys

from techlead_tui.config.paths import Folders


class Maintenance:
    """Check, repair and restore the store in `folders.data`, for doctor."""

    def __init__(self, folders: Folders) -> None:
        from techlead_tui.store.store import Store

        store = Store(folders.data, folders.cache)
        self.notices = store.notices
        self.verify = store.verify
        self.repair = store.repair
        self.backups = store.backups
        self.restore = store.restore


MODULE = "techlead_tui.planner.maintenance"


def begin(folders: Folders) -> None:
    """Starts it and comes back once it runs by itself. What fails now is tried at the next start."""
    from techlead_tui.process import told_by  # dear, and nothing that waits for a first frame comes here

    for _ in told_by(MODULE, folders.data):
        pass


def main(data: str) -> int:
    """Detaches from the caller, steps behind everything else, and tends the store in `data`."""
    from techlead_tui.process import detach, step_back

    if detach():
        return 0
    step_back()
    from techlead_tui.errors import DataError
    from techlead_tui.store.store import Store

    try:
        Store(data).maintain()
    except DataError:
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
