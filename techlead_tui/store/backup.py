"""Backups: the whole data as a zip file, thinned with age; and the way back.

A backup is named after its last transaction, so nothing here asks a clock.
"""

import io
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from techlead_tui import errors, fs
from techlead_tui.core.json_text import decode, encode
from techlead_tui.store import recovery
from techlead_tui.store.folder import OPEN, Backup, Folder
from techlead_tui.store.reading import Reading
from techlead_tui.store.transaction import Transaction

ABOUT = "about.json"
# How old, in days before the newest, a backup may be for each way of thinning, and which of those
# that share an answer stays: the newest.
KEEP: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (2, lambda at: at),
    (30, lambda at: at.date()),
    (180, lambda at: at.isocalendar()[:2]),
    (1 << 30, lambda at: (at.year, at.month)),
)


def back_up(folder: Folder, notices: list[str]) -> str | None:
    """Writes a backup when something has changed since the last one; its name."""
    with Reading(folder, notices) as view:
        newest = view.history(1)
        if not newest or any(one.seq == view.seq for one in backups(folder)[:1]):
            return None
        seq, at = view.seq, newest[0].at
        contents = read_all(folder)
        weeks = view.buckets()
        records = sum(len(rs) for week in [*weeks, OPEN] for rs in view.records(week).values())
    about = {"at": at, "seq": seq, "weeks": len(weeks), "records": records}
    packed = pack({ABOUT: encode(about).encode(), **contents})
    name = f"{''.join(c for c in at[:19] if c.isdigit() or c == 'T')}-{seq:08d}.zip"
    with Transaction(folder, notices):  # only the holder of the lock replaces files
        if not os.path.isdir(folder.backups):
            fs.make_folders(folder.backups)
        fs.replace_file(os.path.join(folder.backups, name), packed)
        for old in superfluous([one for one in backups(folder) if not one.damaged]):
            fs.remove(os.path.join(folder.backups, old))
    return name


def read_all(folder: Folder) -> dict[str, bytes]:
    """The data's files by name."""
    paths = [folder.journal, folder.recent, *map(folder.file, [*folder.folded(), OPEN])]
    return {folder.name(path): data for path in paths if (data := fs.read_file(path)) is not None}


def pack(contents: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in contents.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def backups(folder: Folder, *, thorough: bool = False) -> list[Backup]:
    """Return the backups, newest first; if `thorough`, every byte of each is checked.

    One that cannot be read is among them as damaged, and comes last.
    """
    found = []
    for name in fs.names(folder.backups):
        path = os.path.join(folder.backups, name)
        try:
            with archive_at(path) as archive:
                about = decode(archive.read(ABOUT).decode())
                bad = archive.testzip() if thorough else None
            if not isinstance(about, dict):
                raise ValueError(ABOUT)
            datetime.fromisoformat(str(about["at"]))
            counts = [_count(about[key]) for key in ("seq", "weeks", "records")]
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, RuntimeError):
            if name.endswith(".zip"):
                found.append(Backup(name, "", 0, 0, 0, damaged=True))
            continue
        seq, weeks, records = counts
        found.append(Backup(name, str(about["at"]), seq, weeks, records, damaged=bad is not None))
    return sorted(found, key=lambda one: one.seq, reverse=True)


@contextmanager
def archive_at(path: str) -> Iterator[zipfile.ZipFile]:
    """Open a backup; OSError for a pipe or a folder, without waiting for its other end."""
    with open(fs.open_file(path, fs.READ), "rb") as file, zipfile.ZipFile(file) as archive:
        yield archive


def _count(value: object) -> int:
    if type(value) is not int:
        raise ValueError(value)
    return value


def superfluous(found: list[Backup]) -> list[str]:
    """The names that thinning drops: all stay for two days, then one a day, a week, a month."""
    dropped, seen = [], set()
    moments = [datetime.fromisoformat(one.at) for one in found]
    for one, at in zip(found, moments, strict=True):
        age = abs((moments[0].date() - at.date()).days)
        days, way = next(rule for rule in KEEP if age <= rule[0])
        if (key := (days, way(at))) in seen and days > 2:
            dropped.append(one.name)
        seen.add(key)
    return dropped


def restore(folder: Folder, notices: list[str], name: str) -> None:
    """Brings back a backup's records as one more transaction, so that it can be undone.

    Where the present data cannot be read at all, the backup's files take their place; either way the
    present files are first kept in quarantine/. DataError when there is no such backup.
    """
    found = backups(folder, thorough=True)
    if name not in [one.name for one in found]:
        raise errors.DataError(f"there is no backup {name}", "techlead doctor --restore lists them")
    whole = [one.name for one in found if not one.damaged]
    if name not in whole:
        hint = f"techlead doctor --restore {whole[0]} is whole" if whole else "no other backup is whole"
        raise errors.DataError(f"backups/{name} is damaged, and nothing was restored", hint)
    with tempfile.TemporaryDirectory() as scratch:
        with archive_at(os.path.join(folder.backups, name)) as archive:
            archive.extractall(scratch)
        old = Folder(scratch)
        survey = recovery.Survey(old)
        wanted, _ = recovery.truth(old, survey)
        keep_present(folder)
        try:
            with Transaction(folder, notices) as view:
                present, _ = recovery.truth(folder, recovery.Survey(folder))
                changes = recovery.differences(present, wanted)
                last = view.history(1)
                if changes:
                    at, week = last[0].at if last else "", view.last_week or ""
                    view.commit(changes, at=at, week=week, origin="cli", words=["doctor", "--restore", name])
        except errors.DataError:
            replace_all(folder, survey)


def keep_present(folder: Folder) -> None:
    """Puts the present files, readable or not, into quarantine/ as one zip file."""
    present = {name: data for name, data in read_all(folder).items() if data}
    if not os.path.isdir(folder.quarantine):
        fs.make_folders(folder.quarantine)
    number = len(fs.names(folder.quarantine)) + 1
    fs.replace_file(os.path.join(folder.quarantine, f"before-restore-{number}.zip"), pack(present))


def replace_all(folder: Folder, survey: "recovery.Survey") -> None:
    """A backup's journal in the place of data that cannot be read; the files are folded from it anew."""
    for bucket in [*folder.folded(), OPEN]:
        path = folder.file(bucket)
        if os.path.exists(path):
            fs.remove(path)
    data = b"".join(one + b"\n" for one in survey.lines)
    fs.replace_file(folder.recent, data)
    fs.replace_file(folder.journal, data)
