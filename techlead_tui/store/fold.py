"""The fold: the lines of recent.jsonl brought into the TinyDB files.

Every step may be the last before a crash: a file names the last transaction that it holds, so lines
are never applied twice; open.json is written last of the files and so says what all of them hold and
which there are; recent.jsonl gives its lines up only after that.
"""

from tinydb import TinyDB
from tinydb.table import Document

from techlead_tui import errors
from techlead_tui.core.records import Change
from techlead_tui.store import line, recover
from techlead_tui.store.commit import Commits
from techlead_tui.store.folder import OPEN
from techlead_tui.store.storage import WeekStorage
from techlead_tui.store.weekfile import IDS, Tables

Numbered = list[tuple[int, Change]]  # with the document id that a record new to its file gets


def fold(view: Commits, instead: dict[str, Tables] | None = None) -> None:
    """Brings every file up to date; `instead` are whole buckets, by uid, to write as they are.

    OSError or DataError when that fails; what was folded until then stays right.
    """
    instead = instead or {}
    settled = view.folder.settled(view.folded())
    lines = view.lines()
    if not lines or (settled and not instead and recover.fold_mark(view.folder) == view.seq):
        return
    changes: dict[str, Numbered] = {bucket: [] for bucket in instead}
    for one in lines:
        first = line.seq_of(one) * IDS
        for i, change in enumerate(line.parse(one).changes):
            changes.setdefault(change.bucket, []).append((first + i, change))
    for bucket in sorted(changes.keys() - {OPEN}):
        fold_bucket(view, bucket, changes[bucket], instead.get(bucket))
    fold_bucket(view, OPEN, changes.get(OPEN, []), instead.get(OPEN))
    view.replace(view.folder.recent, lines[-1] + b"\n")


def fold_bucket(view: Commits, bucket: str, changes: Numbered, tables: Tables | None) -> None:
    db = TinyDB(view.folder, bucket, storage=WeekStorage)
    storage = db.storage
    assert isinstance(storage, WeekStorage)
    if storage.notice:
        view.notice(storage.notice)
    if tables is not None:
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


def fold_quietly(view: Commits) -> None:
    """A fold beside a commit that is already safe: when it cannot be done now, the next one tries."""
    try:
        fold(view)
    except OSError:
        pass
    except errors.DataError as error:
        view.notice(error.message)
