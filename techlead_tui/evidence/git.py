"""Ask git for the user's own commits in a way that runs nothing of the repository's.

The one module that starts git. A repository is foreign: its configuration may name programs (hooks, pager,
gpg, textconv, fsmonitor, ssh command), and a partial clone fetches what it lacks. Each of them is turned off,
by option or by environment; nothing of it is read but commits and the numbers of their lines.
"""

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from techlead_tui.core.attribution import NAME, people_of
from techlead_tui.core.evidence import CoAuthor
from techlead_tui.core.shipped import counts
from techlead_tui.evidence.repository import Repository, boundary, detached, is_hash, objects_in
from techlead_tui.process import Finished, run

SMALL = 200_000  # objects up to which all history is walked: a commit with a wrong date then hides none
TOO_OLD = "since-as-filter"  # what git before 2.37 does not know
MOST = 32 * 1024 * 1024  # bytes of one answer
LAST_MOMENT = 253_370_764_800  # 9999-01-01: what comes after is no date
SUMMARY = 200  # characters of a summary that are kept
BODY = 64 * 1024  # bytes of a message in which co-authors are looked for

FIELDS = ("%H", "%P", "%T", "%at", "%ct", "%an", "%ae", "%s", "%b")
MARK = b"\x01"  # begins a commit; no number of lines does
OFF = (
    "log.showSignature=false",
    "log.showRoot=true",
    "log.mailmap=false",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "diff.renames=true",
    "diff.submodule=short",
    "diff.algorithm=myers",
    "gc.auto=0",
)
KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH")


class OwnCommit(NamedTuple):
    """A commit as git tells of it."""

    uid: str
    parents: tuple[str, ...]
    tree: str
    moment: int  # of the author, in seconds since 1970
    committed: int
    name: str  # of the author
    email: str
    summary: str
    people: tuple[CoAuthor, ...]  # co-authors
    files: Mapping[str, tuple[int, int]] | None  # lines added and removed; None where git cannot tell

    @property
    def counted(self) -> dict[str, tuple[int, int]]:
        """Return the lines of the files that count."""
        return {path: lines for path, lines in (self.files or {}).items() if counts(path)}


class CommitList(NamedTuple):
    commits: tuple[OwnCommit, ...]
    error: str | None = None  # why there may be more
    note: str | None = None


