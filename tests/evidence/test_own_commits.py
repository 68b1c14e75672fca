"""What counts as one's own work, in repositories of every sort."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.core.evidence import pairing
from tests.evidence.conftest import BEN, Home, commit, git, made, summaries

pytestmark = pytest.mark.process


def test_own_commits_are_counted_with_their_lines(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    first = commit(repo, "Fix the pool", files={"pool.py": "a\nb\nc\n"})
    commit(repo, "Not mine", "2026-11-23T11:00:00+0000", who=BEN)
    commit(repo, "Tidy", "2026-11-23T12:00:00+0100", files={"pool.py": "a\nx\n"})
    found = home.read(repo)
    assert (found[0].uid, found[0].repo, found[0].summary) == (first, "billing", "Fix the pool")
    assert [(one.at.isoformat(), one.lines_added, one.lines_removed) for one in found] == [
        ("2026-11-23T10:00:00+00:00", 3, 0),
        ("2026-11-23T11:00:00+00:00", 1, 2),
    ]


def test_addresses_of_the_settings_count_in_any_letter_case_and_no_part_of_one_does(
    home: Home, tmp_path: Path
) -> None:
    repo = made(tmp_path / "billing", email="other@example.org")
    commit(repo, "at work", who="Ada <ADA@Example.org>")
    commit(repo, "at home", who="Ada <ada@home.net>")
    commit(repo, "someone else", who="Ada <not-ada@example.org>")
    commit(repo, "by name", who="ada@example.org <eve@example.org>")
    found = home.read(repo, more='emails = ["ada@example.org", "ada@home.net"]')
    assert summaries(found) == ["at work", "at home"]


@pytest.mark.few(0)
def test_the_address_of_a_repository_is_the_effective_one(home: Home, tmp_path: Path) -> None:
    (tmp_path / "nobody").mkdir()
    settings = tmp_path / "nobody" / ".gitconfig"
    at_work = f'[includeIf "gitdir:{tmp_path}/work/"]\npath = at-work\n'
    settings.write_text(f"[user]\nemail = ada@example.org\n{at_work}")
    (tmp_path / "nobody" / "at-work").write_text("[user]\nemail = ada@work.com\n")
    private, work, own = (made(tmp_path / name) for name in ("private", "work/api", "own"))
    for repo in (private, work):
        git(repo, "config", "--unset", "user.email")
    git(own, "config", "user.email", "me@own.net")
    for repo in (private, work, own):
        for who in ("ada@example.org", "ada@work.com", "me@own.net"):
            commit(repo, f"{repo.name} {who}", who=f"Ada <{who}>")
    found = home.read(private, work, own)
    assert sorted(summaries(found)) == ["api ada@work.com", "own me@own.net", "private ada@example.org"]


def test_without_any_address_nobodys_commits_are_taken(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    git(repo, "config", "--unset", "user.email")
    commit(repo, "whose")
    home.wants(repo)
    (seen,) = home.scan().seen
    assert "no address" in (seen.error or "")
    assert home.commits() == []


def test_lock_files_vendored_and_minified_files_count_for_nothing(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "web")
    commit(repo, "Bump", files={"package-lock.json": "1\n2\n", "vendor/x/y.go": "1\n"})
    commit(repo, "Both", files={"app.js": "1\n2\n", "app.min.js": "1\n", "go.sum": "1\n"})
    commit(repo, "Nothing", files={})
    bump, both, nothing = home.read(repo)
    assert (bump.shipped, bump.lines_added) == (False, 0)
    assert (both.shipped, both.lines_added) == (True, 2)
    assert (nothing.shipped, nothing.lines_added) == (False, 0)


def test_names_of_files_say_nothing_wrong(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "odd")
    files = {"a b\tc\nd.txt": "1\n", "\x01" + "a" * 40: "1\n", "-": "1\n", "é": "1\n2\n"}
    commit(repo, "odd names", files=files)
    git(repo, "mv", "é", "\x01e")
    commit(repo, "renamed", files={})
    odd, renamed = home.read(repo)
    assert (odd.lines_added, renamed.lines_added, renamed.lines_removed) == (5, 0, 0)
    assert renamed.shipped


def test_a_merge_is_nobodys_work(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base")
    git(repo, "checkout", "-qb", "side")
    commit(repo, "side")
    git(repo, "checkout", "-q", "main")
    commit(repo, "main")
    git(repo, "merge", "-q", "--no-ff", "-m", "merge", "side")
    assert sorted(summaries(home.read(repo))) == ["base", "main", "side"]


def test_what_is_rebased_or_picked_counts_once(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base", "2026-11-20T09:00:00+0000")
    git(repo, "checkout", "-qb", "topic")
    commit(repo, "one", "2026-11-20T10:00:00+0000")
    commit(repo, "two", "2026-11-20T10:00:00+0000")  # within the same second
    git(repo, "branch", "before")
    git(repo, "checkout", "-q", "main")
    commit(repo, "elsewhere", "2026-11-21T10:00:00+0000")
    git(repo, "checkout", "-q", "topic")
    git(repo, "rebase", "-q", "main", at="")
    git(repo, "checkout", "-q", "main")
    git(repo, "cherry-pick", "topic~1", at="")
    assert sorted(summaries(home.read(repo))) == ["base", "elsewhere", "one", "two"]


@pytest.mark.few(0)
def test_what_is_squashed_counts_as_the_commits_that_are_still_there(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base", "2026-11-20T09:00:00+0000")
    git(repo, "checkout", "-qb", "topic")
    commit(repo, "one", "2026-11-20T10:00:00+0000", {"pool.py": "1\n"})
    commit(repo, "two", "2026-11-20T11:00:00+0000", {"pool.py": "1\n2\n", "test.py": "1\n"})
    git(repo, "checkout", "-q", "main")
    commit(repo, "elsewhere", "2026-11-20T12:00:00+0000")
    git(repo, "merge", "-q", "--squash", "topic")
    commit(repo, "Pool (#12)", "2026-11-23T10:00:00+0000", {})
    assert summaries(home.read(repo)) == ["base", "one", "two", "elsewhere"]
    git(repo, "branch", "-qD", "topic")
    assert summaries(home.read(repo)) == ["base", "elsewhere", "Pool (#12)"]


def test_a_branch_that_was_merged_is_no_squash(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base", "2026-11-20T09:00:00+0000")
    commit(repo, "one", "2026-11-20T10:00:00+0000", {"pool.py": "1\n"})
    commit(repo, "two", "2026-11-20T11:00:00+0000", {"pool.py": "1\n2\n"})
    git(repo, "branch", "release")
    commit(repo, "his", "2026-11-20T12:00:00+0000", who=BEN)
    commit(repo, "like both", "2026-11-20T13:00:00+0000", {"pool.py": "1\n2\n3\n4\n"})
    assert "like both" in summaries(home.read(repo))


def test_stashes_notes_and_tags_are_no_commits(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base")
    git(repo, "notes", "add", "-m", "a note")
    (repo / "base.txt").write_text("changed\n")
    git(repo, "stash")
    assert summaries(home.read(repo)) == ["base"]


def test_branches_that_only_a_remote_has_count(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "origin")
    commit(repo, "base")
    git(repo, "checkout", "-qb", "topic")
    commit(repo, "pushed")
    git(repo, "checkout", "-q", "main")
    git(tmp_path, "clone", "-q", str(repo), "clone")
    git(tmp_path / "clone", "config", "user.email", "ada@example.org")
    assert sorted(summaries(home.read(tmp_path / "clone"))) == ["base", "pushed"]


def test_two_clones_hold_the_same_commits(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "origin")
    commit(repo, "base")
    git(tmp_path, "clone", "-q", str(repo), "clone")
    git(tmp_path / "clone", "config", "user.email", "ada@example.org")
    assert summaries(home.read(repo, tmp_path / "clone")) == ["base"]


def test_worktrees_are_one_repository_and_their_heads_count(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base")
    git(repo, "worktree", "add", "-q", "--detach", str(tmp_path / "side"))
    (tmp_path / "side" / "x").write_text("x\n")
    git(tmp_path / "side", "add", "-A")
    git(tmp_path / "side", "commit", "-qm", "detached", at="2026-11-23T11:00:00+0000")
    for wanted in ((repo, tmp_path / "side"), (tmp_path / "side",)):
        found = home.read(*wanted)
        assert [(one.repo, one.summary) for one in found] == [("billing", "base"), ("billing", "detached")]
        assert len(home.scan().seen) == 1


def test_a_bare_repository_is_read(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base")
    git(tmp_path, "clone", "-q", "--bare", str(repo), "store.git")
    git(tmp_path / "store.git", "config", "user.email", "ada@example.org")
    assert [(one.repo, one.summary) for one in home.read(tmp_path / "store.git")] == [("store", "base")]


@pytest.mark.few(0)
def test_a_submodule_counts_for_itself_and_its_bump_for_no_line(home: Home, tmp_path: Path) -> None:
    inner = made(tmp_path / "origin")
    commit(inner, "base")
    outer = made(tmp_path / "outer")
    git(outer, "submodule", "--quiet", "add", str(inner), "libs/inner")
    commit(outer, "Add it", files={})
    module = outer / "libs" / "inner"
    git(module, "config", "user.email", "ada@example.org")
    commit(module, "inside", "2026-11-23T11:00:00+0000")
    commit(outer, "Bump it", "2026-11-23T12:00:00+0000", files={})
    found = {one.summary: (one.repo, one.lines) for one in home.read(outer)}
    assert found == {
        "base": ("inner", 1),
        "inside": ("inner", 1),
        "Add it": ("outer", 3),  # .gitmodules
        "Bump it": ("outer", 0),
    }


def test_the_end_of_a_shallow_clone_is_left_out(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    for number in range(3):
        commit(repo, f"commit {number}", f"2026-11-23T1{number}:00:00+0000")
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{repo}", "shallow")
    git(tmp_path / "shallow", "config", "user.email", "ada@example.org")
    found = home.read(tmp_path / "shallow")
    assert [(one.summary, one.lines_added) for one in found] == [("commit 2", 1)]
    assert "shallow" in str(home.heads()[0]["note"])


def test_an_empty_repository_has_no_commits(home: Home, tmp_path: Path) -> None:
    assert home.read(made(tmp_path / "empty")) == []


def test_a_rebase_under_way_is_noted_and_counted_as_it_stands(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base", "2026-11-20T09:00:00+0000", {"pool.py": "1\n"})
    git(repo, "checkout", "-qb", "topic")
    commit(repo, "one", "2026-11-20T10:00:00+0000", {"other.py": "1\n"})
    commit(repo, "two", "2026-11-20T11:00:00+0000", {"pool.py": "2\n"})
    git(repo, "checkout", "-q", "main")
    commit(repo, "clash", "2026-11-20T12:00:00+0000", {"pool.py": "3\n"})
    git(repo, "checkout", "-q", "topic")
    with pytest.raises(AssertionError):
        git(repo, "rebase", "-q", "main", at="")
    assert summaries(home.read(repo)) == ["base", "one", "two", "clash"]
    assert "rebase" in str(home.heads()[0]["note"])


def test_trailers_tell_colleagues_from_assistants(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    message = """Pair on it

