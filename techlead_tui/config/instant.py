"""The system's clock and zone as plain numbers and texts, without importing datetime.

A moment is whole seconds since 1970 in UTC. On the path of `techlead log`, so only `os` and `time`.
"""

from __future__ import annotations

import os
import time

DAY = 86400
_ZONE_FOLDERS = (
    "/usr/share/zoneinfo",
    "/usr/lib/zoneinfo",
    "/usr/share/lib/zoneinfo",
    "/etc/zoneinfo",
    "/var/db/timezone/zoneinfo",
)


def now() -> int:
    """This moment."""
    return int(time.time())


def offset_at(moment: int) -> int:
    """How far the local clocks are ahead of UTC at a moment, in seconds; 0 for a zone that is a day away."""
    try:
        offset = time.localtime(moment).tm_gmtoff
        return offset if -DAY < offset < DAY else 0
    except (OSError, OverflowError):  # Windows knows no time before 1970
        return -time.timezone


def iso(moment: int | None = None) -> str:
    """`2026-11-24T09:15:00+01:00`: a moment, else this one, as the local clocks show it (ISO 8601)."""
    if moment is None:
        moment = now()
    offset = offset_at(moment)
    wall = time.gmtime(moment + offset)
    sign, ahead = ("-", -offset) if offset < 0 else ("+", offset)
    zone = f"{sign}{ahead // 3600:02}:{ahead % 3600 // 60:02}"
    if ahead % 60:  # local mean time, before there were zones
        zone += f":{ahead % 60:02}"
    return (
        f"{wall.tm_year:04}-{wall.tm_mon:02}-{wall.tm_mday:02}"
        f"T{wall.tm_hour:02}:{wall.tm_min:02}:{wall.tm_sec:02}{zone}"
    )


def week(moment: int | None = None) -> str:
    """`2026-W48`: the ISO 8601 week of a moment, else of this one, by the local clocks."""
    if moment is None:
        moment = now()
    wall = time.gmtime(moment + offset_at(moment))
    year = wall.tm_year
    number = (wall.tm_yday - 1 - wall.tm_wday + 10) // 7
    if number < 1:
        year -= 1
        number = _weeks_in(year)
    elif number > _weeks_in(year):
        year, number = year + 1, 1
    return f"{year:04}-W{number:02}"


def moment_at_wall(wall: int, *, fold: int = 0) -> tuple[int, bool]:
    """The moment at which the local clocks show `wall`, and whether they ever do.

    `wall` is what the clocks show, counted as if they were UTC's. Of two such moments fold picks the
    first (0) or the second (1). In a gap it is the moment by the offset before it (0) or after (1), PEP 495.
    """
    first = offset_at(wall)
    moment = wall - first
    if offset_at(moment) == first:  # right, but perhaps the other one of two was meant
        second = offset_at(moment + (DAY if fold else -DAY))
        if second == first:
            return moment, True
    else:
        second = offset_at(moment)
    other = wall - second
    if offset_at(other) == second:
        return other, True
    if offset_at(moment) == first:
        return moment, True
    return (min if fold else max)(moment, other), False


def days_since_1970(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date of the Gregorian calendar."""
    if month <= 2:
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day - 719469


def zone_name() -> str:
    """The IANA name of the local zone: from TZ, else from what the system is set to.

    Where neither tells one: `Etc/GMT-1` and the like, by the offset that the zone has without DST.
    """
    given = os.environ.get("TZ")
    if given is not None:
        return _known(given.removeprefix(":")) or ("UTC" if given in ("", ":") else _by_offset())
    return _linked() or _written() or _by_offset()


def name_in(path: str) -> str | None:
    """The zone that a file of the zone database is about: `.../zoneinfo/Europe/Oslo`."""
    for folder in ("/zoneinfo/", "/zoneinfo.default/"):
        _, inside, name = path.partition(folder)
        if inside:
            return name.removeprefix("posix/").removeprefix("right/") or None
    return None


def _known(name: str) -> str | None:
    """The name of a zone, or of a zone's file, when the system has that zone."""
    if name.startswith("/"):
        return name_in(name)
    if not name or ".." in name or not (name[0].isalpha() and name.isascii()):
        return None
    if name == "UTC" or any(os.path.isfile(f"{folder}/{name}") for folder in _ZONE_FOLDERS):
        return name
    return None


def _linked() -> str | None:
    try:
        return name_in(os.readlink("/etc/localtime"))  # one step: a further one may be to an alias
    except (OSError, AttributeError):
        return None


def _written() -> str | None:
    try:
        with open("/etc/timezone", encoding="ascii") as file:
            return _known(file.readline().strip())
    except (OSError, ValueError):
        return None


def _by_offset() -> str:
    hours, rest = divmod(-time.timezone, 3600)
    if rest or not hours or not -12 <= hours <= 14:
        return "UTC"
    return f"Etc/GMT{-hours:+d}"  # POSIX signs: east of Greenwich is minus


def _weeks_in(year: int) -> int:
    """53 in years that begin on a Thursday, or on a Wednesday and are leap years, else 52."""
    begins, ends = days_since_1970(year, 1, 1), days_since_1970(year + 1, 1, 1)
    first = (begins + 3) % 7  # 0 for Monday
    return 53 if first == 3 or (first == 2 and ends - begins == 366) else 52
