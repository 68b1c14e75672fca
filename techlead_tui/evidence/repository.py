"""Find repositories and tell whether anything has happened in them, by their files alone. No git is run.

Imports next to nothing: a second look at twenty repositories is to cost no more than `techlead now`.
"""

from __future__ import annotations

import os
from binascii import crc32

from techlead_tui import fs

LARGEST = 4096  # bytes of HEAD, a .git file or a loose ref that are looked at
MOST_FOLDERS = 20_000  # looked at below one root
SKIPPED = ("node_modules", "__pycache__", "site-packages", "venv")  # nobody keeps clones there
LAST_FANOUT = 8 + 255 * 4  # where the index of a pack says how many objects it has
BUSY = (  # files of a git folder, and what git is in the middle of while they are there
    ("rebase-merge", "in the middle of a rebase"),
    ("rebase-apply", "in the middle of a rebase or a patch series"),
    ("CHERRY_PICK_HEAD", "in the middle of a cherry-pick"),
    ("MERGE_HEAD", "in the middle of a merge"),
    ("BISECT_LOG", "in the middle of a bisection"),
)


class Repository:
    """Name a repository and its folders; `common` is the git folder that all its work trees share."""

    __slots__ = ("common", "folder", "git", "name")

    def __init__(self, folder: str, git: str, common: str, name: str) -> None:
        self.folder = folder  # the work tree, or the repository itself where it is bare
        self.git = git  # the git folder of this work tree
        self.common = common
        self.name = name  # as sessions name it


def repository_at(folder: str) -> Repository | None:
    """Return the repository whose work tree, or whose bare folder, this is; None where there is none.

    OSError where the folder cannot be read.
    """
    inside = os.path.join(folder, ".git")
    try:
        os.stat(folder)
        if not os.access(folder, os.X_OK):
            raise PermissionError(13, "permission denied", folder)
        is_folder = os.path.isdir(inside)
        line = "" if is_folder or not os.path.lexists(inside) else _first_line(inside)
    except ValueError:  # a NUL in the path
        return None
    if is_folder:
        git = inside
    elif line.startswith("gitdir: "):
        git = os.path.normpath(os.path.join(folder, line[8:]))
    elif _is_git_folder(folder):
        git = folder
    else:
        return None
    if not os.path.exists(os.path.join(git, "HEAD")):
        return None
    shared = _first_line(os.path.join(git, "commondir")).replace("\0", "")
    common = os.path.realpath(os.path.join(git, shared) if shared else git)
    return Repository(folder, git, common, _name(folder, git, common))


def _name(folder: str, git: str, common: str) -> str:
    if os.path.basename(common) == ".git":
        return os.path.basename(os.path.dirname(common))
    if git == folder or shared_by_worktrees(git):
        return os.path.basename(common).removesuffix(".git")
    return os.path.basename(os.path.realpath(folder))  # a submodule


def shared_by_worktrees(git: str) -> bool:
    """Tell whether a git folder is that of a linked worktree."""
    return os.path.basename(os.path.dirname(git)) == "worktrees"


def _is_git_folder(folder: str) -> bool:
    return all(os.path.exists(os.path.join(folder, name)) for name in ("HEAD", "objects", "refs"))


def around(folder: str) -> Repository | None:
    """Return the repository that holds a folder; None outside of any. OSError."""
    at = os.path.abspath(folder)
    while True:
        found = repository_at(at)
        parent = os.path.dirname(at)
        if found is not None or parent == at:
            return found
        at = parent


def below(root: str, depth: int) -> list[str]:
    """Return the folders of the repositories at most `depth` levels below a root, in order. OSError.

    Hidden folders are passed over, symbolic links are not followed, and nothing is looked for within a
    repository.
    """
    out = []
    level = [root]
    looked = 0
    for left in range(depth, -1, -1):
        following: list[str] = []
        for folder in level:
            if os.path.lexists(os.path.join(folder, ".git")) or _is_git_folder(folder):
                out.append(folder)
            elif left and looked < MOST_FOLDERS:
                looked += 1
                following += _folders_in(folder, must=folder == root)
        level = following
    return sorted(out)


def _folders_in(folder: str, must: bool) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [
                entry.path
                for entry in entries
                if not entry.name.startswith(".")
                and entry.name not in SKIPPED
                and entry.is_dir(follow_symlinks=False)
            ]
    except OSError:
        if must:
            raise
        return []


