"""Commits: one line a transaction, written twice, on the disk when the commit returns.

On the path of `techlead log`: what only a repair needs is imported by the function that needs it.
"""

import os

from techlead_tui import errors
from techlead_tui.core.records import Change, Record
from techlead_tui.store import fs, journal, lock
from techlead_tui.store.folder import OPEN, Folder
from techlead_tui.store.journal import Head, HistoryEntry

Tables = dict[str, dict[str, Record]]

CHUNK = 4096


def last_line(fd: int) -> tuple[bytes | None, int]:
    """A file's last line without its line end, and the file's size; None when it is torn."""
    size = fs.size(fd)
    length = CHUNK
    while size:
        tail = fs.read_from(fd, max(0, size - length), size)
        if tail[-1:] != b"\n":
            return None, size
        start = tail.rfind(b"\n", 0, -1) + 1
        if start or length >= size:
            return tail[start:-1], size
        length *= 8
    return b"", 0


def same_head(one: bytes | None, other: bytes | None) -> Head | None:
    """The head of a line that is whole and the last of both files; None when something is off."""
    if one is None or one != other:
        return None
    if not one:
        return journal.NOTHING
    if not journal.whole(one):
        return None
    head = journal.head(one)
    if head.format > journal.FORMAT:
        raise errors.newer("journal.jsonl", head.format, journal.FORMAT)
    return head


