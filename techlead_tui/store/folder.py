"""Name the store's files."""

import os
from binascii import crc32

from techlead_tui import errors, fs
from techlead_tui.core.records import is_week
from techlead_tui.store import journal, lock

OPEN = "open"  # the bucket of what belongs to no week


def _witness(data: str, cache: str) -> str:
    """Return the name of the file that bears witness for a data folder; both may move together."""
    try:
        way = os.path.relpath(data, cache)
    except ValueError:  # two drives of Windows
        way = data
    return f"data-{crc32(os.fsencode(way)):08x}"


def names_sum(weeks: list[str]) -> bytes:
    """Return the checksum of which weeks have a file; open.json keeps it, so a missing one is noticed."""
    return b"%08x" % crc32(",".join(weeks).encode())


class Folder:
    """The paths under one data folder, and in the cache the `witness` that it has held records, "" for none.

    A folder that is gone, or on a disk that is not mounted, cannot be told from a new one without it.
    On the same disk it is a second name of the journal, which costs a commit nothing and outlives the folder.
    """

    __slots__ = (
        "backups",
        "journal",
        "lock",
        "machines",
        "path",
        "quarantine",
        "recent",
        "waits",
        "weeks",
        "witness",
    )

    def __init__(self, path: str, cache: str = "") -> None:
        self.path = os.path.abspath(path)
        self.journal = os.path.join(self.path, "journal.jsonl")
        self.recent = os.path.join(self.path, "recent.jsonl")
        self.lock = os.path.join(self.path, ".lock")
        self.weeks = os.path.join(self.path, "weeks")
        self.machines = os.path.join(self.path, "machines.jsonl")
        self.quarantine = os.path.join(self.path, "quarantine")
        self.backups = os.path.join(self.path, "backups")
        self.waits = lock.WaitCount()
        self.witness = cache and os.path.join(cache, _witness(self.path, cache))

    def file(self, bucket: str) -> str:
        """The path of a bucket's TinyDB file."""
        if bucket == OPEN:
            return os.path.join(self.path, "open.json")
        return os.path.join(self.weeks, f"{bucket}.json")

    def attest(self) -> None:
        """Leave the witness; where the cache cannot be written, there is none."""
        if not self.witness or fs.same(self.witness, self.journal):
            return
        new = self.witness + ".new"
        try:
            fs.make_folders(os.path.dirname(self.witness))
            if os.path.exists(new):
                fs.remove(new)
            try:
                fs.link(self.journal, new)
                fs.rename(new, self.witness)
            except OSError:  # another disk, or one without links
                if self._is_journal() or not os.path.exists(self.witness):
                    fs.replace_file(self.witness, os.fsencode(self.path), durable=False)
        except OSError:
            return

    def kept(self) -> bytes:
        """Return the journal's bytes as the witness holds them; empty where it holds none."""
        return fs.read_file(self.witness) or b"" if self._is_journal() else b""

    def _is_journal(self) -> bool:
        return bool(self.witness) and (fs.read_head(self.witness) or b"").startswith(b'{"seq":')

    def forget(self) -> None:
        """Take the witness away, for one who begins anew."""
        if self.witness and os.path.exists(self.witness):
            fs.remove(self.witness)

    def refuse_gone(self) -> None:
        """DataError when the folder has held records that are lost; to be asked where it holds none."""
        if self.witness and os.path.exists(self.witness) and not self._is_journal():
            raise errors.gone(self.path)

    def name(self, path: str) -> str:
        """A path as users read it: relative to the data folder."""
        return os.path.relpath(path, self.path)

    def folded(self) -> list[str]:
        """The week buckets that have a file, in order."""
        return [name[:-5] for name in self._week_names() if is_week(name[:-5])]

    def strangers(self) -> list[str]:
        """Return the paths of the JSON files in `weeks/` that are no week's, as sync tools leave them."""
        return [os.path.join(self.weeks, name) for name in self._week_names() if not is_week(name[:-5])]

    def settled(self, weeks: list[str]) -> bool:
        """Tell whether these are the weeks that had a file after the last fold.

        False with an open.json of an earlier version, which does not say which weeks those were.
        """
        return journal.file_weeks(fs.read_head(self.file(OPEN)) or b"") == names_sum(weeks)

    def _week_names(self) -> list[str]:
        return [name for name in fs.names(self.weeks) if name.endswith(".json")]


class Backup:
    """Describe a backup: `at` is the moment of its last transaction, `seq` its number.

    One that is `damaged` cannot be restored; of it nothing but its name may be known.
    """

    __slots__ = ("at", "damaged", "name", "records", "seq", "weeks")

    def __init__(self, name: str, at: str, seq: int, weeks: int, records: int, damaged: bool = False) -> None:
        self.damaged = damaged
        self.name = name
        self.at = at
        self.seq = seq
        self.weeks = weeks
        self.records = records

    def __repr__(self) -> str:
        return f"Backup({self.name!r}, seq={self.seq}, weeks={self.weeks}, records={self.records})"


class Finding:
    """Name something wrong with the data: which file, what, and what a repair would do about it.

    What is `serious` needs the user; a `remedy` of "" is none that a repair knows.
    """

    __slots__ = ("file", "message", "remedy", "serious")

    def __init__(self, file: str, message: str, serious: bool, remedy: str = "") -> None:
        self.remedy = remedy
        self.file = file
        self.message = message
        self.serious = serious

    def __repr__(self) -> str:
        return f"Finding({self.file!r}, {self.message!r}, serious={self.serious})"
