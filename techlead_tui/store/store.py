"""The store: transactions on a data folder, for the planner and for nobody else.

A commit is one line in journal.jsonl, on the disk when it returns; recent.jsonl holds the last lines
once more, so that readers need not read the whole journal; the TinyDB files are a fold of the lines.
Import stays cheap: whatever a quick log does not need is imported by the function that needs it.
"""

import os
from _collections_abc import Generator

from techlead_tui import errors
from techlead_tui.store.folder import Backup, Finding, Folder
from techlead_tui.store.reading import Found, Reading, Wanted
from techlead_tui.store.transaction import Transaction


class Store:
    """The data under one folder. `notices` are sentences for the user about damage that was met."""

    def __init__(self, folder: str, cache: str = "") -> None:
        """Take the data folder, and the folder in which it is remembered that it was in use."""
        self.folder = Folder(folder, cache)
        self.notices: list[str] = []

    def stamp(self) -> tuple[int, ...]:
        """Changes with each commit, of this or another process; costs one stat."""
        try:
            found = os.stat(self.folder.journal)
        except OSError:
            return ()
        return found.st_ino, found.st_size, found.st_mtime_ns

    def reading(self) -> Reading:
        """`with store.reading() as r:` a consistent view under the shared lock."""
        return Reading(self.folder, self.notices)

    def writing(self) -> Transaction:
        """`with store.writing() as w:` the same and commits, under the exclusive lock."""
        return Transaction(self.folder, self.notices, tidy=_tidy)

    def search(self, wanted: list[str] | Wanted) -> list[Found]:
        """Return the records that hold all these words, or that a TinyDB query takes."""
        with self.reading() as view:
            if isinstance(wanted, list):
                return list(view.holding(wanted))
            return list(view.query(wanted))

    def nearest(self, words: list[str], near: str) -> Generator[Found, None, None]:
        """Yield the records that hold all words from a week outwards; the lock is held meanwhile."""
        with self.reading() as view:
            yield from view.holding(words, near)

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

        return backups(self.folder, thorough=True)

    def restore(self, name: str) -> None:
        """Brings back the records of a backup; the present ones are kept in quarantine/."""
        from techlead_tui.store.backup import restore

        try:
            restore(self.folder, self.notices, name)
        except OSError as error:
            raise errors.not_saved(error) from None


def _tidy(transaction: Transaction) -> None:
    from techlead_tui.store.checkpoint import fold_quietly

    fold_quietly(transaction)
