"""How many commits everybody wrote: what the own share of a campaign is of (M14)."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from techlead_tui.evidence.git import everybody
from techlead_tui.evidence.repository import repository_at
from tests.conftest import environment
from tests.evidence.conftest import BEN, commit, git, made

pytestmark = pytest.mark.process
MONDAY = int(datetime.fromisoformat("2026-11-23T00:00:00+00:00").timestamp())


def count(folder: Path, since: int = MONDAY) -> int | None:
    repository = repository_at(str(folder))
    assert repository is not None
    return everybody(repository, since, 30.0, environment(HOME=os.devnull, GIT_CONFIG_NOSYSTEM="1"))


def test_commits_of_all_since_a_day_count_once_each(tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "before", "2026-11-20T10:00:00+0000")
    commit(repo, "mine", "2026-11-23T10:00:00+0000")
    commit(repo, "yours", "2026-11-23T11:00:00+0000", who=BEN)
    git(repo, "checkout", "-q", "-b", "side", "HEAD~1")
    git(repo, "cherry-pick", "--allow-empty", "main", at="2026-11-24T09:00:00+0000")
    commit(repo, "on a branch", "2026-11-24T10:00:00+0000", who=BEN)
    git(repo, "checkout", "-q", "main")
    git(repo, "merge", "-q", "--no-ff", "-m", "merge", "side", at="2026-11-24T11:00:00+0000")
    assert count(repo) == 3
    assert count(repo, 0) == 4


def test_it_runs_nothing_of_the_repository(tmp_path: Path) -> None:
    repo, canary = made(tmp_path / "billing"), tmp_path / "canary"
    commit(repo, "mine")
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n")
    script.chmod(0o755)
    for name in ("gpg.program", "core.pager", "core.fsmonitor", "diff.external", "core.sshCommand"):
        git(repo, "config", name, str(script))
    git(repo, "config", "log.showSignature", "true")
    assert count(repo) == 1
    assert not canary.exists()


def test_what_git_cannot_read_is_not_known(tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "mine")
    for file in (repo / ".git" / "objects").rglob("*"):
        if file.is_file():
            file.chmod(0o600)
            file.write_bytes(b"x")
    assert count(repo) is None
