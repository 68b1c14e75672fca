"""The system's clock and zone as datetime values; nothing else in the program reads them."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone, tzinfo

from techlead_tui.config import moments

_EPOCH = datetime(1970, 1, 1)


class LocalZone(tzinfo):
    """The zone that the system is set to, by the C library: zoneinfo is dear to import.

    Right across DST, folds and gaps included (PEP 495).
    """

    def utcoffset(self, when: datetime | None) -> timedelta:
        if when is None:
            return timedelta(seconds=moments.offset_at(moments.now()))
        wall = _seconds(when)
        moment, _ = moments.moment_at_wall(wall, fold=when.fold)
        return timedelta(seconds=wall - moment)

    def dst(self, _when: datetime | None) -> None:
        return None  # nobody asks, and the C library does not tell how much of an offset it is

    def tzname(self, when: datetime | None) -> str:
        moment = moments.now() if when is None else moments.moment_at_wall(_seconds(when), fold=when.fold)[0]
        return time.localtime(moment).tm_zone

    def fromutc(self, when: datetime) -> datetime:
        moment = _seconds(when)
        wall = moment + moments.offset_at(moment)
        second = moments.moment_at_wall(wall)[0] != moment
        return (when + timedelta(seconds=wall - moment)).replace(fold=int(second))

    def __repr__(self) -> str:
        return "LocalZone()"


class SystemClock:
    """What the program takes for its clock outside tests and demos."""

    zone: tzinfo = LocalZone()

    def now(self) -> datetime:
        """This moment to the second, aware, with its offset alone for a zone (see core.localtime)."""
        if hasattr(time, "tzset"):
            time.tzset()  # notices a zone that was changed while the program runs
        moment = moments.now()
        offset = timedelta(seconds=moments.offset_at(moment))
        return (_EPOCH + timedelta(seconds=moment)).replace(tzinfo=timezone(offset)) + offset

    def zone_name(self) -> str:
        """The IANA name of the zone."""
        return moments.zone_name()


def _seconds(when: datetime) -> int:
    """A wall-clock time as seconds since 1970, as if it were UTC's."""
    return (when.replace(tzinfo=None) - _EPOCH) // timedelta(seconds=1)
