"""Commits, undo, redo and history, against a plain dictionary."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from techlead_tui.core.records import Change
from techlead_tui.errors import ConflictError, DataError, UserError
from techlead_tui.store.store import Store
from tests.store.harness import AT, WEEK, State, apply, commit, made, redo, state, undo
from tests.strategies import LETTERS

MANY = """
import sys
from techlead_tui.store.store import Store
from tests.store.harness import commit, made
for i in range(15):
    commit(Store(sys.argv[1]), made("2026-W47", f"{sys.argv[2]}{i}"))
"""
BUCKETS = ("open", "2026-W47", "2026-W48")


class Life(RuleBasedStateMachine):
    """Any order of commits, undos, redos, folds and restarts, beside a model of two stacks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.store = Store(self.folder)
        self.model: State = {}
        self.done: list[list[Change]] = []
        self.undone: list[list[Change]] = []
        self.serial = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def commit(self, changes: list[Change]) -> None:
        commit(self.store, *changes)
        self.model = apply(self.model, *changes)
        self.done.append(changes)
        self.undone.clear()

    @rule(buckets=st.lists(st.sampled_from(BUCKETS), max_size=3), text=st.text(LETTERS, max_size=20))
    def create(self, buckets: list[str], text: str) -> None:
        changes = []
        for bucket in buckets:
            self.serial += 1
            changes.append(made(bucket, f"u{self.serial}", text.encode(errors="replace").decode()))
        self.commit(changes)

    @precondition(lambda self: self.model)
    @rule(which=st.integers(0, 1000), deletes=st.booleans())
    def change(self, which: int, deletes: bool) -> None:
        key = sorted(self.model)[which % len(self.model)]
        before = self.model[key]
        self.commit([Change(*key, before, None if deletes else {**before, "minutes": which})])

    @rule()
    def undo(self) -> None:
        if not self.done:
            with pytest.raises(UserError):
                undo(self.store)
            return
        undo(self.store)
        changes = self.done.pop()
        self.undone.append(changes)
        self.model = apply(self.model, *(c.inverse() for c in reversed(changes)))

    @rule()
    def redo(self) -> None:
        if not self.undone:
            with pytest.raises(UserError):
                redo(self.store)
            return
        redo(self.store)
        changes = self.undone.pop()
        self.done.append(changes)
        self.model = apply(self.model, *changes)

    @rule()
    def fold(self) -> None:
        self.store.fold()

    @rule()
    def restart(self) -> None:
        self.store = Store(self.folder)

    @invariant()
    def what_is_read_is_what_was_done(self) -> None:
        assert state(self.store) == self.model
        assert self.store.notices == []


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)


@pytest.mark.slow
def test_a_long_life() -> None:
    case = type("Long", (Life,), {}).TestCase
    case.settings = settings(max_examples=500, stateful_step_count=60, deadline=None)
    case().runTest()


def test_undo_is_refused_when_a_record_has_changed_since(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    a = made(WEEK, "a")
    commit(store, a, words="log 45m pool fix")
    with store.writing() as view:  # what undo passes over may still change a record
        later = Change(WEEK, "sessions", "a", a.after, {"uid": "a", "minutes": 1})
        view.commit([later], at=AT, week=WEEK, origin="tui", words=["frozen"], undoable=False)
    with pytest.raises(ConflictError) as refused:
        undo(store)
    assert refused.value.uid == "a"
    assert "log 45m pool fix" in refused.value.message
    assert state(store) == {(WEEK, "sessions", "a"): later.after}


def test_undo_passes_over_what_is_not_undoable(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    commit(store, made(WEEK, "a"))
    with store.writing() as view:
        kept = made("2026-W46", "box")
        view.commit([kept], at=AT, week=WEEK, origin="cli", words=["freeze"], undoable=False)
    undo(store)
    assert set(state(store)) == {("2026-W46", "sessions", "box")}
    redo(store)
    assert len(state(store)) == 2


def test_history_tells_what_was_done_newest_first(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    commit(store, made(WEEK, "a"), words="log 45m")
    commit(store, made(WEEK, "b"), words="log 30m")
    undo(store)
    with store.reading() as view:
        found = [(e.seq, e.turn, e.of, e.words, e.origin, e.at) for e in view.history()]
        assert found == [
            (3, "undo", 2, ["log", "30m"], "cli", AT),
            (2, "do", None, ["log", "30m"], "cli", AT),
            (1, "do", None, ["log", "45m"], "cli", AT),
        ]
        assert [e.seq for e in view.history(1)] == [3]
        assert (view.seq, view.last_week) == (3, WEEK)


def test_a_long_history_is_found_across_pieces_of_the_journal(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    with store.writing() as view:
        for i in range(60):
            text = "x" * (i * 397 % 9000)
            view.commit([made(WEEK, f"u{i}", text)], at=AT, week=WEEK, origin="cli", words=[str(i)])
    with store.reading() as view:
        assert [e.words for e in view.history()] == [[str(i)] for i in reversed(range(60))]


def test_commits_in_one_transaction_see_each_other(tmp_path: Path) -> None:
    with Store(str(tmp_path)).writing() as view:
        view.commit([made(WEEK, "a")], at=AT, week=WEEK, origin="cli", words=[])
        assert set(view.records(WEEK)["sessions"]) == {"a"}
        view.commit([made(WEEK, "b")], at=AT, week=WEEK, origin="cli", words=[])
        assert set(view.records(WEEK)["sessions"]) == {"a", "b"}
        view.undo(at=AT, week=WEEK, origin="cli")
        assert set(view.records(WEEK)["sessions"]) == {"a"}


def test_an_empty_store_reads_as_nothing_and_writes_nothing(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "none"))
    with store.reading() as view:
        assert (view.seq, view.last_week, view.buckets(), view.records("open")) == (0, None, [], {})
        assert view.history() == []
    assert store.stamp() == ()
    assert not (tmp_path / "none").exists()


def test_the_stamp_changes_with_each_commit(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    commit(store, made(WEEK, "a"))
    before = store.stamp()
    assert store.stamp() == before
    commit(Store(str(tmp_path)), made(WEEK, "b"))
    assert store.stamp() != before


def test_what_json_cannot_hold_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    with pytest.raises(TypeError):
        commit(store, Change(WEEK, "sessions", "a", None, {"uid": "a", "bad": {1}}))
    assert state(store) == {}


def test_a_record_must_carry_its_own_uid(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    with pytest.raises(ValueError, match="a record named a"):
        commit(store, Change(WEEK, "sessions", "a", None, {"summary": "x"}))
    assert state(store) == {}


def test_a_writer_that_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("techlead_tui.store.lock.PATIENCE", 0)
    store = Store(str(tmp_path))
    commit(store, made(WEEK, "a"))
    with store.reading(), pytest.raises(DataError, match="another techlead"):
        commit(store, made(WEEK, "b"))
    with store.reading(), store.reading() as view:  # readers do not wait for each other
        assert set(view.records(WEEK)["sessions"]) == {"a"}


@pytest.mark.process
def test_writers_in_several_processes_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MANY, str(tmp_path / "data")]
    writers = [subprocess.Popen([*command, name]) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    store = Store(str(tmp_path / "data"))
    assert {uid for _, _, uid in state(store)} == {f"{name}{i}" for name in "abc" for i in range(15)}
    with store.reading() as view:
        assert [entry.seq for entry in view.history()] == list(range(45, 0, -1))
