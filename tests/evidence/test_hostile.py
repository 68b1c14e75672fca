"""Repositories and commands that mean harm, hang or lie: named, counted, and nothing of theirs is run."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from techlead_tui.evidence.command import SourceCommand, Told, read
from techlead_tui.evidence.command import ask as ask_command
from techlead_tui.evidence.look import SILENT, answers, look
from techlead_tui.evidence.scan import Timeouts, scan
from techlead_tui.planner.repositories import plan_of
from techlead_tui.process import run
from tests.conftest import environment
from tests.evidence.conftest import NOW, Home, commit, git, made, summaries

pytestmark = pytest.mark.process
MOMENT = int(NOW.timestamp())


def program(path: Path, script: str) -> Path:
    """A program of the shell's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture
def hostile(tmp_path: Path, canary: Path) -> Path:
    """A repository whose configuration names a program for whatever git may run."""
    repo = made(tmp_path / "hostile")
    trap = program(tmp_path / "trap", f'echo "$0 $*" >> "{canary}"; cat; exit 0')
    files = {".gitattributes": "*.txt diff=evil filter=evil\n", "a.txt": "one\n"}
    commit(repo, "innocent", files=files)
    tree = git(repo, "rev-parse", "HEAD^{tree}")
    when = f"{MOMENT - 3600} +0000"
    signed = (
        f"tree {tree}\nparent {git(repo, 'rev-parse', 'HEAD')}\nauthor Ada <ada@example.org> {when}\n"
        f"committer Ada <ada@example.org> {when}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n"
        " -----END PGP SIGNATURE-----\n\nsigned\n"
    )
    uid = git(repo, "hash-object", "-t", "commit", "-w", "--stdin", said=signed)
    git(repo, "update-ref", "refs/heads/main", uid)
    settings = {
        "log.showSignature": "true",
        "gpg.program": str(trap),
        "core.pager": str(trap),
        "pager.log": str(trap),
        "pager.config": str(trap),
        "core.fsmonitor": str(trap),
        "core.hooksPath": str(tmp_path),
        "core.sshCommand": str(trap),
        "core.editor": str(trap),
        "core.askPass": str(trap),
        "core.alternateRefsCommand": str(trap),
        "credential.helper": str(trap),
        "diff.external": str(trap),
        "diff.evil.command": str(trap),
        "diff.evil.textconv": str(trap),
        "filter.evil.clean": str(trap),
        "filter.evil.smudge": str(trap),
        "filter.evil.process": str(trap),
        "trailer.co-authored-by.command": str(trap),
        "alias.log": f"!{trap}",
        "alias.config": f"!{trap}",
    }
    for name, value in settings.items():
        git(repo, "config", name, value)
    for hook in ("post-checkout", "reference-transaction", "fsmonitor-watchman", "post-index-change"):
        program(repo / ".git" / "hooks" / hook, f'echo hook >> "{canary}"')
    return repo


def test_nothing_that_a_repository_names_is_run(home: Home, hostile: Path, canary: Path) -> None:
    found = home.read(hostile)
    assert summaries(found) == ["innocent", "signed"]
    assert not canary.exists()
    git(hostile, "log", "-p", "--ext-diff")  # as anybody would: the trap works
    assert canary.exists()


def test_a_partial_clone_fetches_nothing(home: Home, tmp_path: Path, canary: Path) -> None:
    repo = made(tmp_path / "origin")
    git(repo, "config", "uploadpack.allowFilter", "true")
    commit(repo, "old", "2026-11-20T10:00:00+0000", {"a": "1\n2\n"})
    commit(repo, "new", "2026-11-21T10:00:00+0000", {"a": "1\n2\n3\n"})
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{repo}", "partial")
    partial = tmp_path / "partial"
    git(partial, "config", "user.email", "ada@example.org")
    trap = program(tmp_path / "trap", f'echo "$0" >> "{canary}"')
    git(partial, "config", "core.sshCommand", str(trap))
    for url in ("ssh://example.invalid/x", f"ext::{trap} x", f"file://{repo}"):
        git(partial, "config", "remote.origin.url", url)
        git(partial, "config", "remote.origin.uploadpack", str(trap))
        found = home.read(partial)
        assert [(one.summary, one.lines_added) for one in found] == [("old", None), ("new", None)]
        assert all(one.shipped for one in found)
    assert "partial clone" in str(home.heads()[0]["note"])
    assert not canary.exists()


def test_settings_of_another_repository_in_the_environment_do_not_count(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, canary: Path
) -> None:
    repo, other = made(tmp_path / "billing"), made(tmp_path / "other")
    commit(repo, "right")
    commit(other, "wrong")
    trap = program(tmp_path / "trap", f'echo x >> "{canary}"')
    for name, value in {
        "GIT_DIR": str(other / ".git"),
        "GIT_EXTERNAL_DIFF": str(trap),
        "GIT_PAGER": str(trap),
        "GIT_SSH_COMMAND": str(trap),
        "GIT_TRACE": str(canary),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "user.email",
        "GIT_CONFIG_VALUE_0": "eve@example.org",
    }.items():
        monkeypatch.setenv(name, value)
    home.wants(repo)
    home.scan()
    assert summaries(home.commits()) == ["right"]
    assert not canary.exists()