Co-authored-by: Ana <ana@example.org>
co-authored-by: Claude <noreply@anthropic.com>
Co-Authored-By: Claude Monet <claude@example.org>
Co-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>
Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>
Co-authored-by: Bo <1234+bo@users.noreply.github.com>
Co-authored-by: Ada <ADA@example.org>
Co-authored-by: Ana <ANA@example.org>
Co-authored-by: nobody
"""
    commit(repo, message, files={"x": "1\n"})
    (found,) = home.read(repo)
    assert [one.name for one in found.colleagues] == ["Ana", "Claude Monet", "Bo"]
    assert [one.name for one in found.assistants] == ["Claude", "dependabot[bot]", "Copilot"]


def test_a_colleagues_commit_that_names_me_is_pairing_and_not_mine(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    message = "Drive\n\nCo-authored-by: Ada <ADA@example.org>\nCo-authored-by: Ana <ana@example.org>\n"
    commit(repo, "Mine\n\nCo-authored-by: Ben <ben@example.org>", "2026-11-23T09:00:00+0000")
    commit(repo, message, who=BEN)
    commit(repo, "Only quotes <ada@example.org>", who=BEN)
    commit(repo, message, who="bump[bot] <bump@example.org>", at="2026-11-23T11:00:00+0000")
    assert summaries(home.read(repo)) == ["Mine"]
    found = home.evidence()
    first, second = found.co_authored
    assert [(one.name, one.email) for one in first.colleagues] == [
        ("Ben", "ben@example.org"),
        ("Ana", "ana@example.org"),
    ]
    assert (first.lines_added, [one.name for one in second.assistants]) == (None, ["bump[bot]"])
    assert pairing(found.commits) == {"Ben": 1}
    assert pairing((*found.commits, first)) == {"Ben": 2, "Ana": 1}
    assert home.heads()[0]["commits"] == 1


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("\x1b[31mred\x1b]0;title\x07", "[31mred]0;title"),
        ("[bold red]markup[/] {left}", "[bold red]markup[/] {left}"),
        ("right\u202eleft", "rightleft"),
        ("x" * 100_000, "x" * 199 + "…"),
    ],
)
@pytest.mark.few(1)
def test_a_summary_is_one_line_without_controls(home: Home, tmp_path: Path, summary: str, shown: str) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, summary, files={"x": "1\n"})
    assert summaries(home.read(repo)) == [shown]


def test_what_is_only_reworded_counts_once(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base", "2026-11-20T09:00:00+0000")
    commit(repo, "Fxi the pool", "2026-11-20T10:00:00+0000", {"pool.py": "1\n2\n"})
    git(repo, "branch", "pushed")
    git(repo, "commit", "-q", "--amend", "-m", "Fix the pool", at="")
    assert summaries(home.read(repo)) == ["base", "Fix the pool"]


@pytest.mark.slow
def test_commits_of_one_second_are_as_many_as_there_are(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    for number in range(40):
        with open(repo / "log.txt", "a") as file:
            file.write("line\n")
        commit(repo, f"commit {number}", files={})
    git(repo, "branch", "release", "HEAD~20")
    assert len(home.read(repo)) == 40


def test_a_commit_whose_clock_stood_in_1970_hides_none_before_it(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "before")
    commit(repo, "wrong", "1970-01-02T00:00:00+0000")
    commit(repo, "after", "2026-11-23T12:00:00+0000")
    assert summaries(home.read(repo)) == ["before", "after"]


def test_a_scan_reads_half_a_year_and_keeps_what_was_read_of_longer_ago(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "old", "2026-01-05T10:00:00+0000")
    commit(repo, "new")
    assert summaries(home.read(repo)) == ["new"]
    home.scan(weeks=52)
    assert summaries(home.commits()) == ["old", "new"]
    commit(repo, "newer", "2026-11-23T12:00:00+0000")
    home.scan()
    assert summaries(home.commits()) == ["old", "new", "newer"]


def test_a_commit_that_is_dropped_is_dropped(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "kept")
    commit(repo, "dropped")
    home.read(repo)
    git(repo, "reset", "-q", "--hard", "HEAD~1")
    assert summaries(home.read(repo)) == ["kept"]


def test_a_root_may_be_a_repository_itself(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base")
    assert summaries(home.read(more=f"roots = ['{repo}']")) == ["base"]


def test_a_link_to_another_git_folder_that_is_no_path_is_no_repository(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "base")
    (repo / ".git" / "commondir").write_text("../\0.git\n")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / ".git").write_text("gitdir: \0\n")
    home.wants(repo, tmp_path / "odd")
    assert [seen.error for seen in home.scan().seen if seen.folder.endswith("odd")] == ["is not a repository"]


def test_dates_of_long_ago_and_of_the_future_spoil_nothing(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "now")
    for year in (1970, 2100):
        (repo / str(year)).write_text("x\n")
        git(repo, "add", "-A")
        at = {1970: "@86400 +0000", 2100: "@4102444800 +0000"}[year]
        git(repo, "commit", "-qm", str(year), "--date", at)
    found = home.read(repo)
    assert [(one.summary, one.at.year) for one in found] == [("1970", 1970), ("now", 2026), ("2100", 2100)]
    assert "1 commit dated in the future" in str(home.heads()[0]["note"])
