"""Return the present and the system's zone as datetime values; nothing else in the program reads them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo

from techlead_tui.config import local_time
from techlead_tui.core.calendar import fixed

_EPOCH = datetime(1970, 1, 1)


class LocalZone(tzinfo):
    """The zone that the system is set to, by the C library: zoneinfo is dear to import.

    Right across DST, folds and gaps included (PEP 495). `key` is its IANA name, as a ZoneInfo has it.
    """

    def __init__(self) -> None:
        self.key = local_time.zone_name()  # as zoneinfo's zones have it

    def utcoffset(self, when: datetime | None) -> timedelta:
        if when is None:
            return timedelta(seconds=local_time.offset_at(int(time.time())))
        wall = _seconds(when)
        moment, _ = local_time.moment_at_wall(wall, fold=when.fold)
        return timedelta(seconds=wall - moment)

    def dst(self, _when: datetime | None) -> None:
        return None  # nobody asks, and the C library does not tell how much of an offset it is

    def tzname(self, when: datetime | None) -> str:
        moment = time.time() if when is None else local_time.moment_at_wall(_seconds(when), fold=when.fold)[0]
        return time.localtime(moment).tm_zone

    def fromutc(self, when: datetime) -> datetime:
        moment = _seconds(when)
        wall = moment + local_time.offset_at(moment)
        second = local_time.moment_at_wall(wall)[0] != moment
        return (when + timedelta(seconds=wall - moment)).replace(fold=int(second))

    def __repr__(self) -> str:
        return "LocalZone()"


def zone() -> LocalZone:
    """The zone that the system is set to."""
    return LocalZone()


class StillClock(local_time.Clock):
    """Stand still at `now`, an aware datetime, until it is set: for a history that is written at once."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now

    def moment(self) -> int:
        return int(self.now.timestamp())


def now(clock: local_time.Clock, zone: tzinfo) -> datetime:
    """Return the clock's moment to the second, aware, with its offset alone for a zone."""
    if hasattr(time, "tzset"):
        time.tzset()  # notices a zone that was changed while the program runs
    return fixed((_EPOCH + timedelta(seconds=clock.moment())).replace(tzinfo=UTC).astimezone(zone))


def _seconds(when: datetime) -> int:
    """A wall-clock time as seconds since 1970, as if it were UTC's."""
    return (when.replace(tzinfo=None) - _EPOCH) // timedelta(seconds=1)
