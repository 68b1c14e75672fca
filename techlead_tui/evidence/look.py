"""Find what there is to be scanned, and tell what has changed since it was. No git is run.

Imports next to nothing: a second look is to cost no more than `techlead now`.
"""

from __future__ import annotations

import _thread
import os
from _collections_abc import Callable
from binascii import crc32

from techlead_tui.evidence import cache
from techlead_tui.evidence.repository import (
    Repository,
    below,
    repository_at,
    stamp_of,
    state,
    submodules,
    tips,
)

PATIENCE = 5.0  # seconds for the files of one repository: a dead mount never answers
DEPTH = 3  # levels below a root
SILENT = "does not answer: a network folder that is away?"


class LookPlan:
    """Hold what the user wants looked at; folders are absolute."""

    __slots__ = ("depth", "emails", "ignored", "learnt", "listed", "roots")

    def __init__(
        self,
        listed: list[str],
        roots: list[str],
        learnt: list[str],
        ignored: list[str],
        emails: list[str],
        depth: int = DEPTH,
    ) -> None:
        self.listed = listed
        self.roots = roots
        self.learnt = learnt
        self.ignored = ignored
        self.emails = emails
        self.depth = depth

    def origin(self, folder: str) -> str | None:
        """Return why a folder is looked at: listed, learnt or found; None where it is not."""
        if folder in self.listed:
            return "listed"
        if any(folder == one or folder.startswith(one + os.sep) for one in self.ignored):
            return None
        if folder in self.learnt:
            return "learnt"
        if any(f"{folder}{os.sep}".startswith(one.rstrip(os.sep) + os.sep) for one in self.roots):
            return "found"
        return "listed" if any(folder.startswith(one + os.sep) for one in self.listed) else None


class Seen:
    """A repository as a look found it. `head` is what is known of it from before; None for nothing."""

    __slots__ = ("error", "file", "folder", "head", "note", "origin", "repository", "tips")

    def __init__(self, folder: str, origin: str) -> None:
        self.folder = folder
        self.origin = origin
        self.repository: Repository | None = None
        self.file = ""  # in the cache
        self.head: cache.Row | None = None
        self.tips: str | None = None
        self.note: str | None = None
        self.error: str | None = None

    def is_new(self, since: int) -> bool:
        """Tell whether there is anything to read since a moment that has not been read."""
        head = self.head
        return self.error is None and (
            head is None
            or head["tips"] != self.tips
            or not isinstance(head["since"], int)
            or head["since"] > since
        )


def look(
    plan: LookPlan, cache_folder: str, environ: dict[str, str], patience: float = PATIENCE
) -> list[Seen]:
    """Return every repository of a plan, each once, worktrees of one repository included.

    One that is gone, or that does not answer within `patience` seconds, comes with its error.
    """
    heads = cache.heads(cache_folder)
    folders: dict[str, str | None] = {}  # each with its error
    for root, found in zip(
        plan.roots, answers([_below(root, plan) for root in plan.roots], patience), strict=True
    ):
        if isinstance(found, Exception):
            folders[root] = _said(found)
        else:
            folders.update(dict.fromkeys(found))
    folders.update(dict.fromkeys((*plan.listed, *plan.learnt, *(str(head["path"]) for _, head in heads))))
    wanted = [Seen(folder, origin) for folder in folders if (origin := plan.origin(folder)) is not None]
    identity = _identity(plan.emails, environ)
    out: dict[str, Seen] = {}
    while wanted:
        more: list[Seen] = []
        asked = answers([_question(seen.folder) for seen in wanted], patience)
        for seen, found in zip(wanted, asked, strict=True):
            if isinstance(found, Exception):
                seen.error = folders.get(seen.folder) or _said(found)
            else:
                seen.repository, seen.tips, seen.note, inner = found
                seen.tips = f"{seen.tips} {identity}"
                known = {one.folder for one in (*wanted, *out.values())}
                more += [Seen(one, seen.origin) for one in inner if one not in known]
            key = seen.repository.common if seen.repository is not None else seen.folder
            out.setdefault(key, seen)
        wanted = [seen for seen in more if plan.origin(seen.folder) is not None]
    for key, seen in out.items():
        _recall(seen, key, heads, cache_folder)
    return sorted(out.values(), key=lambda seen: (os.path.basename(seen.folder), seen.folder))