def error_of(home: Home, repo: Path) -> str:
    home.wants(repo)
    (seen,) = home.scan().seen
    assert seen.error == home.heads()[0]["error"]
    return seen.error or ""


def test_a_repository_that_is_gone_keeps_its_commits(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "kept")
    home.read(repo)
    repo.rename(tmp_path / "moved")
    assert error_of(home, repo) == "is gone"
    assert summaries(home.commits()) == ["kept"]
    (tmp_path / "moved").rename(repo)
    assert error_of(home, repo) == ""
    assert summaries(home.commits()) == ["kept"]


def test_what_is_no_repository_is_named(home: Home, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert error_of(home, tmp_path / "folder") == "is not a repository"
    assert error_of(home, tmp_path / "nowhere") == "is gone"
    outer = made(tmp_path / "outer")
    commit(outer, "not of the inner one")
    inner = outer / "inner"
    (inner / ".git").mkdir(parents=True)
    (inner / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    home.wants(inner, more="emails = ['ada@example.org']")
    assert [seen.error for seen in home.scan().seen] == ["is not a repository that git can read"]
    assert home.commits() == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_repository_of_another_user_is_left_alone(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "theirs")
    for folder, _, files in os.walk(repo):
        for path in (folder, *(os.path.join(folder, name) for name in files)):
            os.chown(path, 12345, 12345)
    assert "another user" in error_of(home, repo)
    assert home.commits() == []


def test_a_configuration_that_is_wrong_is_named(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "whatever")
    with open(repo / ".git" / "config", "a") as file:
        file.write("[[[\x1b[31m\n")
    said = error_of(home, repo)
    assert "configuration is wrong" in said
    assert said.isprintable()


@pytest.mark.few(0)
def test_an_include_that_never_ends_is_given_up(home: Home, tmp_path: Path) -> None:
    repo, good = made(tmp_path / "billing"), made(tmp_path / "good")
    commit(good, "read all the same")
    os.mkfifo(tmp_path / "pipe")
    with open(repo / ".git" / "config", "a") as file:
        file.write(f"[include]\npath = {tmp_path / 'pipe'}\n")
    home.wants(repo, good)
    seen = _quick_scan(home)
    assert {one: ("longer than 0.5 seconds" in (error or "")) for one, error in seen.items()} == {
        "billing": True,
        "good": False,
    }
    assert summaries(home.commits()) == ["read all the same"]


def _quick_scan(home: Home) -> dict[str, str | None]:
    """Scan with little patience; the errors by name."""
    plan = plan_of(home.folders)
    folder = os.path.join(home.folders.cache, "evidence")
    os.makedirs(folder)
    seen = look(plan, folder, dict(os.environ))
    scan(seen, plan.emails, 0, MOMENT, dict(os.environ), limits=Timeouts(0.5, 5))
    return {os.path.basename(one.folder): one.error for one in seen}


def test_a_folder_that_never_answers_holds_nobody_up() -> None:
    def hang() -> object:
        time.sleep(30)
        return None

    begun = time.monotonic()
    found = answers([lambda: 1, hang, lambda: 2, lambda: 1 / 0, hang, lambda: 3], 0.05)
    assert [one if isinstance(one, int) else type(one) for one in found] == [
        1,
        TimeoutError,
        2,
        ZeroDivisionError,
        TimeoutError,
        3,
    ]
    assert answers([hang, hang, hang], 0.05, whole=0.05) != []
    assert time.monotonic() - begun < 5
    assert "network" in SILENT


def test_without_git_every_repository_says_so(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "kept")
    home.read(repo)
    commit(repo, "more")
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert error_of(home, repo) == "git cannot be run: no such file or directory"
    assert summaries(home.commits()) == ["kept"]


# commands


def python(script: str, name: str = "reviews", seconds: int = 5) -> SourceCommand:
    return SourceCommand(name, (sys.executable, "-S", "-c", script), seconds)


def ask(command: SourceCommand) -> Told:
    return ask_command(command, MOMENT, environment())


GOOD = {"at": "2026-11-23T10:00:00Z", "kind": "review", "title": "#12", "url": "https://example.org/12"}


def test_a_command_tells_of_events(home: Home) -> None:
    lines = [GOOD, {**GOOD, "kind": "deploy", "url": None, "at": "2026-11-23T12:30:00+01:00"}]
    lines.append({**GOOD, "kind": "commit", "title": "from the forge", "repo": "api"})
    said = "\\n".join(json.dumps(line) for line in lines)
    script = json.dumps([sys.executable, "-S", "-c", f"print({said!r}.replace(chr(92)+'n', chr(10)))"])
    home.wants(more=f'[[evidence.command]]\nname = "forge"\ncommand = {script}')
    home.scan()
    found = home.evidence()
    assert [(one.kind, one.title, one.at.isoformat(), one.source) for one in found.events] == [
        ("review", "#12", "2026-11-23T10:00:00+00:00", "forge"),
        ("deploy", "#12", "2026-11-23T11:30:00+00:00", "forge"),
    ]
    assert [(one.repo, one.summary, one.lines_added) for one in found.commits] == [
        ("api", "from the forge", None)
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[1]", "it is not a JSON object"),
        (b"\xff\xfe", "it is not JSON"),
        (json.dumps({**GOOD, "kind": "party"}).encode(), "kind is not one of"),
        (json.dumps({**GOOD, "title": "\x1b"}).encode(), "title is missing"),
        (json.dumps({**GOOD, "url": 3}).encode(), "url is not text"),
        (json.dumps({**GOOD, "at": "2026-11-23"}).encode(), "not a time with an offset"),
        (json.dumps({**GOOD, "at": 12}).encode(), "not a time with an offset"),
        (json.dumps({**GOOD, "at": "2100-01-01T00:00:00Z"}).encode(), "lies in the future"),
        (json.dumps({**GOOD, "at": "1960-01-01T00:00:00Z"}).encode(), "not a time with an offset"),
    ],
)
def test_a_lie_is_counted_and_named(line: bytes, reason: str) -> None:
    told = read(json.dumps(GOOD).encode() + b"\n" + line + b"\n", "reviews", MOMENT)
    assert len(told.rows) == 1
    assert (told.note or "").startswith("1 of 2 lines left out; line 2: ")
    assert reason in (told.note or "")
    alone = read(line, "reviews", MOMENT)
    assert reason in (alone.error or "")


def test_foreign_text_of_a_command_is_inert() -> None:
    line = {**GOOD, "title": "\x1b[31m[red]x\u202e", "url": "javascript:alert(1)"}
    (row,) = read(json.dumps(line).encode(), "x", MOMENT).rows
    assert (row["title"], row["url"]) == ("[31m[red]x", None)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import time; time.sleep(60)", "took longer than 1 second"),
        ("while True: print('x' * 100000)", "wrote more than 4 MB"),
        ("import sys; sys.exit('\\x1b[31mno login')", "ended with 1: [31mno login"),
        ("import os; os.kill(os.getpid(), 9)", "ended with -9"),
        ("print('hello')", "no line of it is an event; line 1: it is not JSON"),
    ],
)
@pytest.mark.few(2)
def test_a_command_that_hangs_floods_or_fails_is_named(script: str, reason: str) -> None:
    begun = time.monotonic()
    told = ask(python(script, seconds=1 if "sleep" in script else 20))
    assert reason in (told.error or "")
    assert time.monotonic() - begun < 15


