"""Keep what calendars say, so that a week is read without reading a calendar. It may be deleted at any time.

One file a source: a line about it, then a line for each week with the occurrences that touch it. What was
read last stays until something better is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from techlead_tui import fs
from techlead_tui.config.paths import make_folder
from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.json_text import decode, encode
from techlead_tui.core.occurrence import Calendar, GuessRule, Occurrence

HEAD = 64_000  # bytes of a file's first line, at most
BACK, AHEAD = 4, 12  # weeks before and after this one that are kept


def folder_of(cache: str) -> str:
    """Return the folder of the calendars in the cache."""
    return os.path.join(cache, "calendars")


def stamp(cache: str) -> int:
    """Return what changes whenever a calendar says something else: files there are only ever replaced."""
    try:
        return os.stat(folder_of(cache)).st_mtime_ns
    except OSError:
        return 0


class CachedSource:
    """Read and write what is kept of one source."""

    def __init__(self, cache: str, name: str) -> None:
        self.folder = folder_of(cache)
        self.path = os.path.join(self.folder, f"{name}.jsonl")
        self.raw_path = os.path.join(self.folder, f"{name}.ics")  # as it came, where it cannot be read again
        self.name = name

    def head(self) -> dict[str, Any]:
        """Return what is known about the source; empty where nothing is."""
        try:
            return _head((fs.read_head(self.path, HEAD) or b"").split(b"\n", 1))
        except OSError:
            return {}

    def checked(self) -> float | None:
        """Return when it was read last, in seconds since 1970, whether or not anything had changed."""
        try:
            return os.stat(self.path).st_mtime
        except OSError:
            return None

    def occurrences(self) -> list[Occurrence]:
        """Return every occurrence that is kept, each once."""
        found: dict[tuple[str, datetime], Occurrence] = {}
        for line in self._lines()[1:]:
            for one in _occurrences(line.partition(b"\t")[2], self.name):
                found.setdefault((one.uid, one.start), one)
        return list(found.values())

    def weeks(self) -> dict[str, bytes]:
        """Return the lines by week, still to be decoded."""
        out = {}
        for line in self._lines()[1:]:
            week, _, rows = line.partition(b"\t")
            out[week.decode("ascii", "replace")] = rows
        return out

    def touch(self, when: float) -> None:
        """Note that it was read and that nothing had changed: the file stays as it is."""
        try:  # noqa: SIM105  contextlib is dear to import
            os.utime(self.path, (when, when))
        except OSError:
            pass

    def write(
        self, head: Mapping[str, Any], occurrences: Iterable[Occurrence], zone: tzinfo, when: float
    ) -> None:
        """Put a source's occurrences in the place of those before. OSError."""
        weeks: dict[str, list[Any]] = {}
        for one in occurrences:
            for week in weeks_of(one, zone):
                weeks.setdefault(str(week), []).append(one.row())
        lines = [encode(dict(head)), *(f"{week}\t{encode(rows)}" for week, rows in sorted(weeks.items()))]
        self._put(self.path, "\n".join(lines).encode())
        self.touch(when)

    def write_head(self, head: Mapping[str, Any]) -> None:
        """Change what is known about a source, and keep when it was read. OSError."""
        when = self.checked()
        lines = self._lines()[1:]
        self._put(self.path, b"\n".join([encode(dict(head)).encode(), *lines]))
        if when is not None and lines:
            self.touch(when)

    def forget(self) -> None:
        """Drop what is kept of the source, which is no longer there."""
        for path in (self.path, self.raw_path):
            try:  # noqa: SIM105  contextlib is dear to import
                fs.remove(path)
            except OSError:
                pass

    def keep_raw(self, data: bytes) -> None:
        """Keep a calendar as it came. OSError."""
        self._put(self.raw_path, data)

    def raw(self) -> bytes | None:
        """Return the calendar as it came last, or None."""
        try:
            return fs.read_file(self.raw_path)
        except OSError:
            return None

    def _put(self, path: str, data: bytes) -> None:
        make_folder(self.folder)
        fs.replace_unlocked(path, data, durable=False)

    def _lines(self) -> list[bytes]:
        try:
            return (fs.read_file(self.path) or b"").split(b"\n")
        except OSError:
            return []


def _head(lines: Sequence[bytes]) -> dict[str, Any]:
    try:
        found = decode(lines[0].decode())
    except (LookupError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _occurrences(rows: bytes, source: str) -> list[Occurrence]:
    """Return the occurrences of a week; what cannot be understood, as a file cut short, is as if not read."""
    try:
        found: Any = decode(rows.decode())
        return [Occurrence.of_row(row, source) for row in found]
    except (LookupError, TypeError, ValueError, OverflowError):
        return []


def weeks_of(one: Occurrence, zone: tzinfo) -> list[IsoWeek]:
    """Return the weeks that an occurrence touches on the user's clock."""
    week = IsoWeek.of(into(one.start, zone).date())
    last = IsoWeek.of(into(one.end - timedelta(minutes=1), zone).date())
    out = [week]
    while week < last and len(out) < 60:
        week = week.shift(1)
        out.append(week)
    return out


class _Weeks(dict[str, tuple[Occurrence, ...]]):
    """Occurrences by week, decoded when they are asked for; the same event of two sources counts once."""

    def __init__(self, sources: Mapping[str, Mapping[str, bytes]]) -> None:
        super().__init__()
        self._sources = sources

    def __missing__(self, week: str) -> tuple[Occurrence, ...]:
        found: dict[tuple[str, datetime], Occurrence] = {}
        for name, weeks in self._sources.items():
            for one in _occurrences(weeks.get(week, b"[]"), name):
                found.setdefault((one.uid, one.start), one)
        self[week] = out = tuple(sorted(found.values(), key=lambda one: (one.start, one.end, one.uid)))
        return out

    def get(self, week: str, default: Any = None) -> Any:  # noqa: ARG002 - as a dictionary has it
        """Return the occurrences of a week, none where there are none."""
        return self[week]


def load(cache: str, names: Sequence[str], rules: tuple[GuessRule, ...]) -> Calendar:
    """Return what the sources of these names say."""
    return Calendar(_Weeks({name: CachedSource(cache, name).weeks() for name in names}), rules)
