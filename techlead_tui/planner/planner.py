"""The planner: previews and applies edits, undoes them, finds things and hands out snapshots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, cast

from techlead_tui.config import clock
from techlead_tui.config.ids import new_uid
from techlead_tui.config.library import Library
from techlead_tui.config.paths import Folders
from techlead_tui.config.settings import load_settings
from techlead_tui.core.changes import Change, Record
from techlead_tui.core.decide import Decision, decide
from techlead_tui.core.edits import Edit, UseTheme
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.judge import EditError, weeks_of
from techlead_tui.core.located import Located
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.theme import WeekTheme
from techlead_tui.planner.past import keep_past
from techlead_tui.planner.writer import Writer
from techlead_tui.store.errors import Conflict, NothingToUndo
from techlead_tui.store.line import Entry
from techlead_tui.store.store import Writing
from techlead_tui.store.view import Reading

FIXES_REACH = 4  # weeks after an edit's own that its fixes may name


class Planner(Writer):
    """What screens and commands talk to. One at a time may run `apply`; the store locks between processes."""

    def __init__(
        self,
        folders: Folders,
        origin: str = "cli",
        now: Callable[[], datetime] = clock.now,
        zone: tzinfo | None = None,
    ) -> None:
        super().__init__(folders, origin)
        self.now = now
        self.zone = clock.zone() if zone is None else zone
        self.library = Library(folders.config, folders.cache)
        self.settings = load_settings(folders.config, folders.cache)
        self.committed: list[Callable[[], None]] = []  # called after each commit of this planner
        self._seen = self.store.stamp()

    def today(self) -> date:
        return self.now().date()

    # -- reading

    def snapshot(self, *weeks: IsoWeek) -> Snapshot:
        """What is stored, with these weeks loaded. StoreError, ConfigError."""
        with self.store.reading() as reading:
            return self._snapshot(reading, weeks)

    def all_weeks(self) -> list[IsoWeek]:
        """The weeks that hold any record, oldest first."""
        with self.store.reading() as reading:
            return [IsoWeek.parse(bucket) for bucket in reading.buckets() if bucket != OPEN]

    def changed_elsewhere(self) -> bool:
        """Whether another process has committed since the last question: one stat."""
        stamp = self.store.stamp()
        changed, self._seen = stamp != self._seen, stamp
        return changed

    def _snapshot(self, reading: Reading, weeks: Sequence[IsoWeek], *themes: str) -> Snapshot:
        buckets = {OPEN: reading.records(OPEN), **{str(week): reading.records(str(week)) for week in weeks}}
        default = self.settings.week_theme
        used = {str(use["theme"]) for use in buckets[OPEN].get("theme_uses", {}).values()}
        return Snapshot(
            seq=reading.seq,
            zone=self.zone,
            types=self.library.types(),
            themes=self._themes({default, *used, *themes}),
            default_theme=default,
            buckets=buckets,
        )

    def _themes(self, ids: set[str]) -> dict[str, WeekTheme]:
        return {name: self.library.theme(name) for name in sorted(ids)}

    # -- editing

    def preview(self, edit: Edit) -> Decision:
        """The decision that `apply` would take now. Nothing is written. EditError."""
        with self.store.reading() as reading:
            return decide(self._snapshot_for(reading, [edit]), edit, self.now(), new_uid())

    def apply(self, edit: Edit, words: Sequence[str]) -> Decision:
        """Decides and, unless refused, commits. EditError, StoreError, ConfigError: then nothing is written.

        `words` is the call that history shows.
        """
        return self.apply_all([edit], words)[-1]

    def apply_all(self, edits: Sequence[Edit], words: Sequence[str]) -> list[Decision]:
        """Several edits as one transaction, each decided on top of those before it; as `apply`.

        At the first that is refused it stops, and nothing is written.
        """
        with self.store.writing() as writing:
            decisions: list[Decision] = []
            changes: list[Change] = []
            snapshot = self._snapshot_for(writing, edits)
            for edit in edits:
                decision = decide(snapshot, edit, self.now(), new_uid())
                decisions.append(decision)
                if decision.refused:
                    return decisions
                snapshot = decision.after
                changes += decision.changes
            if changes:
                self._keep_past(writing)
                self.commit(writing, changes, list(words))
        if changes:
            self._told()
        return decisions

    def undo(self) -> Entry:
        """Takes the last transaction back. EditError when there is none or its records have changed since."""
        return self._turn("undo")

    def redo(self) -> Entry:
        """Brings back what undo took. EditError as for `undo`."""
        return self._turn("redo")

    def history(self, limit: int | None = None) -> list[Entry]:
        """The last transactions, newest first."""
        with self.store.reading() as reading:
            return reading.history(limit)

    def _turn(self, turn: str) -> Entry:
        with self.store.writing() as writing:
            self._keep_past(writing)
            how = writing.undo if turn == "undo" else writing.redo
            now = self.now()
            try:
                entry, _ = how(
                    at=now.isoformat(timespec="seconds"), week=str(IsoWeek.of(now.date())), origin=self.origin
                )
            except NothingToUndo:
                raise EditError(f"there is nothing to {turn}") from None
            except Conflict as conflict:
                raise EditError(
                    f"{turn} is not possible: {conflict.uid} has changed since",
                    "`techlead history` shows what happened",
                ) from None
        self._told()
        return entry

    def _snapshot_for(self, reading: Reading, edits: Sequence[Edit]) -> Snapshot:
        """A snapshot that holds whatever deciding these edits may ask for."""
        own = {week for edit in edits for week in weeks_of(edit)}
        weeks = sorted({week.shift(n) for week in own for n in range(FIXES_REACH + 1)})
        return self._snapshot(reading, weeks, *(edit.theme for edit in edits if isinstance(edit, UseTheme)))

    def commit(self, writing: Writing, changes: list[Change], words: list[str]) -> None:
        now = self.now()
        week = str(IsoWeek.of(now.date()))
        writing.commit(
            changes, at=now.isoformat(timespec="seconds"), week=week, origin=self.origin, words=words
        )

    def _keep_past(self, writing: Writing) -> None:
        """The first write of a week keeps the theme of those before; undo passes over that transaction."""
        this = IsoWeek.of(self.today())
        if writing.last_week is None or writing.last_week >= str(this):
            return
        changes = keep_past(self._snapshot(writing, ()), IsoWeek.parse(writing.last_week), this)
        if changes:
            now = self.now().isoformat(timespec="seconds")
            writing.commit(changes, at=now, week=str(this), origin=self.origin, words=[], undoable=False)

    def _told(self) -> None:
        self._seen = self.store.stamp()
        for callback in self.committed:
            callback()

    # -- finding

    def search(self, words: str) -> list[tuple[str, str, Record]]:
        """(bucket, table, record) of the records that hold all these words, in any letter case."""
        return self.store.search(words.split())

    def locate(self, text: str) -> Located:
        """The block or session meant by a uid, its beginning or end, or by a box id with or without @date.

        A box id without a date means this week's. EditError when nothing, or more than one thing, fits.
        """
        with self.store.reading() as reading:
            name, marked, when = text.partition("@")
            try:
                day = date.fromisoformat(when) if marked else self.today()
            except ValueError:
                raise EditError(f"{when} is no date", f"write it as {name}@{self.today()}") from None
            found = self._occurrence(reading, name, IsoWeek.of(day), day if marked else None)
            found += [] if marked else self._records(reading, name)
        if not found:
            raise EditError(
                f"nothing has the id {text}", "`techlead week` and `techlead sessions` show the ids"
            )
        if len(found) > 1:
            some = ", ".join(place.uid for place in found[:4])
            raise EditError(f"the id {text} fits {len(found)} things: {some}", "give more of it")
        return found[0]

    def _occurrence(self, reading: Reading, name: str, week: IsoWeek, day: date | None) -> list[Located]:
        blocks = self._snapshot(reading, [week]).week(week).blocks
        out = []
        for block in blocks:
            base, _, on = block.uid.partition("@")
            fits = base == name or (
                len(name) > 3 and block.source == "own" and (base.startswith(name) or base.endswith(name))
            )
            if on and fits and (day is None or on == day.isoformat()):
                out.append(Located("blocks", block.uid, week, date.fromisoformat(on)))
        return out

    def _records(self, reading: Reading, fragment: str) -> list[Located]:
        out = []
        for bucket, table, uid in reading.find_uid(fragment):
            if bucket == OPEN or table not in ("blocks", "sessions"):
                continue
            record = cast("dict[str, Any]", reading.records(bucket)[table][uid])
            day = date.fromisoformat(record["day"] if table == "blocks" else record["start"][:10])
            out.append(Located(table, uid, IsoWeek.parse(bucket), day))
        return out
