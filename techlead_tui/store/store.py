"""The store: transactions on a data folder, for the planner and for nobody else.

A commit is one line in journal.jsonl, on the disk when it returns; recent.jsonl holds the last lines
once more, so that readers need not read the whole journal; the TinyDB files are a fold of the lines.
Import stays cheap: whatever a quick log does not need is imported by the function that needs it.
"""

import os
from _collections_abc import Callable, Generator

from techlead_tui import errors
from techlead_tui.core.records import Change, Record
from techlead_tui.store.folder import Backup, Finding, Folder
from techlead_tui.store.journal import HistoryEntry
from techlead_tui.store.transaction import Commits, View

OUTGROWN = 32 * 1024  # bytes of recent.jsonl after which a commit folds: a read of a week stays under 1 ms


class Store:
    """The data under one folder. `notices` are sentences for the user about damage that was met."""

    def __init__(self, folder: str) -> None:
        self.folder = Folder(folder)
        self.notices: list[str] = []

    def stamp(self) -> tuple[int, ...]:
        """Changes with each commit, of this or another process; costs one stat."""
        try:
            found = os.stat(self.folder.journal)
        except OSError:
            return ()
        return found.st_ino, found.st_size, found.st_mtime_ns

    def reading(self) -> "Reading":
        """`with store.reading() as r:` a consistent view under the shared lock."""
        return Reading(self.folder, self.notices)

    def writing(self) -> "Writing":
        """`with store.writing() as w:` the same and commits, under the exclusive lock."""
        return Writing(self.folder, self.notices)

    def search(self, wanted: list[str] | Callable[[Record], bool]) -> list[tuple[str, str, Record]]:
        """(bucket, table, record) of the records with all these words, or that a TinyDB query takes."""
        from techlead_tui.store.search import search

        with self.reading() as view:
            return search(view, wanted)

    def nearest(self, words: list[str], near: str) -> "Generator[tuple[str, str, Record], None, None]":
        """Yield the records that hold all words from a week outwards; the lock is held meanwhile."""
        from techlead_tui.store.search import holding

        with self.reading() as view:
            yield from holding(view, words, near)

    def fold(self) -> None:
        """Brings the TinyDB files up to date with the journal. DataError when the disk refuses."""
        from techlead_tui.store.checkpoint import fold

        with self.writing() as view:
            fold(view)

    def maintain(self) -> None:
        """Check the journal, fold, compact and back up, as a process with time does."""
        from techlead_tui.store.maintenance import maintain

        maintain(self.folder, self.notices)

    def verify(self) -> list[Finding]:
        """Return what is wrong with the data, for doctor; changes nothing."""
        from techlead_tui.store.maintenance import verify

        return verify(self.folder)

    def repair(self) -> None:
        """Makes every file whole again; copies of what was damaged stay in quarantine/."""
        from techlead_tui.store.maintenance import repair

        repair(self.folder, self.notices)

    def backups(self) -> list[Backup]:
        """Return what can be restored, newest first."""
        from techlead_tui.store.backup import backups

        return backups(self.folder)

    def restore(self, name: str) -> None:
        """Brings back the records of a backup; the present ones are kept in quarantine/."""
        from techlead_tui.store.backup import restore

        try:
            restore(self.folder, self.notices, name)
        except OSError as error:
            raise errors.not_saved(error) from None


class Reading(View):
    """A view that can also look through everything that is stored."""

    def __enter__(self) -> "Reading":
        super().__enter__()
        return self

    def find_uid(self, fragment: str) -> list[tuple[str, str, str]]:
        """(bucket, table, uid) of the records whose uid starts or ends with `fragment`."""
        from techlead_tui.store.search import find_uid

        return find_uid(self, fragment)

    def history(self, limit: int | None = None) -> list[HistoryEntry]:
        """The last `limit` transactions (all for None), newest first."""
        from techlead_tui.store.undo import history

        return history(self, limit)


class Writing(Commits, Reading):
    """Commits, and turns them round; everything of Reading besides."""

    def __enter__(self) -> "Writing":
        super().__enter__()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if self.recent_size > OUTGROWN:
                from techlead_tui.store.checkpoint import fold_quietly

                fold_quietly(self)
        finally:
            super().__exit__(kind, error, trace)

    def undo(self, *, at: str, week: str, origin: str) -> tuple[HistoryEntry, list[Change]]:
        """Takes the last transaction back, as a new one; it and its changes.

        UserError, or ConflictError when one of its records has changed since.
        """
        from techlead_tui.store.undo import undo

        return undo(self, at, week, origin)

    def redo(self, *, at: str, week: str, origin: str) -> tuple[HistoryEntry, list[Change]]:
        """Does again what the last undo took back; as `undo`."""
        from techlead_tui.store.undo import redo

        return redo(self, at, week, origin)
