"""What a reader sees: the bucket files, with the newer lines of recent.jsonl laid over them.

Nothing here writes. What a plain quick log does not need is imported where it is used.
"""

from techlead_tui import errors
from techlead_tui.core.records import Change, Record
from techlead_tui.store import disk, line, lock
from techlead_tui.store.folder import OPEN, Folder
from techlead_tui.store.line import Head

Tables = dict[str, dict[str, Record]]

CHUNK = 4096


def last_line(fd: int) -> tuple[bytes | None, int]:
    """A file's last line without its line end, and the file's size; None when it is torn."""
    size = disk.size(fd)
    length = CHUNK
    while size:
        tail = disk.read_from(fd, max(0, size - length), size)
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
        return line.NOTHING
    if not line.whole(one):
        return None
    head = line.head(one)
    if head.format > line.FORMAT:
        raise errors.newer("journal.jsonl", head.format, line.FORMAT)
    return head


class View:
    """A consistent view, for as long as its `with` block holds the shared lock.

    DataError on entry when the data cannot be read: a newer format, or nothing left to read.
    """

    exclusive = False

    def __init__(self, folder: Folder, notices: list[str]) -> None:
        self.folder = folder
        self.notices = notices
        self.head = line.NOTHING
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
            disk.close(self._lock)
            self._lock = -1

    def _take_lock(self) -> None:
        """Read-only media, and folders of others, are read without a lock: a torn end is seen as one."""
        for flags in (disk.APPEND, disk.READ):
            try:
                self._lock = disk.open_file(self.folder.lock, flags)
                lock.acquire(self._lock, self.exclusive)
                return
            except OSError:
                self._close()

    def _open(self) -> None:
        recent = disk.read_file(self.folder.recent) or b""
        lines = recent.split(b"\n")
        torn = lines.pop()
        try:
            fd = disk.open_file(self.folder.journal, disk.READ)
        except FileNotFoundError:
            last: bytes | None = b""
        else:
            try:
                last, _ = last_line(fd)
            finally:
                disk.close(fd)
        head = None if torn else same_head(lines[-1] if lines else b"", last)
        if head and head.seq and not all(map(line.whole, lines)):
            head = None
        if head and head.seq:
            first, start = line.seq_of(lines[0]), disk.read_head(self.folder.file(OPEN)) or b""
            if first > max(0, line.file_seq(start)) + 1 or first + len(lines) - 1 != head.seq:
                head = None  # lines that the files need are elsewhere
        elif head and (disk.read_head(self.folder.file(OPEN)) or self.folder.folded()):
            head = None  # no journal beside folded records
        if head:
            self.head, self._lines = head, lines
        else:
            self._survey()

    def _survey(self) -> None:
        from techlead_tui.store.recover import Survey

        found = Survey(self.folder)
        self._lines = found.recent
        self.head = line.head(found.lines[-1]) if found.lines else Head(found.mark, line.FORMAT, 0, 0, "")
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
            if lines and line.seq_of(lines[0]) > 1 and not self.folder.settled(found):
                self._survey()
            self._folded = found
        return self._folded

    def overlay(self, bucket: str, after: int) -> list[Change]:
        """The changes to a bucket in lines newer than `after`, oldest first."""
        needle = f'["{bucket}"'.encode()
        found = []
        for one in self.lines():
            if needle in one and (seq := line.seq_of(one)) > after:
                found += [c for c in self._changes(seq, one) if c.bucket == bucket]
        return found

    def _changes(self, seq: int, one: bytes) -> list[Change]:
        if seq not in self._parsed:
            self._parsed[seq] = line.parse(one).changes
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
        """What a bucket's file holds, by uid, and the last transaction in it."""
        from techlead_tui.store import weekfile

        path = self.folder.file(bucket)
        data = disk.read_file(path)
        if data is None:
            self.folded()
            return 0, {}
        week = weekfile.load(data, bucket, self.folder.name(path))
        if week:
            return week.seq, weekfile.by_uid(week.tables)
        from techlead_tui.store import recover

        self.notice(
            f"{self.folder.name(path)} is damaged; it was read from the journal (techlead doctor repairs it)"
        )
        return self.seq, recover.rebuild(self.folder, bucket, data, recover.Survey(self.folder).lines)

    def buckets(self) -> list[str]:
        """The weeks that hold records, in order ("open" is none)."""
        folded = set(self.folded())
        laid = {c.bucket for one in self.lines() for c in self._changes(line.seq_of(one), one)}
        weeks = folded - laid  # a fold leaves no file without records
        return sorted(weeks | {bucket for bucket in laid if bucket != OPEN and self.records(bucket)})
