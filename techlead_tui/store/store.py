"""The store: transactions on a data folder, for the planner and for nobody else.

A commit is one line in journal.jsonl, on the disk when it returns; recent.jsonl holds the last lines
once more, so that readers need not read the whole journal; the TinyDB files are a fold of the lines.
Import stays cheap: whatever a quick log does not need is imported by the function that needs it.
"""

import os
from _collections_abc import Callable

from techlead_tui.core.changes import Change, Record
from techlead_tui.store import disk, errors, line, lock
from techlead_tui.store.errors import Finding
from techlead_tui.store.folder import OPEN, Backup, Folder
from techlead_tui.store.line import Entry, Head
from techlead_tui.store.view import Reading, last_line, same_head

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

    def reading(self) -> Reading:
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

    def fold(self) -> None:
        """Brings the TinyDB files up to date with the journal. StoreError when the disk refuses."""
        from techlead_tui.store.fold import fold

        with self.writing() as view:
            fold(view)

    def maintain(self) -> None:
        """What a process with time does: checks the journal, folds, compacts, backs up."""
        from techlead_tui.store.upkeep import maintain

        maintain(self)

    def verify(self) -> list[Finding]:
        """What is wrong with the data, for doctor; changes nothing."""
        from techlead_tui.store.upkeep import verify

        return verify(self)

    def repair(self) -> None:
        """Makes every file whole again; copies of what was damaged stay in quarantine/."""
        from techlead_tui.store.upkeep import repair

        repair(self)

    def backups(self) -> list[Backup]:
        """What can be restored, newest first."""
        from techlead_tui.store.backup import backups

        return backups(self.folder)

    def restore(self, name: str) -> None:
        """Brings back the records of a backup; the present ones are kept in quarantine/."""
        from techlead_tui.store.backup import restore

        try:
            restore(self, name)
        except OSError as error:
            raise errors.not_saved(error) from None


