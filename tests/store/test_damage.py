"""What users are told about damage, and what is kept of it."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from techlead_tui.core.records import Change, is_week
from techlead_tui.errors import DataError
from techlead_tui.store import bucket_file, maintenance
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
        "lacks lines, or has some that cannot be read",
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


def notices(store: Store) -> list[str]:
    """Return what a new process is told that reads everything."""
    fresh = Store(store.folder.path)
    state(fresh)
    return fresh.notices


def forget_weeks(store: Store) -> None:
    """Leaves open.json as earlier versions wrote it, without the checksum of the week files."""
    path = store.folder.file("open")
    week = bucket_file.load(Path(path).read_bytes(), "open", path)
    assert week
    Path(path).write_bytes(bucket_file.dump(week.seq, week.tables))


def compacted(store: Store) -> None:
    with store.writing() as view:
        maintenance.compact(view)


AGES = {"today": lambda _: None, "earlier version": forget_weeks, "compacted": compacted}
GONE = {
    "a week": lambda folder: folder.joinpath("weeks/2026-W47.json").unlink(),
    "open.json": lambda folder: folder.joinpath("open.json").unlink(),
    "all weeks": lambda folder: shutil.rmtree(folder / "weeks"),
    "all files": lambda folder: [shutil.rmtree(folder / "weeks"), folder.joinpath("open.json").unlink()],
}


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("gone", GONE)
def test_a_missing_file_is_read_from_the_journal_and_no_fold_shortens_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, gone: str, age: str
) -> None:
    monkeypatch.setattr(maintenance, "UNDO_DEPTH", 2)
    AGES[age](store)
    before = state(store)
    GONE[gone](Path(store.folder.path))
    assert state(store) == before
    told = notices(store)
    assert told
    assert all("is missing; the journal was read instead (techlead doctor" in one for one in told)
    assert [f.file for f in store.verify() if f.message == "is missing"] == [one.split()[0] for one in told]
    commit(store, made(WEEK, "late"), made("open", "later"))
    store.fold()
    after = apply(before, made(WEEK, "late"), made("open", "later"))
    assert state(store) == after
    assert not notices(store)
    store.repair()
    assert state(store) == after
    assert store.verify() == []


def test_an_outgrown_journal_is_folded_whole_when_a_week_is_missing(store: Store) -> None:
    before = state(store)
    Path(store.folder.file("2026-W48")).unlink()
    late = [made("2026-W48", f"late{i}", "x" * 10_000) for i in range(4)]
    for one in late:
        commit(store, one)
    assert state(store) == apply(before, *late)
    assert Path(store.folder.recent).stat().st_size < 32_000
    assert "weeks/2026-W48.json was missing" in store.notices[0]


def test_a_week_that_is_a_link_to_nothing_is_read_from_the_journal(store: Store) -> None:
    before = state(store)
    path = Path(store.folder.file(WEEK))
    path.unlink()
    path.symlink_to("nowhere.json")
    assert state(store) == before
    assert "weeks/2026-W47.json" in store.notices[0]


def test_a_link_to_nothing_gives_way_to_the_rebuilt_week(store: Store) -> None:
    store.fold()
    before = state(store)
    path = Path(store.folder.file(WEEK))
    path.unlink()
    path.symlink_to("gone/nowhere.json")
    store.repair()
    assert path.is_file()
    assert not path.is_symlink()
    assert state(store) == before
    assert store.verify() == []
    assert not any("kept as" in notice for notice in store.notices)  # there was nothing to keep


@pytest.mark.parametrize("name", ["journal.jsonl", "recent.jsonl"])
def test_a_line_missing_amid_either_copy_is_said_and_filled_from_the_other(store: Store, name: str) -> None:
    for uid in "fgh":
        commit(store, made(WEEK, uid))
    before = state(store)
    path = Path(store.folder.path) / name
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:-2], lines[-1]]))
    assert [f.file for f in store.verify() if f.serious] == [name]
    assert state(store) == before
    store.repair()
    assert Path(store.folder.journal).read_bytes().splitlines(keepends=True)[-2:] == lines[-2:]
    assert state(store) == before
    assert not [f for f in store.verify() if f.serious]


def test_a_line_that_both_copies_lack_is_said_once(store: Store) -> None:
    for uid in "fgh":
        commit(store, made(WEEK, uid))
    for name in ("journal.jsonl", "recent.jsonl"):
        path = Path(store.folder.path) / name
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join([*lines[:-2], lines[-1]]))
    assert {f.file for f in store.verify() if f.serious} == {"journal.jsonl", "recent.jsonl"}
    store.repair()
    assert not [f for f in store.verify() if f.serious]
    assert "h" in {uid for _, _, uid in state(store)}


def test_a_line_missing_amid_amid_the_second_copy_is_read_from_the_journal(store: Store) -> None:
    commit(store, made(WEEK, "f"))
    before = state(store)
    path = Path(store.folder.recent)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:1], *lines[2:]]))
    assert state(store) == before
    store.fold()
    assert state(store) == before


def test_a_file_without_what_the_journal_tells_is_filled_by_a_repair(store: Store) -> None:
    before = state(store)
    store.fold()
    path = store.folder.file(WEEK)
    week = bucket_file.load(Path(path).read_bytes(), WEEK, path)
    assert week
    Path(path).write_bytes(bucket_file.dump(week.seq, {"sessions": {}}))  # a short file that looks whole
    assert [(f.file, f.message) for f in store.verify()] == [
        ("weeks/2026-W47.json", "does not hold what the journal says")
    ]
    store.repair()
    assert state(store) == before
    assert [finding.serious for finding in store.verify()] == [False]  # the copy that is kept


def test_a_store_is_not_called_damaged_before_its_first_fold_nor_without_a_week_that_is_over(
    tmp_path: Path,
) -> None:
    store = Store(str(tmp_path))
    assert state(store) == {}
    for uid in "abc":
        commit(store, made(WEEK, uid))
        state(store)
    store.fold()
    commit(store, made("2026-W48", "d"))
    store.fold()
    undo(store)  # takes the week's last record away
    state(store)
    store.fold()
    commit(store, made("2026-W49", "e"))
    state(store)
    assert store.notices == []
    assert store.verify() == []


@pytest.mark.parametrize("emptied", [False, True])
def test_a_fold_that_stopped_before_its_last_file_leaves_no_damage(store: Store, emptied: bool) -> None:
    if emptied:
        commit(store, Change(WEEK, "sessions", "a", made(WEEK, "a").after, None))
        commit(store, Change(WEEK, "sessions", "d", made(WEEK, "d").after, None))
    before = state(store)
    kept = {name: Path(name).read_bytes() for name in (store.folder.file("open"), store.folder.recent)}
    store.fold()
    for name, data in kept.items():
        Path(name).write_bytes(data)
    assert state(store) == before
    assert notices(store) == []


COPIES = [  # merged by consent, and kept
    "2026-W48.sync-conflict-20261124-101010-ABCDEF.json",
    "2026-W48 (conflicted copy).json",
    "2026-W48 copy.json",
    "2026-W48(1).json",
]
STRANGERS = [
    "._2026-W48.json",
    ".2026-W48.json",
    "2026-w48.json",
    "2026-W99.json",
    "2026-W00.json",
    "2027-W53.json",
    "0000-W01.json",
    "２026-W48.json",
    "open.json",
    "backup.json",
    "2026-W48.json~",
    "2026-W48.json.bak",
]


@pytest.mark.parametrize("name", COPIES + STRANGERS)
def test_a_file_of_someone_elses_among_the_weeks_is_left_alone(store: Store, name: str) -> None:
    before = state(store)
    stranger = Path(store.folder.weeks) / name
    copied = Path(store.folder.file("2026-W48")).read_bytes()
    stranger.write_bytes(copied)
    found = stranger.stat()
    assert state(store) == before
    assert sorted(one[2]["uid"] for one in store.search(["x"])) == sorted(uid for _, _, uid in before)
    assert sorted(one[2]["uid"] for one in store.nearest(["x"], WEEK)) == sorted(uid for _, _, uid in before)
    assert [f for f in store.verify() if f.serious] == []
    named = [f.file for f in store.verify()]
    assert named == ([f"weeks/{name}"] if name.endswith(".json") else [])
    store.maintain()
    assert (stranger.stat().st_ino, stranger.stat().st_mtime_ns) == (found.st_ino, found.st_mtime_ns)
    store.repair()
    assert state(store) == before
    if name in COPIES:
        (kept,) = (Path(at) / file for at, _, files in os.walk(store.folder.quarantine) for file in files)
        assert kept.read_bytes() == copied
    else:
        assert (stranger.stat().st_ino, stranger.stat().st_mtime_ns) == (found.st_ino, found.st_mtime_ns)
    store.restore(store.backups()[0].name)
    assert state(store) == before


def test_weeks_of_every_length_are_weeks() -> None:
    for year in range(1, 2400):
        last = date(year, 12, 28).isocalendar().week
        assert is_week(f"{year:04}-W{last}")
        assert not is_week(f"{year:04}-W{last + 1}")


def test_records_once_taken_in_from_a_copy_are_passed_over(store: Store) -> None:
    before = state(store)
    for bucket in ("2026-W48.sync-conflict-20261124", "2026-W99"):
        commit(store, made(bucket, "b"))
    assert state(store) == before
    for _ in range(2):
        assert [one[0] for one in store.nearest(["x"], WEEK)].count("2026-W48") == 2
        with store.reading() as view:
            assert view.find_uid("b") == [("2026-W48", "sessions", "b")]
        store.fold()
    assert state(store) == before
    assert sorted(os.listdir(store.folder.weeks)) == ["2026-W47.json", "2026-W48.json"]
    assert store.verify() == []


def test_a_week_under_the_name_of_another_adds_nothing(store: Store) -> None:
    day = {"uid": "k", "summary": "x", "day": "2026-11-18", "start": 540, "end": 600}
    commit(store, Change(WEEK, "blocks", "k", None, day))
    store.fold()
    before = state(store)
    copy = Path(store.folder.file("2026-W30"))
    copy.write_bytes(Path(store.folder.file(WEEK)).read_bytes())
    assert [(f.file, f.message) for f in store.verify() if f.serious] == [
        ("weeks/2026-W30.json", "does not hold what the journal says")
    ]
    store.repair()
    assert state(store) == before
    assert not copy.exists()
    assert len(quarantined(store)) == 1


def test_a_block_that_was_taken_in_twice_is_taken_out_where_it_does_not_belong(store: Store) -> None:
    day = {"uid": "k", "summary": "x", "day": "2026-11-18", "start": 540, "end": 600}
    commit(store, Change(WEEK, "blocks", "k", None, day))
    before = state(store)
    commit(store, Change("2026-W30", "blocks", "k", None, day))
    store.repair()
    assert state(store) == before
