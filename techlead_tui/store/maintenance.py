"""Check everything, repair it and compact the journal: what takes time."""

import os
from datetime import date

from techlead_tui import errors, fs
from techlead_tui.core.records import Change, Record
from techlead_tui.store import copies, journal, recovery
from techlead_tui.store.backup import back_up, backups
from techlead_tui.store.bucket_file import BucketContents, Tables
from techlead_tui.store.checkpoint import fold
from techlead_tui.store.folder import OPEN, Finding, Folder
from techlead_tui.store.journal import HistoryEntry
from techlead_tui.store.reading import Reading
from techlead_tui.store.transaction import Transaction

COMPACT_BYTES = 32 << 20  # a journal smaller than this is left as it is
COMPACT_RATIO = 4  # and one not this many times larger than the files
UNDO_DEPTH = 1000  # transactions that stay as they were


def maintain(folder: Folder, notices: list[str]) -> None:
    """Checks the journal, folds, compacts what has outgrown its use, and backs up what is new."""
    with Transaction(folder, notices) as view:
        if recovery.Survey(view.folder).lost:
            view.mend()
        fold(view)
        live = sum(os.path.getsize(path) for path in files(view.folder))
        size = view.journal_size
        if size > COMPACT_BYTES and size > COMPACT_RATIO * live:
            compact(view)
    back_up(folder, notices)


def files(folder: Folder) -> list[str]:
    """The TinyDB files."""
    return [path for path in map(folder.file, [*folder.folded(), OPEN]) if os.path.exists(path)]


def compact(view: Transaction) -> None:
    """Rewrites the journal: of transactions older than the undo depth only what is still alive stays."""
    lines = recovery.Survey(view.folder).lines
    old = [journal.parse(one) for one in lines[:-UNDO_DEPTH]]
    last = {(c.bucket, c.table, c.uid): entry.seq for entry in old for c in entry.changes}
    kept = []
    for entry in old:
        alive: dict[tuple[str, str, str], Change] = {}
        for c in entry.changes:
            key = c.bucket, c.table, c.uid
            alive.pop(key, None)  # the last word in a transaction counts
            if last[key] == entry.seq and c.after is not None:
                alive[key] = Change(*key, None, c.after)
        if alive:
            changes = list(alive.values())
            made = HistoryEntry(
                entry.seq, entry.at, entry.words, entry.origin, "compacted", entry.of, 0, changes
            )
            kept.append(journal.build(made, 0, 0, ""))
    view.replace(view.folder.journal, b"".join(one + b"\n" for one in kept + lines[-UNDO_DEPTH:]))


def misread(view: Reading, folder: Folder) -> tuple[dict[str, Tables], list[str], list[Change]]:
    """Buckets whose files do not say what the files and the whole journal say together, and that.

    Then the buckets whose files are damaged, and what the journal does not know.
    """
    found = recovery.Survey(folder)
    states, damaged = recovery.truth(folder, found)
    told: dict[str, BucketContents] = {}
    recovery.replay(found.lines, told, only=False)
    wrong = {}
    for bucket, week in states.items():
        tables = {name: records for name, records in week.tables.items() if records}
        if bucket in damaged or view.records(bucket) != tables:
            wrong[bucket] = tables
    return wrong, damaged, recovery.differences(told, states)


LEFT = "is a copy that a file sync left when two machines wrote this folder"
ANEW = "rebuilds it from the journal; a damaged copy is kept in quarantine/"


def again(folder: Folder) -> str:
    """Return what a repair does where only the witness is left."""
    return f"makes it again from {folder.witness}; to start again with nothing, delete that file first"


