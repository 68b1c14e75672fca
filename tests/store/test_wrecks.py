"""Pipes, strangers' journals, doubles and damaged backups: each is named at once, and nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from techlead_tui import fs
from techlead_tui.core.records import Change
from techlead_tui.errors import DataError
from techlead_tui.store import lock
from techlead_tui.store.journal import HistoryEntry
from techlead_tui.store.maintenance import compact
from techlead_tui.store.store import Store
from tests.store.harness import AT, WEEK, commit, made, state

FILES = ("journal.jsonl", "recent.jsonl", "open.json", f"weeks/{WEEK}.json", ".lock")


def filled(folder: Path, uids: str = "abc") -> Store:
    """A store that has been folded, with a line over its files."""
    store = Store(str(folder))
    for uid in uids:
        commit(store, made(WEEK, uid))
    store.fold()
    commit(store, made(WEEK, f"{uids[-1]}2"))
    return store


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
@pytest.mark.parametrize("name", FILES)
def test_a_pipe_for_a_file_is_refused_at_once(tmp_path: Path, name: str) -> None:
    store = filled(tmp_path)
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    with pytest.raises(DataError, match="not a file"):
        commit(store, made(WEEK, "x"))
    if name != ".lock":  # readers do without the lock where they must
        with pytest.raises(DataError, match="not a file"):
            state(store)


def test_a_folder_for_a_file_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not a file"):
        fs.read_file(str(tmp_path))


@pytest.mark.parametrize("folded", [False, True], ids=["lines alone", "folded"])
def test_the_journal_of_another_home_is_refused_and_nothing_is_written(tmp_path: Path, folded: bool) -> None:
    mine, other = Store(str(tmp_path / "mine")), Store(str(tmp_path / "other"))
    for store, uids in ((mine, "abc"), (other, "xyz")):
        for uid in uids:
            commit(store, made(WEEK, uid))
        if folded:
            store.fold()
        commit(store, made(WEEK, f"{uids[0]}2"))
    before = state(mine)
    own = Path(mine.folder.journal).read_bytes()
    Path(mine.folder.journal).write_bytes(Path(other.folder.journal).read_bytes())
    recent = Path(mine.folder.recent).read_bytes()
    for attempt in (lambda: state(mine), lambda: commit(mine, made(WEEK, "n")), mine.fold, mine.repair):
        with pytest.raises(DataError, match="do not belong together"):
            attempt()
    assert Path(mine.folder.recent).read_bytes() == recent
    assert [finding.serious for finding in mine.verify()] == [True]
    Path(mine.folder.journal).unlink()  # as the hint says
    assert state(mine) == before
    commit(mine, made(WEEK, "n"))
    assert own.splitlines()[-1] in Path(mine.folder.journal).read_bytes().splitlines()


def test_all_files_gone_while_backups_exist_is_said(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.maintain()
    assert store.backups()
    for name in FILES:
        (tmp_path / name).unlink()
    assert state(store) == {}
    assert "backups are there" in store.notices[-1]
    found = [finding for finding in store.verify() if finding.serious]
    assert [finding.file for finding in found] == ["journal.jsonl"]
    name = store.backups()[0].name
    store.restore(name)
    assert sorted(uid for _, _, uid in state(store)) == ["a", "b", "c", "c2"]


def test_every_flipped_bit_of_a_backup_is_said_in_the_list_and_refused(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.maintain()
    (backup,) = store.backups()
    path = Path(store.folder.backups) / backup.name
    good, before = path.read_bytes(), state(store)
    noticed = 0
    for at in range(0, len(good), 7):
        path.write_bytes(good[:at] + bytes([good[at] ^ 4]) + good[at + 1 :])
        (listed,) = store.backups()
        if listed.damaged:
            noticed += 1
            with pytest.raises(DataError, match="is damaged"):
                store.restore(backup.name)
        else:  # a byte that no reader of zip files looks at, such as a date
            store.restore(backup.name)
        assert state(store) == before
    assert noticed > len(good) // 7 * 0.6


@pytest.mark.parametrize(
    "about", ["{}", '{"at":5,"seq":1,"weeks":1,"records":1}', '{"at":"2026-11-24","seq":"x"}', "["]
)
def test_a_backup_that_says_nothing_of_itself_is_damaged_and_hides_no_other(
    tmp_path: Path, about: str
) -> None:
    store = filled(tmp_path)
    store.maintain()
    with zipfile.ZipFile(Path(store.folder.backups) / "z.zip", "w") as archive:
        archive.writestr("about.json", about)
    assert [(one.name == "z.zip", one.damaged) for one in store.backups()] == [(False, False), (True, True)]
    commit(store, made(WEEK, "later"))
    store.maintain()
    assert [one.damaged for one in store.backups()].count(False) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_pipe_among_the_backups_is_damaged_and_nobody_waits_for_it(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.maintain()
    os.mkfifo(Path(store.folder.backups) / "pipe.zip")
    (Path(store.folder.backups) / "folder.zip").mkdir()
    damaged = [one.name for one in store.backups() if one.damaged]
    assert sorted(damaged) == ["folder.zip", "pipe.zip"]
    with pytest.raises(DataError, match="is damaged"):
        store.restore("pipe.zip")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_lock_that_nobody_can_take_is_found(tmp_path: Path) -> None:
    store = filled(tmp_path)
    (tmp_path / ".lock").unlink()
    os.mkfifo(tmp_path / ".lock")
    assert [finding.file for finding in store.verify() if finding.serious] == [".lock"]


def test_a_store_that_was_begun_anew_beside_its_backups_says_so(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.maintain()
    for name in FILES:
        (tmp_path / name).unlink()
    commit(store, made(WEEK, "new"))
    (found,) = store.verify()
    assert "was started again" in found.message


def test_a_session_that_stands_in_a_second_week_is_taken_out_and_can_come_back(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    record = {
        "uid": "s",
        "summary": "x",
        "start": "2026-11-24T09:00:00+01:00",
        "end": "2026-11-24T10:00:00+01:00",
    }
    for bucket in ("2026-W48", "2026-W47"):
        commit(store, Change(bucket, "sessions", "s", None, record))
    found = [finding for finding in store.verify() if finding.serious]
    assert [(finding.file, finding.remedy) for finding in found] == [("weeks/2026-W47.json", "takes it out")]
    store.repair()
    assert [bucket for bucket, _, _ in state(store)] == ["2026-W48"]
    assert not [finding for finding in store.verify() if finding.serious]
    with store.writing() as writing:
        writing.undo(at="2026-11-24T12:00:00+01:00", week="2026-W48", origin="cli")
    assert sorted(bucket for bucket, _, _ in state(store)) == ["2026-W47", "2026-W48"]


def test_doctor_says_beforehand_what_a_repair_does(tmp_path: Path) -> None:
    store = filled(tmp_path)
    (tmp_path / "weeks" / f"{WEEK}.json").write_bytes(b"")
    serious = [finding for finding in store.verify() if finding.serious]
    assert serious
    assert all("journal" in finding.remedy for finding in serious)


def entries(store: Store) -> list[HistoryEntry]:
    with store.reading() as view:
        return view.history()


def moved_away(folder: Path) -> Path:
    return folder.rename(folder.with_name("away"))


@pytest.fixture
def another_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the cache on a disk of its own, across which no file has two names."""

    def refuse(*_: str) -> None:
        raise OSError(errno.EXDEV, "across devices")

    monkeypatch.setattr(fs, "link", refuse)


