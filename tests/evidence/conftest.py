"""Repositories that git makes, with fixed dates, and what is read of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.evidence import Commit, Evidence
from techlead_tui.evidence.cache import load_all
from techlead_tui.planner.evidence import read_evidence
from techlead_tui.planner.repositories import ScanResult, scan
from tests.conftest import environment

ADA, BEN = "Ada <ada@example.org>", "Ben <ben@example.org>"
NOW = datetime.fromisoformat("2026-11-24T11:37:00+00:00")


def git(
    folder: Path,
    *words: str,
    at: str = "2026-11-23T10:00:00+0000",
    who: str = ADA,
    said: str = "",
    **more: str,
) -> str:
    """Run git in a folder, as somebody, at a moment; its stdout."""
    name, _, email = who.removesuffix(">").partition(" <")
    dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    names = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_COMMITTER_NAME": name}
    environ = environment(
        HOME=str(folder), GIT_CONFIG_NOSYSTEM="1", GIT_COMMITTER_EMAIL=email, **dates, **names, **more
    )
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *words],
        cwd=folder,
        env=environ,
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout.strip()


def made(folder: Path, *, email: str = "ada@example.org") -> Path:
    """An empty repository with an address of its own."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q")
    git(folder, "config", "user.email", email)
    return folder


def commit(
    repo: Path,
    summary: str,
    at: str = "2026-11-23T10:00:00+0000",
    files: dict[str, str] | None = None,
    who: str = ADA,
) -> str:
    """Write files (one line in a file of its own by default) and commit them; the hash."""
    for name, text in ({f"{summary[:20]}.txt": "line\n"} if files is None else files).items():
        path = repo / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(repo, "add", "-A", at=at, who=who)
    git(repo, "commit", "-q", "--allow-empty", "-F", "-", at=at, who=who, said=summary)
    return git(repo, "rev-parse", "HEAD")


class Home(NamedTuple):
    """A home of techlead's, with config.toml."""

    folders: Folders

    def wants(self, *repositories: Path, more: str = "") -> None:
        """Write config.toml, with these repositories in it."""
        listed = ", ".join(f"'{path}'" for path in repositories)
        os.makedirs(self.folders.config, exist_ok=True)
        text = f"{more}\n" if more.startswith("emails") else ""
        rest = "" if more.startswith("emails") else more
        Path(self.folders.config, "config.toml").write_text(
            f"{text}[evidence]\nrepositories = [{listed}]\n{rest}\n"
        )

    def scan(self, **options: object) -> ScanResult:
        return scan(self.folders, StillClock(NOW), **options)  # type: ignore[arg-type]

    def commits(self) -> list[Commit]:
        return list(self.evidence().commits)

    def evidence(self) -> Evidence:
        return read_evidence(self.folders, NOW.tzinfo)  # type: ignore[arg-type]

    def read(self, *repositories: Path, more: str = "") -> list[Commit]:
        """Scan these repositories, of which none may be wrong; their commits in order of time."""
        self.wants(*repositories, more=more)
        assert [seen.error for seen in self.scan().seen if seen.error] == []
        return self.commits()

    def heads(self) -> list[dict[str, object]]:
        return [found.head for found in load_all(self.folders.cache)]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    return Home(Folders.under(str(tmp_path / "home")))


def summaries(commits: Sequence[Commit]) -> list[str]:
    return [one.summary for one in commits]
