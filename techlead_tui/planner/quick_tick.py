"""Tell that no command of the user's is due, from what the last look has noted down.

A timer asks every minute, and mostly nothing is due: imports next to nothing.
"""

from __future__ import annotations

import os

from techlead_tui import fs
from techlead_tui.config import compiled, local_time
from techlead_tui.config.paths import Folders
from techlead_tui.core.json_text import decode, encode
from techlead_tui.store.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


def is_quiet(folders: Folders, clock: local_time.Clock) -> bool:
    """Tell whether there is no command, or nothing of what a look goes by has changed since the last one and
    nothing has come due by the clock. False where a look must tell."""
    settings = compiled.settings(folders.config, folders.cache)
    if settings is not None and not settings.get("hooks"):
        return True
    try:
        noted: Any = decode((fs.read_file(path_of(folders)) or b"").decode())
        zone, stamp, files, begin, until = noted
        same = zone == local_time.zone_name() and stamp == list(Store(folders.data).stamp())
        same = same and files == compiled.fingerprint(*(file[0] for file in files[2:]))
        return bool(same and begin <= clock.moment() < until)
    except (OSError, ValueError, LookupError, TypeError):
        return False


def note_quiet(folders: Folders, stamp: Sequence[int], files: Sequence[str], begin: int, until: int) -> None:
    """Note down that nothing is due from `begin` to `until`, in seconds since 1970, while the store has this
    stamp and the files are as they are. OSError."""
    said = [local_time.zone_name(), list(stamp), compiled.fingerprint(*files), begin, until]
    fs.replace_unlocked(path_of(folders), encode(said).encode(), durable=False)


def path_of(folders: Folders) -> str:
    """Return the file of the note."""
    return os.path.join(folders.cache, "hooks", "quiet.json")
