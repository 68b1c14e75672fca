"""The repository and the branch that one works in, read as text: no git is run.

On the path of `techlead log`, so only `os`.
"""

from __future__ import annotations

import os

from techlead_tui import fs

LARGEST = 4096  # bytes of HEAD or of a .git file that are looked at


def checkout(folder: str | None = None) -> tuple[str | None, str | None]:
    """The name of the repository around a folder (the current one), and its branch.

    None for the first outside a repository, and for the second with a detached HEAD. A linked worktree
    counts as the repository that it belongs to.
    """
    try:
        at = os.path.abspath(folder or os.getcwd())
    except OSError:  # the current folder has been removed
        return None, None
    while True:
        inside = os.path.join(at, ".git")
        if os.path.isdir(inside):
            if os.path.exists(os.path.join(inside, "HEAD")):
                return os.path.basename(at) or None, _branch(inside)
        elif os.path.isfile(inside):
            return _linked(at, _first_line(inside))
        parent = os.path.dirname(at)
        if parent == at:
            return None, None
        at = parent


def _linked(at: str, line: str) -> tuple[str | None, str | None]:
    """A worktree or a submodule: its .git is a file that names the folder."""
    word, _, target = line.partition(": ")
    if word != "gitdir" or not target:
        return os.path.basename(at) or None, None
    folder = os.path.normpath(os.path.join(at, target))
    main, mark, _ = folder.replace(os.sep, "/").partition("/.git/worktrees/")
    return os.path.basename(main if mark else at) or None, _branch(folder)


def _branch(folder: str) -> str | None:
    head = _first_line(os.path.join(folder, "HEAD"))
    prefix = "ref: refs/heads/"
    return head[len(prefix) :] or None if head.startswith(prefix) else None


def _first_line(path: str) -> str:
    try:
        found = fs.read_head(path, LARGEST) or b""
    except (OSError, ValueError):  # a NUL in what a .git file names is no path
        return ""
    return found.partition(b"\n")[0].decode("utf-8", "replace").strip()
