"""A test of the tests: each deliberate breakage of the store makes the fault harness fail."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from techlead_tui.errors import DataError
from techlead_tui.store import recovery
from techlead_tui.store.reading import Reading
from techlead_tui.store.store import Store
from tests.store.harness import apply, cut_everywhere, kill_everywhere, made, state

WRITER = """
import sys
from techlead_tui.store import lock
from techlead_tui.store.store import Store
from techlead_tui.errors import DataError
from tests.store.harness import made, AT, WEEK
folder, uid, broken, waits = sys.argv[1:]
lock.PATIENCE = 0
if broken == "yes":
    lock.acquire = lambda fd, exclusive, waits: None
try:
    with Store(folder).writing() as view:
        if waits == "yes":
            print("in", flush=True)
            sys.stdin.readline()
        view.commit([made("2026-W47", uid)], at=AT, week=WEEK, origin="cli", words=["log"])
except DataError:
    sys.exit(4)
"""


def test_without_fsync_of_data_a_power_cut_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises((AssertionError, DataError)):
        cut_everywhere(tmp_path, monkeypatch, lambda name, path: name == "sync" and path.endswith(".new"))


def test_without_fsync_of_the_journal_a_power_cut_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises((AssertionError, DataError)):
        cut_everywhere(tmp_path, monkeypatch, lambda name, path: name == "sync" and "journal" in path)


def test_without_fsync_of_folders_a_power_cut_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises((AssertionError, DataError)):
        cut_everywhere(tmp_path, monkeypatch, lambda name, *_: name == "sync_folder")


def test_without_repair_a_kill_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "repair", lambda *_: [])
    with pytest.raises((AssertionError, DataError)):
        kill_everywhere(tmp_path, monkeypatch)


def test_without_the_overlay_a_reader_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reading, "overlay", lambda *_: [])
    with pytest.raises((AssertionError, DataError)):
        kill_everywhere(tmp_path, monkeypatch)


def race(folder: Path, broken: str) -> None:
    """One process writes while another is in the middle of a transaction; nothing may be lost."""
    expected = {}
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(
        [*command, "slow", broken, "yes"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as slow:
        assert slow.stdin
        assert slow.stdout
        assert slow.stdout.readline() == "in\n"
        if subprocess.run([*command, "quick", broken, "no"], check=False).returncode == 0:
            expected = apply(expected, made("2026-W47", "quick"))
        slow.stdin.write("\n")
        slow.stdin.close()
    assert slow.returncode == 0
    expected = apply(expected, made("2026-W47", "slow"))
    assert state(Store(str(folder))) == expected
    lines = (folder / "journal.jsonl").read_text().splitlines()
    assert [json.loads(one)["seq"] for one in lines] == list(range(1, len(expected) + 1))


@pytest.mark.process
@pytest.mark.slow
def test_a_writer_waits_for_another(tmp_path: Path) -> None:
    race(tmp_path / "data", "no")


@pytest.mark.process
def test_without_the_lock_two_writers_are_noticed(tmp_path: Path) -> None:
    with pytest.raises((AssertionError, DataError)):
        race(tmp_path / "data", "yes")
