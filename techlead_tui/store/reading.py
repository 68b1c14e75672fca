"""Transaction: one line a transaction, written twice, on the disk when the commit returns.

On the path of `techlead log`: what only a repair needs is imported by the function that needs it.
"""

from _collections_abc import Callable, Iterator, Mapping, Sequence

from techlead_tui import errors, fs
from techlead_tui.core.records import Change, Record
from techlead_tui.store import journal, lock
from techlead_tui.store.folder import OPEN, Folder
from techlead_tui.store.journal import Head, HistoryEntry

Tables = dict[str, dict[str, Record]]
Found = tuple[str, str, Record]  # bucket, table, record
Wanted = Callable[[Record], bool]  # a query of TinyDB's is one

CHUNK = 4096
PIECE = 1 << 16


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


def _laid(tables: Tables, changes: list[Change]) -> Tables:
    """Return tables after some changes, without those that hold nothing."""
    for change in changes:
        if change.after is not None:
            tables.setdefault(change.table, {})[change.uid] = change.after
        elif change.table in tables:
            tables[change.table].pop(change.uid, None)
    return {name: records for name, records in tables.items() if records}


def backwards(path: str) -> Iterator[bytes]:
    """The whole lines of a file, last first, read in pieces from the end."""
    try:
        fd = fs.open_file(path, fs.READ)
    except FileNotFoundError:
        return
    try:
        start, rest = fs.size(fd), b""
        while start:
            at = max(0, start - PIECE)
            piece = fs.read_from(fd, at, start)
            if b"\n" not in piece and at:
                rest, start = piece + rest, at
                continue
            first, *lines = (piece + rest).split(b"\n")
            yield from filter(journal.whole, reversed([one.removesuffix(b"\r") for one in lines]))
            rest, start = first, at
        yield from filter(journal.whole, [rest.removesuffix(b"\r")])
    finally:
        fs.close(fd)


class Reading:
    """Read what is stored at one moment, for as long as its `with` block holds the shared lock.

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
        self.found: dict[str, Tables] = {}  # the buckets that were asked for
        self.known: Mapping[str, Tables] = {}  # found by another reading while the store had the same stamp
        self._folded: list[str] | None = None

    def __enter__(self) -> "Reading":
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
                lock.acquire(self._lock, self.exclusive, self.folder.waits)
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
        if head is not None and not head.seq:
            if self.folder.kept():
                head = None
            elif fs.names(self.folder.backups):
                self.notice("the data are gone, and backups are there: techlead doctor --restore lists them")
            else:
                self.folder.refuse_gone()
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
        if found.kept:
            self.notice(
                f"{self.folder.path} has lost its files; {self.folder.witness} was read instead {repair}"
            )
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
        if bucket in self.known:
            self.found.setdefault(bucket, self.known[bucket])
        if bucket not in self.found:
            seq, tables = self._file(bucket)
            self.found[bucket] = _laid(tables, self.overlay(bucket, seq))
        return self.found[bucket]

    def table(self, bucket: str, name: str) -> dict[str, Record]:
        """Return one table of a bucket, by uid, which is empty for most: a file without it is not parsed."""
        data = (
            None if bucket in self.found or bucket in self.known else fs.read_file(self.folder.file(bucket))
        )
        if data is not None:
            from techlead_tui.store import bucket_file

            seq = bucket_file.seq_without(data, name)
            if seq is not None:
                return _laid({}, self.overlay(bucket, seq)).get(name, {})
        return self.records(bucket).get(name, {})

    def _file(self, bucket: str) -> tuple[int, Tables]:
        """Return what a bucket's file holds, by uid, and the last transaction in it."""
        path = self.folder.file(bucket)
        data = fs.read_file(path)
        if data is None:
            self.folded()
            return 0, {}
        from techlead_tui.store import bucket_file

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

    def query(
        self, wanted: Wanted, words: Sequence[str] = (), *, table: str = "", near: str | None = None
    ) -> Iterator[Found]:
        """Yield the records that a TinyDB query takes, week by week, those nearest to a week first.

        A bucket that does not hold all the words anywhere is not even parsed; `table` "" is any.
        """
        from techlead_tui.store.query import matches

        for bucket in self._holding(words, near):
            for name, record in matches(self.records(bucket), wanted, table):
                yield bucket, name, record

    def holding(self, words: Sequence[str], near: str | None = None) -> Iterator[Found]:
        """Yield the records in whose texts all words occur, in any letter case; as `query`."""
        from techlead_tui.store.query import holding

        return self.query(holding(words), words, near=near)

    def find_uid(self, fragment: str) -> list[tuple[str, str, str]]:
        """Return (bucket, table, uid) of the records whose uid starts or ends with a fragment."""
        from techlead_tui.store.query import named

        found = self.query(named(fragment), [fragment])
        return [(bucket, table, str(record["uid"])) for bucket, table, record in found]

    def _holding(self, words: Sequence[str], near: str | None) -> Iterator[str]:
        """Yield the buckets whose files or lines may hold all the words; `open` comes last."""
        from techlead_tui.core.calendar import IsoWeek

        laid = {c.bucket for one in self.lines() for c in self._changes(journal.seq_of(one), one)}
        weeks = sorted({*self.folded(), *laid} - {OPEN})
        if near is not None:
            middle = IsoWeek.parse(near).monday
            weeks.sort(key=lambda week: abs(IsoWeek.parse(week).monday - middle))
        for bucket in [*weeks, OPEN]:
            if bucket in laid or not words or self._may_hold(bucket, words):
                yield bucket

    def _may_hold(self, bucket: str, words: Sequence[str]) -> bool:
        """Tell whether the bytes of an undamaged file hold all the words; of any other file they may."""
        from techlead_tui.core.json_text import encode_text
        from techlead_tui.store import bucket_file

        data = fs.read_file(self.folder.file(bucket))
        if data is None or not bucket_file.intact(data):
            return True
        text = data.decode().casefold()
        return all(encode_text(word.casefold())[1:-1] in text for word in words)

    # what has been written

    def history(self, limit: int | None = None) -> list[HistoryEntry]:
        """Return the last `limit` transactions (all for None), newest first."""
        found: list[HistoryEntry] = []
        for one in self._newest_first():
            if limit is not None and len(found) >= limit:
                break
            found.append(journal.parse(one))
        return found

    def since(self, seq: int) -> list[HistoryEntry]:
        """Return the transactions after one, oldest first."""
        found: list[HistoryEntry] = []
        for one in self._newest_first():
            if journal.seq_of(one) <= seq:
                break
            found.append(journal.parse(one))
        return found[::-1]

    def entry(self, seq: int) -> HistoryEntry | None:
        """Return a transaction, or None when the journal does not hold it any more."""
        for one in self._newest_first():
            found = journal.seq_of(one)
            if found == seq:
                return journal.parse(one)
            if found < seq:
                break
        return None

    def began(self) -> str | None:
        """Return the moment of the first transaction, as ISO 8601, or None when there is none."""
        try:
            fd = fs.open_file(self.folder.journal, fs.READ)
        except FileNotFoundError:
            head = b""
        else:
            try:
                head = fs.read_from(fd, 0, min(CHUNK, fs.size(fd)))
            finally:
                fs.close(fd)
        lines = self.lines()
        return journal.moment_of(head) or (journal.moment_of(lines[0]) if lines else None)

    def _newest_first(self) -> Iterator[bytes]:
        """Yield every line that can be read, newest first, each once."""
        below = self.seq + 1
        for source in (reversed(self.lines()), backwards(self.folder.journal)):
            for one in source:
                seq = journal.seq_of(one)
                if seq < below:
                    below = seq
                    yield one
