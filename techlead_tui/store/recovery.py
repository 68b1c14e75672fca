"""Find what is left after a crash, a power cut or damage, and make the files whole again.

`survey` only reads, so readers use it on read-only media; `repair` needs the exclusive lock.
"""

import os
from binascii import crc32

from techlead_tui import errors, fs
from techlead_tui.core.records import Change, Record
from techlead_tui.store import bucket_file, journal
from techlead_tui.store.bucket_file import BucketContents, Tables
from techlead_tui.store.folder import OPEN, Folder
from techlead_tui.store.journal import HistoryEntry

FIRST = b'{"seq":1,"format":'


class Survey:
    """Hold what the journal and its second copy know together.

    `lines` are all whole lines in order, `recent` those that recent.jsonl should hold, `damaged`
    the files with bytes that are no whole lines, or without some that were between, `missing` the bucket
    files that are gone though the
    journal_path has records for them, `lost` whether the journal may miss transactions that the bucket files
    have, `kept` the journal as it outlived its folder, `mark` the last transaction that is folded into the
    files.
    """

    __slots__ = ("damaged", "journal", "kept", "lines", "lost", "mark", "missing", "old_recent", "recent")

    def __init__(self, folder: Folder) -> None:
        self.journal = fs.read_file(folder.journal) or b""
        self.old_recent = fs.read_file(folder.recent) or b""
        self.kept = b"" if self.journal or self.old_recent or folder.folded() else folder.kept()
        self.damaged: list[str] = []
        by_seq: dict[int, bytes] = {}
        seqs: list[int] = []
        for path, data in ((folder.recent, self.old_recent), (folder.journal, self.journal or self.kept)):
            found, good = whole_lines(data)
            if not good or gap(found):
                self.damaged.append(path)
            seqs = [journal.seq_of(one) for one in found]
            if any(disagree(by_seq.get(seq, one), one) for seq, one in zip(seqs, found, strict=True)):
                raise errors.two_stores(folder.name(folder.journal), folder.name(folder.recent))
            by_seq.update(zip(seqs, found, strict=True))  # the journal's word counts
        self.lines = [by_seq[seq] for seq in sorted(by_seq)]
        self.mark = fold_mark(folder)
        refuse_newer(self, folder)
        last = seqs[-1] if seqs else 0
        after = [seq for seq in sorted(by_seq) if seq > last]
        self.lost = (
            folder.journal in self.damaged
            or after != list(range(last + 1, last + 1 + len(after)))
            or max(by_seq, default=0) < self.mark
            or (not by_seq and bool(folder.folded()))
        )
        self.missing = missing_weeks(folder, self.lines, self.mark)
        start = 0 if self.missing else sum(seq <= self.mark for seq in by_seq)
        self.recent = self.lines[max(0, start - 1) :]
        laid = journal.leading_number(self.old_recent[7:32])
        if self.lines and laid > journal.seq_of(self.lines[0]) and fs.read_file(folder.file(OPEN)) is None:
            self.missing.append(folder.file(OPEN))  # the lines before have been folded into it
        if not self.lines and not self.mark and not folder.folded():
            for data in (self.journal, self.old_recent):
                if not (FIRST.startswith(data[:18]) or data.startswith(FIRST) or not data.strip(b"\0")):
                    raise errors.unreadable(folder.journal)  # not even a torn first transaction

    @property
    def seq(self) -> int:
        """The last transaction known."""
        return max(journal.seq_of(self.lines[-1]) if self.lines else 0, self.mark)

    @property
    def complete(self) -> bool:
        """Tell whether the lines leave out no transaction but what compaction dropped."""
        seqs = [journal.seq_of(one) for one in self.lines if not is_turn(one, b"compacted")]
        if self.lost or not seqs:
            return False
        begun = seqs[0] == 1 or len(seqs) < len(self.lines)
        return begun and seqs[-1] - seqs[0] + 1 == len(seqs)


def disagree(one: bytes, other: bytes) -> bool:
    """Tell whether two lines of one number tell of different transactions: two homes have been mixed."""
    return one != other and not is_turn(one, b"compacted") and not is_turn(other, b"compacted")


def is_turn(line: bytes, turn: bytes) -> bool:
    """Tell whether a whole line is of some turn."""
    return b',"turn":"%s",' % turn in line[:160]


def gap(lines: list[bytes]) -> bool:
    """Tell whether whole lines leave some out that nothing accounts for: compaction, or a repair since."""
    expected = 0
    missing = False
    for one in lines:
        seq = journal.seq_of(one)
        if is_turn(one, b"rebuild"):
            missing = False  # it tells what the files knew of all before
        elif not is_turn(one, b"compacted"):
            missing = missing or 0 < expected < seq
        else:
            seq = -1  # and what follows may have any number
        expected = seq + 1
    return missing


