"""The last commit of a checkout, from git's own log of HEAD."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.evidence.reflog import last_commit, root


def line(moment: object, what: str = "commit: pool") -> str:
    return f"{'0' * 40} {'1' * 40} Ana Bo <ana@x.org> {moment} +0100\t{what}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    (tmp_path / "billing" / ".git" / "logs").mkdir(parents=True)
    (tmp_path / "billing" / "src").mkdir()
    return tmp_path / "billing"


def write(repo: Path, *lines: str) -> None:
    (repo / ".git" / "logs" / "HEAD").write_text("".join(lines))


def test_the_last_commit_in_the_time_counts(repo: Path) -> None:
    write(repo, line(100), line(150, "commit (amend): x"), line(180, "checkout: moving"), line(300))
    assert last_commit(str(repo), 90, 200) == 150
    assert last_commit(str(repo), 150, 200) is None
    assert last_commit(str(repo), 90, 300) == 300


@pytest.mark.parametrize(
    "text",
    ["", "x\n", "\t\n", "a b\tcommit: x\n", line("soon"), line("9" * 40), line(-5), "\x00\xff\tcommit\n" * 3],
)
def test_a_log_that_is_none_gives_none(repo: Path, text: str) -> None:
    write(repo, text)
    assert last_commit(str(repo), 0, 10**9) is None


def test_only_the_end_of_a_long_log_is_read(repo: Path) -> None:
    write(repo, *[line(n) for n in range(1000, 4000)])
    assert last_commit(str(repo), 0, 10**9) == 3999


def test_a_worktree_has_a_log_of_its_own(repo: Path, tmp_path: Path) -> None:
    own = repo / ".git" / "worktrees" / "side"
    (own / "logs").mkdir(parents=True)
    (own / "logs" / "HEAD").write_text(line(42))
    side = tmp_path / "side"
    side.mkdir()
    (side / ".git").write_text(f"gitdir: {own}\n")
    assert last_commit(str(side), 0, 100) == 42


@pytest.mark.parametrize("folder", ["", "/nowhere", "a\x00b"])
def test_a_folder_that_is_gone_gives_none(folder: str) -> None:
    assert last_commit(folder, 0, 100) is None


def test_the_checkout_around_a_folder_is_found(repo: Path, tmp_path: Path) -> None:
    assert root(str(repo / "src")) == str(repo)
    assert root(str(tmp_path)) is None
