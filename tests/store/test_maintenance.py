"""Compaction, backups and the way back."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from techlead_tui.core.records import Change
from techlead_tui.errors import DataError, UserError
from techlead_tui.store import maintenance
from techlead_tui.store.backup import superfluous
from techlead_tui.store.folder import Backup
from techlead_tui.store.store import Store
from tests.store.harness import WEEK, commit, made, state, undo


def grown(tmp_path: Path) -> Store:
    """A store in which one record was changed many times and another deleted."""
    store = Store(str(tmp_path))
    record = made(WEEK, "a")
    commit(store, record, made(WEEK, "b"))
    commit(store, made("open", "c"))
    commit(store, Change(WEEK, "sessions", "b", made(WEEK, "b").after, None))
    for i in range(30):
        after = {"uid": "a", "minutes": i}
        commit(store, Change(WEEK, "sessions", "a", record.after, after), words=f"edit {i}")
        record = Change(WEEK, "sessions", "a", None, after)
    return store


def test_a_journal_that_has_outgrown_its_use_is_compacted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "COMPACT_BYTES", 1000)
    monkeypatch.setattr(maintenance, "UNDO_DEPTH", 10)
    store = grown(tmp_path)
    before, size = state(store), os.stat(store.folder.journal).st_size
    store.maintain()
    assert os.stat(store.folder.journal).st_size < size / 2
    assert state(store) == before
    with store.reading() as view:
        assert [e.words for e in view.history(10)] == [["edit", str(i)] for i in range(29, 19, -1)]
    assert not [f for f in store.verify() if f.serious]
    for _ in range(10):
        undo(store)
    with pytest.raises(UserError):
        undo(store)
    assert state(store)[WEEK, "sessions", "a"] == {"uid": "a", "minutes": 19}


def test_a_small_journal_is_left_as_it_is(tmp_path: Path) -> None:
    store = grown(tmp_path)
    before = Path(store.folder.journal).read_bytes()
    store.maintain()
    assert Path(store.folder.journal).read_bytes() == before


def test_a_backup_is_made_when_something_has_changed(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    store.maintain()
    assert store.backups() == []
    commit(store, made(WEEK, "a"))
    commit(store, made("open", "b"))
    store.maintain()
    store.maintain()
    assert [(b.name, b.at, b.seq, b.weeks, b.records) for b in store.backups()] == [
        ("20261122T111105-00000002.zip", "2026-11-22T11:11:05+00:00", 2, 1, 2)
    ]
    commit(store, made(WEEK, "c"))
    store.maintain()
    assert [b.seq for b in store.backups()] == [3, 2]


def test_backups_are_thinned_with_age() -> None:
    newest = datetime.fromisoformat("2026-11-22T18:00:00+00:00")
    found = [
        Backup(f"{i}", (newest - timedelta(hours=8 * i)).isoformat(), 5000 - i, 1, 1) for i in range(3 * 400)
    ]
    dropped = set(superfluous(found))
    ages = [i / 3 for i in range(3 * 400) if str(i) not in dropped]
    assert len([a for a in ages if a <= 2]) == 7
    assert len([a for a in ages if 3 < a <= 30]) == 27
    assert len([a for a in ages if 31 < a <= 180]) in (21, 22, 23)
    assert len([a for a in ages if a > 181]) in (7, 8, 9)


def test_a_restored_backup_can_be_undone(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    commit(store, made(WEEK, "a"))
    store.maintain()
    old = state(store)
    commit(store, made("open", "b"), Change(WEEK, "sessions", "a", made(WEEK, "a").after, None))
    now = state(store)
    store.restore(store.backups()[0].name)
    assert state(store) == old
    with store.reading() as view:
        assert view.history(1)[0].words == ["doctor", "--restore", "20261122T111105-00000001.zip"]
    undo(store)
    assert state(store) == now
    assert os.listdir(store.folder.quarantine) == ["before-restore-1.zip"]


def test_a_backup_replaces_data_that_cannot_be_read(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    commit(store, made(WEEK, "a"), made("open", "b"))
    store.maintain()
    old = state(store)
    for path in tmp_path.rglob("*.json*"):
        path.write_bytes(b"garbage")
    with pytest.raises(DataError):
        state(store)
    store.restore(store.backups()[0].name)
    assert state(store) == old
    commit(store, made(WEEK, "c"))
    store.fold()
    assert len(state(store)) == 3
    assert not [f for f in store.verify() if f.serious]


def test_an_unknown_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no backup"):
        Store(str(tmp_path)).restore("../journal.jsonl")