def submodules(repository: Repository) -> list[str]:
    """Return the folders of a repository's submodules that are checked out."""
    try:
        raw = fs.read_file(os.path.join(repository.folder, ".gitmodules"), 1024 * 1024) or b""
    except OSError:
        return []
    top = os.path.realpath(repository.folder)
    out = []
    for line in raw.decode("utf-8", "replace").splitlines():
        key, mark, value = line.partition("=")
        if not mark or key.strip().lower() != "path" or "\0" in value:
            continue
        folder = os.path.realpath(os.path.join(top, value.strip().strip('"')))
        if folder.startswith(top + os.sep) and os.path.lexists(os.path.join(folder, ".git")):
            out.append(folder)
    return out


def detached(repository: Repository) -> list[str]:
    """Return the commits that work trees stand on without a branch."""
    heads = [_first_line(path) for path in _heads(repository)]
    return sorted({head for head in heads if is_hash(head)})


def is_hash(text: str) -> bool:
    return len(text) in (40, 64) and not text.strip("0123456789abcdef")


def boundary(repository: Repository) -> set[str]:
    """Return the commits at which a shallow clone ends; git shows them as if they had made every file."""
    try:
        raw = fs.read_file(os.path.join(repository.common, "shallow"), 16 * 1024 * 1024) or b""
    except OSError:
        return set()
    return set(raw.decode("ascii", "replace").split())


def state(repository: Repository) -> str | None:
    """Return what there is to know about a repository before its commits are counted; None for nothing."""
    for name, sentence in BUSY:
        if os.path.exists(os.path.join(repository.git, name)):
            return f"{sentence}; its commits are counted as they now stand"
    if boundary(repository):
        return "a shallow clone: what came before is not here"
    return None


def objects_in(repository: Repository) -> int:
    """Return about how many objects a repository has: those in its packs."""
    folder = os.path.join(repository.common, "objects", "pack")
    count = 0
    try:
        for name in os.listdir(folder):
            if name.endswith(".idx"):
                handle = fs.open_file(os.path.join(folder, name), fs.READ)
                try:
                    count += int.from_bytes(fs.read_at(handle, 4, LAST_FANOUT), "big")
                finally:
                    fs.close(handle)
    except OSError:
        return count
    return count


def branch_tips(repository: Repository) -> set[str]:
    """Return the last commit of each branch, local and remote."""
    found = []
    for name in ("heads", "remotes"):
        found += _loose(os.path.join(repository.common, "refs", name))
    out = {line.rpartition(" ")[2] for line in found}
    try:
        raw = fs.read_file(os.path.join(repository.common, "packed-refs"), 64 * 1024 * 1024) or b""
    except OSError:
        return out
    for line in raw.decode("utf-8", "replace").splitlines():
        uid, _, name = line.partition(" ")
        if name.startswith(("refs/heads/", "refs/remotes/")):
            out.add(uid)
    return out


def tips(repository: Repository) -> str:
    """Return a text that changes when a branch, HEAD or the configuration of a repository does.

    Reads refs alone, no object. OSError.
    """
    parts = [_first_line(path) for path in _heads(repository)]
    common = repository.common
    for name in ("heads", "remotes"):
        parts += _loose(os.path.join(common, "refs", name))
    parts.append(_first_line(os.path.join(common, "reftable", "tables.list"), 1 << 20))
    for name in ("packed-refs", "shallow", "config"):
        parts.append(stamp_of(os.path.join(common, name)))
    parts += [name for name, _ in BUSY if os.path.exists(os.path.join(repository.git, name))]
    raw = "\n".join(parts).encode("utf-8", "replace")
    return f"{len(parts)}-{len(raw)}-{crc32(raw):08x}"


def stamp_of(path: str) -> str:
    """Return a text that changes when a file is written; `-` where there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return "-"
    return f"{found.st_ino}.{found.st_mtime_ns}.{found.st_size}"


def _heads(repository: Repository) -> list[str]:
    """Return the HEAD files of a repository and all its work trees."""
    linked = os.path.join(repository.common, "worktrees")
    try:
        names = sorted(os.listdir(linked))
    except OSError:
        names = []
    return [
        os.path.join(repository.common, "HEAD"),
        *(os.path.join(linked, name, "HEAD") for name in names),
    ]


def _loose(folder: str) -> list[str]:
    """Return the loose refs below a folder, each with what it points to."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError:
        return []
    out: list[str] = []
    for name, is_folder in found:
        path = os.path.join(folder, name)
        out += _loose(path) if is_folder else [f"{path} {_first_line(path)}"]
    return out


def _first_line(path: str, most: int = LARGEST) -> str:
    """Return a file's first line; empty where it cannot be read. Of the tables of refs all lines."""
    try:
        found = fs.read_head(path, most) or b""
    except (OSError, ValueError):
        return ""
    text = found.decode("utf-8", "replace")
    return text if most != LARGEST else text.partition("\n")[0].strip()