def missing_weeks(folder: Folder, lines: list[bytes], mark: int) -> list[str]:
    """Return the paths of the week files that are not there though a fold has left them.

    A week has had a file when it held records at the `mark`. Where it held none at some moment since, a fold
    that stopped in the middle has taken the file away.
    """
    weeks = folder.folded()
    if folder.settled(weeks):
        return []
    there = {bucket.encode() for bucket in [*weeks, OPEN]}
    about = [one for one in lines if {part[:8] for part in one.split(b'["') if part[8:9] == b'"'} - there]
    held: dict[str, BucketContents] = {}
    replay([one for one in about if journal.seq_of(one) <= mark], held, only=False)
    gone = {
        name for name, bucket in held.items() if name.encode() not in there and any(bucket.tables.values())
    }
    for one in about:
        if journal.seq_of(one) > mark:
            replay([one], held, only=False)
            gone -= {name for name in gone if not any(held[name].tables.values())}
    return [folder.file(bucket) for bucket in sorted(gone)]


def whole_lines(data: bytes) -> tuple[list[bytes], bool]:
    """The whole lines in a file's bytes, and whether there is nothing else in it."""
    lines = data.replace(b"\r\n", b"\n").split(b"\n")  # as an editor or git may have left the line ends
    if not lines[-1]:
        lines.pop()
    found = [one for one in lines if journal.whole(one)]
    return found, len(found) == len(lines) and b"\r" not in data


def refuse_newer(survey: Survey, folder: Folder) -> None:
    """DataError when a newer version wrote a line, or the last one of every copy says so."""
    today = b',"format":%d,' % journal.FORMAT
    found = max((journal.format_of(one) for one in survey.lines if today not in one[:40]), default=0)
    copies = [data.rstrip(b"\n").rpartition(b"\n")[2] for data in (survey.journal, survey.old_recent) if data]
    if found <= journal.FORMAT and copies:
        found = min(journal.format_of(one) for one in copies)
    if found > journal.FORMAT:
        raise errors.newer(folder.name(folder.journal), found, journal.FORMAT)


def fold_mark(folder: Folder) -> int:
    """The last transaction that all files hold: open.json is always written last in a fold."""
    data = fs.read_file(folder.file(OPEN))
    week = data and bucket_file.load(data, OPEN, "open.json")
    return week.seq if week else 0


def replay(lines: list[bytes], states: dict[str, BucketContents], only: bool) -> set[tuple[str, str, str]]:
    """Brings bucket states, by uid, up to date with the lines newer than each.

    With `only`, other buckets are left out, and lines that cannot concern them are not even parsed.
    Answers (bucket, table, uid) of every record that the lines speak of.
    """
    spoken: set[tuple[str, str, str]] = set()
    needles = [f'["{bucket}"'.encode() for bucket in states] if only else [b""]
    for one in lines:
        if any(needle in one for needle in needles):
            seq = journal.seq_of(one)
            for change in journal.parse(one).changes:
                week = states.get(change.bucket)
                if week is None:
                    if only:
                        continue
                    week = states[change.bucket] = BucketContents(0, journal.FORMAT, {})
                spoken.add((change.bucket, change.table, change.uid))
                if seq > week.seq:
                    put(week.tables, change)
    return spoken


def put(tables: Tables, change: Change) -> None:
    """Applies a change to tables by uid."""
    if change.after is None:
        tables.get(change.table, {}).pop(change.uid, None)
    else:
        tables.setdefault(change.table, {})[change.uid] = change.after


def rebuild(folder: Folder, bucket: str, data: bytes, lines: list[bytes]) -> Tables:
    """A damaged file's records by uid: the journal's, and those that only the file still holds.

    DataError when neither has any.
    """
    state = {bucket: BucketContents(0, journal.FORMAT, {})}
    spoken = replay(lines, state, only=True)
    tables = state[bucket].tables
    saved = bucket_file.salvage(data)
    for table, records in saved.items():
        for uid, record in records.items():
            if (bucket, table, uid) not in spoken:
                tables.setdefault(table, {})[uid] = record
    if not lines and not saved:
        raise errors.unreadable(folder.file(bucket))
    return tables


def truth(folder: Folder, survey: Survey) -> tuple[dict[str, BucketContents], list[str]]:
    """Every bucket's present records by uid, from the files and the lines newer than each.

    And the buckets whose files are damaged. A file that lacks what a complete journal_path tells has lost it:
    only a journal_path with gaps may have missed that a record was deleted.
    """
    states, damaged, lines = {}, [], survey.lines
    for bucket in [*folder.folded(), OPEN]:
        path = folder.file(bucket)
        data = fs.read_file(path)
        if data is None:
            continue
        week = bucket_file.load(data, bucket, folder.name(path))
        if week is None:
            damaged.append(bucket)
            tables = rebuild(folder, bucket, data, lines)
            states[bucket] = BucketContents(journal.seq_of(lines[-1]) if lines else 0, journal.FORMAT, tables)
        else:
            states[bucket] = BucketContents(week.seq, journal.FORMAT, bucket_file.by_uid(week.tables))
    replay(lines, states, only=False)
    if survey.complete:
        told: dict[str, BucketContents] = {}
        replay(lines, told, only=False)
        drop_copies(states, told)
        for bucket, week in told.items():
            for table, records in week.tables.items():
                kept = states[bucket].tables.setdefault(table, {})
                kept.update((uid, record) for uid, record in records.items() if uid not in kept)
    return states, damaged


