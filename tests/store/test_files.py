"""What stands in the data folder: layout, formats, permissions, links."""

import json
import os
import re
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from techlead_tui.core.records import Change, Record
from techlead_tui.errors import DataError
from techlead_tui.store import bucket_file, journal
from techlead_tui.store.store import Store
from tests.store.harness import WEEK, commit, made, state, undo


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A folded store with two records in a week and one in none, and a line more."""
    store = Store(str(tmp_path / "data"))
    commit(store, made(WEEK, "a", "pool"), made(WEEK, "b", "cache"))
    commit(store, made("open", "c"))
    store.fold()
    commit(store, made(WEEK, "d"))
    return store


def files(store: Store) -> dict[str, Path]:
    base = Path(store.folder.path)
    return {str(p.relative_to(base)): p for p in sorted(base.rglob("*")) if p.is_file()}


def test_plain_tinydb_opens_a_week(store: Store) -> None:
    with TinyDB(store.folder.file(WEEK), access_mode="r") as db:
        assert db.table("sessions").all() == [made(WEEK, "a", "pool").after, made(WEEK, "b", "cache").after]
        assert db.table("sessions").get(where("summary") == "cache").doc_id == 1_000_001


def test_a_file_has_one_record_a_line_and_its_format_first(store: Store) -> None:
    text = Path(store.folder.file(WEEK)).read_text().splitlines()
    assert re.fullmatch(r'\{"_meta":\{"format":1,"seq":2,"sum":"[0-9a-f]{8}"\},', text[0])
    assert text[1:] == [
        '"sessions":{',
        '"1000000":{"uid":"a","summary":"pool","minutes":45},',
        '"1000001":{"uid":"b","summary":"cache","minutes":45}}}',
    ]


def test_after_a_fold_the_second_copy_holds_only_the_last_line(store: Store) -> None:
    lines = Path(store.folder.journal).read_bytes().splitlines()
    assert Path(store.folder.recent).read_bytes().splitlines() == lines[-2:]
    store.fold()
    assert Path(store.folder.recent).read_bytes().splitlines() == lines[-1:]
    before = os.stat(store.folder.recent)
    store.fold()  # nothing to do is nothing written
    assert os.stat(store.folder.recent) == before


def table(store: Store, name: str) -> dict[str, Record]:
    with store.reading() as view:
        return view.table("open", name)


def test_a_table_that_a_file_does_not_have_is_found_without_the_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = made("open", "r", table="running")
    commit(store, running)
    with monkeypatch.context() as patch:
        patch.setattr(bucket_file, "load", None)
        assert table(store, "running") == {"r": running.after}
    undo(store)
    monkeypatch.setattr(bucket_file, "load", None)
    assert table(store, "running") == {}


def test_a_table_is_what_all_records_hold_of_it(store: Store) -> None:
    commit(store, made("open", "r", table="running"))
    for step in ("in a line", "in the file", "in a file that is damaged"):
        if step == "in the file":
            store.fold()
        elif step != "in a line":
            path = Path(store.folder.file("open"))
            path.write_bytes(path.read_bytes().replace(b"minutes", b"hours"))
        for name in ("sessions", "running", "nothing"):
            with store.reading() as view:
                wanted = view.records("open").get(name, {})
            assert table(store, name) == wanted, step


def test_a_document_id_never_comes_back(store: Store) -> None:
    with TinyDB(store.folder.file(WEEK), access_mode="r") as db:
        before = {doc.doc_id for doc in db.table("sessions")}
    commit(store, Change(WEEK, "sessions", "b", made(WEEK, "b", "cache").after, None))
    store.fold()
    undo(store)
    store.fold()
    with TinyDB(store.folder.file(WEEK), access_mode="r") as db:
        assert {doc["uid"]: doc.doc_id in before for doc in db.table("sessions")} == {
            "a": True,
            "b": False,
            "d": False,
        }


def test_a_week_without_records_leaves_no_file(store: Store) -> None:
    commit(store, made("2027-W01", "z"))
    store.fold()
    assert Path(store.folder.file("2027-W01")).exists()
    undo(store)
    store.fold()
    assert not Path(store.folder.file("2027-W01")).exists()
    with store.reading() as view:
        assert view.buckets() == [WEEK]


def test_recent_lines_are_folded_when_they_have_outgrown_their_use(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    for i in range(10):
        commit(store, made(WEEK, f"u{i}", "x" * 10_000))
    assert Path(store.folder.recent).stat().st_size < 45_000
    assert len(state(store)) == 10


def test_files_are_for_their_owner_alone(store: Store) -> None:
    store.maintain()
    assert files(store)
    for name, path in files(store).items():
        assert path.stat().st_mode & 0o777 == 0o600, name
        assert path.parent.stat().st_mode & 0o777 == 0o700, name


def test_files_that_others_can_read_are_found_and_closed(store: Store) -> None:
    Path(store.folder.journal).chmod(0o644)
    Path(store.folder.path).chmod(0o755)
    assert [f.message for f in store.verify()] == ["can be read by others"] * 2
    store.repair()
    assert store.verify() == []


@pytest.mark.parametrize("name", ["journal.jsonl", "recent.jsonl", "open.json", f"weeks/{WEEK}.json"])
def test_a_symbolic_link_stays_one(store: Store, tmp_path: Path, name: str) -> None:
    path = Path(store.folder.path) / name
    (tmp_path / "elsewhere").mkdir()
    path.rename(tmp_path / "elsewhere" / "file")
    path.symlink_to(tmp_path / "elsewhere" / "file")
    commit(store, made(WEEK, "e"))
    store.fold()
    assert path.is_symlink()
    assert len(state(store)) == 5


def newer(path: Path, inside: str) -> None:
    path.write_text(re.sub(r'"format": ?1\b', inside, path.read_text()))


@pytest.mark.parametrize("name", ["open.json", f"weeks/{WEEK}.json"])
@pytest.mark.parametrize("inside", ['"format":99', '"format": 99'])
def test_a_newer_file_is_refused_and_left_alone(store: Store, name: str, inside: str) -> None:
    newer(Path(store.folder.path) / name, inside)
    before = {name: path.read_bytes() for name, path in files(store).items()}
    with pytest.raises(DataError, match="newer techlead"):
        state(store)
    with pytest.raises(DataError, match="newer techlead"):
        commit(store, made(WEEK, "e"))
    assert {name: path.read_bytes() for name, path in files(store).items()} == before
    with pytest.raises(DataError, match="newer techlead"):
        store.repair()
    assert store.verify()[0].serious


def test_a_newer_journal_is_refused_and_left_alone(store: Store) -> None:
    newer(Path(store.folder.journal), '"format":2')
    newer(Path(store.folder.recent), '"format":2')
    before = {name: path.read_bytes() for name, path in files(store).items()}
    for attempt in (state, lambda s: commit(s, made(WEEK, "e")), Store.fold, Store.maintain, Store.repair):
        with pytest.raises(DataError, match="newer techlead"):
            attempt(store)
    assert {name: path.read_bytes() for name, path in files(store).items()} == before


def test_an_older_format_is_lifted_and_a_copy_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from binascii import crc32

    def lift(bucket: str, table: str, record: Record) -> Record:
        return {**record, "bucket": f"{bucket}/{table}"}

    monkeypatch.setattr(journal, "STEPS", ((0, lift),))
    path = Path(store.folder.file(WEEK))
    for file in (path, Path(store.folder.file("open"))):
        text = file.read_bytes().replace(b'"format":1', b'"format":0')
        start, _, rest = text.partition(b',"sum":"')
        file.write_bytes(start + b',"sum":"%08x"}' % crc32(rest[10:], crc32(start)) + rest[10:])
    for name in (store.folder.journal, store.folder.recent):
        lines = Path(name).read_bytes().splitlines()
        old = [one[:-18].replace(b'"format":1', b'"format":0') for one in lines]
        Path(name).write_bytes(b"".join(one + b',"sum":"%08x"}\n' % crc32(one) for one in old))
    with store.reading() as view:
        before = view.records(WEEK)["sessions"]
        assert {uid: record["bucket"] for uid, record in before.items()} == dict.fromkeys(
            "abd", f"{WEEK}/sessions"
        )
    old_bytes = path.read_bytes()
    store.fold()
    assert b'"format":1' in path.read_bytes()
    with store.reading() as view:
        assert view.records(WEEK)["sessions"] == before
    assert old_bytes in [p.read_bytes() for p in Path(store.folder.quarantine).iterdir()]
    undo(store)  # a line of the older format can still be turned round
    assert not [f for f in store.verify() if f.serious]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_folder_that_may_not_be_written_is_read_and_refused_to_writers(store: Store) -> None:
    before = state(store)
    for path in (*files(store).values(), Path(store.folder.path)):
        path.chmod(path.stat().st_mode & 0o555)
    try:
        assert state(store) == before
        with pytest.raises(DataError, match="not saved"):
            commit(store, made(WEEK, "e"))
    finally:
        Path(store.folder.path).chmod(0o700)


def test_the_journal_is_one_json_object_a_line(store: Store) -> None:
    lines = Path(store.folder.journal).read_text().splitlines()
    assert [list(json.loads(one)) for one in lines] == [
        [
            "seq",
            "format",
            "undo",
            "redo",
            "week",
            "turn",
            "of",
            "below",
            "at",
            "origin",
            "words",
            "changes",
            "sum",
        ]
    ] * 3


def test_a_read_that_fails_is_told_and_no_traceback(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    def read() -> None:
        with store.reading() as view:
            monkeypatch.setattr("techlead_tui.fs.read_at", fail)
            view.records(WEEK)

    with pytest.raises(DataError, match="cannot read the data"):
        read()
