"""Commits beside sessions, from the call that adds a repository to the one that logs what was done."""

from __future__ import annotations

import json
import os
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from techlead_tui.cli.session_commits import COMMIT
from tests.cli.conftest import Techlead
from tests.evidence.conftest import BEN, commit, git, made

pytestmark = pytest.mark.process


@pytest.fixture(autouse=True)
def tuesday(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Tuesday of the repositories made here, whenever the tests run, and nobody's gitconfig."""
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T11:37:00+00:00")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def billing(tmp_path: Path) -> Path:
    """Two commits of an hour on Monday, one on Tuesday, one of another person."""
    repo = made(tmp_path / "src" / "billing")
    commit(repo, "Fix the pool", "2026-11-23T10:20:00+0000", {"pool.py": "1\n2\n"})
    commit(repo, "Test it; 'quoted' +code @ana", "2026-11-23T10:50:00+0000", {"test.py": "1\n"})
    commit(repo, "His", "2026-11-23T11:00:00+0000", who=BEN)
    commit(repo, "Log it", "2026-11-24T09:30:00+0000", {"pool.py": "1\n"})
    return repo


def commits(techlead: Techlead, *words: str) -> list[dict[str, object]]:
    found = techlead("sessions", *words, "--json").json["commits"]
    assert all(set(one) == set(COMMIT) for one in found)
    return list(found)


def test_the_list_of_done_when(techlead: Techlead, billing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(billing / "..")
    assert techlead("repos").out.startswith("no repositories yet")
    monkeypatch.chdir(billing)
    added = techlead("repos", "add", ".", "--json").json
    assert added["repo"] == {"name": "billing", "path": str(billing), "root": False, "repositories": 1}
    (before,) = techlead("repos", "--json").json["repos"]
    assert (before["scanned"], before["commits"], before["origin"]) == (None, 0, "listed")
    (after,) = techlead("repos", "scan", "--json").json["repos"]
    assert (after["scanned"], after["commits"]) == ("2026-11-24T11:37:00+00:00", 3)
    techlead("log", "30m", "pool", "--at", "2026-11-23 10:00")
    session = techlead("sessions", "--json").json["sessions"][0]["uid"]
    assert [(one["summary"], one["lines_added"], one["session"]) for one in commits(techlead)] == [
        ("Fix the pool", 2, session),
        ("Test it; 'quoted' +code @ana", 1, None),
        ("Log it", 0, None),
    ]
    assert commits(techlead, "last") == []
    assert len(commits(techlead, "all")) == 3


def test_an_offer_is_a_call_that_gives_the_commits_their_session(techlead: Techlead, billing: Path) -> None:
    techlead("repos", "add", str(billing))
    techlead("repos", "scan")
    offers = techlead("sessions", "--json").json["offers"]
    assert [offer["words"] for offer in offers] == [
        ["log", "60m", "--repo", "billing", "--at", "2026-11-23 09:50", "--", "Fix the pool"],
        ["log", "30m", "--repo", "billing", "--at", "2026-11-24 09:00", "--", "Log it"],
    ]
    for offer in offers:
        assert techlead(*offer["words"]).code == 0
    answer = techlead("sessions", "--json").json
    assert answer["offers"] == []
    assert [one["repo"] for one in answer["sessions"]] == ["billing", "billing"]
    assert [one["session"] for one in answer["commits"]] == [
        answer["sessions"][number]["uid"] for number in (0, 0, 1)
    ]


def test_the_text_sets_commits_beside_sessions_and_is_kind_to_those_without(
    techlead: Techlead, billing: Path
) -> None:
    techlead("repos", "add", str(billing))
    techlead("repos", "scan")
    for start in ("10:00", "14:00"):
        techlead("log", "30m", "pool", "--repo", "billing", "--at", f"2026-11-23 {start}")
    out = techlead("sessions").out
    lines = out.splitlines()
    assert "+2 −0" in lines[1]
    assert "Fix the pool" in lines[1]
    assert "2 commits without a session" in lines
    assert "1 session without a commit: reading and debugging are work too" in lines
    assert "  techlead log 30m --repo billing --at '2026-11-24 09:00' -- 'Log it'" in lines
    assert "3 commits" in lines


def test_a_change_since_the_scan_is_noted_and_read_by_the_next_one(techlead: Techlead, billing: Path) -> None:
    techlead("repos", "add", str(billing))
    techlead("repos", "scan")
    assert techlead("sessions").err == ""
    assert techlead("repos", "scan", "--json").json["read"] == 0
    commit(billing, "More", "2026-11-24T10:00:00+0000")
    assert (
        techlead("sessions").err
        == "note: billing may hold commits that were not read yet: techlead repos scan\n"
    )
    assert len(commits(techlead)) == 3
    assert techlead("repos", "scan", "--json").json["read"] == 1
    assert len(commits(techlead)) == 4
    assert techlead("sessions").err == ""


def test_a_second_look_starts_no_program(
    techlead: Techlead, billing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    techlead("repos", "add", str(billing))
    techlead("repos", "scan")
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    again = techlead("repos", "scan", "--json")
    assert (again.err, again.json["repos"][0]["error"]) == ("", None)
    assert len(commits(techlead)) == 3
    assert "cannot be run" in techlead("repos", "scan", "--fresh").err


@pytest.mark.parametrize("change", ["branch", "gc", "address", "detached"])
@pytest.mark.few(2)
def test_whatever_changes_what_is_ones_own_is_noticed(techlead: Techlead, billing: Path, change: str) -> None:
    techlead("repos", "add", str(billing))
    techlead("repos", "scan")
    if change == "branch":
        git(billing, "branch", "a/deep/one")
    elif change == "gc":
        git(billing, "pack-refs", "--all")
    elif change == "address":
        git(billing, "config", "user.email", "ben@example.org")
    else:
        git(billing, "checkout", "-q", "--detach")
    assert techlead("repos", "scan", "--json").json["read"] == 1
    wanted = ["His"] if change == "address" else ["Fix the pool", "Test it; 'quoted' +code @ana", "Log it"]
    assert [one["summary"] for one in commits(techlead)] == wanted


def test_repositories_below_a_root_are_found_and_taken_out(
    techlead: Techlead, billing: Path, tmp_path: Path
) -> None:
    root = tmp_path / "src"
    for name in ("web", "team/api", "a/b/c/d/too-deep", "node_modules/x", ".hidden", "billing/inner"):
        made(root / name)
    added = techlead("repos", "add", str(root), "--json").json["repo"]
    assert (added["root"], added["repositories"]) == (True, 3)
    assert [one["name"] for one in techlead("repos", "--json").json["repos"]] == ["api", "billing", "web"]
    techlead("repos", "scan")
    assert len(commits(techlead)) == 3
    assert techlead("repos", "rm", "billing").code == 0
    assert [one["name"] for one in techlead("repos", "--json").json["repos"]] == ["api", "web"]
    assert commits(techlead) == []
    techlead("repos", "scan")
    assert commits(techlead) == []
    techlead("repos", "add", str(billing))
    assert len(techlead("repos", "--json").json["repos"]) == 3
    assert techlead("repos", "rm", str(root)).code == 0
    assert [one["name"] for one in techlead("repos", "--json").json["repos"]] == ["billing"]


def test_a_repository_is_learnt_from_a_session_and_forgotten(
    techlead: Techlead, billing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(billing)
    techlead("log", "30m", "elsewhere", "--repo", "other")
    assert techlead("repos", "--json").json["repos"] == []
    for _ in range(2):
        techlead("log", "30m", "pool")
    assert "billing may hold commits" in techlead("sessions").err
    (seen,) = techlead("repos", "--json").json["repos"]
    assert (seen["origin"], seen["path"]) == ("learnt", str(billing))
    techlead("repos", "scan")
    assert len(commits(techlead)) == 3
    assert techlead("repos", "rm", "billing", "--json").json["repo"]["path"] == str(billing)
    assert techlead("repos", "--json").json["repos"] == []
    assert commits(techlead) == []


def test_a_repository_is_learnt_from_a_session_that_is_started(
    techlead: Techlead, billing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(billing)
    techlead("start", "pool")
    assert [one["origin"] for one in techlead("repos", "--json").json["repos"]] == ["learnt"]


CONFIG = """\
# mine
emails = ["ada@example.org"]  # at work

[evidence]
# what I work on
repositories = [
  "~/api",  # the big one
]

[[evidence.command]]
name = "reviews"  # of others
command = ["true"]
"""


@pytest.mark.few(0)
def test_adding_and_taking_out_leave_everything_else_of_the_file(
    techlead: Techlead, billing: Path, tmp_path: Path
) -> None:
    path = tmp_path / "home" / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    for text in (CONFIG, CONFIG[CONFIG.index("[[") :], "", "days = 7\n"):
        path.write_text(text)
        before = tomllib.loads(text)
        assert techlead("repos", "add", str(billing)).code == 0
        assert techlead("repos", "add", str(billing)).out.startswith("already there")
        after = tomllib.loads(path.read_text())
        assert after["evidence"].pop("repositories")[-1] == str(billing)
        before.get("evidence", {}).pop("repositories", None)
        assert after | {"evidence": after["evidence"] or None} == before | {
            "evidence": before.get("evidence") or None
        }
        assert techlead("repos", "rm", str(billing)).code == 0
        left = path.read_text()
        assert [line for line in text.splitlines() if line not in left] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("adds",), "add"),
        (("remove",), "rm"),
        (("scan", "x"), "one word too many"),
        (("scan", "--weeks", "0"), "1 to 1040"),
        (("scan", "--weeks", "many"), "1 to 1040"),
        (("rm",), "which repository"),
        (("rm", "nowhere"), "not one of the repositories"),
        (("add", "nowhere"), "cannot be read"),
        (("add", "nobody"), "is not a repository"),
    ],
)
def test_what_is_wrong_is_named(
    techlead: Techlead, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    (tmp_path / "nobody").mkdir()
    answer = techlead("repos", *words)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert "hint: " in answer.err


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("[evidence]\nrepositories = 'x'", "evidence.repositories", 2),
        ("[evidence]\nroots = ['']", "evidence.roots[1]", 2),
        ("[evidence]\ndepth = 9", "evidence.depth", 2),
        ("[[evidence.command]]\nname = 'x'", "evidence.command[1]", 1),
        ("[[evidence.command]]\nname = 'x'\ncommand = 'gh pr list'", "evidence.command[1].command", 3),
        ("[[evidence.command]]\ncommand = ['gh']", "evidence.command[1]", 1),
        ("[[evidence.command]]\nname = 'x'\ncommand = ['a']\nseconds = 0", "evidence.command[1].seconds", 4),
        (
            "[[evidence.command]]\nname = 'x'\ncommand = ['a']\n[[evidence.command]]\nname = 'x'\n"
            "command = ['b']",
            "evidence.command[2].name",
            5,
        ),
    ],
)
def test_a_mistake_in_the_settings_is_told_by_key_and_line(
    techlead: Techlead, tmp_path: Path, text: str, key: str, line: int
) -> None:
    path = tmp_path / "home" / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text + "\n")
    answer = techlead("repos", "scan")
    assert answer.code == 4
    assert f"config.toml:{line}: {key}: " in answer.err
    assert "more problem" not in answer.err


