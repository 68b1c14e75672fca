"""Find the copies that a file sync left in the data folder when two machines wrote it, and merge them by id.

`2026-W48.sync-conflict-20261124-101500-ABCDEFG.json`, `journal (conflicted copy 2026-11-24).jsonl`: every
sync has names of its own, so a copy is known by how its name begins and by what is in it.
"""

import os
from datetime import datetime
from typing import NamedTuple

from techlead_tui import errors, fs
from techlead_tui.core.clashes import clash_record
from techlead_tui.core.merging import (
    LOCAL,
    Clash,
    Key,
    Ledger,
    StampedPart,
    differences,
    flat,
    key_of,
    parted,
)
from techlead_tui.core.records import Change, Record, is_week
from techlead_tui.store import bucket_file, journal, recovery
from techlead_tui.store.folder import OPEN, Folder
from techlead_tui.store.reading import Reading
from techlead_tui.store.transaction import Transaction

HERE, THERE = "here", "there"  # the machines, as far as anybody knows
NAMES = {HERE: "this folder", THERE: "a copy"}


class ConflictCopy(NamedTuple):
    """Name a copy of a bucket's file, or, with the bucket "", of the journal."""

    path: str
    bucket: str


def copies(folder: Folder) -> list[ConflictCopy]:
    """Return the copies in a data folder, those of the journal first."""
    found = []
    for name in fs.names(folder.path):
        path = os.path.join(folder.path, name)
        if name.endswith(".jsonl") and name.startswith(("journal", "recent")):
            if path not in (folder.journal, folder.recent) and _lines(path):
                found.append(ConflictCopy(path, ""))
        elif name.endswith(".json") and name.startswith("open") and name != "open.json":
            found += [ConflictCopy(path, OPEN)] if _tables(path, OPEN) is not None else []
    for path in folder.strangers():
        bucket = os.path.basename(path)[:8]
        if is_week(bucket) and _tables(path, bucket) is not None:
            found.append(ConflictCopy(path, bucket))
    return sorted(found, key=lambda one: (one.bucket != "", one.path))


def _read(path: str) -> bytes:
    try:
        return fs.read_file(path) or b""
    except OSError:
        return b""


def _lines(path: str) -> list[bytes]:
    found, _ = recovery.whole_lines(_read(path))
    return [line for line in found if journal.format_of(line) <= journal.FORMAT]


def _tables(path: str, bucket: str) -> bucket_file.Tables | None:
    """Return the records of a copy by uid; None for what is no file of ours, or is damaged."""
    try:
        found = bucket_file.load(_read(path), bucket, os.path.basename(path))
    except errors.DataError:
        return None
    return None if found is None else bucket_file.by_uid(found.tables)


def say_more(view: Reading, found: list[ConflictCopy]) -> bool:
    """Tell whether copies hold anything that the data do not."""
    return any(_merged(view, found)) if found else False


def merge(view: Transaction, found: list[ConflictCopy]) -> None:
    """Take what only copies know into the store, as one transaction, and put them into quarantine/."""
    if not found:
        return
    folder = view.folder
    changes, told = _merged(view, found)
    if changes or told:
        last = view.history(1)
        at, week = (last[0].at if last else ""), view.last_week or ""
        words = ["doctor", "--yes"]
        view.commit(changes, at=at, week=week, origin="cli", words=words, gave_way=told)
    for one in found:
        recovery.set_aside(folder, one.path)
        fs.remove(one.path)