class View:
    """A consistent view, for as long as its `with` block holds the shared lock.

    DataError on entry when the data cannot be read: a newer format, or nothing left to read.
    """

    exclusive = False

    def __init__(self, folder: Folder, notices: list[str]) -> None:
        self.folder = folder
        self.notices = notices
        self.head = journal.NOTHING
        self._lock = -1
        self._lines: list[bytes] | None = None
        self._parsed: dict[int, list[Change]] = {}
        self._tables: dict[str, Tables] = {}
        self._folded: list[str] | None = None

    def __enter__(self) -> "View":
        try:
            self._take_lock()
            self._open()
        except OSError as error:
            self._close()
            raise self._refusal(error) from None
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._close()
        if isinstance(error, OSError):  # a read or write in the block failed
            raise self._refusal(error) from None

    def _refusal(self, error: OSError) -> errors.DataError:
        return errors.not_read(error)

    def _close(self) -> None:
        if self._lock >= 0:
            fs.close(self._lock)
            self._lock = -1

    def _take_lock(self) -> None:
        """Read-only media, and folders of others, are read without a lock: a torn end is seen as one."""
        for flags in (fs.APPEND, fs.READ):
            try:
                self._lock = fs.open_file(self.folder.lock, flags)
                lock.acquire(self._lock, self.exclusive)
                return
            except OSError:
                self._close()

    def _open(self) -> None:
        recent = fs.read_file(self.folder.recent) or b""
        lines = recent.split(b"\n")
        torn = lines.pop()
        try:
            fd = fs.open_file(self.folder.journal, fs.READ)
        except FileNotFoundError:
            last: bytes | None = b""
        else:
            try:
                last, _ = last_line(fd)
            finally:
                fs.close(fd)
        head = None if torn else same_head(lines[-1] if lines else b"", last)
        if head and head.seq and not all(map(journal.whole, lines)):
            head = None
        if head and head.seq:
            first, start = journal.seq_of(lines[0]), fs.read_head(self.folder.file(OPEN)) or b""
            if first > max(0, journal.file_seq(start)) + 1 or first + len(lines) - 1 != head.seq:
                head = None  # lines that the files need are elsewhere
        elif head and (fs.read_head(self.folder.file(OPEN)) or self.folder.folded()):
            head = None  # no journal beside folded records
        if head:
            self.head, self._lines = head, lines
        else:
            self._survey()

    def _survey(self) -> None:
        from techlead_tui.store.recovery import Survey

        found = Survey(self.folder)
        self._lines = found.recent
        self.head = (
            journal.head(found.lines[-1]) if found.lines else Head(found.mark, journal.FORMAT, 0, 0, "")
        )
        repair = "(techlead doctor repairs it)"
        for path in found.damaged:
            self.notice(f"{self.folder.name(path)} is damaged; its other copy was read {repair}")
        for path in found.missing:
            self.notice(f"{self.folder.name(path)} is missing; the journal was read instead {repair}")

    def notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)

    @property
    def seq(self) -> int:
        """The last transaction's sequence number; 0 when there is none."""
        return self.head.seq

    @property
    def last_week(self) -> str | None:
        """The ISO week in which the last transaction was made."""
        return self.head.week or None

    def lines(self) -> list[bytes]:
        """The lines that lie over the files, oldest first."""
        assert self._lines is not None
        return self._lines

    def folded(self) -> list[str]:
        """The weeks that have a file, in order; one that should have one is in the lines from now on."""
        if self._folded is None:
            found = self.folder.folded()
            lines = self.lines()
            if lines and journal.seq_of(lines[0]) > 1 and not self.folder.settled(found):
                self._survey()
            self._folded = found
        return self._folded

    def overlay(self, bucket: str, after: int) -> list[Change]:
        """The changes to a bucket in lines newer than `after`, oldest first."""
        needle = f'["{bucket}"'.encode()
        found = []
        for one in self.lines():
            if needle in one and (seq := journal.seq_of(one)) > after:
                found += [c for c in self._changes(seq, one) if c.bucket == bucket]
        return found

    def _changes(self, seq: int, one: bytes) -> list[Change]:
        if seq not in self._parsed:
            self._parsed[seq] = journal.parse(one).changes
        return self._parsed[seq]

    def records(self, bucket: str) -> Tables:
        """A bucket's records, {table: {uid: record}}; tables without records are left out."""
        if bucket not in self._tables:
            seq, tables = self._file(bucket)
            for change in self.overlay(bucket, seq):
                if change.after is not None:
                    tables.setdefault(change.table, {})[change.uid] = change.after
                elif change.table in tables:
                    tables[change.table].pop(change.uid, None)
            self._tables[bucket] = {name: records for name, records in tables.items() if records}
        return self._tables[bucket]

    def _file(self, bucket: str) -> tuple[int, Tables]:
        """Return what a bucket's file holds, by uid, and the last transaction in it."""
        from techlead_tui.store import bucket_file

        path = self.folder.file(bucket)
        data = fs.read_file(path)
        if data is None:
            self.folded()
            return 0, {}
        week = bucket_file.load(data, bucket, self.folder.name(path))
        if week:
            return week.seq, bucket_file.by_uid(week.tables)
        from techlead_tui.store import recovery

        self.notice(
            f"{self.folder.name(path)} is damaged; it was read from the journal (techlead doctor repairs it)"
        )
        return self.seq, recovery.rebuild(self.folder, bucket, data, recovery.Survey(self.folder).lines)

    def buckets(self) -> list[str]:
        """The weeks that hold records, in order ("open" is none)."""
        folded = set(self.folded())
        laid = {c.bucket for one in self.lines() for c in self._changes(journal.seq_of(one), one)}
        weeks = folded - laid  # a fold leaves no file without records
        return sorted(weeks | {bucket for bucket in laid if bucket != OPEN and self.records(bucket)})


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
            fs.close(self._files.pop())
        self._sizes.clear()

    def _take_lock(self) -> None:
        try:
            self._lock = fs.open_file(self.folder.lock, fs.APPEND)
        except FileNotFoundError:
            fs.make_folders(self.folder.path)
            self._lock = fs.open_file(self.folder.lock, fs.APPEND)
        lock.acquire(self._lock, exclusive=True)

    def _open(self) -> None:
        head = self._look()
        if head and head.seq >= self._check(OPEN) and (head.seq or not self.folder.folded()):
            self.head = head
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
        self._lines = None
        self._parsed.clear()
        self._tables.clear()
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
    ) -> HistoryEntry:
        """Saves changes as one transaction, all or nothing; on the disk at return.

        `at` is an ISO 8601 moment and `week` its ISO week. Undo and redo pass over what is not
        undoable (turn "keep"). DataError when the disk refuses, ValueError for an image whose "uid"
        is not its change's.
        """
        seq = self.head.seq + 1
        if undoable:
            entry = HistoryEntry(seq, at, words, origin, "do", None, self.head.undo, changes)
            self._append(entry, undo=seq, redo=0, week=week)
        else:
            entry = HistoryEntry(seq, at, words, origin, "keep", None, 0, changes)
            self._append(entry, undo=self.head.undo, redo=self.head.redo, week=week)
        return entry

    def _append(self, entry: HistoryEntry, *, undo: int, redo: int, week: str) -> None:
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
            except BaseException:
                self._roll_back()
                raise
        except OSError as error:
            raise errors.not_saved(error) from None
        self._sizes = [size + len(data) for size in self._sizes]
        self.head = Head(entry.seq, journal.FORMAT, undo, redo, week)
        if self._lines is not None:
            self._lines.append(made)
        for change in entry.changes:
            self._tables.pop(change.bucket, None)

    def _roll_back(self) -> None:
        for fd, size in zip(self._files, self._sizes, strict=True):
            try:  # noqa: SIM105  contextlib is dear to import
                fs.truncate(fd, size)
            except OSError:
                pass  # the next writer finds the torn end