def verify(folder: Folder) -> list[Finding]:
    """Return what is wrong with the data, and what `repair` would do about it; changes nothing."""
    found: list[Finding] = []
    try:
        with Reading(folder, []) as view:
            survey = recovery.Survey(folder)
            for path in survey.damaged:
                what = "lacks lines, or has some that cannot be read"
                found.append(Finding(folder.name(path), what, True, ANEW))
            if survey.kept:
                found.append(Finding("journal.jsonl", "has gone with all other files", True, again(folder)))
            for path in survey.missing:
                found.append(Finding(folder.name(path), "is missing", True, ANEW))
            newest = max((one.seq for one in backups(folder)), default=0)
            if not survey.seq and fs.names(folder.backups):
                found.append(Finding("journal.jsonl", "is gone; techlead doctor --restore has it", True))
            elif newest > survey.seq:
                what = f"was started again: it holds {survey.seq} changes, and a backup {newest}"
                found.append(Finding("journal.jsonl", f"{what}; techlead doctor --restore has it", False))
            wrong, damaged, unknown = misread(view, folder)
            twice = [change for change in doubles(view) if change.bucket not in wrong]
            left = copies.copies(folder)
            news = copies.say_more(view, left)
    except errors.DataError as error:
        gone = folder.witness and not os.path.exists(folder.journal) and not folder.folded()
        remedy = "starts again, empty" if gone else ""
        return [Finding(folder.path, error.message, True, remedy)]
    for bucket in wrong:
        what = "is damaged" if bucket in damaged else "does not hold what the journal says"
        found.append(Finding(folder.name(folder.file(bucket)), what, True, ANEW))
    if unknown:
        what = f"does not tell of {len(unknown)} changes in the files"
        found.append(Finding("journal.jsonl", what, True, "writes them into it: the files count"))
    for change in twice:
        name = folder.name(folder.file(change.bucket))
        found.append(Finding(name, f"holds {change.uid}, which is of another week", True, "takes it out"))
    if os.path.exists(folder.lock) and not os.path.isfile(folder.lock):
        found.append(Finding(folder.name(folder.lock), "is not a file, so nothing can be saved", True))
    for path in shared(folder):
        found.append(Finding(folder.name(path), "can be read by others", True, "makes it yours alone"))
    for copy in left:
        remedy = f"{'merges it' if news else 'moves it out of the way'}; it is kept in quarantine/"
        found.append(Finding(folder.name(copy.path), LEFT, news, remedy))
    for path in sorted({*folder.strangers()} - {copy.path for copy in left}):
        found.append(Finding(folder.name(path), "is not a week's file and is left alone", False))
    for name in fs.names(folder.quarantine):
        before = name.startswith("before-restore-")
        what = "is the data before a backup was restored" if before else "is the kept copy of a damaged file"
        found.append(Finding(f"quarantine/{name}", what, False))
    for one in backups(folder, thorough=True):
        if one.damaged:
            found.append(Finding(f"backups/{one.name}", "is damaged and cannot be restored", False))
    return found


def repair(folder: Folder, notices: list[str]) -> None:
    """Make every file whole again; what was damaged is kept in quarantine/, and doubles can be undone."""
    if not folder.kept():
        folder.forget()  # who wants a folder repaired has been told that its data are gone
    with Transaction(folder, notices) as view:
        view.mend(thorough=True)
        if view.seq:
            folder.attest()
        wrong, _, _ = misread(view, view.folder)
        fold(view, wrong)
        twice = doubles(view)
        if twice:
            last = view.history(1)[0]
            words = ["doctor", "--yes"]
            view.commit(twice, at=last.at, week=view.last_week or "", origin="cli", words=words)
        copies.merge(view, copies.copies(folder))
    for path in shared(folder):
        fs.make_private(path)


def doubles(view: Reading) -> list[Change]:
    """Return the changes that take out blocks and sessions which stand in a second week, not their own.

    An earlier version took the copies that sync tools leave for weeks.
    """
    places: dict[tuple[str, str], list[str]] = {}
    for bucket in view.buckets():
        for table, records in view.records(bucket).items():
            for uid in records:
                places.setdefault((table, uid), []).append(bucket)
    out = []
    for (table, uid), buckets in places.items():
        for bucket in buckets if len(buckets) > 1 else ():
            record = view.records(bucket)[table][uid]
            own = own_week(record)
            if own and own != bucket:
                out.append(Change(bucket, table, uid, record, None))
    return out


def own_week(record: Record) -> str:
    """Return the ISO week of the day that a record is about, "" for one that names none."""
    day = str(record.get("day") or record.get("start") or "")[:10]
    try:
        year, week, _ = date.fromisoformat(day).isocalendar()
    except ValueError:
        return ""
    return f"{year}-W{week:02}"


def shared(folder: Folder) -> list[str]:
    """Return the files that others than the owner may read or write."""
    paths = [folder.path, folder.journal, folder.recent, *files(folder)]
    there = [path for path in paths if os.name != "nt" and os.path.exists(path)]
    return [path for path in there if os.stat(path).st_mode & 0o077]
