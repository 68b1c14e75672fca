"""Find out if anything but sessions has been logged since a moment: else plans are as they were.

On the path of `techlead now`, so nothing dear is imported.
"""

from __future__ import annotations

from techlead_tui.store import fs, journal

MOST = 64 * 1024  # bytes of the journal that are looked at
LOGGED = b',"words":["log",'  # texts cannot hold it: a quote in them is written with a backslash


def only_sessions_since(journal_path: str, stamp: tuple[int, ...]) -> bool:
    """Tell whether the journal has grown since its `stamp` (Store.stamp) by sessions alone."""
    if len(stamp) != 3:
        return False
    try:
        fd = fs.open_file(journal_path, fs.READ)
    except OSError:
        return False
    try:
        size = fs.size(fd)
        if not stamp[1] <= size <= stamp[1] + MOST:
            return False
        added = fs.read_from(fd, stamp[1], size)
    except OSError:
        return False
    finally:
        fs.close(fd)
    *lines, torn = added.split(b"\n")
    return not torn and all(LOGGED in one and journal.whole(one) for one in lines)
