"""Commits: one line a transaction, written twice, on the disk when the commit returns.

On the path of `techlead log`: what only a repair needs is imported by the function that needs it.
"""

import os
from _collections_abc import Callable

from techlead_tui import errors, fs
from techlead_tui.core.records import Change, Record
from techlead_tui.store import journal, lock
from techlead_tui.store.folder import OPEN, Folder
from techlead_tui.store.journal import Head, HistoryEntry
from techlead_tui.store.reading import Reading, last_line, same_head

OUTGROWN = 32 * 1024  # bytes of recent.jsonl after which a commit folds: a read of a week stays under 1 ms


class Transaction(Reading):
    """Hold the exclusive lock: read, commit what later reads in it see, and turn commits round.

    DataError on entry when the data cannot be written, or when another process keeps the lock.
    """

    exclusive = True

    def __init__(
        self, folder: Folder, notices: list[str], *, tidy: "Callable[[Transaction], None] | None" = None
    ) -> None:
        """Take what folds the lines into the files once they have outgrown their use, or None."""
        super().__init__(folder, notices)
        self._tidy = tidy
        self._files: list[int] = []
        self._sizes: list[int] = []
        self._known: set[str] = set()

    def __enter__(self) -> "Transaction":
        super().__enter__()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if self._tidy is not None and self.recent_size > OUTGROWN:
                self._tidy(self)
        finally:
            super().__exit__(kind, error, trace)

    @property
    def journal_size(self) -> int:
        """Bytes of journal.jsonl."""
        return self._sizes[1] if self._sizes else 0

    @property
    def recent_size(self) -> int:
        """Bytes of recent.jsonl, which every reader reads."""
        return self._sizes[0] if self._sizes else 0

    def _refusal(self, error: OSError) -> errors.DataError:
        return errors.not_saved(error)

    def _close(self) -> None:
        self._close_files()
        super()._close()

    def _close_files(self) -> None:
        while self._files:
            fs.close(self._files.pop())
        self._sizes.clear()

    def _take_lock(self) -> None:
        while True:
            try:
                self._lock = fs.open_file(self.folder.lock, fs.APPEND)
            except FileNotFoundError:
                if not fs.names(self.folder.backups):
                    self.folder.refuse_gone()
                fs.make_folders(self.folder.path)
                self._lock = fs.open_file(self.folder.lock, fs.APPEND)
            lock.acquire(self._lock, exclusive=True, waits=self.folder.waits)
            if fs.is_at(self._lock, self.folder.lock):
                return
            super()._close()  # it was removed while we waited: who comes next takes another one

    def _open(self) -> None:
        head = self._look()
        if head and head.seq >= self._check(OPEN) and (head.seq or not self.folder.folded()):
            self.head = head
            if not head.seq and self.folder.kept():
                self.mend()
            elif not head.seq and not fs.names(self.folder.backups):
                self.folder.refuse_gone()
        else:  # torn, or older than the files are
            self.mend()

    def _survey(self) -> None:
        self.mend()
        self._lines = (fs.read_file(self.folder.recent) or b"").split(b"\n")[:-1]

    def mend(self, thorough: bool = False) -> None:
        """Makes the journal and its second copy whole and equal."""
        from techlead_tui.store.recovery import repair

        self._close_files()
        for sentence in repair(self.folder, thorough):
            self.notice(sentence)
        self._reopen()

    def replace(self, path: str, data: bytes) -> None:
        """Replaces journal.jsonl or recent.jsonl, which are closed meanwhile as Windows wants it."""
        self._close_files()
        try:
            fs.replace_file(path, data)
        finally:
            self._reopen()

    def _reopen(self) -> None:
        """Opens the two files after they have been replaced, and drops what was read before."""
        head = self._look()
        if not head:
            raise errors.unreadable(self.folder.journal)
        self.head = head
        if head.seq:
            self.folder.attest()
        self._lines = None
        self._parsed.clear()
        self.found.clear()
        self._folded = None

    def _look(self) -> Head | None:
        """Opens both copies and compares their last lines; None when they need a repair."""
        tails = []
        for path in (self.folder.recent, self.folder.journal):
            self._files.append(fs.open_file(path, fs.APPEND))
            tail, size = last_line(self._files[-1])
            tails.append(tail)
            self._sizes.append(size)
        return same_head(*tails)

    def _check(self, bucket: str) -> int:
        """The transaction that a bucket's file claims to hold; DataError when a newer version wrote it."""
        self._known.add(bucket)
        path = self.folder.file(bucket)
        start = fs.read_head(path) or b""
        if (found := journal.file_format(start)) > journal.FORMAT:
            raise errors.newer(self.folder.name(path), found, journal.FORMAT)
        return journal.file_seq(start)

    def lines(self) -> list[bytes]:
        if self._lines is None:
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
        gave_way: list[Record] | None = None,
    ) -> HistoryEntry:
        """Saves changes as one transaction, all or nothing; on the disk at return.

        `at` is an ISO 8601 moment and `week` its ISO week; `gave_way` is told beside the changes. Undo and
        redo pass over what is not undoable (turn "keep"). DataError when the disk refuses, ValueError for
        an image whose "uid" is not its change's.
        """
        seq = self.head.seq + 1
        if undoable:
            entry = HistoryEntry(seq, at, words, origin, "do", None, self.head.undo, changes, gave_way)
            self.append(entry, undo=seq, redo=0, week=week)
        else:
            entry = HistoryEntry(seq, at, words, origin, "keep", None, 0, changes, gave_way)
            self.append(entry, undo=self.head.undo, redo=self.head.redo, week=week)
        return entry

    def undo(self, *, at: str, week: str, origin: str) -> tuple[HistoryEntry, list[Change]]:
        """Take the last transaction back, as a new one; return it and its changes.

        UserError when there is none, ConflictError when one of its records has changed since.
        """
        turned = self._turnable(self.head.undo, "undo")
        made = self._turned(turned, "undo", at, origin, below=self.head.redo)
        self.append(made, undo=turned.below, redo=made.seq, week=week)
        return made, made.changes

    def redo(self, *, at: str, week: str, origin: str) -> tuple[HistoryEntry, list[Change]]:
        """Do again what the last undo took back; as `undo`."""
        turned = self._turnable(self.head.redo, "redo")
        made = self._turned(turned, "redo", at, origin, below=self.head.undo)
        self.append(made, undo=made.seq, redo=turned.below, week=week)
        return made, made.changes

    def _turnable(self, seq: int, word: str) -> HistoryEntry:
        """Return the transaction on top of a stack. UserError when there is none, or only its remains."""
        turned = self.entry(seq) if seq else None
        if turned is None or turned.turn in ("compacted", "rebuild"):
            raise errors.UserError(f"there is nothing to {word}", "`techlead history` shows the changes")
        return turned

    def _turned(self, turned: HistoryEntry, word: str, at: str, origin: str, below: int) -> HistoryEntry:
        """Return a transaction turned round. ConflictError when a record is not as it left it."""
        left = {(c.bucket, c.table, c.uid): c.after for c in turned.changes}
        for (bucket, table, uid), after in left.items():
            if self.records(bucket).get(table, {}).get(uid) != after:
                raise errors.ConflictError(word, turned.words, uid)
        changes = [change.inverse() for change in reversed(turned.changes)]
        return HistoryEntry(self.seq + 1, at, turned.words, origin, word, turned.seq, below, changes)

    def append(self, entry: HistoryEntry, *, undo: int, redo: int, week: str) -> None:
        """Write a transaction as the next line, with the stacks of undo and redo as they are then."""
        made = journal.build(entry, undo, redo, week)
        data = made + b"\n"
        try:
            for change in entry.changes:
                if change.after is not None and change.after.get("uid") != change.uid:
                    raise ValueError(f"a record named {change.uid} says that it is {change.after.get('uid')}")
                if change.bucket not in self._known:
                    self._check(change.bucket)
            if not self._sizes[1]:  # new files: their names must be on the disk before their lines are
                fs.sync_folder(self.folder.path)
                fs.sync_folder(os.path.dirname(self.folder.path))
            try:
                fs.write_all(self._files[0], data)
                fs.write_all(self._files[1], data)
                fs.sync(self._files[1])
                if not fs.is_at(self._files[1], self.folder.journal):
                    raise errors.replaced(self.folder.path)
            except BaseException:
                self._roll_back()
                raise
        except OSError as error:
            raise errors.not_saved(error) from None
        self.folder.attest()
        self._sizes = [size + len(data) for size in self._sizes]
        self.head = Head(entry.seq, journal.FORMAT, undo, redo, week)
        if self._lines is not None:
            self._lines.append(made)
        for change in entry.changes:
            self.found.pop(change.bucket, None)

    def _roll_back(self) -> None:
        for fd, size in zip(self._files, self._sizes, strict=True):
            try:  # noqa: SIM105  contextlib is dear to import
                fs.truncate(fd, size)
            except OSError:
                pass  # the next writer finds the torn end
