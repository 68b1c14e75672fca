"""Keep what this machine knows of the others, machines.jsonl in the data folder, and lines of a shared file.

    {"format":1,"machine":"laptop-3fa9c2d1","seq":12,...,"sum":"1a2b3c4d"}
    ["blocks","<uid>","",[[["<stamp>","<base>",""],{...}]]]

The first line says how far the journal has been written out and the files of the others have been read; one
line a record follows, with the stamps that decide whose change is the later one. `sum` is of all lines but
itself. Without this file everything is read again, under a new name.
"""

import os
from binascii import crc32
from collections.abc import Iterator, MutableMapping
from typing import Any, NamedTuple

from techlead_tui import errors, fs
from techlead_tui.core.json_text import decode, encode, encode_text
from techlead_tui.core.merging import Key, Ledger, Parts, from_json, to_json
from techlead_tui.store import journal, lock, recovery
from techlead_tui.store.folder import Folder

FORMAT = 1
ENDING = ".jsonl"
PIECE = 100  # records a line, where a file is written anew


class Known(MutableMapping[Key, Parts]):
    """Hold the parts of every record by key, as lines of the file until somebody asks for one."""

    def __init__(self, lines: bytes = b"") -> None:
        self._unsplit = lines
        self._lines: dict[Key, bytes] = {}
        self._parts: dict[Key, Parts] = {}

    def _split(self) -> None:
        lines, self._unsplit = self._unsplit, b""
        for line in lines.split(b"\n")[:-1]:
            start, end, _ = line.partition(b'",[[')
            names = start[2:].split(b'","') if end and b"\\" not in start else []
            if len(names) == 3:
                self._lines[names[0].decode(), names[1].decode(), names[2].decode()] = line
            else:  # a name with a quotation mark in it
                key, self._parts[key] = from_json(decode(line.decode()))

    def __getitem__(self, key: Key) -> Parts:
        if self._unsplit:
            self._split()
        if key not in self._parts:
            _, self._parts[key] = from_json(decode(self._lines[key].decode()))
        return self._parts[key]

    def __setitem__(self, key: Key, parts: Parts) -> None:
        if self._unsplit:
            self._split()
        self._lines.pop(key, None)
        self._parts[key] = parts

    def __delitem__(self, key: Key) -> None:
        raise NotImplementedError("nothing that was known is forgotten")

    def __iter__(self) -> Iterator[Key]:
        if self._unsplit:
            self._split()
        return iter([*self._lines, *(key for key in self._parts if key not in self._lines)])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        if self._unsplit:
            self._split()
        return key in self._lines or key in self._parts

    def to_bytes(self) -> bytes:
        """Return a line for each record; what nobody has changed is as it was read."""
        if self._unsplit:
            return self._unsplit
        new = [to_json(key, parts, own=True) for key, parts in self._parts.items() if key not in self._lines]
        return b"".join(
            [*(line + b"\n" for line in self._lines.values()), *(encode(one).encode() + b"\n" for one in new)]
        )


class Receipt(NamedTuple):
    """Tell how far another machine's file has been read, and what of it was not."""

    size: int = 0  # bytes that were read
    sum: int = 0  # their checksum
    lines: int = 0  # in them
    stat: tuple[int, int] = (-1, -1)  # size and time of the file then
    machine: str = ""
    name: str = ""
    at: str = ""  # when its last line was made, by its own clock
    problem: str = ""


class Sent(NamedTuple):
    """Tell what the file of this machine holds: so many bytes, then the text `last`, which may be cut off."""

    size: int = -1  # -1: it is to be written anew
    sum: int = 0
    lines: int = 0  # in all
    last: str = ""

    def with_last(self) -> "Sent":
        """Return what the file holds once all of `last` is in it."""
        data = self.last.encode()
        return Sent(self.size + len(data), crc32(data, self.sum), self.lines)


class MachineState:
    """Hold what machines.jsonl says. `seq` is the last transaction of the journal that is in the ledger, made
    `at` that moment; `pending` how many transactions of others were about to be committed after it."""

    def __init__(self, machine: str) -> None:
        self.seq = 0
        self.at = ""
        self.pending = 0
        self.sent = Sent()
        self.read: dict[str, Receipt] = {}
        self.ledger = Ledger(machine, Known())

    @property
    def machine(self) -> str:
        return self.ledger.machine

    @property
    def file(self) -> str:
        """Return the name of this machine's file in the shared folder."""
        return self.machine + ENDING

    def renamed(self, machine: str) -> None:
        """Go on as another machine, with a file of its own that holds all that is known."""
        self.ledger.machine = machine
        self.sent = Sent()


