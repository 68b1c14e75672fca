"""Count work once: what was rebased, cherry-picked or squashed stands in a repository several times."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from techlead_tui.evidence.git import OwnCommit


def once(commits: Iterable[OwnCommit]) -> list[OwnCommit]:
    """Return each commit once: copies by rebase and cherry-pick keep author, author date and summary."""
    out: dict[tuple[int, str, str], OwnCommit] = {}
    for commit in commits:
        key = (commit.moment, commit.email.casefold(), commit.summary)
        known = out.get(key)
        if known is None or (known.files is None and commit.files is not None):
            out[key] = commit
    return list(out.values())


def without_squashes(
    commits: Sequence[OwnCommit], tips: Collection[str], is_ancestor: Callable[[str, str], bool]
) -> list[OwnCommit]:
    """Return the commits without those that squash others that are still there, on a branch of their own.

    A squash has the tree of the branch that it takes in, or exactly its lines in exactly its files. `tips`
    are the last commits of branches; `is_ancestor` is asked whether one has been merged instead.
    """
    by_uid = {commit.uid: commit for commit in commits}
    parents = {parent for commit in commits for parent in commit.parents}
    squashes: set[str] = set()
    for tip in commits:
        if tip.uid not in tips or tip.uid in parents:
            continue
        branch = _branch(tip, by_uid)
        own = {one.uid for one in branch}
        squashes.update(
            squash.uid
            for squash in commits
            if squash.uid not in own and _takes_in(squash, branch) and not is_ancestor(tip.uid, squash.uid)
        )
    return [commit for commit in commits if commit.uid not in squashes]


def _branch(tip: OwnCommit, by_uid: dict[str, OwnCommit]) -> list[OwnCommit]:
    """Return a commit and those before it, the newest first, as far as they are the user's own."""
    out = [tip]
    while len(out[-1].parents) == 1 and out[-1].parents[0] in by_uid:
        out.append(by_uid[out[-1].parents[0]])
    return out


def _takes_in(squash: OwnCommit, branch: Sequence[OwnCommit]) -> bool:
    """Tell whether a commit holds the last commits of a branch, two or more, or its very tree."""
    if not squash.files or squash.moment < branch[0].moment:
        return False
    if squash.tree == branch[0].tree and squash.parents != branch[0].parents:
        return True
    sums: dict[str, tuple[int, int]] = {}
    for number, commit in enumerate(branch):
        for path, (added, removed) in (commit.files or {}).items():
            if path not in squash.files:
                return False
            before = sums.get(path, (0, 0))
            sums[path] = (before[0] + added, before[1] + removed)
        if number and sums == squash.files:
            return True
    return False
