"""Return the present and the system's zone as datetime values; nothing else in the program reads them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo

from techlead_tui.config import local_time
from techlead_tui.core.calendar import fixed

_EPOCH = datetime(1970, 1, 1)


class LocalZone(tzinfo):
    """Follow the system's own clocks, as datetime does where no zone is named.

    zoneinfo needs a name, which Windows and a TZ such as `CET-1CEST,M3.5.0,M10.5.0` do not give. `key` is the
    IANA name where there is one, as a ZoneInfo has it.
    """

    def __init__(self) -> None:
        self.key = local_time.zone_name()
        self.setting = local_time.zone_setting()

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        return _local(when).utcoffset()

    def dst(self, _when: datetime | None) -> None:
        return None  # nobody asks

    def tzname(self, when: datetime | None) -> str | None:
        return _local(when).tzname()

    def fromutc(self, when: datetime) -> datetime:
        return datetime.fromtimestamp(when.replace(tzinfo=UTC).timestamp()).replace(tzinfo=self)

    def __repr__(self) -> str:
        return "LocalZone()"


def _local(when: datetime | None) -> datetime:
    """Return a time on the system's clocks, by default now, with their offset."""
    return (when or datetime.now()).replace(tzinfo=None).astimezone()


_last: LocalZone | None = None


def zone() -> tzinfo:
    """Return the zone that the system is set to now: the same object until it is set to another one.

    UTC for one that is a day away, which datetime refuses.
    """
    global _last
    setting = local_time.zone_setting()
    if _last is None or _last.setting != setting:
        if hasattr(time, "tzset"):
            time.tzset()
        _last = LocalZone()
    try:
        _local(None)
    except ValueError:
        return UTC
    return _last


class StillClock(local_time.Clock):
    """Stand still at `now`, an aware datetime, until it is set: for a history that is written at once."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now

    def moment(self) -> int:
        return int(self.now.timestamp())


def now(clock: local_time.Clock, zone: tzinfo) -> datetime:
    """Return the clock's moment to the second, aware, with its offset alone for a zone."""
    return fixed((_EPOCH + timedelta(seconds=clock.moment())).replace(tzinfo=UTC).astimezone(zone))
