"""What a plain quick log may cost: counted, so that the answer is the same on every machine."""

import subprocess
import sys
from pathlib import Path

import pytest

from techlead_tui import fs
from techlead_tui.store.store import Store
from tests.store.harness import WEEK, commit, made

DEAR = {"json", "tinydb", "typing", "re", "datetime", "dataclasses", "collections", "contextlib", "pathlib"}
COMMIT = """
import sys
from techlead_tui.core.records import Change
from techlead_tui.store.store import Store
with Store(sys.argv[1]).writing() as view:
    assert view.last_week is None
    change = Change("2026-W47", "sessions", "a", None, {"uid": "a", "summary": "caf\\udce9"})
    view.commit([change], at="", week="2026-W47", origin="cli", words=["log"])
print(*sys.modules)
"""
READ = """
import sys
from techlead_tui.store.store import Store
with Store(sys.argv[1]).reading() as view:
    assert view.buckets() == ["2026-W47"]
    assert view.records("2026-W47")
print(*sys.modules)
"""


def modules(code: str, folder: Path) -> set[str]:
    # -S: site packages of a developer's environment import what they like
    command = [sys.executable, "-S", "-c", code, str(folder)]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.process
def test_a_commit_and_a_read_import_nothing_dear(tmp_path: Path) -> None:
    assert modules(COMMIT, tmp_path) & (DEAR | {"techlead_tui.store.bucket_file"}) == set()
    assert modules(READ, tmp_path) & (DEAR - {"json", "re", "collections"}) == set()


def calls(monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]) -> list[str]:
    """Notes the calls to the disk from now on."""
    noted: list[str] = []

    def note(name: str, real: object) -> object:
        def call(*args: object) -> object:
            noted.append(name)
            return real(*args)  # type: ignore[operator]

        return call

    for name in names:
        monkeypatch.setattr(fs, name, note(name, getattr(fs, name)))
    return noted


ALL = (
    "open_file",
    "close",
    "size",
    "read_at",
    "write",
    "sync",
    "truncate",
    "rename",
    "remove",
    "sync_folder",
)


def test_a_commit_makes_the_fewest_file_operations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(str(tmp_path))
    commit(store, made(WEEK, "a"), made("open", "b"))
    store.fold()
    noted = calls(monkeypatch, ALL)
    commit(store, made(WEEK, "c"))
    opened = ["open_file", "size", "read_at"]
    head = ["open_file", "read_at", "close"]
    lock, closed = ["open_file"], ["close"] * 3
    assert noted == lock + opened * 2 + head * 2 + ["write", "write", "sync"] + closed


def test_a_commit_reads_no_more_in_a_long_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(str(tmp_path))
    for i in range(300):
        commit(store, made(WEEK, f"u{i}"))
    lengths: list[int] = []
    real = fs.read_at
    monkeypatch.setattr(fs, "read_at", lambda fd, n, at: lengths.append(n) or real(fd, n, at))
    noted = calls(monkeypatch, ALL)
    commit(store, made(WEEK, "c"))
    assert len(noted) == 19
    assert sum(lengths) < 10_000


def test_a_read_of_a_week_that_has_a_file_looks_at_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(str(tmp_path))
    for week in ("2026-W46", WEEK, "2026-W48"):
        commit(store, made(week, week), made("open", f"open {week}"))
    store.fold()
    commit(store, made(WEEK, "c"))
    noted = calls(monkeypatch, ("open_file", "names"))
    with store.reading() as view:
        assert view.records(WEEK)
        assert view.records("open")
    # the lock, the two copies, the head of open.json, then the two files
    assert noted == ["open_file"] * 6