@pytest.mark.usefixtures("another_disk")
def test_a_folder_that_is_gone_is_no_new_store(tmp_path: Path) -> None:
    data, cache = tmp_path / "data", str(tmp_path / "cache")
    store = Store(str(data), cache)
    commit(store, made(WEEK, "a"))
    before = state(store)
    away = moved_away(data)
    for attempt in (lambda: state(store), lambda: commit(Store(str(data), cache), made(WEEK, "b"))):
        with pytest.raises(DataError, match="is gone") as wrong:
            attempt()
        assert wrong.value.exit_code == 4
        assert not data.exists()
    data.mkdir()  # where a disk would be mounted
    with pytest.raises(DataError, match="is gone"):
        commit(store, made(WEEK, "b"))
    shutil.rmtree(data)
    away.rename(data)
    assert state(store) == before


@pytest.mark.usefixtures("another_disk")
def test_who_removed_the_folder_begins_anew_by_doctor(tmp_path: Path) -> None:
    data = tmp_path / "data"
    store = Store(str(data), str(tmp_path / "cache"))
    commit(store, made(WEEK, "a"))
    moved_away(data)
    assert [finding.remedy for finding in store.verify()] == ["starts again, empty"]
    store.repair()
    commit(store, made(WEEK, "b"))
    assert [uid for _, _, uid in state(store)] == ["b"]
    assert not [finding for finding in store.verify() if finding.serious]


def emptied(data: Path) -> None:
    for file in data.iterdir():
        if file.is_file():
            file.unlink()
        else:
            shutil.rmtree(file)


