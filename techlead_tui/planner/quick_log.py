"""Log a session, start and stop one, with next to nothing imported.

On the path of `techlead log`: no typing, datetime, json or TinyDB here. The planner does everything else.
"""

from __future__ import annotations

from techlead_tui.config import local_time
from techlead_tui.config.local_time import new_uid
from techlead_tui.config.paths import Folders
from techlead_tui.core.records import OPEN, Change, Record
from techlead_tui.core.running import TABLE, StartSession, StopSession
from techlead_tui.core.session import LogSession
from techlead_tui.store.reading import Reading
from techlead_tui.store.store import Store
from techlead_tui.store.transaction import Transaction

HALF_A_DAY = 12 * 3600


class QuickLog:
    """Log a session, and tell the few things that the quick commands ask of the store.

    `origin` ("cli" or "tui") goes into the history. After `log`, `stamps` are the store's before and after
    it, `changes` what was written, `running` the session under way, and `beside` the other sessions
    that share a minute with the one that was logged.
    """

    def __init__(self, folders: Folders, clock: local_time.Clock, origin: str = "cli") -> None:
        self.folders = folders
        self.clock = clock
        self.origin = origin
        self.stamps: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
        self.changes: list[Change] = []
        self.running: Record | None = None
        self.beside: list[Record] = []
        self._store = Store(folders.data, folders.cache)

    @property
    def notices(self) -> list[str]:
        """Return what the store has to say about itself: damage found, copies set aside. For stderr."""
        return self._store.notices

    def log(self, edit: LogSession | StartSession | StopSession, words: list[str]) -> str | None:
        """Log, start or stop a session, and return its uid. DataError when it cannot be saved.

        None, and nothing is saved, for the first write of a week: that also keeps the theme of the weeks
        that are over, which takes the whole planner. RunningError, NotRunningError.
        """
        now = self.clock.moment()
        with self._store.writing() as writing:
            if writing.last_week not in (None, local_time.week(now)):
                return None
            self.running = _running(writing)
            if isinstance(edit, LogSession):
                self.changes = edit.changes(new_uid())
            else:
                self.changes = edit.changes(new_uid(), self.running)
            self.beside = _around(writing, self.changes)
            at, week = local_time.iso(now), local_time.week(now)
            before = self._store.stamp()
            writing.commit(self.changes, at=at, week=week, origin=self.origin, words=words)
            self.stamps = before, self._store.stamp()
        for change in self.changes:
            if change.table == TABLE:
                self.running = change.after
        return self.changes[-1].uid

    def open_session(self) -> Record | None:
        """Return the record of the session under way, or of the one that pauses. DataError."""
        with self._store.reading() as reading:
            return _running(reading)

    def sessions(self, *weeks: str) -> list[Record]:
        """Return the records of the sessions that some weeks hold, or of all without one. DataError."""
        with self._store.reading() as reading:
            held = weeks or reading.buckets()
            return [record for key in held for record in reading.records(key).get("sessions", {}).values()]

    def stamp(self) -> tuple[int, ...]:
        """Return what changes with every commit."""
        return self._store.stamp()


def _running(reading: Reading) -> Record | None:
    """Return the session under way, or the one that pauses."""
    return next(iter(reading.table(OPEN, TABLE).values()), None)


def _around(writing: Transaction, changes: list[Change]) -> list[Record]:
    """Return the other sessions that share a minute with one that is logged."""
    out: list[Record] = []
    for logged in (change for change in changes if change.table == "sessions" and change.after is not None):
        assert logged.after is not None
        start, end = (local_time.seconds(str(logged.after[name])) for name in ("start", "end"))
        weeks = dict.fromkeys((logged.bucket, local_time.week(end), local_time.week(start - HALF_A_DAY)))
        for one in (one for week in weeks for one in writing.records(week).get("sessions", {}).values()):
            if local_time.seconds(str(one["start"])) < end and start < local_time.seconds(str(one["end"])):
                out.append(one)
    return out
