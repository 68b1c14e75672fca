"""Transactions found in the journal, from its end backwards."""

from collections.abc import Iterator

from techlead_tui.store import disk, line
from techlead_tui.store.line import Entry
from techlead_tui.store.view import View

CHUNK = 1 << 16


def backwards(path: str) -> Iterator[bytes]:
    """The whole lines of a file, last first, read in pieces from the end."""
    try:
        fd = disk.open_file(path, disk.READ)
    except FileNotFoundError:
        return
    try:
        start, rest = disk.size(fd), b""
        while start:
            at = max(0, start - CHUNK)
            piece = disk.read_from(fd, at, start)
            if b"\n" not in piece and at:
                rest, start = piece + rest, at
                continue
            first, *lines = (piece + rest).split(b"\n")
            for one in reversed(lines):
                if line.whole(one):
                    yield one
            rest, start = first, at
        if line.whole(rest):
            yield rest
    finally:
        disk.close(fd)


def newest_first(view: View) -> Iterator[bytes]:
    """Every line that can be read, newest first, each once."""
    below = view.seq + 1
    for source in (reversed(view.lines()), backwards(view.folder.journal)):
        for one in source:
            seq = line.seq_of(one)
            if seq < below:
                below = seq
                yield one


def history(view: View, limit: int | None) -> list[Entry]:
    found: list[Entry] = []
    for one in newest_first(view):
        if limit is not None and len(found) >= limit:
            break
        found.append(line.parse(one))
    return found


def entry(view: View, seq: int) -> Entry | None:
    """Return a transaction, or None when the journal does not hold it any more."""
    for one in newest_first(view):
        found = line.seq_of(one)
        if found == seq:
            return line.parse(one)
        if found < seq:
            break
    return None
