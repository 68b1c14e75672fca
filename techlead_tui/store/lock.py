"""The lock between processes: shared for readers, exclusive for writers, gone with its process."""

import errno
import os
import sys
import time

from techlead_tui.errors import DataError

PATIENCE = 15.0  # seconds; a commit takes milliseconds, so only a stopped process holds it longer
BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def take(fd: int, exclusive: bool) -> None:  # noqa: ARG001  no shared lock here: readers take turns
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def take(fd: int, exclusive: bool) -> None:
        fcntl.flock(fd, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)


class WaitCount:
    """Count the threads of this process that wait for a lock at this moment."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0


def acquire(fd: int, exclusive: bool, waits: WaitCount) -> None:
    """Wait for the lock on an open file; closing the file gives it back.

    DataError when another process keeps it longer than PATIENCE; OSError where locks do not work.
    """
    end = time.monotonic() + PATIENCE
    pause = 0.001
    waits.count += 1
    try:
        while True:
            try:
                take(fd, exclusive)
                return
            except OSError as error:
                if error.errno not in BUSY:
                    raise
            if time.monotonic() > end:
                raise DataError(
                    "not saved: another techlead has been writing for a long time"
                    if exclusive
                    else "not read: another techlead has been writing for a long time",
                    "end it if it hangs, then try again; nothing was written",
                )
            time.sleep(pause)
            pause = min(pause * 1.5, 0.02)
    finally:
        waits.count -= 1