def _recall(seen: Seen, key: str, heads: list[tuple[str, cache.Row]], folder: str) -> None:
    """Find what is known of a repository; of one that is gone by its folder alone."""
    seen.file = cache.file_of(folder, "git", key)
    for path, head in heads:
        if path == seen.file or (seen.repository is None and head["path"] == seen.folder):
            seen.file, seen.head = path, head
            return


def changed(cache_folder: str, environ: dict[str, str], emails: list[str], patience: float) -> list[str]:
    """Return the names of the repositories in which something has happened since they were read."""
    heads = [head for _, head in cache.heads(cache_folder) if head["kind"] == "git" and head["error"] is None]
    identity = _identity(emails, environ)

    def question(head: cache.Row) -> Callable[[], bool]:
        def ask() -> bool:
            found = repository_at(str(head["path"]))
            return found is not None and f"{tips(found)} {identity}" != head["tips"]

        return ask

    found = answers([question(head) for head in heads], patience, whole=patience)
    return [str(head["name"]) for head, answer in zip(heads, found, strict=True) if answer is True]


def _below(root: str, plan: LookPlan) -> Callable[[], list[str]]:
    return lambda: below(root, plan.depth)


def _question(folder: str) -> Callable[[], tuple[Repository, str, str | None, list[str]]]:
    def ask() -> tuple[Repository, str, str | None, list[str]]:
        found = repository_at(folder)
        if found is None:
            raise FileNotFoundError(0, "is not a repository")
        return found, tips(found), state(found), submodules(found)

    return ask


def _said(error: Exception) -> str:
    """Return why a folder cannot be read, as the rest of a sentence about it."""
    if isinstance(error, TimeoutError):
        return SILENT
    if isinstance(error, FileNotFoundError):
        return "is not a repository" if error.strerror == "is not a repository" else "is gone"
    if isinstance(error, PermissionError):
        return "may not be read: permission denied"
    return f"cannot be read: {(getattr(error, 'strerror', None) or str(error)).lower()}"


def _identity(emails: list[str], environ: dict[str, str]) -> str:
    """Return a text that changes with what makes a commit one's own: addresses, and the user's gitconfig."""
    home = environ.get("HOME") or os.path.expanduser("~")
    base = environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    own = environ.get("GIT_CONFIG_GLOBAL")
    files = [own] if own else [os.path.join(base, "git", "config"), os.path.join(home, ".gitconfig")]
    stamps = []
    for path in files:
        try:
            stamps.append(stamp_of(path))
        except OSError:
            stamps.append("?")
    return f"{crc32(repr((emails, stamps)).encode('utf-8', 'replace')):08x}"


def answers(questions: list[Callable[[], object]], patience: float, whole: float = 60.0) -> list:  # type: ignore[type-arg]
    """Return what each question answers, an exception included; TimeoutError where nothing comes.

    They are asked one after the other in a thread: `patience` seconds for each, `whole` for all. A thread
    that hangs is left behind, since a call to a dead mount cannot be ended.
    """
    out: list[object] = [TimeoutError()] * len(questions)
    begun = 0
    left = whole
    while begun < len(questions) and left > 0:
        turn = _Turn(questions, out, begun)
        _thread.start_new_thread(turn.run, ())
        while True:
            before = turn.at
            if turn.done.acquire(timeout=min(patience, left)):
                return out
            left -= patience
            if turn.at == before or left <= 0:
                break
        turn.over = True
        begun = before + 1
    return out


class _Turn:
    """One thread's way through the questions."""

    def __init__(self, questions: list[Callable[[], object]], out: list[object], at: int) -> None:
        self.questions = questions
        self.out = out
        self.at = at
        self.over = False
        self.done = _thread.allocate_lock()
        self.done.acquire()

    def run(self) -> None:
        while self.at < len(self.questions) and not self.over:
            try:
                found: object = self.questions[self.at]()
            except Exception as error:
                found = error
            if self.over:
                return
            self.out[self.at] = found
            self.at += 1
        self.done.release()
