"""Read the user's own commits of many repositories into the cache, each within its time."""

import os
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from techlead_tui.core.attribution import divided
from techlead_tui.core.evidence import CoAuthor
from techlead_tui.evidence import cache, git, identity
from techlead_tui.evidence.cache import CO_AUTHORED, Row
from techlead_tui.evidence.git import OwnCommit
from techlead_tui.evidence.look import Seen
from techlead_tui.evidence.repository import branch_tips
from techlead_tui.evidence.unique import once, without_squashes

WORKERS = 4
PATIENCE = 30.0  # seconds for one repository
WHOLE = 300.0  # seconds for all of them

Progress = Callable[[int, int, str], None]  # how many are done, of how many, and the name of the last one


class Timeouts(NamedTuple):
    each: float = PATIENCE
    whole: float = WHOLE
    workers: int = WORKERS


LIMITS = Timeouts()


def scan(
    wanted: Sequence[Seen],
    emails: Sequence[str],
    since: int,
    now: int,
    environ: Mapping[str, str],
    progress: Progress = lambda _done, _all, _name: None,
    limits: Timeouts = LIMITS,
) -> None:
    """Read repositories and save what they hold of the user; what goes wrong with one is said in its head.

    `since` and `now` are in seconds since 1970. Each is saved as soon as it is read. OSError where the cache
    cannot be written.
    """
    waiting: queue.SimpleQueue[Seen] = queue.SimpleQueue()
    finished: queue.SimpleQueue[tuple[Seen, _Read]] = queue.SimpleQueue()
    for seen in wanted:
        waiting.put(seen)
    users = identity.UserConfig(environ)

    def work() -> None:
        while True:
            try:
                seen = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                found = _read(seen, emails, since, limits.each, environ, users)
            except Exception as error:
                found = _Read((), f"cannot be read: {error}")
            finished.put((seen, found))

    for _ in range(min(limits.workers, len(wanted))):
        threading.Thread(target=work, daemon=True).start()  # one that hangs on a dead mount is left behind
    end = time.monotonic() + limits.whole
    left = {id(seen): seen for seen in wanted}
    for done in range(1, len(wanted) + 1):
        try:
            seen, found = finished.get(timeout=max(0.0, min(end - time.monotonic(), 3 * limits.each)))
        except queue.Empty:
            break
        del left[id(seen)]
        _save(seen, found, since, now)
        progress(done, len(wanted), os.path.basename(seen.folder))
    for seen in left.values():
        _save(seen, _Read((), "did not answer in time"), since, now)


class _Read(NamedTuple):
    rows: Sequence[Row]
    error: str | None = None
    note: str | None = None


def _read(
    seen: Seen,
    emails: Sequence[str],
    since: int,
    seconds: float,
    environ: Mapping[str, str],
    users: identity.UserConfig,
) -> _Read:
    repository = seen.repository
    assert repository is not None
    own = users.email_of(repository)
    if own is None:
        own, error = git.email_of(repository, seconds, environ)
        if error is not None:
            return _Read((), error)
    addresses = list(dict.fromkeys(email for email in (*emails, own) if "@" in email))
    answer = git.own_commits(repository, addresses, since, seconds, environ)

    def is_ancestor(one: str, other: str) -> bool:
        return git.is_ancestor(repository, one, other, seconds, environ)

    commits = without_squashes(once(answer.commits, is_ancestor), branch_tips(repository), is_ancestor)[::-1]
    small = frozenset(email.casefold() for email in addresses)
    rows = [row_of(commit, repository.name, small) for commit in commits]
    if answer.error is None and any(row["colleagues"] for row in rows):  # else one start of git for nothing
        others = git.commits_with(repository, addresses, since, seconds, environ)
        rows += [row_of_other(one, repository.name, small) for one in once(others.commits, is_ancestor)]
        answer = answer._replace(error=others.error)
    return _Read(rows, answer.error, answer.note)


def row_of(commit: OwnCommit, repo: str, own: frozenset[str]) -> Row:
    """Return a commit as the cache keeps it."""
    colleagues, assistants = divided(commit.people, own)
    known = commit.files is not None
    lines = commit.counted.values()
    everything = sum(added + removed for added, removed in (commit.files or {}).values())
    added, removed = sum(one for one, _ in lines), sum(one for _, one in lines)
    return {
        "moment": commit.moment,
        "uid": commit.uid,
        "repo": repo,
        "summary": commit.summary,
        "lines_added": added if known else None,
        "lines_removed": removed if known else None,
        "lines_left_out": everything - added - removed if known else None,
        "shipped": bool(commit.counted) or not known,
        "colleagues": [list(person) for person in colleagues],
        "assistants": [list(person) for person in assistants],
    }


def row_of_other(commit: OwnCommit, repo: str, own: frozenset[str]) -> Row:
    """Return a colleague's commit that names the user, as the cache keeps it: the author stands first."""
    people = (CoAuthor(commit.name, commit.email), *commit.people)
    return {**row_of(commit._replace(people=people), repo, own), "kind": CO_AUTHORED}


def _save(seen: Seen, found: _Read, since: int, now: int) -> None:
    """Save what was read, and of what was known before what is older or could not be read again."""
    before = cache.load(seen.file)
    failed = found.error is not None
    known = {row["uid"] for row in found.rows}
    copies = {(row["moment"], row["summary"]) for row in found.rows}
    rows = list(found.rows)
    for row in before.rows if before is not None else ():
        moment = row["moment"]
        assert isinstance(moment, int)
        if (moment < since or failed) and row["uid"] not in known and (moment, row["summary"]) not in copies:
            rows.append(row)
    last = before.head if before is not None else {}
    then = last.get("since")
    future = sum(1 for row in rows if isinstance(row["moment"], int) and row["moment"] > now + 86400)
    dated = f"{future} commit{'s' * (future != 1)} dated in the future" if future else None
    notes = [note for note in (seen.note, found.note, dated) if note]
    head: Row = {
        **head_of(seen),
        "scanned": last.get("scanned") if failed else now,
        "since": min(since, then) if isinstance(then, int) else since,
        "tips": None if failed else seen.tips,
        "commits": sum("kind" not in row for row in rows),
        "error": found.error,
        "note": "; ".join(notes) or None,
    }
    cache.save(seen.file, head, rows)
    seen.head, seen.error = head, found.error


def head_of(seen: Seen) -> Row:
    """Return what a head says of a repository itself."""
    name = seen.repository.name if seen.repository is not None else os.path.basename(seen.folder)
    return {"kind": "git", "name": name, "path": seen.folder, "origin": seen.origin}


def tell(seen: Seen) -> None:
    """Put down that a repository cannot be read now, or can again; what is known of it stays. OSError."""
    head = seen.head
    if head is None:
        head = head_of(seen) | {"scanned": None, "since": None, "tips": None, "commits": 0, "note": None}
        cache.save(seen.file, head | {"error": seen.error}, [])
    elif head["error"] != seen.error or head["origin"] != seen.origin:
        known = cache.load(seen.file)
        head = head | {"error": seen.error, "origin": seen.origin}
        cache.save(seen.file, head, known.rows if known is not None else [])
    seen.head = head | {"error": seen.error}
