"""What users are told about damage, and what is kept of it."""

from pathlib import Path

import pytest

from techlead_tui.errors import DataError
from techlead_tui.store.store import Store
from tests.store.harness import WEEK, State, apply, commit, made, state, undo


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three weeks' records, folded, and two lines more."""
    store = Store(str(tmp_path))
    for uid, bucket in (("a", WEEK), ("b", "2026-W48"), ("c", "open")):
        commit(store, made(bucket, uid))
    store.fold()
    commit(store, made(WEEK, "d"))
    commit(store, made("2026-W48", "e"))
    return store


def quarantined(store: Store) -> list[bytes]:
    return [path.read_bytes() for path in sorted(Path(store.folder.quarantine).iterdir())]


def spoil(path: str, at: int = 150) -> bytes:
    """Overwrites some bytes of a file; its bytes now."""
    data = Path(path).read_bytes()
    bad = data[:at] + b"\xff\x00\xfe" + data[at + 3 :]
    Path(path).write_bytes(bad)
    return bad


def test_a_reader_tells_of_a_damaged_week_and_writes_nothing(store: Store) -> None:
    before = state(store)
    spoil(store.folder.file(WEEK))
    seen = {p: p.stat().st_mtime_ns for p in Path(store.folder.path).rglob("*")}
    assert state(store) == before
    assert store.notices == [
        "weeks/2026-W47.json is damaged; it was read from the journal (techlead doctor repairs it)"
    ]
    assert {p: p.stat().st_mtime_ns for p in Path(store.folder.path).rglob("*")} == seen


def test_a_fold_rebuilds_a_damaged_week_and_keeps_the_damaged_copy(store: Store) -> None:
    before = state(store)
    bad = spoil(store.folder.file(WEEK))
    store.fold()
    assert quarantined(store) == [bad]
    assert "weeks/2026-W47.json was damaged" in store.notices[0]
    assert str(Path(store.folder.quarantine)) in store.notices[0]
    assert state(store) == before
    assert not [f for f in store.verify() if f.serious]


def test_a_damaged_journal_takes_from_the_files_what_it_no_longer_tells(store: Store) -> None:
    before = state(store)
    bad = spoil(store.folder.journal)
    assert [f.message for f in store.verify()] == [
        "has lines that cannot be read",
        "does not tell of 1 changes in the files",
    ]
    store.maintain()
    assert quarantined(store) == [bad]
    assert state(store) == before
    Path(store.folder.file(WEEK)).unlink()  # the journal alone knows it again
    store.repair()
    assert state(store) == before
    with store.reading() as view:
        assert view.history(1)[0].turn == "rebuild"
    assert not [f for f in store.verify() if f.serious]
    undo(store)  # what was done last can still be taken back


def test_a_lost_journal_is_rebuilt_from_the_files(store: Store) -> None:
    before = state(store)
    seq = 5
    Path(store.folder.journal).unlink()
    Path(store.folder.recent).unlink()
    left: State = {key: record for key, record in before.items() if key[2] in "abc"}
    assert state(store) == left
    commit(store, made(WEEK, "f"))
    assert state(store) == apply(left, made(WEEK, "f"))
    with store.reading() as view:
        assert view.seq >= seq


def test_a_journal_older_than_the_files_does_not_hide_what_is_saved_next(store: Store) -> None:
    old = Path(store.folder.journal).read_bytes()
    for i in range(5):
        commit(store, made(WEEK, f"new{i}"))
    store.fold()
    before = state(store)
    for name in (store.folder.journal, store.folder.recent):
        Path(name).write_bytes(old)
    commit(store, made(WEEK, "next"))
    assert state(store) == apply(before, made(WEEK, "next"))


def test_weeks_alone_are_enough_to_go_on(store: Store) -> None:
    for name in (store.folder.journal, store.folder.recent, store.folder.file("open")):
        Path(name).unlink()
    commit(store, made(WEEK, "next"))
    assert {uid for _, _, uid in state(store)} == {"a", "b", "next"}


def test_a_number_damaged_in_a_file_stops_nobody(store: Store) -> None:
    before = state(store)
    path = Path(store.folder.file("open"))
    path.write_bytes(path.read_bytes().replace(b'"seq":3', b'"seq":9'))
    commit(store, made(WEEK, "next"))
    assert state(store) == apply(before, made(WEEK, "next"))


def test_records_that_only_a_damaged_file_holds_are_saved(store: Store) -> None:
    before = state(store)
    Path(store.folder.journal).write_bytes(b"")
    Path(store.folder.recent).write_bytes(b"")
    commit(store, made("open", "x"), made(WEEK, "y"))  # rebuilds the journal from the files
    path = Path(store.folder.file(WEEK))
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([b"garbage", *lines[1:]]))
    kept = {key: record for key, record in before.items() if key[2] in "abc"}
    assert state(store) == apply(kept, made("open", "x"), made(WEEK, "y"))


@pytest.mark.parametrize("garbage", [b"garbage\n", b"\x00\xff" * 100, b"[]\n{}\n"])
def test_when_nothing_can_be_read_nothing_is_written(tmp_path: Path, garbage: bytes) -> None:
    store = Store(str(tmp_path))
    for name in ("journal.jsonl", "recent.jsonl"):
        (tmp_path / name).write_bytes(garbage)
    for attempt in (state, lambda s: commit(s, made(WEEK, "e")), Store.fold, Store.maintain, Store.repair):
        with pytest.raises(DataError) as refused:
            attempt(store)
        assert "journal.jsonl" in refused.value.message
        assert "techlead doctor --restore" in refused.value.hint
    assert (tmp_path / "journal.jsonl").read_bytes() == garbage
    assert [f.serious for f in store.verify()] == [True]


def test_when_only_a_garbled_week_is_left_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "weeks").mkdir()
    (tmp_path / "weeks" / f"{WEEK}.json").write_bytes(b"garbage")
    with pytest.raises(DataError, match=WEEK), Store(str(tmp_path)).reading() as view:
        view.records(WEEK)


def test_a_missing_week_file_is_found_and_rebuilt(store: Store) -> None:
    before = state(store)
    Path(store.folder.file("2026-W48")).unlink()
    assert [f.file for f in store.verify() if f.serious] == ["weeks/2026-W48.json"]
    store.repair()
    assert state(store) == before
    assert store.verify() == []


def test_a_file_changed_by_hand_is_what_the_journal_says_again(store: Store) -> None:
    before = state(store)
    path = Path(store.folder.file(WEEK))
    path.write_text(path.read_text().replace('"minutes":45', '"minutes":4500'))
    assert state(store) == before
    store.repair()
    assert b"4500" in quarantined(store)[0]