def load(folder: Folder, notices: list[str]) -> MachineState | None:
    """Return the state; None where there is none, or only a damaged one, which is kept in quarantine/."""
    data = fs.read_file(folder.machines)
    if data is None:
        return None
    try:
        return _state(data)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        kept = recovery.set_aside(folder, folder.machines)
        notices.append(f"machines.jsonl was damaged and starts again; the damaged copy is kept as {kept}")
        return None


def _state(data: bytes) -> MachineState:
    first, _, rest = data.partition(b"\n")
    head: Any = decode(first.decode())
    if head["format"] > FORMAT:
        raise errors.newer("machines.jsonl", head["format"], FORMAT)
    if first[-journal.SUM :] != b',"sum":"%08x"}' % crc32(rest, crc32(first[: -journal.SUM])):
        raise ValueError(first)
    out = MachineState(head["machine"])
    out.seq, out.at, out.pending, out.ledger.last = head["seq"], head["at"], head["pending"], head["last"]
    out.sent = Sent(*head["sent"])
    for name, values in head["read"].items():
        out.read[name] = Receipt(*values)._replace(stat=tuple(values[3]))
    out.ledger.parts = Known(rest)
    return out


def save(folder: Folder, state: MachineState) -> None:
    """Write the state, all of it or nothing; on the disk at return. OSError."""
    assert isinstance(state.ledger.parts, Known)
    rest = state.ledger.parts.to_bytes()
    head = {
        "format": FORMAT,
        "machine": state.machine,
        "seq": state.seq,
        "at": state.at,
        "pending": state.pending,
        "last": state.ledger.last,
        "sent": list(state.sent),
        "read": {name: list(receipt) for name, receipt in state.read.items()},
    }
    start = encode(head)[:-1].encode()
    fs.replace_file(
        folder.machines, start + b',"sum":"%08x"}\n' % crc32(rest, crc32(start)) + rest, ending=".machines"
    )


class SyncTurn:
    """`with SyncTurn(folder):` one sync at a time on this machine. DataError when another one takes long."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._fd = -1

    def __enter__(self) -> "SyncTurn":
        fs.make_folders(self._folder.path)
        self._fd = fs.open_file(os.path.join(self._folder.path, ".sync-lock"), fs.APPEND)
        try:
            lock.acquire(self._fd, exclusive=True, waits=lock.WaitCount())
        except BaseException:
            fs.close(self._fd)
            raise
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        fs.close(self._fd)


class SharedLine(NamedTuple):
    """One transaction in a shared file: `records` are all that it touched, as they were known after it."""

    seq: int
    machine: str
    name: str
    at: str
    words: list[str]
    records: list[tuple[Key, Parts]]


def build(line: SharedLine) -> bytes:
    """Return the bytes of a line, with its line end."""
    body = (
        f'{{"seq":{line.seq},"format":{FORMAT},"machine":{encode_text(line.machine)}'
        f',"name":{encode_text(line.name)},"at":{encode_text(line.at)},"words":{encode(line.words)}'
        f',"records":{encode([to_json(key, parts) for key, parts in line.records])}'
    )
    return journal.summed(body.encode()) + b"\n"


def parse(data: bytes) -> SharedLine:
    """Return a whole line. ValueError for one that no machine has written."""
    try:
        value: Any = decode(data.decode())
        machine, name, at = str(value["machine"]), str(value["name"]), str(value["at"])
        words = [str(word) for word in value["words"]]
        records = [from_json(one) for one in value["records"]]
        return SharedLine(value["seq"], machine, name, at, words, records)
    except (KeyError, TypeError) as wrong:
        raise ValueError(str(wrong)) from None


def whole(ledger: Ledger, name: str, at: str) -> tuple[bytes, int]:
    """Return a file anew, with all that is known, and its lines."""
    known = list(ledger.parts.items())
    pieces = [known[i : i + PIECE] for i in range(0, len(known), PIECE)] or [[]]
    lines = [SharedLine(i, ledger.machine, name, at, [], piece) for i, piece in enumerate(pieces, start=1)]
    return b"".join(map(build, lines)), len(lines)