class Writing(Reading):
    """The exclusive view: everything of Reading, and commits that later reads in it see.

    StoreError on entry when the data cannot be written, or when another process keeps the lock.
    """

    exclusive = True

    def __init__(self, folder: Folder, notices: list[str]) -> None:
        super().__init__(folder, notices)
        self._files: list[int] = []
        self._sizes: list[int] = []
        self._known: set[str] = set()

    def __enter__(self) -> "Writing":
        super().__enter__()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if self._sizes and self._sizes[0] > OUTGROWN:
                from techlead_tui.store.fold import fold_quietly

                fold_quietly(self)
        finally:
            super().__exit__(kind, error, trace)

    def _refusal(self, error: OSError) -> errors.StoreError:
        return errors.not_saved(error)

    def _close(self) -> None:
        self._close_files()
        super()._close()

    def _close_files(self) -> None:
        while self._files:
            disk.close(self._files.pop())
        self._sizes.clear()

    def _take_lock(self) -> None:
        try:
            self._lock = disk.open_file(self.folder.lock, disk.APPEND)
        except FileNotFoundError:
            disk.make_folders(self.folder.path)
            self._lock = disk.open_file(self.folder.lock, disk.APPEND)
        lock.acquire(self._lock, exclusive=True)

    def _open(self) -> None:
        head = self._look()
        if head and head.seq >= self._check(OPEN) and (head.seq or not self.folder.folded()):
            self.head = head
        else:  # torn, or older than the files are
            self.mend()

    def _survey(self) -> None:
        self.mend()

    def mend(self, thorough: bool = False) -> None:
        """Makes the journal and its second copy whole and equal."""
        from techlead_tui.store.recover import repair

        self._close_files()
        for sentence in repair(self.folder, thorough):
            self.notice(sentence)
        self._reopen()

    def replace(self, path: str, data: bytes) -> None:
        """Replaces journal.jsonl or recent.jsonl, which are closed meanwhile as Windows wants it."""
        self._close_files()
        try:
            disk.replace_file(path, data)
        finally:
            self._reopen()

    def _reopen(self) -> None:
        """Opens the two files after they have been replaced, and drops what was read before."""
        head = self._look()
        if not head:
            raise errors.unreadable(self.folder.journal)
        self.head = head
        self._lines = None
        self._parsed.clear()
        self._tables.clear()

    def _look(self) -> Head | None:
        """Opens both copies and compares their last lines; None when they need a repair."""
        tails = []
        for path in (self.folder.recent, self.folder.journal):
            self._files.append(disk.open_file(path, disk.APPEND))
            tail, size = last_line(self._files[-1])
            tails.append(tail)
            self._sizes.append(size)
        return same_head(*tails)

    def _check(self, bucket: str) -> int:
        """The transaction that a bucket's file claims to hold; StoreError when a newer version wrote it."""
        self._known.add(bucket)
        path = self.folder.file(bucket)
        start = disk.read_head(path) or b""
        if (found := line.file_format(start)) > line.FORMAT:
            raise errors.newer(self.folder.name(path), found, line.FORMAT)
        return line.file_seq(start)

    def lines(self) -> list[bytes]:
        if self._lines is None:
            super()._open()
        if self._lines is None:  # they have been mended
            super()._open()
        return super().lines()

    def commit(
        self,
        changes: list[Change],
        *,
        at: str,
        week: str,
        origin: str,
        words: list[str],
        undoable: bool = True,
    ) -> Entry:
        """Saves changes as one transaction, all or nothing; on the disk at return.

        `at` is an ISO 8601 moment and `week` its ISO week. Undo and redo pass over what is not
        undoable (turn "keep"). StoreError when the disk refuses, ValueError for an image whose "uid"
        is not its change's.
        """
        seq = self.head.seq + 1
        if undoable:
            entry = Entry(seq, at, words, origin, "do", None, self.head.undo, changes)
            self._append(entry, undo=seq, redo=0, week=week)
        else:
            entry = Entry(seq, at, words, origin, "keep", None, 0, changes)
            self._append(entry, undo=self.head.undo, redo=self.head.redo, week=week)
        return entry

    def undo(self, *, at: str, week: str, origin: str) -> tuple[Entry, list[Change]]:
        """Takes the last transaction back, as a new one; it and its changes.

        NothingToUndo, or Conflict when one of its records has changed since.
        """
        from techlead_tui.store.turn import undo

        return undo(self, at, week, origin)

    def redo(self, *, at: str, week: str, origin: str) -> tuple[Entry, list[Change]]:
        """Does again what the last undo took back; as `undo`."""
        from techlead_tui.store.turn import redo

        return redo(self, at, week, origin)

    def _append(self, entry: Entry, *, undo: int, redo: int, week: str) -> None:
        made = line.build(entry, undo, redo, week)
        data = made + b"\n"
        try:
            for change in entry.changes:
                if change.after is not None and change.after.get("uid") != change.uid:
                    raise ValueError(f"a record named {change.uid} says that it is {change.after.get('uid')}")
                if change.bucket not in self._known:
                    self._check(change.bucket)
            if not self._sizes[1]:  # new files: their names must be on the disk before their lines are
                disk.sync_folder(self.folder.path)
                disk.sync_folder(os.path.dirname(self.folder.path))
            try:
                disk.write_all(self._files[0], data)
                disk.write_all(self._files[1], data)
                disk.sync(self._files[1])
            except BaseException:
                self._roll_back()
                raise
        except OSError as error:
            raise errors.not_saved(error) from None
        self._sizes = [size + len(data) for size in self._sizes]
        self.head = Head(entry.seq, line.FORMAT, undo, redo, week)
        if self._lines is not None:
            self._lines.append(made)
        for change in entry.changes:
            self._tables.pop(change.bucket, None)

    def _roll_back(self) -> None:
        for fd, size in zip(self._files, self._sizes, strict=True):
            try:  # noqa: SIM105  contextlib is dear to import
                disk.truncate(fd, size)
            except OSError:
                pass  # the next writer finds the torn end
