"""The repository and the branch that one works in, read as text: no git is run.

On the path of `techlead log`, so only `os`.
"""

from __future__ import annotations

import os

from techlead_tui import fs

LARGEST = 4096  # bytes of HEAD or of a .git file that are looked at
LEARNT = "repositories"  # the file of the data folder that lists where sessions were logged
MOST_LEARNT = 500
LONGEST = 256 * 1024  # bytes of that file


def checkout(folder: str | None = None) -> tuple[str | None, str | None]:
    """The name of the repository around a folder (the current one), and its branch.

    None for the first outside a repository, and for the second with a detached HEAD. A linked worktree
    counts as the repository that it belongs to.
    """
    at = work_tree(folder)
    if at is None:
        return None, None
    inside = os.path.join(at, ".git")
    if os.path.isdir(inside):
        return os.path.basename(at) or None, _branch(inside)
    return _linked(at, _first_line(inside))


def work_tree(folder: str | None = None) -> str | None:
    """Return the work tree around a folder (the current one); None outside of any."""
    try:
        at = os.path.abspath(folder or os.getcwd())
    except OSError:  # the current folder has been removed
        return None
    while True:
        inside = os.path.join(at, ".git")
        if os.path.isfile(inside) or os.path.exists(os.path.join(inside, "HEAD")):
            return at
        parent = os.path.dirname(at)
        if parent == at:
            return None
        at = parent


def learnt(data_dir: str) -> list[str]:
    """Return the work trees in which sessions were logged, in that order."""
    try:
        raw = fs.read_file(os.path.join(data_dir, LEARNT), LONGEST) or b""
    except OSError:
        return []
    return [os.fsdecode(line) for line in raw.split(b"\n") if line.startswith(b"/") or line[1:2] == b":"]


def learn(data_dir: str, folder: str | None = None) -> None:
    """Remember the work tree around a folder (the current one) for evidence; where that fails, do without."""
    at = work_tree(folder)
    if at is None or "\n" in at:
        return
    known = learnt(data_dir)
    if at in known or len(known) >= MOST_LEARNT:
        return
    try:
        handle = fs.open_file(os.path.join(data_dir, LEARNT), fs.APPEND)
        try:
            fs.write(handle, os.fsencode(at) + b"\n")
        finally:
            fs.close(handle)
    except (OSError, ValueError):
        return


def forget(data_dir: str, folder: str) -> None:
    """Take a work tree out of those learnt. OSError."""
    left = [one for one in learnt(data_dir) if one != folder]
    text = b"".join(os.fsencode(one) + b"\n" for one in left)
    fs.replace_unlocked(os.path.join(data_dir, LEARNT), text)


def _linked(at: str, line: str) -> tuple[str | None, str | None]:
    """A worktree or a submodule: its .git is a file that names the folder."""
    word, _, target = line.partition(": ")
    if word != "gitdir" or not target:
        return os.path.basename(at) or None, None
    folder = os.path.normpath(os.path.join(at, target))
    main, mark, _ = folder.replace(os.sep, "/").rpartition("/worktrees/")
    name = os.path.basename(main.removesuffix("/.git")).removesuffix(".git") if mark else os.path.basename(at)
    return name or None, _branch(folder)


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
