"""TinyDB's storage of one bucket: checked and lifted when read, written as one durable file at close.

A fold changes several tables of a file; the journal already holds all of it, so nothing is at stake
before close, and the file is written once.
"""

import os

from tinydb.storages import Storage

from techlead_tui.store import disk, recover, weekfile
from techlead_tui.store.folder import OPEN, Folder, names_sum
from techlead_tui.store.line import FORMAT
from techlead_tui.store.weekfile import IDS, Tables


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
        data = disk.read_file(self.path)
        if data is None:
            return
        week = weekfile.load(data, bucket, folder.name(self.path))
        if week:
            self.seq, self._tables = week.seq, week.tables
            if week.format < FORMAT:
                recover.set_aside(folder, self.path)
            return
        found = recover.Survey(folder)
        self.refill(recover.rebuild(folder, bucket, data, found.lines), found.seq)
        kept = recover.set_aside(folder, self.path)
        self.notice = (
            f"{folder.name(self.path)} was damaged and has been rebuilt; the damaged copy is kept as {kept}"
        )

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
                disk.make_folders(self.folder.weeks)
            weeks = names_sum(self.folder.folded()) if self.bucket == OPEN else b""
            disk.replace_file(self.path, weekfile.dump(self.seq, self._tables, weeks))
        elif os.path.exists(self.path):
            disk.remove(self.path)
            disk.sync_folder(self.folder.weeks)
