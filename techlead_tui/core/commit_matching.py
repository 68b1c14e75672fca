"""Find the session that a commit belongs to. Imports next to nothing: on the path of `techlead sessions`."""

from __future__ import annotations

from bisect import bisect_right

AFTER = 15 * 60  # seconds after a session in which a commit still is of it: one logs, then commits

Span = tuple[str, int, int, str | None]  # uid, start and end in seconds since 1970, repository or None


def match(sessions: list[Span], commits: list[tuple[int, str]]) -> list[str | None]:
    """Return for each commit (moment, repository) the uid of its session, or None.

    A session of another repository is none. Of several that fit, one around the commit goes before one that
    was just over, one that names the repository before one that names none, and a shorter one before a
    longer.
    """
    ordered = sorted(sessions, key=lambda session: session[1])
    longest = max((end - start for _, start, end, _ in ordered), default=0) + AFTER
    starts = [session[1] for session in ordered]
    out: list[str | None] = []
    for moment, repo in commits:
        best: tuple[tuple[bool, bool, int, int], str] | None = None
        at = bisect_right(starts, moment) - 1
        while at >= 0 and starts[at] >= moment - longest:
            uid, start, end, of = ordered[at]
            at -= 1
            if moment > end + AFTER or (of is not None and of != repo):
                continue
            rank = (moment > end, of is None, end - start, -start)
            if best is None or rank < best[0]:
                best = (rank, uid)
        out.append(None if best is None else best[1])
    return out


LEAD = 30 * 60  # seconds of work before a commit that a session is offered for
GAP = 90 * 60  # seconds between two commits of one stretch of work
STEP = 5 * 60  # offered times are whole steps
DAY = 86400


def stretches(commits: list[tuple[int, str]], sessions: list[Span]) -> list[tuple[int, int, list[int]]]:
    """Return the stretches of work that commits without a session stand for: start, end, numbers of commits.

    A stretch is of one repository and a day at most. It begins half an hour before its first commit, after
    whatever session ends before that.
    """
    groups: list[list[int]] = []
    open_groups: dict[str, list[int]] = {}
    for number in sorted(range(len(commits)), key=lambda number: commits[number][0]):
        moment, repo = commits[number]
        group = open_groups.get(repo)
        near = group is not None and moment - commits[group[-1]][0] <= GAP
        if group is None or not near or moment - commits[group[0]][0] > DAY // 2:
            group = open_groups[repo] = []
            groups.append(group)
        group.append(number)
    out = []
    for group in groups:
        first, last = commits[group[0]][0], commits[group[-1]][0]
        before = max((end for _, _, end, _ in sessions if end <= first), default=0)
        start = max(first - LEAD, before)
        start -= start % STEP if start > before else 0
        out.append((start, max(last + -last % STEP, start + STEP), group))
    return out
