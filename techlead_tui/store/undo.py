"""Undo and redo: a transaction turned round as a new one."""

from _collections_abc import Iterator

from techlead_tui import errors
from techlead_tui.core.records import Change
from techlead_tui.store import fs, journal
from techlead_tui.store.journal import HistoryEntry
from techlead_tui.store.transaction import Commits, View

CHUNK = 1 << 16


def backwards(path: str) -> Iterator[bytes]:
    """The whole lines of a file, last first, read in pieces from the end."""
    try:
        fd = fs.open_file(path, fs.READ)
    except FileNotFoundError:
        return
    try:
        start, rest = fs.size(fd), b""
        while start:
            at = max(0, start - CHUNK)
            piece = fs.read_from(fd, at, start)
            if b"\n" not in piece and at:
                rest, start = piece + rest, at
                continue
            first, *lines = (piece + rest).split(b"\n")
            for one in reversed(lines):
                if journal.whole(one):
                    yield one
            rest, start = first, at
        if journal.whole(rest):
            yield rest
    finally:
        fs.close(fd)


def newest_first(view: View) -> Iterator[bytes]:
    """Every line that can be read, newest first, each once."""
    below = view.seq + 1
    for source in (reversed(view.lines()), backwards(view.folder.journal)):
        for one in source:
            seq = journal.seq_of(one)
            if seq < below:
                below = seq
                yield one


def history(view: View, limit: int | None) -> list[HistoryEntry]:
    found: list[HistoryEntry] = []
    for one in newest_first(view):
        if limit is not None and len(found) >= limit:
            break
        found.append(journal.parse(one))
    return found


def entry(view: View, seq: int) -> HistoryEntry | None:
    """Return a transaction, or None when the journal does not hold it any more."""
    for one in newest_first(view):
        found = journal.seq_of(one)
        if found == seq:
            return journal.parse(one)
        if found < seq:
            break
    return None


def undo(view: Commits, at: str, week: str, origin: str) -> tuple[HistoryEntry, list[Change]]:
    turned = find(view, view.head.undo, "undo")
    made = turn(view, turned, "undo", at, origin, below=view.head.redo)
    view._append(made, undo=turned.below, redo=made.seq, week=week)
    return made, made.changes


def redo(view: Commits, at: str, week: str, origin: str) -> tuple[HistoryEntry, list[Change]]:
    turned = find(view, view.head.redo, "redo")
    made = turn(view, turned, "redo", at, origin, below=view.head.undo)
    view._append(made, undo=made.seq, redo=turned.below, week=week)
    return made, made.changes


def find(view: Commits, seq: int, word: str) -> HistoryEntry:
    """The transaction on top of a stack; UserError when there is none, or only its remains."""
    turned = entry(view, seq) if seq else None
    if turned is None or turned.turn in ("compacted", "rebuild"):
        raise errors.UserError(f"there is nothing to {word}", "`techlead history` shows the changes")
    return turned


def turn(view: Commits, turned: HistoryEntry, word: str, at: str, origin: str, below: int) -> HistoryEntry:
    """A transaction turned round; ConflictError when a record is not as it left it."""
    left = {(c.bucket, c.table, c.uid): c.after for c in turned.changes}
    for (bucket, table, uid), after in left.items():
        if view.records(bucket).get(table, {}).get(uid) != after:
            raise errors.ConflictError(word, turned.words, uid)
    changes = [change.inverse() for change in reversed(turned.changes)]
    return HistoryEntry(view.seq + 1, at, turned.words, origin, word, turned.seq, below, changes)