def test_events_of_a_command_stand_beside_sessions(techlead: Techlead, tmp_path: Path) -> None:
    said = tmp_path / "said"
    event = {"at": "2026-11-23T10:00:00Z", "kind": "review", "title": "#12", "url": None}
    said.write_text(json.dumps(event) + "\n{}\n")
    path = tmp_path / "home" / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f"[[evidence.command]]\nname = 'forge'\ncommand = ['cat', '{said}']\n")
    answer = techlead("repos", "scan", "--json")
    (command,) = answer.json["commands"]
    assert (command["name"], command["events"], command["error"]) == ("forge", 1, None)
    assert "note: forge: 1 of 2 lines left out; line 2: kind is not one of" in answer.err
    assert techlead("sessions", "--json").json["events"] == [{**event, "source": "forge"} | AT]
    assert "also: 1 review" in techlead("sessions").out


AT = {"at": "2026-11-23T10:00:00+00:00"}


def test_commits_that_a_command_tells_count_in_drift_and_other_events_do_not(
    techlead: Techlead, tmp_path: Path
) -> None:
    said, path = tmp_path / "said", tmp_path / "home" / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f"[[evidence.command]]\nname = 'forge'\ncommand = ['cat', '{said}']\n")
    for kind, told in (("review", "not been looked at"), ("commit", "last shipped commit on Mon 23 Nov")):
        said.write_text(json.dumps({"at": "2026-11-23T10:00:00Z", "kind": kind, "title": "x", "url": None}))
        techlead("repos", "scan")
        assert told in " ".join(techlead("drift").out.split())


