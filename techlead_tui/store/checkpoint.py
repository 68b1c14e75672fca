"""The fold: the lines of recent.jsonl brought into the TinyDB files.

Every step may be the last before a crash: a file names the last transaction that it holds, so lines
are never applied twice; open.json is written last of the files and so says what all of them hold and
which there are; recent.jsonl gives its lines up only after that.
"""

import os

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from techlead_tui import errors, fs
from techlead_tui.core.records import Change
from techlead_tui.store import bucket_file, journal, recovery
from techlead_tui.store.bucket_file import IDS, Tables
from techlead_tui.store.folder import OPEN, Folder, names_sum
from techlead_tui.store.journal import FORMAT
from techlead_tui.store.transaction import Transaction


class WeekStorage(Storage):
    """`seq` is the last transaction that the tables hold; `notice` a sentence on damage, or "".

    DataError on opening a file of a newer format, or one that nothing is left to rebuild from.
    """

    def __init__(self, folder: Folder, bucket: str) -> None:
        self.folder = folder
        self.bucket = bucket
        self.path = folder.file(bucket)
        self.seq = 0
        self.notice = ""
        self._tables: Tables = {}
        data = fs.read_file(self.path)
        if data is None:
            return
        week = bucket_file.load(data, bucket, folder.name(self.path))
        if week:
            self.seq, self._tables = week.seq, week.tables
            if week.format < FORMAT:
                recovery.set_aside(folder, self.path)
            return
        found = recovery.Survey(folder)
        self.refill(recovery.rebuild(folder, bucket, data, found.lines), found.seq)
        self.notice = recovery.rebuilt(folder, self.path, recovery.set_aside(folder, self.path))

    def refill(self, tables: Tables, seq: int) -> None:
        """Takes tables by uid, as of a transaction, in the place of what the file held."""
        self.seq = seq
        self._tables = {
            name: {str(seq * IDS + i): record for i, record in enumerate(records.values())}
            for name, records in tables.items()
        }

    def read(self) -> Tables | None:
        return self._tables or None

    def write(self, data: Tables) -> None:
        self._tables = data

    def close(self) -> None:
        """Writes the file; that of a week without records goes."""
        if any(self._tables.values()) or self.bucket == OPEN:
            if not os.path.isdir(self.folder.weeks):
                fs.make_folders(self.folder.weeks)
            weeks = names_sum(self.folder.folded()) if self.bucket == OPEN else b""
            fs.replace_file(self.path, bucket_file.dump(self.seq, self._tables, weeks))
        elif os.path.exists(self.path):
            fs.remove(self.path)
            fs.sync_folder(self.folder.weeks)


Numbered = list[tuple[int, Change]]  # with the document id that a record new to its file gets


def fold(view: Transaction, instead: dict[str, Tables] | None = None) -> None:
    """Brings every file up to date; `instead` are whole buckets, by uid, to write as they are.

    OSError or DataError when that fails; what was folded until then stays right.
    """
    instead = instead or {}
    settled = view.folder.settled(view.folded())
    lines = view.lines()
    if not lines or (settled and not instead and recovery.fold_mark(view.folder) == view.seq):
        return
    changes: dict[str, Numbered] = {bucket: [] for bucket in instead}
    for one in lines:
        first = journal.seq_of(one) * IDS
        for i, change in enumerate(journal.parse(one).changes):
            changes.setdefault(change.bucket, []).append((first + i, change))
    for bucket in sorted(changes.keys() - {OPEN}):
        fold_bucket(view, bucket, changes[bucket], instead.get(bucket))
    fold_bucket(view, OPEN, changes.get(OPEN, []), instead.get(OPEN))
    view.replace(view.folder.recent, lines[-1] + b"\n")


def fold_bucket(view: Transaction, bucket: str, changes: Numbered, tables: Tables | None) -> None:
    db = TinyDB(view.folder, bucket, storage=WeekStorage)
    storage = db.storage
    assert isinstance(storage, WeekStorage)
    if storage.notice:
        view.notice(storage.notice)
    if tables is not None:
        if not storage.notice:
            recovery.set_aside(view.folder, storage.path)
        storage.refill(tables, view.seq)
    last: dict[str, dict[str, tuple[int, Change]]] = {}
    for number, change in changes:
        if number // IDS > storage.seq:
            last.setdefault(change.table, {})[change.uid] = (number, change)
    for name, wanted in last.items():
        table = db.table(name)
        ids = {doc["uid"]: doc.doc_id for doc in table}
        table.remove(doc_ids=[ids[uid] for uid in wanted if uid in ids])
        table.insert_multiple(
            Document(change.after, doc_id=ids.get(uid, number))
            for uid, (number, change) in wanted.items()
            if change.after is not None
        )
    storage.seq = max(storage.seq, view.seq)
    db.close()


def fold_quietly(view: Transaction) -> None:
    """A fold beside a commit that is already safe: when it cannot be done now, the next one tries."""
    try:
        fold(view)
    except OSError:
        pass
    except errors.DataError as error:
        view.notice(error.message)
