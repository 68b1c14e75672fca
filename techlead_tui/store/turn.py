"""Undo and redo: a transaction turned round as a new one."""

from techlead_tui import errors
from techlead_tui.core.records import Change
from techlead_tui.store.commit import Commits
from techlead_tui.store.history import entry
from techlead_tui.store.line import Entry


def undo(view: Commits, at: str, week: str, origin: str) -> tuple[Entry, list[Change]]:
    turned = find(view, view.head.undo, "undo")
    made = turn(view, turned, "undo", at, origin, below=view.head.redo)
    view._append(made, undo=turned.below, redo=made.seq, week=week)
    return made, made.changes


def redo(view: Commits, at: str, week: str, origin: str) -> tuple[Entry, list[Change]]:
    turned = find(view, view.head.redo, "redo")
    made = turn(view, turned, "redo", at, origin, below=view.head.undo)
    view._append(made, undo=made.seq, redo=turned.below, week=week)
    return made, made.changes


def find(view: Commits, seq: int, word: str) -> Entry:
    """The transaction on top of a stack; UserError when there is none, or only its remains."""
    turned = entry(view, seq) if seq else None
    if turned is None or turned.turn in ("compacted", "rebuild"):
        raise errors.UserError(f"there is nothing to {word}", "`techlead history` shows the changes")
    return turned


def turn(view: Commits, turned: Entry, word: str, at: str, origin: str, below: int) -> Entry:
    """A transaction turned round; ConflictError when a record is not as it left it."""
    left = {(c.bucket, c.table, c.uid): c.after for c in turned.changes}
    for (bucket, table, uid), after in left.items():
        if view.records(bucket).get(table, {}).get(uid) != after:
            raise errors.ConflictError(word, turned.words, uid)
    changes = [change.inverse() for change in reversed(turned.changes)]
    return Entry(view.seq + 1, at, turned.words, origin, word, turned.seq, below, changes)