def test_a_session_past_midnight_has_the_commits_of_the_next_week(techlead: Techlead, tmp_path: Path) -> None:
    repo = made(tmp_path / "night")
    commit(repo, "late", "2026-11-23T00:20:00+0000")
    techlead("repos", "add", str(repo))
    techlead("repos", "scan")
    uid = techlead("log", "1h", "night", "--at", "2026-11-22 23:30", "--json").json["session"]["uid"]
    assert [one["session"] for one in commits(techlead)] == [uid]


@pytest.mark.few(0)
def test_a_cache_that_is_garbled_or_gone_is_made_again(
    techlead: Techlead, billing: Path, tmp_path: Path
) -> None:
    techlead("repos", "add", str(billing))
    techlead("repos", "scan")
    (kept,) = (tmp_path / "home" / "cache" / "evidence").iterdir()
    whole = kept.read_bytes()
    for garbage in (b"", b"garbage", b"{}\n", b"[]\n1 {}\n", whole[:300], whole.replace(b'"moment', b"\xff")):
        kept.write_bytes(garbage)
        assert techlead("sessions", "--json").code == 0
        techlead("repos", "scan", "--fresh")
        assert len(commits(techlead)) == 3
    os.unlink(kept)
    assert commits(techlead) == []


def test_a_pairing_session_has_the_commit_of_who_drove(techlead: Techlead, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "Together\n\nCo-authored-by: Ben <ben@example.org>", "2026-11-20T10:00:00+0000")
    message = "Drive\n\nCo-authored-by: Ada <ada@example.org>\n"
    commit(repo, message, "2026-11-23T10:20:00+0000", who=BEN)
    commit(repo, message, "2026-11-23T15:00:00+0000", who=BEN)
    techlead("repos", "add", str(repo))
    techlead("repos", "scan")
    uid = techlead("log", "1h", "pair", "--at", "2026-11-23 10:00", "--json").json["session"]["uid"]
    answer = techlead("sessions", "--json").json
    assert (answer["commits"], answer["offers"]) == ([], [])
    assert [one["session"] for one in answer["co_authored"]] == [uid, None]
    out = techlead("sessions").out
    assert "Drive  (by Ben)" in out
    assert "1 commit of colleagues with you" in out
    assert "reading and debugging" not in out


def test_what_goes_wrong_with_many_is_said_once_and_stays_in_the_list(
    techlead: Techlead, tmp_path: Path
) -> None:
    for name in ("api", "web", "docs"):
        repo = made(tmp_path / "src" / name)
        git(repo, "config", "--unset", "user.email")
    techlead("repos", "add", str(tmp_path / "src"))
    answer = techlead("repos", "scan", "--json")
    assert answer.err.count("no address of yours") == 1
    assert "api and 2 more: no address of yours is known" in answer.err
    for call in ("repos scan", "repos"):
        found = techlead(*call.split(), "--json").json["repos"]
        assert ["no address" in one["error"] for one in found] == [True] * 3
    assert techlead("repos").out.count("no address") == 3
