"""Scan the repositories and ask the commands that the user wants evidence from; tell what is known of them.

Imports next to nothing until something has changed: a second scan is to cost no more than `techlead now`.
"""

from __future__ import annotations

import os
from _collections_abc import Callable

from techlead_tui.config import compiled
from techlead_tui.config.local_time import Clock
from techlead_tui.config.paths import Folders, make_folder
from techlead_tui.evidence import cache, checkout
from techlead_tui.evidence.look import PATIENCE, LookPlan, Seen, changed, look

WEEKS = 26  # that a scan reads, as many as the heat map shows
WEEK = 7 * 86400


class ScanResult:
    """Hold what a scan did: the repositories, the folders of those that were read anew, and the commands."""

    __slots__ = ("commands", "news", "read", "seen")

    def __init__(self, seen: list[Seen], read: list[str], commands: list[cache.Row], news: bool) -> None:
        self.seen = seen
        self.read = read
        self.commands = commands  # the head of each
        self.news = news  # whether anything may be known now that was not


def plan_of(folders: Folders) -> LookPlan:
    """Return what config.toml and earlier sessions want looked at. DataError."""
    settings = _settings(folders)
    listed, roots, ignored = (
        [in_full(str(one), folders.config) for one in _texts(settings.get(key))]
        for key in ("repositories", "repository_roots", "repositories_ignored")
    )
    depth = settings.get("repository_depth")
    return LookPlan(
        listed=listed,
        roots=roots,
        learnt=checkout.learnt(folders.data),
        ignored=ignored,
        emails=_texts(settings.get("emails")),
        **({"depth": depth} if isinstance(depth, int) else {}),
    )


def in_full(path: str, config_dir: str) -> str:
    """Return a folder of config.toml as an absolute path; a relative one is beside that file."""
    return os.path.normpath(os.path.join(config_dir, os.path.expanduser(path)))


def scan(
    folders: Folders,
    clock: Clock,
    progress: Callable[[int, int, str], None] | None = None,
    *,
    weeks: int = WEEKS,
    fresh: bool = False,
    command_age: int = 0,
    at_once: int | None = None,
) -> ScanResult:
    """Read what has changed since the last scan, with `fresh` everything. DataError.

    `progress` is told how many repositories are done, of how many, and the name of the last one. A command
    that was asked within `command_age` seconds is not asked again. `at_once` is how many repositories are
    read at the same time.
    """
    plan, now = plan_of(folders), clock.moment()
    folder = cache.folder_of(folders.cache)
    environ = dict(os.environ)
    seen = look(plan, folder, environ)
    since = now - weeks * WEEK
    wanted = [one for one in seen if one.is_new(since) or (fresh and one.error is None)]
    commands = _texts(_settings(folders).get("evidence_commands"))
    try:
        make_folder(folder)
        if wanted:
            from techlead_tui.evidence.scan import LIMITS
            from techlead_tui.evidence.scan import scan as read

            limits = LIMITS if at_once is None else LIMITS._replace(workers=at_once)
            read(
                wanted,
                plan.emails,
                since,
                now,
                environ,
                progress or (lambda _done, _all, _name: None),
                limits,
            )
        told = _tell_changes(seen)
        files = [one.file for one in seen]
        if commands:
            files += _ask(folders, now, environ, command_age)
        _forget(folder, files)
    except OSError as error:
        from techlead_tui.errors import not_saved

        raise not_saved(error) from None
    heads = [head for _, head in cache.heads(folder) if head["kind"] == "command"] if commands else []
    return ScanResult(seen, [one.folder for one in wanted], heads, bool(wanted or told or heads))


def _tell_changes(seen: list[Seen]) -> bool:
    """Put down what cannot be read any more, or can again; tell whether there is any."""
    changes = [
        one
        for one in seen
        if one.head is None or one.head["error"] != one.error or one.head["origin"] != one.origin
    ]
    if changes:
        from techlead_tui.evidence.scan import tell

        for one in changes:
            tell(one)
    return bool(changes)


def _forget(folder: str, kept: list[str]) -> None:
    """Remove what is known of sources that nobody asks for any more."""
    from techlead_tui import fs

    for path, _ in cache.heads(folder):
        if path not in kept:
            fs.remove(path)


def _ask(folders: Folders, now: int, environ: dict[str, str], age: int) -> list[str]:
    from techlead_tui.config.settings_cache import load_settings
    from techlead_tui.evidence.command import SourceCommand, refresh

    wanted = load_settings(folders.config, folders.cache).evidence_commands
    commands = [SourceCommand(one.name, one.args, one.seconds) for one in wanted]
    return refresh(commands, cache.folder_of(folders.cache), now, environ, age)


def drop(folders: Folders) -> None:
    """Remove what is known of repositories that nobody asks for any more; what cannot be removed stays."""
    from techlead_tui import fs

    plan = plan_of(folders)
    for path, head in cache.heads(cache.folder_of(folders.cache)):
        if head["kind"] == "git" and plan.origin(str(head["path"])) is None:
            try:
                fs.remove(path)
            except OSError:
                continue


def stale(folders: Folders) -> list[str]:
    """Return the names of the repositories in which something has happened since the last scan, or that it
    has not seen.

    Reads refs alone, and for no longer than a second. DataError.
    """
    plan, folder = plan_of(folders), cache.folder_of(folders.cache)
    known = {str(head["path"]) for _, head in cache.heads(folder)}
    new = [one for one in (*plan.listed, *plan.learnt) if one not in known and plan.origin(one) is not None]
    return [
        *(os.path.basename(one) for one in dict.fromkeys(new)),
        *changed(folder, dict(os.environ), plan.emails, 1.0),
    ]


def sources(folders: Folders) -> list[Seen]:
    """Return the repositories there are, each with what the last scan knew of it. DataError."""
    return look(plan_of(folders), cache.folder_of(folders.cache), dict(os.environ), PATIENCE)


def _settings(folders: Folders) -> dict[str, object]:
    known = compiled.settings(folders.config, folders.cache)
    if known is not None:
        return known
    from techlead_tui.config.settings_cache import load_settings

    return load_settings(folders.config, folders.cache)._asdict()


def _texts(value: object) -> list:  # type: ignore[type-arg]
    return list(value) if isinstance(value, list | tuple) else []
