"""Commits: one line a transaction, written twice, on the disk when the commit returns.

On the path of `techlead log`: what only a repair needs is imported by the function that needs it.
"""

import os

from techlead_tui import errors
from techlead_tui.core.records import Change
from techlead_tui.store import disk, line, lock
from techlead_tui.store.folder import OPEN, Folder
from techlead_tui.store.line import Entry, Head
from techlead_tui.store.view import View, last_line, same_head


class Commits(View):
    """The exclusive view: everything of Reading, and commits that later reads in it see.

    DataError on entry when the data cannot be written, or when another process keeps the lock.
    """

    exclusive = True

    def __init__(self, folder: Folder, notices: list[str]) -> None:
        super().__init__(folder, notices)
        self._files: list[int] = []
        self._sizes: list[int] = []
        self._known: set[str] = set()

    def __enter__(self) -> "Commits":
        super().__enter__()
        return self

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
        self._lines = (disk.read_file(self.folder.recent) or b"").split(b"\n")[:-1]

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
        self._folded = None

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
        """The transaction that a bucket's file claims to hold; DataError when a newer version wrote it."""
        self._known.add(bucket)
        path = self.folder.file(bucket)
        start = disk.read_head(path) or b""
        if (found := line.file_format(start)) > line.FORMAT:
            raise errors.newer(self.folder.name(path), found, line.FORMAT)
        return line.file_seq(start)

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
    ) -> Entry:
        """Saves changes as one transaction, all or nothing; on the disk at return.

        `at` is an ISO 8601 moment and `week` its ISO week. Undo and redo pass over what is not
        undoable (turn "keep"). DataError when the disk refuses, ValueError for an image whose "uid"
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
