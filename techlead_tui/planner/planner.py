"""The planner: previews and applies edits, undoes them; reads as every Reader does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import cast

from techlead_tui.config.local_time import new_uid
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import Decision, decide, decide_together
from techlead_tui.core.edits import AddBlock, AddItem, Edit, EditItem, ItemEdit, TurnItem, UseTheme
from techlead_tui.core.meetings import occurrence_record
from techlead_tui.core.occurrence import NONE
from techlead_tui.core.records import Change, Record
from techlead_tui.core.series import days_of
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.theme import to_data
from techlead_tui.errors import DataError
from techlead_tui.planner import calendar_cache
from techlead_tui.planner.reader import Reader
from techlead_tui.store.journal import HistoryEntry
from techlead_tui.store.reading import Reading
from techlead_tui.store.transaction import Transaction


def keep_past(snapshot: Snapshot, since: IsoWeek, this: IsoWeek, lenient: bool = False) -> list[Change]:
    """The changes that keep the themes of `since` up to the week before `this`.

    A plan is a stretch of weeks and the whole theme they had; weeks of an unchanged theme lengthen the
    last plan, so ten quiet years are one record. `lenient` passes over a week whose theme cannot be
    read, instead of DataError.
    """
    plans = {str(plan["to"]): plan for plan in snapshot.table(OPEN, "plans").values()}
    changes: dict[str, Change] = {}
    last: Record | None = plans.get(str(since.shift(-1)))
    week = since
    while week < this:
        try:
            data = to_data(snapshot.theme_of(week))
        except DataError:
            if not lenient:
                raise
            week, last = week.shift(1), None
            continue
        if snapshot.plan_of(week):
            last = snapshot.plan_of(week)  # type: ignore[assignment]
        elif last is not None and last["theme"] == data:
            uid = str(last["uid"])
            before = snapshot.table(OPEN, "plans").get(uid)
            last = {**last, "to": str(week)}
            changes[uid] = Change(OPEN, "plans", uid, before, last)
        else:
            uid = str(week)
            last = {"uid": uid, "from": uid, "to": uid, "theme": cast("object", data)}
            changes[uid] = Change(OPEN, "plans", uid, None, last)
        week = week.shift(1)
    return list(changes.values())


def keep_meetings(snapshot: Snapshot, since: IsoWeek, this: IsoWeek) -> list[Change]:
    """The changes that keep what calendars said of the weeks from `since` to the one before `this`.

    The cache forgets them, and figures of the past must not change with it.
    """
    out: list[Change] = []
    week = max(since, this.shift(-calendar_cache.BACK))
    while week < this and snapshot.calendar is not NONE:
        for one in snapshot.calendar.weeks.get(str(week), ()):
            record = occurrence_record(one)
            out.append(Change(str(week), "occurrences", str(record["uid"]), None, record))
        week = week.shift(1)
    return out


FILED = ("decisions",)  # tables whose records have a file of the user's each
FIXES_REACH = 4  # weeks after an edit's own that its fixes may name
FIRST_DAYS = 3  # of a series that are looked at for one that is no leave


class Planner(Reader):
    """Preview, apply and undo edits. One at a time may run `apply`; the store locks between processes."""

    @classmethod
    def after(cls, reader: Reader) -> Planner:
        """Return a planner that goes on from a reader: what others change in between is new to it."""
        out = cls(reader.folders, reader.clock, reader.origin, reader._zone)
        out.library, out.settings = reader.library, reader.settings
        out._settings_file, out._seen, out._calendar = reader._settings_file, reader._seen, reader._calendar
        return out

    def preview(self, edit: Edit) -> Decision:
        """The decision that `apply` would take now. Nothing is written. UserError."""
        with self._store.reading() as reading:
            return decide(self._snapshot_for(reading, [edit]), edit, self.now(), new_uid())

    def preview_together(self, edits: Sequence[Edit]) -> Decision:
        """The decision that `apply_together` would take now. UserError."""
        with self._store.reading() as reading:
            return decide_together(self._snapshot_for(reading, edits), edits, self.now(), new_uid())

    def apply(self, edit: Edit, words: Sequence[str]) -> Decision:
        """Decides and, unless refused, commits. UserError: then nothing is written.

        `words` is the call that history shows.
        """
        return self.apply_all([edit], words)[-1]

    def apply_all(self, edits: Sequence[Edit], words: Sequence[str]) -> list[Decision]:
        """Several edits as one transaction, each decided on top of those before it; as `apply`.

        At the first that is refused it stops, and nothing is written.
        """
        with self._store.writing() as writing:
            edits = self._prepared(edits, writing)
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
                self.keep_past_weeks(writing, _chosen(edits))
                self.commit(writing, changes, list(words))
        if changes:
            self._told()
        return decisions

    def apply_together(self, edits: Sequence[Edit], words: Sequence[str]) -> Decision:
        """Several edits that are one wish, weighed by what they come to; as `apply`, and one step of undo."""
        with self._store.writing() as writing:
            edits = self._prepared(edits, writing)
            snapshot = self._snapshot_for(writing, edits)
            decision = decide_together(snapshot, edits, self.now(), new_uid())
            changes = list(decision.changes) if not decision.refused else []
            if changes:
                self.keep_past_weeks(writing, _chosen(edits))
                self.commit(writing, changes, list(words))
        if changes:
            self._told()
        return decision

    def undo(self) -> HistoryEntry:
        """Takes the last transaction back. UserError when there is none or its records have changed since."""
        return self._turn("undo")

    def redo(self) -> HistoryEntry:
        """Brings back what undo took. UserError as for `undo`."""
        return self._turn("redo")

    def _turn(self, turn: str) -> HistoryEntry:
        with self._store.writing() as writing:
            self.keep_past_weeks(writing)
            how = writing.undo if turn == "undo" else writing.redo
            now = self.now()
            entry, _ = how(
                at=now.isoformat(timespec="seconds"), week=str(IsoWeek.of(now.date())), origin=self.origin
            )
        if any(change.table in FILED for change in entry.changes):
            self._rewrite(entry.changes)
        self._told()
        return entry

    def _prepared(self, edits: Sequence[Edit], writing: Reading) -> Sequence[Edit]:
        """The edits with a file for each new decision document and note of findings. UserError."""
        if any(isinstance(edit, TurnItem) and edit.kind == "spike" for edit in edits):
            from techlead_tui.planner import spike_notes

            spikes = writing.records(OPEN).get("spikes", {})
            edits = spike_notes.prepared(edits, spikes, self.folders.data, self.today().isoformat())
        if not any(isinstance(edit, AddItem) and edit.kind == "decision" for edit in edits):
            return edits
        from techlead_tui.planner.decision_files import prepared  # dear, and few edits are about a document

        data, config = self.folders.data, self.folders.config
        return prepared(edits, data, config, self.settings.decisions_folder, self.today())

    def _rewrite(self, changes: Sequence[Change]) -> None:
        """Follow an undo or redo in the files of the documents; what cannot be written is a notice."""
        from techlead_tui.planner.decision_files import write

        try:
            write(changes, create=False)
        except DataError as wrong:
            self.notices.append(f"the document was not changed: {wrong.message}")

    def _snapshot_for(self, reading: Reading, edits: Sequence[Edit]) -> Snapshot:
        """A snapshot that holds whatever deciding these edits may ask for."""
        own = {week for edit in edits for week in edit.weeks}
        for edit in edits:
            if isinstance(edit, AddBlock):  # it begins later where its first days are leave
                own |= {IsoWeek.of(day) for day in islice(days_of(edit.day, edit.repeat), FIRST_DAYS)}
        if any(isinstance(edit, ItemEdit) for edit in edits):  # its days are counted in working days
            this = IsoWeek.of(self.today())
            own |= {this.shift(-FIXES_REACH), this}
        weeks = sorted({week.shift(n) for week in own for n in range(FIXES_REACH + 1)})
        snapshot = self._snapshot(reading, weeks, _chosen(edits))
        for edit in edits:
            if isinstance(edit, EditItem | TurnItem) and edit.kind == "decision":
                from techlead_tui.planner.decision_files import as_told

                record = snapshot.buckets.get(edit.bucket, {}).get("decisions", {}).get(edit.uid)
                if record is not None:
                    change = Change(edit.bucket, "decisions", edit.uid, record, as_told(record))
                    snapshot = snapshot.with_changes([change])
        return snapshot

    def note(self, changes: list[Change]) -> None:
        """Commit what the program itself keeps, a ledger, which no undo takes back. DataError."""
        with self._store.writing() as writing:
            self.keep_past_weeks(writing)
            now = self.now()
            week = str(IsoWeek.of(now.date()))
            at = now.isoformat(timespec="seconds")
            writing.commit(changes, at=at, week=week, origin=self.origin, words=[], undoable=False)
        self._told()

    def commit(self, writing: Transaction, changes: list[Change], words: list[str]) -> None:
        """Commit changes; a document is written first: a crash in between leaves a file that nobody knows."""
        if any(change.table in FILED for change in changes):
            from techlead_tui.planner.decision_files import write

            write(changes)
        now = self.now()
        if any(change.table == "spikes" for change in changes):
            from techlead_tui.core.items.kit import Moment
            from techlead_tui.planner import spike_notes

            this = IsoWeek.of(now.date())
            weeks = [this.shift(-n) for n in range(FIXES_REACH)]
            spike_notes.write(changes, Moment(self._snapshot(writing, weeks), now))
        week = str(IsoWeek.of(now.date()))
        writing.commit(
            changes, at=now.isoformat(timespec="seconds"), week=week, origin=self.origin, words=words
        )

    def keep_past_weeks(self, writing: Transaction, instead: str | None = None) -> None:
        """The first write of a week keeps the theme of those before; undo passes over that transaction."""
        this = IsoWeek.of(self.today())
        if writing.last_week is None or writing.last_week >= str(this):
            return
        since = IsoWeek.parse(writing.last_week)
        kept = self._snapshot(writing, (), instead)
        changes = keep_past(kept, since, this, lenient=instead is not None)
        changes += keep_meetings(kept, since, this)
        if changes:
            now = self.now().isoformat(timespec="seconds")
            writing.commit(changes, at=now, week=str(this), origin=self.origin, words=[], undoable=False)

    def _told(self) -> None:
        self._seen = self._stamps()


def _chosen(edits: Sequence[Edit]) -> str | None:
    """The week theme that one of the edits chooses: it must go through where the present one is broken."""
    return next((edit.theme for edit in edits if isinstance(edit, UseTheme)), None)
