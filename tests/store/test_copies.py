"""What a file sync copied beside the data, because two machines wrote them, comes together by id."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from techlead_tui.core.clashes import clash_text
from techlead_tui.core.records import Change, Record
from techlead_tui.store.store import Store

WEEK = "2026-W48"
OWN = "01930000-0000-7000-8000-00000000000"
FIRST, SECOND, THIRD = (OWN + digit for digit in "123")


def block(uid: str, summary: str, start: int = 540) -> Record:
    return {"uid": uid, "summary": summary, "day": "2026-11-25", "start": start, "end": 600, "zone": None}


def commit(store: Store, minute: int, uid: str, after: Record | None) -> None:
    with store.writing() as writing:
        before = writing.records(WEEK).get("blocks", {}).get(uid)
        change = Change(WEEK, "blocks", uid, before, after)
        at = f"2026-11-24T10:{minute:02}:00+00:00"
        writing.commit([change], at=at, week=WEEK, origin="cli", words=["edit"])


def blocks(store: Store) -> dict[str, tuple[object, object]]:
    with store.reading() as reading:
        found = reading.records(WEEK).get("blocks", {})
        return {uid: (one["summary"], one["start"]) for uid, one in found.items()}


@pytest.fixture
def apart(tmp_path: Path) -> tuple[Store, Store]:
    """One data folder in two places, which then went different ways."""
    here = Store(str(tmp_path / "here"))
    commit(here, 0, FIRST, block(FIRST, "pool"))
    commit(here, 1, THIRD, block(THIRD, "old"))
    here.fold()
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    there = Store(str(tmp_path / "there"))
    commit(here, 2, FIRST, block(FIRST, "pool", 480))
    commit(here, 5, THIRD, None)
    commit(there, 3, FIRST, block(FIRST, "connection pool"))
    commit(there, 4, SECOND, block(SECOND, "of the other"))
    for store in (here, there):
        store.fold()
    return here, there


MERGED = {FIRST: ("connection pool", 480), SECOND: ("of the other", 540)}


@pytest.mark.parametrize(
    ("journal", "week"),
    [
        (
            "journal.sync-conflict-20261124-101500-ABCDEFG.jsonl",
            "2026-W48.sync-conflict-20261124-101500-A.json",
        ),
        (
            "journal (ada's conflicted copy 2026-11-24).jsonl",
            "2026-W48 (conflicted copy 2026-11-24 101500).json",
        ),
        ("journal-DESKTOP.jsonl", "2026-W48 (1).json"),
    ],
)
def test_what_only_a_copy_knows_is_merged_and_can_be_undone(
    apart: tuple[Store, Store], journal: str, week: str
) -> None:
    here, there = apart
    folder, other = Path(here.folder.path), Path(there.folder.path)
    shutil.copy(other / "journal.jsonl", folder / journal)
    shutil.copy(other / "weeks" / f"{WEEK}.json", folder / "weeks" / week)
    before = blocks(here)
    found = [finding for finding in here.verify() if "a file sync left" in finding.message]
    assert [(one.file, one.serious) for one in found] == [(journal, True), (f"weeks/{week}", True)]
    here.repair()
    assert blocks(here) == MERGED
    assert not [finding for finding in here.verify() if finding.serious]
    kept = {path.name for path in (folder / "quarantine").iterdir()}
    assert len(kept) == 2
    with here.writing() as writing:
        writing.undo(at="2026-11-24T11:00:00+00:00", week=WEEK, origin="cli")
    assert blocks(here) == before


def test_a_copy_of_a_week_alone_adds_what_was_never_known_and_brings_nothing_back(
    apart: tuple[Store, Store],
) -> None:
    here, there = apart
    shutil.copy(
        Path(there.folder.file(WEEK)),
        Path(here.folder.weeks) / "2026-W48.sync-conflict-20261124-101500-A.json",
    )
    here.repair()
    assert blocks(here) == {FIRST: ("pool", 480), SECOND: ("of the other", 540)}  # THIRD was deleted here
    with here.reading() as reading:
        (last,) = reading.history(1)
    assert [clash_text(told) for told in last.gave_way] == [
        "“pool”: its title, “connection pool” on a copy, gave way to “pool” on this folder",
        "“pool”: 09:00–10:00 on a copy gave way to 08:00–10:00 on this folder",
    ]


def test_of_one_field_changed_in_both_the_later_stays(apart: tuple[Store, Store]) -> None:
    here, there = apart
    commit(here, 8, FIRST, block(FIRST, "ours", 480))
    commit(there, 9, FIRST, block(FIRST, "theirs"))
    path = Path(here.folder.path) / "recent.sync-conflict-20261124-101500-ABCDEFG.jsonl"
    shutil.copy(there.folder.journal, path)
    here.repair()
    assert blocks(here)[FIRST] == ("theirs", 480)
    with here.reading() as reading:
        (last,) = reading.history(1)
    told = [clash_text(one) for one in last.gave_way]
    assert "“theirs”: its title, “ours” on this folder, gave way to “theirs” on a copy" in told


def test_a_copy_that_says_nothing_new_only_goes_into_quarantine(apart: tuple[Store, Store]) -> None:
    here, _ = apart
    shutil.copy(here.folder.journal, Path(here.folder.path) / "journal 2.jsonl")
    shutil.copy(here.folder.file(WEEK), Path(here.folder.weeks) / "2026-W48 2.json")
    with here.reading() as reading:
        before = reading.seq
    here.repair()
    with here.reading() as reading:
        assert reading.seq == before
    assert len(list(Path(here.folder.quarantine).iterdir())) == 2


def test_what_only_looks_like_a_copy_is_left_alone(apart: tuple[Store, Store]) -> None:
    here, _ = apart
    other = Path(here.folder.weeks) / "2026-W48 notes.json"
    other.write_text('{"mine": 1}')
    (Path(here.folder.path) / "journal of a traveller.jsonl").write_text('{"mine": 1}\n')
    here.repair()
    assert other.exists()
    assert [one.message for one in here.verify()] == ["is not a week's file and is left alone"]
