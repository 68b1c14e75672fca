"""A disk that fails at a chosen call, and the states that a power cut could leave of it.

The store does everything to files through `techlead_tui.fs`; `FaultyDisk` stands between.
"""

from __future__ import annotations

import errno
import itertools
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from techlead_tui import fs

if TYPE_CHECKING:  # dear in a process that only writes to a store
    import pytest

CHANGING = ("open_file", "write", "sync", "truncate", "rename", "remove", "make_folder", "sync_folder")
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
            monkeypatch.setattr(fs, name, self.wrap(name, getattr(fs, name)))

    def wrap(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            path = str(self.paths.get(args[0], "") if isinstance(args[0], int) else args[0])
            if name == "open_file" and args[1] != fs.REPLACE and self.harmless(path, args[1]):
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
        """Tell whether an open makes no file."""
        return flags == fs.READ or os.path.exists(path)

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
            if path in self.now and args[1] == fs.REPLACE:
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
        """Yield what a power cut could leave: names and data each as they are or surely are, or mixed."""
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
