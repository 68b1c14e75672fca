"""Read what is stored as snapshots: load weeks, find things, tell the history. Writes nothing.

Apart from the planner because a command that only reads need not load what decides.
"""

import os
from collections.abc import Generator, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from techlead_tui.config import clock as system
from techlead_tui.config.catalog import SHIPPED_TYPES, Library
from techlead_tui.config.compiled import fingerprint
from techlead_tui.config.local_time import Clock
from techlead_tui.config.meeting_rules import load_rules, own_path
from techlead_tui.config.paths import Folders, settings_path
from techlead_tui.config.settings_cache import load_settings
from techlead_tui.core.calendar import IsoWeek, clock, into
from techlead_tui.core.ids import short_id
from techlead_tui.core.occurrence import NONE, Calendar
from techlead_tui.core.records import Record
from techlead_tui.core.running import TABLE as RUNNING
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.text import day_text, titled
from techlead_tui.core.theme import WeekTheme
from techlead_tui.errors import DataError, UserError
from techlead_tui.planner import calendar_cache
from techlead_tui.store.journal import HistoryEntry
from techlead_tui.store.reading import Reading
from techlead_tui.store.store import Store

if TYPE_CHECKING:
    from techlead_tui.core.playbook import Playbook  # dear, and few calls need a text

LEAST = 4  # characters of an id's beginning or end
SHOWN = 9  # of several things that an id fits


