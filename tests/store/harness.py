"""A disk that fails at a chosen call, and the states that a power cut could leave of it.

The store does everything to files through `techlead_tui.store.disk`; `FaultyDisk` stands between.
"""

import errno
import itertools
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from techlead_tui.core.changes import Change, Record
from techlead_tui.store import disk
from techlead_tui.store.errors import StoreError
from techlead_tui.store.store import Store

CHANGING = ("open_file", "write", "sync", "truncate", "rename", "remove", "make_folder", "sync_folder")
State = dict[tuple[str, str, str], Record]
Step = tuple[Callable[[Store], None], State]  # what is done, and the records that are there after it
AT, WEEK = "2026-11-22T11:11:05+00:00", "2026-W47"
Skip = Callable[[str, str], bool]  # (call, path): whether the call is silently left out
FOLDER = None  # stands for a folder among the names of a disk


def never(*_: str) -> bool:
    return False


class Killed(BaseException):
    """The process is gone: nothing that it still tries reaches the disk."""


class Inode:
    """A file's bytes now, and those that an fsync has put on the disk."""

    def __init__(self, data: bytes = b"", durable: bytes = b"") -> None:
        self.data, self.durable = bytearray(data), durable

    def torn(self) -> bytes:
        """Half of what was written since the last fsync."""
        same = len(self.durable) if self.data.startswith(self.durable) else 0
        cut = same + (len(self.data) - same) // 2
        return bytes(self.data[:cut]) + self.durable[cut:]


class FaultyDisk:
    """Counts the calls that change something; fails at number `at` in the way `how`.

    how: "kill" (nothing from then on happens), "full" (ENOSPC at that call), "short" (half a write,
    then ENOSPC) or "" (no fault). `skip` names calls, with the path, that are silently left out.
    """

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        base: Path,
        at: int = 0,
        how: str = "",
        skip: Skip = never,
    ) -> None:
        self.base, self.at, self.how, self.skip = str(base), at, how, skip
        self.count, self.dead, self.images = 0, False, []
        self.watch: Callable[[], None] = lambda: None
        self.paths: dict[int, str] = {}
        self.now: dict[str, Inode | None] = {}
        for path in sorted(base.rglob("*")):
            data = None if path.is_dir() else path.read_bytes()
            self.now[str(path)] = FOLDER if data is None else Inode(data, data)
        self.sure = dict(self.now)
        for name in CHANGING:
            monkeypatch.setattr(disk, name, self.wrap(name, getattr(disk, name)))

    def wrap(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            path = str(self.paths.get(args[0], "") if isinstance(args[0], int) else args[0])
            if name == "open_file" and args[1] != disk.REPLACE and self.harmless(path, args[1]):
                fd = real(*args)
                self.paths[fd] = path  # type: ignore[index]
                return fd
            if self.dead:
                raise Killed
            if self.skip(name, path):
                return None
            self.count += 1
            if self.count == self.at:
                self.fail(name, args, real)
            result = real(*args)
            self.follow(name, path, args, result)
            self.watch()
            return result

        return call

    @staticmethod
    def harmless(path: str, flags: object) -> bool:
        """Whether an open makes no file."""
        return flags == disk.READ or os.path.exists(path)

    def fail(self, name: str, args: tuple[object, ...], real: Callable[..., object]) -> None:
        if self.how == "kill":
            self.dead = True
            raise Killed
        if self.how == "short" and name == "write":
            fd, data = args
            assert isinstance(data, bytes)
            self.follow(name, self.paths[fd], (fd, data[: len(data) // 2]), None)  # type: ignore[index]
            real(fd, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def follow(self, name: str, path: str, args: tuple[object, ...], result: object) -> None:
        """Keeps the model of what is, and what is surely, on the disk."""
        if name == "open_file":
            assert isinstance(result, int)
            self.paths[result] = path
            if path in self.now and args[1] == disk.REPLACE:
                self.now[path].data.clear()  # type: ignore[union-attr]
            self.now.setdefault(path, Inode())
        elif name == "make_folder":
            self.now[path] = FOLDER
        elif name == "rename":
            self.now[str(args[1])] = self.now.pop(path)
        elif name == "remove":
            self.now.pop(path)
        elif name == "sync_folder":
            for known in {*self.now, *self.sure}:
                if os.path.dirname(known) == path:
                    self.sure.pop(known, None)
                    if known in self.now:
                        self.sure[known] = self.now[known]
        else:
            node = self.now[path]
            assert node is not None
            if name == "write":
                node.data += args[1]  # type: ignore[operator]
            elif name == "truncate":
                del node.data[args[1] :]  # type: ignore[misc]
            else:
                node.durable = bytes(node.data)

    def states(self) -> Iterator[dict[str, bytes | None]]:
        """What a power cut here could leave: names and data each as they are or surely are, or mixed."""
        folders = sorted({os.path.dirname(path) for path in {*self.now, *self.sure}})
        dice = random.Random(self.count)
        for late in itertools.product((False, True), repeat=min(len(folders), 3)):
            names: dict[str, Inode | None] = {}
            for folder, is_late in itertools.zip_longest(folders, late, fillvalue=True):
                source = self.now if is_late else self.sure
                names.update((p, n) for p, n in source.items() if os.path.dirname(p) == folder)
            there = {p: n for p, n in names.items() if self.reachable(p, names)}
            for way in ("data", "durable", "torn", "dice"):
                image: dict[str, bytes | None] = {}
                for path, node in there.items():
                    if node is None:
                        image[path] = None
                        continue
                    how = dice.choice(("data", "durable", "torn")) if way == "dice" else way
                    choices = {"data": bytes(node.data), "durable": node.durable, "torn": node.torn()}
                    image[path] = choices[how]
                yield image

    def reachable(self, path: str, names: dict[str, Inode | None]) -> bool:
        above = os.path.dirname(path)
        return above == self.base or (above in names and self.reachable(above, names))


def lay_out(image: dict[str, bytes | None], base: str, target: Path) -> None:
    """Makes real files of a power cut's image."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in sorted(image):
        there = target / os.path.relpath(path, base)
        data = image[path]
        if data is None:
            there.mkdir(exist_ok=True)
        else:
            there.write_bytes(data)


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
    """What was saved is read, once; a next commit works; and then everything is in order."""
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
    assert [f for f in store.verify() if f.serious] == []


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
                except StoreError as error:
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