def test_a_command_that_is_not_there_is_named() -> None:
    told = ask(SourceCommand("x", ("no-such-program; touch /tmp/x",)))
    assert "cannot be run: no such file" in (told.error or "")


def test_no_shell_reads_the_words_of_a_command(tmp_path: Path) -> None:
    words = ("-S", "-c", "import sys; print(sys.argv[1:])", "$HOME", "; touch x", "`x`", "*")
    done = run([sys.executable, *words], environment(), 5, 10_000, str(tmp_path))
    assert done.out.decode().strip() == str(list(words[3:]))


@pytest.mark.slow
def test_what_a_command_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    left = tmp_path / "left"
    inner = f"import time; time.sleep(1); open({str(left)!r}, 'w').close()"
    script = (
        "import subprocess, sys;"
        f"subprocess.Popen([sys.executable, '-S', '-c', {inner!r}], stdout=subprocess.DEVNULL,"
        "stderr=subprocess.DEVNULL)"
    )
    assert run([sys.executable, "-S", "-c", script], environment(), 5, 1000).good
    time.sleep(1.3)
    assert not left.exists()


def test_a_command_that_fails_keeps_what_it_told_before(home: Home, tmp_path: Path) -> None:
    said = tmp_path / "said"
    said.write_text(json.dumps(GOOD))
    home.wants(more=f"[[evidence.command]]\nname = 'forge'\ncommand = ['cat', '{said}']")
    home.scan()
    said.unlink()
    (head,) = home.scan().commands
    assert "ended with 1" in str(head["error"])
    assert len(home.evidence().events) == 1
    home.wants()
    home.scan()
    assert home.evidence().events == ()


def test_a_commit_that_a_command_tells_of_too_counts_once(home: Home, tmp_path: Path) -> None:
    repo = made(tmp_path / "billing")
    commit(repo, "here and there", "2026-11-23T10:00:00+0000")
    line = {**GOOD, "kind": "commit", "repo": "billing", "lines_added": 3, "lines_removed": -1}
    said = tmp_path / "said"
    titles = ("here and there", "there alone")
    said.write_text("\n".join(json.dumps({**line, "title": title, "url": None}) for title in titles))
    home.wants(repo, more=f"[[evidence.command]]\nname = 'forge'\ncommand = ['cat', '{said}']")
    home.scan()
    found = {one.summary: (one.lines_added, one.lines_removed) for one in home.commits()}
    assert found == {"here and there": (1, 0), "there alone": (3, None)}
