"""Read what is stored as snapshots: load weeks, find things, tell the history. Writes nothing.

Apart from the planner because a command that only reads need not load what decides.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple, cast

from techlead_tui.config import clock as system
from techlead_tui.config.catalog import SHIPPED_TYPES, Library, fingerprint
from techlead_tui.config.local_time import Clock
from techlead_tui.config.meeting_rules import load_rules, own_path
from techlead_tui.config.paths import Folders
from techlead_tui.config.settings import settings_path
from techlead_tui.config.settings_file import load_settings
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.occurrence import NONE, Calendar
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.words.units import in_reach
from techlead_tui.errors import DataError, UserError
from techlead_tui.planner import calendar_cache
from techlead_tui.store.journal import HistoryEntry
from techlead_tui.store.reading import Reading
from techlead_tui.store.store import Store

LEAST = 4  # characters of an id's beginning or end


class Located(NamedTuple):
    table: str  # "blocks" or "sessions"; boxes and occurrences of a series are blocks
    uid: str  # whole
    week: IsoWeek
    day: date  # that it stands on


class Reader:
    """Hand out what is stored, as snapshots; the store itself stays with it."""

    def __init__(
        self,
        folders: Folders,
        clock: Clock,
        origin: str = "cli",
        zone: tzinfo | None = None,
    ) -> None:
        self.folders = folders
        self.clock = clock
        self.origin = origin
        self._store = Store(folders.data)
        self.zone = system.zone() if zone is None else zone
        self.library = Library(folders.config, folders.cache)
        self.settings = load_settings(folders.config, folders.cache)
        self._calendar: tuple[object, Calendar] = (None, NONE)
        self._seen = self._stamps()

    def now(self) -> datetime:
        """Return the present to the second, aware, in the user's zone."""
        return system.now(self.clock, self.zone)

    def today(self) -> date:
        return self.now().date()

    @property
    def notices(self) -> list[str]:
        """Return what the store has to say about itself: damage found, copies set aside."""
        return self._store.notices

    def stamp(self) -> tuple[int, ...]:
        """Return what changes with every commit; to be taken before anything is read."""
        return self._store.stamp()

    def _stamps(self) -> tuple[int, ...]:
        """Return what changes with every commit, and with what calendars say."""
        said = (calendar_cache.stamp(self.folders.cache),) if self.settings.sources else ()
        return (*self._store.stamp(), *said)

    def calendar(self) -> Calendar:
        """Return what the user's calendars say: the same value until they say something else. DataError."""
        names = tuple(source.name for source in self.settings.sources)
        if not names:
            return NONE
        config, cache = self.folders.config, self.folders.cache
        types = os.path.join(config, "playbook", "types.toml")
        made_for = (names, calendar_cache.stamp(cache), fingerprint(own_path(config), types))
        if self._calendar[0] != made_for:
            rules = load_rules(config, cache, self.library.types())
            self._calendar = (made_for, calendar_cache.load(cache, names, rules))
        return self._calendar[1]

    def files_of(self, themes: Sequence[str]) -> list[str]:
        """Return the files that weeks of these themes are made from, beside the data."""
        config = self.folders.config
        own = [os.path.join(config, "themes", f"{name}.toml") for name in themes]
        used = [self.library.path_of(name) for name in themes]
        types = os.path.join(config, "playbook", "types.toml")
        said = (
            [calendar_cache.folder_of(self.folders.cache), own_path(config)] if self.settings.sources else []
        )
        return list(dict.fromkeys([settings_path(config), types, SHIPPED_TYPES, *own, *used, *said]))

    # -- reading

    def snapshot(self, *weeks: IsoWeek) -> Snapshot:
        """Return a snapshot with these weeks loaded. DataError."""
        with self._store.reading() as reading:
            return self._snapshot(reading, weeks)

    def all_weeks(self) -> list[IsoWeek]:
        """The weeks that hold any record, oldest first."""
        with self._store.reading() as reading:
            return [IsoWeek.parse(bucket) for bucket in reading.buckets() if bucket != OPEN]

    def changed_elsewhere(self) -> bool:
        """Tell whether another process has committed since the last question: one stat."""
        stamp = self._stamps()
        changed, self._seen = stamp != self._seen, stamp
        return changed

    def _snapshot(self, reading: Reading, weeks: Sequence[IsoWeek], instead: str | None = None) -> Snapshot:
        """These weeks. DataError for a week theme of theirs that cannot be read, unless another one is
        chosen `instead`: then the last version that could be read stands in, else the chosen theme."""
        buckets = {OPEN: reading.records(OPEN), **{str(week): reading.records(str(week)) for week in weeks}}
        themes = _Themes(self.library, instead is not None)
        snapshot = Snapshot(
            seq=reading.seq,
            zone=self.zone,
            types=self.library.types(),
            themes=themes,
            default_theme=self.settings.week_theme,
            buckets=buckets,
            this=IsoWeek.of(self.today()),
            calendar=self.calendar(),
        )
        chosen = None if instead is None else themes[instead]
        used = {snapshot.theme_id(week) for week in weeks if snapshot.plan_of(week) is None}
        for name in sorted(used):  # read here, so that no screen meets an error later
            try:
                themes[name]
            except DataError as wrong:
                if chosen is None and name not in self.library.theme_ids():
                    raise self._gone(name, wrong) from None
                if chosen is None:
                    raise
                themes[name] = chosen
        return snapshot

    def _gone(self, theme_id: str, wrong: DataError) -> DataError:
        """The error for a week theme that is chosen and not there: who chose it, and what to do."""
        usual = theme_id == self.settings.week_theme
        by = settings_path(self.folders.config) if usual else "a week of yours"
        return DataError(f"{wrong.message}, and {by} uses it", f"{wrong.hint}; techlead theme use takes one")

    def history(self, limit: int | None = None) -> list[HistoryEntry]:
        """The last transactions, newest first."""
        with self._store.reading() as reading:
            return reading.history(limit)

    def records(self, table: str) -> list[tuple[str, Record]]:
        """Return (bucket, record) of everything that a table holds, whatever its week. DataError."""
        return [
            (bucket, record) for bucket, name, record in self._store.search(lambda _: True) if name == table
        ]

    # -- finding

    def search(self, words: str) -> list[tuple[str, str, Record]]:
        """(bucket, table, record) of the records that hold all these words, in any letter case."""
        return self._store.search(words.split())

    def nearest(self, words: str, near: IsoWeek) -> Generator[tuple[str, str, Record], None, None]:
        """Yield the records that hold all words from a week outwards; to be closed or exhausted."""
        return self._store.nearest(words.split(), str(near))

    def locate(self, text: str) -> Located:
        """The block or session meant by a uid, its beginning or end, by a box id with or without @date, or by
        a word of its title in this week or the next.

        A box id without a date means this week's. UserError when nothing, or more than one thing, fits.
        """
        if not text.strip():
            raise UserError("the id is empty", "`techlead week` and `techlead sessions` show the ids")
        with self._store.reading() as reading:
            name, marked, when = text.partition("@")
            try:
                day = date.fromisoformat(when) if marked else self.today()
            except ValueError:
                raise UserError(f"{when} is no date", f"write it as {name}@{self.today()}") from None
            in_reach(day, text)
            found = self._occurrence(reading, name, IsoWeek.of(day), day if marked else None)
            found += [] if marked or len(name) < LEAST else self._records(reading, name)
            found = found or self._by_title(reading, text)
        if not found:
            raise UserError(
                f"nothing has the id {text}", "`techlead week` and `techlead sessions` show the ids"
            )
        if len(found) > 1:
            some = ", ".join(place.uid for place in found[:4])
            raise UserError(f"the id {text} fits {len(found)} things: {some}", "give more of it")
        return found[0]

    def _occurrence(self, reading: Reading, name: str, week: IsoWeek, day: date | None) -> list[Located]:
        blocks = self._snapshot(reading, [week]).week(week).blocks
        out = []
        for block in blocks:
            base, _, on = block.uid.partition("@")
            part = len(name) >= LEAST and (base.startswith(name) or base.endswith(name))
            fits = base == name or (part and block.source != "theme")
            if on and fits and (day is None or on == day.isoformat()):
                out.append(Located("blocks", block.uid, week, date.fromisoformat(on)))
        return out

    def _by_title(self, reading: Reading, text: str) -> list[Located]:
        """Blocks of this week with the text in their title, else those of the next."""
        this, wanted = IsoWeek.of(self.today()), text.casefold()
        for week in (this, this.shift(1)):
            blocks = self._snapshot(reading, [week]).week(week).blocks
            found = [block for block in blocks if len(text) > 2 and wanted in block.summary.casefold()]
            if found:
                return [Located("blocks", block.uid, week, block.day) for block in found]
        return []

    def _records(self, reading: Reading, fragment: str) -> list[Located]:
        out = []
        for bucket, table, uid in reading.find_uid(fragment):
            if bucket == OPEN or table not in ("blocks", "sessions"):
                continue
            record = cast("dict[str, Any]", reading.records(bucket)[table][uid])
            day = date.fromisoformat(record["day"] if table == "blocks" else record["start"][:10])
            out.append(Located(table, uid, IsoWeek.parse(bucket), day))
        return out


class _Themes(dict[str, WeekTheme]):
    """Week themes by id, read when one is asked for; `lenient` takes the last version that could be read."""

    def __init__(self, library: Library, lenient: bool) -> None:
        super().__init__()
        self._library = library
        self._lenient = lenient

    def __missing__(self, name: str) -> WeekTheme:
        try:
            theme = self._library.theme(name)
        except DataError:
            last = self._library.last_good(name) if self._lenient else None
            if last is None:
                raise
            theme = last
        self[name] = theme
        return theme