@pytest.mark.parametrize("lose", [shutil.rmtree, emptied])
def test_a_folder_that_has_lost_everything_is_made_again_and_that_is_said(
    tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    data, cache = tmp_path / "data", str(tmp_path / "cache")
    store = Store(str(data), cache)
    for uid in "abc":
        commit(store, made(WEEK, uid))
        store.fold()  # journal, second copy and the weeks' files hold different parts
    before, history = state(store), [entry.words for entry in entries(store)]
    lose(data)
    reader = Store(str(data), cache)
    assert state(reader) == before
    assert ["has lost its files" in notice for notice in reader.notices] == [True]
    assert any(cache in finding.remedy for finding in reader.verify() if finding.serious)
    writer = Store(str(data), cache)
    commit(writer, made(WEEK, "d"))
    assert ["made again from" in notice for notice in writer.notices] == [True]
    assert {*before, *state(writer)} == set(state(writer))
    assert [entry.words for entry in entries(writer)][1:] == history
    assert not [finding for finding in writer.verify() if finding.serious]


def test_doctor_makes_a_lost_folder_again_unless_its_copy_is_deleted_too(tmp_path: Path) -> None:
    data, cache = tmp_path / "data", tmp_path / "cache"
    store = Store(str(data), str(cache))
    commit(store, made(WEEK, "a"))
    before = state(store)
    shutil.rmtree(data)
    store.repair()
    assert state(store) == before
    shutil.rmtree(data)
    shutil.rmtree(cache)
    commit(store, made(WEEK, "b"))
    assert [uid for _, _, uid in state(store)] == ["b"]


@pytest.mark.parametrize("turn", ["compacted", "moved to another disk", "by an earlier version"])
def test_what_outlives_the_folder_is_the_journal_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: str
) -> None:
    data, cache = tmp_path / "data", tmp_path / "cache"
    store = Store(str(data), str(cache))
    commit(store, made(WEEK, "a"))
    if turn == "compacted":
        with store.writing() as view:
            compact(view)
    elif turn == "moved to another disk":
        copy = data / "copy"
        shutil.copy(store.folder.journal, copy)
        copy.replace(store.folder.journal)

        def refuse(*_: str) -> None:
            raise OSError(errno.EXDEV, "across devices")

        monkeypatch.setattr(fs, "link", refuse)
    else:
        Path(store.folder.witness).unlink()
        Path(store.folder.witness).write_text(str(data))
    commit(store, made(WEEK, "b"))
    before = state(store)
    shutil.rmtree(data)
    if turn == "moved to another disk":  # an old copy would be worse than none
        with pytest.raises(DataError, match="is gone"):
            state(store)
    else:
        assert state(store) == before


def test_folders_do_not_witness_for_each_other(tmp_path: Path) -> None:
    cache = str(tmp_path / "cache")
    commit(Store(str(tmp_path / "one"), cache), made(WEEK, "a"))
    commit(Store(str(tmp_path / "two"), cache), made(WEEK, "b"))
    shutil.rmtree(tmp_path / "one")
    assert [uid for _, _, uid in state(Store(str(tmp_path / "two"), cache))] == ["b"]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not move what is open")
@pytest.mark.parametrize("instead", ["nothing", "another", "its journal"])
def test_nothing_is_acknowledged_in_a_folder_that_has_been_moved_away(tmp_path: Path, instead: str) -> None:
    data = tmp_path / "data"
    store = filled(data)
    before = state(store)
    away = data if instead == "its journal" else tmp_path / "away"
    view = store.writing()
    view.__enter__()
    if instead == "its journal":  # as a sync tool brings another one in
        copy = data / "copy"
        shutil.copy(store.folder.journal, copy)
        copy.replace(store.folder.journal)
    else:
        moved_away(data)
    if instead == "another":
        shutil.copytree(away, data)
    with pytest.raises(DataError, match="removed or replaced"):
        view.commit([made(WEEK, "lost")], at=AT, week=WEEK, origin="cli", words=[])
    view.__exit__(None, None, None)
    assert state(Store(str(away))) == before
    assert instead == "nothing" or state(store) == before
    assert data.exists() == (instead != "nothing")


@pytest.mark.skipif(os.name == "nt", reason="Windows does not remove what is open")
def test_a_lock_that_was_removed_while_a_writer_waited_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path)
    real, taken = lock.acquire, []

    def acquire(fd: int, exclusive: bool, waits: lock.WaitCount) -> None:
        if not taken:
            Path(store.folder.lock).unlink()
        taken.append(fd)
        real(fd, exclusive, waits)

    monkeypatch.setattr(lock, "acquire", acquire)
    with store.writing():
        assert len(taken) == 2
        with pytest.raises(BlockingIOError), open(store.folder.lock) as other:
            lock.take(other.fileno(), exclusive=True)


def test_a_journal_whose_line_ends_were_changed_keeps_its_history(tmp_path: Path) -> None:
    store = filled(tmp_path)
    before = state(store)
    for path in (store.folder.journal, store.folder.recent):
        Path(path).write_bytes(Path(path).read_bytes().replace(b"\n", b"\r\n"))
    assert state(store) == before
    with store.reading() as view:
        assert [entry.seq for entry in view.history()] == [4, 3, 2, 1]
    commit(store, made(WEEK, "n"))
    assert b"\r" not in Path(store.folder.journal).read_bytes()
    with store.reading() as view:
        assert [entry.seq for entry in view.history()] == [5, 4, 3, 2, 1]
    assert not [finding for finding in store.verify() if finding.serious]
