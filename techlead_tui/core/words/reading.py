"""What words are read with, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from techlead_tui.core.edits import Edit
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.kinds import Types
from techlead_tui.core.localtime import at, minute_of


class Place(NamedTuple):
    """Something that an ID names: where it stands now. Times are minutes since midnight."""

    table: str  # "blocks" or "sessions"
    uid: str
    week: IsoWeek
    day: date
    start: int
    end: int


def _nothing(text: str) -> Place:
    raise LookupError(text)


class Context(NamedTuple):
    """What the words are seen from. The last four are the TUI's: the week on the screen and its cursor."""

    now: datetime  # aware, on the user's clock
    zone: tzinfo  # the user's; its `key` is its IANA name
    types: Types
    locate: Callable[[str], Place] = _nothing  # what an ID names
    shown: IsoWeek | None = None  # a weekday is the one of this week
    day: date | None = None  # where no day is named
    start: int | None = None  # where no time is named
    length: int | None = None  # where neither an end nor a length is named

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def minute(self) -> int:
        """Minutes since midnight."""
        return minute_of(self.now)

    def moment(self, day: date, minute: int) -> datetime:
        """A wall-clock time in the user's zone."""
        return at(day, minute, self.zone)

    @property
    def zone_name(self) -> str:
        return str(getattr(self.zone, "key", "UTC"))


class Reading(NamedTuple):
    """An edit, and in short phrases what was read, for a preview before it is applied."""

    edit: Edit
    said: tuple[str, ...]
