"""Care for the store in a process of its own: folds, compacts, and backs up what has changed.

Apart from the screen because it reads the whole journal: in a thread it would slow the keys and double
the memory.
"""

from __future__ import annotations

import os
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
    import subprocess  # dear, and nothing that waits for a first frame comes here

    # -P: a folder that the user happens to be in must not lend its modules
    call = [sys.executable, "-P", "-m", MODULE, folders.data]
    quiet = subprocess.DEVNULL
    try:
        subprocess.run(call, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, check=False)
    except OSError:
        return


def main(data: str) -> int:
    """Detaches from the caller, steps behind everything else, and tends the store in `data`."""
    if hasattr(os, "fork") and os.fork():
        return 0
    if hasattr(os, "nice"):
        os.nice(19)
    from techlead_tui.errors import DataError
    from techlead_tui.store.store import Store

    try:
        Store(data).maintain()
    except DataError:
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
