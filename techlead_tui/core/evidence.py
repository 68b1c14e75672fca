"""Hold what bears witness to the work that was done (M14): own commits, and events that commands tell of.

A commit is evidence of a day's work, never a target: its lines are counted so that a day can be told from
another. What counts as shipped is unique, one's own, no merge, and more than lock files and the like.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from techlead_tui.core.commit_matching import match

EVENT_KINDS = ("commit", "review", "deploy", "incident")


class CoAuthor(NamedTuple):
    """Somebody that a commit's `Co-authored-by` names."""

    name: str
    email: str


class Commit(NamedTuple):
    """One of the user's own commits."""

    uid: str  # its hash
    repo: str  # as sessions name it
    at: datetime  # when it was written (author date), aware, on the user's clocks
    summary: str  # one line without control characters
    lines_added: int | None = None  # generated files left out; None where git cannot tell
    lines_removed: int | None = None
    shipped: bool = True  # changes something else than lock files, vendored and minified files
    colleagues: tuple[CoAuthor, ...] = ()  # who wrote along: evidence of pairing
    assistants: tuple[CoAuthor, ...] = ()  # assistants and bots that did

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def lines(self) -> int:
        return (self.lines_added or 0) + (self.lines_removed or 0)


class Event(NamedTuple):
    """Hold what a command of the user's told: a review, a deploy, an incident."""

    at: datetime  # aware, on the user's clocks
    kind: str  # one of EVENT_KINDS but commit
    title: str
    url: str | None
    source: str  # the name of the command

    @property
    def day(self) -> date:
        return self.at.date()


class EvidenceSource(NamedTuple):
    """A repository or a command, and how the last look at it went."""

    name: str
    kind: str  # git or command
    path: str  # the folder of a repository; empty for a command
    scanned: datetime | None  # when it was last read
    since: datetime | None  # from when on its commits are known; None of a command that tells of none
    error: str | None = None  # why it could not be read; what was read before still stands
    note: str | None = None  # what else there is to know: in the middle of a rebase, a shallow clone


class Worked(NamedTuple):
    """A stretch of logged work, as far as a commit can be matched with it."""

    uid: str
    start: datetime
    end: datetime
    repo: str | None


class DayCount(NamedTuple):
    """A day's own commits."""

    commits: int = 0
    shipped: int = 0
    lines_added: int = 0
    lines_removed: int = 0
    paired: int = 0  # with a colleague
    assisted: int = 0  # with an assistant or a bot
    repos: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """Hold what is known of a span of days; without any source nothing is known, which accuses nobody."""

    commits: tuple[Commit, ...] = ()  # in order of time
    events: tuple[Event, ...] = ()
    sources: tuple[EvidenceSource, ...] = ()
    co_authored: tuple[Commit, ...] = ()  # colleagues' commits that name the user: the first colleague drove

    @property
    def known(self) -> bool:
        """Tell whether any repository, or command that tells of commits, has ever been read."""
        return any(source.since is not None for source in self.sources)

    @property
    def shipped(self) -> tuple[Commit, ...]:
        return tuple(commit for commit in self.commits if commit.shipped)

    def between(self, begin: date, end: date) -> "Evidence":
        """Return the evidence of the days from `begin` up to, not including, `end`."""
        return self._replace(
            commits=tuple(commit for commit in self.commits if begin <= commit.day < end),
            events=tuple(event for event in self.events if begin <= event.day < end),
            co_authored=tuple(commit for commit in self.co_authored if begin <= commit.day < end),
        )


def sessions_of(commits: Sequence[Commit], sessions: Iterable[Worked]) -> dict[str, str | None]:
    """Return the uid of each commit's session, by the commit's uid; None for a commit without one."""
    spans = [
        (session.uid, int(session.start.timestamp()), int(session.end.timestamp()), session.repo)
        for session in sessions
    ]
    found = match(spans, [(int(commit.at.timestamp()), commit.repo) for commit in commits])
    return {commit.uid: uid for commit, uid in zip(commits, found, strict=True)}


def per_day(commits: Iterable[Commit]) -> dict[date, DayCount]:
    """Return what was committed each day, of the days on which anything was."""
    out: dict[date, DayCount] = {}
    for commit in commits:
        seen = out.get(commit.day, DayCount())
        out[commit.day] = DayCount(
            commits=seen.commits + 1,
            shipped=seen.shipped + commit.shipped,
            lines_added=seen.lines_added + (commit.lines_added or 0),
            lines_removed=seen.lines_removed + (commit.lines_removed or 0),
            paired=seen.paired + bool(commit.colleagues),
            assisted=seen.assisted + bool(commit.assistants),
            repos=tuple(dict.fromkeys((*seen.repos, commit.repo))),
        )
    return out


def pairing(commits: Iterable[Commit]) -> dict[str, int]:
    """Return how many commits each colleague wrote along with the user, by name, most first.

    Own commits tell of those in which the user drove; `co_authored` of the others.
    """
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for commit in commits:
        for person in commit.colleagues:
            counts[person.email] = counts.get(person.email, 0) + 1
            names[person.email] = person.name
    most = sorted(counts, key=lambda email: (-counts[email], names[email]))
    out: dict[str, int] = {}
    for email in most:
        name = names[email] or email
        out[name] = out.get(name, 0) + counts[email]
    return out
