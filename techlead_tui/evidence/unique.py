"""Count work once: what was rebased, cherry-picked or squashed stands in a repository several times."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from techlead_tui.evidence.git import OwnCommit

Ancestor = Callable[[str, str], bool]
MOST_ASKED = 20  # pairs of commits that git is asked about


def once(commits: Sequence[OwnCommit], is_ancestor: Ancestor) -> list[OwnCommit]:
    """Return each commit once: copies by rebase and cherry-pick keep author and author date.

    They keep the summary too, or else the files with their lines, where a commit was only reworded; of these
    none is in the history of the other, as it is where one made two commits within a second.
    """
    by_uid = {commit.uid: commit for commit in commits}
    out: dict[tuple[int, str, str], OwnCommit] = {}
    same_moment: dict[tuple[int, str], list[OwnCommit]] = {}
    asked = 0
    for commit in commits:
        author = (commit.moment, commit.email.casefold())
        known = out.get((*author, commit.summary))
        if known is not None:
            if known.files is None and commit.files is not None:
                out[(*author, commit.summary)] = commit
            continue
        beside = same_moment.setdefault(author, [])
        copies = [one for one in beside if commit.files and one.files == commit.files]
        for copy in copies:
            if asked < MOST_ASKED and not (_follows(copy, commit, by_uid) or _follows(commit, copy, by_uid)):
                asked += 1
                if not (is_ancestor(commit.uid, copy.uid) or is_ancestor(copy.uid, commit.uid)):
                    break
        else:
            out[(*author, commit.summary)] = commit
            beside.append(commit)
    return list(out.values())


def _follows(commit: OwnCommit, other: OwnCommit, by_uid: dict[str, OwnCommit]) -> bool:
    """Tell whether a commit comes after another one by the user's own commits alone."""
    return any(one.uid == other.uid for one in _branch(commit, by_uid))


def without_squashes(
    commits: Sequence[OwnCommit], tips: Collection[str], is_ancestor: Ancestor
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
