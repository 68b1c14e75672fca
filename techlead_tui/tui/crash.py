"""A report of a crash, in plain text, in the data folder: what happened, where, and in which version."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from datetime import datetime

from techlead_tui import __version__


def write_report(error: BaseException, folder: str, now: datetime) -> str | None:
    """Writes the report and returns its path; None when it cannot be written. Holds no data of the user's
    but what stands in the traceback's lines of code and the error's own message."""
    path = os.path.join(folder, f"crash-{now:%Y%m%d-%H%M%S}.txt")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(f"techlead {__version__}, Python {platform.python_version()}, {sys.platform}\n")
            file.write(f"{now.isoformat(timespec='seconds')}\n\n")
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return None
    return path
