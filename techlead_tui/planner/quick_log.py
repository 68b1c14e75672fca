"""Commits changes; logs a session by itself, with next to nothing imported.

On the path of `techlead log`: no typing, datetime, json or TinyDB here. Everything else is in
planner.planner, whose Planner is a Writer too, so that there is one way to the store.
"""

from __future__ import annotations

from techlead_tui.config import local_time
from techlead_tui.config.local_time import new_uid
from techlead_tui.config.paths import Folders
from techlead_tui.core.records import Change
from techlead_tui.core.session import LogSession
from techlead_tui.store.store import Store, Writing


class Writer:
    """Writes to the store in `folders.data`; `origin` ("cli" or "tui") goes into the history."""

    def __init__(self, folders: Folders, clock: local_time.Clock, origin: str = "cli") -> None:
        self.folders = folders
        self.clock = clock
        self.origin = origin
        self.store = Store(folders.data)

    @property
    def notices(self) -> list[str]:
        """Return what the store has to say about itself: damage found, copies set aside. For stderr."""
        return self.store.notices

    def log(self, edit: LogSession, words: list[str]) -> str | None:
        """Saves a session and returns its uid. DataError when it cannot be saved.

        None, and nothing is saved, for the first write of a week: that also keeps the theme of the weeks
        that are over, which takes the whole planner.
        """
        with self.store.writing() as writing:
            if writing.last_week not in (None, local_time.week(self.clock.moment())):
                return None
            uid = new_uid()
            self.commit(writing, edit.changes(uid), words)
            return uid

    def commit(self, writing: Writing, changes: list[Change], words: list[str]) -> None:
        now = self.clock.moment()
        writing.commit(
            changes, at=local_time.iso(now), week=local_time.week(now), origin=self.origin, words=words
        )
