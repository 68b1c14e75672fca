"""What the shell says and does when files of the data folder are gone, or others lie among them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from techlead_tui.store.store import Store
from tests.cli.conftest import Techlead
from tests.store.harness import commit, made

WEEK = "2026-W47"
DAYS = ("2026-11-17", "2026-11-18")


@pytest.fixture
def data(techlead: Techlead, tmp_path: Path) -> Path:
    """Two sessions of one week, folded."""
    for day in DAYS:
        assert techlead("log", "30m", "pool", "--at", f"{day} 10:00").code == 0
    folder = tmp_path / "home" / "data"
    Store(str(folder)).fold()
    return folder


def logged(techlead: Techlead) -> list[str]:
    found = techlead("sessions", "all", "--json").json["sessions"]
    return sorted(session["start"][:10] for session in found)


def test_a_missing_week_is_told_and_neither_later_logs_nor_doctor_lose_it(
    techlead: Techlead, data: Path
) -> None:
    (data / "weeks" / f"{WEEK}.json").unlink()
    shown = techlead("sessions", "all")
    assert shown.code == 0
    assert f"note: weeks/{WEEK}.json is missing" in shown.err
    for _ in range(51):
        assert techlead("log", "5m", "later", "--at", "2026-11-19 10:00").code == 0
    Store(str(data)).fold()
    before = logged(techlead)
    assert before == [*DAYS, *["2026-11-19"] * 51]
    techlead("doctor", "--yes")
    assert logged(techlead) == before
    assert techlead("doctor").code == 0


def test_doctor_names_a_copy_among_the_weeks_and_is_content(techlead: Techlead, data: Path) -> None:
    copy = data / "weeks" / f"{WEEK}.sync-conflict-20261124-101010-ABCDEF.json"
    shutil.copy(data / "weeks" / f"{WEEK}.json", copy)
    found = techlead("doctor")
    assert found.code == 0
    assert f"note: weeks/{copy.name} is a copy that a file sync left" in found.out
    assert techlead("find", "pool").code == 0
    assert logged(techlead) == [*DAYS]


@pytest.mark.parametrize("bucket", [f"{WEEK} (conflicted copy)", "2026-W99", "2026-W40"])
def test_find_goes_on_where_a_record_was_taken_in_twice(techlead: Techlead, data: Path, bucket: str) -> None:
    store = Store(str(data))
    with store.reading() as view:
        records = view.records(WEEK)["sessions"]
    for uid, record in records.items():
        again = made(bucket, uid)
        again.after = record
        commit(store, again)
    for _ in range(2):
        assert techlead("find", "pool").code == 0
        assert techlead("sessions", "all").code == 0
        assert techlead("rm", next(iter(records))).code in (0, 2)
        store.fold()
    shutil.rmtree(data / "weeks")
    assert techlead("find", "pool").code == 0