def environment(environ: Mapping[str, str], folder: str) -> dict[str, str]:
    """Return the variables that git is to see: no setting of another repository's, no way out, English."""
    kept = {
        name: value
        for name, value in environ.items()
        if name in KEPT or not name.startswith(("GIT_", "LC_", "SSH_ASKPASS"))
    }
    return kept | {
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_ASKPASS": "",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": os.path.dirname(os.path.realpath(folder)),
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def ask(repository: Repository, words: Sequence[str], seconds: float, environ: Mapping[str, str]) -> Finished:
    """Run one of git's own reading commands. Only commands that this module names ever get here."""
    off = [part for setting in OFF for part in ("-c", setting)]
    args = ["git", "-C", repository.folder, "--no-pager", *off, *words]
    return run(args, environment(environ, repository.folder), seconds, MOST)


def email_of(repository: Repository, seconds: float, environ: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the effective `user.email`, includes and all (empty for none), and why it cannot be told.

    Reading it runs nothing.
    """
    done = ask(repository, ["config", "--get", "user.email"], seconds, environ)
    if done.failure is not None or done.code not in (0, 1):  # 1: there is none
        return "", _reason(done)
    return done.out.decode("utf-8", "replace").strip(), None


def is_ancestor(
    repository: Repository, one: str, other: str, seconds: float, environ: Mapping[str, str]
) -> bool:
    """Tell whether a commit is in the history of another; also where git cannot tell."""
    return ask(repository, ["merge-base", "--is-ancestor", one, other], seconds, environ).code != 1


def own_commits(
    repository: Repository,
    emails: Sequence[str],
    since: int,
    seconds: float,
    environ: Mapping[str, str],
) -> CommitList:
    """Return the commits of these addresses, merges left out, committed since a moment, on any branch.

    Without the ends of a shallow clone, which look as if they had made everything. Where a partial clone
    lacks the files, the lines of a commit are unknown.
    """
    if not emails:
        return CommitList(
            (), "no address of yours is known: add `emails` to config.toml, or set git's user.email"
        )
    words = _log_words(repository, "--author", emails)
    age = f"--since-as-filter=@{since} +0000" if objects_in(repository) <= SMALL else f"--max-age={since}"
    done = ask(repository, [*words, age, "--numstat", "--"], seconds, environ)
    if TOO_OLD in done.err:
        age = f"--max-age={since}"
        done = ask(repository, [*words, age, "--numstat", "--"], seconds, environ)
    commits = {commit.uid: commit for commit in _read(done, files=True)}
    note = None
    if done.failure is None and "promisor" in done.err:
        whole = set(commits) - set(list(commits)[-1:])  # the last one was cut short
        done = ask(repository, [*words, age, "--no-patch", "--"], seconds, environ)
        bare = _read(done, files=False)
        commits = {one.uid: commits[one.uid] if one.uid in whole else one for one in bare}
        note = "a partial clone: the lines of some commits are not here"
    skipped = boundary(repository)
    wanted = {email.casefold() for email in emails}
    own = [one for one in commits.values() if one.email.casefold() in wanted and one.uid not in skipped]
    dated = [one for one in own if 0 <= one.moment < LAST_MOMENT]
    if len(dated) < len(own):
        note = f"{len(own) - len(dated)} commits have a date that there is not"
    return CommitList(tuple(dated), None if done.good else _reason(done), note)


def commits_with(
    repository: Repository,
    emails: Sequence[str],
    since: int,
    seconds: float,
    environ: Mapping[str, str],
) -> CommitList:
    """Return the commits of others that name one of these addresses as co-author, without their lines."""
    words = [*_log_words(repository, "--grep", emails), f"--max-age={since}", "--no-patch", "--"]
    done = ask(repository, words, seconds, environ)
    wanted = {email.casefold() for email in emails}
    found = [
        one
        for one in _read(done, files=False)
        if one.email.casefold() not in wanted
        and any(person.email.casefold() in wanted for person in one.people)
        and 0 <= one.moment < LAST_MOMENT
    ]
    return CommitList(tuple(found), None if done.good else _reason(done))


def _log_words(repository: Repository, field: str, emails: Sequence[str]) -> list[str]:
    return [
        "log",
        *("--branches", "--remotes", "--ignore-missing", "--no-merges"),
        *(
            "--no-show-signature",
            "--no-ext-diff",
            "--no-textconv",
            "--no-notes",
            "--no-mailmap",
            "--no-color",
        ),
        *("--no-relative", "--ignore-submodules=all", "-O" + os.devnull, "--encoding=UTF-8", "-z"),
        "--format=format:%x01" + "%x00".join(FIELDS) + "%x00",
        *("-F", "-i"),
        *(f"{field}=<{email}>" for email in emails),
        *detached(repository),
    ]


def _read(done: Finished, *, files: bool) -> list[OwnCommit]:
    """Return the commits of an answer; what was cut off at its end is left out."""
    parts = done.out.split(b"\0")
    if not done.good:
        parts = parts[:-1]
    out: list[OwnCommit] = []
    at = 0
    while at + len(FIELDS) <= len(parts):
        part = parts[at]
        if not part.startswith(MARK) or not is_hash(part[1:].decode("ascii", "replace")):
            at += 1
            continue
        fields = [part[1:], *parts[at + 1 : at + len(FIELDS)]]
        at += len(FIELDS)
        lines, at = _lines(parts, at)
        commit = _commit(fields, lines if files else None)
        if commit is not None:
            out.append(commit)
    return out


def _lines(parts: list[bytes], at: int) -> tuple[dict[str, tuple[int, int]], int]:
    """Return the numbers of lines by path that stand from a place on, and the place after them."""
    found: dict[str, tuple[int, int]] = {}
    while at < len(parts) and not parts[at].startswith(MARK):
        added, tab, rest = parts[at].lstrip(b"\n").partition(b"\t")
        removed, second, path = rest.partition(b"\t")
        at += 1
        if not tab or not second:
            continue
        if not path:  # renamed: the old name and the new one follow
            path = parts[at + 1] if at + 1 < len(parts) else b""
            at += 2
        numbers = [int(each) if each.isdigit() else 0 for each in (added, removed)]
        found[path.decode("utf-8", "replace")] = (numbers[0], numbers[1])
    return found, at


def _commit(fields: Sequence[bytes], files: dict[str, tuple[int, int]] | None) -> OwnCommit | None:
    uid, parents, tree, moment, committed, name, email, summary, body = fields
    try:
        moments = int(moment), int(committed)
    except ValueError:
        return None
    raw = (parents, tree, name, email, summary, body[-BODY:])
    text = [part.decode("utf-8", "replace") for part in raw]
    return OwnCommit(
        uid=uid.decode("ascii"),
        parents=tuple(text[0].split()),
        tree=text[1],
        moment=moments[0],
        committed=moments[1],
        name=inert(text[2], NAME),
        email=text[3],
        summary=inert(text[4]),
        people=people_of(text[5]),
        files=files,
    )


def inert(text: str, most: int = SUMMARY) -> str:
    """Return foreign text as one line without anything that a terminal acts upon, cut to a length."""
    text = text[: most * 8]
    kept = "".join(char if char.isprintable() else " " if char.isspace() else "" for char in text).strip()
    return kept if len(kept) <= most else kept[: most - 1] + "…"


def _reason(done: Finished) -> str:
    """Return why git did not answer, as a sentence."""
    if done.failure is not None:
        return f"git {done.failure}"
    said = done.err.strip()
    if "dubious ownership" in said or "unsafe repository" in said:
        return "belongs to another user; git's safe.directory says whom you trust"
    if "not a git repository" in said:
        return "is not a repository that git can read"
    if "bad config" in said or "bad numeric config" in said or "config file" in said:
        return f"its configuration is wrong: {_first(said)}"
    return f"git says: {_first(said)}" if said else f"git ended with {done.code}"


def _first(said: str) -> str:
    line = next((line for line in said.splitlines() if line.startswith(("fatal: ", "error: "))), said)
    return inert(line.removeprefix("fatal: ").removeprefix("error: "), 160)


def everybody(repository: Repository, since: int, seconds: float, environ: Mapping[str, str]) -> int | None:
    """Return how many commits everybody wrote since a moment, merges left out; None where git cannot tell.

    One that was rebased is one: the author's time and address tell.
    """
    words = [
        *("log", "--branches", "--remotes", "--ignore-missing", "--no-merges", f"--max-age={since}"),
        *("--no-patch", "--no-show-signature", "--no-notes", "--no-mailmap", "--no-color"),
        "--format=format:%at %ae",
        *detached(repository),
        "--",
    ]
    done = ask(repository, words, seconds, environ)
    if not done.good:
        return None
    skipped = len(boundary(repository))
    lines = {line for line in done.out.split(b"\n") if line and _moment_of(line) >= since}
    return max(0, len(lines) - skipped)


def _moment_of(line: bytes) -> int:
    head = line.split(b" ")[0]
    return int(head) if head.isdigit() else 0
