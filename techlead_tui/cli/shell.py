"""Hold what a command runs with: the folders, the clock, and what is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo

from techlead_tui.cli.context import Context
from techlead_tui.config import clock as system
from techlead_tui.config.local_time import Clock
from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.planner.reader import Reader


class Shell(Context):
    """Add what is stored, read when it is first asked for. The zone is the system's unless given."""

    def __init__(
        self,
        folders: Folders,
        clock: Clock,
        zone: tzinfo | None = None,
        open_screen: Callable[..., int] | None = None,
    ) -> None:
        super().__init__(folders, clock, open_screen)
        self.zone = system.zone() if zone is None else zone
        self.opened: Reader | None = None  # the reader, or the planner, once there is one

    @property
    def reader(self) -> Reader:
        """Return what reads the store. DataError when the settings cannot be read."""
        if self.opened is None:
            self.opened = Reader(self.folders, self.clock, self.origin, self.zone)
        return self.opened

    @property
    def notices(self) -> list[str]:
        """Return what the store has to say about itself."""
        return [] if self.opened is None else self.opened.notices

    def now(self) -> datetime:
        """Return the present to the second, aware."""
        return system.now(self.clock, self.zone)

    @property
    def today(self) -> date:
        return self.now().date()

    @property
    def this_week(self) -> IsoWeek:
        return IsoWeek.of(self.today)
