"""Find when the last commit of a checkout was made, read from git's own log of HEAD; no git is run."""

from __future__ import annotations

import os

from techlead_tui import fs
from techlead_tui.evidence.checkout import LARGEST

TAIL = 64 * 1024  # bytes at the end of the log that are looked at


def root(folder: str | None = None) -> str | None:
    """Return the folder of the checkout around a folder (the current one); None outside of any."""
    try:
        at = os.path.abspath(folder or os.getcwd())
    except OSError:  # the current folder has been removed
        return None
    while not os.path.exists(os.path.join(at, ".git")):
        parent = os.path.dirname(at)
        if parent == at:
            return None
        at = parent
    return at


def last_commit(folder: str, since: int, until: int) -> int | None:
    """Return the moment of the last commit between two others, in seconds since 1970; None for none."""
    if not folder:
        return None
    path = os.path.join(_git_folder(folder), "logs", "HEAD")
    try:
        handle = fs.open_file(path, fs.READ)
        try:
            size = fs.size(handle)
            lines = fs.read_from(handle, max(0, size - TAIL), size).split(b"\n")
        finally:
            fs.close(handle)
    except (OSError, ValueError):
        return None
    moments = [moment for moment in map(_committed, lines) if moment is not None and since < moment <= until]
    return max(moments, default=None)


def _committed(line: bytes) -> int | None:
    """Return the moment of a line `<old> <new> <name> <mail> <seconds> +0100`, a tab and `commit: ...`."""
    head, tab, what = line.partition(b"\t")
    words = head.split()
    if not tab or not what.startswith(b"commit") or len(words) < 4:
        return None
    return int(words[-2]) if words[-2].isdigit() and len(words[-2]) < 12 else None


def _git_folder(folder: str) -> str:
    """Return the folder of a checkout's own state: `.git`, or what a worktree's or submodule's file names."""
    inside = os.path.join(folder, ".git")
    try:
        if os.path.isdir(inside):
            return inside
        line = (fs.read_head(inside, LARGEST) or b"").partition(b"\n")[0].decode("utf-8", "replace").strip()
    except (OSError, ValueError):
        return inside
    word, _, target = line.partition(": ")
    return os.path.normpath(os.path.join(folder, target)) if word == "gitdir" and target else inside