class Located(NamedTuple):
    table: str  # "blocks" or "sessions"; boxes and occurrences of a series are blocks
    uid: str  # whole
    week: IsoWeek  # that shows a block, or that holds a session
    day: date  # that it stands on
    about: str  # its title and time, as a list of several shows it


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
        self._store = Store(folders.data, folders.cache)
        self._zone = zone
        self.library = Library(folders.config, folders.cache)
        self._settings_file = fingerprint(settings_path(folders.config))
        self.settings = load_settings(folders.config, folders.cache)
        self._calendar: tuple[object, Calendar] = (None, NONE)
        self._seen = self._stamps()
        self._last: tuple[tuple[int, ...], dict[str, Any]] = ((), {})  # of a snapshot: stamp, buckets
        self._before: Snapshot | None = None  # the snapshot before, without its records
        self._began: datetime | None = None  # the first use, once it was read

    @property
    def zone(self) -> tzinfo:
        """Return the user's zone: the one that was given, else what the system is set to at this moment."""
        return system.zone() if self._zone is None else self._zone

    def now(self) -> datetime:
        """Return the present to the second, aware, in the user's zone."""
        return system.now(self.clock, self.zone)

    def today(self) -> date:
        return self.now().date()

    @property
    def notices(self) -> list[str]:
        """Return what the store has to say about itself: damage found, copies set aside."""
        return self._store.notices

    @property
    def waits(self) -> bool:
        """Tell, from any thread, whether another process that writes keeps this one waiting."""
        return bool(self._store.folder.waits.count)

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

    def playbook(self) -> "Playbook":
        """Return the texts that answers and documents are made from. DataError."""
        from techlead_tui.config.playbook import load_playbook  # dear, and few calls need a text

        return load_playbook(self.folders.config, self.folders.cache)

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
        """Return a snapshot with these weeks loaded, which shares what the last one holds, too. DataError."""
        with self._store.reading() as reading:
            stamp, (before, buckets) = self.stamp(), self._last
            if stamp and stamp == before:
                reading.known = buckets
            found = self._snapshot(reading, weeks)
        self._last = stamp, reading.found
        return found

    def all_weeks(self) -> list[IsoWeek]:
        """The weeks that hold any record, oldest first."""
        with self._store.reading() as reading:
            return [IsoWeek.parse(bucket) for bucket in reading.buckets() if bucket != OPEN]

    def changed_elsewhere(self) -> bool:
        """Tell whether another process has committed since the last question: one stat."""
        stamp = self._stamps()
        changed, self._seen = stamp != self._seen, stamp
        return changed

    def settings_elsewhere(self) -> bool:
        """Read config.toml again where it is another file than at the last question, and tell whether it says
        something else. DataError: then the settings stay as they were."""
        file = fingerprint(settings_path(self.folders.config))
        if file == self._settings_file:
            return False
        self._settings_file = file
        before, self.settings = self.settings, load_settings(self.folders.config, self.folders.cache)
        return self.settings != before

    def _snapshot(self, reading: Reading, weeks: Sequence[IsoWeek], instead: str | None = None) -> Snapshot:
        """These weeks. DataError for a week theme of theirs that cannot be read, unless another one is
        chosen `instead`: then the last version that could be read stands in, else the chosen theme."""
        buckets = {OPEN: reading.records(OPEN), **{str(week): reading.records(str(week)) for week in weeks}}
        near = {str(week.shift(step)) for week in weeks for step in (-1, 1)} - set(buckets)
        beside = {bucket: tables for bucket in sorted(near) if (tables := reading.records(bucket))}
        themes = _Themes(self.library, instead is not None)
        snapshot = Snapshot(
            seq=reading.seq,
            zone=self.zone,
            types=self.library.types(),
            themes=themes,
            default_theme=self.settings.week_theme,
            buckets=buckets,
            this=IsoWeek.of(self.today()),
            since=self._first_use(reading),
            now=self.now(),
            beside=beside,
            calendar=self.calendar(),
        )
        if self._before is not None:
            snapshot.sharing(self._before)
        self._before = snapshot._replace(buckets={}, beside={}).sharing(snapshot)
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

    def _first_use(self, reading: Reading) -> datetime:
        """Return when the first change was made, in the user's zone: now, while there is none."""
        if self._began is None:
            text = reading.began()
            try:
                self._began = into(datetime.fromisoformat(text), self.zone) if text else None
            except ValueError:
                self._began = None
        return self._began or self.now()

    def _gone(self, theme_id: str, wrong: DataError) -> DataError:
        """The error for a week theme that is chosen and not there: who chose it, and what to do."""
        usual = theme_id == self.settings.week_theme
        by = settings_path(self.folders.config) if usual else "a week of yours"
        return DataError(f"{wrong.message}, and {by} uses it", f"{wrong.hint}; techlead theme use takes one")

    def history(self, limit: int | None = None) -> list[HistoryEntry]:
        """The last transactions, newest first."""
        with self._store.reading() as reading:
            return reading.history(limit)

    def is_new_week(self) -> bool:
        """Tell whether nothing has been written in this week yet, and something before it."""
        last = self.history(1)
        this = IsoWeek.of(self.today())
        return bool(last) and IsoWeek.of(into(datetime.fromisoformat(last[0].at), self.zone).date()) < this

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
        from techlead_tui.core.words.units import in_reach  # dear, and lists look for nothing

        if not text.strip():
            raise UserError("the id is empty", "`techlead week` and `techlead sessions` show the ids")
        with self._store.reading() as reading:
            name, marked, when = text.partition("@")
            try:
                day = date.fromisoformat(when) if marked else self.today()
            except ValueError:
                raise UserError(
                    f"“{when[:60]}” is not a date", f"write it as {name}@{self.today()}"
                ) from None
            in_reach(day, text)
            found = self._occurrence(reading, name, IsoWeek.of(day), day if marked else None)
            found += [] if marked or len(name) < LEAST else self._records(reading, name)
            found = self._next_of(found or self._by_title(reading, text))
            if len(found) == 1:
                return self._shown(reading, found[0])
        if not found:
            raise UserError(
                f"nothing has the id {text}, or {text} in its title, this week or next",
                "`techlead week` and `techlead sessions` show the ids",
            )
        if len(found) > 1:
            some = "\n".join(f"{short_id(place.uid)}  {place.about}" for place in found[:SHOWN])
            more = f"\nand {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            raise UserError(f"“{text}” fits {len(found)} things; name one of them by its id", some + more)
        return found[0]

    def _occurrence(self, reading: Reading, name: str, week: IsoWeek, day: date | None) -> list[Located]:
        out: list[Located] = []
        for shown in (week, *((week.shift(-1), week.shift(1)) if day is not None else ())):
            if out:
                break  # another zone's clocks may show an occurrence in a week beside its own
            for block in self._snapshot(reading, [shown]).week(shown).blocks:
                base, _, on = block.uid.partition("@")
                part = len(name) >= LEAST and (base.startswith(name) or base.endswith(name))
                fits = base == name or (part and block.source != "theme")
                if on and fits and (day is None or on == day.isoformat()):
                    out.append(Located("blocks", block.uid, shown, block.day, titled(block)))
        return out

    def _by_title(self, reading: Reading, text: str) -> list[Located]:
        """Blocks of this week with the text in their title, else of the next, else sessions of this one."""
        this, wanted = IsoWeek.of(self.today()), text.casefold()
        for week in (this, this.shift(1)):
            blocks = self._snapshot(reading, [week]).week(week).blocks
            found = [block for block in blocks if len(text) > 2 and wanted in block.summary.casefold()]
            if found:
                return [Located("blocks", block.uid, week, block.day, titled(block)) for block in found]
        sessions = reading.records(str(this)).get("sessions", {}).values()
        named = [
            record for record in sessions if len(text) > 2 and wanted in str(record["summary"]).casefold()
        ]
        return [_located("sessions", record, this) for record in named]

    def _next_of(self, found: list[Located]) -> list[Located]:
        """The next of several occurrences of one series, else the last; all if they are of more than one."""
        if len(found) < 2 or len({place.uid.partition("@")[0] for place in found}) > 1:
            return found
        return [next((place for place in found if place.day >= self.today()), found[-1])]

    def _records(self, reading: Reading, fragment: str) -> list[Located]:
        out = []
        for bucket, table, uid in reading.find_uid(fragment):
            record = cast("dict[str, Any]", reading.records(bucket)[table][uid])
            if table == RUNNING and record["paused"] is None:
                out.append(_located("sessions", record, IsoWeek.parse(record["week"])))
            if bucket == OPEN or table not in ("blocks", "sessions"):
                continue
            out.append(_located(table, record, IsoWeek.parse(bucket)))
        return out

    def _shown(self, reading: Reading, place: Located) -> Located:
        """Return the place with the week and day that show the block: its own, or where its zone puts it."""
        if place.table == "blocks":
            for week in (place.week, place.week.shift(-1), place.week.shift(1)):
                block = self._snapshot(reading, [week]).week(week).block(place.uid)
                if block is not None:
                    return place._replace(week=week, day=block.day)
        return place


def _located(table: str, stored: Record, week: IsoWeek) -> Located:
    record = cast("dict[str, Any]", stored)
    day = date.fromisoformat(record["day"] if table == "blocks" else record["start"][:10])
    begun = clock(record["start"]) if table == "blocks" else record["start"][11:16]
    return Located(table, record["uid"], week, day, f"{record['summary']}, {day_text(day)} {begun}")


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
