"""Log a session with next to nothing imported.

On the path of `techlead log`: no typing, datetime, json or TinyDB here. The planner does everything else.
"""

from __future__ import annotations

from techlead_tui.config import local_time
from techlead_tui.config.local_time import new_uid
from techlead_tui.config.paths import Folders
from techlead_tui.core.records import Record
from techlead_tui.core.session import LogSession
from techlead_tui.store.store import Store


class QuickLog:
    """Log a session, and tell the few things that the quick commands ask of the store.

    `origin` ("cli" or "tui") goes into the history.
    """

    def __init__(self, folders: Folders, clock: local_time.Clock, origin: str = "cli") -> None:
        self.folders = folders
        self.clock = clock
        self.origin = origin
        self._store = Store(folders.data, folders.cache)

    @property
    def notices(self) -> list[str]:
        """Return what the store has to say about itself: damage found, copies set aside. For stderr."""
        return self._store.notices

    def log(self, edit: LogSession, words: list[str]) -> str | None:
        """Save a session and return its uid. DataError when it cannot be saved.

        None, and nothing is saved, for the first write of a week: that also keeps the theme of the weeks
        that are over, which takes the whole planner.
        """
        now = self.clock.moment()
        with self._store.writing() as writing:
            if writing.last_week not in (None, local_time.week(now)):
                return None
            uid = new_uid()
            at, week = local_time.iso(now), local_time.week(now)
            writing.commit(edit.changes(uid), at=at, week=week, origin=self.origin, words=words)
            return uid

    def sessions(self, week: str | None) -> list[Record]:
        """Return the records of the sessions of a week, or of all for None. DataError."""
        with self._store.reading() as reading:
            weeks = reading.buckets() if week is None else [week]
            return [record for key in weeks for record in reading.records(key).get("sessions", {}).values()]

    def stamp(self) -> tuple[int, ...]:
        """Return what changes with every commit."""
        return self._store.stamp()