def drop_copies(states: dict[str, BucketContents], told: dict[str, BucketContents]) -> None:
    """Take out of buckets what a complete journal tells of another one alone: a file under a wrong name."""
    known = {(table, uid) for week in told.values() for table, rs in week.tables.items() for uid in rs}
    for bucket, week in states.items():
        own = told[bucket].tables if bucket in told else {}
        for table, records in week.tables.items():
            for uid in records.keys() - own.get(table, {}).keys():
                if (table, uid) in known:
                    del records[uid]


def differences(old: dict[str, BucketContents], new: dict[str, BucketContents]) -> list[Change]:
    """The changes that turn one state of all buckets, by uid, into another."""
    changes = []
    for bucket in sorted({*old, *new}):
        a, b = (s[bucket].tables if bucket in s else {} for s in (old, new))
        for table in sorted({*a, *b}):
            before, after = a.get(table, {}), b.get(table, {})
            for uid in {**before, **after}:
                was: Record | None = before.get(uid)
                now: Record | None = after.get(uid)
                if was != now:
                    changes.append(Change(bucket, table, uid, was, now))
    return changes


def repair(folder: Folder, thorough: bool = False) -> list[str]:
    """Makes journal.jsonl and recent.jsonl whole and equal; sentences on what was damaged.

    What a damaged journal_path no longer tells, the bucket files do: it goes into one line more. `thorough`
    looks for that in a journal_path that seems whole, too.
    OSError when the disk refuses; nothing is lost then, and the next repair goes on.
    """
    found = Survey(folder)
    if found.lost or thorough:
        told: dict[str, BucketContents] = {}
        replay(found.lines, told, only=False)
        states, _ = truth(folder, found)
        changes = differences(told, states)
        seq = max([found.seq, *(week.seq for week in states.values())])
        last_seq = journal.seq_of(found.lines[-1]) if found.lines else 0
        if changes or seq > last_seq or gap(found.lines):
            last = journal.parse(found.lines[-1]) if found.lines else None
            head = journal.head(found.lines[-1]) if found.lines else journal.NOTHING
            at = last.at if last else "1970-01-01T00:00:00+00:00"
            entry = HistoryEntry(seq + 1, at, ["repair"], "store", "rebuild", None, 0, changes)
            made = journal.build(entry, head.undo, head.redo, head.week)
            found.lines.append(made)
            found.recent.append(made)
    notices = []
    for path in found.damaged:
        notices.append(rebuilt(folder, path, set_aside(folder, path)))
    if found.kept:
        notices.append(f"{folder.path} had lost its files; they have been made again from {folder.witness}")
    notices += [f"{folder.name(path)} was missing and is read from the journal" for path in found.missing]
    journal_path = b"".join(one + b"\n" for one in found.lines)
    recent = b"".join(one + b"\n" for one in found.recent)
    if recent != found.old_recent:
        fs.replace_file(folder.recent, recent)
    if journal_path != found.journal:
        if journal_path.startswith(found.journal) and found.journal:
            append(folder.journal, journal_path[len(found.journal) :])
        else:
            fs.replace_file(folder.journal, journal_path)
    return notices


def append(path: str, data: bytes) -> None:
    fd = fs.open_file(path, fs.APPEND)
    try:
        fs.write_all(fd, data)
        fs.sync(fd)
    finally:
        fs.close(fd)


def rebuilt(folder: Folder, path: str, kept: str) -> str:
    """Return the sentence on a file that was damaged, and on its copy in quarantine/, "" for none."""
    copy = f"; the damaged copy is kept as {kept}" if kept else ""
    return f"{folder.name(path)} was damaged and has been rebuilt{copy}"


def set_aside(folder: Folder, path: str) -> str:
    """Keep a copy of a file in quarantine/ before it is replaced; its path, "" for nothing to keep."""
    data = fs.read_file(path)
    if not data:
        return ""
    if not os.path.isdir(folder.quarantine):
        fs.make_folders(folder.quarantine)
    kept = os.path.join(folder.quarantine, f"{os.path.basename(path)}.{crc32(data):08x}")
    if not os.path.exists(kept):
        fs.replace_file(kept, data)
    return kept