def _merged(view: Reading, found: list[ConflictCopy]) -> tuple[list[Change], list[Record]]:
    ours = recovery.Survey(view.folder).lines
    theirs = _unknown(ours, [one for one in found if not one.bucket])
    ledger, clashes = _joined(ours, theirs)
    stored: dict[Key, tuple[str, Record]] = {}
    for bucket in [*view.buckets(), OPEN]:
        for table, records in view.records(bucket).items():
            stored |= {key_of(bucket, table, uid): (bucket, record) for uid, record in records.items()}
    changes = list(differences(ledger, list(ledger.parts), stored))
    told = [clash_record(clash, ledger.parts[clash.key], NAMES) for clash in clashes]
    taken = {key_of(change.bucket, change.table, change.uid) for change in changes}
    spoken = _images([*ours, *theirs])
    for one in found:
        for table, records in (_tables(one.path, one.bucket) or {}).items() if one.bucket else ():
            for uid, record in records.items():
                key = key_of(one.bucket, table, uid)
                if table in LOCAL or key in taken or (one.bucket, record) in spoken.get(key, []):
                    continue  # the journals know it, and what became of it
                here = stored.get(key)
                if here is None and key not in spoken:
                    changes.append(Change(one.bucket, table, uid, None, record))
                    taken.add(key)
                elif here is not None and here != (one.bucket, record):
                    told += _told(key, here, (one.bucket, record))
    return changes, told


def _told(key: Key, here: tuple[str, Record], copied: tuple[str, Record]) -> list[Record]:
    """Return what a copy says otherwise, nobody knows since when: what is here stays."""
    ours, theirs = (parted(key[0], flat(bucket, key[0], record)) for bucket, record in (here, copied))
    parts = {name: StampedPart(f"1.0.{HERE}", "", fields) for name, fields in ours.items()}
    differ = [name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name)]
    pairs = [
        (
            parts.get(name, StampedPart(f"1.0.{HERE}", "", {})),
            StampedPart(f"0.0.{THERE}", "", theirs.get(name, {})),
        )
        for name in differ
    ]
    return [clash_record(Clash(key, kept, lost), parts, NAMES) for kept, lost in pairs]


def _unknown(ours: list[bytes], found: list[ConflictCopy]) -> list[bytes]:
    """Return the lines that only copies of the journal have, in order."""
    known = {(journal.seq_of(line), journal.moment_of(line)) for line in ours}
    old = max((journal.seq_of(line) for line in ours if _is_compacted(line)), default=0)
    out: dict[tuple[int, str | None], bytes] = {}
    for one in found:
        for line in _lines(one.path):
            name = journal.seq_of(line), journal.moment_of(line)
            if name not in known and name[0] > old and not _is_compacted(line):
                out[name] = line
    return [out[name] for name in sorted(out, key=lambda name: (name[0], str(name[1])))]


def _is_compacted(line: bytes) -> bool:
    return b',"turn":"compacted",' in line[:160]


def _joined(ours: list[bytes], theirs: list[bytes]) -> tuple[Ledger, list[Clash]]:
    """Return a ledger of the records that a copy of the journal changed, as both sides make them."""
    if not theirs:
        return Ledger(HERE), []
    parsed = [journal.parse(line) for line in theirs]
    uids = {change.uid.encode() for entry in parsed for change in entry.changes}
    apart = journal.seq_of(theirs[0])
    here, there = Ledger(HERE), Ledger(THERE)
    about = [journal.parse(line) for line in ours if any(uid in line for uid in uids)]
    for entry in about:
        if entry.seq < apart:
            here.wrote(entry.changes, _moment(entry.at))
    there.parts, there.last = dict(here.parts), here.last
    for entry in about:
        if entry.seq >= apart:
            here.wrote(entry.changes, _moment(entry.at))
    touched: dict[Key, None] = {}
    for entry in parsed:
        touched.update(dict.fromkeys(there.wrote(entry.changes, _moment(entry.at))))
    clashes = [clash for key in touched for clash in here.take(key, there.parts[key])]
    here.parts = {key: here.parts[key] for key in touched}
    return here, clashes


def _moment(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())


def _images(lines: list[bytes]) -> dict[Key, list[tuple[str, Record]]]:
    """Return every image of a record that the lines tell of."""
    out: dict[Key, list[tuple[str, Record]]] = {}
    for line in lines:
        for change in journal.parse(line).changes:
            images = out.setdefault(key_of(change.bucket, change.table, change.uid), [])
            images += [(change.bucket, image) for image in (change.before, change.after) if image is not None]
    return out
