"""Check everything, repair it and compact the journal: what takes time."""

import os

from techlead_tui import errors, fs
from techlead_tui.core.records import Change
from techlead_tui.store import journal, recovery
from techlead_tui.store.backup import back_up
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


def verify(folder: Folder) -> list[Finding]:
    found: list[Finding] = []
    try:
        with Reading(folder, []) as view:
            survey = recovery.Survey(folder)
            for path in survey.damaged:
                found.append(Finding(folder.name(path), "has lines that cannot be read", True))
            for path in survey.missing:
                found.append(Finding(folder.name(path), "is missing", True))
            wrong, damaged, unknown = misread(view, folder)
    except errors.DataError as error:
        return [Finding(folder.path, error.message, True)]
    for bucket in wrong:
        what = "is damaged" if bucket in damaged else "does not hold what the journal says"
        found.append(Finding(folder.name(folder.file(bucket)), what, True))
    if unknown:
        found.append(Finding("journal.jsonl", f"does not tell of {len(unknown)} changes in the files", True))
    found += [Finding(folder.name(path), "can be read by others", True) for path in shared(folder)]
    for path in folder.strangers():
        found.append(Finding(folder.name(path), "is no week's file and is left alone", False))
    for name in fs.names(folder.quarantine):
        found.append(Finding(f"quarantine/{name}", "is the kept copy of a damaged file", False))
    return found


def repair(folder: Folder, notices: list[str]) -> None:
    with Transaction(folder, notices) as view:
        view.mend(thorough=True)
        wrong, _, _ = misread(view, view.folder)
        fold(view, wrong)
    for path in shared(folder):
        fs.make_private(path)


def shared(folder: Folder) -> list[str]:
    """Return the files that others than the owner may read or write."""
    paths = [folder.path, folder.journal, folder.recent, *files(folder)]
    there = [path for path in paths if os.name != "nt" and os.path.exists(path)]
    return [path for path in there if os.stat(path).st_mode & 0o077]
