"""A store's life with each of its steps known beforehand, stopped everywhere in turn."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from techlead_tui.core.records import Change, Record
from techlead_tui.errors import DataError
from techlead_tui.store.store import Store
from tests.store.faulty_disk import FaultyDisk, Killed, Skip, lay_out, never

if TYPE_CHECKING:  # dear in a process that only writes to a store
    import pytest

State = dict[tuple[str, str, str], Record]
Step = tuple[Callable[[Store], None], State]  # what is done, and the records that are there after it
AT, WEEK = "2026-11-22T11:11:05+00:00", "2026-W47"


def commit(store: Store, *changes: Change, words: str = "log 45m") -> None:
    with store.writing() as view:
        view.commit(list(changes), at=AT, week=WEEK, origin="cli", words=words.split())


def made(bucket: str, uid: str, text: str = "x", table: str = "sessions") -> Change:
    """A change that creates a record."""
    return Change(bucket, table, uid, None, {"uid": uid, "summary": text, "minutes": 45})


def undo(store: Store) -> None:
    with store.writing() as view:
        view.undo(at=AT, week=WEEK, origin="cli")


def redo(store: Store) -> None:
    with store.writing() as view:
        view.redo(at=AT, week=WEEK, origin="cli")


def state(store: Store) -> State:
    """Everything that a reader sees."""
    with store.reading() as view:
        found: State = {}
        for bucket in [*view.buckets(), "open"]:
            for table, records in view.records(bucket).items():
                for uid, record in records.items():
                    found[bucket, table, uid] = record
        seqs = [entry.seq for entry in view.history()]
        assert seqs == sorted(set(seqs), reverse=True), "a sequence number twice"
    return found


def apply(model: State, *changes: Change) -> State:
    after = dict(model)
    for c in changes:
        after.pop((c.bucket, c.table, c.uid), None)
        if c.after is not None:
            after[c.bucket, c.table, c.uid] = c.after
    return after


def scenario() -> list[Step]:
    """Steps of a store's life, each with the records that are there after it."""
    a, b, c, d = made("2026-W47", "a"), made("open", "b", "é\n"), made("2026-W48", "c"), made("2026-W47", "d")
    assert a.after
    longer = Change("2026-W47", "sessions", "a", a.after, {**a.after, "minutes": 60})
    gone = Change("2026-W48", "sessions", "c", c.after, None)
    one = apply({}, a)
    two = apply(one, b, c)
    four = apply(two, gone)
    five = apply(four, d)
    return [
        (lambda store: commit(store, a), one),
        (lambda store: commit(store, b, c), two),
        (lambda store: store.fold(), two),
        (lambda store: commit(store, longer), apply(two, longer)),
        (undo, two),
        (lambda store: commit(store, gone), four),
        (lambda store: store.fold(), four),
        (lambda store: commit(store, d), five),
        (lambda store: store.maintain(), five),
    ]


def check(folder: Path, allowed: list[State], damaged: bool = False) -> None:
    """Check that what was saved is read, once; a next commit works; and then everything is in order."""
    store = Store(str(folder))
    found = state(store)
    assert found in allowed
    after = made("2026-W47", "after")
    commit(store, after)
    assert state(store) == apply(found, after)
    with store.reading() as view:
        created = [c.uid for e in view.history() if e.turn == "do" for c in e.changes if c.before is None]
        assert len(created) == len(set(created)), "a transaction twice"
    if damaged:
        store.repair()
        assert state(store) == apply(found, after)
    wrong = [(finding.file, finding.message) for finding in store.verify() if finding.serious]
    assert wrong == [], wrong


def run(store: Store, steps: list[Step]) -> int:
    """Runs steps until one is killed; how many were finished."""
    for number, (step, _) in enumerate(steps):
        try:
            step(store)
        except Killed:
            return number
    return len(steps)


def kill_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Kills the scenario before each of its file operations in turn; how many there were."""
    steps = scenario()
    states = [{}, *(after for _, after in steps)]
    for at in itertools.count(1):
        base = tmp_path / str(at)
        base.mkdir()
        with monkeypatch.context() as patch:
            faulty = FaultyDisk(patch, base, at, "kill")
            finished = run(Store(str(base / "data")), steps)
        if not faulty.dead:
            return at - 1
        check(base / "data", states[finished : finished + 2])
        shutil.rmtree(base)
    raise AssertionError


def cut_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, skip: Skip = never) -> int:
    """Cuts the power after each file operation of the scenario; how many disks that could leave."""
    (tmp_path / "base").mkdir()
    return cut_steps(tmp_path, monkeypatch, {}, scenario(), skip)


def cut_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: State, steps: list[Step], skip: Skip = never
) -> int:
    """Cuts the power after each file operation of some steps that start from what is in base/."""
    damaged = (tmp_path / "base" / "data").exists()
    states = [before, *(after for _, after in steps)]
    base = tmp_path / "base"
    seen: dict[str, tuple[dict[str, bytes | None], int]] = {}
    with monkeypatch.context() as patch:
        faulty = FaultyDisk(patch, base, skip=skip)
        store = Store(str(base / "data"))
        finished = 0

        def note() -> None:
            for image in faulty.states():
                seen[repr((sorted(image.items()), finished))] = (image, finished)

        faulty.watch = note
        for finished, (step, _) in enumerate(steps):  # noqa: B007  `note` reads it
            step(store)
        finished = len(steps)
        note()
    for image, done in seen.values():
        lay_out(image, str(base), tmp_path / "cut")
        check(tmp_path / "cut" / "data", states[done : done + 2], damaged)
    return len(seen)


def kill_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """After each kill of the scenario, kills the next commit, with its repair, everywhere too."""
    steps = scenario()
    states = [{}, *(after for _, after in steps)]
    second = made("2026-W48", "second")
    rounds = 0
    for at in itertools.count(1):
        first = tmp_path / "first"
        first.mkdir()
        with monkeypatch.context() as patch:
            faulty = FaultyDisk(patch, first, at, "kill")
            finished = run(Store(str(first / "data")), steps)
        if not faulty.dead:
            return rounds
        for again in itertools.count(1):
            base = tmp_path / "second"
            shutil.copytree(first, base)
            found = state(Store(str(base / "data")))
            assert found in states[finished : finished + 2]
            with monkeypatch.context() as patch:
                faulty = FaultyDisk(patch, base, again, "kill")
                run(Store(str(base / "data")), [(lambda store: commit(store, second), found)])
            if faulty.dead:
                check(base / "data", [found, apply(found, second)])
            shutil.rmtree(base)
            rounds += 1
            if not faulty.dead:
                break
        shutil.rmtree(first)
    raise AssertionError


def fill_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> int:
    """Refuses each file operation of the scenario in turn, then goes on with room again."""
    steps = scenario()
    for at in itertools.count(1):
        base = tmp_path / f"{how}{at}"
        base.mkdir()
        with monkeypatch.context() as patch:
            faulty = FaultyDisk(patch, base, at, how)
            store = Store(str(base / "data"))
            before: State = {}
            for step, after in steps:
                try:
                    step(store)
                except DataError as error:
                    if not error.message.startswith("not saved: "):
                        raise
                    assert state(store) == before, "a refused step left something"
                    step(store)
                    assert state(store) == after
                before = after
            assert state(store) == before
            if faulty.count < at:
                return at - 1
        check(base / "data", [before])
        shutil.rmtree(base)
    raise AssertionError
