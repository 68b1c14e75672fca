"""The folder that machines share: each writes a file of its own there, and reads those of the others.

Whatever carries the folder may be slow, stop in the middle of a file, damage one or bring an old one back: a
file is read line by line up to the first that is not whole, and again from its beginning when what was read
of it is not there any more.
"""

import os
from binascii import crc32
from typing import NamedTuple

from techlead_tui import fs
from techlead_tui.store import journal, machines
from techlead_tui.store.machines import ENDING, Receipt, Sent, SharedLine

LARGEST = 256 << 20  # bytes; ten years of a busy lead are 30 MB
START = b'{"seq":1,"format":'


class Heard(NamedTuple):
    """Hold what a file of another machine says that was not read before."""

    file: str
    receipt: Receipt  # as it is once this was read
    lines: tuple[SharedLine, ...]


def look(folder: str, own: str, known: dict[str, Receipt]) -> list[Heard]:
    """Return what has changed in the files of the others; one that cannot be read says why.

    OSError when the folder cannot be listed.
    """
    out = []
    for name in sorted(os.listdir(folder)):
        if name == own or name.startswith((".", "~")) or not name.endswith(ENDING) or not name.isprintable():
            continue
        receipt = known.get(name, Receipt())
        try:
            found = os.stat(os.path.join(folder, name))
            stat = (found.st_size, found.st_mtime_ns)
            if stat != receipt.stat:
                out.append(_heard(os.path.join(folder, name), name, receipt._replace(stat=stat)))
        except OSError as wrong:
            said = f"cannot be read: {(wrong.strerror or str(wrong)).lower()}"
            out.append(Heard(name, receipt._replace(stat=(-1, -1), problem=said), ()))
    return [one for one in out if one.lines or one.receipt != known.get(one.file)]


def _heard(path: str, name: str, receipt: Receipt) -> Heard:
    size, _ = receipt.stat
    if size > LARGEST:
        return Heard(name, receipt._replace(problem=f"is larger than {LARGEST >> 20} MB and is not read"), ())
    data = fs.read_file(path) or b""
    start = receipt.size
    if not start or len(data) < start or crc32(data[:start]) != receipt.sum:
        start = 0
        receipt = receipt._replace(
            size=0, sum=0, lines=0
        )  # another one: to hear all of it twice changes nothing
    if not start and data and not START.startswith(data[: len(START)]) and not data.startswith(START):
        return Heard(name, receipt._replace(problem="is not a machine's file and is left alone"), ())
    lines: list[SharedLine] = []
    count, problem = receipt.lines, ""
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            problem = f"ends in the middle of line {count + 1}; waiting for the rest"
            break
        text = data[start:end].removesuffix(b"\r")
        problem = _wrong(text, count + 1)
        if problem:
            break
        try:
            lines.append(machines.parse(text))
        except ValueError:
            problem = f"line {count + 1} cannot be read; waiting for what follows"
            break
        count, start = count + 1, end + 1
    last = lines[-1] if lines else None
    receipt = receipt._replace(size=start, sum=crc32(data[:start]), lines=count, problem=problem)
    if last is not None:
        receipt = receipt._replace(machine=last.machine, name=last.name or last.machine, at=last.at)
    return Heard(name, receipt, tuple(lines))


def _wrong(text: bytes, number: int) -> str:
    """Return why a line is not the next one to be read, or ""."""
    found = journal.format_of(text)
    if found > machines.FORMAT:
        return f"line {number} is of a newer techlead (format {found}): update this one to read on"
    if not journal.whole(text):
        return f"line {number} is damaged; waiting for what follows"
    seq = journal.seq_of(text)
    if seq != number:
        return f"line {number} is missing; waiting for what follows"
    return ""


def verified(folder: str, file: str, sent: Sent) -> tuple[Sent, bytes] | None:
    """Return what the own file holds once the bytes that are missing at its end are added, and these.

    Sent() where it is to be written anew; None for one that somebody else has written in, or set back.
    """
    data = fs.read_file(os.path.join(folder, file)) if sent.size >= 0 else None
    if data is None:
        return Sent(), b""
    whole = data[: sent.size] + sent.last.encode()
    if len(data) < sent.size or crc32(data[: sent.size]) != sent.sum or not whole.startswith(data):
        return None
    return Sent(len(whole), crc32(whole), sent.lines), whole[len(data) :]


def append(folder: str, file: str, data: bytes) -> None:
    """Add to the own file; on the disk at return. OSError, with a part of it written."""
    fd = fs.open_file(os.path.join(folder, file), fs.APPEND)
    try:
        fs.write_all(fd, data)
        fs.sync(fd)
    finally:
        fs.close(fd)
